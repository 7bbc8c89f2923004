import { expect, test } from "vitest";
import { Compass } from "./model.ts";

test.each([0, 45, 90, 180, 270, 359])("a heading of %i gives a field that gives the heading back", (heading) => {
  const part = new Compass();
  part.input({ heading });
  const { x, y, z } = part.state;
  part.input({ x, y, z });
  expect(part.state.heading).toBe(heading);
  expect(Math.abs(part.strength - 48332)).toBeLessThan(3);
});

test("turns over at 360", () => {
  const part = new Compass();
  part.input({ heading: -10 });
  expect(part.state.heading).toBe(350);
});
