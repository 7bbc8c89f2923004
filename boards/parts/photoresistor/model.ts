// A photoresistor GL5528 from 3.3 V to the pin, with 10 kilohms from there to ground: more light, higher voltage. Its datasheet
// (table "Photoelectric characteristics") gives 10..20 kilohms at 10 lux and gamma 0.7 between 10 and 100 lux.
import type { Clock } from "../../../interpreter/host.ts";
import { type Net, supplyVolts, Terminal } from "../../net.ts";
import type { Peripheral } from "../../peripheral.ts";
import { numberIn } from "../../wiring.ts";
import type { PhotoresistorInput, PhotoresistorState } from "./state.ts";

const ohmsAt10Lux = 15_000;
const gamma = 0.7;
/** "Dark resistance" after 10 seconds: at least a megohm. */
const darkOhms = 1e6;
const fixedOhms = 10_000;

export class Photoresistor implements Peripheral<PhotoresistorState, PhotoresistorInput> {
  state: PhotoresistorState = { lux: 100 };
  onChange: (() => void) | null = null;
  private readonly terminal: Terminal;

  constructor(nets: { readonly signal: Net }, _clock: Clock) {
    this.terminal = new Terminal(nets.signal);
    this.apply();
  }

  /** The photoresistor's own resistance. */
  get ohms(): number {
    return Math.min(darkOhms, ohmsAt10Lux * (10 / this.state.lux) ** gamma);
  }

  input(event: PhotoresistorInput): void {
    this.state = { lux: numberIn("photoresistor", "lux", event) };
    this.apply();
    this.onChange?.();
  }

  /** The light stays over the board's reset. */
  reset(): void {}

  close(): void {
    this.terminal.close();
  }

  private apply(): void {
    const { ohms } = this;
    const share = fixedOhms / (fixedOhms + ohms);
    this.terminal.set({ volts: supplyVolts * share, ohms: ohms * share });
  }
}
