// Between a program's blocks (BlockNode) and Blockly's: its saved form one way, the blocks on the workspace the other.

import * as Blockly from "blockly/core";
import { fingerprint, makeNode, type BlockNode, type Origin } from "./block.ts";
import { isGrowing } from "./fields/growth.ts";
import { DEFS, STRUCTURE_OF } from "./registry.ts";
import { recogniseValue } from "./recognise.ts";
import { forget, shadowOf } from "./toolbox.ts";

type State = Blockly.serialization.blocks.State;
type ConnectionState = Blockly.serialization.blocks.ConnectionState;

/** Gives each block an id. */
export type NameBlock = (node: BlockNode) => string | undefined;

/** A literal standing in a place of its own is a shadow: another block dropped there takes its place. */
const LITERALS: ReadonlySet<string> = new Set(["math_number", "text", "logic_boolean", "variables_get", "microbit_image"]);

/** A chain of statements as Blockly saves it. */
export function stackState(nodes: readonly BlockNode[], idOf: NameBlock): State | null {
  let next: State | null = null;
  for (let i = nodes.length - 1; i >= 0; i--) {
    const state = blockState(nodes[i], idOf, false);
    if (next !== null) state.next = { block: next };
    next = state;
  }
  return next;
}

export function blockState(node: BlockNode, idOf: NameBlock, isShadow: boolean): State {
  const inputs: Record<string, ConnectionState> = {};
  for (const [name, value] of Object.entries(node.values)) {
    const shadow = defaultShadow(node, name);
    if (value === null) {
      if (shadow !== null) inputs[name] = { shadow: blockState(shadow, () => undefined, true) };
      continue;
    }
    const state = blockState(value, idOf, isShadow);
    if (isShadow || LITERALS.has(value.type)) inputs[name] = { shadow: state };
    else inputs[name] = shadow === null ? { block: state } : { shadow: blockState(shadow, () => undefined, true), block: state };
  }
  for (const [name, body] of Object.entries(node.bodies)) {
    const stack = stackState(body, idOf);
    if (stack !== null) inputs[name] = { block: stack };
  }
  const state: State = { type: node.type, fields: { ...node.fields }, inputs };
  const id = idOf(node);
  if (id !== undefined) state.id = id;
  if (node.origin !== null) state.data = JSON.stringify(node.origin);
  if (node.extra !== null) state.extraState = { growth: [...node.extra] };
  return state;
}

const ZERO = makeNode("math_number", { fields: { value: "0" } });

/** What comes back when a block is dragged out of a place. */
function defaultShadow(node: BlockNode, name: string): BlockNode | null {
  const arg = DEFS.get(node.type)?.args[name];
  if (arg?.kind === "value") return shadowOf(arg);
  if (/^IF\d+$/.test(name) || node.type === "logic_and" || node.type === "logic_or") return TRUE();
  return /^(ARG|ADD|KEY|VALUE)\d+$|^INDEX$/.test(name) ? ZERO : null;
}
let truth: BlockNode | null = null;
function TRUE(): BlockNode {
  truth ??= forget(recogniseValue("True") ?? ZERO);
  return truth;
}

/** All statements on a workspace from top to bottom, and which Blockly block each is. Values that lie loose are no program. */
export function readWorkspace(workspace: Blockly.Workspace): { nodes: BlockNode[]; idOf: Map<BlockNode, string> } {
  const idOf = new Map<BlockNode, string>();
  const nodes = workspace
    .getTopBlocks(true)
    .filter((block) => block.outputConnection === null)
    .flatMap((block) => readStack(block, idOf));
  return { nodes, idOf };
}

function readStack(first: Blockly.Block | null, idOf: Map<BlockNode, string>): BlockNode[] {
  const nodes: BlockNode[] = [];
  for (let block = first; block !== null; block = block.getNextBlock()) {
    if (!block.isInsertionMarker()) nodes.push(readBlock(block, idOf));
  }
  return nodes;
}

function readBlock(block: Blockly.Block, idOf: Map<BlockNode, string>): BlockNode {
  const fields: Record<string, string> = {};
  const values: Record<string, BlockNode | null> = {};
  const bodies: Record<string, readonly BlockNode[]> = {};
  for (const input of block.inputList) {
    for (const field of input.fieldRow)
      if (field.name !== undefined && field.name !== "") fields[field.name] = String(field.getValue());
    const target = input.connection?.targetBlock() ?? null;
    const real = target?.isInsertionMarker() === true ? null : target;
    if (input.type === Blockly.inputs.inputTypes.VALUE) values[input.name] = real === null ? null : readBlock(real, idOf);
    else if (input.type === Blockly.inputs.inputTypes.STATEMENT) bodies[input.name] = readStack(real, idOf);
  }
  const node = makeNode(block.type, {
    fields,
    values,
    bodies,
    extra: STRUCTURE_OF.get(block.type)?.grows != null && isGrowing(block) ? [...block.growth] : null,
    origin: readOrigin(block.data),
  });
  idOf.set(node, block.id);
  return node;
}

// A block copied from another program may carry anything as its data.
function readOrigin(data: string | null): Origin | null {
  if (data === null || data === "") return null;
  try {
    const origin = JSON.parse(data) as Partial<Origin> | null;
    const isWhole =
      typeof origin?.key === "string" &&
      typeof origin.text === "string" &&
      Array.isArray(origin.heads) &&
      Array.isArray(origin.units);
    return isWhole ? (origin as Origin) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Finds the blocks of an earlier program in a later one, so that they keep their ids: focus and selection survive. */
export function carryIds(
  before: readonly BlockNode[],
  after: readonly BlockNode[],
  idOf: ReadonlyMap<BlockNode, string>,
  ids: Map<BlockNode, string>,
): void {
  let head = 0;
  const isSame = (a: BlockNode, b: BlockNode): boolean => fingerprint(a, true) === fingerprint(b, true);
  while (head < before.length && head < after.length && isSame(before[head], after[head])) head++;
  let tail = 0;
  const most = Math.min(before.length, after.length) - head;
  while (tail < most && isSame(before[before.length - 1 - tail], after[after.length - 1 - tail])) tail++;
  for (let i = 0; i < head; i++) carryOne(before[i], after[i], idOf, ids);
  for (let i = 1; i <= tail; i++) carryOne(before[before.length - i], after[after.length - i], idOf, ids);
  for (let i = head; i < Math.min(before.length, after.length) - tail; i++) {
    if (before[i].type === after[i].type) carryOne(before[i], after[i], idOf, ids);
  }
}

function carryOne(before: BlockNode, after: BlockNode, idOf: ReadonlyMap<BlockNode, string>, ids: Map<BlockNode, string>): void {
  const id = idOf.get(before);
  if (id !== undefined) ids.set(after, id);
  for (const [name, value] of Object.entries(after.values)) {
    const old = before.values[name];
    if (value !== null && old !== null && old !== undefined && old.type === value.type) carryOne(old, value, idOf, ids);
  }
  for (const [name, body] of Object.entries(after.bodies)) carryIds(before.bodies[name] ?? [], body, idOf, ids);
}
