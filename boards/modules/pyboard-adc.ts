// pyb.ADC, after ports/stm32/adc.c: twelve bits of 3.3 V of a pin or of what the chip has inside, a sample at a time.
import { type Gen, type Obj, PyType, raiseTypeError, raiseValueError, run, sleepUntil, strOf } from "../../interpreter/native.ts";
import { supplyVolts } from "../net.ts";
import type { Hardware } from "../peripheral.ts";
import { adcChannels } from "../pyboard/pins.ts";
import { pyboardPins } from "./pyboard-pin.ts";
import { modes, PinObject } from "./pyboard-pin-object.ts";
import { BoardObject, newType } from "./shape.ts";

const full = 4095;
const firstInner = 16;
const lastInner = 18;
/** A sample of 15 and a conversion of 12 clocks of 21 MHz (RM0090 13.5; adc.c's sampling time). */
const conversionNs = (27 * 1e9) / 21e6;
// Converters load a pin with less than this.
const inputOhms = 1e6;
// DS8626, table 69 (temperature sensor: 0.76 V at 25 degrees, 2.5 mV a degree) and 72 (internal reference: 1.21 V).
const chipCelsius = 25;
const innerVolts: Readonly<Record<number, number>> = { 16: 0.76 + 0.0025 * (chipCelsius - 25), 17: 1.21, 18: supplyVolts / 2 };

class AdcObject extends BoardObject {
  readonly name: Obj;
  readonly channel: number;
  readonly pin: PinObject | null;
  constructor(type: PyType, name: Obj, channel: number, pin: PinObject | null) {
    super(type);
    this.name = name;
    this.channel = channel;
    this.pin = pin;
  }
  sample(): number {
    const volts = this.pin ? (this.pin.pin.net.volts(inputOhms) ?? 0) : innerVolts[this.channel]!;
    return Math.round((Math.max(0, Math.min(supplyVolts, volts)) / supplyVolts) * full);
  }
}

export function makeAdc(hw: Hardware): PyType {
  const pins = pyboardPins(hw);
  const type = newType("ADC", {
    *read(self: AdcObject): Gen {
      const value = self.sample();
      yield* sleepUntil(hw.clock.ns + conversionNs);
      return value;
    },
  });
  type.print = function* (self: AdcObject) {
    return `<ADC on ${yield* run(strOf(self.name))} channel=${self.channel}>`;
  };
  type.makeNew = function* (_type, args) {
    const [id] = args;
    if (id === undefined) raiseTypeError("function takes 1 positional arguments but 0 were given");
    if (typeof id === "number" && id >= firstInner && id <= lastInner) return new AdcObject(type, id, id, null);
    if (typeof id === "number") {
      const cpu = Object.keys(adcChannels).find((name) => adcChannels[name] === id);
      if (cpu === undefined) raiseValueError(`not a valid ADC Channel: ${id}`);
      const pin = yield* pins.find(cpu);
      pin.configure(modes.ANALOG, 0, 0);
      return new AdcObject(type, id, id, pin);
    }
    const pin = yield* pins.find(id);
    const channel = adcChannels[pin.cpu];
    if (channel === undefined) raiseValueError(`Pin(${pin.cpu}) doesn't have ADC capabilities`);
    pin.configure(modes.ANALOG, 0, 0);
    return new AdcObject(type, id, channel, pin);
  };
  return type;
}
