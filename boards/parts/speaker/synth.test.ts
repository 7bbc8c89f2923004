// What the synthesiser makes, in numbers: frequencies by zero crossings, envelopes, lengths, and that nothing jumps.
import { describe, expect, test } from "vitest";
import { EffectVoice, samplesOf } from "./effect.ts";
import { builtInSounds, effectsOf } from "./expression.ts";
import type { Effect, TimedSound } from "./state.ts";
import { SoundStream, Synth } from "./synth.ts";

const rate = 48000;
const plain: Effect = { waveform: 0, hz: 440, endHz: 440, volume: 1, endVolume: 1, ms: 500, shape: 0, steps: 128, fx: 0, fxParam: 1, fxSteps: 0 }; // prettier-ignore

function crossings(pcm: Float32Array, from: number, to: number): number {
  let count = 0;
  for (let i = Math.round(from * rate) + 1; i < Math.round(to * rate); i++) if (pcm[i - 1]! < 0 && pcm[i]! >= 0) count++;
  return count;
}
/** Hz between two instants in seconds. */
const pitch = (pcm: Float32Array, from: number, to: number): number => crossings(pcm, from, to) / (to - from);
const peak = (pcm: Float32Array, from: number, to: number): number =>
  pcm.slice(Math.round(from * rate), Math.round(to * rate)).reduce((most, v) => Math.max(most, Math.abs(v)), 0);

const play = (events: readonly TimedSound[], untilMs: number): Float32Array => new SoundStream(rate, 0).advance(events, untilMs);
const effectsAt = (ms: number, effects: readonly Effect[]): TimedSound => ({ ms, kind: "effects", effects });
const tone = (ms: number, hz: number | null, duty = 0.5): TimedSound => ({ ms, kind: "tone", hz, duty });

test.each([131, 262, 440, 1047, 3000])("a tone of %i Hz has that many waves a second", (hz) => {
  const pcm = play([tone(0, hz)], 1000);
  expect(pcm).toHaveLength(48000);
  expect(Math.abs(pitch(pcm, 0.1, 0.9) - hz)).toBeLessThanOrEqual(2);
});

test("a tone begins and ends at its samples, with edges of a millisecond and no jump after them", () => {
  const pcm = play([tone(100, 440), tone(300, null)], 500);
  expect(peak(pcm, 0, 0.1)).toBe(0);
  expect(peak(pcm, 0.1, 0.1005)).toBeLessThan(0.6);
  expect(peak(pcm, 0.15, 0.25)).toBeGreaterThan(0.95);
  const after = pcm.slice(Math.round(0.302 * rate));
  expect(Math.max(...after.map((v, i) => (i === 0 ? 0 : Math.abs(v - after[i - 1]!))))).toBeLessThan(0.005);
});

test("V1's pulses are high for an eighth of the period", () => {
  const pcm = play([tone(0, 500, 1 / 8)], 200).slice(4800);
  const high = pcm.filter((v, i) => i > 0 && v > (Math.max(...pcm) + Math.min(...pcm)) / 2).length / pcm.length;
  expect(high).toBeCloseTo(1 / 8, 2);
});

test("a stream in pieces is the same as in one", () => {
  const events = [tone(3.3, 440), effectsAt(20, [plain]), tone(47.1, 523), tone(80, null)];
  const whole = play(events, 200);
  const stream = new SoundStream(rate, 0);
  const parts: number[] = [];
  for (let ms = 0; ms < 200; ms += 7.3) {
    const until = Math.min(200, ms + 7.3);
    parts.push(...stream.advance(events.filter((event) => event.ms >= ms && event.ms < until), until)); // prettier-ignore
  }
  expect(parts).toHaveLength(whole.length);
  expect(parts.filter((v, i) => Math.abs(v - whole[i]!) > 1e-6)).toEqual([]);
});

test("loudness is what the events say, and silence is told", () => {
  const synth = new Synth(rate);
  const out = new Float32Array(rate);
  expect(synth.isSilent).toBe(true);
  synth.apply({ kind: "gain", gain: 200 / 1023 });
  synth.apply({ kind: "tone", hz: 440, duty: 0.5 });
  synth.render(out, 0, 12000);
  expect(peak(out, 0.1, 0.25)).toBeCloseTo(200 / 1023, 1);
  expect(synth.isSilent).toBe(false);
  synth.apply({ kind: "tone", hz: null, duty: 0.5 });
  synth.render(out, 12000, 48000);
  expect(synth.isSilent).toBe(true);
});

test("samples play at their own rate, 32 of them in 4.096 ms, and stop with a decay", () => {
  const frame = Uint8Array.from({ length: 32 }, (_, i) => Math.round(128 + 127 * Math.sin((2 * Math.PI * i) / 32)));
  const events: TimedSound[] = Array.from({ length: 100 }, (_, i) => ({
    ms: i * 4.096,
    kind: "frame",
    samples: frame,
    hz: 7812.5,
  }));
  const pcm = play(events, 500);
  expect(Math.abs(pitch(pcm, 0.05, 0.35) - 7812.5 / 32)).toBeLessThan(4);
  expect(peak(pcm, 0.1, 0.3)).toBeGreaterThan(0.9);
  expect(peak(pcm, 0.45, 0.5)).toBeLessThan(0.02);
});

