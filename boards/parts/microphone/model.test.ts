import { expect, test } from "vitest";
import { Microphone } from "./model.ts";

test("events are crossings of the thresholds, latched until asked for", () => {
  const part = new Microphone();
  part.listen();
  for (const level of [200, 100, 60, 200]) part.input({ level });
  expect(part.current).toBe("loud");
  expect([...part.takeHistory()]).toEqual(["loud", "quiet", "loud"]);
  expect(part.takeWas("loud")).toBe(false);
});

test("hears nothing before it is used, and its light says so", () => {
  const part = new Microphone();
  part.input({ level: 250 });
  expect([part.state.listening, part.current]).toEqual([false, "quiet"]);
  part.listen();
  expect([part.state.listening, part.current]).toEqual([true, "loud"]);
});

test("was_event empties the history", () => {
  const part = new Microphone();
  part.listen();
  part.input({ level: 200 });
  expect(part.takeWas("loud")).toBe(true);
  expect([...part.takeHistory()]).toEqual([]);
});
