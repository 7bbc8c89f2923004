// Adds the imports that new blocks need: none that the program has in another form, and after those it has.

import type { Module } from "../interpreter/syntax.ts";
import { parseBroken } from "./repair.ts";

interface Needed {
  readonly line: string;
  readonly module: string;
  /** null: the module itself. */
  readonly name: string | null;
}

function readNeeded(line: string): Needed {
  const from = /^from (\w+) import (\S+)$/.exec(line);
  if (from !== null) return { line, module: from[1], name: from[2] };
  return { line, module: line.replace(/^import /, ""), name: null };
}

/** Whether the top level of a program gives this name already. */
function isThere(module: Module, { module: wanted, name }: Needed): boolean {
  return module.body.some((statement) => {
    if (statement.kind === "import") {
      return name === null && statement.names.some(({ path, asname }) => path.join(".") === wanted && asname === null);
    }
    if (statement.kind !== "from") return false;
    // "from microbit import *" gives music nowhere, but all that microbit has.
    if (statement.module.join(".") !== wanted || name === null) return false;
    return (
      statement.names === null || (name !== "*" && statement.names.some((given) => given.name === name && given.asname === null))
    );
  });
}

export interface WithImports {
  readonly source: string;
  /** How many lines were put in, before line `from`. */
  readonly added: number;
  readonly from: number;
}

/** `needed` are lines such as "from microbit import display" or "import music". What micro:bit programs need comes with a star. */
export function ensureImports(source: string, needed: Iterable<string>, eol: string): WithImports {
  const { module } = parseBroken(source);
  const missing = [...needed].map(readNeeded).filter((need) => !isThere(module, need));
  if (missing.length === 0) return { source, added: 0, from: 0 };
  const lines = new Set(
    missing.map(({ line, module: wanted, name }) => (wanted === "microbit" && name !== null ? "from microbit import *" : line)),
  );
  const text =
    [...lines].sort((a, b) => Number(b.startsWith("from microbit")) - Number(a.startsWith("from microbit"))).join(eol) + eol;
  const last = module.body.findLast((statement, i) => {
    const isImport = statement.kind === "import" || statement.kind === "from";
    return isImport && module.body.slice(0, i).every(isHeading);
  });
  const at = last === undefined ? afterHeading(source, module) : lineAfter(source, last.end);
  const isBefore = last === undefined && at < source.length && !/^\r?\n/.test(source.slice(at));
  const before = at > 0 && source[at - 1] !== "\n" ? eol : "";
  const insert = before + text + (isBefore ? eol : "");
  const from = source.slice(0, at).split("\n").length;
  return { source: source.slice(0, at) + insert + source.slice(at), added: insert.split("\n").length - 1, from };
}

const isHeading = (statement: Module["body"][number]): boolean =>
  statement.kind === "import" || statement.kind === "from" || (statement.kind === "expr" && statement.value.kind === "str");

/** After comments and a docstring at the very top. */
function afterHeading(source: string, module: Module): number {
  const first = module.body[0];
  if (first?.kind === "expr" && first.value.kind === "str") return lineAfter(source, first.end);
  let at = 0;
  while (source[at] === "#") at = lineAfter(source, at);
  return at;
}

function lineAfter(source: string, index: number): number {
  const end = source.indexOf("\n", index);
  return end < 0 ? source.length : end + 1;
}
