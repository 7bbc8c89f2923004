// A linear potentiometer between ground and 3.3 V with its wiper on the pin: a divider, whose resistance as seen from the pin is that
// of its two parts side by side. What else pulls at the pin bends its value, as in reality.
import type { Clock } from "../../../interpreter/host.ts";
import { type Net, supplyVolts, Terminal } from "../../net.ts";
import type { Peripheral } from "../../peripheral.ts";
import { numberIn, optionsOf } from "../../wiring.ts";
import type { PotentiometerInput, PotentiometerState } from "./state.ts";

export class Potentiometer implements Peripheral<PotentiometerState, PotentiometerInput> {
  state: PotentiometerState = { position: 0.5 };
  onChange: (() => void) | null = null;
  private readonly terminal: Terminal;
  private readonly ohms: number;

  constructor(nets: { readonly wiper: Net }, _clock: Clock, options: Readonly<Record<string, number | string>> = {}) {
    this.ohms = Number(optionsOf("potentiometer", options)["ohms"]);
    this.terminal = new Terminal(nets.wiper);
    this.apply();
  }

  input(event: PotentiometerInput): void {
    this.state = { position: numberIn("potentiometer", "position", event) };
    this.apply();
    this.onChange?.();
  }

  /** It stays where it is over the board's reset. */
  reset(): void {}

  close(): void {
    this.terminal.close();
  }

  private apply(): void {
    const { position } = this.state;
    this.terminal.set({ volts: position * supplyVolts, ohms: this.ohms * position * (1 - position) });
  }
}
