// The VM that is running now (mp_state_ctx): its configuration and what built-ins need of it. There may be several VMs in
// one JavaScript realm; each makes itself current when it runs. A live binding, so readers always see the current one.
import type { CompiledModule } from "../compiler/compile.ts";
import type { Host } from "../host.ts";
import type { MpConfig } from "../mpconfig.ts";
import type { Gen, Obj } from "./obj.ts";
import type { PyDict } from "./objdict.ts";
import type { Frame } from "../vm/codestate.ts";
import type { Thread } from "../vm/thread.ts";

/** A Python object, or something of a module's own that tells which objects it keeps alive. */
export type RootPointer = Obj | { live(): Iterable<Obj> };

export interface MpState {
  readonly host: Host;
  readonly config: MpConfig;
  /** Writes text to the console, "\n" as the board has it. */
  print(text: string): void;
  printBytes(bytes: Uint8Array): void;
  /** Console bytes that have come in and nobody has read. */
  readonly stdin: number[];
  /** No more will come: the command's input was a file or a pipe. */
  stdinEnded: boolean;
  /** True while something waits in the scheduler, or an interrupt does. */
  pending: boolean;
  optLevel: number;
  /** Told of every module that is compiled: what -v prints. */
  readonly onCompile: ((module: CompiledModule) => void) | null;
  kbdIntr: number;
  /** The number a program sees as id() of an object. */
  idOf(o: Obj): number;
  readonly builtins: PyDict;
  readonly mainGlobals: PyDict;
  /** sys.modules: what was imported from files. */
  readonly loadedModules: PyDict;
  /** What modules keep for this VM until it resets, by a name of theirs (MP_REGISTER_ROOT_POINTER). */
  readonly rootPointers: Map<string, RootPointer>;
  globals: PyDict;
  locals: PyDict;
  /** Objects of built-in modules: they are in flash and take nothing of the heap. */
  readonly inFlash: WeakSet<object>;
  /** Blocks that the firmware itself takes before any program runs. */
  readonly heapAtBoot: number;
  /** Blocks that sources and parse trees take while what was read from them runs, and blocks of the names of programs. */
  heapHeld: number;
  qstrBlocks: number;
  /** Blocks that the collector has given back so far. */
  heapReclaimed: number;
  /** How often the heap is locked, and what was left of it then. */
  heapLocked: number;
  heapLeftUnlocked: number;
  /** How many arguments an exception may have that is made while the heap is locked (its emergency buffer). */
  emergencyArgs: number;
  /** What is live besides globals, modules and the frames that run: waiting callbacks and the like. */
  roots(): Iterable<Obj | Frame | undefined>;
  /** Runs natives between bytecodes, as soon as that can be. */
  later(natives: readonly (() => Gen)[]): void;
  /** sys.settrace's function or None; whether it runs now; and whether functions are to run their traced variant. */
  traceFunction: Obj;
  isTraceRunning: boolean;
  isTracing: boolean;
  /** sys.tracebacklimit. */
  tracebackLimit: number;
  /** Depth of running frames, and the bytes of C stack that they may use. */
  depth: number;
  stackLimit: number;
  /** The thread that runs now, and all that have not ended. */
  readonly thread: Thread;
  readonly threads: readonly Thread[];
  /** Lets a new thread take turns with the others: what it does, its bytes of C stack, what it keeps alive. Gives its number. */
  startThread(gen: Gen, stackLimit: number, arg: readonly Obj[]): number;
  schedule(fun: Obj, arg: Obj): boolean;
  /** Raises the exception where the program is before long, at the latest at its end (mp_sched_exception). */
  raiseLater(exc: Obj): void;
  /** What is to be raised and was not yet, for the end of a program. */
  takeException(): Obj | undefined;
  scheduleInterrupt(): void;
  stackUse(): number;
  /** A built-in module's object, made when it is first asked for. */
  findModule(name: string): { load(): Obj } | undefined;
  /** Modules the board brings, for help("modules"). */
  moduleNames(): string[];
  /** What they have. */
  boardModules(): Iterable<readonly [name: string, members: Readonly<Record<string, Obj>>]>;
}

export let mp: MpState;

export const FLOAT_NONE = 0;
export const FLOAT_DOUBLE = 1;
/** single and single30: results are rounded. */
export const FLOAT_ROUNDED = 2;
/** The current board's floats, at hand for arithmetic. */
export let floatMode = FLOAT_DOUBLE;

let config: MpConfig | null = null;
let configured: ((config: MpConfig) => void) | null = null;
/** Set by vm/members.ts: told when a VM of another configuration becomes the current one. */
export function onConfig(listener: (config: MpConfig) => void): void {
  configured = listener;
}

export function switchTo(state: MpState): void {
  mp = state;
  if (state.config !== config) {
    config = state.config;
    configured?.(config);
  }
  const { floatImpl } = state.config;
  floatMode = floatImpl === "double" ? FLOAT_DOUBLE : floatImpl === "none" ? FLOAT_NONE : FLOAT_ROUNDED;
}
