// The whole-program tests: every .py file in the folders beside this one, and where its expected output stands.
import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));

export interface Program {
  /** "basics/closure.py" */
  readonly name: string;
  readonly file: string;
  /** What real MicroPython prints. */
  readonly expected: string;
}

/** A program whose output is known to differ from real MicroPython's. */
export interface Difference extends Program {
  /** What ours prints. */
  readonly ours: string;
}

function find(pattern: string): Program[] {
  const folder = fileURLToPath(new URL(".", import.meta.url));
  return globSync(pattern, { cwd: folder })
    .map((name) => name.replaceAll("\\", "/"))
    .sort()
    .map((name) => ({ name, file: folder + name, expected: `${folder}${name}.exp` }));
}

export function programs(): Program[] {
  return find("*/*.py").filter(({ name }) => !name.startsWith("differences/"));
}

export function differences(): Difference[] {
  return find("differences/*.py").map((program) => ({ ...program, ours: `${program.file}.out` }));
}
