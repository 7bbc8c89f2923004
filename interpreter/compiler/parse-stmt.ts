// Statements (py/grammar.h from file_input to suite). Targets of assignments and the place of `return` are the compiler's to judge.

import { DEDENT, INDENT, NEWLINE } from "./lexer.ts";
import { parseArguments } from "./parse-atom.ts";
import {
  isExprStart,
  parseExpr,
  parseExprList,
  parseNamed,
  parseParams,
  parseStarList,
  parseTest,
  parseTestList,
  parseYield,
} from "./parse-expr.ts";
import { parseFrom, parseImport } from "./parse-import.ts";
import { endOf, startOf, type Parser } from "./parse-state.ts";
import type { BinaryOp, Class, Def, Expr, For, Handler, If, Span, Stmt, Suite, Try, While, With } from "./tree.ts";

const COMPOUND: ReadonlySet<string> = new Set(["if", "while", "for", "try", "with", "def", "class", "@", "async"]);

export const isCompound = (p: Parser): boolean => COMPOUND.has(p.lexer.kind);

/** simple_stmt: small statements with semicolons between them, then the line's end. */
export function parseSimple(p: Parser, body: Stmt[]): void {
  do body.push(parseSmall(p));
  while (p.accept(";") && !p.is(NEWLINE));
  p.expect(NEWLINE);
}

function parseSmall(p: Parser): Stmt {
  const { start, line, kind } = p.lexer;
  const span = (): Span => ({ start, end: p.prevEnd, line });
  switch (kind) {
    case "del":
      p.take();
      return { kind, target: parseExprList(p), ...span() };
    case "pass":
    case "break":
    case "continue":
      p.take();
      return { kind, ...span() };
    case "return": {
      p.take();
      const value = isExprStart(p) ? parseTestList(p) : null;
      return { kind, value, ...span() };
    }
    case "raise": {
      p.take();
      const exc = isExprStart(p) ? parseTest(p) : null;
      const cause = exc !== null && p.accept("from") ? parseTest(p) : null;
      return { kind, exc, cause, ...span() };
    }
    case "global":
    case "nonlocal": {
      p.take();
      const names = [p.name()];
      while (p.accept(",")) names.push(p.name());
      return { kind, names, ...span() };
    }
    case "assert": {
      p.take();
      const test = parseTest(p);
      const message = p.accept(",") ? parseTest(p) : null;
      return { kind, test, message, ...span() };
    }
    case "import":
      return parseImport(p);
    case "from":
      return parseFrom(p);
    case "yield": {
      const value = parseYield(p);
      return { kind: "expr", value, ...span() };
    }
    default:
      return parseExprStmt(p);
  }
}

const AUGMENTED: ReadonlyMap<string, BinaryOp> = new Map(
  (["+", "-", "*", "@", "/", "%", "&", "|", "^", "<<", ">>", "**", "//"] as const).map((op) => [`${op}=`, op]),
);

/** expr_stmt_6 */
const parseRight = (p: Parser): Expr => (p.is("yield") ? parseYield(p) : parseStarList(p));

function parseExprStmt(p: Parser): Stmt {
  const { start, line } = p.lexer;
  const first = parseStarList(p);
  const op = AUGMENTED.get(p.kind);
  if (op !== undefined) {
    p.take();
    const value = parseRight(p);
    return { kind: "augassign", target: first, op, value, start, end: p.prevEnd, line };
  }
  if (p.is(":") && p.features.annotations) {
    p.take();
    const annotation = parseTest(p);
    const value = p.accept("=") ? parseRight(p) : null;
    return { kind: "annassign", target: first, annotation, value, start, end: p.prevEnd, line };
  }
  if (!p.is("=")) return { kind: "expr", value: first, start, end: p.prevEnd, line };
  const targets: Expr[] = [];
  let value = first;
  while (p.accept("=")) {
    targets.push(value);
    value = parseRight(p);
  }
  return { kind: "assign", targets, value, start, end: p.prevEnd, line };
}

export function parseCompound(p: Parser): Stmt {
  p.enter();
  const statement = compound(p);
  p.leave();
  return statement;
}

function compound(p: Parser): Stmt {
  const { start, line } = p.lexer;
  switch (p.kind) {
    case "if":
      return parseIf(p);
    case "while":
      return parseWhile(p);
    case "for":
      return parseFor(p, start, line, false);
    case "try":
      return parseTry(p);
    case "with":
      return parseWith(p, start, line, false);
    case "def":
      return parseDef(p, start, [], false);
    case "class":
      return parseClass(p, start, []);
    case "@":
      return parseDecorated(p);
    default:
      return parseAsync(p);
  }
}

function parseAsync(p: Parser): Stmt {
  const { start, line } = p.lexer;
  p.expect("async");
  if (p.is("def")) return parseDef(p, start, [], true);
  if (p.is("with")) return parseWith(p, start, line, true);
  return parseFor(p, start, line, true);
}

