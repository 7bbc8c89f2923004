// Line editing on the console, byte for byte: history, cursor and emacs keys, Tab, auto-indent (shared/readline/readline.c).
// Whoever calls knows what Tab completes and what to do with the line.
import { raiseMsg, typeEOFError } from "../objects/objexcept.ts";
import { mp } from "../objects/mpstate.ts";
import type { Gen } from "../objects/obj.ts";

export interface ReadlineState {
  /** Newest last; at most eight, as on the boards. */
  readonly history: string[];
  /** What Tab finds for the text before the cursor: an insertion, or a list to print. */
  readonly complete?: (text: string) => { readonly insert: string; readonly list: string };
}

const HISTORY = 8;

export const CTRL_A = 1;
export const CTRL_B = 2;
export const CTRL_C = 3;
export const CTRL_D = 4;
export const CTRL_E = 5;

/** The next console byte, waiting for it. */
export function* readByte(): Gen<number> {
  while (mp.stdin.length === 0) {
    if (mp.stdinEnded) raiseMsg(typeEOFError, "");
    yield { wait: "stdin" };
  }
  return mp.stdin.shift()!;
}

/** CR LF ends one line, not two: the byte that ended the last one. */
const lastNewline = new WeakMap<object, number>();

function isNewline(c: number): boolean {
  const last = lastNewline.get(mp) ?? 0;
  const is = (c === 13 || c === 10) && (last === 0 || last === c);
  lastNewline.set(mp, is ? c : 0);
  return is;
}

const isWord = (c: string | undefined): boolean => c !== undefined && /[A-Za-z0-9]/.test(c);

/** One input, of one line or several: what has been typed so far, and whether lines still indent themselves. */
export class Readline {
  private readonly state: ReadlineState;
  /** All lines so far, without what ends the last one. */
  text = "";
  private start = 0;
  private cursor = 0;
  private prompt = "";
  private historyAt = -1;
  private isIndenting = true;
  private justIndented = false;

  constructor(state: ReadlineState) {
    this.state = state;
  }

  /** Reads a line on from `text`. Gives 0 at its end, or the control byte (1 to 5) that was pressed on an empty line. */
  *line(prompt: string): Gen<number> {
    this.start = this.text.length;
    this.cursor = this.start;
    this.prompt = prompt;
    this.historyAt = -1;
    mp.print(prompt);
    this.autoIndent();
    for (;;) {
      const end = yield* this.key(yield* readByte());
      if (end >= 0) return end;
    }
  }

  private *key(c: number): Gen<number> {
    const { state } = this;
    if (c >= CTRL_A && c <= CTRL_E && this.text.length === this.start) return c;
    const justIndented = this.justIndented;
    this.justIndented = false;
    switch (c) {
      case CTRL_A:
        this.back(this.cursor - this.start);
        return -1;
      case CTRL_B:
        if (this.cursor > this.start) this.back(1);
        return -1;
      case CTRL_C:
        return c;
      case CTRL_D:
        this.change(0, this.cursor, this.cursor + 1, "");
        return -1;
      case CTRL_E:
        this.forward(this.text.length - this.cursor);
        return -1;
      case 6:
        this.forward(1);
        return -1;
      case 11:
        this.change(0, this.cursor, this.text.length, "");
        return -1;
      case 14:
        this.browse(-1);
        return -1;
      case 16:
        this.browse(1);
        return -1;
      case 21:
        this.change(this.cursor - this.start, this.start, this.cursor, "");
        return -1;
      case 23:
        if (mp.config.replWords === true) this.killWord();
        return -1;
      case 27:
        yield* this.escape();
        return -1;
      case 8:
      case 127:
        this.backspace();
        return -1;
    }
    if (isNewline(c)) {
      mp.print("\n");
      const line = this.text.slice(this.start);
      if (line !== "" && state.history[state.history.length - 1] !== line) {
        state.history.push(line);
        if (state.history.length > HISTORY) state.history.shift();
      }
      return 0;
    }
    if (justIndented && (c === 9 || c === 32)) {
      this.isIndenting = false;
      if (c === 32) {
        this.text = this.text.slice(0, -3);
        this.moveBack(3);
        this.cursor -= 3;
      }
    } else if (c === 9) this.tab();
    else if (c >= 32 && c <= 126) this.insert(String.fromCharCode(c));
    return -1;
  }

  // ---- drawing

  private moveBack(n: number): void {
    if (n > 0) mp.print(n <= 4 ? "\b".repeat(n) : `\x1b[${n}D`);
  }

  private back(n: number): void {
    this.moveBack(n);
    this.cursor -= n;
  }

  // Characters are drawn again to move over them.
  private forward(n: number): void {
    const over = this.text.slice(this.cursor, this.cursor + n);
    mp.print(over);
    this.cursor += over.length;
  }

