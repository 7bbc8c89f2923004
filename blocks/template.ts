// Templates: Python with holes, parsed once, then printed and matched. A menu's options are put into the text before parsing, so
// a hole of a menu may be an operator, a name or part of one: a template is a list of variants, one per combination of options.

import type { Expr, Stmt, Suite } from "../interpreter/syntax.ts";
import { allowedLevels, tryParse } from "./precedence.ts";
import type { BlockDef } from "./block.ts";

// Holes become names that nobody can type.
const HOLE = "\uE000";

export interface Variant {
  readonly def: BlockDef;
  /** The options it stands for. */
  readonly choices: Readonly<Record<string, string>>;
  /** The text between the holes, and the holes in their order. */
  readonly texts: readonly string[];
  readonly holes: readonly string[];
  readonly tree: Stmt | Expr;
  /** Nodes in the tree: the more, the more special. */
  readonly weight: number;
  /** Per value hole: which precedence levels need no brackets there. Filled when first printed. */
  readonly levels: Map<string, readonly boolean[]>;
}

/** What a match found: expressions for value, name and literal holes, suites for bodies. */
export interface Match {
  readonly variant: Variant;
  readonly exprs: ReadonlyMap<string, Expr>;
  readonly suites: ReadonlyMap<string, Suite>;
}

export function compileTemplate(def: BlockDef): Variant[] {
  return combinations(def).map((choices) => compileVariant(def, choices));
}

function combinations(def: BlockDef): Record<string, string>[] {
  let all: Record<string, string>[] = [{}];
  for (const [name, arg] of Object.entries(def.args)) {
    if (arg.kind !== "choice") continue;
    all = all.flatMap((choices) => arg.options.map(([, python]) => ({ ...choices, [name]: python })));
  }
  return all;
}

function compileVariant(def: BlockDef, choices: Record<string, string>): Variant {
  const texts: string[] = [];
  const holes: string[] = [];
  let text = "";
  for (const part of def.python.split(/(\{\w+\})/)) {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined) {
      text += part;
    } else if (choices[name] !== undefined) {
      text += choices[name];
    } else {
      if (def.args[name] === undefined) throw new Error(`${def.type}: {${name}} is no argument`);
      texts.push(text);
      holes.push(name);
      text = "";
    }
  }
  texts.push(text);
  const source = texts.map((piece, i) => (i === 0 ? piece : HOLE + holes[i - 1] + piece)).join("");
  const statement = tryParse(source)?.body[0];
  if (statement === undefined) throw new Error(`${def.type}: template does not parse: ${source}`);
  if (def.shape === "value" && statement.kind !== "expr") throw new Error(`${def.type}: a value must be an expression`);
  const tree = def.shape === "value" && statement.kind === "expr" ? statement.value : statement;
  return { def, choices, texts, holes, tree, weight: weigh(tree), levels: new Map() };
}

/** Levels that need no brackets in a value hole. */
export function holeLevels(variant: Variant, hole: string): readonly boolean[] {
  let levels = variant.levels.get(hole);
  if (levels === undefined) {
    const at = variant.holes.indexOf(hole);
    const fill = (i: number): string => variant.texts[i] + HOLE + variant.holes[i];
    const before =
      variant.texts
        .slice(0, at)
        .map((_, i) => fill(i))
        .join("") + variant.texts[at];
    const after = variant.texts
      .slice(at + 1)
      .map((piece, i) => piece + (variant.holes[at + 1 + i] === undefined ? "" : HOLE))
      .join("");
    levels = allowedLevels(before, after);
    variant.levels.set(hole, levels);
  }
  return levels;
}

// Places do not count, nor on which line a suite stands.
const IGNORED: ReadonlySet<string> = new Set([
  "start",
  "end",
  "line",
  "opLine",
  "bodyLine",
  "constLine",
  "isInterned",
  "outer",
  "opStart",
  "attrStart",
  "inline",
  "parens",
  "isElif",
]);

function weigh(value: unknown): number {
  if (value === null || typeof value !== "object") return 0;
  let weight = 1;
  if (isHole(value)) return 0;
  for (const key in value) if (!IGNORED.has(key)) weight += weigh((value as Record<string, unknown>)[key]);
  return weight;
}

function isHole(value: object): value is { id: string } {
  return "kind" in value && value.kind === "name" && "id" in value && typeof value.id === "string" && value.id.startsWith(HOLE);
}

/** The body hole of a suite: it holds nothing but the hole. */
function bodyHole(value: object): string | null {
  if (!("body" in value) || !Array.isArray(value.body) || !("inline" in value) || value.body.length !== 1) return null;
  const statement = value.body[0] as Stmt;
  return statement.kind === "expr" && isHole(statement.value) ? statement.value.id.slice(HOLE.length) : null;
}

/** Compares a variant with a piece of a program, or null. Literal holes are not judged here. */
export function matchVariant(variant: Variant, node: Stmt | Expr): Match | null {
  const exprs = new Map<string, Expr>();
  const suites = new Map<string, Suite>();
  return unify(variant.tree, node, exprs, suites) ? { variant, exprs, suites } : null;
}

function unify(pattern: unknown, node: unknown, exprs: Map<string, Expr>, suites: Map<string, Suite>): boolean {
  if (pattern === null || typeof pattern !== "object") return pattern === node;
  if (node === null || typeof node !== "object") return false;
  if (isHole(pattern)) {
    const name = pattern.id.slice(HOLE.length);
    const earlier = exprs.get(name);
    if (earlier !== undefined) return unify(earlier, node, exprs, suites);
    if (!("kind" in node)) return false;
    exprs.set(name, node as Expr);
    return true;
  }
  const body = bodyHole(pattern);
  if (body !== null) {
    if (!("body" in node)) return false;
    suites.set(body, node as Suite);
    return true;
  }
  if (Array.isArray(pattern)) {
    if (!Array.isArray(node) || pattern.length !== node.length) return false;
    return pattern.every((item, i) => unify(item, node[i], exprs, suites));
  }
  const a = pattern as Record<string, unknown>;
  const b = node as Record<string, unknown>;
  for (const key in a) if (!IGNORED.has(key) && !unify(a[key], b[key], exprs, suites)) return false;
  return true;
}

/** Where to look for templates that could match: statements by kind, calls and attributes by their last name. */
export function indexKey(node: Stmt | Expr): string {
  switch (node.kind) {
    case "expr":
      return `expr ${indexKey(node.value)}`;
    case "call": {
      const { func } = node;
      if (func.kind === "name") return `call ${func.id}`;
      return func.kind === "attribute" ? `call .${func.attr}` : "call";
    }
    case "attribute":
      return `attribute ${node.attr}`;
    case "binary":
    case "unary":
      return `${node.kind} ${node.op}`;
    default:
      return node.kind;
  }
}
