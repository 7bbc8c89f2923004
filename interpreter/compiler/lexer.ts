// Tokens of a program, one at a time and on demand, as py/lexer.c makes them: indentation, line joining, numbers, names.
// String literals are in lexer-string.ts. The parser looks one token ahead, never more, so errors appear in MicroPython's order.
// Positions are UTF-16 offsets into the source; nothing here knows the grammar.

import type { MpRelease } from "../mpconfig.ts";
import { PySyntaxError, type Trivia } from "./tree.ts";
import { lexString, stringPrefix, type FieldRange } from "./lexer-string.ts";

/** What the language of a release has; every MpConfig is one. */
export interface SyntaxFeatures {
  readonly fstrings: boolean;
  readonly asyncAwait: boolean;
  readonly assignExpr: boolean;
  readonly numericUnderscore: boolean;
  readonly annotations: boolean;
  /** t"..." of PEP 750; only the largest builds of 1.27 and later have it. */
  readonly tstrings?: boolean;
  /** Absent: the newest. */
  readonly release?: MpRelease;
  /** Names that the firmware has interned beside those that every one has. */
  readonly isQstr?: (text: string) => boolean;
  /** The value of a decimal number as the firmware reads it; absent: the nearest one. */
  readonly floatOfText?: (text: string) => number;
}

/** 1.18 and before. */
export function isOldRelease({ release }: SyntaxFeatures): boolean {
  return release !== undefined && release !== "1.28";
}

// Kinds of token. Keywords and operators are their own text; these are the others.
export type Kind = string;
export const END = "<end>";
export const INVALID = "<invalid>";
export const DEDENT_MISMATCH = "<mismatch>";
export const MALFORMED_FSTRING = "<malformed>";
export const NEWLINE = "<newline>";
export const INDENT = "<indent>";
export const DEDENT = "<dedent>";
export const NAME = "<name>";
export const INTEGER = "<integer>";
export const FLOAT = "<float>";
export const STRING = "<string>";
export const BYTES = "<bytes>";

const KEYWORDS =
  "False None True __debug__ and as assert break class continue def del elif else except finally for from global if import in is " +
  "lambda nonlocal not or pass raise return try while with yield";
const PLAIN_KEYWORDS: ReadonlySet<string> = new Set(KEYWORDS.split(" "));
const ASYNC_KEYWORDS: ReadonlySet<string> = new Set([...PLAIN_KEYWORDS, "async", "await"]);

const TAB_SIZE = 8;

export const isDigit = (c: number): boolean => c >= 48 && c <= 57;
const isLetter = (c: number): boolean => (c >= 97 && c <= 122) || (c >= 65 && c <= 90);
export const isNewline = (c: number): boolean => c === 10 || c === 13;
const isSpace = (c: number): boolean => c === 32 || (c >= 9 && c <= 13);
const isHead = (c: number): boolean => isLetter(c) || c === 95 || c >= 0x80;

// Longest first: an operator is the longest of these that stands here.
const OPERATORS: readonly (readonly string[])[] = (() => {
  const table: string[][] = [];
  const all =
    "( ) [ ] { } , ; ~ : := < <= << <<= > >= >> >>= * *= ** **= + += - -= -> & &= | |= / /= // //= % %= ^ ^= @ @= = == != . ...";
  for (const op of all.split(" ")) (table[op.charCodeAt(0)] ??= []).push(op);
  for (const list of table) list?.sort((a, b) => b.length - a.length);
  return table;
})();

/** Reads one text from `pos` to `limit`. `kind`, `start`, `end`, `line` and `text` describe the current token. */
export class Lexer {
  readonly source: string;
  readonly features: SyntaxFeatures;
  readonly trivia: Trivia[];
  readonly limit: number;
  pos: number;
  /** Line of `pos`, and where it begins. */
  posLine: number;
  lineStart: number;

  kind: Kind = END;
  start = 0;
  end = 0;
  line = 1;
  /** Name, digits without underscores, or the string's value (for f-strings what str.format is given). */
  text = "";
  bytes: Uint8Array = new Uint8Array(0);
  /** The replacement fields of an f-string or t-string; null for other strings. */
  fields: FieldRange[] | null = null;
  isTemplate = false;

  /** How many tokens have been read. */
  count = 0;

