import { expect, test } from "vitest";
import { Net } from "../../net.ts";
import { Bench, wired } from "../../sim/bench.ts";
import { SimClock } from "../../sim/clock.ts";
import { Photoresistor } from "./model.ts";

// GL5528, "Photoelectric characteristics": 10..20 kilohms at 10 lux, gamma 0.7 between 10 and 100 lux, dark at least 1 megohm.
test("has the resistance that its datasheet gives", () => {
  const part = new Photoresistor({ signal: new Net(new SimClock()) }, new SimClock());
  const ohmsAt = (lux: number) => {
    part.input({ lux });
    return part.ohms;
  };
  expect(ohmsAt(10)).toBeGreaterThanOrEqual(10_000);
  expect(ohmsAt(10)).toBeLessThanOrEqual(20_000);
  expect(Math.log10(ohmsAt(10) / ohmsAt(100))).toBeCloseTo(0.7, 5);
  expect(ohmsAt(0.1)).toBeGreaterThan(300_000);
});

test("a program reads more when it is brighter", () => {
  const main = "from microbit import *\nwhile True:\n    print(pin1.read_analog())\n    sleep(20)\n";
  const bench = new Bench("microbit-v1", main, wired("photoresistor", { signal: "P1" }));
  const read = (lux: number) => {
    bench.give("it", { lux });
    return Number(bench.run(100).trim().split("\n").at(-1));
  };
  expect(read(0.1)).toBeLessThan(40);
  // 10 of 25 kilohms.
  expect(read(10)).toBe(409);
  expect(read(10_000)).toBeGreaterThan(1000);
});
