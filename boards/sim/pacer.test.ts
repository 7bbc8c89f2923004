// In step with a wall clock that the test moves: how far the board has come, and how often it has to be asked.
import { expect, test } from "vitest";
import { Machine } from "./machine.ts";
import { modelById } from "./models.ts";
import { Pacer } from "./pacer.ts";

/** Runs a board for so many milliseconds of the wall, looking when it is due; timers are late by `lateMs`. */
function run(main: string, ms: number, lateMs = 0, speed = 1) {
  const machine = new Machine(modelById("microbit-v2")!, { files: { "main.py": new TextEncoder().encode(main) }, seed: 1 });
  machine.reset();
  let now = 0;
  const pacer = new Pacer(machine, now);
  pacer.setSpeed(speed, now);
  let turns = 0;
  while (now < ms) {
    pacer.turn(
      () => now,
      () => true,
    );
    turns++;
    // No timer is exact: below a tenth of a millisecond the clock would hardly move.
    now += Math.max(0.1, Math.min(pacer.dueIn(now), 1000)) + lateMs;
  }
  pacer.turn(
    () => now,
    () => true,
  );
  return { machine, turns, now };
}

test.each([
  ["a board that computes", "while True:\n    pass\n", 2100],
  ["a board that sleeps", "from microbit import *\nwhile True:\n    sleep(100)\n", 30],
  ["a board that scrolls", "from microbit import *\ndisplay.scroll('abc', loop=True)\n", 30],
])("%s keeps real time and is not asked more often than it has something to do", (_, main, most) => {
  const { machine, turns, now } = run(main, 1000);
  expect(Math.abs(machine.ms - now)).toBeLessThan(2);
  expect(turns).toBeLessThan(most);
});

test("a computing board takes bigger steps when timers are late", () => {
  const { machine, turns, now } = run("while True:\n    pass\n", 1000, 4);
  expect(Math.abs(machine.ms - now)).toBeLessThan(2);
  expect(turns).toBeLessThan(260);
});

test("at a tenth of the speed it comes a tenth as far", () => {
  const { machine } = run("while True:\n    pass\n", 1000, 0, 0.1);
  expect(Math.abs(machine.ms - 100)).toBeLessThan(2);
});
