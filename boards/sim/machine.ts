// A whole simulated board: model, VM, clock, files. A door: the worker, the command line, lessons and tests drive it.
// It runs as far as it is told in virtual time and never waits. What the wall clock has to do with it is worker.ts.
import type { VfsFile } from "../../interpreter/host.ts";
import type { Obj } from "../../interpreter/native.ts";
import { createVm, type Suspension, type Vm } from "../../interpreter/index.ts";
import type { BootContext, BoardModel, BootStep, Hardware } from "../peripheral.ts";
import { serialPart, type TimedEvent } from "../tape.ts";
import type { Wiring } from "../wiring.ts";
import { SimClock } from "./clock.ts";
import { ConsoleUart } from "./console.ts";
import { buildHardware } from "./hardware.ts";
import { type BoardVfs, createVfs, type FileSet } from "./vfs.ts";

export interface MachineOptions {
  /** The files on the board; without them the ones it is sold with. */
  readonly files?: FileSet;
  /** Everything random follows from it. Default 1. */
  readonly seed?: number;
  /** What is wired to its pins, checked by readWiring. */
  readonly wired?: Wiring;
}

const ctrlC = 3;
// A call of the VM ends where this grid of board time says, never where the caller of `runUntil` does: so a run is the same in
// whatever pieces it is made, paced in the page or at one go in a test, and a tape of what happened to it can be played again.
const gridNs = 1e6;
// While a program prints, each call of the VM may use up far more time than its bytecodes do.
const printingSliceOps = 256;
const encoder = new TextEncoder();

export class Machine {
  readonly model: BoardModel;
  readonly clock: SimClock;
  readonly hw: Hardware;
  readonly files: BoardVfs;
  /** Bytes the board sends on its serial line, at once. */
  onSerial: ((bytes: Uint8Array) => void) | null = null;
  /** The traceback that ended the program the board last started with, "" when it ended well or has not yet. */
  failure = "";
  /** A part has changed, at once. For once a frame, use `takeChanges`. */
  onPart: ((name: string, state: unknown) => void) | null = null;

  private readonly console: ConsoleUart;
  private readonly write: (bytes: Uint8Array) => void;
  private vm: Vm;
  private readonly makeVm: () => Vm;
  private readonly changed = new Set<string>();
  private script: Generator<BootStep, void, unknown> | null = null;
  private current: BootStep | null = null;
  private interrupted = false;
  private runCount = 0;
  // The VM has nothing to do before this absolute instant.
  private wakeAt = Infinity;
  /** Something was scheduled since the VM ran: it has to run, whatever it waits for. */
  private isScheduled = false;
  private opsMark = 0;
  private serialNs = 0;
  private isPrinting = false;
  private randomState: number;
  // What the world is going to do, soonest first.
  private score: TimedEvent[] = [];

  constructor(model: BoardModel, options: MachineOptions = {}) {
    this.model = model;
    this.randomState = (options.seed ?? 1) >>> 0;
    const { opNs, serialNsPerByte } = model.descriptor;
    // Until `reset` there is only a VM that has not run: the clock asks for its ops.
    this.vm = { ops: 0, shorten() {} } as unknown as Vm;
    this.clock = new SimClock(() => (this.vm.ops - this.opsMark) * opNs + this.serialNs);
    // Set while the program runs, it may go off before the program's slice would end.
    this.clock.onNext = (absolute) => this.vm.shorten(Math.max(1, Math.ceil((absolute - this.clock.absolute) / opNs)));
    const random32 = (): number => this.random32();
    const factory = Object.fromEntries(Object.entries(model.factoryFiles).map(([name, text]) => [name, encoder.encode(text)]));
    this.files = createVfs(model.descriptor.files, options.files ?? factory);
    this.console = new ConsoleUart(serialNsPerByte, {
      toUsb: (bytes) => this.onSerial?.(bytes),
      toBoard: (bytes) => this.receive(bytes),
      takes: (ns) => (this.serialNs += ns),
      ns: () => this.clock.absolute,
    });
    const write = (bytes: Uint8Array): void => this.console.write(bytes);
    this.write = write;
    const vfs = this.files;
    const files = {
      names: (): string[] => vfs.list(".").map(({ name }) => name),
      size: (name: string): number | null => vfs.get(name)?.length ?? null,
      remove: (name: string): void => vfs.remove(name),
      open: (name: string, mode: "r" | "w"): VfsFile => vfs.open(name, mode),
    };
    const lent = {
      files,
      random32,
      seed: options.seed ?? 1,
      write,
      console: this.console,
      schedule: (fun: Obj, arg: Obj) => {
        this.isScheduled = true;
        return this.vm.schedule(fun, arg);
      },
      isMain: () => this.current?.step === "program",
      run: () => this.runCount,
    };
    this.hw = buildHardware(model.descriptor, this.clock, lent, options.wired);
    const host = { clock: this.clock, stdio: { write }, vfs: this.files, random32 };
    this.makeVm = () =>
      createVm(
        host,
        model.config,
        model.bindings.map((binding) => binding(this.hw)),
      );
    for (const [name, part] of Object.entries(this.hw.parts)) {
      part.onChange = () => {
        this.changed.add(name);
        this.onPart?.(name, part.state);
      };
    }
  }

