// The table of names is what the simulated boards answer, and it tells the boards apart.
import { format, resolveConfig } from "prettier";
import { expect, test } from "vitest";
import { askAll, printTable } from "./ask.ts";
import { placesOf } from "./names.ts";

test("the table is what the boards themselves answer", async () => {
  const file = new URL("table.ts", import.meta.url).pathname;
  const text = await format(printTable(await askAll()), { ...(await resolveConfig(file)), filepath: file });
  await expect(text).toMatchFileSnapshot("table.ts");
}, 60_000);

test.each([
  ["microbit", "microphone", true, false],
  ["microbit", "run_every", true, false],
  ["microbit", "Sound", true, false],
  ["microbit", "display", true, true],
  ["microbit.display", "show", true, true],
  ["microbit.pin0", "set_touch_mode", true, false],
  ["audio", "SoundEffect", true, false],
  ["music", "play", true, true],
])("%s has %s: V2 %s, V1 %s", (place, name, onV2, onV1) => {
  expect([placesOf("microbit-v2").get(place)?.has(name), placesOf("microbit-v1").get(place)?.has(name)]).toEqual([onV2, onV1]);
});

test("modules by board", () => {
  const has = (board: string, module: string) => placesOf(board).has(module);
  expect(["log", "power"].map((module) => has("microbit-v2", module))).toEqual([true, true]);
  expect(["log", "power", "pyb"].map((module) => has("microbit-v1", module))).toEqual([false, false, false]);
  expect(["pyb", "microbit"].map((module) => has("pyboard-v1.1", module))).toEqual([true, false]);
  expect(placesOf("nobody").size).toBe(0);
});
