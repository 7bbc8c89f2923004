// The pyboard's user switch: to ground with a pull-up, and an interrupt on pressing.
import { supplyVolts, Terminal } from "../../net.ts";
import type { Peripheral } from "../../peripheral.ts";
import type { Pin } from "../pin/model.ts";
import type { SwitchInput, SwitchState } from "./state.ts";

const contact = { volts: 0, ohms: 1 };
const pullUp = { volts: supplyVolts, ohms: 40000 };

export class Switch implements Peripheral<SwitchState, SwitchInput> {
  state: SwitchState = { pressed: false };
  onChange: (() => void) | null = null;
  /** The falling edge, for pyb.Switch.callback. */
  onPress: (() => void) | null = null;
  private readonly terminal: Terminal;

  constructor(pin: Pin) {
    this.terminal = new Terminal(pin.net);
    this.terminal.set(pullUp);
  }

  input(event: SwitchInput): void {
    if (event !== "press" && event !== "release") throw new Error(`not a switch event: ${JSON.stringify(event)}`);
    const pressed = event === "press";
    if (pressed === this.state.pressed) return;
    this.state = { pressed };
    this.terminal.set(pressed ? contact : pullUp);
    this.onChange?.();
    if (pressed) this.onPress?.();
  }

  reset(): void {
    this.onPress = null;
  }
}
