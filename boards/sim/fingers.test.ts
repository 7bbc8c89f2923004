import { expect, test } from "vitest";
import { microbitV1, microbitV2 } from "../index.ts";
import { Fingers } from "./fingers.ts";
import { Machine } from "./machine.ts";
import { modelById } from "./models.ts";

const program = `from microbit import *
while True:
    if button_a.was_pressed():
        print('pressed')
    sleep(5)
`;

test.each([microbitV1.id, microbitV2.id])("%s sees a click that is over at once, and a double click as two", (board) => {
  const machine = new Machine(modelById(board)!, { files: { "main.py": new TextEncoder().encode(program) } });
  let out = "";
  machine.onSerial = (bytes) => (out += new TextDecoder().decode(bytes));
  machine.reset();
  machine.runFor(1000);
  const fingers = new Fingers();
  const click = () => {
    for (const event of ["press", "release"]) {
      const atMs = fingers.when("buttonA", event, machine.ms)!;
      machine.play([{ atMs, part: "buttonA", event }]);
    }
  };
  click();
  machine.runFor(1000);
  expect(out.match(/pressed/g)).toHaveLength(1);
  click();
  click();
  machine.runFor(1000);
  expect(out.match(/pressed/g)).toHaveLength(3);
});

test("a long press is what it is, and other inputs come at once", () => {
  const fingers = new Fingers();
  expect(fingers.when("buttonA", "press", 1000)).toBe(1000);
  expect(fingers.when("buttonA", "press", 1050)).toBe(null);
  expect(fingers.when("buttonA", "release", 1400)).toBe(1400);
  expect(fingers.when("buttonA", "press", 1400)).toBe(1480);
  expect(fingers.when("buttonB", "press", 1400)).toBe(1400);
  expect(fingers.when("thermometer", { celsius: 20 }, 1400)).toBe(1400);
});

test("who clicks like a machine gun is not followed for long", () => {
  const fingers = new Fingers();
  let last = 0;
  for (let i = 0; i < 1000; i++) last = fingers.when("buttonA", i % 2 ? "release" : "press", 0) ?? last;
  expect(last).toBeLessThan(2000);
});
