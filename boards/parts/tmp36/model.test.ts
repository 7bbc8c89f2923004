import { expect, test } from "vitest";
import { Net } from "../../net.ts";
import { Bench, wired } from "../../sim/bench.ts";
import { SimClock } from "../../sim/clock.ts";
import { Tmp36 } from "./model.ts";

// TMP35/TMP36/TMP37 rev. H, table 4: output voltage at 25 degrees 750 mV, 10 mV per degree; table 1: -40 to 125 degrees.
test.each([
  [25, 0.75],
  [0, 0.5],
  [-40, 0.1],
  [125, 1.75],
  [-100, 0.1],
])("at %i degrees it gives %f V", (celsius, volts) => {
  const clock = new SimClock();
  const net = new Net(clock);
  new Tmp36({ signal: net }, clock).input({ celsius });
  expect(net.volts()).toBeCloseTo(volts, 4);
});

test("the usual program finds the temperature to half a degree", () => {
  const main =
    "from microbit import *\nwhile True:\n    print(round((pin0.read_analog() * 3.3 / 1023 - 0.5) * 100, 1))\n    sleep(50)\n";
  const bench = new Bench("microbit-v2", main, wired("tmp36", { signal: "P0" }));
  for (const celsius of [21, -10.5, 60]) {
    bench.give("it", { celsius });
    expect(Math.abs(Number(bench.run(150).trim().split("\n").at(-1)) - celsius)).toBeLessThanOrEqual(0.5);
  }
});
