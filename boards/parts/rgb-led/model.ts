// An RGB LED, three diodes with 220 ohms each. Their common lead is on ground (common cathode) or on 3.3 V (common anode), where a low
// pin lights it.
import type { Clock } from "../../../interpreter/host.ts";
import type { Net } from "../../net.ts";
import type { Peripheral } from "../../peripheral.ts";
import { optionsOf } from "../../wiring.ts";
import { Diode } from "../led-5mm/diode.ts";
import type { RgbLedState } from "./state.ts";

const seriesOhms = 220;
const colours = ["red", "green", "blue"] as const;
type Colour = (typeof colours)[number];

export class RgbLed implements Peripheral<RgbLedState, never> {
  state: RgbLedState = { red: 0, green: 0, blue: 0 };
  onChange: (() => void) | null = null;
  private readonly diodes = new Map<Colour, Diode>();

  constructor(nets: Readonly<Record<Colour, Net>>, _clock: Clock, options: Readonly<Record<string, number | string>> = {}) {
    const toGround = optionsOf("rgb-led", options)["common"] === "cathode";
    for (const colour of colours) {
      const diode = new Diode(nets[colour], colour, seriesOhms, toGround);
      this.diodes.set(colour, diode);
      diode.onChange = () => this.look();
    }
    this.look();
  }

  input(event: never): void {
    throw new Error(`nothing happens to an RGB LED: ${JSON.stringify(event)}`);
  }

  /** The board's reset is none of its own. */
  reset(): void {}

  close(): void {
    for (const diode of this.diodes.values()) diode.close();
  }

  private look(): void {
    const of = (colour: Colour): number => this.diodes.get(colour)?.brightness ?? 0;
    this.state = { red: of("red"), green: of("green"), blue: of("blue") };
    this.onChange?.();
  }
}
