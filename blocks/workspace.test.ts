// With the real Blockly, headless: every block loads, and what is read off the workspace is what was put on it.

import * as Blockly from "blockly/core";
import * as english from "blockly/msg/en";
import * as spanish from "blockly/msg/es";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { BlockNode } from "./block.ts";
import { defineBlocks } from "./definitions.ts";
import { isGrowing } from "./fields/growth.ts";
import { generate } from "./generate.ts";
import { setMessages } from "./messages/index.ts";
import { recognise } from "./recognise.ts";
import { SETS } from "./sets/index.ts";
import { forget, sampleOf } from "./toolbox.ts";
import { blockState, carryIds, readWorkspace, stackState } from "./workspace.ts";

function put(nodes: readonly BlockNode[], idOf: (node: BlockNode) => string | undefined = () => undefined): Blockly.Workspace {
  const workspace = new Blockly.Workspace();
  const stack = stackState(nodes, idOf);
  const blocks = stack === null ? [] : [stack];
  Blockly.serialization.workspaces.load({ blocks: { languageVersion: 0, blocks } }, workspace);
  return workspace;
}

describe.each(["en", "es"] as const)("in %s", (language) => {
  beforeAll(() => {
    Blockly.setLocale((language === "es" ? spanish : english) as unknown as Record<string, string>);
    setMessages(language);
    defineBlocks("light");
  });

  test.each(SETS.map((def) => [def.type, def] as const))("%s loads and is read back", (_, def) => {
    const node = sampleOf(def);
    const workspace = new Blockly.Workspace();
    const block = Blockly.serialization.blocks.append(
      blockState(node, () => undefined, false),
      workspace,
    );
    expect(block.type).toBe(def.type);
    if (def.shape === "statement") expect(readWorkspace(workspace).nodes).toEqual([node]);
    workspace.dispose();
  });
});

const folder = join(import.meta.dirname, "../lessons/examples");
const programs = readdirSync(folder).filter((name) => name.endsWith(".py"));

describe("programs on the workspace", () => {
  test.each(programs)("%s comes back byte for byte", (name) => {
    const source = readFileSync(join(folder, name), "utf8");
    const { nodes, tail } = recognise(source);
    const workspace = put(nodes);
    const read = readWorkspace(workspace).nodes;
    expect(read).toEqual(nodes);
    expect(generate(read, tail).source).toBe(source);
    workspace.dispose();
  });

  test("growing blocks grow, and shrink, and are undone", () => {
    const workspace = put(recognise("if a:\n    b()\nelse:\n    c()\nd(1)\n").nodes);
    const [block] = workspace.getTopBlocks(true);
    if (!isGrowing(block)) throw new Error("does not grow");
    block.growth = ["elif", "else"];
    block.shape_();
    const read = readWorkspace(workspace).nodes;
    expect(generate(read.map(forget)).source).toBe("if a:\n    b()\nelif False:\n    pass\nelse:\n    c()\nd(1)\n");
    workspace.dispose();
  });

  test("ids stay with the blocks that stay", () => {
    const before = recognise("a = 1\nb = 2\nc = 3\n").nodes;
    const ids = new Map(before.map((node, i) => [node, `id${i}`]));
    const after = recognise("a = 1\nnew()\nb = 2\nc = 4\n").nodes;
    const carried = new Map<BlockNode, string>();
    carryIds(before, after, ids, carried);
    expect(carried.get(after[0])).toBe("id0");
    const workspace = put(after, (node) => carried.get(node));
    expect(workspace.getBlockById("id0")?.type).toBe("variables_set");
    workspace.dispose();
  });
});
