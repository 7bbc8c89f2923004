import { describe, expect, test } from "vitest";
import { boardById } from "./index.ts";
import { knownInput, optionOf, pinsFor, readWiring, type WiredKind, wiredKinds } from "./wiring.ts";

const v2 = boardById("microbit-v2")!;
const lamp = { kind: "led-5mm", pins: { anode: "P1" } };

describe("a stranger's wiring", () => {
  test.each([
    ["what is no part", { lamp: 5 }, "kind"],
    ["a kind that there is not", { lamp: { kind: "laser", pins: {} } }, "kind"],
    ["a kind of JavaScript's own", { lamp: { kind: "toString", pins: {} } }, "kind"],
    ["a name that the board has", { buttonA: lamp }, "name"],
    ["a name that is none", { "<b>": lamp }, "name"],
    ["no pin", { lamp: { kind: "led-5mm" } }, "pin"],
    ["a pin that the board has not", { lamp: { ...lamp, pins: { anode: "P99" } } }, "pin"],
    ["a pin without what the lead needs", { knob: { kind: "potentiometer", pins: { wiper: "P8" } } }, "pin"],
    ["an option that there is not", { lamp: { ...lamp, options: { watts: 5 } } }, "option"],
    ["an option beyond its limits", { lamp: { ...lamp, options: { ohms: 1 } } }, "option"],
    ["a word that is no choice", { lamp: { ...lamp, options: { colour: "mauve" } } }, "option"],
  ])("%s is refused", (_, value, fault) => {
    expect(readWiring(value, v2)).toEqual({ wiring: {}, faults: [{ name: Object.keys(value)[0], fault }] });
  });

  test("what is right is kept, and nothing more", () => {
    const value = { lamp: { ...lamp, extra: 1, options: { colour: "blue" } }, x: null };
    expect(readWiring(value, v2)).toEqual({
      wiring: { lamp: { kind: "led-5mm", pins: { anode: "P1" }, options: { colour: "blue" } } },
      faults: [{ name: "x", fault: "kind" }],
    });
  });

  test.each([null, 5, "x", []])("%j is no wiring", (value) => expect(readWiring(value, v2)).toEqual({ wiring: {}, faults: [] }));
});

test.each(Object.keys(wiredKinds) as WiredKind[])("a %s finds pins for each of its leads on each board", (kind) => {
  for (const board of ["microbit-v1", "microbit-v2", "pyboard-v1.1"])
    for (const lead of Object.keys(wiredKinds[kind].leads))
      expect(pinsFor(kind, lead, boardById(board)!).length).toBeGreaterThan(1);
});

test("an option that is not set has its usual value", () => {
  expect(optionOf({ kind: "led-5mm", pins: {} }, "ohms")).toBe(220);
  expect(optionOf({ kind: "led-5mm", pins: {}, options: { ohms: 330 } }, "ohms")).toBe(330);
});

test.each([
  ["push-button", "press", "press"],
  ["push-button", { press: 1 }, undefined],
  ["tmp36", { celsius: 20, more: 1 }, { celsius: 20 }],
  ["tmp36", { celsius: 1000 }, undefined],
  ["tmp36", "press", undefined],
  ["slide-switch", { on: true }, { on: true }],
  ["pir", "motion", "motion"],
  ["uart-peer", { send: "hi" }, { send: "hi" }],
  ["led-5mm", { light: 1 }, undefined],
] as const)("a %s that is told %j knows %j", (kind, event, known) => expect(knownInput(kind, event)).toEqual(known));
