// A voice of our own for the phonemes of the micro:bit: a buzz and a hiss through three resonances that glide from phoneme to phoneme.
// It is not the firmware's voice, which belongs to the makers of S.A.M.; it says the same, as long, and sings the same notes. No DOM.
import type { Segment } from "./phonemes.ts";

const glideSeconds = 0.018;
// Bandwidths of the three resonances, and how loud each is.
const bandwidths = [70, 100, 150] as const;
const levels = [1, 0.6, 0.35] as const;
const hissBandwidth = 900;
const openShare = 0.7;
const buzzing = 6;
const loudness = 0.5;

/** A two-pole resonator with unit gain at its middle. */
class Resonator {
  private y1 = 0;
  private y2 = 0;

  next(x: number, hz: number, bandwidth: number, rate: number): number {
    const radius = Math.exp((-Math.PI * bandwidth) / rate);
    const cos = Math.cos((2 * Math.PI * Math.min(hz, 0.45 * rate)) / rate);
    const gain = (1 - radius) * Math.sqrt(1 - 2 * radius * (2 * cos * cos - 1) + radius * radius);
    const y = gain * x + 2 * radius * cos * this.y1 - radius * radius * this.y2;
    this.y2 = this.y1;
    this.y1 = y;
    return y;
  }
}

export class Voice {
  private readonly rate: number;
  private readonly segments: readonly Segment[];
  private readonly glide: number;
  private readonly resonators = [new Resonator(), new Resonator(), new Resonator()];
  private readonly hissing = new Resonator();
  private index = 0;
  private left: number;
  private formants: [number, number, number];
  private voice = 0;
  private hiss = 0;
  private hissHz: number;
  private hz: number;
  private phase = 0;
  private random = 0x2545f491;
  isDone: boolean;

  constructor(segments: readonly Segment[], rate: number) {
    this.rate = rate;
    this.segments = segments;
    this.glide = 1 - Math.exp(-1 / (glideSeconds * rate));
    const first = segments[0];
    this.isDone = first === undefined;
    this.left = this.samples(first);
    this.formants = [...(first?.formants ?? [500, 1500, 2500])];
    this.hissHz = first?.hissHz ?? 3000;
    this.hz = first?.hz ?? 100;
  }

  /** The next sample, about -1..1; 0 after the end. */
  next(): number {
    while (!this.isDone && this.left <= 0) {
      this.left += this.samples(this.segments[++this.index]);
      this.isDone = this.index >= this.segments.length;
    }
    if (this.isDone) return 0;
    this.left--;
    this.move(this.segments[this.index]!);
    this.phase = (this.phase + this.hz / this.rate) % 1;
    // The slope of a pulse that opens slowly and closes fast.
    const slope = this.phase < openShare ? 1 - openShare : -openShare;
    const source = slope * this.voice * buzzing;
    let sum = 0;
    for (let i = 0; i < 3; i++)
      sum += levels[i]! * this.resonators[i]!.next(source, this.formants[i]!, bandwidths[i]!, this.rate);
    sum += 2 * this.hissing.next(this.white() * this.hiss, this.hissHz, hissBandwidth, this.rate);
    return Math.max(-1, Math.min(1, sum * loudness));
  }

  private move(to: Segment): void {
    const { glide } = this;
    for (let i = 0; i < 3; i++) this.formants[i] = this.formants[i]! + (to.formants[i]! - this.formants[i]!) * glide;
    this.voice += (to.voice - this.voice) * glide;
    this.hiss += (to.hiss - this.hiss) * glide * 3;
    this.hissHz += (to.hissHz - this.hissHz) * glide * 3;
    this.hz += (to.hz - this.hz) * glide;
  }

  private samples(segment: Segment | undefined): number {
    return segment === undefined ? 0 : (segment.ms * this.rate) / 1000;
  }

  private white(): number {
    let x = this.random;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.random = x;
    return x / 0x80000000;
  }
}
