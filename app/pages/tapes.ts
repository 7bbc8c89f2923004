// What the tape deck's buttons do: record, replay, keep with the project, rename, delete with undo, save and load as a file.
import { html } from "lit";
import { fileNameOf, runner, saveAs, say, workbench } from "../controllers/context.ts";
import { Deck } from "../controllers/deck.ts";
import "../elements/deck.ts";
import type { DeckTape } from "../elements/deck.ts";
import { msg } from "../i18n/i18n.ts";
import { DropError, readText } from "../store/drop.ts";
import { freeName } from "../store/project.ts";
import { decodeTape, encodeTape, tapesFit, type Tape } from "../store/tape.ts";
import { ask } from "./ask.ts";

/** The workspace, as far as tapes go: it looks at the program before it is run. */
export interface TapeHost {
  /** False when the program cannot run; the page says why. */
  checkProgram(): Promise<boolean>;
  requestUpdate(): void;
}

const shown = ({ name, ms, events }: Tape): DeckTape => ({ name, ms, count: events.length });

export class Tapes {
  readonly deck = new Deck(runner);
  private readonly host: TapeHost;

  constructor(host: TapeHost) {
    this.host = host;
  }

  open(): void {
    this.deck.open();
    this.deck.onChange = () => this.host.requestUpdate();
    this.deck.onTape = (tape) => this.keep(tape);
  }

  close(): void {
    this.deck.close();
    this.deck.onChange = this.deck.onTape = null;
  }

  /** While a tape is replayed, hands are kept off: the run would not be the same. */
  get isReplaying(): boolean {
    return this.deck.state === "replaying";
  }

  render() {
    const { deck } = this;
    const at = (act: (i: number) => void) => (event: CustomEvent<number>) => act(event.detail);
    return html`<by-deck
      .state=${deck.isStarting ? "idle" : deck.state}
      .ms=${deck.ms}
      .count=${deck.count}
      .playing=${deck.tape && shown(deck.tape)}
      .tapes=${this.tapes.map(shown)}
      ?isReal=${runner.isReal}
      ?readOnly=${workbench.isFollowing}
      @tape-record=${() => void this.record()}
      @tape-stop=${() => deck.stop()}
      @tape-load=${() => this.load()}
      @tape-replay=${at((i) => void this.replay(i))}
      @tape-rename=${at((i) => void this.rename(i))}
      @tape-save=${at((i) => this.save(i))}
      @tape-delete=${at((i) => this.remove(i))}
    ></by-deck>`;
  }

  private get tapes(): readonly Tape[] {
    return workbench.project?.tapes ?? [];
  }

  private async record(): Promise<void> {
    const { project } = workbench;
    if (!project) return;
    if (runner.isReal) return this.deck.record({});
    if (await this.host.checkProgram()) await this.deck.record(project.files);
  }

  private async replay(i: number): Promise<void> {
    const { project } = workbench;
    const tape = this.tapes[i];
    if (project && tape && (await this.host.checkProgram())) await this.deck.replay(project.files, tape);
  }

  private keep(tape: Tape): void {
    if (tape.events.length === 0) return say({ text: msg("tape.empty") });
    this.add(tape, msg("tape.name", { n: 1 }));
  }

  private add(tape: Tape, name: string): boolean {
    const named: Tape = {
      ...tape,
      name: freeName(
        name,
        this.tapes.map((other) => other.name),
      ),
    };
    const tapes = [...this.tapes, named];
    if (!tapesFit(tapes)) {
      say({ text: msg("tape.full"), kind: "bad" });
      return false;
    }
    workbench.change({ tapes });
    say({ text: msg("tape.kept", { name: named.name }), kind: "ok" });
    return true;
  }

  private async rename(i: number): Promise<void> {
    const tape = this.tapes[i];
    if (!tape) return;
    const name = await ask(msg("project.rename"), msg("tape.rename"), tape.name);
    if (name) workbench.change({ tapes: this.tapes.map((other) => (other === tape ? { ...other, name } : other)) });
  }

  private remove(i: number): void {
    const tape = this.tapes[i];
    if (!tape) return;
    workbench.change({ tapes: this.tapes.filter((other) => other !== tape) });
    const back = () => workbench.change({ tapes: this.tapes.toSpliced(i, 0, tape) });
    say({ text: msg("project.deleted", { name: tape.name }), action: { label: msg("app.undo"), run: back } });
  }

  private save(i: number): void {
    const tape = this.tapes[i];
    if (tape) saveAs(fileNameOf(tape.name, "json"), encodeTape(tape), "application/json");
  }

  private load(): void {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = ".json,application/json";
    input.onchange = () => void this.take(input.files?.[0]);
    input.click();
  }

  private async take(file: File | undefined): Promise<void> {
    if (!file || !workbench.project) return;
    let text: string;
    try {
      text = await readText(file);
    } catch (error) {
      if (!(error instanceof DropError)) throw error;
      return say({ text: msg("tape.not-ours"), kind: "bad" });
    }
    const name = file.name.replace(/\.json$/i, "");
    const read = decodeTape(text, name, workbench.project.board, workbench.project.wiring);
    if (!read) return say({ text: msg("tape.not-ours"), kind: "bad" });
    if (this.add(read.tape, name) && read.left > 0) say({ text: msg("tape.left", { n: read.left }) });
  }
}
