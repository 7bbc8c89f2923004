// Plays tunes and pitches on the pulses of a pin as the micro:bit's music module does (modmusic.c microbit_music_tick): every
// 6 ms it looks whether a note or the silence after it is over, so both take whole ticks. Notes are read when their turn comes.
import type { Alarm, Clock } from "../../../interpreter/host.ts";
import { articulationMs, type Tempo, TuneReader } from "./tune.ts";

export const tickMs = 6;
const tickNs = tickMs * 1e6;

/** What the player does to the pin. */
export interface Pulses {
  /** Starts pulses, with the period that was set last; or stops them. */
  pulse(on: boolean): void;
  setPeriodUs(us: number): void;
}

export interface Tune {
  readonly length: number;
  /** The note, or null when what is there is none: the tune ends. */
  note(index: number): string | null;
  readonly loop: boolean;
  /** The tune is over, by itself: "end", or because of a wrong note. */
  onEnd(why: "end" | "wrong"): void;
}

const noTune: Omit<Tune, "onEnd"> = { length: 0, note: () => null, loop: false };

export class TunePlayer {
  private readonly clock: Clock;
  private readonly pulses: Pulses;
  private readonly reader = new TuneReader();
  /** V1 tells the time in ticks only. */
  private readonly grainMs: number;
  tempo: () => Tempo;
  private state: "idle" | "note" | "silence" = "idle";
  private tune: Tune | null = null;
  private index = 0;
  private waitMs = 0;
  private alarm: Alarm | null = null;
  /** When the player next does something, for whoever waits for it. */
  nextNs = 0;

  constructor(clock: Clock, pulses: Pulses, tempo: () => Tempo, grainMs = 1) {
    this.clock = clock;
    this.pulses = pulses;
    this.tempo = tempo;
    this.grainMs = grainMs;
  }

  get isPlaying(): boolean {
    return this.state !== "idle";
  }

  /** Octave and length start anew also when the tune then does not play. */
  restart(): void {
    this.reader.restart();
  }

  play(tune: Tune): void {
    this.begin(tune, "note", this.nowMs);
  }

  /** Lets the pulses, which are on already, end after so long. */
  endAfter(ms: number, onEnd: () => void): void {
    this.begin({ ...noTune, onEnd }, "silence", this.nowMs + ms);
  }

  /** No more notes; a tone that sounds goes on. */
  forget(): void {
    this.alarm?.cancel();
    this.alarm = null;
    this.state = "idle";
    this.tune = null;
  }

  private get nowMs(): number {
    const ms = Math.floor(this.clock.ns / 1e6);
    return ms - (ms % this.grainMs);
  }

  private begin(tune: Tune, state: "note" | "silence", waitMs: number): void {
    this.forget();
    this.tune = tune;
    this.index = 0;
    this.state = state;
    this.waitMs = waitMs;
    this.plan();
  }

  // The first tick from now on that is not too early.
  private plan(): void {
    const first = Math.floor(this.clock.ns / tickNs) + 1;
    this.nextNs = Math.max(first, Math.ceil((this.waitMs * 1e6) / tickNs)) * tickNs;
    this.alarm = this.clock.alarm(this.nextNs, () => this.tick());
  }

  private tick(): void {
    const { tune } = this;
    if (tune === null) return;
    if (this.state === "silence") {
      this.pulses.pulse(false);
      this.waitMs = this.nowMs + articulationMs;
      this.state = "note";
      return this.plan();
    }
    if (this.index >= tune.length) {
      if (!tune.loop) return this.finish(tune, "end");
      this.index = 0;
      // An empty tune has nothing to repeat; the firmware would read past its end.
      if (tune.length === 0) return this.plan();
    }
    const text = tune.note(this.index++);
    if (text === null) return this.finish(tune, "wrong");
    const { periodUs, soundMs } = this.reader.read(text, this.tempo());
    if (periodUs !== null) this.pulses.setPeriodUs(periodUs);
    this.pulses.pulse(periodUs !== null);
    this.waitMs = this.nowMs + soundMs;
    this.state = "silence";
    this.plan();
  }

  private finish(tune: Tune, why: "end" | "wrong"): void {
    this.forget();
    tune.onEnd(why);
  }
}
