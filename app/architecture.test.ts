// Who may import whom: floors only downwards, and only through their doors. A table over the import graph of the source.
// It sees `import type`, `import()`, `export from`, type-position imports and workers loaded by URL.
import { globSync, readFileSync } from "node:fs";
import { dirname, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { parseAst } from "vite";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

/** What other floors may import of each floor; a star stands for one path segment. */
const doors: Readonly<Record<string, readonly string[]>> = {
  interpreter: ["index.ts", "host.ts", "native.ts", "syntax.ts", "mpconfig.ts"],
  boards: [
    "descriptor.ts",
    "peripheral.ts",
    "index.ts",
    "names/names.ts",
    "controls.ts",
    "describe.ts",
    "press.ts",
    "tape.ts",
    "wiring.ts",
    "wired.ts",
    "messages/*.ts",
    "*/descriptor.ts",
    "*/view.ts",
    "*/mpconfigport.ts",
    "parts/*/state.ts",
    "parts/radio/propagation.ts",
    "parts/*/view.ts",
    "sim/transport.ts",
    "sim/air.ts",
    "sim/ensemble.ts",
    "sim/protocol.ts",
    "sim/machine.ts",
    "sim/models.ts",
    "sim/reading.ts",
    "parts/led-matrix/font.ts",
    "parts/led-matrix/images.ts",
    "link/*.ts",
  ],
  blocks: ["index.ts"],
  lessons: ["index.ts"],
  app: [],
};
const floors = Object.keys(doors);

/** Rules inside floors: files that match `files` import nothing that matches `never`. */
const inner: readonly { readonly files: RegExp; readonly never: RegExp; readonly why: string }[] = [
  { files: /^boards\/parts\/.*\/view\.ts$/, never: /\/model\.ts$|^interpreter\//, why: "a view knows state, not models" },
  { files: /^boards\/parts\/.*\/model\.ts$/, never: /\/view\.ts$|^lit/, why: "a model runs in the worker, without DOM" },
  {
    files: /^app\/elements\//,
    never: /^app\/(store|controllers|pages|shell)\/|^dexie/,
    why: "elements get state, they fetch none",
  },
  { files: /^app\/store\//, never: /^app\/(elements|pages|shell|controllers)\/|^lit/, why: "the store has no face" },
];

interface Edge {
  readonly from: string;
  readonly to: string;
}

/** Every specifier that a file imports, in whatever form. */
function specifiers(file: string, code: string): string[] {
  const found: string[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (typeof node !== "object" || node === null) return;
    const { type, source, argument, arguments: args, callee } = node as Record<string, any>; // oxlint-disable-line typescript/no-explicit-any
    if (/^(Import|Export)/.test(String(type)) && source?.type === "Literal") found.push(source.value);
    if (type === "TSImportType") found.push((source ?? argument?.literal ?? argument).value);
    if (
      type === "NewExpression" &&
      callee?.name === "URL" &&
      args?.[0]?.type === "Literal" &&
      String(args[0].value).endsWith(".ts")
    ) {
      found.push(args[0].value);
    }
    Object.values(node).forEach(visit);
  };
  visit(parseAst(code, { lang: "ts" }, file));
  return found;
}

function edges(): Edge[] {
  const files = floors.flatMap((floor) => globSync(`${floor}/**/*.ts`, { cwd: root }));
  return files.flatMap((name) => {
    const from = name.replaceAll("\\", "/");
    return specifiers(from, readFileSync(root + name, "utf8")).map((to) => ({
      from,
      to: to.startsWith(".") ? posix.join(dirname(from), to) : to,
    }));
  });
}

const matches = (pattern: string, path: string) =>
  new RegExp(`^${pattern.replaceAll(".", "\\.").replaceAll("*", "[^/]+")}$`).test(path);

/** Why an import is not allowed, or null. Tests and commands are not part of what others build on, but keep to the floors too. */
function fault({ from, to }: Edge): string | null {
  const [fromFloor, toFloor] = [from, to].map((path) => floors.find((floor) => path.startsWith(`${floor}/`)));
  if (!fromFloor) return null;
  for (const rule of inner) {
    if (rule.files.test(from) && !/\.(test|wtr)\.ts$/.test(from) && rule.never.test(to))
      return `${from} imports ${to}: ${rule.why}`;
  }
  if (!toFloor || toFloor === fromFloor) return null;
  if (floors.indexOf(toFloor) > floors.indexOf(fromFloor)) return `${from} imports ${to}: a higher floor`;
  const path = to.slice(toFloor.length + 1);
  return doors[toFloor]!.some((door) => matches(door, path)) ? null : `${from} imports ${to}: not a door of ${toFloor}/`;
}

describe("architecture", () => {
  const all = edges();

  test("finds the project's files", () => {
    expect(all.filter(({ from }) => from.startsWith("app/")).length).toBeGreaterThan(5);
    expect(all.filter(({ from }) => from.startsWith("interpreter/")).length).toBeGreaterThan(3);
  });

  test("floors import only floors below, and only through doors", () => {
    expect(all.map(fault).filter((text) => text !== null)).toEqual([]);
  });

  test.each([
    ["interpreter/vm/vm.ts", "boards/descriptor.ts", "a higher floor"],
    ["app/main.ts", "interpreter/vm/vm.ts", "not a door"],
    ["boards/parts/button/view.ts", "boards/parts/button/model.ts", "a view knows state"],
  ])("would catch %s importing %s", (from, to, why) => {
    expect(fault({ from, to })).toContain(why);
  });
});
