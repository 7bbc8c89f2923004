// The micro:bit's sound: pulses on a pin (tones), CODAL's sound effects, streams of samples, and words. It tells what happens
// to the sound, event by event; making it heard is the page's work. All in clock time.
import type { Alarm, Clock } from "../../../interpreter/host.ts";
import type { Peripheral } from "../../peripheral.ts";
import type { Segment } from "../../speech/phonemes.ts";
import { bufferSamples, effectHz, samplesOf } from "./effect.ts";
import { type Effect, silence, type SoundEvent, type SpeakerInput, type SpeakerState } from "./state.ts";
import { defaultTempo, type Tempo } from "./tune.ts";
import { type Pulses, tickMs, TunePlayer } from "./tune-player.ts";

/** How a board makes tones. */
export interface ToneMaker {
  /** What comes out for a period in microseconds: pulses a second, 0 for silence, or null when the period is refused. */
  readonly hzOf: (periodUs: number) => number | null;
  /** The share of a period in which the pin is high. */
  readonly duty: number;
  /** Before a period was ever set. */
  readonly firstPeriodUs: number;
  /** Milliseconds in which the music module tells the time. */
  readonly grainMs: number;
}

const pwmTickUs = 16;
/** V1: software PWM in ticks of 16 us, high for an eighth; it takes 256 us to 1 s (lib/pwm.c). */
const pinTones: ToneMaker = {
  hzOf: (us) => (us < 256 || us > 1e6 ? null : 1e6 / (Math.floor(us / pwmTickUs) * pwmTickUs)),
  duty: 1 / 8,
  firstPeriodUs: 20000,
  grainMs: tickMs,
};
/** V2: a square wave in the mixer (SoundOutputPin.cpp). */
const mixerTones: ToneMaker = { hzOf: (us) => (us === 0 ? 0 : 1e6 / us), duty: 1 / 2, firstPeriodUs: 0, grainMs: 1 };

const bufferNs = (bufferSamples * 1e9) / effectHz;
// The mixer counts to 1023 and is given twice the volume; until a program sets one it is at its own full volume.
const gainOf = (volume: number): number => (volume === 255 ? 512 : Math.floor(volume / 2) * 4) / 1023;

export class Speaker implements Peripheral<SpeakerState, SpeakerInput> {
  state: SpeakerState = silence;
  onChange: (() => void) | null = null;
  /** Told of everything that happens to the sound, at once. */
  onSound: ((event: SoundEvent) => void) | null = null;
  /** Told of every tone and its end (null), for the pin that it is on. */
  onTone: ((hz: number | null, duty: number) => void) | null = null;
  readonly player: TunePlayer;
  tempo: Tempo = defaultTempo;
  private readonly clock: Clock;
  private readonly tones: ToneMaker;
  private periodUs: number;
  private pulsing = false;
  private isVolumeSet = false;
  /** False: the tones go to no pin, and there is nothing else to hear them. */
  private isRouted = true;
  /** Counts the times that everything was made to stop, for those who have more to play. */
  hushes = 0;
  private effects: readonly Effect[] = [];
  private effectAlarm: Alarm | null = null;
  private effectEnd = 0;
  private afterEffects: (() => void) | null = null;

  constructor(clock: Clock, kind: "pin" | "mixer") {
    this.clock = clock;
    this.tones = kind === "pin" ? pinTones : mixerTones;
    this.periodUs = this.tones.firstPeriodUs;
    const pulses: Pulses = {
      pulse: (on) => this.pulse(on),
      setPeriodUs: (us) => void this.setPeriodUs(us),
    };
    this.player = new TunePlayer(clock, pulses, () => this.tempo, this.tones.grainMs);
  }

  input(event: SpeakerInput): void {
    throw new Error(`a speaker takes no input: ${JSON.stringify(event)}`);
  }

  reset(): void {
    this.hush();
    this.periodUs = this.tones.firstPeriodUs;
    this.isVolumeSet = false;
    this.change({ ...silence, count: this.state.count });
    this.tell({ kind: "gain", gain: 1 });
  }

  /** Everything that sounds stops. */
  hush(): void {
    this.hushes++;
    this.isRouted = true;
    this.player.forget();
    this.pulse(false);
    this.stopEffects();
    this.endFrames();
    this.say(null, []);
  }

  /** Something is to be heard now, or was just now. */
  get isSounding(): boolean {
    return this.pulsing || this.state.playing !== null || this.state.words !== null;
  }

  // ---- tones

