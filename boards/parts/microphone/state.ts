// What the microphone shows and takes, and the scale of its levels; plain data.
export interface MicrophoneState {
  /** 0 silent .. 255 loudest. */
  readonly level: number;
  readonly loudThreshold: number;
  readonly quietThreshold: number;
  /** The LED beside the hole: on from the first use. */
  readonly listening: boolean;
}
export interface MicrophoneInput {
  readonly level: number;
}
export type SoundEventName = "quiet" | "loud";

// CODAL's LevelDetectorSPL with the floor that MicroPython 2.1.2 gives it (its codal.json).
const silentDb = 52;
const loudestDb = 100;
const loudest = 255;
export const levelsPerDb = loudest / (loudestDb - silentDb);

// What the detector takes the converter's full swing for, and the sound pressure that is 0 dB.
const gain = 16;
const quietestPascal = 0.00002;

/** Decibels of a window of samples: half its swing, with 1 for the converter's whole range. */
export function dbOfAmplitude(amplitude: number): number {
  return 20 * Math.log10((amplitude * gain) / quietestPascal);
}

/** The level for a sound pressure in decibels: 0 up to 52 dB, 255 from 100 dB on. */
export function levelOfDb(db: number): number {
  return Math.round(Math.max(0, Math.min(loudest, (db - silentDb) * levelsPerDb)));
}