function parseSuite(p: Parser): Suite {
  p.expect(":");
  const { line } = p.lexer;
  const body: Stmt[] = [];
  const inline = !p.is(NEWLINE);
  if (inline) {
    parseSimple(p, body);
  } else {
    p.take();
    p.expect(INDENT);
    do {
      if (isCompound(p)) body.push(parseCompound(p));
      else parseSimple(p, body);
    } while (!p.is(DEDENT));
    p.take();
  }
  return { body, inline, start: body[0].start, end: body[body.length - 1].end, line: inline ? line : body[0].line };
}

function parseElse(p: Parser): Suite | null {
  return p.accept("else") ? parseSuite(p) : null;
}

function parseIf(p: Parser): If {
  // Collected first and nested afterwards, so that a thousand elifs need no recursion.
  const arms: { start: number; line: number; test: Expr; body: Suite }[] = [];
  do {
    const { start, line } = p.lexer;
    p.take();
    const test = parseNamed(p);
    arms.push({ start, line, test, body: parseSuite(p) });
  } while (p.is("elif"));
  let orelse: Suite | If | null = parseElse(p);
  const end = orelse === null ? arms[arms.length - 1].body.end : orelse.end;
  for (let i = arms.length - 1; i > 0; i--) orelse = { kind: "if", ...arms[i], orelse, isElif: true, end };
  return { kind: "if", ...arms[0], orelse, isElif: false, end };
}

function parseWhile(p: Parser): While {
  const { start, line } = p.lexer;
  p.take();
  const test = parseNamed(p);
  const body = parseSuite(p);
  const orelse = parseElse(p);
  return { kind: "while", test, body, orelse, start, end: (orelse ?? body).end, line };
}

function parseFor(p: Parser, start: number, line: number, isAsync: boolean): For {
  p.expect("for");
  const target = parseExprList(p);
  p.expect("in");
  const iter = parseTestList(p);
  const body = parseSuite(p);
  const orelse = parseElse(p);
  return { kind: "for", target, iter, body, orelse, isAsync, start, end: (orelse ?? body).end, line };
}

function parseTry(p: Parser): Try {
  const { start, line } = p.lexer;
  p.take();
  const body = parseSuite(p);
  const handlers: Handler[] = [];
  while (p.is("except")) handlers.push(parseHandler(p));
  const orelse = handlers.length > 0 ? parseElse(p) : null;
  let finalbody: Suite | null = null;
  if (p.is("finally") || handlers.length === 0) {
    p.expect("finally");
    finalbody = parseSuite(p);
  }
  const end = (finalbody ?? orelse ?? handlers[handlers.length - 1]).end;
  return { kind: "try", body, handlers, orelse, finalbody, start, end, line };
}

function parseHandler(p: Parser): Handler {
  const { start, line } = p.lexer;
  p.take();
  const type = isExprStart(p) ? parseTest(p) : null;
  const name = type !== null && p.accept("as") ? p.name() : null;
  const body = parseSuite(p);
  return { type, name, body, start, end: body.end, line };
}

function parseWith(p: Parser, start: number, line: number, isAsync: boolean): With {
  p.expect("with");
  const items: { value: Expr; target: Expr | null }[] = [];
  do {
    const value = parseTest(p);
    items.push({ value, target: p.accept("as") ? parseExpr(p) : null });
  } while (p.accept(","));
  const body = parseSuite(p);
  return { kind: "with", items, body, isAsync, start, end: body.end, line };
}

function parseDef(p: Parser, start: number, decorators: readonly Expr[], isAsync: boolean): Def {
  const { line } = p.lexer;
  p.expect("def");
  const name = p.name();
  p.expect("(");
  const params = parseParams(p, ")", true);
  p.expect(")");
  const returns = p.accept("->") ? parseTest(p) : null;
  const body = parseSuite(p);
  return { kind: "def", name, params, returns, body, decorators, isAsync, start, end: body.end, line };
}

function parseClass(p: Parser, start: number, decorators: readonly Expr[]): Class {
  const { line } = p.lexer;
  p.expect("class");
  const name = p.name();
  const args = p.is("(") ? parseArguments(p) : [];
  const body = parseSuite(p);
  return { kind: "class", name, args, body, decorators, start, end: body.end, line };
}

function parseDecorated(p: Parser): Stmt {
  const { start } = p.lexer;
  const decorators: Expr[] = [];
  while (p.accept("@")) {
    decorators.push(parseDecorator(p));
    p.expect(NEWLINE);
  }
  if (p.is("class")) return parseClass(p, start, decorators);
  return parseDef(p, start, decorators, p.accept("async"));
}

/** dotted_name [ "(" [arglist] ")" ] */
function parseDecorator(p: Parser): Expr {
  const { start, line } = p.lexer;
  let value: Expr = { kind: "name", id: p.name(), start, end: p.prevEnd, line };
  while (p.accept(".")) {
    const attrStart = p.lexer.start;
    const attr = p.name();
    value = { kind: "attribute", value, attr, attrStart, start, end: p.prevEnd, line, opLine: line };
  }
  if (!p.is("(")) return value;
  const opLine = p.lexer.line;
  const args = parseArguments(p);
  return { kind: "call", func: value, args, start: startOf(value), end: Math.max(p.prevEnd, endOf(value)), line, opLine };
}
