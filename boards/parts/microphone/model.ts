// The micro:bit V2 microphone: a level, and events when it crosses its two thresholds, latched until asked for. It is off until
// a program first uses it, and then takes a moment to its first level (codal-core LevelDetectorSPL.cpp).
// DIFFERS: in release 2.1.2 set_threshold changes no events, because those come of another detector; here it does what it is for.
import type { Alarm, Clock } from "../../../interpreter/host.ts";
import type { Peripheral } from "../../peripheral.ts";
import { levelsPerDb, type MicrophoneInput, type MicrophoneState, type SoundEventName } from "./state.ts";

const historySize = 8;
// The converter fills a buffer of 256 samples at 22 kHz.
const firstLevelNs = (256 * 1e9) / 22000;
const initial: MicrophoneState = { level: 0, loudThreshold: 150, quietThreshold: 75, listening: false };

export class Microphone implements Peripheral<MicrophoneState, MicrophoneInput> {
  state: MicrophoneState = initial;
  onChange: (() => void) | null = null;
  current: SoundEventName = "quiet";
  private readonly clock: Clock;
  private starting: Alarm | null = null;
  private isLive = false;
  private history: SoundEventName[] = [];
  private readonly latched = new Set<SoundEventName>();
  /** Events that can come next: the one that came last comes again only after the other, or with a new threshold. */
  private readonly armed = new Set<SoundEventName>(["loud"]);

  constructor(clock: Clock) {
    this.clock = clock;
  }

  input(event: MicrophoneInput): void {
    const level = Math.round(Math.max(0, Math.min(255, event.level)));
    if (Number.isNaN(level)) throw new Error(`not a sound level: ${JSON.stringify(event)}`);
    if (level === this.state.level) return;
    this.change({ level });
    this.compare();
  }

  /** The noise in the room stays over a reset. */
  reset(): void {
    this.change({ ...initial, level: this.state.level });
    this.starting?.cancel();
    this.starting = null;
    this.isLive = false;
    this.current = "quiet";
    this.history = [];
    this.latched.clear();
    this.armed.clear();
    this.armed.add("loud");
  }

  /** The program uses the microphone: its LED lights, and before long there are levels and events. */
  listen(): void {
    if (this.state.listening) return;
    this.change({ listening: true });
    this.starting = this.clock.alarm(this.clock.ns + firstLevelNs, () => {
      this.isLive = true;
      this.compare();
    });
  }

  /** The level that a program reads: 0 until there is one. */
  get level(): number {
    return this.isLive ? this.state.level : 0;
  }

  /** A decibel at least is kept between the two thresholds. */
  setThreshold(event: SoundEventName, value: number): void {
    const { loudThreshold, quietThreshold } = this.state;
    if (value === (event === "loud" ? loudThreshold : quietThreshold)) return;
    this.armed.add(event);
    this.change(event === "loud" ? { loudThreshold: value } : { quietThreshold: value });
    if (event === "quiet" && loudThreshold < value) this.setThreshold("loud", value + levelsPerDb);
    else if (event === "loud" && quietThreshold > value) this.setThreshold("quiet", value - levelsPerDb);
    this.compare();
  }

  takeWas(event: SoundEventName): boolean {
    this.history = [];
    return this.latched.delete(event);
  }

  takeHistory(): readonly SoundEventName[] {
    const taken = this.history;
    this.history = [];
    return taken;
  }

  private compare(): void {
    if (!this.isLive) return;
    const { level, loudThreshold, quietThreshold } = this.state;
    if (this.armed.has("loud") && level > loudThreshold) this.happen("loud", "quiet");
    if (this.armed.has("quiet") && level < quietThreshold) this.happen("quiet", "loud");
  }

  private happen(event: SoundEventName, next: SoundEventName): void {
    this.armed.delete(event);
    this.armed.add(next);
    this.current = event;
    this.latched.add(event);
    if (this.history.length < historySize) this.history.push(event);
  }

  private change(part: Partial<MicrophoneState>): void {
    this.state = { ...this.state, ...part };
    this.onChange?.();
  }
}
