import { expect, test } from "vitest";
import { Net } from "../../net.ts";
import { Bench, wired } from "../../sim/bench.ts";
import { SimClock } from "../../sim/clock.ts";
import { Pir } from "./model.ts";

// HC-SR501: 3.3 V output, repeatable trigger, lockout time 2.5 s.
test("is high until its time after the last motion is over, and then blind for 2.5 s", () => {
  const clock = new SimClock();
  const net = new Net(clock);
  const part = new Pir({ signal: net }, clock, { holdMs: 3000 });
  const at = (ms: number) => {
    clock.moveTo(ms * 1e6);
    return [part.state.isHigh, Math.round((net.volts() ?? 0) * 10) / 10];
  };
  part.input("motion");
  expect(at(2000)).toEqual([true, 3.3]);
  part.input("motion");
  expect(at(4990)).toEqual([true, 3.3]);
  expect(at(5010)).toEqual([false, 0]);
  part.input("motion");
  expect(at(7400)).toEqual([false, 0]);
  at(7520);
  part.input("motion");
  expect(at(7530)).toEqual([true, 3.3]);
});

test("a program sees who comes", () => {
  const main = "from microbit import *\nwhile True:\n    if pin1.read_digital():\n        print('somebody')\n    sleep(500)\n";
  const bench = new Bench("microbit-v2", main, wired("pir", { signal: "P1" }));
  expect(bench.run(2000)).toBe("");
  bench.give("it", "motion");
  expect(bench.run(4000).match(/somebody/g)!.length).toBe(5);
});
