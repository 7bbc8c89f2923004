// The drawers and what is in them for one board. Pure data: editor.ts turns it into Blockly's toolbox.

import type { BoardDescriptor } from "../boards/descriptor.ts";
import { CATEGORIES, makeNode, type ArgDef, type BlockDef, type BlockNode, type CategoryId } from "./block.ts";
import { recognise, recogniseValue } from "./recognise.ts";
import { SETS } from "./sets/index.ts";

export interface Drawer {
  readonly category: CategoryId;
  readonly nodes: readonly BlockNode[];
}

/** Blocks that grow or hold text, as programs: what is dragged out is what these are read as. */
const SAMPLES: Readonly<Partial<Record<CategoryId, readonly string[]>>> = {
  loops: [],
  logic: ["if True:\n    pass\n", "if True:\n    pass\nelse:\n    pass\n", "True and True", "True or True"],
  numbers: ["0"],
  text: ["'Hello'"],
  lists: ["[1, 2, 3]", "numbers[0]", "(1, 2)", "{'a': 1}"],
  functions: ["def do_something():\n    pass\n", "def do_something(x):\n    pass\n", "do_something()\n", "thing.name"],
  python: ["# why\n"],
};

/** Whether a board has what a block needs. */
export function isOffered(def: BlockDef, board: BoardDescriptor): boolean {
  const modules = def.needs?.modules ?? [];
  const parts = def.needs?.parts ?? [];
  const kinds = new Set(Object.values(board.parts).map(({ kind }) => kind as string));
  return modules.every((name) => board.modules.includes(name)) && parts.every((kind) => kinds.has(kind));
}

export function drawersFor(board: BoardDescriptor): Drawer[] {
  const drawers = CATEGORIES.map((category) => {
    const fromSets = SETS.filter((def) => def.category === category && def.hidden !== true && isOffered(def, board)).map(
      sampleOf,
    );
    const fromSamples = (SAMPLES[category] ?? []).map(readSample);
    const literalsFirst = category === "numbers" || category === "text" || category === "lists" || category === "logic";
    return { category, nodes: literalsFirst ? [...fromSamples, ...fromSets] : [...fromSets, ...fromSamples] };
  });
  const python = [codeBlock("python_statement", "pass"), codeBlock("python_value", "None"), codeBlock("import", "import time")];
  return drawers
    .map((drawer) => (drawer.category === "python" ? { ...drawer, nodes: [...drawer.nodes, ...python] } : drawer))
    .filter(({ nodes }) => nodes.length > 0);
}

const codeBlock = (type: string, code: string): BlockNode => makeNode(type, { fields: { code } });

function readSample(source: string): BlockNode {
  const node = source.endsWith("\n") ? recognise(source).nodes[0] : recogniseValue(source);
  if (node === null) throw new Error(`no sample: ${source}`);
  return forget(node);
}

/** A block as it lies in the toolbox, its values filled in with their shadows. */
export function sampleOf(def: BlockDef): BlockNode {
  const fields: Record<string, string> = {};
  const values: Record<string, BlockNode> = {};
  const bodies: Record<string, readonly BlockNode[]> = {};
  for (const [name, arg] of Object.entries(def.args)) {
    if (arg.kind === "value") values[name] = shadowOf(arg);
    else if (arg.kind === "body") bodies[name] = [];
    else if (arg.kind === "choice") fields[name] = arg.options[0][1];
    else fields[name] = arg.initial;
  }
  return makeNode(def.type, { fields, values, bodies });
}

const shadows = new Map<string, BlockNode>();

export function shadowOf(arg: ArgDef & { readonly kind: "value" }): BlockNode {
  let node = shadows.get(arg.shadow);
  if (node === undefined) {
    const read = recogniseValue(arg.shadow);
    if (read === null) throw new Error(`no shadow: ${arg.shadow}`);
    node = forget(read);
    shadows.set(arg.shadow, node);
  }
  return node;
}

/** The same block without a memory of its text. */
export function forget(node: BlockNode): BlockNode {
  const values = Object.entries(node.values).map(([name, value]) => [name, value === null ? null : forget(value)] as const);
  const bodies = Object.entries(node.bodies).map(([name, body]) => [name, body.map(forget)] as const);
  return { ...node, origin: null, values: Object.fromEntries(values), bodies: Object.fromEntries(bodies) };
}
