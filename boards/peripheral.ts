// What the simulation's pieces are to each other: part models, pins, the hardware of one board, and its boot script. A door.
// Models know clock and pins; bindings (boards/modules) know models and Python; views know only a part's state.
import type { Clock, VfsFile } from "../interpreter/host.ts";
import type { Raised } from "../interpreter/index.ts";
import type { MpConfig } from "../interpreter/mpconfig.ts";
import type { ModuleDef, Obj } from "../interpreter/native.ts";
import type { BoardDescriptor } from "./descriptor.ts";
import type { Net } from "./net.ts";
import type { Pin } from "./parts/pin/model.ts";

/**
 * The model of one piece of hardware: no DOM, no Python.
 * `S` is what can be seen of it and `I` what the world can do to it; both are plain data.
 */
export interface Peripheral<S = unknown, I = unknown> {
  /** A fresh object per change, so that views compare by ===. */
  readonly state: S;
  /** The world acts: pressed, tilted, warmed. An event of another shape throws. */
  input(event: I): void;
  /** As at power-on. What the world does to the part (a held button, the light in the room) stays. */
  reset(): void;
  /** What it holds, when that is too much to cross with every change: whoever wants it asks (World.read). */
  readonly text?: string;
  /** Set by the Machine, which gathers changes per frame. */
  onChange: (() => void) | null;
}

/** The board as the program meets it. Built in the worker from descriptor and clock. */
export interface Hardware {
  readonly descriptor: BoardDescriptor;
  readonly clock: Clock;
  readonly parts: Readonly<Record<string, Peripheral>>;
  /** All pins by their names in the descriptor, also those that are no parts with a control of their own. */
  readonly pins: ReadonlyMap<string, Pin>;
  /** The part of that name; throws when it is not there or of another class. */
  part<P extends Peripheral>(name: string, kind: new (...args: never[]) => P): P;
  random32(): number;
  /** Everything random follows from it. */
  readonly seed: number;
  readonly files: BoardFiles;
  /** Bytes to the console's line as they are. */
  write(bytes: Uint8Array): void;
  readonly console: ConsoleLine;
  /** Has fun(arg) called between bytecodes; false when too many calls wait. For alarms and inputs, which come from outside the VM. */
  schedule(fun: Obj, arg: Obj): boolean;
  /** Whether main.py runs, rather than the REPL. */
  readonly isMain: boolean;
  /** Another number for every reset and every end of main.py: what is started in one run ends with it. */
  readonly run: number;
}

/** The serial port that the console is on. */
export interface ConsoleLine {
  /** Sets its speed and where it goes: null is the USB interface. */
  open(baud: number, tx: Net | null, rx: Net | null): void;
}

/** The board's files, as its own os module needs them. */
export interface BoardFiles {
  names(): readonly string[];
  /** Null: no such file. */
  size(name: string): number | null;
  remove(name: string): void;
  /** Throws VfsError. */
  open(name: string, mode: "r" | "w"): VfsFile;
}

/** Python binding: turns hardware into an importable module. */
export type Binding = (hw: Hardware) => ModuleDef;

/** The worker's half of a board folder; the page's half is its view.ts. */
export interface BoardModel {
  readonly descriptor: BoardDescriptor;
  readonly config: MpConfig;
  readonly bindings: readonly Binding[];
  /** Files a new board comes with. */
  readonly factoryFiles: Readonly<Record<string, string>>;
  /** What the firmware does from power-on (or from a soft reset) to the next reset. */
  boot(context: BootContext): Generator<BootStep, void, Raised | null>;
}

export interface BootContext {
  readonly hw: Hardware;
  /** "hard": power-on or the reset button. "soft": Ctrl-D, which keeps pins' levels and the time. */
  readonly kind: "hard" | "soft";
  /** In raw mode a soft reset skips the user's program. */
  readonly replMode: "friendly" | "raw";
  /** The text of a file, or null when there is none. */
  readFile(name: string): Uint8Array | null;
  print(text: string): void;
}

/** One thing for the Machine to do next. `yield` returns what a program raised, else null. */
export type BootStep =
  | { readonly step: "program"; readonly source: string | Uint8Array; readonly filename: string }
  /** Lets time pass until `done` says so; Ctrl-C ends it early. */
  | { readonly step: "wait"; readonly done: () => boolean; readonly interruptible: boolean }
  /** Runs the REPL until a reset. */
  | { readonly step: "repl" };