  brackets: number;
  private emitDent = 0;
  private readonly indents: number[] = [0];
  private readonly keywords: ReadonlySet<string>;

  constructor(
    source: string,
    features: SyntaxFeatures,
    trivia: Trivia[],
    pos: number,
    limit: number,
    line: number,
    brackets: number,
  ) {
    this.source = source;
    this.features = features;
    this.trivia = trivia;
    this.pos = pos;
    this.limit = limit;
    this.posLine = line;
    this.lineStart = pos;
    this.brackets = brackets;
    this.keywords = features.asyncAwait ? ASYNC_KEYWORDS : PLAIN_KEYWORDS;
  }

  /** A lexer at the first token of a whole text. */
  static open(source: string, features: SyntaxFeatures, trivia: Trivia[]): Lexer {
    const last = source.charCodeAt(source.length - 1);
    const whole = source === "" || isNewline(last) ? source : source + "\n";
    const lexer = new Lexer(whole, features, trivia, 0, whole.length, 1, 0);
    lexer.skip(true);
    const isIndented = lexer.pos !== lexer.lineStart;
    lexer.next();
    if (isIndented && lexer.kind !== NEWLINE) lexer.kind = INDENT;
    return lexer;
  }

  /** Reads a piece of the same text as if it stood in brackets: the field of an f-string. */
  inner(start: number, end: number): Lexer {
    const lexer = new Lexer(this.source, this.features, this.trivia, start, end, this.posLine, 1);
    lexer.next();
    return lexer;
  }

  /** Character at a position, 10 for any line end, -1 past the limit. */
  at(index: number): number {
    if (index >= this.limit) return -1;
    const c = this.source.charCodeAt(index);
    return c === 13 ? 10 : c;
  }

  /** Steps over the line end at `pos`: CR, LF or CR LF. */
  passNewline(): void {
    this.pos += this.source.charCodeAt(this.pos) === 13 && this.source.charCodeAt(this.pos + 1) === 10 ? 2 : 1;
    this.posLine++;
    this.lineStart = this.pos;
  }

  error(): PySyntaxError {
    if (this.kind === INDENT) return new PySyntaxError("IndentationError", "unexpected indent", this.line, this.start);
    if (this.kind === DEDENT_MISMATCH)
      return new PySyntaxError("IndentationError", "unindent doesn't match any outer indent level", this.line, this.start);
    if (this.kind === MALFORMED_FSTRING) return new PySyntaxError("SyntaxError", "malformed f-string", this.line, this.start);
    // 1.9.2 says so of any string that stands where none may.
    const isMixed = this.features.release === "1.9.2" && (this.kind === STRING || this.kind === BYTES);
    const text = isMixed ? "cannot mix bytes and nonbytes literals" : "invalid syntax";
    return new PySyntaxError("SyntaxError", text, this.line, this.start);
  }

  /** Skips blanks, comments and joined lines. True when it stopped at (or, if not told to stop, passed) a line's end. */
  skip(stopAtNewline: boolean): boolean {
    const source = this.source;
    const limit = this.limit;
    while (this.pos < limit) {
      const c = source.charCodeAt(this.pos);
      if (c === 10 || c === 13) {
        if (stopAtNewline && this.brackets === 0) return true;
        this.passNewline();
      } else if (isSpace(c)) {
        this.pos++;
      } else if (c === 35) {
        const start = this.pos;
        while (this.pos < limit && !isNewline(source.charCodeAt(this.pos))) this.pos++;
        this.trivia.push({ kind: "comment", start, end: this.pos, line: this.posLine });
      } else if (c === 92 && this.at(this.pos + 1) === 10) {
        this.pos++;
        this.passNewline();
      } else {
        break;
      }
    }
    return false;
  }

  next(): void {
    this.count++;
    const hadNewline = this.skip(true);
    this.line = this.posLine;
    this.start = this.pos;
    this.end = this.pos;
    this.fields = null;
    this.isTemplate = false;
    if (this.emitDent < 0) {
      this.kind = DEDENT;
      this.emitDent++;
    } else if (this.emitDent > 0) {
      this.kind = INDENT;
      this.emitDent--;
    } else if (hadNewline) {
      this.newline();
    } else if (this.pos >= this.limit) {
      this.kind = END;
    } else {
      this.token();
    }
  }