  /** Replaces text.slice(from, to), which the cursor stands `stepBack` behind the beginning of, and draws it anew. */
  private change(stepBack: number, from: number, to: number, by: string): void {
    const old = this.text.length;
    if (to > old && by === "") return;
    this.text = this.text.slice(0, from) + by + this.text.slice(to);
    this.back(stepBack);
    if (this.text.length < old) mp.print("\x1b[K");
    mp.print(this.text.slice(this.cursor));
    this.cursor += by.length;
    this.moveBack(this.text.length - this.cursor);
  }

  private insert(text: string): void {
    this.change(0, this.cursor, this.cursor, text);
  }

  // ---- keys

  private browse(step: number): void {
    const { history } = this.state;
    const at = this.historyAt + step;
    if (at < -1 || at >= history.length) return;
    this.historyAt = at;
    const line = at < 0 ? "" : history[history.length - 1 - at]!;
    this.change(this.cursor - this.start, this.start, this.text.length, line);
  }

  // In a line's indentation a backspace takes a whole step.
  private backspace(): void {
    if (this.cursor === this.start) return;
    const before = this.text.slice(this.start, this.cursor);
    const n = before.length >= 4 && before.trimStart() === "" ? 4 : 1;
    this.change(n, this.cursor - n, this.cursor, "");
  }

  private tab(): void {
    const { complete } = this.state;
    const previous = this.text[this.cursor - 1];
    if (this.text !== "" && previous !== undefined && /\s/.test(previous)) {
      this.insert("    ");
      return;
    }
    if (complete === undefined) return;
    const before = this.text.slice(this.start, this.cursor);
    const { insert, list } = complete(before);
    if (list !== "") {
      mp.print(`${list}${this.prompt}${before}`);
      this.change(0, this.cursor, this.cursor, "");
    } else if (insert !== "") this.insert(insert);
  }

  private wordLength(isForward: boolean): number {
    let at = this.cursor;
    let isInWord = false;
    while (isForward ? at < this.text.length : at > 0) {
      if (isWord(this.text[isForward ? at : at - 1])) isInWord = true;
      else if (isInWord) break;
      at += isForward ? 1 : -1;
    }
    return Math.abs(at - this.cursor);
  }

  private killWord(): void {
    const n = this.wordLength(false);
    this.change(n, this.cursor - n, this.cursor, "");
  }

  private *escape(): Gen<void> {
    const first = yield* readByte();
    const hasWords = mp.config.replWords === true;
    if (first === 79) {
      const key = yield* readByte();
      if (key === 72) this.back(this.cursor - this.start);
      else if (key === 70) this.forward(this.text.length - this.cursor);
      return;
    }
    if (first !== 91) {
      if (!hasWords) return;
      if (first === 98) this.back(this.wordLength(false));
      else if (first === 102) this.forward(this.wordLength(true));
      else if (first === 100) this.change(0, this.cursor, this.cursor + this.wordLength(true), "");
      else if (first === 127) this.killWord();
      return;
    }
    for (;;) {
      const key = yield* readByte();
      if (key < 48 || key > 57) {
        this.cursorKey(key);
        return;
      }
      const after = yield* readByte();
      // ESC [ 1 ; 5 C: more parameters follow.
      if (hasWords && key === 49 && after === 59) continue;
      if (after === 126) this.tildeKey(key);
      else if (hasWords && key === 53 && after === 67) this.forward(this.wordLength(true));
      else if (hasWords && key === 53 && after === 68) this.back(this.wordLength(false));
      return;
    }
  }

  private cursorKey(key: number): void {
    if (key === 65) this.browse(1);
    else if (key === 66) this.browse(-1);
    else if (key === 67) this.forward(1);
    else if (key === 68 && this.cursor > this.start) this.back(1);
    else if (key === 72) this.back(this.cursor - this.start);
    else if (key === 70) this.forward(this.text.length - this.cursor);
  }

  private tildeKey(key: number): void {
    if (key === 49 || key === 55) this.back(this.cursor - this.start);
    else if (key === 52 || key === 56) this.forward(this.text.length - this.cursor);
    else if (key === 51) this.change(0, this.cursor, this.cursor + 1, "");
  }

  // The next line starts as deep as the last one, and a step deeper after a colon.
  private autoIndent(): void {
    if (!this.isIndenting || !this.text.endsWith("\n")) return;
    const lines = this.text.slice(0, -1).split("\n");
    const last = lines[lines.length - 1]!;
    const isBlank = (line: string): boolean => /^ *$/.test(line);
    if (lines.length > 2 && isBlank(last) && isBlank(lines[lines.length - 2]!)) return;
    const steps = Math.floor(last.search(/[^ ]|$/) / 4) + (last.endsWith(":") ? 1 : 0);
    if (steps === 0) return;
    const indent = "    ".repeat(steps);
    this.text += indent;
    this.cursor += indent.length;
    mp.print(indent);
    this.justIndented = true;
  }
}
