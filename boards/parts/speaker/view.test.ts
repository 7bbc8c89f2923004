// How sound is scheduled, on a context whose time the test moves. Whether it sounds is the browser's.
import { expect, test } from "vitest";
import type { TimedSound } from "./state.ts";
import { SpeakerSound } from "./view.ts";

const rate = 48000;

class FakeGain {
  readonly to: unknown[] = [];
  readonly targets: number[] = [];
  readonly gain = { value: 1, setTargetAtTime: (target: number) => this.targets.push(target) };
  connect(node: unknown): void {
    this.to.push(node);
  }
}

class FakeContext {
  readonly sampleRate = rate;
  readonly destination = "speakers";
  currentTime = 0;
  state = "suspended";
  isClosed = false;
  resumes = 0;
  readonly gains: FakeGain[] = [];
  /** Every piece: its first frame, its samples and where it goes. */
  readonly pieces: { start: number; pcm: Float32Array; to: unknown }[] = [];

  resume(): Promise<void> {
    this.resumes++;
    this.state = "running";
    return Promise.resolve();
  }
  close(): Promise<void> {
    this.isClosed = true;
    return Promise.resolve();
  }
  createGain(): FakeGain {
    this.gains.push(new FakeGain());
    return this.gains.at(-1)!;
  }
  createBuffer(_channels: number, length: number): unknown {
    const pcm: Float32Array<ArrayBuffer> = new Float32Array(length);
    return { pcm, copyToChannel: (source: Float32Array) => pcm.set(source) };
  }
  createBufferSource() {
    const piece = { start: 0, pcm: new Float32Array(0), to: null as unknown };
    return {
      set buffer(buffer: { pcm: Float32Array<ArrayBuffer> }) {
        piece.pcm = buffer.pcm;
      },
      connect: (node: unknown) => (piece.to = node),
      start: (seconds: number) => {
        piece.start = Math.round(seconds * rate);
        this.pieces.push(piece);
      },
    };
  }
}

function bench(isUnlocked = true) {
  const context = new FakeContext();
  const sound = new SpeakerSound(() => context as unknown as AudioContext);
  if (isUnlocked) sound.unlock();
  return { context, sound };
}
const tone = (ms: number, hz: number | null): TimedSound => ({ ms, kind: "tone", hz, duty: 0.5 });

test("is silent until the page is pressed; a tone that is held then is heard from there", () => {
  const { context, sound } = bench(false);
  sound.take([tone(0, 440)], 16);
  expect(context.gains).toHaveLength(0);
  sound.unlock();
  sound.take([], 1000);
  sound.take([], 1016);
  expect(context.pieces.map(({ pcm }) => pcm.length)).toEqual([768]);
  expect(Math.max(...context.pieces[0]!.pcm)).toBeGreaterThan(0.5);
});

test("pieces follow one another frame by frame, each a little after the board", () => {
  const { context, sound } = bench();
  sound.take([tone(100, 440)], 116.5);
  for (let i = 1; i < 30; i++) {
    context.currentTime = i * 0.0165;
    sound.take([], 116.5 + i * 16.5);
  }
  expect(context.pieces).toHaveLength(30);
  expect(context.pieces[0]!.start).toBe(0.06 * rate);
  for (const [i, { start, pcm }] of context.pieces.slice(0, -1).entries())
    expect(context.pieces[i + 1]!.start).toBe(start + pcm.length);
});

test("notes keep their distance on the board, whenever their messages come", () => {
  const { context, sound } = bench();
  sound.take([tone(0, 440)], 20);
  context.currentTime = 0.05;
  sound.take([tone(40, null)], 50);
  for (let ms = 66; ms < 210; ms += 16) {
    context.currentTime = ms / 1000;
    sound.take([], ms);
  }
  const silent = context.pieces.length;
  context.currentTime = 0.23;
  sound.take([tone(216, 523)], 230);
  expect(context.pieces[silent]!.start - context.pieces[0]!.start).toBe(0.216 * rate);
});

test("a page that was late plays on from now; a board that is too fast leaves nothing for later", () => {
  const { context, sound } = bench();
  sound.take([tone(0, 440)], 20);
  context.currentTime = 5;
  sound.take([], 40);
  expect(context.pieces.at(-1)!.start).toBe(Math.round(5.06 * rate));
  for (let ms = 50; ms < 60_000; ms += 10) sound.take([], ms);
  expect(context.pieces.reduce((sum, { pcm }) => sum + pcm.length, 0)).toBeLessThan(0.6 * rate);
});

test("silence fades what is scheduled, and a new sound has its own way out", () => {
  const { context, sound } = bench();
  sound.take([tone(0, 440)], 20);
  const bus = context.pieces[0]!.to as FakeGain;
  sound.silence();
  expect(bus.targets).toEqual([0]);
  sound.take([], 40);
  expect(context.pieces).toHaveLength(1);
  sound.take([tone(50, 440)], 60);
  expect(context.pieces[1]!.to).not.toBe(bus);
});

test("a board whose time begins anew is another one: the tone of the old one is over, and it is heard at once", () => {
  const { context, sound } = bench();
  sound.take([tone(60_000, 440)], 60_020);
  const bus = context.pieces[0]!.to as FakeGain;
  sound.take([{ ms: 0, kind: "gain", gain: 1 }], 5);
  expect(bus.targets).toEqual([0]);
  sound.take([], 25);
  const before = context.pieces.length;
  expect(context.pieces.slice(1).every(({ pcm }) => pcm.every((value) => value === 0))).toBe(true);
  sound.take([tone(30, 440)], 50);
  expect(Math.max(...context.pieces.slice(before).flatMap(({ pcm }) => [...pcm]))).toBeGreaterThan(0.5);
});

test("mute turns everything down, before and after the context is there", () => {
  const { context, sound } = bench(false);
  sound.mute = true;
  sound.unlock();
  const [master] = context.gains;
  expect([master!.gain.value, master!.to]).toEqual([0, ["speakers"]]);
  sound.mute = false;
  const full = master!.targets.at(-1)!;
  expect(full).toBeGreaterThan(0);
  sound.volume = 0.5;
  expect(master!.targets.at(-1)).toBeCloseTo(full / 4, 9);
  sound.mute = true;
  sound.volume = 1;
  expect(master!.targets.at(-1)).toBe(0);
});

test("a context that the browser stopped is asked for again by the next press; close lets it go", () => {
  const { context, sound } = bench();
  context.state = "interrupted";
  sound.take([tone(0, 440)], 20);
  expect([context.pieces.length, sound.isRunning]).toEqual([0, false]);
  sound.unlock();
  expect([context.resumes, sound.isRunning]).toEqual([2, true]);
  sound.take([], 40);
  sound.take([], 60);
  expect(context.pieces).toHaveLength(1);
  sound.close();
  expect([context.isClosed, sound.isRunning]).toEqual([true, false]);
});
