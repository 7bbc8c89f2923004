// Renders sound effects as CODAL does (SoundEmojiSynthesizer.cpp, SoundSynthesizerEffects.cpp): a waveform whose frequency and
// volume three stepwise changes work on. Also how long effects take, which the model needs without rendering.
import type { Effect } from "./state.ts";

/** Of CODAL's synthesiser, which fills buffers of so many samples. */
export const effectHz = 44100;
export const bufferSamples = 256;

/** Samples of one effect. */
export function samplesOf({ ms }: Effect, hz: number = effectHz): number {
  return Math.floor((hz * ms) / 1000);
}

const width = 1024;
// Positions 0..1023 of one wave, -1..1. DIFFERS: waveforms 5 to 9 are silent; the firmware calls a function that is not there.
const waves: readonly ((position: number) => number)[] = [
  (at) => -Math.cos((2 * Math.PI * at) / width),
  (at) => at / 512 - 1,
  (at) => (at < 512 ? at / 256 - 1 : (1023 - at) / 256 - 1),
  (at) => (at < 512 ? 1 : -1),
  (at) => ((at * 7919) & 1023) / 512 - 1,
];
const silent = (): number => 0;

const chromatic = [1, 1.0417, 1.125, 1.2, 1.25, 1.3333, 1.4063, 1.5, 1.6, 1.6667, 1.8, 1.875];
const pick = (...steps: number[]): readonly number[] => steps.map((step) => chromatic[step]!);
// Shapes 8 and 9, 10 and 11 and so on: a scale upwards and downwards.
const scales: readonly (readonly number[])[] = [
  pick(0, 2, 4, 5, 7, 9, 11),
  pick(0, 2, 3, 5, 7, 8, 10),
  pick(0, 3, 6, 9),
  chromatic,
  pick(0, 2, 4, 6, 8, 10),
];
const rampSteps = 36;
const degree = Math.PI / 180;

/** The frequency at a step of a shape; null leaves it as it is. */
function shaped(effect: Effect, step: number, steps: number): number | null {
  const { shape, hz, endHz } = effect;
  const span = endHz - hz;
  switch (shape) {
    case 1:
      return hz + (span / steps) * step;
    case 2:
      // The firmware's own pi.
      return hz + Math.sin((step * 3.12159) / 180) * span;
    case 5:
      return hz + Math.sin(degree * step) * endHz;
    case 6:
      return hz + Math.cos(degree * step) * endHz;
    case 18:
      return Math.max(0, hz + (Math.log10(Math.max(1, step)) * span) / 1.95);
  }
  const scale = scales[(shape - 8) >> 1];
  if (shape < 8 || scale === undefined) return null;
  const degreeOf = shape % 2 === 0 ? step : steps - step - 1;
  return hz * 2 ** Math.floor(degreeOf / scale.length) * scale[degreeOf % scale.length]!;
}

interface Stepper {
  step: number;
  readonly steps: number;
  readonly apply: (step: number, steps: number) => void;
}

/** The sound of effects one after the other. */
export class EffectVoice {
  private readonly rate: number;
  private readonly effects: readonly Effect[];
  private index = -1;
  private written = 0;
  private total = 0;
  private position = 0;
  private hz = 0;
  private volume = 0;
  private wave: (position: number) => number = silent;
  private steppers: Stepper[] = [];
  /** The sample at which a stepper has its turn. */
  private due = 0;
  isDone = false;

  constructor(effects: readonly Effect[], rate: number = effectHz) {
    this.rate = rate;
    this.effects = effects;
    this.begin();
  }

  /** The next sample, -1..1; 0 after the end. */
  next(): number {
    while (!this.isDone && this.written === this.total) this.begin();
    if (this.isDone) return 0;
    if (this.written >= this.due) this.step();
    const sample = this.wave(Math.floor(this.position) & (width - 1)) * this.volume;
    this.position = (this.position + (width * this.hz) / this.rate) % width;
    this.written++;
    return Math.max(-1, Math.min(1, sample));
  }

  // The last step of a stepper would come when the effect is over: it is left out.
  private step(): void {
    this.due = Infinity;
    for (const stepper of this.steppers) {
      const { steps, apply } = stepper;
      const start = (): number => Math.floor((this.total / steps) * stepper.step);
      while (stepper.step < steps - 1 && this.written >= start()) apply(stepper.step++, steps);
      if (stepper.step < steps - 1) this.due = Math.min(this.due, start());
    }
  }

  private begin(): void {
    const effect = this.effects[++this.index];
    if (effect === undefined) {
      this.isDone = true;
      return;
    }
    this.written = 0;
    this.total = samplesOf(effect, this.rate);
    this.hz = effect.hz;
    this.volume = effect.volume;
    this.wave = waves[effect.waveform] ?? silent;
    const sweep = (step: number, steps: number): void => {
      this.hz = shaped(effect, step, steps) ?? this.hz;
    };
    const ramp = (step: number): void => {
      this.volume = effect.volume + ((effect.endVolume - effect.volume) / rampSteps) * step;
    };
    const steppers = [
      { steps: effect.steps, apply: sweep },
      { steps: rampSteps, apply: ramp },
      { steps: effect.fxSteps, apply: this.modulation(effect) },
    ];
    this.steppers = steppers.map(({ steps, apply }) => ({ step: 0, steps: Math.max(1, steps), apply }));
    this.due = 0;
  }

  private modulation({ fx, fxParam, hz }: Effect): (step: number) => void {
    // Times 0 stays 0: there is no way back from it by dividing.
    const factor = (step: number): number => (step === 0 ? 1 : step % 2 === 1 ? fxParam : fxParam === 0 ? 1 : 1 / fxParam);
    switch (fx) {
      case 1:
        return (step) => (this.hz *= factor(step));
      case 2:
        return (step) => (this.volume *= factor(step));
      case 3:
        return (step) => (this.hz = Math.sin(step) * (fxParam - hz) + hz);
      default:
        return () => {};
    }
  }
}