  /** Milliseconds since power-on, whatever resets there were. */
  get ms(): number {
    return this.clock.absolute / 1e6;
  }

  /** Whether a program or command runs, rather than the board waiting for keys. */
  get busy(): boolean {
    return this.wakeAt !== Infinity || this.current?.step !== "repl";
  }

  /** Whether the board has come to its prompt: the program it started with is over. */
  get isAtPrompt(): boolean {
    return this.current?.step === "repl";
  }

  /** When something happens next, absolute ns, without input from outside. */
  get nextEvent(): number {
    return Math.min(this.wakeAt, this.clock.nextAlarm, this.nextScore);
  }
  private get nextScore(): number {
    const next = this.score[0];
    return next === undefined ? Infinity : Math.round(next.atMs * 1e6);
  }

  /** Power-on, or the reset button: hardware and heap as new; files stay. */
  reset(): void {
    this.settle();
    this.clock.restart();
    this.console.reset();
    for (const pin of this.hw.pins.values()) pin.reset();
    for (const part of Object.values(this.hw.parts)) part.reset();
    this.vm = this.makeVm();
    this.opsMark = this.vm.ops;
    this.boot("hard");
  }

  /** Bytes from the USB serial line. */
  feed(bytes: Uint8Array): void {
    this.console.fromUsb(bytes);
  }

  private receive(bytes: Uint8Array): void {
    const waiting = this.current?.step === "wait";
    if (waiting && bytes.includes(ctrlC)) {
      this.interrupted = true;
      const rest = bytes.filter((byte) => byte !== ctrlC);
      if (rest.length > 0) this.vm.feed(rest);
    } else this.vm.feed(bytes);
    this.wakeAt = 0;
  }

  /** The world does something to a part. */
  input(part: string, event: unknown): void {
    const model = this.hw.parts[part];
    if (!model) throw new Error(`${this.model.descriptor.id} has no part ${part}`);
    model.input(event);
    this.wakeAt = 0;
  }

  /** Something happens to the board: an input to a part, or keys at its console. Says when, for a tape. */
  happen(part: string, event: unknown): TimedEvent {
    const atMs = Math.floor(this.clock.absolute) / 1e6;
    if (part === serialPart) this.feed(encoder.encode(String(event)));
    else this.input(part, event);
    return { atMs, part, event };
  }

  /** Lets these things happen, each at its time since power-on. A run is the same as the one in which `happen` told them. */
  play(events: readonly TimedEvent[]): void {
    this.score = [...this.score, ...events].sort((a, b) => a.atMs - b.atMs);
  }

  /** The states of all parts that changed since the last call. */
  takeChanges(): Record<string, unknown> {
    const states: Record<string, unknown> = {};
    for (const name of this.changed) states[name] = this.hw.parts[name].state;
    this.changed.clear();
    return states;
  }

  /** The states of all parts. */
  states(): Record<string, unknown> {
    return Object.fromEntries(Object.entries(this.hw.parts).map(([name, part]) => [name, part.state]));
  }

