// What the speaker shows and what it sounds like; plain data. The view makes sound of the events, the lessons compare the state.
import type { Segment } from "../../speech/phonemes.ts";

export interface SpeakerState {
  /** The tone that sounds now, or the first of the effect that does, in whole Hz; null for silence and for samples. */
  readonly hz: number | null;
  /** Counts tones, so that the same tone twice is two changes. */
  readonly count: number;
  /** 0..255. */
  readonly volume: number;
  /** speaker.off() leaves the sound to the pin. */
  readonly on: boolean;
  /** What plays besides a tone: "giggle" (a built-in sound), "effect" or "samples"; null for none of them. */
  readonly playing: string | null;
  /** The words that are being said, or null. */
  readonly words: string | null;
}
export type SpeakerInput = never;

export const silence: SpeakerState = { hz: null, count: 0, volume: 255, on: true, playing: null, words: null };

/** One sound effect with everything random in it decided, as CODAL's synthesiser takes it. Volumes are 0..1. */
export interface Effect {
  /** 0 sine, 1 sawtooth, 2 triangle, 3 square, 4 noise. */
  readonly waveform: number;
  readonly hz: number;
  readonly endHz: number;
  readonly volume: number;
  readonly endVolume: number;
  readonly ms: number;
  /** How the frequency goes from start to end: 0 not at all, 1 linear, 2 curve, 5 and 6 sines, 8..17 scales, 18 logarithmic. */
  readonly shape: number;
  readonly steps: number;
  /** 0 none, 1 vibrato, 2 tremolo, 3 warble. */
  readonly fx: number;
  readonly fxParam: number;
  readonly fxSteps: number;
}

/** What happens to the sound. Whoever passes an event on says when: `TimedSound`. */
export type SoundEvent =
  /** The pulses on the pin: so many a second, high for `duty` of each; null: none. */
  | { readonly kind: "tone"; readonly hz: number | null; readonly duty: number }
  /** Effects one after the other, in place of those that sound. Empty: none. */
  | { readonly kind: "effects"; readonly effects: readonly Effect[] }
  /** 32 samples around 128, to follow on those given before. */
  | { readonly kind: "frame"; readonly samples: Uint8Array; readonly hz: number }
  /** What is left of the samples is not to be heard. */
  | { readonly kind: "frames-end" }
  /** The loudness of everything, 0..1. */
  | { readonly kind: "gain"; readonly gain: number }
  /** Speech, in place of any before. Empty: none. */
  | { readonly kind: "voice"; readonly segments: readonly Segment[] };

/** An event and the board's time, in milliseconds since power-on. */
export type TimedSound = SoundEvent & { readonly ms: number };
