import { expect, test } from "vitest";
import { Pin } from "../pin/model.ts";
import { Button } from "./model.ts";

test("a pressed button pulls its pin low", () => {
  const pin = new Pin("P5", "button");
  const button = new Button(pin);
  expect(pin.read()).toBe(1);
  button.input("press");
  expect([pin.read(), button.state]).toEqual([0, { pressed: true }]);
  button.input("release");
  expect([pin.read(), button.state]).toEqual([1, { pressed: false }]);
});

test("was_pressed and get_presses forget apart from each other", () => {
  const button = new Button(new Pin("P5", "button"));
  for (const event of ["press", "press", "release", "press", "release"] as const) button.input(event);
  expect([button.takePresses(), button.takePresses()]).toEqual([2, 0]);
  expect([button.takeWasPressed(), button.takeWasPressed()]).toEqual([true, false]);
});

test("a reset forgets presses but not the finger", () => {
  const button = new Button(new Pin("P5", "button"));
  button.input("press");
  button.reset();
  expect([button.takePresses(), button.state.pressed]).toEqual([0, true]);
});

test("refuses other events", () => {
  expect(() => new Button(new Pin("P5", "button")).input("tap" as "press")).toThrow('not a button event: "tap"');
});
