import { describe, expect, test, vi } from "vitest";
import { SimClock } from "../../sim/clock.ts";
import { builtInSounds, effectsOf } from "./expression.ts";
import { Speaker } from "./model.ts";
import type { SoundEvent } from "./state.ts";
import { defaultTempo, TuneReader } from "./tune.ts";
import { tunes } from "./tunes.ts";

const ms = 1e6;

function bench(kind: "pin" | "mixer") {
  const clock = new SimClock();
  const speaker = new Speaker(clock, kind);
  const heard: [number, number | null][] = [];
  speaker.onChange = () => {
    if (heard.at(-1)?.[1] !== speaker.state.hz || speaker.state.hz !== null) heard.push([clock.ns / ms, speaker.state.hz]);
  };
  const events: [number, SoundEvent][] = [];
  speaker.onSound = (event) => events.push([clock.ns / ms, event]);
  const play = (notes: readonly string[], loop = false, onEnd = vi.fn()) => {
    speaker.player.restart();
    speaker.player.play({ length: notes.length, note: (i) => notes[i]!, loop, onEnd });
    return onEnd;
  };
  return { clock, speaker, heard, events, play };
}

const read = (text: string): (number | null)[][] => {
  const reader = new TuneReader();
  return text.split(" ").map((note) => {
    const { periodUs, soundMs } = reader.read(note, defaultTempo);
    return [periodUs, soundMs];
  });
};

test.each([
  ["c", [[3822, 490]]],
  ["A4:2", [[2273, 240]]],
  // Octave and length are remembered, also from a rest.
  ["c5:4 d r:2 e", [[1911, 490], [1702, 490], [null, 240], [1517, 240]]],
  ["f#3:1 g b bb4 eb", [[5406, 115], [5102, 115], [4050, 115], [2145, 115], [3214, 115]]],
  // One digit of octave, two of length; what follows is not looked at.
  ["c4:12 c:123 c10:4", [[3822, 1490], [3822, 1490], [30576, 1490]]],
  // A colon without a number leaves the length, and never less than 10 ms sounds.
  ["c: c:0", [[3822, 490], [3822, 10]]],
  // C flat is a B of the octave below, which has no sharp: its period is 0, as those of E# and B# are.
  ["cb e# b#", [[0, 490], [0, 490], [0, 490]]],
  ["c8 c0", [[238, 490], [61152, 490]]],
  ["x", [[null, 490]]],
] as [string, (number | null)[][]][])("%s reads as %j", (text, tones) => expect(read(text)).toEqual(tones)); // prettier-ignore

test("an empty note is a rest", () => expect(new TuneReader().read("", defaultTempo).periodUs).toBe(null));

