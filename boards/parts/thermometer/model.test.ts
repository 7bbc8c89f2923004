import { expect, test } from "vitest";
import { Thermometer } from "./model.ts";

test.each([
  [18.6, 19],
  [99, 50],
  [-40, -5],
])("%d degrees read as %i", (celsius, read) => {
  const part = new Thermometer();
  part.input({ celsius });
  expect(part.state.celsius).toBe(read);
});

test("starts in a room, and refuses what is no number", () => {
  const part = new Thermometer();
  expect(part.state.celsius).toBe(21);
  expect(() => part.input({ celsius: NaN })).toThrow("not a temperature");
});
