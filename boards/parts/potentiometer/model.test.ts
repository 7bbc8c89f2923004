import { expect, test } from "vitest";
import { Bench, wired } from "../../sim/bench.ts";

const main = "from microbit import *\nwhile True:\n    print(pin2.read_analog())\n    sleep(20)\n";
const last = (text: string) => Number(text.trim().split("\n").at(-1));

test("its position is the share of the converter's range", () => {
  const bench = new Bench("microbit-v2", main, wired("potentiometer", { wiper: "P2" }));
  expect(last(bench.run(100))).toBe(512);
  for (const [position, value] of [
    [0, 0],
    [0.25, 256],
    [1, 1023],
    [7, 1023],
  ] as const) {
    bench.give("it", { position });
    expect(last(bench.run(100))).toBe(value);
  }
});

test("a pull-up of 13 kilohms bends it, more so the more ohms it has", () => {
  const read = (ohms: number) => {
    const pulled = main
      .replace("while", "pin2.read_digital()\npin2.set_pull(pin2.PULL_UP)\nwhile")
      .replace("read_analog", "read_digital");
    const bench = new Bench("microbit-v2", pulled, wired("potentiometer", { wiper: "P2" }, { ohms }));
    bench.run(50);
    return bench.machine.hw.parts["P2"] as unknown as { net: { volts(): number } };
  };
  // 1.65 V behind R/4, and 3.3 V behind 13 kilohms.
  expect(read(10_000).net.volts()).toBeCloseTo((1.65 / 2500 + 3.3 / 13_000) / (1 / 2500 + 1 / 13_000), 3);
  expect(read(100_000).net.volts()).toBeCloseTo((1.65 / 25_000 + 3.3 / 13_000) / (1 / 25_000 + 1 / 13_000), 3);
});
