// The notation of music.play: NOTE[#|b][octave][:ticks], with octave and length remembered from note to note.
// Pitches are equal temperament in whole Hertz, so that tones compare exactly. No Python, no playing.
import type { Tone } from "./model.ts";

export interface Tempo {
  readonly bpm: number;
  /** Ticks in a beat. */
  readonly ticks: number;
}
export const defaultTempo: Tempo = { bpm: 120, ticks: 4 };

// Above C.
const semitones: Readonly<Record<string, number>> = { c: 0, d: 2, e: 4, f: 5, g: 7, a: 9, b: 11 };
const defaultOctave = 4;
const defaultTicks = 4;
// The firmware keeps a note silent at its end, so that equal notes stay apart.
const restMs = 10;

export class TuneReader {
  private octave = defaultOctave;
  private ticks = defaultTicks;

  /** The tone of one note. Letters that are no note are rests, as the firmware takes them. */
  read(note: string, tempo: Tempo): Tone {
    const match = /^(.)([#b]?)(\d?)(?::(\d+))?/i.exec(note);
    const letter = (match?.[1] ?? "r").toLowerCase();
    // "b" after a note letter is a flat; "b" alone or before a digit is the note B, which the pattern takes first.
    if (match?.[3]) this.octave = Number(match[3]);
    if (match?.[4]) this.ticks = Number(match[4]);
    const ms = Math.floor(Math.floor(60000 / tempo.bpm) / tempo.ticks) * this.ticks;
    const step = semitones[letter];
    if (step === undefined) return { hz: null, ms, soundMs: ms };
    const accidental = match?.[2] === "#" ? 1 : match?.[2]?.toLowerCase() === "b" ? -1 : 0;
    return { hz: pitchOf(step + accidental, this.octave), ms, soundMs: Math.max(0, ms - restMs) };
  }
}

function pitchOf(semitone: number, octave: number): number {
  const midi = 12 * (octave + 1) + semitone;
  return Math.round(440 * 2 ** ((midi - 69) / 12));
}
