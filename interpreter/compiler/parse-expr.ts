// Expressions down to atoms (py/grammar.h from namedexpr_test to power). Binary operators climb by precedence instead of one
// function per level, so that nested brackets cost few JavaScript frames.

import { parseAtomExpr } from "./parse-atom.ts";
import { BYTES, END, FLOAT, INTEGER, NAME, STRING } from "./lexer.ts";
import { endOf, startOf, type Parser } from "./parse-state.ts";
import type { BinaryOp, CompareOp, Expr, Param, UnaryOp } from "./tree.ts";

const STARTS: ReadonlySet<string> = new Set(
  [NAME, INTEGER, FLOAT, STRING, BYTES].concat("( [ { ... None True False __debug__ + - ~ not lambda await".split(" ")),
);

/** Whether a `test` can begin here. */
export const isExprStart = (p: Parser): boolean => STARTS.has(p.lexer.kind);

/** namedexpr_test: test [":=" test] */
export function parseNamed(p: Parser): Expr {
  const { line } = p.lexer;
  const target = parseTest(p);
  if (!p.is(":=")) return target;
  p.take();
  const value = parseTest(p);
  return { kind: "walrus", target, value, start: startOf(target), end: endOf(value), line };
}

/** test: lambda or or_test ["if" or_test "else" test] */
export function parseTest(p: Parser): Expr {
  if (p.is("lambda")) return parseLambda(p, true);
  const { line } = p.lexer;
  const body = parseOr(p);
  if (!p.is("if")) return body;
  p.enter();
  p.take();
  const test = parseOr(p);
  p.expect("else");
  const orelse = parseTest(p);
  p.leave();
  return { kind: "conditional", test, body, orelse, start: startOf(body), end: endOf(orelse), line };
}

/** test_nocond: what may follow the "if" of a comprehension. */
export const parseNoCond = (p: Parser): Expr => (p.is("lambda") ? parseLambda(p, false) : parseOr(p));

function parseLambda(p: Parser, isFull: boolean): Expr {
  const { start, line } = p.lexer;
  p.enter();
  p.take();
  const params = parseParams(p, ":", false);
  p.expect(":");
  const body = isFull ? parseTest(p) : parseNoCond(p);
  p.leave();
  return { kind: "lambda", params, body, start, end: endOf(body), line };
}

/** typedargslist or varargslist, up to `close`, which is left. What may follow what is the compiler's business. */
export function parseParams(p: Parser, close: string, isTyped: boolean): Param[] {
  const params: Param[] = [];
  while (!p.is(close)) {
    params.push(parseParam(p, isTyped));
    if (!p.accept(",")) break;
  }
  return params;
}

function parseParam(p: Parser, isTyped: boolean): Param {
  const { start, line } = p.lexer;
  const kind: Param["kind"] = p.accept("*") ? "star" : p.accept("**") ? "doublestar" : "plain";
  let name: string | null = null;
  let annotation: Expr | null = null;
  let value: Expr | null = null;
  if (kind !== "star" || p.is(NAME)) {
    name = p.name();
    if (isTyped && p.accept(":")) annotation = parseTest(p);
    if (kind === "plain" && p.accept("=")) value = parseTest(p);
  }
  return { kind, name, annotation, default: value, start, end: p.prevEnd, line };
}

/** or_test */
export const parseOr = (p: Parser): Expr => parseBool(p, "or", parseAnd);
const parseAnd = (p: Parser): Expr => parseBool(p, "and", parseNot);

function parseBool(p: Parser, op: "or" | "and", item: (p: Parser) => Expr): Expr {
  const { line } = p.lexer;
  const first = item(p);
  if (!p.is(op)) return first;
  const items = [first];
  while (p.accept(op)) items.push(item(p));
  return { kind: "boolop", op, items, start: startOf(first), end: endOf(items[items.length - 1]), line };
}

function parseNot(p: Parser): Expr {
  if (!p.is("not")) return parseComparison(p);
  const { start, line } = p.lexer;
  p.enter();
  p.take();
  const operand = parseNot(p);
  p.leave();
  return { kind: "unary", op: "not", operand, start, end: endOf(operand), line };
}

const COMPARISONS: ReadonlySet<string> = new Set(["<", ">", "==", "<=", ">=", "!=", "in", "is", "not"]);

