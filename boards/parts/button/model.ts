// A push button to ground, soldered on with a pull-up or wired by the learner without one. The soldered ones are debounced
// and counted by the firmware (debounce.ts).
import type { Clock } from "../../../interpreter/host.ts";
import { supplyVolts, Terminal } from "../../net.ts";
import type { Peripheral } from "../../peripheral.ts";
import type { Pin } from "../pin/model.ts";
import { Debounce, type Thresholds } from "./debounce.ts";
import type { ButtonInput, ButtonState } from "./state.ts";

const contact = { volts: 0, ohms: 1 };
const pullUp = { volts: supplyVolts, ohms: 10000 };

export class Button implements Peripheral<ButtonState, ButtonInput> {
  state: ButtonState = { pressed: false };
  onChange: (() => void) | null = null;
  /** Null: nobody but the program looks at it. */
  readonly debounce: Debounce | null;
  private readonly terminal: Terminal;
  private readonly isSolderedOn: boolean;

  /** With thresholds it is the firmware's and has the board's pull-up. */
  constructor(pin: Pin, clock: Clock, thresholds: Thresholds | null) {
    this.isSolderedOn = thresholds !== null;
    this.terminal = new Terminal(pin.net);
    this.debounce = thresholds && new Debounce(clock, thresholds, () => this.state.pressed);
    this.apply();
  }

  input(event: ButtonInput): void {
    if (event !== "press" && event !== "release") throw new Error(`not a button event: ${JSON.stringify(event)}`);
    const pressed = event === "press";
    if (pressed === this.state.pressed) return;
    this.state = { pressed };
    this.apply();
    this.debounce?.look();
    this.onChange?.();
  }

  /** A finger stays where it is over a reset; what it did before is forgotten. */
  reset(): void {
    this.debounce?.reset();
  }

  close(): void {
    this.terminal.close();
  }

  private apply(): void {
    this.terminal.set(this.state.pressed ? contact : this.isSolderedOn ? pullUp : null);
  }
}
