// Makes PCM of what happens to a board's sound: tones, effects and samples mixed as the board's mixer does, at any sample rate.
// No DOM: the view plays what comes out, tests measure it. Edges of tones are a millisecond long, so that nothing clicks.
import { Voice } from "../../speech/voice.ts";
import { EffectVoice } from "./effect.ts";
import type { SoundEvent, TimedSound } from "./state.ts";

const edgeSeconds = 0.001;
// A constant level makes no sound, and must not make a jump when it begins: a high pass at 20 Hz.
const lowestHz = 20;
const middle = 128;

/** Bytes in their own sample rate, played with straight lines between. */
class SampleVoice {
  private queue: Uint8Array[] = [];
  private at = 0;
  private before = 0;
  private step = 1;
  private isEnding = true;

  push(samples: Uint8Array, step: number): void {
    this.queue.push(samples);
    this.step = step;
    this.isEnding = false;
  }
  end(): void {
    this.queue = [];
    this.at = 0;
    this.before = 0;
    this.isEnding = true;
  }
  /** Something is left to be heard. */
  get isSounding(): boolean {
    return this.queue.length > 0 && !this.isEnding;
  }

  next(): number {
    const [frame] = this.queue;
    if (frame === undefined) return (this.before *= 0.999);
    const index = Math.floor(this.at);
    const now = (frame[index]! - middle) / middle;
    const last = index > 0 ? (frame[index - 1]! - middle) / middle : this.before;
    const sample = last + (now - last) * (this.at - index);
    this.at += this.step;
    if (this.at >= frame.length) {
      this.at -= frame.length;
      this.before = (frame.at(-1)! - middle) / middle;
      this.queue.shift();
    }
    return sample;
  }
}

export class Synth {
  readonly rate: number;
  private hz = 0;
  private duty = 0.5;
  private phase = 0;
  private toneLevel = 0;
  private toneTarget = 0;
  private effects: EffectVoice | null = null;
  private readonly samples = new SampleVoice();
  private voice: Voice | null = null;
  private gain = 1;
  private gainTarget = 1;
  private readonly edge: number;
  private readonly pole: number;
  private lastIn = 0;
  private lastOut = 0;

  constructor(rate: number) {
    this.rate = rate;
    this.edge = 1 / (edgeSeconds * rate);
    this.pole = 1 - (2 * Math.PI * lowestHz) / rate;
  }

  apply(event: SoundEvent): void {
    switch (event.kind) {
      case "tone":
        this.toneTarget = event.hz === null ? 0 : 1;
        // What fades out keeps its pitch.
        if (event.hz !== null) {
          this.hz = event.hz;
          this.duty = event.duty;
        }
        return;
      case "effects":
        this.effects = event.effects.length > 0 ? new EffectVoice(event.effects, this.rate) : null;
        return;
      case "frame":
        return this.samples.push(event.samples, event.hz / this.rate);
      case "frames-end":
        return this.samples.end();
      case "gain":
        this.gainTarget = event.gain;
        return;
      case "voice":
        this.voice = event.segments.length > 0 ? new Voice(event.segments, this.rate) : null;
        return;
    }
  }

  /** Nothing sounds, and nothing will without another event. */
  get isSilent(): boolean {
    const isOver =
      this.toneTarget === 0 && this.toneLevel === 0 && this.effects === null && this.voice === null && !this.samples.isSounding;
    return isOver && Math.abs(this.lastOut) < 1e-4;
  }

  /** Fills `out` from `from` up to `to`, with samples of -1..1. */
  render(out: Float32Array, from: number, to: number): void {
    for (let i = from; i < to; i++) {
      let sum = this.samples.next();
      if (this.effects) {
        sum += this.effects.next();
        if (this.effects.isDone) this.effects = null;
      }
      if (this.voice) {
        sum += this.voice.next();
        if (this.voice.isDone) this.voice = null;
      }
      if (this.toneLevel > 0 || this.toneTarget > 0) sum += this.tone();
      this.gain = toward(this.gain, this.gainTarget, this.edge);
      const mixed = Math.max(-1, Math.min(1, sum * this.gain));
      this.lastOut = mixed - this.lastIn + this.pole * this.lastOut;
      this.lastIn = mixed;
      out[i] = this.lastOut;
    }
  }

  private tone(): number {
    this.toneLevel = toward(this.toneLevel, this.toneTarget, this.edge);
    const sample = this.phase < this.duty ? 1 : -1;
    this.phase = (this.phase + this.hz / this.rate) % 1;
    return sample * this.toneLevel;
  }
}

function toward(value: number, target: number, step: number): number {
  return value < target ? Math.min(target, value + step) : Math.max(target, value - step);
}

/** PCM in the board's time: events are taken at the sample at which they happen. */
export class SoundStream {
  readonly synth: Synth;
  private readonly startMs: number;
  private rendered = 0;

  constructor(rate: number, startMs: number) {
    this.synth = new Synth(rate);
    this.startMs = startMs;
  }

  /** The samples from where the last ones ended up to `untilMs`. Events before that are not lost: they count at once. */
  advance(events: readonly TimedSound[], untilMs: number): Float32Array<ArrayBuffer> {
    const out = new Float32Array(Math.max(0, Math.floor(this.sampleAt(untilMs) + 1e-6)));
    let at = 0;
    for (const event of events) {
      const to = Math.max(at, Math.min(out.length, Math.round(this.sampleAt(event.ms))));
      this.synth.render(out, at, to);
      this.synth.apply(event);
      at = to;
    }
    this.synth.render(out, at, out.length);
    this.rendered += out.length;
    return out;
  }

  // Counted from what has been rendered.
  private sampleAt(ms: number): number {
    return ((ms - this.startMs) * this.synth.rate) / 1000 - this.rendered;
  }
}
