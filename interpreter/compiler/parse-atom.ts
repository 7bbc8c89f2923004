// Atoms and what follows them: names, literals, brackets, calls, subscripts, attributes (py/grammar.h from atom_expr on).

import { BYTES, FLOAT, INTEGER, NAME, STRING } from "./lexer.ts";
import { endOf, group, startOf, type Parser } from "./parse-state.ts";
import { parseFString } from "./parse-fstring.ts";
import { parseNumber } from "./parse-number.ts";
import {
  isExprStart,
  parseExprList,
  parseNamed,
  parseNoCond,
  parseOr,
  parseStarExpr,
  parseTest,
  parseYield,
} from "./parse-expr.ts";
import type { Argument, Comp, CompClause, Expr, Span } from "./tree.ts";

/** atom trailer*, or await before it. */
export function parseAtomExpr(p: Parser): Expr {
  if (p.is("await")) {
    const { start, line } = p.lexer;
    p.take();
    const value = parseTrailers(p, parseAtom(p), line);
    return { kind: "await", value, start, end: endOf(value), line };
  }
  const { line } = p.lexer;
  return parseTrailers(p, parseAtom(p), line);
}

function parseTrailers(p: Parser, atom: Expr, line: number): Expr {
  let value = atom;
  for (;;) {
    const start = startOf(value);
    const opLine = p.lexer.line;
    if (p.is("(")) {
      const args = parseArguments(p);
      value = { kind: "call", func: value, args, start, end: p.prevEnd, line, opLine };
    } else if (p.is("[")) {
      p.take();
      const index = parseSubscripts(p);
      p.expect("]");
      value = { kind: "subscript", value, index, start, end: p.prevEnd, line, opLine };
    } else if (p.is(".")) {
      p.take();
      const attrStart = p.lexer.start;
      const attr = p.name();
      value = { kind: "attribute", value, attr, attrStart, start, end: p.prevEnd, line, opLine };
    } else {
      return value;
    }
  }
}

function parseAtom(p: Parser): Expr {
  const { lexer } = p;
  const { start, end, line } = lexer;
  switch (lexer.kind) {
    case NAME: {
      const id = p.name();
      return { kind: "name", id, start, end, line };
    }
    case INTEGER:
    case FLOAT: {
      const number = parseNumber(lexer);
      p.take();
      return number;
    }
    case STRING: {
      if (lexer.fields !== null) return parseFString(p);
      const value = lexer.text;
      p.take();
      return { kind: "str", value, isInterned: p.isInterned(value), start, end, line };
    }
    case BYTES: {
      const value = lexer.bytes;
      p.take();
      return { kind: "bytes", value, start, end, line };
    }
    case "...":
      p.take();
      return { kind: "const", value: "Ellipsis", start, end, line };
    case "None":
    case "True":
    case "False":
    case "__debug__": {
      const value = lexer.kind;
      p.take();
      return { kind: "const", value, start, end, line };
    }
    case "(":
      return parseParens(p);
    case "[":
      return parseList(p);
    case "{":
      return parseBraces(p);
    default:
      throw lexer.error();
  }
}

function parseParens(p: Parser): Expr {
  const { start, line } = p.lexer;
  p.enter();
  p.take();
  let result: Expr;
  if (p.is(")")) {
    p.take();
    result = { kind: "tuple", items: [], parens: true, start, end: p.prevEnd, line, constLine: line };
  } else if (p.is("yield")) {
    const value = parseYield(p);
    p.expect(")");
    result = group(value, start, p.prevEnd);
  } else {
    const bodyLine = p.lexer.line;
    const first = parseElement(p);
    if (p.is("for")) {
      const clauses = parseClauses(p);
      p.expect(")");
      result = comp("generator", first, null, clauses, bodyLine, { start, end: p.prevEnd, line });
    } else if (p.is(",")) {
      const { items, secondLine } = parseMore(p, first, ")");
      result = { kind: "tuple", items, parens: true, start, end: p.prevEnd, line, constLine: secondLine ?? bodyLine };
    } else {
      p.expect(")");
      result = group(first, start, p.prevEnd);
    }
  }
  p.leave();
  return result;
}

function parseList(p: Parser): Expr {
  const { start, line } = p.lexer;
  p.enter();
  p.take();
  let result: Expr;
  if (p.accept("]")) {
    result = { kind: "list", items: [], start, end: p.prevEnd, line };
  } else {
    const bodyLine = p.lexer.line;
    const first = parseElement(p);
    if (p.is("for")) {
      const clauses = parseClauses(p);
      p.expect("]");
      result = comp("list", first, null, clauses, bodyLine, { start, end: p.prevEnd, line });
    } else {
      const { items } = parseMore(p, first, "]");
      result = { kind: "list", items, start, end: p.prevEnd, line };
    }
  }
  p.leave();
  return result;
}

/** testlist_comp_2: what may stand in a tuple, list or generator. */
const parseElement = (p: Parser): Expr => (p.is("*") ? parseStarExpr(p) : parseNamed(p));

/** The items after the first, and the closing bracket. */
function parseMore(p: Parser, first: Expr, close: string): { items: Expr[]; secondLine: number | null } {
  const items = [first];
  let secondLine: number | null = null;
  while (p.accept(",")) {
    if (!p.is("*") && !isExprStart(p)) break;
    secondLine ??= p.lexer.line;
    items.push(parseElement(p));
  }
  p.expect(close);
  return { items, secondLine };
}

