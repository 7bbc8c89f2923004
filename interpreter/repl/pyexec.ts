// The REPL as the board runs it: friendly, paste, raw and raw-paste mode, over console bytes (shared/runtime/pyexec.c).
import { decodeUtf8 } from "../objects/objbytes.ts";
import { excOf, isExc, PyExc, typeKeyboardInterrupt, typeSystemExit } from "../objects/objexcept.ts";
import { mp } from "../objects/mpstate.ts";
import { type Gen, type Obj } from "../objects/obj.ts";
import { tracebackText } from "../vm/print.ts";
import { compileSource, runModule } from "../vm/source.ts";
import { unlockHeap } from "../vm/gc.ts";
import { builtinModuleOf } from "../vm/import.ts";
import { completeInput, continuesInput } from "./repl.ts";
import { CTRL_A, CTRL_B, CTRL_C, CTRL_D, CTRL_E, readByte, Readline } from "./readline.ts";

/** What stays from one session to the next: raw stays raw over a soft reset. */
export interface ReplState {
  mode: "friendly" | "raw";
  readonly history: string[];
}

/** Bytes the host may send before it waits for an acknowledgement, in raw-paste mode. */
const RAW_PASTE_WINDOW = 128;

/** Reads and runs until a soft reset is asked for, which the host then carries out. From now on Ctrl-C is a key like others. */
export function replSession(state: ReplState): Gen {
  const kbd = mp.kbdIntr;
  mp.kbdIntr = -1;
  return session(state, kbd);
}

function* session(state: ReplState, kbd: number): Gen {
  try {
    if (state.mode === "friendly") banner();
    else mp.print("raw REPL; CTRL-B to exit\n");
    for (;;) {
      const next: "friendly" | "raw" | "reset" = state.mode === "friendly" ? yield* friendly(state) : yield* raw();
      if (next === "reset") {
        for (;;) yield { wait: "reset", kind: "soft" };
      }
      state.mode = next;
      if (next === "friendly") {
        mp.print("\n");
        banner();
      } else mp.print("raw REPL; CTRL-B to exit\n");
    }
  } finally {
    mp.kbdIntr = kbd;
  }
}

function banner(): void {
  mp.print(`${mp.config.banner}\nType "help()" for more information.\n`);
}

/** sys.ps1 and sys.ps2, which a program may set. */
function prompt(name: "ps1" | "ps2", otherwise: string): string {
  const value = builtinModuleOf("sys")?.globals.getStr(name);
  return typeof value === "string" ? value : otherwise;
}

function* friendly(state: ReplState): Gen<"friendly" | "raw" | "reset"> {
  const editing = { history: state.history, complete: completeInput };
  input: for (;;) {
    const line = new Readline(editing);
    // A heap that a program has left locked would leave no way out but a reset.
    while (mp.heapLocked > 0) unlockHeap();
    switch (yield* line.line(prompt("ps1", ">>> "))) {
      case CTRL_A:
        mp.print("\n");
        return "raw";
      case CTRL_B:
        mp.print("\n");
        banner();
        continue;
      case CTRL_C:
        mp.print("\n");
        continue;
      case CTRL_D:
        mp.print("\n");
        return "reset";
      case CTRL_E:
        if (yield* paste()) return "reset";
        continue;
    }
    if (line.text === "") continue;
    while (continuesInput(line.text)) {
      line.text += "\n";
      const end = yield* line.line(prompt("ps2", "... "));
      if (end === CTRL_C) {
        mp.print("\n");
        continue input;
      }
      if (end === CTRL_D) break;
    }
    if (yield* executeText(line.text, "single", true, null)) return "reset";
  }
}

function* paste(): Gen<boolean> {
  mp.print("\npaste mode; Ctrl-C to cancel, Ctrl-D to finish\n=== ");
  const bytes: number[] = [];
  for (;;) {
    const c = yield* readByte();
    if (c === CTRL_C) {
      mp.print("\n");
      return false;
    }
    if (c === CTRL_D) {
      mp.print("\n");
      break;
    }
    bytes.push(c);
    if (c === 13) mp.print("\n=== ");
    else mp.host.stdio.write(Uint8Array.of(c));
  }
  return yield* executeText(decodeUtf8(Uint8Array.from(bytes)), "file", true, null);
}

function* raw(): Gen<"friendly" | "raw" | "reset"> {
  for (;;) {
    mp.print(">");
    const bytes: number[] = [];
    for (let c = yield* readByte(); c !== CTRL_D; c = yield* readByte()) {
      if (c === CTRL_A) {
        if (bytes.length === 2 && bytes[0] === CTRL_E && mp.config.release !== "1.9.2") {
          if (bytes[1] !== 65 || !mp.config.rawPaste) mp.print("R\x00");
          else if (yield* rawPaste()) return "reset";
        } else mp.print("raw REPL; CTRL-B to exit\n");
        mp.print(">");
        bytes.length = 0;
      } else if (c === CTRL_B) return "friendly";
      else if (c === CTRL_C) bytes.length = 0;
      else bytes.push(c);
    }
    mp.print("OK");
    if (bytes.length === 0) {
      mp.print("\n");
      return "reset";
    }
    if (yield* executeText(decodeUtf8(Uint8Array.from(bytes)), "file", false, "\x04")) return "reset";
  }
}

/** Raw-paste: the program comes in windows that are acknowledged as they are read. */
function* rawPaste(): Gen<boolean> {
  mp.print("R\x01");
  mp.host.stdio.write(Uint8Array.of(RAW_PASTE_WINDOW & 0xff, RAW_PASTE_WINDOW >> 8, 1));
  const bytes: number[] = [];
  let left = RAW_PASTE_WINDOW;
  for (;;) {
    const c = yield* readByte();
    if (c === CTRL_C) {
      mp.print("\x04");
      mp.print("\x04");
      const exc = new PyExc(typeKeyboardInterrupt, []);
      mp.print(yield* tracebackText(exc));
      mp.print("\x04");
      return false;
    }
    if (c === CTRL_D) break;
    bytes.push(c);
    if (--left === 0) {
      mp.host.stdio.write(Uint8Array.of(1));
      left = RAW_PASTE_WINDOW;
    }
  }
  mp.host.stdio.write(Uint8Array.of(4));
  return yield* executeText(decodeUtf8(Uint8Array.from(bytes)), "file", false, "\x04", 0);
}

/**
 * Compiles and runs one input, and prints what went wrong. `endMark` is sent after its output and after its error.
 * `inHeap`: bytes of it that wait in the heap until then. True when the program asked for a reset (SystemExit).
 */
function* executeText(
  text: string,
  kind: "single" | "file",
  isRepl: boolean,
  endMark: string | null,
  inHeap = text.length,
): Gen<boolean> {
  let exit = false;
  let error: Obj | undefined;
  mp.kbdIntr = 3;
  try {
    const compiled = compileSource(text, "<stdin>", kind, isRepl);
    yield* runModule(compiled, mp.mainGlobals, inHeap);
  } catch (caught) {
    if (excOf(caught as Obj) === null) throw caught;
    error = caught as Obj;
  }
  mp.kbdIntr = -1;
  error ??= mp.takeException();
  if (endMark !== null) mp.print(endMark);
  if (error !== undefined) {
    if (isExc(error, typeSystemExit)) exit = true;
    else mp.print(yield* tracebackText(error));
  }
  if (endMark !== null) mp.print(endMark);
  return exit;
}
