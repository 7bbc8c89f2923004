import { expect, test, vi } from "vitest";
import { Net } from "../../net.ts";
import { SimClock } from "../../sim/clock.ts";
import { Pin } from "../pin/model.ts";
import { Switch } from "./model.ts";

test("calls back on pressing, not on letting go, and not after a reset", () => {
  const pin = new Pin("X17", "unused", new Net(new SimClock()));
  const part = new Switch(pin);
  const onPress = vi.fn();
  part.onPress = onPress;
  part.input("press");
  expect([pin.read(), part.state]).toEqual([0, { pressed: true }]);
  part.input("release");
  expect(onPress).toHaveBeenCalledTimes(1);
  part.reset();
  part.input("press");
  expect(onPress).toHaveBeenCalledTimes(1);
});
