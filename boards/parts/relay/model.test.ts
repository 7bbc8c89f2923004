import { expect, test } from "vitest";
import { Bench, wired } from "../../sim/bench.ts";
import type { RelayState } from "./state.ts";

// Songle SRD: operation time 10 ms max, releasing time 5 ms max.
test("closes 10 ms after its pin goes high and opens 5 ms after it goes low; what is shorter does nothing", () => {
  const main = `from microbit import *
pin8.write_digital(1)
sleep(100)
pin8.write_digital(0)
sleep(100)
pin8.write_digital(1)
sleep(4)
pin8.write_digital(0)
`;
  const bench = new Bench("microbit-v2", main, wired("relay", { coil: "P8" }));
  const coil: number[] = [];
  const contact: number[] = [];
  bench.machine.onPart = (part, state) => {
    if (part === "it") contact.push(bench.machine.ms);
    if (part === "P8" && (state as { level: number | null }).level !== null) coil.push(bench.machine.ms);
  };
  bench.run(1000);
  expect(contact).toHaveLength(2);
  expect(contact[0]! - coil[0]!).toBeCloseTo(10, 0);
  expect(contact[1]! - coil[1]!).toBeCloseTo(5, 0);
  expect(bench.state<RelayState>("it")).toEqual({ isOn: false });
});
