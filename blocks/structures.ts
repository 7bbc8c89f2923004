// Blocks that no template can express, because they grow (if, calls, lists) or hold text (code, comments, names, literals).
// Each is a hand-written pair, recognise and print; the round-trip tests hold them to the same law as the templates.

import type { Argument, Expr, Param, Stmt, Suite } from "../interpreter/syntax.ts";
import type { BlockNode, CategoryId } from "./block.ts";
import { allowedLevels, tryExpression } from "./precedence.ts";

/** What a recogniser may ask for. */
export interface Reader {
  readonly source: string;
  value(expr: Expr): BlockNode;
}

/** What a printer may ask for: a value's text, in brackets where these levels do not allow it bare. */
export interface Printer {
  value(node: BlockNode | null | undefined, levels: readonly boolean[], empty: string): string;
}

export interface Found {
  readonly fields?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, BlockNode | null>>;
  readonly extra?: readonly string[];
  readonly suites?: readonly (readonly [name: string, suite: Suite])[];
}

/** Printed: an expression or simple statement is one text; a compound statement has a head for each of its bodies. */
export type Printed = string | readonly (readonly [head: string, body: string])[];

export type FieldKind = "name" | "names" | "path" | "text" | "number" | "code" | "comment";

export interface Structure {
  readonly type: string;
  readonly category: CategoryId;
  readonly label: string;
  readonly shape: "statement" | "value";
  readonly fields: Readonly<Record<string, FieldKind>>;
  /** What its `extra` may hold and where it grows: see fields/growth.ts. Null when it does not grow. */
  readonly grows: "if" | "arguments" | "items" | "pairs" | null;
  recognise(node: Stmt | Expr, reader: Reader): Found | null;
  print(node: BlockNode, printer: Printer): Printed;
}

export const QUOTED = /^(?:'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")$/;

/** A string literal as we write it. */
export function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = mark;
  for (const char of text) {
    if (char === "\\" || char === mark) out += `\\${char}`;
    else if (char === "\n") out += "\\n";
    else if (char === "\t") out += "\\t";
    else if (char === "\r") out += "\\r";
    else if (char < " " || char === "\x7f") out += `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`;
    else out += char;
  }
  return out + mark;
}

const cut = (reader: Reader, node: { start: number; end: number }): string => reader.source.slice(node.start, node.end);

const once = (before: string, after: string): (() => readonly boolean[]) => {
  let levels: readonly boolean[] | null = null;
  return () => (levels ??= allowedLevels(before, after));
};
const inArgument = once("f(", ")");
const inKeyword = once("f(a=", ")");
const inStar = once("f(*", ")");
const inDoubleStar = once("f(**", ")");
const inItem = once("[", ",]");
const inPair = once("{", ": 1}");
const inPaired = once("{1: ", "}");
const inIf = once("if ", ":\n pass");
const beforeDot = once("", ".x()");
const beforeIndex = once("", "[0]");
const inIndex = once("x[", "]");
const OPERANDS = {
  or: { left: once("", " or b"), right: once("a or ", "") },
  and: { left: once("", " and b"), right: once("a and ", "") },
};

const number: Structure = {
  type: "math_number",
  category: "numbers",
  label: "MATH_NUMBER",
  shape: "value",
  fields: { value: "number" },
  grows: null,
  recognise(node, reader) {
    const isNegative = node.kind === "unary" && node.op === "-";
    const literal = isNegative ? node.operand : node;
    if (literal.kind !== "int" && literal.kind !== "float") return null;
    if (isNegative && (literal.outer !== undefined || literal.start !== node.start + 1)) return null;
    return { fields: { value: cut(reader, node) } };
  },
  print: (node) => node.fields.value,
};

const text: Structure = {
  type: "text",
  category: "text",
  label: "TEXT",
  shape: "value",
  fields: { value: "text" },
  grows: null,
  // Joined or tripled literals and other prefixes stay as they are written.
  recognise: (node, reader) => (node.kind === "str" && QUOTED.test(cut(reader, node)) ? { fields: { value: node.value } } : null),
  print: (node) => quote(node.fields.value),
};

const variable: Structure = {
  type: "variables_get",
  category: "variables",
  label: "VARIABLES_GET",
  shape: "value",
  fields: { name: "name" },
  grows: null,
  recognise: (node) => (node.kind === "name" ? { fields: { name: node.id } } : null),
  print: (node) => node.fields.name,
};

