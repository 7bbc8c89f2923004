import { expect, test } from "vitest";
import { Net, Terminal } from "../../net.ts";
import { Bench, wired } from "../../sim/bench.ts";
import { SimClock } from "../../sim/clock.ts";
import type { Wiring } from "../../wiring.ts";
import type { Led5mmState } from "../led-5mm/state.ts";
import type { NeopixelState } from "../neopixel/state.ts";
import type { UartPeerState } from "../uart-peer/state.ts";
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

const over: Wiring = {
  one: { kind: "jumper", pins: { a: "P1", b: "P8" } },
  two: { kind: "jumper", pins: { a: "P2", b: "P12" } },
};

test("a serial line goes over jumpers, both ways", () => {
  const main = `from microbit import *
uart.init(baudrate=9600, tx=pin1, rx=pin2)
uart.write('hello')
while True:
    if uart.any():
        sleep(50)
        uart.write(uart.read())
`;
  const bench = new Bench("microbit-v2", main, { peer: { kind: "uart-peer", pins: { rx: "P8", tx: "P12" } }, ...over });
  bench.run(300);
  bench.give("peer", { send: "abc" });
  bench.run(300);
  expect(bench.state<UartPeerState>("peer").received).toBe("helloabc");
});

test.each(["microbit-v1", "microbit-v2"])("%s finds a chip on its I2C bus over jumpers", (board) => {
  const main = "from microbit import *\nprint(0x76 in i2c.scan())\n";
  const chip: Wiring = { chip: { kind: "bme280", pins: { sda: "P1", scl: "P2" } } };
  expect(new Bench(board, main, chip).run(300)).toMatch(/^False\n/);
  const wires: Wiring = {
    sda: { kind: "jumper", pins: { a: "P1", b: "P20" } },
    scl: { kind: "jumper", pins: { a: "P2", b: "P19" } },
  };
  expect(new Bench(board, main, { ...chip, ...wires }).run(300)).toMatch(/^True\n/);
});

test("pixels are reached over two jumpers in a row", () => {
  const main = "from microbit import *\nws2812_write(pin0, bytes([1, 2, 3]))\n";
  const bench = new Bench("microbit-v2", main, {
    it: { kind: "neopixel", pins: { din: "P8" }, options: { count: 1 } },
    first: { kind: "jumper", pins: { a: "P0", b: "P1" } },
    second: { kind: "jumper", pins: { a: "P8", b: "P1" } },
  });
  bench.run(100);
  expect(bench.state<NeopixelState>("it").pixels).toEqual([[2, 1, 3]]);
});

test("edges of a PWM are measured at the other end", () => {
  const main = `from microbit import *
from machine import time_pulse_us
pin2.read_digital()
pin1.set_analog_period(20)
pin1.write_analog(512)
print(time_pulse_us(pin2, 1, 100000))
`;
  const us = Number(new Bench("microbit-v2", main, wired("jumper", { a: "P1", b: "P2" })).run(300).split("\n")[0]);
  expect(Math.abs(us - 10_010)).toBeLessThan(100);
});

test("a ring of jumpers holds until the last is gone, and one from a pin to itself is nothing", () => {
  const clock = new SimClock();
  const [a, b, c] = [new Net(clock), new Net(clock), new Net(clock)];
  const [driver, end] = [new Terminal(a), new Terminal(c)];
  driver.set({ volts: 3.3, ohms: 100 });
  const [ab, bc, ca, aa] = [
    new Jumper({ a, b }, clock),
    new Jumper({ a: b, b: c }, clock),
    new Jumper({ a: c, b: a }, clock),
    new Jumper({ a, b: a }, clock),
  ];
  ca.close();
  expect(end.volts).toBeCloseTo(3.3);
  aa.close();
  expect(end.volts).toBeCloseTo(3.3);
  ab.close();
  expect(end.volts).toBeNull();
  bc.close();
  expect(driver.volts).toBeCloseTo(3.3);
});

test("two outputs on one wire meet in the middle (Ohm's law)", () => {
  const clock = new SimClock();
  const [a, b] = [new Net(clock), new Net(clock)];
  const [high, low] = [new Terminal(a), new Terminal(b)];
  high.set({ volts: 3.3, ohms: 100 });
  low.set({ volts: 0, ohms: 100 });
  new Jumper({ a, b }, clock);
  expect(high.volts).toBeCloseTo(1.65);
});
