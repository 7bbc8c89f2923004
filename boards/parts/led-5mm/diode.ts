// A light-emitting diode with its series resistor between a pin's net and a rail: below its knee nothing flows, above it the voltage
// rises with the current. Knee and slope give the forward voltage that the datasheets of Kingbright's WP7113 series (5 mm) name for
// 20 mA (table "Electrical / Optical Characteristics"): red ID 2.0 V, yellow YD 2.1 V, green GD 2.2 V, blue QBC 3.3 V.
import { type Net, supplyVolts, Terminal } from "../../net.ts";
import type { LedColour } from "./state.ts";

interface Kind {
  /** Forward voltage at 20 mA. */
  readonly volts: number;
  /** How much of it is slope, in ohms: the blue chip's curve is flatter. */
  readonly slopeOhms: number;
}
const kinds: Readonly<Record<LedColour, Kind>> = {
  red: { volts: 2.0, slopeOhms: 10 },
  yellow: { volts: 2.1, slopeOhms: 10 },
  green: { volts: 2.2, slopeOhms: 10 },
  blue: { volts: 3.3, slopeOhms: 25 },
};
const datasheetAmps = 0.02;
// What is usual: this resistor at a pin that is high. Its light is called 1, more is not told apart by eye.
const usualOhms = 220 + 100;
// A microampere shines in no room.
const leastBrightness = 0.002;

export class Diode {
  /** The current has changed. */
  onChange: (() => void) | null = null;
  private readonly terminal: Terminal;
  private readonly toGround: boolean;
  private readonly kneeVolts: number;
  private readonly ohms: number;
  private readonly usualAmps: number;
  private amps = 0;

  /** `toGround`: the anode is on the net and the cathode on ground; else the cathode is on the net and the anode on 3.3 V. */
  constructor(net: Net, colour: LedColour, seriesOhms: number, toGround = true) {
    const { volts, slopeOhms } = kinds[colour];
    this.toGround = toGround;
    this.kneeVolts = volts - datasheetAmps * slopeOhms;
    this.ohms = seriesOhms + slopeOhms;
    this.usualAmps = (supplyVolts - this.kneeVolts) / (usualOhms + slopeOhms);
    this.terminal = new Terminal(net);
    this.terminal.onSettle = () => this.settle();
    this.settle();
  }

  /** On average over a PWM period. */
  get milliamps(): number {
    return this.amps * 1000;
  }
  /** 0..1 of the light of this diode with 220 ohms at a pin that is high; light goes with the current. */
  get brightness(): number {
    const share = Math.min(1, this.amps / this.usualAmps);
    return share < leastBrightness ? 0 : share;
  }

  close(): void {
    this.terminal.close();
  }

  private settle(): void {
    const amps = this.find();
    if (Math.abs(amps - this.amps) < 1e-9) return;
    this.amps = amps;
    this.onChange?.();
  }

  private find(): number {
    const { pwm } = this.terminal.net;
    if (pwm !== null) {
      if (this.terminal.drive !== null) this.terminal.set(null);
      const on = pwm.periodNs === 0 ? 0 : pwm.highNs / pwm.periodNs;
      const amps = Math.max(0, (supplyVolts - this.kneeVolts) / (this.ohms + pwm.ohms));
      return amps * (this.toGround ? on : 1 - on);
    }
    // Beyond its knee it is a voltage behind a resistance itself, which also loads the pin.
    const clamp = this.toGround ? this.kneeVolts : supplyVolts - this.kneeVolts;
    const volts = this.terminal.net.volts();
    const across = volts === null ? 0 : (volts - clamp) * (this.toGround ? 1 : -1);
    const conducts = across > 1e-6;
    if (conducts !== (this.terminal.drive !== null)) this.terminal.set(conducts ? { volts: clamp, ohms: this.ohms } : null);
    if (!conducts) return 0;
    return Math.max(0, (((this.terminal.net.volts() ?? clamp) - clamp) * (this.toGround ? 1 : -1)) / this.ohms);
  }
}
