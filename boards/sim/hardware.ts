// Builds a board's parts from its descriptor: the one place that knows which model belongs to which kind.
import type { Clock } from "../../interpreter/host.ts";
import type { BoardDescriptor, PartDef } from "../descriptor.ts";
import { Accelerometer } from "../parts/accelerometer/model.ts";
import { Button } from "../parts/button/model.ts";
import { Compass } from "../parts/compass/model.ts";
import { Led } from "../parts/led/model.ts";
import { LedMatrix } from "../parts/led-matrix/model.ts";
import { LightSensor } from "../parts/light-sensor/model.ts";
import { Microphone } from "../parts/microphone/model.ts";
import { Pin } from "../parts/pin/model.ts";
import { Radio } from "../parts/radio/model.ts";
import { Speaker } from "../parts/speaker/model.ts";
import { Switch } from "../parts/switch/model.ts";
import { Thermometer } from "../parts/thermometer/model.ts";
import { Touch } from "../parts/touch/model.ts";
import type { Hardware, Peripheral } from "../peripheral.ts";

/** What a Machine lends its hardware. */
export type Lent = Pick<Hardware, "files" | "random32" | "seed" | "write" | "schedule">;

export function buildHardware(descriptor: BoardDescriptor, clock: Clock, lent: Lent): Hardware {
  const pins = new Map(descriptor.pins.map((pin) => [pin.name, new Pin(pin.name, initialMode(descriptor, pin.name))]));
  const parts: Record<string, Peripheral> = {};
  for (const [name, def] of Object.entries(descriptor.parts)) parts[name] = build(def, clock, pins, lent.seed) as Peripheral;
  return {
    descriptor,
    clock,
    parts,
    ...lent,
    part(name, kind) {
      const part = parts[name];
      if (!(part instanceof kind)) throw new Error(`${descriptor.id} has no ${kind.name} named ${name}`);
      return part;
    },
  };
}

function build(def: PartDef, clock: Clock, pins: ReadonlyMap<string, Pin>, seed: number): unknown {
  const pin = (): Pin => {
    const found = pins.get(def.pin ?? "");
    if (!found) throw new Error(`a ${def.kind} needs a pin, got ${def.pin}`);
    return found;
  };
  switch (def.kind) {
    case "accelerometer":
      return new Accelerometer(clock);
    case "button":
      return new Button(pin());
    case "compass":
      return new Compass();
    case "led":
      return new Led(def.options?.["pwm"] === 1);
    case "led-matrix":
      return new LedMatrix(clock);
    case "light-sensor":
      return new LightSensor();
    case "microphone":
      return new Microphone();
    case "pin":
      return pin();
    case "radio":
      return new Radio(clock, seed);
    case "speaker":
      return new Speaker(clock);
    case "switch":
      return new Switch(pin());
    case "thermometer":
      return new Thermometer();
    case "touch":
      return new Touch();
  }
}

// What the micro:bit's firmware keeps for itself until the program asks; pin 9 is a display column on V1 only.
const kept: Readonly<Record<string, readonly string[]>> = {
  display: ["P3", "P4", "P6", "P7", "P10"],
  button: ["P5", "P11"],
  i2c: ["P19", "P20"],
};

function initialMode(descriptor: BoardDescriptor, pin: string): string {
  if (descriptor.id === "microbit-v1" && pin === "P9") return "display";
  if (!descriptor.id.startsWith("microbit")) return "unused";
  return Object.keys(kept).find((mode) => kept[mode].includes(pin)) ?? "unused";
}