  /** Lets `ms` milliseconds of the board's time pass. */
  runFor(ms: number): void {
    this.runUntil(this.clock.absolute + ms * 1e6);
  }

  /**
   * Runs to an absolute instant, jumping over the time in which nothing happens; a busy board may be a millisecond beyond it.
   * Stops before it when `maxOps` bytecodes have run, and says so with false.
   */
  runUntil(absolute: number, maxOps = Infinity): boolean {
    if (!this.script) throw new Error("the board is not switched on: call reset()");
    const lastOp = this.vm.ops + maxOps;
    for (;;) {
      const now = this.clock.absolute;
      if (this.clock.nextAlarm <= now) {
        this.clock.moveTo(now);
        this.wakeAt = Math.min(this.wakeAt, now);
        continue;
      }
      if (this.nextScore <= now) {
        while (this.nextScore <= now) {
          const { part, event } = this.score.shift()!;
          this.happen(part, event);
        }
        continue;
      }
      if (now >= absolute) return true;
      if (this.vm.ops >= lastOp) return false;
      if (this.wakeAt > now) {
        const next = Math.min(absolute, this.wakeAt, this.clock.nextAlarm, this.nextScore);
        if (this.clock.nextAlarm <= next) this.wakeAt = next;
        this.clock.moveTo(next);
      } else {
        const untilGrid = (Math.floor(now / gridNs) + 1) * gridNs;
        this.step(Math.min(untilGrid, this.clock.nextAlarm) - now);
      }
    }
  }

  private step(spanNs: number): void {
    if (this.current?.step === "wait") {
      if (this.current.done() || (this.interrupted && this.current.interruptible)) this.next(null);
      else this.wakeAt = Infinity;
      return;
    }
    this.isScheduled = false;
    const most = this.isPrinting ? printingSliceOps : Infinity;
    const suspension = this.vm.run(Math.max(1, Math.min(most, Math.ceil(spanNs / this.model.descriptor.opNs))));
    this.isPrinting = this.serialNs > 0;
    this.settle();
    this.obey(suspension);
    if (this.isScheduled) this.wakeAt = Math.min(this.wakeAt, this.clock.absolute);
  }

  private obey(suspension: Suspension): void {
    switch (suspension.why) {
      case "budget":
        return;
      case "sleep":
        this.wakeAt = this.clock.toAbsolute(suspension.until);
        return;
      case "stdin":
        this.wakeAt = Infinity;
        return;
      case "reset":
        if (suspension.kind === "hard") return this.reset();
        this.write(encoder.encode(this.model.config.softReboot.map((line) => line + "\r\n").join("")));
        this.vm.softReset();
        return this.boot("soft");
      case "done":
        return this.next(null);
      case "raised":
        this.failure = suspension.error.traceback;
        return this.next(suspension.error);
    }
  }

  private boot(kind: "hard" | "soft"): void {
    this.failure = "";
    const context: BootContext = {
      hw: this.hw,
      kind,
      replMode: this.vm.replMode,
      readFile: (name) => this.files.get(name),
      print: (text) => this.write(encoder.encode(text)),
    };
    this.script = this.model.boot(context) as Generator<BootStep, void, unknown>;
    this.next(undefined);
  }

  private next(result: unknown): void {
    this.runCount++;
    const { value, done } = this.script!.next(result);
    // The script has printed: that took its time, before anything else happens.
    this.settle();
    if (done) throw new Error("a boot script must end with the REPL");
    this.current = value;
    this.interrupted = false;
    this.wakeAt = 0;
    if (value.step === "program") this.vm.load(value.source, value.filename);
    else if (value.step === "repl") this.vm.repl();
  }

  // Counts the time the VM's run has taken into the clock.
  private settle(): void {
    const now = this.clock.absolute;
    this.opsMark = this.vm.ops;
    this.serialNs = 0;
    this.clock.moveTo(Math.max(now, this.clock.absolute));
  }

  // xorshift32, seeded: the board's noise.
  private random32(): number {
    let x = this.randomState || 0x9e3779b9;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.randomState = x >>> 0;
    return this.randomState;
  }
}
