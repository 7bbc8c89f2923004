import { expect, test } from "vitest";
import { Led } from "./model.ts";

test.each([
  [true, 100, 100],
  [true, 300, 255],
  [true, -5, 0],
  [false, 1, 255],
  [false, 0, 0],
])("with PWM %s intensity %i shows as %i", (hasPwm, wanted, shown) => {
  const led = new Led(hasPwm);
  led.set(wanted);
  expect(led.state.intensity).toBe(shown);
});