  /** Pulses on or off, with the period as it was set last. */
  pulse(on: boolean): void {
    const isHeard = on && this.isRouted;
    if (!isHeard && !this.pulsing) return;
    this.pulsing = isHeard;
    this.sound(isHeard);
  }

  /** Whether tones from now on go anywhere. */
  route(isRouted: boolean): void {
    this.isRouted = isRouted;
  }

  /** False: a period that the board cannot make; the old one stays. */
  setPeriodUs(us: number): boolean {
    if (this.tones.hzOf(us) === null) return false;
    if (us !== this.periodUs && this.pulsing) {
      this.periodUs = us;
      this.sound(true);
    }
    this.periodUs = us;
    return true;
  }

  private sound(on: boolean): void {
    const hz = on ? this.tones.hzOf(this.periodUs) || null : null;
    this.tell({ kind: "tone", hz, duty: this.tones.duty });
    this.onTone?.(hz, this.tones.duty);
    if (hz === null && this.state.hz === null) return;
    this.change({ hz: hz === null ? this.effectHz() : Math.round(hz), count: this.state.count + (hz === null ? 0 : 1) });
  }

  // ---- effects

  get hasEffects(): boolean {
    return this.effects.length > 0;
  }
  /** When the effects that play have been rendered; Infinity when none do. */
  get effectEndNs(): number {
    return this.hasEffects ? this.effectEnd : Infinity;
  }

  /**
   * Plays effects in place of those that sound. `onDone` is called when the synthesiser has rendered the last of them, or,
   * when others take their place, with its next buffer.
   */
  playEffects(name: string, effects: readonly Effect[], onDone: () => void): void {
    const before = this.afterEffects;
    this.effectAlarm?.cancel();
    this.effects = effects;
    this.afterEffects = onDone;
    // The mixer asks for a buffer at a time; what is new begins with the next one.
    const start = this.nextBufferNs();
    if (before) this.clock.alarm(start, before);
    const samples = effects.reduce((sum, effect) => sum + samplesOf(effect), 0);
    this.effectEnd = start + Math.max(0, Math.ceil(samples / bufferSamples) - 1) * bufferNs;
    this.effectAlarm = this.clock.alarm(this.effectEnd, () => this.endEffects());
    this.tell({ kind: "effects", effects });
    this.change({ playing: name, hz: this.pulsing ? this.state.hz : this.effectHz(), count: this.state.count + 1 });
  }

  stopEffects(): void {
    if (!this.hasEffects) return;
    this.effectAlarm?.cancel();
    this.tell({ kind: "effects", effects: [] });
    this.endEffects();
  }

  private endEffects(): void {
    const { afterEffects } = this;
    this.effects = [];
    this.effectAlarm = null;
    this.afterEffects = null;
    this.change({ playing: null, hz: this.pulsing ? this.state.hz : null });
    afterEffects?.();
  }

  private effectHz(): number | null {
    const [first] = this.effects;
    return first === undefined ? null : Math.round(first.hz);
  }

  private nextBufferNs(): number {
    return (Math.floor(this.clock.ns / bufferNs) + 1) * bufferNs;
  }

  // ---- samples and words

  /** Samples to follow on those before, so many a second. */
  frame(samples: Uint8Array, hz: number): void {
    if (this.state.playing !== "samples") this.change({ playing: "samples" });
    this.tell({ kind: "frame", samples: samples.slice(), hz });
  }
  endFrames(): void {
    if (this.state.playing !== "samples") return;
    this.change({ playing: null });
    this.tell({ kind: "frames-end" });
  }

  /** Shows the words and has the voice say the segments; null ends both. */
  say(words: string | null, segments: readonly Segment[]): void {
    if (words === null && this.state.words === null) return;
    this.change({ words });
    this.tell({ kind: "voice", segments });
  }

  // ---- loudness

  setVolume(volume: number): void {
    this.isVolumeSet = true;
    this.change({ volume: Math.max(0, Math.min(255, volume)) });
    this.tell({ kind: "gain", gain: this.gain });
  }
  setOn(on: boolean): void {
    this.change({ on });
    this.tell({ kind: "gain", gain: this.gain });
  }

  private get gain(): number {
    return !this.state.on ? 0 : this.isVolumeSet ? gainOf(this.state.volume) : 1;
  }

  private tell(event: SoundEvent): void {
    this.onSound?.(event);
  }
  private change(part: Partial<SpeakerState>): void {
    this.state = { ...this.state, ...part };
    this.onChange?.();
  }
}
