import { expect, test } from "vitest";
import { Net, Terminal } from "../../net.ts";
import { Bench, wired } from "../../sim/bench.ts";
import { SimClock } from "../../sim/clock.ts";
import { SlideSwitch } from "./model.ts";

test("gives the pin a level at either end, without any pull", () => {
  const main =
    "from microbit import *\npin8.set_pull(pin8.NO_PULL)\nwhile True:\n    print(pin8.read_digital(), end='')\n    sleep(50)\n";
  const bench = new Bench("microbit-v2", main, wired("slide-switch", { signal: "P8" }));
  expect(bench.run(200)).toMatch(/^0+$/);
  bench.give("it", { on: true });
  expect(bench.run(200).slice(1)).toMatch(/^1+$/);
});

// C&K OS series: "Contact timing: non-shorting".
test("breaks before it makes", () => {
  const clock = new SimClock();
  const net = new Net(clock);
  const pullUp = new Terminal(net);
  pullUp.set({ volts: 3.3, ohms: 40_000 });
  const part = new SlideSwitch({ signal: net }, clock);
  expect(net.volts()).toBeCloseTo(0, 3);
  part.input({ on: true });
  expect(net.volts(1000)).toBe(null);
  clock.moveTo(5e6);
  expect(net.volts(1000)).toBeCloseTo(3.3);
  expect(() => part.input({} as never)).toThrow();
});