describe("effects", () => {
  const render = (effect: Partial<Effect>): Float32Array => play([effectsAt(0, [{ ...plain, ...effect }])], 1000);

  test.each([
    ["sine", 0],
    ["sawtooth", 1],
    ["triangle", 2],
    ["square", 3],
  ])("a %s of 440 Hz has 440 waves a second and ends after its 500 ms", (_name, waveform) => {
    const pcm = render({ waveform });
    expect(Math.abs(pitch(pcm, 0, 0.5) - 440)).toBeLessThanOrEqual(4);
    expect(peak(pcm, 0.1, 0.4)).toBeGreaterThan(0.95);
    expect(peak(pcm, 0.56, 1)).toBeLessThan(0.02);
  });

  test("loudness by root mean square tells the waveforms apart", () => {
    const rms = (waveform: number): number => {
      const pcm = render({ waveform }).slice(4800, 19200);
      return Math.sqrt(pcm.reduce((sum, v) => sum + v * v, 0) / pcm.length);
    };
    const expected = [1 / Math.SQRT2, 1 / Math.sqrt(3), 1 / Math.sqrt(3), 1];
    for (const [waveform, value] of expected.entries()) expect(rms(waveform)).toBeCloseTo(value, 1);
    expect(rms(4)).toBeGreaterThan(0.4);
  });

  test("volume goes from start to end in 36 steps, of which the last is not heard", () => {
    const pcm = render({ volume: 0, endVolume: 1, hz: 2000 });
    for (const share of [0.25, 0.5, 0.75]) expect(peak(pcm, share * 0.5 - 0.01, share * 0.5)).toBeCloseTo(share, 1);
    expect(peak(pcm, 0.49, 0.5)).toBeCloseTo(34 / 36, 1);
  });

  test("shapes: linear, logarithmic and curve from 500 to 1500 Hz", () => {
    const at = (shape: number, share: number): number => {
      const pcm = render({ shape, hz: 500, endHz: 1500, ms: 1000 });
      return pitch(pcm, share - 0.03, share + 0.03);
    };
    expect(Math.abs(at(1, 0.5) - 1000)).toBeLessThan(25);
    expect(Math.abs(at(18, 0.5) - (500 + (Math.log10(64) * 1000) / 1.95))).toBeLessThan(25);
    expect(Math.abs(at(2, 0.5) - (500 + Math.sin((64 * 3.12159) / 180) * 1000))).toBeLessThan(25);
    expect(Math.abs(at(0, 0.5) - 500)).toBeLessThan(20);
  });

  test("scales climb and fall", () => {
    const up = render({ shape: 8, hz: 400, steps: 8, ms: 800 });
    const notes = [1, 1.125, 1.25, 1.3333, 1.5, 1.6667, 1.875];
    for (const [i, factor] of notes.entries())
      expect(Math.abs(pitch(up, i / 10 + 0.02, i / 10 + 0.08) - 400 * factor)).toBeLessThan(20);
    const down = render({ shape: 9, hz: 400, steps: 8, ms: 800 });
    expect(pitch(down, 0.02, 0.08)).toBeGreaterThan(780);
  });

  test("vibrato multiplies the frequency every other step, tremolo the volume; warble swings between two", () => {
    const vibrato = render({ fx: 1, fxParam: 2, fxSteps: 11, ms: 1000 });
    expect(Math.abs(pitch(vibrato, 0.11, 0.17) - 880)).toBeLessThan(40);
    expect(Math.abs(pitch(vibrato, 0.2, 0.26) - 440)).toBeLessThan(40);
    const tremolo = render({ fx: 2, fxParam: 3, fxSteps: 11, ms: 1000, volume: 0.3, endVolume: 0.3, hz: 1000 });
    expect([peak(tremolo, 0.092, 0.11), peak(tremolo, 0.06, 0.08)].map((v) => Math.round(v * 10) / 10)).toEqual([0.9, 0.3]);
    const warble = render({ fx: 3, fxParam: 1000, fxSteps: 6, ms: 1000 });
    expect(Math.abs(pitch(warble, 0.2, 0.3) - (440 + Math.sin(1) * 560))).toBeLessThan(40);
    // A factor of 0 must not make nonsense.
    for (const fx of [1, 2, 3]) expect(render({ fx, fxParam: 0, fxSteps: 10 }).every(Number.isFinite)).toBe(true);
  });

  test.each(Object.entries(builtInSounds))("%s sounds, in its length, without leaving -1..1", (_name, text) => {
    const effects = effectsOf(text, (n) => n >> 1)!;
    const voice = new EffectVoice(effects);
    const total = effects.reduce((sum, effect) => sum + samplesOf(effect), 0);
    let loudest = 0;
    for (let i = 0; i < total; i++) {
      const sample = voice.next();
      loudest = Math.max(loudest, Math.abs(sample));
    }
    expect(voice.isDone).toBe(false);
    voice.next();
    expect(voice.isDone).toBe(true);
    expect(loudest).toBeGreaterThan(0.05);
    expect(loudest).toBeLessThanOrEqual(1);
  });
});
