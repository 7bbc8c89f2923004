// The power module's behaviour on a whole micro:bit V2 (microbit-micropython docs, "Power management"; KL27 and nRF52833 stay supplied).
import { expect, test } from "vitest";
import { Bench } from "../../sim/bench.ts";
import type { LedMatrixState } from "../led-matrix/state.ts";
import type { PowerState } from "./state.ts";

const mode = (bench: Bench) => bench.state<PowerState>("power").mode;

test("deep sleep ends with its time or its button, and the display is dark meanwhile", () => {
  const main = `from microbit import *
import power
display.show(Image.HEART)
power.deep_sleep(ms=1000)
print('time', running_time() // 100)
power.deep_sleep(wake_on=button_a)
print('button')
`;
  const bench = new Bench("microbit-v2", main, {});
  bench.run(500);
  expect([mode(bench), bench.state<LedMatrixState>("display").on]).toEqual(["asleep", false]);
  expect(bench.run(700)).toMatch(/^time 1\d\n$/);
  expect(bench.run(5000)).toBe("");
  bench.give("buttonA", "press");
  expect(bench.run(300)).toMatch(/^button\n/);
  expect([mode(bench), bench.state<LedMatrixState>("display").on]).toEqual(["on", true]);
});

test("off is off until the reset button or USB power", () => {
  const bench = new Bench("microbit-v2", "import power\nprint('begin')\npower.off()\nprint('never')\n", {});
  expect(bench.run(3000)).toBe("begin\n");
  expect(mode(bench)).toBe("off");
  bench.give("buttonA", "press");
  expect(bench.run(1000)).toBe("");
  bench.machine.reset();
  expect(mode(bench)).toBe("on");
  expect(bench.run(1000)).toBe("begin\n");
});

test("a board that is off has nothing to do", () => {
  const bench = new Bench("microbit-v2", "import power\npower.off()\n", {});
  bench.run(1000);
  expect(bench.machine.nextEvent).toBe(Infinity);
});
