// Blocks that grow: their parts are in `growth` (structures.ts calls it extra), and two small buttons add or remove one.

import * as Blockly from "blockly/core";
import { message } from "../messages/index.ts";
import { dataUri } from "../theme.ts";

export interface GrowingBlock extends Blockly.Block {
  growth: string[];
  /** Builds the inputs for `growth`; those that stay keep what is in them. */
  shape_(): void;
}
export const isGrowing = (block: Blockly.Block): block is GrowingBlock => "growth" in block;

export type Growth = "if" | "arguments" | "items" | "pairs";

const button = (path: string): string =>
  dataUri(
    '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24"><circle cx="12" cy="12" r="11" fill="#fff" stroke="#17201B"/>' +
      `<path d="${path}" stroke="#17201B" stroke-width="3" stroke-linecap="round"/></svg>`,
  );
const PLUS = button("M12 7v10M7 12h10");
const MINUS = button("M7 12h10");

/** Gives a block its growth: saved with it, undone with it. */
export function installGrowth(block: Blockly.Block, kind: Growth): void {
  const growing = block as GrowingBlock;
  growing.growth = [];
  growing.saveExtraState = () => ({ growth: [...growing.growth] });
  growing.loadExtraState = (state: { growth?: string[] }) => {
    growing.growth = [...(state.growth ?? [])];
    growing.shape_();
  };
  growing.shape_ = () => build(growing, kind);
  growing.shape_();
}

function build(block: GrowingBlock, kind: Growth): void {
  for (const name of ["BUTTONS", "LAST"]) if (block.getInput(name) !== null) block.removeInput(name);
  if (kind === "if") buildIf(block);
  else buildItems(block, kind);
  const buttons = block.appendDummyInput("BUTTONS");
  const field = (src: string, text: string, action: () => void): Blockly.FieldImage => {
    const image = new Blockly.FieldImage(src, 20, 20, text, action);
    image.setTooltip(text);
    return image;
  };
  buttons.appendField(field(PLUS, message("ADD_PART"), () => change(block, kind, true)));
  if (block.growth.length > 0) buttons.appendField(field(MINUS, message("REMOVE_PART"), () => change(block, kind, false)));
}

function change(block: GrowingBlock, kind: Growth, isMore: boolean): void {
  const before = JSON.stringify({ growth: block.growth });
  Blockly.Events.setGroup(true);
  if (!isMore) {
    // The else goes before the last else-if.
    block.growth = block.growth.slice(0, -1);
  } else if (kind === "if") {
    const hasElse = block.growth.includes("else");
    block.growth = hasElse ? [...block.growth.slice(0, -1), "elif", "else"] : [...block.growth, "else"];
  } else {
    block.growth = [...block.growth, ""];
  }
  block.shape_();
  if (isMore && kind !== "if") fillLast(block, kind);
  const after = JSON.stringify({ growth: block.growth });
  Blockly.Events.fire(new (Blockly.Events.get(Blockly.Events.BLOCK_CHANGE))(block, "mutation", null, before, after));
  Blockly.Events.setGroup(false);
}

/** A new place gets a number to start with. */
function fillLast(block: GrowingBlock, kind: Growth): void {
  const last = block.growth.length - 1;
  const names = kind === "pairs" ? [`KEY${last}`, `VALUE${last}`] : [kind === "arguments" ? `ARG${last}` : `ADD${last}`];
  for (const [i, name] of names.entries()) {
    const isKey = kind === "pairs" && i === 0;
    const state = isKey ? { type: "text", fields: { value: "a" } } : { type: "math_number", fields: { value: "0" } };
    block.getInput(name)?.connection?.setShadowState(state);
  }
}

function buildIf(block: GrowingBlock): void {
  const wanted: (readonly [name: string, isValue: boolean, label: string])[] = [
    ["IF0", true, message("CONTROLS_IF")],
    ["DO0", false, ""],
  ];
  let arms = 0;
  for (const part of block.growth) {
    if (part === "elif") {
      arms++;
      wanted.push([`IF${arms}`, true, message("CONTROLS_ELIF")], [`DO${arms}`, false, ""]);
    } else {
      wanted.push(["ELSE", false, message("CONTROLS_ELSE")]);
    }
  }
  keep(
    block,
    wanted.map(([name]) => name),
  );
  for (const [name, isValue, label] of wanted) {
    if (block.getInput(name) !== null) continue;
    const input = isValue ? block.appendValueInput(name) : block.appendStatementInput(name);
    if (label !== "") input.appendField(label);
  }
  order(
    block,
    wanted.map(([name]) => name),
  );
}

function buildItems(block: GrowingBlock, kind: Growth): void {
  const names = block.growth.flatMap((_, i) =>
    kind === "pairs" ? [`KEY${i}`, `VALUE${i}`] : [kind === "arguments" ? `ARG${i}` : `ADD${i}`],
  );
  keep(block, names, /^(ARG|ADD|KEY|VALUE)\d+$/);
  for (const [i, name] of names.entries()) {
    if (block.getInput(name) !== null) continue;
    const input = block.appendValueInput(name);
    const mark = kind === "arguments" ? block.growth[i] : kind === "pairs" && i % 2 === 1 ? message("DICT_PAIR") : "";
    if (mark !== "") input.appendField(mark);
  }
}

function keep(block: Blockly.Block, names: readonly string[], of = /./): void {
  const gone = block.inputList
    .map(({ name }) => name)
    .filter((name) => name !== "HEAD" && of.test(name) && !names.includes(name));
  for (const name of gone) block.removeInput(name);
}

function order(block: Blockly.Block, names: readonly string[]): void {
  for (const name of names) block.moveInputBefore(name, null);
}
