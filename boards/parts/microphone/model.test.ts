import { expect, test } from "vitest";
import { SimClock } from "../../sim/clock.ts";
import { Microphone } from "./model.ts";
import { dbOfAmplitude, levelOfDb } from "./state.ts";

function bench(listening = true) {
  const clock = new SimClock();
  const part = new Microphone(clock);
  if (listening) {
    part.listen();
    clock.moveTo(20e6);
  }
  return { clock, part };
}

test("is off until it is used, and its first level takes a buffer's time", () => {
  const { clock, part } = bench(false);
  part.input({ level: 200 });
  expect([part.state.listening, part.level, part.takeWas("loud")]).toEqual([false, 0, false]);
  part.listen();
  expect([part.state.listening, part.level]).toEqual([true, 0]);
  clock.moveTo(11e6);
  expect(part.level).toBe(0);
  clock.moveTo(12e6);
  expect([part.level, part.current]).toEqual([200, "loud"]);
});

test("crossing a threshold is an event, and what lies between is none", () => {
  const { part } = bench();
  for (const level of [100, 151, 100, 200, 75, 74, 100, 60]) part.input({ level });
  expect([...part.takeHistory()]).toEqual(["loud", "quiet"]);
  expect([part.current, part.takeWas("loud"), part.takeWas("loud"), part.takeWas("quiet")]).toEqual(["quiet", true, false, true]);
});

test("keeps the first eight events; was_event forgets them, get_events leaves what was_event knows", () => {
  const { part } = bench();
  for (let i = 0; i < 10; i++) part.input({ level: i % 2 === 0 ? 200 : 10 });
  expect(part.takeHistory()).toHaveLength(8);
  expect([...part.takeHistory()]).toEqual([]);
  expect([part.takeWas("loud"), part.takeWas("quiet")]).toEqual([true, true]);
  part.input({ level: 200 });
  expect(part.takeWas("loud")).toBe(true);
  expect([...part.takeHistory()]).toEqual([]);
});

test("thresholds stay a decibel apart, and a new one may be crossed where the level is", () => {
  const { part } = bench();
  part.input({ level: 120 });
  part.setThreshold("loud", 110);
  expect(part.current).toBe("loud");
  part.setThreshold("quiet", 130);
  expect([part.state.quietThreshold, Math.round(part.state.loudThreshold)]).toEqual([130, 135]);
  expect(part.current).toBe("quiet");
  part.setThreshold("loud", 100);
  expect(Math.round(part.state.quietThreshold)).toBe(95);
});

test("a reset switches it off; the noise in the room stays", () => {
  const { part } = bench();
  part.input({ level: 200 });
  part.reset();
  expect(part.state).toEqual({ level: 200, loudThreshold: 150, quietThreshold: 75, listening: false });
  expect([part.current, part.level, part.takeWas("loud")]).toEqual(["quiet", 0, false]);
});

test.each([
  [0, 0],
  [0.0004, 0],
  [0.001, 32],
  [0.01, 138],
  [0.1, 245],
  [1, 255],
])("a swing of %d is level %i", (amplitude, level) => expect(levelOfDb(dbOfAmplitude(amplitude))).toBe(level));

test.each([
  [30, 0],
  [52, 0],
  [76, 128],
  [85, 175],
  [100, 255],
  [120, 255],
])("%i dB are level %i", (db, level) => expect(levelOfDb(db)).toBe(level));