const codeValue: Structure = {
  type: "python_value",
  category: "python",
  label: "PYTHON_VALUE",
  shape: "value",
  fields: { code: "code" },
  grows: null,
  recognise: () => null,
  print: (node) => node.fields.code,
};

const codeStatement: Structure = {
  type: "python_statement",
  category: "python",
  label: "PYTHON_STATEMENT",
  shape: "statement",
  fields: { code: "code" },
  grows: null,
  recognise: () => null,
  print: (node) => node.fields.code,
};

/** class, with, decorated def: any one head with any one body. */
const codeSuite: Structure = {
  type: "python_suite",
  category: "python",
  label: "PYTHON_SUITE",
  shape: "statement",
  fields: { code: "code" },
  grows: null,
  recognise(node, reader) {
    if (node.kind !== "class" && node.kind !== "with" && node.kind !== "def") return null;
    return { fields: { code: headOf(reader, node) }, suites: [["do", node.body]] };
  },
  print: (node) => [[node.fields.code, "do"]],
};

/** Takes the suite's indentation off the lines after the first. */
export function dedent(text: string, indent: string): string {
  if (indent === "" || !text.includes("\n")) return text;
  return text
    .split("\n")
    .map((line, i) => (i > 0 && line.startsWith(indent) ? line.slice(indent.length) : line))
    .join("\n");
}

