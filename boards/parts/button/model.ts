// A push button to ground with a pull-up: pressed reads 0. It counts presses for was_pressed and get_presses.
import type { Peripheral } from "../../peripheral.ts";
import type { Pin } from "../pin/model.ts";
import type { ButtonInput, ButtonState } from "./state.ts";

export class Button implements Peripheral<ButtonState, ButtonInput> {
  state: ButtonState = { pressed: false };
  onChange: (() => void) | null = null;
  // Two latches, each cleared by its own reader only.
  private pressedSince = false;
  private presses = 0;
  private readonly pin: Pin;

  constructor(pin: Pin) {
    this.pin = pin;
    pin.input({ level: 1 });
  }

  input(event: ButtonInput): void {
    if (event !== "press" && event !== "release") throw new Error(`not a button event: ${JSON.stringify(event)}`);
    const pressed = event === "press";
    if (pressed === this.state.pressed) return;
    if (pressed) {
      this.pressedSince = true;
      this.presses++;
    }
    this.state = { pressed };
    this.pin.input({ level: pressed ? 0 : 1 });
    this.onChange?.();
  }

  /** A finger stays where it is over a reset; what it did before is forgotten. */
  reset(): void {
    this.pressedSince = false;
    this.presses = 0;
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
}
