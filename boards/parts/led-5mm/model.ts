// A 5 mm LED with a series resistor from a pin to ground.
import type { Clock } from "../../../interpreter/host.ts";
import type { Net } from "../../net.ts";
import type { Peripheral } from "../../peripheral.ts";
import { optionsOf } from "../../wiring.ts";
import { Diode } from "./diode.ts";
import type { Led5mmState, LedColour } from "./state.ts";

export class Led5mm implements Peripheral<Led5mmState, never> {
  state: Led5mmState;
  onChange: (() => void) | null = null;
  private readonly diode: Diode;

  constructor(nets: { readonly anode: Net }, _clock: Clock, options: Readonly<Record<string, number | string>> = {}) {
    const { colour, ohms } = optionsOf("led-5mm", options);
    this.diode = new Diode(nets.anode, colour as LedColour, Number(ohms));
    this.state = { colour: colour as LedColour, ...this.light };
    this.diode.onChange = () => {
      this.state = { colour: this.state.colour, ...this.light };
      this.onChange?.();
    };
  }

  input(event: never): void {
    throw new Error(`nothing happens to an LED: ${JSON.stringify(event)}`);
  }

  /** The board's reset is none of its own. */
  reset(): void {}

  close(): void {
    this.diode.close();
  }

  private get light(): Pick<Led5mmState, "brightness" | "milliamps"> {
    const { brightness, milliamps } = this.diode;
    return { brightness, milliamps };
  }
}
