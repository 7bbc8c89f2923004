import { expect, test } from "vitest";
import { levelOf } from "./room.ts";

const sine = (amplitude: number, offset = 0): Float32Array =>
  Float32Array.from({ length: 512 }, (_, i) => offset + amplitude * Math.sin((2 * Math.PI * i * 10) / 512));

test.each([
  [0, 0],
  [0.001, 32],
  [0.01, 138],
  [0.1, 245],
  [1, 255],
])("half the swing of %d makes the level %i, wherever its middle is", (amplitude, level) => {
  expect(Math.abs(levelOf(sine(amplitude)) - level)).toBeLessThanOrEqual(1);
  expect(Math.abs(levelOf(sine(amplitude, 0.2)) - level)).toBeLessThanOrEqual(1);
});