/** The text up to the colon that opens a body; the colon is the last one before the body. */
function headOf(reader: Reader, node: { start: number; body: Suite }): string {
  const before = reader.source.slice(node.start, node.body.start);
  const lines = before.split("\n");
  while (lines.length > 1 && /^\s*(#.*)?$/.test(lines[lines.length - 1])) lines.pop();
  const indent = reader.source.slice(reader.source.lastIndexOf("\n", node.start - 1) + 1, node.start);
  return dedent(lines.join("\n").replace(/:[ \t]*(#[^\n]*)?\r?$/, ":"), indent);
}

const comment: Structure = {
  type: "comment",
  category: "python",
  label: "COMMENT",
  shape: "statement",
  fields: { text: "comment" },
  grows: null,
  recognise: () => null,
  print: (node) => `# ${node.fields.text}`.trimEnd(),
};

const importing: Structure = {
  type: "import",
  category: "functions",
  label: "IMPORT",
  shape: "statement",
  fields: { code: "code" },
  grows: null,
  recognise: (node, reader) => (node.kind === "import" || node.kind === "from" ? { fields: { code: cut(reader, node) } } : null),
  print: (node) => node.fields.code,
};

const ifElse: Structure = {
  type: "controls_if",
  category: "logic",
  label: "CONTROLS_IF",
  shape: "statement",
  fields: {},
  grows: "if",
  recognise(node, reader) {
    if (node.kind !== "if") return null;
    const values: Record<string, BlockNode> = {};
    const suites: [string, Suite][] = [];
    const extra: string[] = [];
    let arm = node;
    for (let i = 0; ; i++) {
      values[`IF${i}`] = reader.value(arm.test);
      suites.push([`DO${i}`, arm.body]);
      if (i > 0) extra.push("elif");
      if (arm.orelse === null) break;
      if (!("kind" in arm.orelse)) {
        suites.push(["ELSE", arm.orelse]);
        extra.push("else");
        break;
      }
      arm = arm.orelse;
    }
    return { values, suites, extra };
  },
  print(node, printer) {
    const condition = (i: number): string => printer.value(node.values[`IF${i}`], inIf(), "False");
    const heads: [string, string][] = [[`if ${condition(0)}:`, "DO0"]];
    let i = 0;
    for (const part of node.extra ?? []) {
      if (part === "elif") heads.push([`elif ${condition(++i)}:`, `DO${i}`]);
      else heads.push(["else:", "ELSE"]);
    }
    return heads;
  },
};

const functionDef: Structure = {
  type: "function_def",
  category: "functions",
  label: "FUNCTION_DEF",
  shape: "statement",
  fields: { name: "name", params: "names" },
  grows: null,
  recognise(node, reader) {
    if (node.kind !== "def" || node.decorators.length > 0 || node.isAsync || node.returns !== null) return null;
    const { params } = node;
    const text = params.map((param) => paramText(reader, param)).join(", ");
    if (text.includes("\n")) return null;
    return { fields: { name: node.name, params: text }, suites: [["do", node.body]] };
  },
  print: (node) => [[`def ${node.fields.name}(${node.fields.params}):`, "do"]],
};

const paramText = (reader: Reader, param: Param): string => cut(reader, { start: param.start, end: paramEnd(param) });
const paramEnd = (param: Param): number => Math.max(param.end, param.default?.outer?.end ?? 0);

const PATH = /^[\w\x80-\u{10FFFF}]+(\.[\w\x80-\u{10FFFF}]+)*$/u;

/** "music.play", when an expression is nothing but names and dots. */
function dottedPath(reader: Reader, expr: Expr): string | null {
  const path = cut(reader, expr);
  return (expr.kind === "name" || expr.kind === "attribute") && PATH.test(path) ? path : null;
}

/** "", "name=", "*" or "**" for each argument. */
function argumentsFound(args: readonly Argument[], reader: Reader): Pick<Found, "values" | "extra"> | null {
  const values: Record<string, BlockNode> = {};
  const extra: string[] = [];
  for (const arg of args) {
    if (arg.kind === "keyword" && arg.name === null) return null;
    values[`ARG${extra.length}`] = reader.value(arg.value);
    extra.push(arg.kind === "keyword" ? `${arg.name}=` : arg.kind === "star" ? "*" : arg.kind === "doublestar" ? "**" : "");
  }
  return { values, extra };
}

function printArguments(node: BlockNode, printer: Printer): string {
  const args = (node.extra ?? []).map((mark, i) => {
    const levels = mark === "" ? inArgument : mark === "*" ? inStar : mark === "**" ? inDoubleStar : inKeyword;
    return mark + printer.value(node.values[`ARG${i}`], levels(), "None");
  });
  return `(${args.join(", ")})`;
}

function call(type: string, shape: "statement" | "value", isMethod: boolean): Structure {
  return {
    type,
    category: "functions",
    label: isMethod ? "METHOD_CALL" : "FUNCTION_CALL",
    shape,
    fields: isMethod ? { name: "name" } : { name: "path" },
    grows: "arguments",
    recognise(node, reader) {
      const expr = node.kind === "expr" ? node.value : node;
      if (expr.kind !== "call" || (shape === "statement") !== (node.kind === "expr")) return null;
      if (node.kind === "expr" && expr.outer !== undefined) return null;
      const found = argumentsFound(expr.args, reader);
      if (found === null) return null;
      const path = dottedPath(reader, expr.func);
      if (!isMethod) return path === null ? null : { ...found, fields: { name: path } };
      if (path !== null || expr.func.kind !== "attribute") return null;
      return { ...found, fields: { name: expr.func.attr }, values: { ...found.values, OBJECT: reader.value(expr.func.value) } };
    },
    print(node, printer) {
      const args = printArguments(node, printer);
      if (!isMethod) return node.fields.name + args;
      return `${printer.value(node.values.OBJECT, beforeDot(), "''")}.${node.fields.name}${args}`;
    },
  };
}

const attribute: Structure = {
  type: "attribute_get",
  category: "functions",
  label: "ATTRIBUTE_GET",
  shape: "value",
  fields: { name: "name" },
  grows: null,
  recognise: (node, reader) =>
    node.kind === "attribute" ? { fields: { name: node.attr }, values: { OBJECT: reader.value(node.value) } } : null,
  print: (node, printer) => `${printer.value(node.values.OBJECT, beforeDot(), "''")}.${node.fields.name}`,
};

const subscript: Structure = {
  type: "lists_item",
  category: "lists",
  label: "LISTS_ITEM",
  shape: "value",
  fields: {},
  grows: null,
  recognise(node, reader) {
    if (node.kind !== "subscript" || node.index.kind === "slice") return null;
    if (node.index.kind === "tuple" && !node.index.parens) return null;
    return { values: { LIST: reader.value(node.value), INDEX: reader.value(node.index) } };
  },
  print: (node, printer) =>
    `${printer.value(node.values.LIST, beforeIndex(), "[]")}[${printer.value(node.values.INDEX, inIndex(), "0")}]`,
};

function collection(type: string, label: string, kind: "list" | "tuple" | "set"): Structure {
  return {
    type,
    category: "lists",
    label,
    shape: "value",
    fields: {},
    grows: "items",
    recognise(node, reader) {
      if (node.kind !== kind || (node.kind === "tuple" && !node.parens)) return null;
      if (node.items.some((item) => item.kind === "star" || item.kind === "walrus")) return null;
      return {
        values: Object.fromEntries(node.items.map((item, i) => [`ADD${i}`, reader.value(item)])),
        extra: node.items.map(() => ""),
      };
    },
    print(node, printer) {
      const items = (node.extra ?? []).map((_, i) => printer.value(node.values[`ADD${i}`], inItem(), "0"));
      if (kind === "list") return `[${items.join(", ")}]`;
      if (kind === "set") return items.length === 0 ? "set()" : `{${items.join(", ")}}`;
      return items.length === 1 ? `(${items[0]},)` : `(${items.join(", ")})`;
    },
  };
}

const dict: Structure = {
  type: "dict_create",
  category: "lists",
  label: "DICT_CREATE",
  shape: "value",
  fields: {},
  grows: "pairs",
  recognise(node, reader) {
    if (node.kind !== "dict") return null;
    const values: Record<string, BlockNode> = {};
    for (const [i, { key, value }] of node.items.entries()) {
      if (key === null) return null;
      values[`KEY${i}`] = reader.value(key);
      values[`VALUE${i}`] = reader.value(value);
    }
    return { values, extra: node.items.map(() => "") };
  },
  print(node, printer) {
    const pairs = (node.extra ?? []).map(
      (_, i) =>
        `${printer.value(node.values[`KEY${i}`], inPair(), "''")}: ${printer.value(node.values[`VALUE${i}`], inPaired(), "0")}`,
    );
    return `{${pairs.join(", ")}}`;
  },
};

// a and b and c is one node of three items in the tree, but a block in a block here: a left operand of the same kind needs no brackets.
function logic(op: "and" | "or"): Structure {
  return {
    type: `logic_${op}`,
    category: "logic",
    label: op === "and" ? "LOGIC_AND" : "LOGIC_OR",
    shape: "value",
    fields: {},
    grows: null,
    recognise(node, reader) {
      if (node.kind !== "boolop" || node.op !== op) return null;
      const last = node.items[node.items.length - 1];
      const others = node.items.slice(0, -1);
      const before = others[others.length - 1];
      const left: Expr =
        others.length === 1
          ? before
          : { kind: "boolop", op, items: others, start: node.start, end: endOf(before), line: node.line };
      return { values: { A: reader.value(left), B: reader.value(last) } };
    },
    print(node, printer) {
      const { left, right } = OPERANDS[op];
      const isChain = node.values.A?.type === `logic_${op}`;
      const first = printer.value(node.values.A, isChain ? ANYTHING : left(), "True");
      return `${first} ${op} ${printer.value(node.values.B, right(), "True")}`;
    },
  };
}
const ANYTHING: readonly boolean[] = Array.from({ length: 32 }, () => true);
const endOf = (expr: Expr): number => expr.outer?.end ?? expr.end;

/** In the order they are tried, after the templates. */
export const STRUCTURES: readonly Structure[] = [
  number,
  text,
  variable,
  ifElse,
  importing,
  functionDef,
  call("function_call", "statement", false),
  call("function_value", "value", false),
  call("method_call", "statement", true),
  call("method_value", "value", true),
  subscript,
  collection("lists_create", "LISTS_CREATE", "list"),
  collection("tuple_create", "TUPLE_CREATE", "tuple"),
  collection("set_create", "SET_CREATE", "set"),
  dict,
  logic("and"),
  logic("or"),
  attribute,
  codeSuite,
  codeStatement,
  codeValue,
  comment,
];

/** Whether a text can stand in a field of this kind. */
export function isFieldText(kind: FieldKind, value: string): boolean {
  switch (kind) {
    case "name":
      return tryExpression(value)?.kind === "name" && /^\S+$/.test(value);
    case "path":
      return PATH.test(value) && tryExpression(value) !== null;
    case "number": {
      const expr = tryExpression(value);
      const literal = expr?.kind === "unary" && expr.op === "-" ? expr.operand : expr;
      return (literal?.kind === "int" || literal?.kind === "float") && /^\S+$/.test(value);
    }
    case "names":
      return !value.includes("\n") && tryExpression(`lambda ${value}: 0`) !== null;
    default:
      return true;
  }
}
