// What a board knows by name, asked of the simulated board itself: dir() of every module that any board has, and of what is in it.
// Its text is table.ts; names.test.ts asks again and compares, so that it cannot drift, and writes it with `npm run vitest -- -u`.
import type { BoardDescriptor } from "../descriptor.ts";
import { boards } from "../index.ts";
import { LoopbackTransport } from "../link/loopback.ts";
import { openSession } from "../link/session.ts";
import { Machine } from "../sim/machine.ts";
import { modelById } from "../sim/models.ts";
import type { NameTable } from "./names.ts";

// Importing these shows something.
const easterEggs = ["this", "love", "antigravity"];

/** Modules that a board or its interpreter may have, of all boards. */
function candidates(): readonly string[] {
  const names = new Set(["builtins"]);
  for (const { id, modules } of boards) {
    for (const name of modules) names.add(name);
    for (const name of modelById(id)!.config.modules ?? []) names.add(name).add(name.replace(/^u/, ""));
  }
  return [...names].sort();
}

// One module for each run, for a heap of 10 kB. What holds only values, as a number does, is not asked further.
const program = (name: string) => `
try:
    import ${name} as m
except ImportError:
    m = None
if m is not None:
    print('=', *dir(m))
    for n in dir(m):
        o = getattr(m, n)
        if n[0] != '_' and type(o) not in (int, str, float, tuple, list, dict, type(m)):
            print(n, *dir(o))
`;

export async function namesOf(board: BoardDescriptor): Promise<Record<string, string>> {
  const machine = new Machine(modelById(board.id)!, { files: {} });
  machine.reset();
  machine.runFor(1000);
  const session = openSession(board, new LoopbackTransport(machine));
  const found: Record<string, string> = {};
  let output = "";
  session.onOutput = (text) => (output += text);
  await session.open();
  for (const module of candidates()) {
    if (easterEggs.includes(module)) {
      if (board.modules.includes(module)) found[module] = "";
      continue;
    }
    output = "";
    const { error } = await session.run(program(module));
    if (error !== "") throw new Error(`${board.id}: ${module}: ${error}`);
    for (const line of output.split("\r\n")) {
      const [owner, ...names] = line.split(" ");
      const plain = names.filter((name) => !name.startsWith("_")).sort();
      if (owner === "=") found[module] = plain.join(" ");
      else if (owner !== ">>>" && plain.length > 0) found[`${module}.${owner}`] = plain.join(" ");
    }
  }
  await session.close();
  return found;
}

export async function askAll(): Promise<NameTable> {
  const table: Record<string, Record<string, string>> = {};
  for (const board of boards) table[board.id] = await namesOf(board);
  return table;
}

/** The table as a module: what is the same in several places is written once. */
export function printTable(table: NameTable): string {
  const places = Object.values(table).flatMap((board) => Object.values(board));
  const lists = [...new Set(places)].sort();
  const index = new Map(lists.map((list, i) => [list, i]));
  const rows = Object.entries(table).map(([board, entries]) => {
    const cells = Object.entries(entries).map(([place, list]) => `${place} ${index.get(list)}`);
    return `  ${JSON.stringify(board)}:\n    ${JSON.stringify(cells.join(","))},`;
  });
  return [
    "// Made from the simulated boards by ask.ts, not by hand: lists of names, and which of them each module or thing of a board has.",
    `export const lists: readonly string[] = ${JSON.stringify(lists, null, 2)};`,
    "export const places: Readonly<Record<string, string>> = {",
    ...rows,
    "};",
    "",
  ].join("\n");
}
