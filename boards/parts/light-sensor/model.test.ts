import { expect, test } from "vitest";
import { LightSensor } from "./model.ts";

test("keeps to 0..255, and the light stays over a reset", () => {
  const part = new LightSensor();
  expect(part.state.level).toBe(127);
  part.input({ level: 300 });
  part.reset();
  expect(part.state.level).toBe(255);
  part.input({ level: -1 });
  expect(part.state.level).toBe(0);
});
