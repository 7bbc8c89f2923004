import { expect, test } from "vitest";
import { Net, Terminal } from "../../net.ts";
import { Bench, wired } from "../../sim/bench.ts";
import { SimClock } from "../../sim/clock.ts";
import type { Wiring } from "../../wiring.ts";
import type { Led5mmState } from "../led-5mm/state.ts";
import { Jumper } from "./model.ts";

test("two nets are one while it is there, also through a third, and for what comes later", () => {
  const clock = new SimClock();
  const [a, b, c] = [new Net(clock), new Net(clock), new Net(clock)];
  const [one, other, third] = [new Terminal(a), new Terminal(b), new Terminal(c)];
  one.set({ volts: 3.3, ohms: 100 });
  const wire = new Jumper({ a, b }, clock);
  const second = new Jumper({ a: c, b }, clock);
  const late = new Terminal(b);
  expect([other, third, late].map((end) => end.volts?.toFixed(1))).toEqual(["3.3", "3.3", "3.3"]);
  wire.close();
  expect([one, other, third, late].map((end) => end.volts?.toFixed(1))).toEqual(["3.3", undefined, undefined, undefined]);
  third.set({ volts: 0, ohms: 100 });
  expect(late.volts).toBe(0);
  second.close();
  expect([other.volts, third.volts]).toEqual([null, 0]);
});

test("a program reads on one pin what it writes on the other", () => {
  const main = `from microbit import *
pin2.read_digital()
for level in (1, 0, 1):
    pin1.write_digital(level)
    print(pin2.read_digital())
pin1.write_analog(300)
print(pin2.read_digital() in (0, 1))
`;
  const bench = new Bench("microbit-v2", main, wired("jumper", { a: "P1", b: "P2" }));
  expect(bench.run(200)).toMatch(/^1\n0\n1\nTrue\n/);
});

test("pulses and parts are reached over it, in whatever order they were wired", () => {
  const lamp: Wiring = { lamp: { kind: "led-5mm", pins: { anode: "P2" } } };
  const wire = wired("jumper", { a: "P1", b: "P2" });
  for (const both of [
    { ...lamp, ...wire },
    { ...wire, ...lamp },
  ]) {
    const bench = new Bench("microbit-v1", "from microbit import *\npin1.write_analog(512)\n", both);
    bench.run(200);
    expect(bench.state<Led5mmState>("lamp").brightness).toBeCloseTo(0.5, 2);
  }
});
