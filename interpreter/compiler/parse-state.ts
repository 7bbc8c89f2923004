// What every part of the parser shares: the lexer, where the last token ended, how deep it is, and what waits to be said.

import { staticQstrs } from "../bytecode/qstrs.ts";
import { END, NAME, type Kind, type Lexer, type SyntaxFeatures } from "./lexer.ts";
import { PySyntaxError, type Expr, type InputKind, type Span } from "./tree.ts";

/** Expressions and suites within each other. MicroPython runs out of C stack somewhere there too; JavaScript must not. */
const DEPTH_LIMIT = 300;

/** Strings up to this many bytes are interned when read (MICROPY_ALLOC_PARSE_INTERN_STRING_LEN). */
const INTERN_STRING_LEN = 10;

/** Longest name, in characters (MICROPY_QSTR_BYTES_IN_LEN). */
const QSTR_LEN = 255;

const known = new Set(staticQstrs);

function isShort(text: string): boolean {
  if (text.length > INTERN_STRING_LEN) return false;
  let bytes = 0;
  for (let i = 0; i < text.length; i++) bytes += text.charCodeAt(i) < 0x80 ? 1 : text.charCodeAt(i) < 0x800 ? 2 : 3;
  return bytes <= INTERN_STRING_LEN;
}

export class Parser {
  lexer: Lexer;
  readonly features: SyntaxFeatures;
  readonly input: InputKind;
  /** End of the last token taken. */
  prevEnd = 0;
  private depth = 0;
  private readonly names = new Set<string>();

  constructor(lexer: Lexer, features: SyntaxFeatures, input: InputKind) {
    this.lexer = lexer;
    this.features = features;
    this.input = input;
  }

  get kind(): Kind {
    return this.lexer.kind;
  }

  /** A method, so that the compiler does not believe the answer outlives the next token. */
  is(kind: Kind): boolean {
    return this.lexer.kind === kind;
  }

  take(): void {
    this.prevEnd = this.lexer.end;
    this.lexer.next();
  }

  /** Takes the token if it is of this kind. */
  accept(kind: Kind): boolean {
    if (this.lexer.kind !== kind) return false;
    this.take();
    return true;
  }

  expect(kind: Kind): void {
    if (this.lexer.kind !== kind) throw this.lexer.error();
    this.take();
  }

  name(): string {
    if (this.lexer.kind !== NAME) throw this.lexer.error();
    const { text } = this.lexer;
    if (text.length > QSTR_LEN) throw new PySyntaxError("RuntimeError", "name too long", this.lexer.line, this.lexer.start);
    this.names.add(text);
    this.take();
    return text;
  }

  /** Whether a string becomes a qstr: it is short, or a name that MicroPython or the text so far has. */
  isInterned(text: string): boolean {
    return isShort(text) || known.has(text) || this.names.has(text) || this.features.isQstr?.(text) === true;
  }

  /** Reads a piece of the source as if in brackets, to its end; then goes on where it was. */
  within<T>(start: number, end: number, read: () => T): T {
    const { lexer, prevEnd } = this;
    this.lexer = lexer.inner(start, end);
    const result = read();
    // A comment would swallow the bracket that MicroPython puts behind the field.
    const last = lexer.trivia[lexer.trivia.length - 1];
    const isCut = last?.kind === "comment" && last.start >= start && last.end === end;
    if (isCut) throw new PySyntaxError("SyntaxError", "invalid syntax", this.lexer.line, last.start);
    if (this.lexer.kind !== END || this.lexer.pos > end) throw this.lexer.error();
    this.lexer = lexer;
    this.prevEnd = prevEnd;
    return result;
  }

  enter(): void {
    if (++this.depth > DEPTH_LIMIT) {
      throw new PySyntaxError("RuntimeError", "maximum recursion depth exceeded", this.lexer.line, this.lexer.start);
    }
  }

  leave(): void {
    this.depth--;
  }
}

/** Where an expression begins and ends with the brackets around it. */
export const startOf = (expr: Expr): number => (expr.outer === undefined ? expr.start : expr.outer.start);
export const endOf = (expr: Expr): number => (expr.outer === undefined ? expr.end : expr.outer.end);

/** Marks the brackets that only group. */
export function group(expr: Expr, start: number, end: number): Expr {
  return { ...expr, outer: { start, end } };
}

export const spanFrom = (start: number, line: number, end: number): Span => ({ start, end, line });
