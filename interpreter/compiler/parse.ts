// The parser's entry: a whole text into a Module, by MicroPython's grammar (py/grammar.h is the law, py/parse.c its reader).
// It accepts what MicroPython's parser accepts and gives up at the same token; what the compiler objects to is not its business.

import { END, Lexer, NEWLINE, type SyntaxFeatures } from "./lexer.ts";
import { parseTestList } from "./parse-expr.ts";
import { Parser } from "./parse-state.ts";
import { isCompound, parseCompound, parseSimple } from "./parse-stmt.ts";
import type { InputKind, Module, Stmt, Trivia } from "./tree.ts";

export type { SyntaxFeatures } from "./lexer.ts";

/** Parses a program ("file"), one interactive statement ("single") or an expression ("eval": one ExprStmt). Throws PySyntaxError. */
export function parse(source: string, kind: InputKind, features: SyntaxFeatures): Module {
  const trivia: Trivia[] = [];
  const p = new Parser(Lexer.open(source, features, trivia), features, kind);
  const body: Stmt[] = [];
  if (kind === "eval") {
    const { line } = p.lexer;
    const value = parseTestList(p);
    const { start, end } = value.outer ?? value;
    body.push({ kind: "expr", value, start, end, line });
    p.accept(NEWLINE);
  } else if (kind === "single") {
    if (isCompound(p)) body.push(parseCompound(p));
    else if (!p.accept(NEWLINE)) parseSimple(p, body);
  } else {
    while (!p.is(END)) {
      if (p.accept(NEWLINE)) continue;
      if (isCompound(p)) body.push(parseCompound(p));
      else parseSimple(p, body);
    }
  }
  if (!p.is(END)) throw p.lexer.error();
  const { count: tokens } = p.lexer;
  return { kind: "module", body, trivia, names: [...p.names], tokens, start: 0, end: source.length, line: 1 };
}
