// A single LED. With PWM it has 256 intensities, without it is on or off.
import type { Peripheral } from "../../peripheral.ts";
import type { LedInput, LedState } from "./state.ts";

export class Led implements Peripheral<LedState, LedInput> {
  state: LedState = { intensity: 0 };
  onChange: (() => void) | null = null;
  readonly hasPwm: boolean;

  constructor(hasPwm: boolean) {
    this.hasPwm = hasPwm;
  }

  input(event: LedInput): void {
    throw new Error(`an LED takes no input: ${JSON.stringify(event)}`);
  }

  reset(): void {
    this.set(0);
  }

  /** Values beyond 0..255 are cut, and without PWM anything above 0 is full. */
  set(intensity: number): void {
    const cut = Math.max(0, Math.min(255, Math.trunc(intensity)));
    const real = this.hasPwm || cut === 0 ? cut : 255;
    if (real === this.state.intensity) return;
    this.state = { intensity: real };
    this.onChange?.();
  }
}
