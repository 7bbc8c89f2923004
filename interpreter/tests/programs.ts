// The whole-program tests: every .py file in the folders beside this one, and where its expected output stands.
import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));

export interface Program {
  /** "basics/closure.py" */
  readonly name: string;
  readonly file: string;
  readonly expected: string;
}

export function programs(): Program[] {
  const folder = fileURLToPath(new URL(".", import.meta.url));
  return globSync("*/*.py", { cwd: folder })
    .map((name) => name.replaceAll("\\", "/"))
    .sort()
    .map((name) => ({ name, file: folder + name, expected: `${folder}${name}.exp` }));
}
