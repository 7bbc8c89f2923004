// What the speaker shows; plain data. The view makes sound of it, the lessons compare it.
export interface SpeakerState {
  /** The tone that sounds now, in Hz, or null for silence. */
  readonly hz: number | null;
  /** Counts tones, so that the same tone twice is two changes. */
  readonly count: number;
  /** 0..255. */
  readonly volume: number;
  /** speaker.off() leaves the sound to the pin. */
  readonly on: boolean;
}
export type SpeakerInput = never;
