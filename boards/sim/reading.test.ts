import { expect, test } from "vitest";
import { microbitV1, microbitV2, pyboardV11 } from "../index.ts";
import { memoryErrorOf } from "./reading.ts";

const lists = (lines: number): string => "x = [1, 2, 3]  # a line of a program\n".repeat(lines);
const functions = (count: number): string =>
  Array.from({ length: count }, (_, i) => `def f${i}(a, b):\n    return a * ${i} + b\n`).join("");

// Asked of real V1 firmware in QEMU: 100 such lines are read, 120 are not; 38 such functions are, 40 are not.
test("V1's heap of 10 kilobytes holds so much text and no more", () => {
  expect(memoryErrorOf(microbitV1.id, lists(100))).toBe("");
  expect(memoryErrorOf(microbitV1.id, lists(122))).toMatch(/^MemoryError/);
  expect(memoryErrorOf(microbitV1.id, functions(36))).toBe("");
  expect(memoryErrorOf(microbitV1.id, functions(43))).toMatch(/^MemoryError/);
});

test("bigger boards read it, and a program that fails later is not told of", () => {
  for (const board of [microbitV2.id, pyboardV11.id]) expect(memoryErrorOf(board, lists(122))).toBe("");
  expect(memoryErrorOf(microbitV1.id, `${lists(30)}y = bytearray(20000)\n`)).toBe("");
  expect(memoryErrorOf(microbitV1.id, `${lists(30)}nonsense(\n`)).toBe("");
});
