// Every block, with every choice of its menus, runs on every board that offers it: no name is missing, no argument is wrong.

import { expect, test } from "vitest";
import { boards } from "../boards/index.ts";
import { Machine } from "../boards/sim/machine.ts";
import { modelById } from "../boards/sim/models.ts";
import { makeNode, type BlockDef, type BlockNode } from "./block.ts";
import { generate } from "./generate.ts";
import { variantsOf } from "./registry.ts";
import { SETS } from "./sets/index.ts";
import { isOffered, sampleOf } from "./toolbox.ts";

/** What the samples take for granted. */
const WORLD = "class T: pass\nthing = T()\nthing.size = 1\nnumbers = [1, 2, 3]\ni = item = score = 0\n";
/** These stand in a loop or function, or wait for a key. */
const ELSEWHERE = new Set(["loops_break", "loops_continue", "function_return", "function_end", "text_input"]);

function programs(def: BlockDef): string[] {
  const sample = sampleOf(def);
  return variantsOf(def.type).map(({ choices }) => {
    const node: BlockNode = { ...sample, fields: { ...sample.fields, ...choices } };
    const statement =
      def.shape === "value" ? makeNode("variables_set", { fields: { name: "x" }, values: { value: node } }) : node;
    const { source } = generate([statement], "", { imports: true });
    return /^(from|import)/.test(source) ? source.replace("\n\n", `\n${WORLD}\n`) : WORLD + source;
  });
}

function complaint(board: string, source: string): string | null {
  const model = modelById(board);
  if (model === null) throw new Error(`no model of ${board}`);
  let output = "";
  const machine = new Machine(model, { files: { "main.py": new TextEncoder().encode(source) } });
  machine.onSerial = (bytes) => (output += new TextDecoder().decode(bytes));
  machine.reset();
  machine.runFor(200);
  const error = /Traceback[\s\S]*\n(\w+: [^\r\n]*)/.exec(output)?.[1];
  // A pin that the screen, a button or the sensors use says so; and 0 is no list.
  return error === undefined || /in \w+ mode$/.test(error) || / in 0\n$/.test(source) ? null : `${source} ${error}`;
}

test.each(boards.map(({ id }) => id))("every block that %s offers runs there", (id) => {
  const board = boards.find((other) => other.id === id)!;
  const offered = SETS.filter((def) => def.hidden !== true && !ELSEWHERE.has(def.type) && isOffered(def, board));
  expect(offered.length).toBeGreaterThan(35);
  expect(offered.flatMap((def) => programs(def).flatMap((source) => complaint(id, source) ?? []))).toEqual([]);
});
