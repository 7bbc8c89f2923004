import { expect, test } from "vitest";
import { SimClock } from "./clock.ts";

test("alarms go off in order, each at its own instant, also those set meanwhile", () => {
  const clock = new SimClock();
  const seen: [string, number][] = [];
  clock.alarm(30, () => seen.push(["c", clock.ns]));
  clock.alarm(10, () => {
    seen.push(["a", clock.ns]);
    clock.alarm(20, () => seen.push(["b", clock.ns]));
  });
  clock.alarm(25, () => seen.push(["never", clock.ns])).cancel();
  clock.moveTo(100);
  expect(seen).toEqual([
    ["a", 10],
    ["b", 20],
    ["c", 30],
  ]);
  expect(clock.ns).toBe(100);
});

test("a restart counts from 0 again and keeps alarms", () => {
  const clock = new SimClock();
  let rang = 0;
  clock.moveTo(50);
  clock.alarm(60, () => (rang = clock.ns));
  clock.restart();
  expect(clock.ns).toBe(0);
  clock.moveTo(60);
  expect([rang, clock.ns, clock.absolute]).toEqual([10, 10, 60]);
});
