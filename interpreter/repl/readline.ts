// Line editing on the console: history, cursor keys, emacs keys, Tab completion, auto-indent (shared/readline/readline.c).
import { raiseMsg, typeEOFError } from "../objects/objexcept.ts";
import { mp } from "../objects/mpstate.ts";
import type { Gen } from "../objects/obj.ts";

/** How a line ended: Return, or a control key pressed on an empty line. */
export interface Line {
  readonly text: string;
  readonly end: "line" | "interrupt" | "eof" | "raw" | "banner" | "paste";
}

export interface ReadlineState {
  /** Newest last; at most eight, as on the boards. */
  readonly history: string[];
  /** What Tab finds for the text before the cursor: an insertion, or a list to print. */
  readonly complete?: (text: string) => { readonly insert: string; readonly list: string };
  /** Text the line starts with: the auto-indent of a continuation line. */
  readonly indent?: string;
  readonly prompt?: string;
}

const HISTORY = 8;

/** The next console byte, waiting for it. */
export function* readByte(): Gen<number> {
  while (mp.stdin.length === 0) {
    if (mp.stdinEnded) raiseMsg(typeEOFError, "");
    yield { wait: "stdin" };
  }
  return mp.stdin.shift()!;
}

/** Edits one line. The prompt has been printed. Control keys act as such only while the line is empty. */
export function* readLine(prompt: string, state: ReadlineState): Gen<Line> {
  let line = state.indent ?? "";
  let cursor = line.length;
  let historyAt = -1;
  let edited = "";
  if (line !== "") mp.print(line);
  const { history } = state;

  const redraw = (from: number, oldLength: number): void => {
    // Reprint from `from`, blank what is left of the longer old line, put the cursor back.
    const tail = line.slice(from);
    const blanks = Math.max(0, oldLength - line.length);
    const back = tail.length + blanks - (cursor - from);
    mp.print(tail + " ".repeat(blanks) + (back > 0 ? `\x1b[${back}D` : ""));
  };
  const insert = (text: string): void => {
    line = line.slice(0, cursor) + text + line.slice(cursor);
    const tail = line.slice(cursor);
    cursor += text.length;
    const back = tail.length - text.length;
    mp.print(tail + (back > 0 ? `\x1b[${back}D` : ""));
  };
  const moveTo = (to: number): void => {
    if (to < cursor) mp.print(`\x1b[${cursor - to}D`);
    else if (to > cursor) mp.print(`\x1b[${to - cursor}C`);
    cursor = to;
  };
  const erase = (count: number): void => {
    if (count <= 0) return;
    const old = line.length;
    mp.print(count === 1 ? "\b" : `\x1b[${count}D`);
    line = line.slice(0, cursor - count) + line.slice(cursor);
    cursor -= count;
    if (cursor === line.length) mp.print("\x1b[K");
    else redraw(cursor, old);
  };
  const show = (text: string): void => {
    moveTo(0);
    line = text;
    mp.print(`\x1b[K${text}`);
    cursor = text.length;
  };
  const browse = (step: number): void => {
    const at = historyAt + step;
    if (at < -1 || at >= history.length) return;
    if (historyAt === -1) edited = line;
    historyAt = at;
    show(at === -1 ? edited : history[history.length - 1 - at]!);
  };

  for (;;) {
    const c = yield* readByte();
    if (line === "" && prompt !== "") {
      if (c === 1) return { text: "", end: "raw" };
      if (c === 2) return { text: "", end: "banner" };
      if (c === 5) return { text: "", end: "paste" };
    }
    if (line === "" && c === 4) return { text: "", end: "eof" };
    switch (c) {
      case 13:
      case 10:
        mp.print("\n");
        if (line.trim() !== "" && prompt !== "" && history[history.length - 1] !== line) {
          history.push(line);
          if (history.length > HISTORY) history.shift();
        }
        return { text: line, end: "line" };
      case 3:
        return { text: line, end: "interrupt" };
      case 1:
        moveTo(0);
        break;
      case 5:
        moveTo(line.length);
        break;
      case 2:
        if (cursor > 0) moveTo(cursor - 1);
        break;
      case 6:
        if (cursor < line.length) moveTo(cursor + 1);
        break;
      case 4:
        if (cursor < line.length) {
          cursor++;
          mp.print("\x1b[C");
          erase(1);
        }
        break;
      case 11: {
        line = line.slice(0, cursor);
        mp.print("\x1b[K");
        break;
      }
      case 21:
        erase(cursor);
        break;
      case 14:
        browse(-1);
        break;
      case 16:
        browse(1);
        break;
      case 8:
      case 127: {
        if (cursor === 0) break;
        // In a line's indentation a backspace takes a whole step.
        const before = line.slice(0, cursor);
        erase(/^ +$/.test(before) && before.length >= 4 ? 4 : 1);
        break;
      }
      case 9: {
        const before = line.slice(0, cursor);
        if (state.complete === undefined || before.trim() === "" || before.endsWith(" ")) {
          insert("    ");
          break;
        }
        const { insert: text, list } = state.complete(before);
        if (list !== "") {
          mp.print(`${list}${prompt}${line}`);
          if (cursor < line.length) mp.print(`\x1b[${line.length - cursor}D`);
        } else if (text !== "") insert(text);
        break;
      }
      case 27:
        yield* escape();
        break;
      default:
        if (c >= 32) insert(yield* character(c));
    }
  }

  function* escape(): Gen<void> {
    const first = yield* readByte();
    if (first !== 91 && first !== 79) return;
    const key = yield* readByte();
    if (key >= 48 && key <= 57) {
      const tilde = yield* readByte();
      if (tilde !== 126) return;
      if (key === 49 || key === 55) moveTo(0);
      else if (key === 52 || key === 56) moveTo(line.length);
      else if (key === 51 && cursor < line.length) {
        cursor++;
        mp.print("\x1b[C");
        erase(1);
      }
      return;
    }
    if (key === 65) browse(1);
    else if (key === 66) browse(-1);
    else if (key === 67 && cursor < line.length) moveTo(cursor + 1);
    else if (key === 68 && cursor > 0) moveTo(cursor - 1);
    else if (key === 72) moveTo(0);
    else if (key === 70) moveTo(line.length);
  }
}

/** One character, its UTF-8 continuation bytes included. */
function* character(first: number): Gen<string> {
  if (first < 0x80) return String.fromCharCode(first);
  const more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : 0;
  let code = first & (0x3f >> more);
  for (let i = 0; i < more; i++) code = (code << 6) | ((yield* readByte()) & 0x3f);
  return String.fromCodePoint(code);
}
