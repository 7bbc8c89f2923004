// How the micro:bit's firmwares debounce buttons and touch pins: an integrator that is stepped every 6 ms and has to reach a
// threshold before a press or a release counts. V1: microbitbutton.cpp of its runtime; V2: codal-core's Button.
import type { Alarm, Clock } from "../../../interpreter/host.ts";

const tickNs = 6e6;
const most = 12;

/** Steps of the integrator, 0..12: where it starts, from where on it is pressed, and down to where it is released again. */
export interface Thresholds {
  readonly start: number;
  readonly press: number;
  readonly release: number;
}
/** 60 ms until a press counts (30 ms for the first one), 48 ms until a release does. */
export const thresholdsV1: Thresholds = { start: 7, press: 10, release: 4 };
/** 54 ms and 66 ms. */
export const thresholdsV2: Thresholds = { start: 0, press: 9, release: 1 };

export class Debounce {
  isPressed = false;
  private readonly clock: Clock;
  private readonly thresholds: Thresholds;
  private readonly isActive: () => boolean;
  private level: number;
  private alarm: Alarm | null = null;
  private isRunning = true;
  // Two latches, each cleared by its own reader only.
  private pressedSince = false;
  private presses = 0;

  constructor(clock: Clock, thresholds: Thresholds, isActive: () => boolean) {
    this.clock = clock;
    this.thresholds = thresholds;
    this.isActive = isActive;
    this.level = thresholds.start;
    this.look();
  }

  /** The input may have changed. */
  look(): void {
    if (!this.isRunning || this.alarm) return;
    if (this.level === (this.isActive() ? most : 0)) return;
    const tick = (Math.floor(this.clock.ns / tickNs) + 1) * tickNs;
    this.alarm = this.clock.alarm(tick, () => this.tick());
  }

  /** A pin is only looked at while it is used for touch. */
  run(isRunning: boolean): void {
    this.isRunning = isRunning;
    if (isRunning) this.look();
    else this.rest();
  }

  reset(): void {
    this.rest();
    this.level = this.thresholds.start;
    this.isPressed = false;
    this.pressedSince = false;
    this.presses = 0;
    this.look();
  }

  takeWasPressed(): boolean {
    const was = this.pressedSince;
    this.pressedSince = false;
    return was;
  }

  takePresses(): number {
    const count = this.presses;
    this.presses = 0;
    return count;
  }

  private rest(): void {
    this.alarm?.cancel();
    this.alarm = null;
  }

  private tick(): void {
    this.alarm = null;
    this.level = Math.max(0, Math.min(most, this.level + (this.isActive() ? 1 : -1)));
    if (!this.isPressed && this.level >= this.thresholds.press) {
      this.isPressed = true;
      this.pressedSince = true;
      this.presses++;
    } else if (this.isPressed && this.level <= this.thresholds.release) this.isPressed = false;
    this.look();
  }
}
