// Voltages by resistances, as Ohm and Kirchhoff have them.
import { expect, test } from "vitest";
import { Net, supplyVolts, Terminal } from "./net.ts";
import { SimClock } from "./sim/clock.ts";

const bench = () => {
  const clock = new SimClock();
  return { clock, net: new Net(clock) };
};

test("nothing holds an open net, and who is weaker than asked for does not count", () => {
  const { net } = bench();
  expect(net.volts()).toBe(null);
  new Terminal(net).set({ volts: supplyVolts, ohms: 10e6 });
  expect([net.volts(), net.volts(1e6)]).toEqual([supplyVolts, null]);
});

test("two resistors divide, and a third bends it", () => {
  const { net } = bench();
  new Terminal(net).set({ volts: 3.3, ohms: 1000 });
  new Terminal(net).set({ volts: 0, ohms: 2000 });
  expect(net.volts()).toBeCloseTo(2.2, 9);
  const load = new Terminal(net);
  load.set({ volts: 0, ohms: 2000 });
  expect(net.volts()).toBeCloseTo(1.65, 9);
  load.close();
  expect(net.volts()).toBeCloseTo(2.2, 9);
});

test("a PWM has its level by the clock, its edges, and its mean", () => {
  const { clock, net } = bench();
  const pwm = { periodNs: 20e6, highNs: 5e6, startNs: 0, highAtEnd: false, ohms: 100 };
  const terminal = new Terminal(net);
  terminal.set(pwm);
  expect(net.volts()).toBeCloseTo(supplyVolts, 9);
  expect([net.meanVolts, net.nextEdgeNs]).toEqual([supplyVolts / 4, 5e6]);
  clock.moveTo(6e6);
  expect([net.volts(), net.nextEdgeNs]).toEqual([0, 20e6]);
  // V1's software pulses come at the end of the period.
  terminal.set({ ...pwm, highAtEnd: true });
  expect([net.volts(), net.nextEdgeNs]).toEqual([0, 15e6]);
});

test("who is told of a change may drive in turn, and nobody is told for ever", () => {
  const { net } = bench();
  const [a, b] = [new Terminal(net), new Terminal(net)];
  let told = 0;
  b.onSettle = () => {
    told++;
    // A buzzer made of an inverter and its own output: it never rests.
    b.set({ volts: (net.volts() ?? 0) > 1 ? 0 : 3.3, ohms: 1 });
  };
  a.set({ volts: 3.3, ohms: 1000 });
  expect(told).toBeLessThan(20);
});
