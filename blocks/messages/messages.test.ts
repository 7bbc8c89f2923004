// Every block and menu has its words in every language, with the same places for its arguments.

import { describe, expect, test } from "vitest";
import * as english from "blockly/msg/en";
import { SETS } from "../sets/index.ts";
import { STRUCTURES } from "../structures.ts";
import { blocklyEs } from "./blockly.es.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";

const holes = (text: string): string[] => [...text.matchAll(/%(\w+)/g)].map(([, name]) => name).sort();

describe("messages", () => {
  test("are the same keys with the same places in both languages", () => {
    expect(Object.keys(es).sort()).toEqual(Object.keys(en).sort());
    for (const key of Object.keys(en) as (keyof typeof en)[]) {
      expect(holes(es[key]), key).toEqual(holes(en[key]));
      expect(es[key].length, key).toBeGreaterThan(0);
    }
  });

  test("name every argument of every block once", () => {
    const texts = en as Readonly<Record<string, string>>;
    for (const def of SETS) {
      expect(texts[def.label], def.label).toBeDefined();
      expect(holes(texts[def.label]), def.type).toEqual(Object.keys(def.args).sort());
      for (const arg of Object.values(def.args)) {
        if (arg.kind !== "choice") continue;
        for (const [label] of arg.options) if (/^[A-Z]+_/.test(label)) expect(texts[label], label).toBeDefined();
      }
    }
    for (const structure of STRUCTURES) expect(texts[structure.label], structure.label).toBeDefined();
  });

  test("what Blockly has only in English is known to it, and says the same arguments", () => {
    const texts = english as unknown as Readonly<Record<string, string>>;
    for (const [key, text] of Object.entries(blocklyEs)) expect(holes(text), key).toEqual(holes(texts[key] ?? "%unknown"));
  });

  test("there are at least sixty blocks", () => expect(SETS.length + STRUCTURES.length).toBeGreaterThan(60));
});
