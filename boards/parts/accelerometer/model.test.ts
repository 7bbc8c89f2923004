import { expect, test } from "vitest";
import { SimClock } from "../../sim/clock.ts";
import { Accelerometer } from "./model.ts";

const ms = 1e6;

test.each([
  [{ x: -900, y: 0, z: -400 }, "left"],
  [{ x: 900, y: 0, z: -400 }, "right"],
  [{ x: 0, y: 900, z: -400 }, "up"],
  [{ x: 0, y: -900, z: -400 }, "down"],
  [{ x: 0, y: 0, z: 1024 }, "face down"],
  [{ x: 0, y: 0, z: -100 }, "freefall"],
  [{ x: 2500, y: 2500, z: 0 }, "3g"],
  [{ x: 500, y: 500, z: -500 }, null],
] as const)("held at %j it settles on %s", (held, gesture) => {
  const clock = new SimClock();
  const part = new Accelerometer(clock);
  part.input(held);
  clock.moveTo(50 * ms);
  expect(part.state.gesture).toBe("face up");
  clock.moveTo(100 * ms);
  expect(part.state.gesture).toBe(gesture);
});

test("a shake lasts half a second and is remembered", () => {
  const clock = new SimClock();
  const part = new Accelerometer(clock);
  part.input({ gesture: "shake" });
  expect(part.state.gesture).toBe("shake");
  clock.moveTo(499 * ms);
  expect(part.state.gesture).toBe("shake");
  clock.moveTo(500 * ms);
  expect(part.state.gesture).toBe("face up");
  expect([...part.takeHistory()]).toEqual(["shake", "face up"]);
  expect([part.takeWas("shake"), part.takeWas("shake")]).toEqual([true, false]);
});

test("readings stop at the range", () => {
  const part = new Accelerometer(new SimClock());
  part.input({ x: 5000, y: -5000, z: 0 });
  expect([part.read("x"), part.read("y")]).toEqual([2047, -2048]);
  part.setRange(8);
  expect(part.read("x")).toBe(5000);
});

test("a reset forgets gestures, not how it is held", () => {
  const part = new Accelerometer(new SimClock());
  part.input({ gesture: "shake" });
  part.input({ x: 1, y: 2, z: 3 });
  part.reset();
  expect([...part.takeHistory(), part.state.x]).toEqual([1]);
});
