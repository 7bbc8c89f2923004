import { describe, expect, test } from "vitest";
import { Net, Terminal } from "../../net.ts";
import { Bench, wired } from "../../sim/bench.ts";
import { SimClock } from "../../sim/clock.ts";
import { Led5mm } from "./model.ts";
import type { Led5mmState, LedColour } from "./state.ts";

function bench(colour: LedColour, ohms: number, pinOhms = 0.1) {
  const clock = new SimClock();
  const net = new Net(clock);
  const pin = new Terminal(net);
  const led = new Led5mm({ anode: net }, clock, { colour, ohms });
  return { led, net, high: () => pin.set({ volts: 3.3, ohms: pinOhms }), low: () => pin.set({ volts: 0, ohms: pinOhms }), pin };
}

// Kingbright WP7113 series, "Electrical / Optical Characteristics": forward voltage at 20 mA.
test.each<[LedColour, number]>([
  ["red", 2.0],
  ["yellow", 2.1],
  ["green", 2.2],
])("a %s LED drops %f V at 20 mA", (colour, volts) => {
  const { led, high } = bench(colour, (3.3 - volts) / 0.02 - 0.1);
  high();
  expect(led.state.milliamps).toBeCloseTo(20, 1);
});

test("a low pin leaves it dark; a resistor of ten times as much takes about nine tenths of the light", () => {
  const { led, high, low } = bench("red", 220, 100);
  expect(led.state.brightness).toBe(0);
  high();
  expect(led.state.brightness).toBeCloseTo(1, 5);
  low();
  expect(led.state.brightness).toBe(0);
  const dim = bench("red", 2200, 100);
  dim.high();
  expect(dim.led.state.brightness).toBeGreaterThan(0.1);
  expect(dim.led.state.brightness).toBeLessThan(0.2);
});

test("it holds the net at its forward voltage when little current comes: a pull-up hardly lights it", () => {
  const { led, net, pin } = bench("red", 220);
  pin.set({ volts: 3.3, ohms: 13_000 });
  expect(net.volts()).toBeCloseTo(1.83, 1);
  expect(led.state.brightness).toBeLessThan(0.04);
  expect(led.state.brightness).toBeGreaterThan(0);
});

describe("on a board", () => {
  test.each(["microbit-v1", "microbit-v2"])("%s fades it by PWM", (board) => {
    const bench = new Bench(
      board,
      "from microbit import *\nfor n in (0, 256, 512, 1023):\n    pin1.write_analog(n)\n    sleep(100)\n",
      {
        ...wired("led-5mm", { anode: "P1" }),
      },
    );
    const seen: number[] = [];
    bench.machine.onPart = (part, state) => part === "it" && seen.push(Number((state as Led5mmState).brightness.toFixed(2)));
    bench.run(1000);
    expect([...new Set(seen)]).toEqual([0, 0.25, 0.5, 1]);
  });

  test("the pyboard blinks it, and a reset of the board puts it out", () => {
    const main =
      "import pyb\npin = pyb.Pin('X1', pyb.Pin.OUT_PP)\nwhile True:\n    pin.value(not pin.value())\n    pyb.delay(100)\n";
    const bench = new Bench("pyboard-v1.1", main, wired("led-5mm", { anode: "X1" }, { colour: "green" }));
    const seen: boolean[] = [];
    bench.machine.onPart = (part, state) => part === "it" && seen.push((state as Led5mmState).brightness > 0);
    bench.run(450);
    expect(seen.slice(0, 4)).toEqual([true, false, true, false]);
    bench.machine.runFor(100);
    bench.machine.reset();
    expect(bench.state<Led5mmState>("it")).toMatchObject({ brightness: 0, colour: "green" });
  });
});
