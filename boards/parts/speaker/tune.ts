// The notation of music.play: NOTE[#|b][octave][:ticks], with octave and length remembered from note to note, read character
// by character as the firmware does (modmusic.c start_note), its odd readings included. No Python, no playing.

export interface Tempo {
  readonly bpm: number;
  /** Ticks in a beat. */
  readonly ticks: number;
}
export const defaultTempo: Tempo = { bpm: 120, ticks: 4 };

/** What a note asks of the pin: pulses of that period, or, for a rest, null; and for how long until the silence after it. */
export interface Note {
  readonly periodUs: number | null;
  readonly soundMs: number;
}

/** Between notes, so that equal ones stay apart. */
export const articulationMs = 10;
const defaultOctave = 4;
const defaultTicks = 4;

// Periods of octave 4 in microseconds, A to G. There is no B#, and no E#: their period is 0.
const naturals = [2273, 2025, 3822, 3405, 3034, 2863, 2551];
const sharps = [2145, 0, 3608, 3214, 0, 2703, 2408];
const low4 = (char: string): number => char.charCodeAt(0) & 15;

export class TuneReader {
  private octave = defaultOctave;
  private ticks = defaultTicks;

  /** Octave and length as at the start of a tune. */
  restart(): void {
    this.octave = defaultOctave;
    this.ticks = defaultTicks;
  }

  read(note: string, tempo: Tempo): Note {
    // Upper and lower case letters count from 1; a byte wraps round.
    let index = ((((note.charCodeAt(0) || 0) & 31) - 1) & 255) >>> 0;
    let below = 0;
    let isSharp = false;
    let at = 1;
    if (note[at] === "#" || note[at] === "b") {
      if (note[at] === "b") {
        index = index === 0 ? 6 : index - 1;
        // C flat is the B below.
        if (index === 1) below = -1;
      }
      isSharp = true;
      at++;
    }
    if (at < note.length && note[at] !== ":") this.octave = low4(note[at++]!);
    if (note[at] === ":") {
      if (at + 1 < note.length) this.ticks = low4(note[at + 1]!);
      if (at + 2 < note.length) this.ticks = (this.ticks * 10 + low4(note[at + 2]!)) & 255;
    }
    const tickMs = tempo.bpm > 0 && tempo.ticks > 0 ? Math.floor(Math.floor(60000 / tempo.bpm) / tempo.ticks) : 0;
    const soundMs = Math.max(articulationMs, tickMs * this.ticks - articulationMs);
    return { periodUs: periodOf(index, isSharp, this.octave + below - 4), soundMs };
  }
}

// DIFFERS: H, I and J read past the end of the firmware's table; here they are rests, as all letters after them are.
function periodOf(index: number, isSharp: boolean, octaves: number): number | null {
  const period = (isSharp ? sharps : naturals)[index];
  if (period === undefined) return null;
  return octaves >= 0 ? period >> octaves : period << -octaves;
}
