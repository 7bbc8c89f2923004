import { expect, test } from "vitest";
import { boardById } from "../../boards/index.ts";
import { readingsOf } from "./readings.ts";

const v2 = boardById("microbit-v2")!;

test.each([
  ["x:12 y:-3 z:-1010", [{ atMs: 5, part: "accelerometer", event: { x: 12, y: -3, z: -1010 } }]],
  ["temperature: 21", [{ atMs: 5, part: "thermometer", event: { celsius: 21 } }]],
  [
    "Temperature:21, light:90",
    [
      { atMs: 5, part: "thermometer", event: { celsius: 21 } },
      { atMs: 5, part: "lightSensor", event: { level: 90 } },
    ],
  ],
  ["heading:90", [{ atMs: 5, part: "compass", event: { heading: 90 } }]],
  ["x:12 y:-3", []],
  ["x:1 y:nan z:3", []],
  ["(1, 2, 3)", []],
  ["score: 7", []],
  ["temperature is 21", []],
])("%j", (line, events) => expect(readingsOf(line, 5, v2)).toEqual(events));

test("a board without the part has no event of it", () => {
  expect(readingsOf("sound:200", 0, boardById("microbit-v1")!)).toEqual([]);
  expect(readingsOf("sound:200", 0, v2)).toHaveLength(1);
  expect(readingsOf("temperature:21", 0, boardById("pyboard-v1.1")!)).toEqual([]);
});

test("a pyboard's accelerometer prints counts", () => {
  const [tilted] = readingsOf("x:1 y:-21 z:21", 7, boardById("pyboard-v1.1")!);
  expect(tilted).toEqual({ atMs: 7, part: "accelerometer", event: { x: 48, y: -1008, z: -1008 } });
});
