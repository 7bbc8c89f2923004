// A speaker (or a buzzer on a pin) that plays one tone at a time, and a player for lists of tones, all in clock time.
import type { Alarm, Clock } from "../../../interpreter/host.ts";
import type { Peripheral } from "../../peripheral.ts";
import type { SpeakerInput, SpeakerState } from "./state.ts";

/** `hz` null is a rest. The tone sounds for `soundMs` of its `ms`. */
export interface Tone {
  readonly hz: number | null;
  readonly ms: number;
  readonly soundMs: number;
}

const initial: SpeakerState = { hz: null, count: 0, volume: 255, on: true };

export class Speaker implements Peripheral<SpeakerState, SpeakerInput> {
  state: SpeakerState = initial;
  onChange: (() => void) | null = null;
  private readonly clock: Clock;
  private alarms: Alarm[] = [];
  private playing = false;
  private endNs = 0;
  private onDone: (() => void) | null = null;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  input(event: SpeakerInput): void {
    throw new Error(`a speaker takes no input: ${JSON.stringify(event)}`);
  }

  reset(): void {
    this.stop();
    this.change({ ...initial, count: this.state.count });
  }

  get isPlaying(): boolean {
    return this.playing;
  }
  /** When the tone that plays is over; Infinity for one that is held. */
  get toneEndNs(): number {
    return this.endNs;
  }

  /** Plays the tones one after the other; what played before ends. `onDone` is called at the end, not on `stop`. */
  play(tones: readonly Tone[], loop: boolean, onDone: (() => void) | null = null): void {
    this.stop();
    if (tones.length === 0) return onDone?.();
    this.playing = true;
    this.onDone = onDone;
    this.next(tones, 0, loop, this.clock.ns);
  }

  /** Sounds until `stop`. */
  hold(hz: number | null): void {
    this.stop();
    this.playing = true;
    this.endNs = Infinity;
    this.sound(hz);
  }

  stop(): void {
    for (const alarm of this.alarms) alarm.cancel();
    this.alarms = [];
    this.playing = false;
    this.onDone = null;
    this.sound(null);
  }

  setVolume(volume: number): void {
    this.change({ volume: Math.max(0, Math.min(255, volume)) });
  }
  setOn(on: boolean): void {
    this.change({ on });
  }

  private next(tones: readonly Tone[], index: number, loop: boolean, startNs: number): void {
    if (index === tones.length) {
      if (loop && tones.some((tone) => tone.ms > 0)) return this.next(tones, 0, loop, startNs);
      this.playing = false;
      this.alarms = [];
      this.sound(null);
      const { onDone } = this;
      this.onDone = null;
      return onDone?.();
    }
    const { hz, ms, soundMs } = tones[index];
    this.sound(hz);
    this.alarms = [];
    if (hz !== null && soundMs < ms) this.alarms.push(this.clock.alarm(startNs + soundMs * 1e6, () => this.sound(null)));
    const endNs = startNs + ms * 1e6;
    this.endNs = endNs;
    this.alarms.push(this.clock.alarm(endNs, () => this.next(tones, index + 1, loop, endNs)));
  }

  private sound(hz: number | null): void {
    if (hz === null && this.state.hz === null) return;
    this.change({ hz, count: this.state.count + (hz === null ? 0 : 1) });
  }

  private change(part: Partial<SpeakerState>): void {
    this.state = { ...this.state, ...part };
    this.onChange?.();
  }
}
