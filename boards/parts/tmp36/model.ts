// Analog Devices' temperature sensor TMP36 on 3.3 V (datasheet TMP35/TMP36/TMP37 rev. H): 750 mV at 25 degrees and 10 mV for each
// (figure 6 and table 4), from -40 to 125 degrees (table 1).
import type { Clock } from "../../../interpreter/host.ts";
import { type Net, Terminal } from "../../net.ts";
import type { Peripheral } from "../../peripheral.ts";
import { numberIn } from "../../wiring.ts";
import type { Tmp36Input, Tmp36State } from "./state.ts";

const voltsAt25 = 0.75;
const voltsPerDegree = 0.01;
// "Load regulation": typically 6 millidegrees for each microampere, which is 60 microvolts.
const outputOhms = 60;

export class Tmp36 implements Peripheral<Tmp36State, Tmp36Input> {
  state: Tmp36State = { celsius: 21 };
  onChange: (() => void) | null = null;
  private readonly terminal: Terminal;

  constructor(nets: { readonly signal: Net }, _clock: Clock) {
    this.terminal = new Terminal(nets.signal);
    this.apply();
  }

  input(event: Tmp36Input): void {
    this.state = { celsius: numberIn("tmp36", "celsius", event) };
    this.apply();
    this.onChange?.();
  }

  /** The air stays over the board's reset. */
  reset(): void {}

  close(): void {
    this.terminal.close();
  }

  private apply(): void {
    this.terminal.set({ volts: voltsAt25 + voltsPerDegree * (this.state.celsius - 25), ohms: outputOhms });
  }
}