test("all 21 tunes are notes and rests", () => {
  expect(Object.keys(tunes)).toHaveLength(21);
  for (const tune of Object.values(tunes)) for (const note of tune.split(" ")) expect(note).toMatch(/^[a-gr][#b]?\d?(:\d+)?$/);
});

test("notes begin and end with the 6 ms ticker: 490 ms sound for 492 and the 10 ms of silence last 12", () => {
  const { clock, heard, speaker, play } = bench("mixer");
  clock.moveTo(2 * ms);
  const onEnd = play(["c4:4", "r:2", "a4"]);
  clock.moveTo(2000 * ms);
  expect(heard).toEqual([
    [6, 262],
    [498, null],
    // The rest takes 240 ms and 12.
    [762, 440],
    [1002, null],
  ]);
  expect(onEnd.mock.calls).toEqual([["end"]]);
  expect([speaker.player.isPlaying, speaker.state.count]).toEqual([false, 2]);
});

test("a new tempo counts from the next note on", () => {
  const { clock, speaker, heard, play } = bench("mixer");
  play(["c:4", "d", "e"]);
  clock.moveTo(10 * ms);
  speaker.tempo = { bpm: 240, ticks: 4 };
  clock.moveTo(3000 * ms);
  expect(heard.filter(([, hz]) => hz !== null).map(([at]) => at)).toEqual([6, 510, 762]);
});

test("a loop goes on until it is stopped, and what is no note ends a tune", () => {
  const { clock, speaker, play } = bench("mixer");
  play(["a:1"], true);
  clock.moveTo(6 * 132 * ms);
  expect([speaker.player.isPlaying, speaker.state.count]).toEqual([true, 6]);
  speaker.hush();
  clock.moveTo(2000 * ms);
  expect([speaker.player.isPlaying, speaker.state.hz, speaker.state.count]).toEqual([false, null, 6]);
  const onEnd = vi.fn();
  speaker.player.play({ length: 2, note: (i) => (i === 0 ? "a" : null), loop: true, onEnd });
  clock.moveTo(4000 * ms);
  expect(onEnd.mock.calls).toEqual([["wrong"]]);
});

test("V1 makes pulses in steps of 16 us and keeps its period when it cannot make one; V2 makes any, and 0 is silence", () => {
  const v1 = bench("pin");
  expect([v1.speaker.setPeriodUs(255), v1.speaker.setPeriodUs(1_000_001), v1.speaker.setPeriodUs(3822)]).toEqual([
    false,
    false,
    true,
  ]);
  v1.speaker.pulse(true);
  expect(v1.events.at(-1)).toEqual([0, { kind: "tone", hz: 1e6 / 3808, duty: 0.125 }]);
  v1.play(["e#"]);
  v1.clock.moveTo(10 * ms);
  expect(v1.speaker.state.hz).toBe(263);
  const v2 = bench("mixer");
  v2.play(["c", "e#"]);
  v2.clock.moveTo(100 * ms);
  expect(v2.speaker.state.hz).toBe(262);
  v2.clock.moveTo(600 * ms);
  expect([v2.speaker.state.hz, v2.speaker.player.isPlaying]).toEqual([null, true]);
});

test("a pitch ends with the first tick after its time, and 12 ms later the player is free", () => {
  const { clock, speaker, heard } = bench("pin");
  clock.moveTo(8 * ms);
  speaker.setPeriodUs(2272);
  speaker.pulse(true);
  const onEnd = vi.fn();
  speaker.player.endAfter(100, () => onEnd(clock.ns / ms));
  clock.moveTo(1000 * ms);
  // V1 knows that it was 6, not 8.
  expect(heard).toEqual([
    [8, 440],
    [108, null],
  ]);
  expect(onEnd.mock.calls).toEqual([[120]]);
});

describe("sound effects", () => {
  // Milliseconds of each effect of a built-in sound, without what is random.
  test.each([
    ["giggle", [190, 874, 211, 102, 114]],
    ["hello", [197, 16, 293]],
    ["twinkle", [6722]],
    ["yawn", [1332, 910, 190, 190, 190]],
  ] as const)("%s takes %j ms, in whole buffers", (name, lengths) => {
    const effects = effectsOf(builtInSounds[name], (n) => Math.floor(n / 2))!;
    expect(effects.map((effect) => effect.ms)).toEqual(lengths);
    const { clock, speaker } = bench("mixer");
    const onDone = vi.fn();
    speaker.playEffects(name, effects, () => onDone(clock.ns / ms));
    expect(speaker.state.playing).toBe(name);
    clock.moveTo(20_000 * ms);
    const samples = lengths.reduce((sum, length) => sum + Math.floor(44.1 * length), 0);
    expect(onDone.mock.calls[0]![0]).toBeCloseTo((Math.ceil(samples / 256) * 256) / 44.1, 6);
    expect(speaker.state.playing).toBe(null);
  });

  test("what replaces an effect lets it be done with the next buffer", () => {
    const { clock, speaker } = bench("mixer");
    const effects = effectsOf(builtInSounds.twinkle, () => 0)!;
    const done: [string, number][] = [];
    speaker.playEffects("a", effects, () => done.push(["a", clock.ns / ms]));
    clock.moveTo(100 * ms);
    speaker.playEffects("b", effects, () => done.push(["b", clock.ns / ms]));
    clock.moveTo(9000 * ms);
    expect(done.map(([name, at]) => [name, Math.round(at)])).toEqual([
      ["a", 104],
      ["b", 6821],
    ]);
  });

  test("what is no expression is none", () => {
    const one = builtInSounds.twinkle;
    expect(effectsOf(`${one},${one}`, () => 0)).toHaveLength(2);
    for (const text of ["", "1", `${one};${one}`, `${one},`, `x${one}`, one.replace("0076", "00x6")])
      expect(effectsOf(text, () => 0)).toBe(null);
  });

  test("randomness stays within what the expression says, in the firmware's order", () => {
    const asked: number[] = [];
    const lowest = effectsOf(builtInSounds.mysterious, (n) => (asked.push(n), 0))!;
    const highest = effectsOf(builtInSounds.mysterious, (n) => n - 1)!;
    expect(asked).toEqual([801, 161, 1701, 101, 31]);
    expect([lowest[0]!.hz, highest[0]!.hz, lowest[0]!.ms, highest[0]!.ms]).toEqual([1990, 2790, 251, 411]);
    expect([lowest[1]!.ms, highest[1]!.ms]).toEqual([3000, 4700]);
  });
});

test("volume and switch decide the loudness; until a volume is set the mixer is at its own full one", () => {
  const { speaker, events } = bench("mixer");
  speaker.setOn(false);
  speaker.setOn(true);
  speaker.setVolume(300);
  speaker.setVolume(101);
  expect(events.map(([, event]) => (event.kind === "gain" ? event.gain : null))).toEqual([0, 1, 512 / 1023, 200 / 1023]);
  expect(speaker.state.volume).toBe(101);
});