type Item = { readonly key: Expr; readonly value: Expr | null; readonly line: number };

function parseBraces(p: Parser): Expr {
  const { start, line } = p.lexer;
  p.enter();
  p.take();
  let result: Expr;
  if (p.accept("}")) {
    result = { kind: "dict", items: [], start, end: p.prevEnd, line };
  } else {
    const first = parseItem(p);
    if (p.is("for")) {
      const clauses = parseClauses(p);
      p.expect("}");
      result = comp(first.value === null ? "set" : "dict", first.key, first.value, clauses, first.line, {
        start,
        end: p.prevEnd,
        line,
      });
    } else {
      const items = [first];
      while (p.accept(",")) {
        if (!isExprStart(p)) break;
        items.push(parseItem(p));
      }
      p.expect("}");
      result = braces(p, items, start, line);
    }
  }
  p.leave();
  return result;
}

function parseItem(p: Parser): Item {
  const { line } = p.lexer;
  const key = parseTest(p);
  return { key, value: p.accept(":") ? parseTest(p) : null, line };
}

// The grammar lets sets and dicts mix; MicroPython's compiler then objects.
function braces(p: Parser, items: readonly Item[], start: number, line: number): Expr {
  const span = { start, end: p.prevEnd, line };
  const pairs: { key: Expr; value: Expr; line: number }[] = [];
  for (const { key, value, line: itemLine } of items) if (value !== null) pairs.push({ key, value, line: itemLine });
  if (pairs.length === items.length) return { kind: "dict", items: pairs, ...span };
  if (pairs.length === 0) return { kind: "set", items: items.map((item) => item.key), ...span };
  const isSet = items[0]!.value === null;
  return { kind: "invalid", message: isSet ? "expecting just a value for set" : "expecting key:value for dict", ...span };
}

function comp(
  of: Comp["of"],
  element: Expr,
  value: Expr | null,
  clauses: readonly CompClause[],
  bodyLine: number,
  span: Span,
  isArgument = false,
): Comp {
  return { kind: "comp", of, element, value, clauses, bodyLine, isArgument, ...span };
}

/** comp_for with all that follows it. */
function parseClauses(p: Parser): CompClause[] {
  const clauses: CompClause[] = [];
  for (;;) {
    const { line } = p.lexer;
    if (p.accept("for")) {
      const target = parseExprList(p);
      p.expect("in");
      clauses.push({ kind: "for", target, iter: parseOr(p), isAsync: false, line });
    } else if (p.accept("if")) {
      clauses.push({ kind: "if", test: parseNoCond(p), line });
    } else {
      return clauses;
    }
  }
}

/** "(" [arglist] ")". A generator as argument has no brackets of its own; its span is then the argument's. */
export function parseArguments(p: Parser): Argument[] {
  p.expect("(");
  p.enter();
  const args: Argument[] = [];
  while (p.is("*") || p.is("**") || isExprStart(p)) {
    args.push(parseArgument(p));
    if (!p.accept(",")) break;
  }
  p.expect(")");
  p.leave();
  return args;
}

function parseArgument(p: Parser): Argument {
  const { start, line, kind } = p.lexer;
  if (kind === "*" || kind === "**") {
    p.take();
    const value = parseTest(p);
    return { kind: kind === "*" ? "star" : "doublestar", name: null, value, start, end: endOf(value), line };
  }
  const first = parseTest(p);
  if (p.is("for")) {
    const clauses = parseClauses(p);
    const value = comp("generator", first, null, clauses, line, { start: startOf(first), end: p.prevEnd, line }, true);
    return { kind: "positional", name: null, value, start, end: p.prevEnd, line };
  }
  if (p.is("=")) {
    p.take();
    const value = parseTest(p);
    const span = { start, end: endOf(value), line };
    if (first.kind === "name") return { kind: "keyword", name: first.id, value, ...span };
    return {
      kind: "positional",
      name: null,
      value: { kind: "invalid", message: "LHS of keyword arg must be an id", ...span },
      ...span,
    };
  }
  if (p.is(":=")) {
    p.take();
    const value = parseTest(p);
    const walrus: Expr = { kind: "walrus", target: first, value, start: startOf(first), end: endOf(value), line };
    return { kind: "positional", name: null, value: walrus, start, end: endOf(value), line };
  }
  return { kind: "positional", name: null, value: first, start, end: endOf(first), line };
}

/** What stands between the brackets of a[...]. */
function parseSubscripts(p: Parser): Expr {
  const { start, line } = p.lexer;
  p.enter();
  const first = parseSubscript(p);
  let result = first;
  if (p.is(",")) {
    const items = [first];
    while (p.accept(",")) {
      if (!p.is(":") && !isExprStart(p)) break;
      items.push(parseSubscript(p));
    }
    result = { kind: "tuple", items, parens: false, start, end: p.prevEnd, line, constLine: line };
  }
  p.leave();
  return result;
}

function parseSubscript(p: Parser): Expr {
  const { start, line } = p.lexer;
  const lower = p.is(":") ? null : parseTest(p);
  if (lower !== null && !p.is(":")) return lower;
  p.expect(":");
  let upper: Expr | null = null;
  let step: Expr | null = null;
  if (isExprStart(p)) upper = parseTest(p);
  if (p.accept(":") && isExprStart(p)) step = parseTest(p);
  return { kind: "slice", lower, upper, step, start, end: p.prevEnd, line };
}
