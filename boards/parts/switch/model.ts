// The pyboard's user switch: to ground with a pull-up, and an interrupt on pressing.
import type { Peripheral } from "../../peripheral.ts";
import type { Pin } from "../pin/model.ts";
import type { SwitchInput, SwitchState } from "./state.ts";

export class Switch implements Peripheral<SwitchState, SwitchInput> {
  state: SwitchState = { pressed: false };
  onChange: (() => void) | null = null;
  /** The falling edge, for pyb.Switch.callback. */
  onPress: (() => void) | null = null;
  private readonly pin: Pin;

  constructor(pin: Pin) {
    this.pin = pin;
    pin.input({ level: 1 });
  }

  input(event: SwitchInput): void {
    if (event !== "press" && event !== "release") throw new Error(`not a switch event: ${JSON.stringify(event)}`);
    const pressed = event === "press";
    if (pressed === this.state.pressed) return;
    this.state = { pressed };
    this.pin.input({ level: pressed ? 0 : 1 });
    this.onChange?.();
    if (pressed) this.onPress?.();
  }

  reset(): void {
    this.onPress = null;
  }
}
