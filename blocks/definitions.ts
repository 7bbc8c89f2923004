// Tells Blockly what every block looks like, in the language chosen last. The only place where records become Blockly blocks.

import * as Blockly from "blockly/core";
import type { ArgDef, BlockDef, CategoryId } from "./block.ts";
import { FieldCode } from "./fields/code.ts";
import { installGrowth } from "./fields/growth.ts";
import { FieldLeds } from "./fields/leds.ts";
import { FieldLine } from "./fields/line.ts";
import { FieldName } from "./fields/name.ts";
import { CATEGORY_KEYS, label, message, type MessageKey } from "./messages/index.ts";
import { SETS } from "./sets/index.ts";
import { STRUCTURES, type FieldKind, type Structure } from "./structures.ts";
import { dataUri, iconOf, PALETTES, type BlocksTheme } from "./theme.ts";

let areFieldsKnown = false;
let iconColour = "#FFFFFF";

/** Defines all blocks; a second call redefines them for blocks made from then on. */
export function defineBlocks(theme: BlocksTheme): void {
  if (!areFieldsKnown) {
    Blockly.fieldRegistry.register("by_leds", FieldLeds);
    Blockly.fieldRegistry.register("by_code", FieldCode);
    Blockly.fieldRegistry.register("by_name", FieldName);
    Blockly.fieldRegistry.register("by_line", FieldLine);
    areFieldsKnown = true;
  }
  iconColour = PALETTES[theme].blockText;
  for (const def of SETS) Blockly.Blocks[def.type] = { init: initTemplate(def) };
  for (const structure of STRUCTURES) Blockly.Blocks[structure.type] = { init: initStructure(structure) };
}

type Arg = Record<string, unknown>;

/** "scroll %text" to Blockly's "scroll %1" with its arguments in the order of the text. */
function face(text: string, argOf: (name: string) => Arg | null): { message0: string; args0: Arg[] } {
  const args0: Arg[] = [];
  const message0 = text.replace(/%(\w+)/g, (whole, name: string) => {
    const arg = argOf(name);
    if (arg === null) return whole;
    args0.push(arg);
    // A body begins a new row.
    return arg.type === "input_statement" ? `\n%${args0.length}` : `%${args0.length}`;
  });
  return { message0, args0 };
}

function withIcon(json: { message0: string; args0: Arg[] }, category: CategoryId): { message0: string; args0: Arg[] } {
  const icon = {
    type: "field_image",
    src: dataUri(iconOf(category, iconColour)),
    width: 20,
    height: 20,
    alt: message(CATEGORY_KEYS[category]),
  };
  const shifted = json.message0.replace(/%(\d+)/g, (_, n: string) => `%${Number(n) + 1}`);
  return { message0: `%1 ${shifted}`, args0: [icon, ...json.args0] };
}

function initTemplate(def: BlockDef): (this: Blockly.Block) => void {
  return function init(this: Blockly.Block): void {
    const json = face(message(def.label as MessageKey), (name) =>
      def.args[name] === undefined ? null : templateArg(name, def.args[name]),
    );
    finish(this, def.shape === "value" ? json : withIcon(json, def.category), def.shape, def.category);
    if (Object.values(def.args).some(({ kind }) => kind === "body")) this.setInputsInline(true);
  };
}

function templateArg(name: string, arg: ArgDef): Arg {
  switch (arg.kind) {
    case "value":
      return { type: "input_value", name };
    case "body":
      return { type: "input_statement", name };
    case "choice":
      return { type: "field_dropdown", name, options: arg.options.map(([text, python]) => [label(text), python]) };
    case "name":
      return { type: "by_name", name, variable: arg.initial };
    case "text":
      return { type: "by_line", name, text: arg.initial, takes: "text" };
    case "number":
      return { type: "by_line", name, text: arg.initial, takes: "number" };
    case "leds":
      return { type: "by_leds", name, leds: arg.initial };
  }
}

const INITIAL: Readonly<Record<FieldKind, string>> = {
  name: "x",
  names: "",
  path: "f",
  text: "",
  number: "0",
  code: "pass",
  comment: "",
};

function structureArg(structure: Structure, name: string): Arg {
  const kind = structure.fields[name];
  if (kind === undefined) return { type: name === "do" ? "input_statement" : "input_value", name };
  if (kind === "code") return { type: "by_code", name, code: INITIAL.code };
  if (kind === "name" && structure.type === "variables_get") return { type: "by_name", name, variable: INITIAL.name };
  return { type: "by_line", name, text: INITIAL[kind], takes: kind };
}

function initStructure(structure: Structure): (this: Blockly.Block) => void {
  return function init(this: Blockly.Block): void {
    if (structure.type === "controls_if") {
      finish(this, { message0: "", args0: [] }, structure.shape, structure.category);
    } else {
      const json = face(message(structure.label as MessageKey), (name) => structureArg(structure, name));
      const isLiteral = structure.shape === "value" || structure.category === "python";
      finish(this, isLiteral ? json : withIcon(json, structure.category), structure.shape, structure.category);
    }
    if (structure.grows !== null) installGrowth(this, structure.grows);
    if (structure.type === "controls_if") {
      this.getInput("IF0")?.insertFieldAt(
        0,
        new Blockly.FieldImage(dataUri(iconOf("logic", iconColour)), 20, 20, message("CATEGORY_LOGIC")),
      );
      this.setInputsInline(true);
    }
  };
}

function finish(
  block: Blockly.Block,
  json: { message0: string; args0: Arg[] },
  shape: "statement" | "value",
  category: CategoryId,
): void {
  const connections = shape === "value" ? { output: null } : { previousStatement: null, nextStatement: null };
  const filled = json.message0 === "" ? {} : { message0: json.message0, args0: json.args0 };
  block.jsonInit({ ...filled, ...connections, inputsInline: true });
  block.setStyle(`${category}_blocks`);
}
