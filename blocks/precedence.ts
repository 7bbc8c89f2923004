// Which expression may stand where without brackets. Nothing is tabulated by hand: a hole is tried with one sample of each kind
// of expression, and the parser says whether the sample survived.

import { parse, PySyntaxError, type Expr, type Module, type SyntaxFeatures } from "../interpreter/syntax.ts";

/** Everything the newest board understands; what an older one lacks is its own interpreter's to say. */
export const ALL_FEATURES: SyntaxFeatures = {
  fstrings: true,
  asyncAwait: true,
  assignExpr: true,
  numericUnderscore: true,
  annotations: true,
};

// One sample per level, loosest first. The names cannot be typed: the lexer takes any high character for a letter.
const A = "\uE010";
const B = "\uE011";
const SAMPLES: readonly string[] = [
  `yield ${A}`,
  `${A}, ${B}`,
  `${A} := ${B}`,
  `lambda: ${A}`,
  `${A} if ${A} else ${B}`,
  `${A} or ${B}`,
  `${A} and ${B}`,
  `not ${A}`,
  `${A} < ${B}`,
  `${A} | ${B}`,
  `${A} ^ ${B}`,
  `${A} & ${B}`,
  `${A} << ${B}`,
  `${A} - ${B}`,
  `${A} * ${B}`,
  `-${A}`,
  `${A} ** ${B}`,
  `await ${A}`,
  "1",
  `${A}.x`,
  A,
];

/** The level of an expression: an index into SAMPLES. */
export function levelOf(expr: Expr): number {
  switch (expr.kind) {
    case "yield":
    case "yieldfrom":
    case "star":
      return 0;
    case "tuple":
      return expr.parens ? 20 : 1;
    case "walrus":
      return 2;
    case "lambda":
      return 3;
    case "conditional":
      return 4;
    case "boolop":
      return expr.op === "or" ? 5 : 6;
    case "compare":
      return 8;
    case "unary":
      return expr.op === "not" ? 7 : 15;
    case "binary":
      return BINARY_LEVELS[expr.op];
    case "await":
      return 17;
    case "int":
    case "float":
    case "imag":
      return 18;
    case "call":
    case "attribute":
    case "subscript":
      return 19;
    default:
      return 20;
  }
}
const BINARY_LEVELS: Readonly<Record<string, number>> = {
  "|": 9,
  "^": 10,
  "&": 11,
  "<<": 12,
  ">>": 12,
  "+": 13,
  "-": 13,
  "*": 14,
  "/": 14,
  "//": 14,
  "%": 14,
  "@": 14,
  "**": 16,
};

export function tryParse(source: string, kind: "file" | "eval" = "file"): Module | null {
  try {
    return parse(source, kind, ALL_FEATURES);
  } catch (error) {
    if (error instanceof PySyntaxError) return null;
    throw error;
  }
}

/** The expression that a text is, or null. */
export function tryExpression(text: string): Expr | null {
  const statement = tryParse(text, "eval")?.body[0];
  return statement?.kind === "expr" ? statement.value : null;
}

/** Whether somewhere in a tree there is an expression with exactly this span. */
function hasExpression(value: unknown, start: number, end: number): boolean {
  if (value === null || typeof value !== "object" || value instanceof Uint8Array) return false;
  if (Array.isArray(value)) return value.some((item) => hasExpression(item, start, end));
  const node = value as { start?: number; end?: number; kind?: string };
  if (node.kind !== "expr" && node.start === start && node.end === end) return true;
  if (node.start !== undefined && node.end !== undefined && (node.end < start || node.start > end)) return false;
  for (const key in value) {
    if (key !== "outer" && key !== "trivia" && hasExpression((value as Record<string, unknown>)[key], start, end)) return true;
  }
  return false;
}

/** For each level whether it may stand between `before` and `after` as it is. */
export function allowedLevels(before: string, after: string): readonly boolean[] {
  return SAMPLES.map((sample) => {
    const module = tryParse(before + sample + after);
    return module !== null && hasExpression(module.body, before.length, before.length + sample.length);
  });
}
