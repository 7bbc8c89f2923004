import { describe, expect, test } from "vitest";
import { boards, microbitV1, microbitV2, pyboardV11 } from "../boards/index.ts";
import type { BoardDescriptor } from "../boards/descriptor.ts";
import type { BlockNode } from "./block.ts";
import { generate } from "./generate.ts";
import { recognise } from "./recognise.ts";
import { drawersFor } from "./toolbox.ts";

const typesOn = (board: BoardDescriptor): Set<string> =>
  new Set(drawersFor(board).flatMap(({ nodes }) => nodes.map(({ type }) => type)));

describe("the toolbox", () => {
  test("follows the board's parts and modules", () => {
    const v2 = typesOn(microbitV2);
    const v1 = typesOn(microbitV1);
    const pyboard = typesOn(pyboardV11);
    expect([...v2].filter((type) => !v1.has(type)).sort()).toEqual(["microbit_logo", "microbit_sound_level"]);
    expect([...v1].filter((type) => !v2.has(type))).toEqual([]);
    for (const type of ["pyb_led_switch", "pyb_switch", "pyb_delay", "pyb_pin_write"]) {
      expect(pyboard.has(type), type).toBe(true);
      expect(v2.has(type), type).toBe(false);
    }
    expect([...pyboard].filter((type) => /^(microbit|music|radio)_/.test(type))).toEqual([]);
  });

  test("offers about sixty blocks on a micro:bit", () => {
    expect(drawersFor(microbitV2).flatMap(({ nodes }) => nodes).length).toBeGreaterThanOrEqual(60);
  });

  test.each(boards.map((board) => [board.id, board] as const))("what is dragged out on %s is a program", (_, board) => {
    for (const { nodes } of drawersFor(board)) {
      for (const node of nodes) {
        const values = generate([{ ...node, origin: null } satisfies BlockNode], "", { imports: true });
        expect(recognise(values.source).errors, values.source).toEqual([]);
      }
    }
  });
});
