import { expect, test } from "vitest";
import { Bench, wired } from "../../sim/bench.ts";
import type { RgbLedState } from "./state.ts";

const pins = { red: "P0", green: "P1", blue: "P2" };
const main = `from microbit import *
pin0.write_digital(1)
pin1.write_analog(512)
pin2.write_digital(0)
`;
const light = (options?: Readonly<Record<string, string>>) => {
  const bench = new Bench("microbit-v2", main, wired("rgb-led", pins, options));
  bench.run(100);
  const { red, green, blue } = bench.state<RgbLedState>("it");
  return [red, green, blue].map((value) => Math.round(value * 100));
};

test("with a common cathode a high pin lights, and PWM mixes", () => expect(light()).toEqual([100, 50, 0]));
test("with a common anode it is the other way round", () => expect(light({ common: "anode" })).toEqual([0, 50, 100]));
