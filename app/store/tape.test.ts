// Tapes as files, and as part of projects that travel.
import { expect, test } from "vitest";
import { decodeFile, decodeLink, encodeFile, encodeLink, fitsLink } from "./parcel.ts";
import { checkTapes, decodeTape, encodeTape, makeTape, tapeEventsMost, tapesFit } from "./tape.ts";

const events = [
  { atMs: 0, part: "lightSensor", event: { level: 20 } },
  { atMs: 512.25, part: "buttonA", event: "press" },
  {
    atMs: 600,
    part: "radio",
    event: { packet: { channel: 7, address: 1, group: 0, rate: 0, power: 6, bytes: Uint8Array.of(1, 2) } },
  },
];
const tape = makeTape("Two presses", "microbit-v2", 900, events);
const parcel = { name: "P", board: "microbit-v2", files: { "main.py": "" }, layout: null, tapes: [tape] };
const long = makeTape(
  "Long",
  "microbit-v2",
  1e5,
  Array.from({ length: 2000 }, (_, i) => ({ atMs: i, part: "thermometer", event: { celsius: i % 50 } })),
);

test("a tape is a file of events, one a line, and comes back", () => {
  const text = encodeTape(tape);
  expect(text.split("\n")[2]).toBe('{"atMs":512.25,"part":"buttonA","event":"press"},');
  const read = decodeTape(text, "Two presses", "microbit-v2");
  expect(read).toEqual({ tape: { ...tape, ms: 600 }, left: 0 });
});

test("a tape for another board loses what that board does not have", () => {
  expect(decodeTape(encodeTape(tape), "x", "pyboard-v1.1")).toBe(null);
  const both = JSON.stringify([...events.slice(1, 2), { atMs: 1, part: "switch", event: "press" }]);
  expect(decodeTape(both, "x", "pyboard-v1.1")).toMatchObject({ left: 1, tape: { events: [{ part: "switch" }] } });
});

test.each(["", "{", "{}", "[]", "[1]", '[{"atMs":"1","part":"buttonA","event":"press"}]'])("%j is no tape", (text) => {
  expect(decodeTape(text, "x", "microbit-v2")).toBe(null);
});

test("travels in files always and in links while small", async () => {
  expect(decodeFile(encodeFile(parcel)).tapes).toEqual([tape]);
  expect((await decodeLink(await encodeLink(parcel))).tapes).toEqual([tape]);
  const bigger = { ...parcel, tapes: [tape, long] };
  expect([fitsLink(parcel), fitsLink(bigger)]).toEqual([true, false]);
  expect(decodeFile(encodeFile(bigger)).tapes).toHaveLength(2);
  expect((await decodeLink(await encodeLink(bigger))).tapes).toBe(undefined);
});

test("a stranger's tapes are looked at one by one", () => {
  const evil = { name: "x", board: "microbit-v2", ms: 1, events: [{ atMs: 1, part: "constructor", event: "press" }] };
  expect(checkTapes([tape, { ...tape, board: "toaster" }, { ...tape, events: 5 }, { ...tape, ms: NaN }, null, evil])).toEqual([
    tape,
    { ...evil, events: [] },
  ]);
  const many = Array.from({ length: tapeEventsMost + 1 }, () => events[1]);
  expect(checkTapes([{ ...tape, events: many }])).toEqual([]);
  expect(checkTapes("tapes")).toEqual([]);
  expect(tapesFit(Array.from({ length: 20 }, () => long))).toBe(false);
});