function parseComparison(p: Parser): Expr {
  const { line } = p.lexer;
  const left = parseExpr(p);
  if (!COMPARISONS.has(p.kind)) return left;
  const rest: { op: CompareOp; right: Expr }[] = [];
  while (COMPARISONS.has(p.kind)) {
    let op = p.kind as CompareOp | "not";
    p.take();
    if (op === "not") {
      p.expect("in");
      op = "not in";
    } else if (op === "is" && p.accept("not")) {
      op = "is not";
    }
    rest.push({ op, right: parseExpr(p) });
  }
  return { kind: "compare", left, rest, start: startOf(left), end: endOf(rest[rest.length - 1].right), line };
}

const PRECEDENCE: ReadonlyMap<string, number> = new Map(
  Object.entries({ "|": 1, "^": 2, "&": 3, "<<": 4, ">>": 4, "+": 5, "-": 5, "*": 6, "@": 6, "/": 6, "%": 6, "//": 6 }),
);

/** expr: bitwise or and all that binds tighter. */
export const parseExpr = (p: Parser): Expr => parseBinary(p, 1);

function parseBinary(p: Parser, least: number): Expr {
  const { line } = p.lexer;
  let left = parseFactor(p);
  for (;;) {
    const precedence = PRECEDENCE.get(p.kind);
    if (precedence === undefined || precedence < least) return left;
    const op = p.kind as BinaryOp;
    const opStart = p.lexer.start;
    p.take();
    const right = parseBinary(p, precedence + 1);
    left = { kind: "binary", op, left, right, opStart, start: startOf(left), end: endOf(right), line };
  }
}

function parseFactor(p: Parser): Expr {
  const { start, line, kind } = p.lexer;
  if (kind === "+" || kind === "-" || kind === "~") {
    p.enter();
    p.take();
    const operand = parseFactor(p);
    p.leave();
    return { kind: "unary", op: kind as UnaryOp, operand, start, end: endOf(operand), line };
  }
  const left = parseAtomExpr(p);
  if (!p.is("**")) return left;
  const opStart = p.lexer.start;
  p.enter();
  p.take();
  const right = parseFactor(p);
  p.leave();
  return { kind: "binary", op: "**", left, right, opStart, start: startOf(left), end: endOf(right), line };
}

export function parseStarExpr(p: Parser): Expr {
  const { start, line } = p.lexer;
  p.expect("*");
  const value = parseExpr(p);
  return { kind: "star", value, start, end: endOf(value), line };
}

/** Items with commas between them, the last comma allowed; a tuple when there is any comma. */
function parseItems(p: Parser, allowsStar: boolean, item: (p: Parser) => Expr): Expr {
  const { line } = p.lexer;
  const one = (): Expr => (allowsStar && p.is("*") ? parseStarExpr(p) : item(p));
  const first = one();
  if (!p.is(",")) return first;
  const items = [first];
  while (p.accept(",")) {
    if (!isExprStart(p) && !(allowsStar && p.is("*"))) break;
    items.push(one());
  }
  return { kind: "tuple", items, parens: false, start: startOf(first), end: p.prevEnd, line, constLine: line };
}

/** testlist */
export const parseTestList = (p: Parser): Expr => parseItems(p, false, parseTest);
/** testlist_star_expr */
export const parseStarList = (p: Parser): Expr => parseItems(p, true, parseTest);
/** exprlist: targets of for and del. `not` and `lambda` are no expr, so a comma before them is an error. */
export const parseExprList = (p: Parser): Expr => parseItems(p, true, parseExpr);

/** What stands in brackets that are not written: the field of an f-string. */
export function parseElements(p: Parser): Expr {
  const { start, line } = p.lexer;
  if (p.is(END)) return { kind: "tuple", items: [], parens: false, start, end: start, line, constLine: line };
  const first = p.is("*") ? parseStarExpr(p) : parseNamed(p);
  if (!p.is(",")) return first;
  const items = [first];
  let constLine = line;
  while (p.accept(",")) {
    if (!p.is("*") && !isExprStart(p)) break;
    if (items.length === 1) constLine = p.lexer.line;
    items.push(p.is("*") ? parseStarExpr(p) : parseNamed(p));
  }
  return { kind: "tuple", items, parens: false, start: startOf(first), end: p.prevEnd, line, constLine };
}

export function parseYield(p: Parser): Expr {
  const { start, line } = p.lexer;
  p.expect("yield");
  if (p.accept("from")) {
    const value = parseTest(p);
    return { kind: "yieldfrom", value, start, end: endOf(value), line };
  }
  const value = isExprStart(p) ? parseTestList(p) : null;
  return { kind: "yield", value, start, end: p.prevEnd, line };
}