  private newline(): void {
    this.kind = NEWLINE;
    this.skipLines();
    const column = this.column();
    const indents = this.indents;
    const top = indents[indents.length - 1];
    if (column > top) {
      indents.push(column);
      this.emitDent++;
    } else if (column < top) {
      while (column < indents[indents.length - 1]) {
        indents.pop();
        this.emitDent--;
      }
      if (column !== indents[indents.length - 1]) this.kind = DEDENT_MISMATCH;
    }
  }

  /** Skips to the first token after a line's end, noting the blank lines it passes. */
  private skipLines(): void {
    this.passNewline();
    let blankStart = -1;
    let blankLine = 0;
    for (;;) {
      // At the start of a line: is it blank?
      let i = this.pos;
      while (i < this.limit && isSpace(this.source.charCodeAt(i)) && !isNewline(this.source.charCodeAt(i))) i++;
      if (this.pos === this.lineStart && i < this.limit && isNewline(this.source.charCodeAt(i))) {
        if (blankStart < 0) {
          blankStart = this.pos;
          blankLine = this.posLine;
        }
        this.pos = i;
        this.passNewline();
        continue;
      }
      if (blankStart >= 0) this.trivia.push({ kind: "blank", start: blankStart, end: this.pos, line: blankLine });
      blankStart = -1;
      const before = this.pos;
      this.skip(true);
      if (this.pos >= this.limit || !isNewline(this.source.charCodeAt(this.pos))) return;
      this.passNewline();
      if (this.pos === before) return;
    }
  }

  private column(): number {
    let column = 0;
    for (let i = this.lineStart; i < this.pos; i++) {
      if (this.source.charCodeAt(i) === 9) column = Math.floor((column + TAB_SIZE) / TAB_SIZE) * TAB_SIZE;
      else column++;
    }
    return column;
  }

  private token(): void {
    const c = this.source.charCodeAt(this.pos);
    if (stringPrefix(this, this.pos) >= 0) {
      lexString(this);
    } else if (isHead(c)) {
      let i = this.pos + 1;
      for (; i < this.limit; i++) {
        const d = this.source.charCodeAt(i);
        if (!isHead(d) && !isDigit(d)) break;
      }
      this.text = this.source.slice(this.pos, i);
      this.kind = this.keywords.has(this.text) ? this.text : NAME;
      this.pos = this.end = i;
    } else if (isDigit(c) || (c === 46 && isDigit(this.at(this.pos + 1)))) {
      this.number(c);
    } else {
      this.operator(c);
    }
  }

  // Takes every letter, digit and dot that follows: 1if is one wrong number, not a number and a keyword.
  private number(first: number): void {
    const base = this.at(this.pos + 1) | 32;
    const forcedInteger = first === 48 && (base === 98 || base === 111 || base === 120);
    this.kind = first === 46 ? FLOAT : INTEGER;
    let text = this.source[this.pos++];
    while (this.pos < this.limit) {
      const c = this.source.charCodeAt(this.pos);
      if (!forcedInteger && (c === 69 || c === 101)) {
        this.kind = FLOAT;
        text += "e";
        this.pos++;
        const sign = this.at(this.pos);
        if (sign === 43 || sign === 45) text += this.source[this.pos++];
      } else if (isLetter(c) || isDigit(c) || c === 46) {
        if (c === 46 || c === 74 || c === 106) this.kind = FLOAT;
        text += this.source[this.pos++];
      } else if (c === 95 && this.features.numericUnderscore) {
        this.pos++;
      } else {
        break;
      }
    }
    this.text = text;
    this.end = this.pos;
  }

  private operator(c: number): void {
    const candidates = c < 128 ? OPERATORS[c] : undefined;
    if (candidates !== undefined) {
      for (const op of candidates) {
        if (!this.source.startsWith(op, this.pos) || this.pos + op.length > this.limit) continue;
        if (op === ":=" && !this.features.assignExpr) continue;
        this.kind = op;
        this.pos += op.length;
        this.end = this.pos;
        if (op === "(" || op === "[" || op === "{") this.brackets++;
        else if (op === ")" || op === "]" || op === "}") this.brackets--;
        return;
      }
    }
    this.kind = INVALID;
    this.pos++;
    this.end = this.pos;
  }
}
