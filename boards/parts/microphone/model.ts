// The micro:bit V2 microphone: a level, and events when it crosses its two thresholds, latched until asked for.
import type { Peripheral } from "../../peripheral.ts";
import type { MicrophoneInput, MicrophoneState, SoundEventName } from "./state.ts";

const historySize = 8;
const initial: MicrophoneState = { level: 0, loudThreshold: 150, quietThreshold: 75, listening: false };

export class Microphone implements Peripheral<MicrophoneState, MicrophoneInput> {
  state: MicrophoneState = initial;
  onChange: (() => void) | null = null;
  current: SoundEventName = "quiet";
  private history: SoundEventName[] = [];
  private readonly latched = new Set<SoundEventName>();

  input(event: MicrophoneInput): void {
    const level = Math.round(Math.max(0, Math.min(255, event.level)));
    if (Number.isNaN(level)) throw new Error(`not a sound level: ${JSON.stringify(event)}`);
    if (level === this.state.level) return;
    this.change({ level });
    this.compare();
  }

  /** The noise in the room stays over a reset. */
  reset(): void {
    this.change({ loudThreshold: initial.loudThreshold, quietThreshold: initial.quietThreshold, listening: false });
    this.current = "quiet";
    this.history = [];
    this.latched.clear();
  }

  /** The program uses the microphone: its LED lights, and from now on events count. */
  listen(): void {
    if (this.state.listening) return;
    this.change({ listening: true });
    this.compare();
  }

  setThreshold(event: SoundEventName, value: number): void {
    const cut = Math.max(0, Math.min(255, value));
    this.change(event === "loud" ? { loudThreshold: cut } : { quietThreshold: cut });
  }

  takeWas(event: SoundEventName): boolean {
    const was = this.latched.has(event);
    this.latched.delete(event);
    this.history = [];
    return was;
  }

  takeHistory(): readonly SoundEventName[] {
    const taken = this.history;
    this.history = [];
    this.latched.clear();
    return taken;
  }

  private compare(): void {
    const { level, loudThreshold, quietThreshold, listening } = this.state;
    if (!listening) return;
    const now = level > loudThreshold ? "loud" : level < quietThreshold ? "quiet" : this.current;
    if (now === this.current) return;
    this.current = now;
    this.latched.add(now);
    if (this.history.length < historySize) this.history.push(now);
  }

  private change(part: Partial<MicrophoneState>): void {
    this.state = { ...this.state, ...part };
    this.onChange?.();
  }
}
