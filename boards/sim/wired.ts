// Builds the parts that are wired to a board's pins: the one place that knows which model belongs to which kind.
import type { Clock } from "../../interpreter/host.ts";
import type { Net } from "../net.ts";
import type { Peripheral } from "../peripheral.ts";
import { Bme280 } from "../parts/bme280/model.ts";
import { Buzzer } from "../parts/buzzer/model.ts";
import { HcSr04 } from "../parts/hc-sr04/model.ts";
import { Jumper } from "../parts/jumper/model.ts";
import { Lcd1602 } from "../parts/lcd1602/model.ts";
import { Led5mm } from "../parts/led-5mm/model.ts";
import { Neopixel } from "../parts/neopixel/model.ts";
import { Photoresistor } from "../parts/photoresistor/model.ts";
import { Pir } from "../parts/pir/model.ts";
import { Potentiometer } from "../parts/potentiometer/model.ts";
import { PushButton } from "../parts/push-button/model.ts";
import { Relay } from "../parts/relay/model.ts";
import { RgbLed } from "../parts/rgb-led/model.ts";
import { Servo } from "../parts/servo/model.ts";
import { SlideSwitch } from "../parts/slide-switch/model.ts";
import { Ssd1306 } from "../parts/ssd1306/model.ts";
import { Tmp36 } from "../parts/tmp36/model.ts";
import { UartPeer } from "../parts/uart-peer/model.ts";
import type { WiredKind, WiredPart } from "../wiring.ts";

type Model = new (nets: never, clock: Clock, options: Readonly<Record<string, number | string>>) => Peripheral;

const models: Readonly<Record<WiredKind, Model>> = {
  "led-5mm": Led5mm,
  "rgb-led": RgbLed,
  "push-button": PushButton,
  "slide-switch": SlideSwitch,
  potentiometer: Potentiometer,
  photoresistor: Photoresistor,
  tmp36: Tmp36,
  servo: Servo,
  buzzer: Buzzer,
  relay: Relay,
  pir: Pir,
  "hc-sr04": HcSr04,
  bme280: Bme280,
  ssd1306: Ssd1306,
  lcd1602: Lcd1602,
  neopixel: Neopixel,
  "uart-peer": UartPeer,
  jumper: Jumper,
};

/** The part on its pins' nets. Throws for a pin that the board has not; readWiring finds that before. */
export function buildWired(part: WiredPart, clock: Clock, netOf: (pin: string) => Net | undefined): Peripheral {
  const nets: Record<string, Net> = {};
  for (const [lead, pin] of Object.entries(part.pins)) {
    const net = netOf(pin);
    if (!net) throw new Error(`a ${part.kind} on ${pin}, which the board has not`);
    nets[lead] = net;
  }
  const Model = models[part.kind];
  return new Model(nets as never, clock, part.options ?? {});
}
