// The tape deck: records what happens to the runner's board, and lets a tape happen to a new one. From a real board it records the
// readings that the program prints. It keeps no tapes; whoever gets one in `onTape` does.
import { readTape, type TimedEvent } from "../../boards/tape.ts";
import { readingsOf } from "../plot/readings.ts";
import { makeTape, tapeEventsMost, type Tape } from "../store/tape.ts";
import type { Runner } from "./runner.ts";

export type DeckState = "idle" | "recording" | "replaying";
type Files = Readonly<Record<string, string>>;

const tickMs = 200;

export class Deck {
  state: DeckState = "idle";
  /** The board is being switched off and on; nothing can happen to it yet. */
  isStarting = false;
  /** How far it is, ms. */
  ms = 0;
  /** How many events have been recorded. */
  count = 0;
  /** What is replayed. */
  tape: Tape | null = null;
  onChange: (() => void) | null = null;
  /** A recording is over. Its name is empty. */
  onTape: ((tape: Tape) => void) | null = null;

  private readonly runner: Runner;
  private events: TimedEvent[] = [];
  private startMs = 0;
  private rest = "";
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(runner: Runner) {
    this.runner = runner;
  }

  /** Listens to the runner until `close`. */
  open(): void {
    this.runner.onHappened = (event) => this.take(event);
  }

  close(): void {
    this.stop();
    this.runner.onHappened = null;
  }

  /** Begins anew with these files on the board and records; on a real board, what its program prints from now on. */
  async record(files: Files): Promise<void> {
    this.stop();
    this.begin("recording", null);
    if (!this.runner.isReal) await this.boot(files, null);
  }

  /** Begins anew with these files on the board, and lets the tape happen to it. */
  async replay(files: Files, tape: Tape): Promise<void> {
    this.stop();
    const read = readTape(tape.events, this.runner.board, this.runner.wired);
    this.begin("replaying", tape);
    await this.boot(files, read?.events ?? []);
  }

  private async boot(files: Files, tape: readonly TimedEvent[] | null): Promise<void> {
    this.isStarting = true;
    await this.runner.boot(files, tape);
    this.isStarting = false;
    this.check();
  }

  /** Ends what it does. The program goes on; of a tape that is replayed, the rest happens. */
  stop(): void {
    const { state, events, ms } = this;
    if (state === "idle") return;
    clearInterval(this.timer);
    this.state = "idle";
    this.tape = null;
    this.events = [];
    if (state === "recording") {
      // A button's release may be told before its time (boards/sim/fingers.ts), and before what comes until then.
      const sorted = events.toSorted((a, b) => a.atMs - b.atMs);
      const last = sorted.at(-1)?.atMs ?? 0;
      this.onTape?.(makeTape("", this.runner.board.id, Math.max(last, Math.round(ms)), sorted));
    }
    this.onChange?.();
  }

  /** The runner has changed: a recording does not outlive its program. */
  check(): void {
    const { runner, state } = this;
    if (state === "idle" || runner.isReal || this.isStarting) return;
    this.tick();
    if (!runner.isBooted) this.stop();
  }

  /** What the board prints. */
  hear(text: string): void {
    if (this.state !== "recording" || !this.runner.isReal) return;
    const lines = (this.rest + text).split(/[\r\n]+/);
    this.rest = lines.pop()!.slice(-1000);
    const atMs = Math.round(performance.now() - this.startMs);
    for (const line of lines) for (const event of readingsOf(line, atMs, this.runner.board)) this.take(event);
  }

  private begin(state: DeckState, tape: Tape | null): void {
    this.state = state;
    this.tape = tape;
    this.events = [];
    this.rest = "";
    this.ms = this.count = 0;
    this.startMs = performance.now();
    this.timer = setInterval(() => this.tick(), tickMs);
    this.onChange?.();
  }

  private take(event: TimedEvent): void {
    if (this.state !== "recording") return;
    this.count = this.events.push(event);
    if (this.count >= tapeEventsMost) this.stop();
  }

  private tick(): void {
    const { runner, tape } = this;
    this.ms = runner.isReal ? performance.now() - this.startMs : runner.isBooted && runner.isOpen ? runner.clockMs : this.ms;
    if (tape && this.ms >= tape.ms) this.stop();
    else this.onChange?.();
  }
}
