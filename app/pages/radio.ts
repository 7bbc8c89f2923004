// What the Radio panel does: other boards with their programs, where they stand, messages by hand. It knows the open project and the
// page's air; the boards are controllers/crew.ts.
import { html } from "lit";
import { boards } from "../../boards/index.ts";
import type { RadioState } from "../../boards/parts/radio/state.ts";
import { SimTransport } from "../../boards/sim/transport.ts";
import { boardOf, ether, ownStation, projects, runner, workbench } from "../controllers/context.ts";
import { Crew, crewMost, type Program } from "../controllers/crew.ts";
import { mapHeight, mapWidth } from "../elements/radio-map.ts";
import "../elements/radio.ts";
import type { ByRadio, RadioBoard } from "../elements/radio.ts";
import { msg, type Key } from "../i18n/i18n.ts";
import { freeName, mainFile, type Project } from "../store/project.ts";

const ready = {
  counter: {
    label: "radio.program.counter",
    source: `from microbit import *
import radio

radio.on()
n = 0
while True:
    radio.send(str(n))
    display.show(n % 10)
    n += 1
    sleep(1000)
`,
  },
  show: {
    label: "radio.program.show",
    source: `from microbit import *
import radio

radio.on()
while True:
    message = radio.receive()
    if message:
        print(message)
        display.show(message, delay=200)
    sleep(20)
`,
  },
  echo: {
    label: "radio.program.echo",
    source: `from microbit import *
import radio

radio.on()
while True:
    message = radio.receive()
    if message and not message.endswith('!'):
        print(message)
        radio.send(message + '!')
    sleep(5)
`,
  },
  meter: {
    label: "radio.program.meter",
    source: `from microbit import *
import radio

radio.on()
while True:
    packet = radio.receive_full()
    if packet:
        strength = packet[1]
        print(strength)
        bars = max(0, min(5, (strength + 100) // 12))
        display.show(Image(':'.join('9' * 5 if 5 - row <= bars else '0' * 5 for row in range(5))))
    sleep(20)
`,
  },
} as const satisfies Record<string, { readonly label: Key; readonly source: string }>;
type Ready = keyof typeof ready;

const renderMs = 100;
const thisProject = "this";

export class RadioPanel {
  private readonly crew: Crew;
  private readonly changed: () => void;
  private others: readonly Project[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(changed: () => void) {
    this.changed = changed;
    this.crew = new Crew(ether, (board, options) => new SimTransport(board, options));
  }

  open(): void {
    this.crew.onChange = ether.onChange = () => this.schedule();
    this.crew.onParts = (id, parts) => document.querySelector<ByRadio>("by-radio")?.paint(id, parts);
    void projects.list().then((list) => {
      this.others = list;
      this.changed();
    });
  }

  close(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.crew.onChange = this.crew.onParts = ether.onChange = null;
    void this.crew.close();
  }

  render() {
    const { project } = workbench;
    ownStation.name = project?.name ?? "";
    const kinds = boards.filter(({ parts }) => "radio" in parts);
    const own = kinds.some(({ id }) => id === project?.board) ? [[thisProject, msg("radio.program.this")] as const] : [];
    const programs = [
      ...own,
      ...Object.entries(ready).map(([key, { label }]) => [key, msg(label)] as const),
      ...this.others
        .filter(({ id, board }) => id !== project?.id && "radio" in boardOf(board).parts)
        .map(({ id, name }) => [`project:${id}`, name] as const),
    ];
    return html`<by-radio
      .boards=${this.boards}
      .kinds=${kinds.map(({ id }) => [id, msg(`board.${id}` as Key)] as const)}
      .programs=${programs}
      .log=${[...ether.log]}
      .dropped=${ether.dropped}
      .lost=${ether.lost}
      ?isFull=${this.crew.mates.length >= crewMost}
      @radio-add=${(event: CustomEvent<{ board: string; program: string }>) => this.add(event.detail)}
      @radio-start=${(event: CustomEvent<number>) => void this.crew.start(event.detail)}
      @radio-stop=${(event: CustomEvent<number>) => void this.crew.stop(event.detail)}
      @radio-remove=${(event: CustomEvent<number>) => void this.crew.remove(event.detail)}
      @radio-move=${(event: CustomEvent<{ id: number; x: number; y: number }>) => this.move(event.detail)}
      @radio-send=${(event: CustomEvent<{ text: string; group: number; channel: number }>) => this.send(event.detail)}
      @radio-clear=${() => ether.clear()}
      @radio-input=${({ detail }: CustomEvent<{ id: number; part: string; event: unknown }>) =>
        this.crew.input(detail.id, detail.part, detail.event)}
    ></by-radio>`;
  }

  private get boards(): readonly RadioBoard[] {
    const aired = (parts: Readonly<Record<string, unknown>>) => {
      const { power = 6, rate = 0 } = (parts["radio"] as RadioState | undefined) ?? {};
      return { power, rate };
    };
    const project = workbench.project!;
    const own: RadioBoard = {
      id: 0,
      name: project.name,
      board: runner.board.id,
      program: project.name,
      isOn: runner.isOpen && !runner.isReal,
      line: "",
      ...ownStation.place,
      ...aired(runner.parts),
    };
    const mates = this.crew.mates.map(({ id, name, board, program, isOn, line, place, parts }): RadioBoard => ({
      id,
      name,
      board: board.id,
      program: program.name,
      isOn,
      line,
      ...place,
      ...aired(parts),
    }));
    return [own, ...mates];
  }

  private add({ board, program: key }: { readonly board: string; readonly program: string }): void {
    const program = this.programOf(key);
    if (!program || this.crew.mates.length >= crewMost) return;
    const taken = this.crew.mates.map(({ name }) => name);
    const name = freeName(msg("radio.mate", { n: 1 }), taken);
    // Round the own board, so far off that a finger tells them apart on a small map, each a little further.
    const angle = this.crew.mates.length * 2.4;
    const { x, y } = ownStation.place;
    const radius = 14 + this.crew.mates.length;
    const place = {
      x: Math.max(0, Math.min(mapWidth, Math.round(x + radius * Math.cos(angle)))),
      y: Math.max(0, Math.min(mapHeight, Math.round(y + radius * Math.sin(angle)))),
    };
    void this.crew.start(this.crew.add(name, boardOf(board), program, place));
  }

  private programOf(key: string): Program | null {
    if (key === thisProject) return workbench.project && { name: msg("radio.program.this"), files: workbench.project.files };
    if (key in ready) {
      const { label, source } = ready[key as Ready];
      return { name: msg(label), files: { [mainFile]: source } };
    }
    return this.others.find(({ id }) => `project:${id}` === key) ?? null;
  }

  private move({ id, x, y }: { readonly id: number; readonly x: number; readonly y: number }): void {
    if (id !== 0) this.crew.move(id, { x, y });
    else ownStation.place = { x, y };
    // At once: the next key moves it from there.
    this.changed();
  }

  private send({ text, group, channel }: { readonly text: string; readonly group: number; readonly channel: number }): void {
    const bytes = Uint8Array.from([1, 0, 1, ...new TextEncoder().encode(text)]).slice(0, 32);
    ether.send([{ channel, address: 0x75626974, group, rate: 0, power: 6, bytes }], ownStation, msg("radio.hand"));
  }

  /** However much is sent, the page is rendered ten times a second. */
  private schedule(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.changed();
    }, renderMs);
  }
}
