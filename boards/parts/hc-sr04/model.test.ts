import { describe, expect, test } from "vitest";
import { Net, Terminal } from "../../net.ts";
import { Bench, wired } from "../../sim/bench.ts";
import { SimClock } from "../../sim/clock.ts";
import { HcSr04 } from "./model.ts";

function bench() {
  const clock = new SimClock();
  const [trigger, echo] = [new Net(clock), new Net(clock)];
  const part = new HcSr04({ trigger, echo }, clock);
  const pin = new Terminal(trigger);
  const edges: number[] = [];
  let was = 0;
  let fellUs = 0;
  new Terminal(echo).onSettle = () => {
    const now = (echo.volts() ?? 0) > 1.65 ? 1 : 0;
    if (now !== was) edges.push(clock.ns / 1000);
    was = now;
  };
  const fire = (us: number) => {
    pin.set({ volts: 3.3, ohms: 100 });
    clock.moveTo(clock.absolute + us * 1000);
    pin.set({ volts: 0, ohms: 100 });
    edges.length = 0;
    fellUs = clock.ns / 1000;
    clock.moveTo(clock.absolute + 60e6);
    return edges.length === 2 ? edges[1]! - edges[0]! : 0;
  };
  /** How many edges of the echo two triggers so far apart make. */
  const fireTwice = (ms: number) => {
    edges.length = 0;
    for (let i = 0; i < 2; i++) {
      pin.set({ volts: 3.3, ohms: 100 });
      clock.moveTo(clock.absolute + 10_000);
      pin.set({ volts: 0, ohms: 100 });
      clock.moveTo(clock.absolute + ms * 1e6);
    }
    clock.moveTo(clock.absolute + 60e6);
    return edges.length;
  };
  return { part, fire, fireTwice, rises: () => edges[0]! - fellUs };
}

describe("HC-SR04, datasheet", () => {
  test("the echo is 58 us for each centimetre", () => {
    const { part, fire } = bench();
    part.input({ celsius: 20 });
    for (const cm of [2, 10, 100, 400]) {
      part.input({ distanceCm: cm });
      expect(fire(10) / cm).toBeCloseTo(58.2, 0);
    }
  });
  test("a trigger of less than 10 us is none", () => expect(bench().fire(5)).toBe(0));
  test("beyond four metres nothing comes back, and it gives up after 38 ms", () => {
    const { part, fire } = bench();
    part.input({ distanceCm: 450 });
    expect(fire(10)).toBeCloseTo(38_000, 0);
  });
  test("cold air is slower: 331.3 m/s at 0 degrees", () => {
    const { part, fire } = bench();
    part.input({ celsius: 0 });
    part.input({ distanceCm: 100 });
    expect(fire(10)).toBeCloseTo(2 / 331.3e-6, 0);
  });
  test("the echo begins after the burst: about 450 us after the trigger", () => {
    const { part, fire, rises } = bench();
    part.input({ distanceCm: 100 });
    fire(10);
    expect(rises()).toBeGreaterThanOrEqual(8 * 25);
    expect(rises()).toBeCloseTo(450, 0);
  });
  test("tells only what has changed", () => {
    const { part } = bench();
    let changes = 0;
    part.onChange = () => changes++;
    part.input({ distanceCm: 50 });
    part.input({ celsius: 20 });
    expect(changes).toBe(0);
    part.input({ distanceCm: 51 });
    expect(changes).toBe(1);
  });
  test("hears no trigger while it measures", () => {
    const { part, fireTwice } = bench();
    part.input({ distanceCm: 100 });
    // The first echo ends 6.3 ms after its trigger; a second burst would be out by then.
    expect(fireTwice(6)).toBe(2);
    expect(fireTwice(60)).toBe(4);
  });
  test("a distance is a number", () => expect(() => bench().part.input({ distanceCm: "far" } as never)).toThrow());
});

describe("programs", () => {
  const pins = { trigger: "P1", echo: "P2" };
  test.each(["microbit-v1", "microbit-v2"])("%s measures with time_pulse_us", (board) => {
    const main = `from microbit import *
from machine import time_pulse_us
from utime import sleep_us
pin2.read_digital()
while True:
    pin1.write_digital(1)
    sleep_us(10)
    pin1.write_digital(0)
    us = time_pulse_us(pin2, 1, 30000)
    print(us * 343.4 / 20000 if us > 0 else us)
    sleep(100)
`;
    const bench = new Bench(board, main, wired("hc-sr04", pins));
    for (const distanceCm of [50, 7.5, 200]) {
      bench.give("it", { distanceCm });
      bench.run(200);
      expect(Math.abs(Number(bench.run(300).trim().split("\n").at(-1)) - distanceCm)).toBeLessThan(1);
    }
    bench.give("it", { distanceCm: 450 });
    bench.run(200);
    expect(bench.run(300).trim().split("\n").at(-1)).toBe("-1");
  });

  test("the pyboard measures by looking at its clock", () => {
    const main = `import pyb, time
trigger = pyb.Pin('X1', pyb.Pin.OUT_PP)
echo = pyb.Pin('X2', pyb.Pin.IN)
while True:
    trigger.high()
    pyb.udelay(12)
    trigger.low()
    while not echo.value():
        pass
    start = time.ticks_us()
    while echo.value():
        pass
    print(time.ticks_diff(time.ticks_us(), start) / 58.2)
    pyb.delay(60)
`;
    const bench = new Bench("pyboard-v1.1", main, wired("hc-sr04", { trigger: "X1", echo: "X2" }));
    bench.give("it", { distanceCm: 80 });
    expect(Math.abs(Number(bench.run(300).trim().split("\n")[0]) - 80)).toBeLessThan(1);
  });
});
