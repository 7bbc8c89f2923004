// The REPL as the board runs it: friendly, paste, raw and raw-paste mode, over console bytes (shared/runtime/pyexec.c).
import { decodeUtf8 } from "../objects/objbytes.ts";
import { excOf, isExc, PyExc, typeKeyboardInterrupt, typeSystemExit } from "../objects/objexcept.ts";
import { mp } from "../objects/mpstate.ts";
import { run, type Gen, type Obj } from "../objects/obj.ts";
import { call } from "../vm/call.ts";
import { tracebackText } from "../vm/print.ts";
import { compileSource, moduleFunction } from "../vm/source.ts";
import { autoIndent, completeInput, continuesInput } from "./repl.ts";
import { readByte, readLine } from "./readline.ts";

/** What stays from one session to the next: raw stays raw over a soft reset. */
export interface ReplState {
  mode: "friendly" | "raw";
  readonly history: string[];
}

/** Bytes the host may send before it waits for an acknowledgement, in raw-paste mode. */
const RAW_PASTE_WINDOW = 128;

/** Reads and runs until a soft reset is asked for, which the host then carries out. */
export function* replSession(state: ReplState): Gen {
  const kbd = mp.kbdIntr;
  mp.kbdIntr = -1;
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

function* friendly(state: ReplState): Gen<"friendly" | "raw" | "reset"> {
  for (;;) {
    const ps1 = ">>> ";
    mp.print(ps1);
    const first = yield* readLine(ps1, { history: state.history, complete: completeInput });
    if (first.end === "raw") {
      mp.print("\n");
      return "raw";
    }
    if (first.end === "banner") {
      mp.print("\n");
      banner();
      continue;
    }
    if (first.end === "interrupt") {
      mp.print("\n");
      continue;
    }
    if (first.end === "eof") {
      mp.print("\n");
      return "reset";
    }
    if (first.end === "paste") {
      yield* paste();
      continue;
    }
    if (first.text === "") continue;
    let text = first.text;
    let isCancelled = false;
    while (continuesInput(text)) {
      mp.print("... ");
      const more = yield* readLine("... ", { history: state.history, complete: completeInput, indent: autoIndent(text) });
      if (more.end === "interrupt") {
        mp.print("\n");
        isCancelled = true;
        break;
      }
      if (more.end === "eof") {
        mp.print("\n");
        break;
      }
      text += `\n${more.text}`;
    }
    if (isCancelled) continue;
    if (yield* executeText(text, "single", true, null)) return "reset";
  }
}

function* paste(): Gen<void> {
  mp.print("\npaste mode; Ctrl-C to cancel, Ctrl-D to finish\n=== ");
  const bytes: number[] = [];
  for (;;) {
    const c = yield* readByte();
    if (c === 3) {
      mp.print("\n");
      return;
    }
    if (c === 4) {
      mp.print("\n");
      break;
    }
    if (c === 13 || c === 10) {
      bytes.push(10);
      mp.print("\n=== ");
    } else {
      bytes.push(c);
      mp.printBytes(Uint8Array.of(c));
    }
  }
  yield* executeText(decodeUtf8(Uint8Array.from(bytes)), "file", true, null);
}

function* raw(): Gen<"friendly" | "raw" | "reset"> {
  for (;;) {
    mp.print(">");
    const bytes: number[] = [];
    for (;;) {
      const c = yield* readByte();
      if (c === 1) {
        mp.print("raw REPL; CTRL-B to exit\n>");
        bytes.length = 0;
      } else if (c === 2) return "friendly";
      else if (c === 3) bytes.length = 0;
      else if (c === 4) break;
      else if (c === 65 && bytes.length === 1 && bytes[0] === 5 && mp.config.rawPaste) {
        const next = yield* readByte();
        bytes.length = 0;
        if (next === 1) {
          if (yield* rawPaste()) return "reset";
          mp.print(">");
        } else mp.print("R\x00");
      } else bytes.push(c);
    }
    if (bytes.length === 0) {
      mp.print("OK\n");
      return "reset";
    }
    mp.print("OK");
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
    if (c === 3) {
      mp.print("\x04");
      mp.print("\x04");
      const exc = new PyExc(typeKeyboardInterrupt, []);
      mp.print(yield* tracebackText(exc));
      mp.print("\x04");
      return false;
    }
    if (c === 4) break;
    bytes.push(c);
    if (--left === 0) {
      mp.host.stdio.write(Uint8Array.of(1));
      left = RAW_PASTE_WINDOW;
    }
  }
  mp.host.stdio.write(Uint8Array.of(4));
  return yield* executeText(decodeUtf8(Uint8Array.from(bytes)), "file", false, "\x04");
}

/**
 * Compiles and runs one input, and prints what went wrong. `endMark` is sent after its output and after its error.
 * True when the program asked for a reset (SystemExit).
 */
function* executeText(text: string, kind: "single" | "file", isRepl: boolean, endMark: string | null): Gen<boolean> {
  let exit = false;
  let error: Obj | undefined;
  mp.kbdIntr = 3;
  try {
    const compiled = compileSource(text, "<stdin>", kind, isRepl);
    yield* run(call(moduleFunction(compiled, mp.mainGlobals), [], null));
  } catch (caught) {
    if (excOf(caught as Obj) === null) throw caught;
    error = caught as Obj;
  }
  mp.kbdIntr = -1;
  if (endMark !== null) mp.print(endMark);
  if (error !== undefined) {
    if (isExc(error, typeSystemExit)) exit = true;
    else mp.print(yield* tracebackText(error));
  }
  if (endMark !== null) mp.print(endMark);
  return exit;
}
