// The interpreter's front door: make a VM for a host and a configuration, give it a program or its REPL, run it in slices.
// It never blocks: `run` executes a budget and says why it stopped. What that means is for the caller to decide.
import type { Host } from "./host.ts";
import type { MpConfig } from "./mpconfig.ts";
import type { ModuleDef, Obj } from "./native.ts";
import { VmCore } from "./vm/core.ts";

/**
 * Why `run` returned. After `done` and `raised` there is nothing left to run until the next `load` or `repl`; threads that a program
 * has left behind go on with that.
 */
export type Suspension =
  /** Used up its ops: call `run` again when it suits. */
  | { readonly why: "budget" }
  /** Nothing to do before this instant of `clock.ns`; Infinity: until something else calls `wake`. */
  | { readonly why: "sleep"; readonly until: number }
  /** Waits for console bytes: `feed` some, then call `run` again. */
  | { readonly why: "stdin" }
  /** Ctrl-D at an empty prompt, machine.soft_reset(), machine.reset(): the board decides what follows. */
  | { readonly why: "reset"; readonly kind: "soft" | "hard" }
  | { readonly why: "done" }
  | { readonly why: "raised"; readonly error: Raised };

/** A Python exception that nobody caught. */
export interface Raised {
  /** As printed: "Traceback (most recent call last):\n  File ...\nValueError: no\n" */
  readonly traceback: string;
  /** "ValueError" */
  readonly type: string;
  /** str(exception), "" when it has no argument. */
  readonly message: string;
  /** Innermost line of the program itself, or 0. */
  readonly line: number;
  readonly file: string;
}

export interface Vm {
  /** Throws away heap, globals, modules and threads, as a soft reset does; the REPL's mode (raw, friendly) stays. */
  softReset(): void;
  /** Takes a program to run in `__main__`. A SyntaxError arrives as `raised` from the first `run`. */
  load(source: string | Uint8Array, filename: string): void;
  /** Takes the REPL (friendly or raw, whichever was left) to run: it reads bytes given to `feed` until a soft reset. */
  repl(): void;
  readonly replMode: "friendly" | "raw";
  /** Executes about `ops` bytecodes, then hands control back. Never blocks. */
  run(ops: number): Suspension;
  /** Bytecodes executed since the VM was made, roughly; a board turns them into time. */
  readonly ops: number;
  /** The `run` that is going on ends after so many bytecodes at most: something is due earlier than when it was called. */
  shorten(ops: number): void;
  /** Console bytes from the world. Ctrl-C interrupts a running program at once (where `kbd_intr` says so). */
  feed(bytes: Uint8Array): void;
  /** Says that no more bytes will come: reading sys.stdin then finds its end, and input() raises EOFError. */
  endInput(): void;
  /** Raises KeyboardInterrupt at the next back-edge, or in whatever the program waits for. */
  interrupt(): void;
  /** Calls fun(arg) between bytecodes, as pin IRQs and timers do; false when the queue is full. */
  schedule(fun: Obj, arg: Obj): boolean;
  /** Takes what sys.atexit was given to run, as the end of a command; false: there is nothing. */
  exit(): boolean;
  /**
   * Some thread waits for console bytes. `run` says so only if no other thread runs or sleeps: feed what comes in then, too, and
   * call `run` before the time that it gave.
   */
  readonly waitsForStdin: boolean;
  /** sys.argv, for programs run as a command. */
  setArgv(args: readonly string[]): void;
  /** micropython.opt_level() that programs start with. */
  setOptLevel(level: number): void;
  /** What runs or waits now, for "stop" and "status": null when idle. */
  readonly busy: "program" | "repl" | null;
}

/** Makes a VM in its power-on state, with `modules` importable beside the built-in ones. */
export function createVm(host: Host, config: MpConfig, modules: readonly ModuleDef[]): Vm {
  return new VmCore(host, config, modules);
}
