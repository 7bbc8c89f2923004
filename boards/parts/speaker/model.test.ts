import { expect, test, vi } from "vitest";
import { SimClock } from "../../sim/clock.ts";
import { Speaker } from "./model.ts";
import { defaultTempo, TuneReader } from "./tune.ts";
import { tunes } from "./tunes.ts";

const ms = 1e6;
const read = (text: string): (number | null)[][] => {
  const reader = new TuneReader();
  return text.split(" ").map((note) => {
    const { hz, ms: length } = reader.read(note, defaultTempo);
    return [hz, length];
  });
};

test.each([
  ["c", [[262, 500]]],
  ["a4:2", [[440, 250]]],
  [
    "c5:4 d r:2 e",
    [
      [523, 500],
      [587, 500],
      [null, 250],
      [659, 250],
    ],
  ],
  [
    "f#3:1 g b bb4:1 eb",
    [
      [185, 125],
      [196, 125],
      [247, 125],
      [466, 125],
      [311, 125],
    ],
  ],
] as [string, (number | null)[][]][])("%s reads as %j", (text, tones) => expect(read(text)).toEqual(tones));

test("all 21 tunes are notes and rests", () => {
  expect(Object.keys(tunes)).toHaveLength(21);
  for (const tune of Object.values(tunes)) for (const note of tune.split(" ")) expect(note).toMatch(/^[a-gr][#b]?\d?(:\d+)?$/);
});

test("plays tones in clock time, with a silence at the end of each", () => {
  const clock = new SimClock();
  const speaker = new Speaker(clock);
  const heard: (number | null)[][] = [];
  speaker.onChange = () => heard.push([Math.round(clock.ns / ms), speaker.state.hz]);
  const done = vi.fn();
  speaker.play(
    [
      { hz: 440, ms: 100, soundMs: 90 },
      { hz: null, ms: 50, soundMs: 50 },
      { hz: 440, ms: 100, soundMs: 90 },
    ],
    false,
    done,
  );
  clock.moveTo(1000 * ms);
  expect(heard).toEqual([
    [0, 440],
    [90, null],
    [150, 440],
    [240, null],
  ]);
  expect(done).toHaveBeenCalledTimes(1);
  expect([speaker.isPlaying, speaker.state.count]).toEqual([false, 2]);
});

test("a loop goes on until it is stopped", () => {
  const clock = new SimClock();
  const speaker = new Speaker(clock);
  speaker.play([{ hz: 440, ms: 100, soundMs: 100 }], true);
  clock.moveTo(950 * ms);
  expect([speaker.isPlaying, speaker.state.count]).toEqual([true, 10]);
  speaker.stop();
  clock.moveTo(2000 * ms);
  expect([speaker.isPlaying, speaker.state.hz, speaker.state.count]).toEqual([false, null, 10]);
});

test("falls silent when a tone that sounds for all of its time is over", () => {
  const clock = new SimClock();
  const speaker = new Speaker(clock);
  speaker.play([{ hz: 440, ms: 300, soundMs: 300 }], false);
  expect(speaker.state.hz).toBe(440);
  clock.moveTo(300 * ms);
  expect(speaker.state.hz).toBe(null);
});
