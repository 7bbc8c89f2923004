// What a program is written with: the one thing a check may ask that is not behaviour. Names of statements, or dotted calls.

import { parse, PySyntaxError, type SyntaxFeatures } from "../interpreter/syntax.ts";
import type { Failure, SourceExpectation } from "./lesson.ts";

const FEATURES: SyntaxFeatures = {
  fstrings: true,
  asyncAwait: true,
  assignExpr: true,
  numericUnderscore: true,
  annotations: true,
};

export function judgeSource(expectation: SourceExpectation, source: string): Failure | null {
  const { uses, avoids, atLeast = 1 } = expectation;
  if (uses !== undefined && count(source, uses) < atLeast) return { kind: "uses", expected: uses };
  if (avoids !== undefined && count(source, avoids) > 0) return { kind: "avoids", expected: avoids };
  return null;
}

/** How often a statement ("while"), an operator ("and") or a call ("random.randint") is in a program; 0 when it does not parse. */
export function count(source: string, what: string): number {
  try {
    return countIn(parse(source, "file", FEATURES).body, what, source);
  } catch (error) {
    if (error instanceof PySyntaxError) return 0;
    throw error;
  }
}

function countIn(value: unknown, what: string, source: string): number {
  if (value === null || typeof value !== "object" || value instanceof Uint8Array) return 0;
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + countIn(item, what, source), 0);
  const node = value as Record<string, unknown>;
  let sum = 0;
  if (node.kind === what || node.op === what) sum++;
  if (node.kind === "call") {
    const { start, end } = node.func as { start: number; end: number };
    if (source.slice(start, end) === what) sum++;
  }
  for (const [key, child] of Object.entries(node)) if (key !== "outer") sum += countIn(child, what, source);
  return sum;
}
