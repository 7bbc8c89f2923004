// Builds a board's parts from its descriptor: the one place that knows which model belongs to which kind.
import type { Clock } from "../../interpreter/host.ts";
import type { BoardDescriptor, PartDef, PinDef } from "../descriptor.ts";
import { Net, supplyVolts, Terminal } from "../net.ts";
import { Mma7660 } from "../parts/accelerometer/mma7660.ts";
import { Mma8653 } from "../parts/accelerometer/mma8653.ts";
import { Accelerometer } from "../parts/accelerometer/model.ts";
import { Debounce, type Thresholds, thresholdsV1, thresholdsV2 } from "../parts/button/debounce.ts";
import { Button } from "../parts/button/model.ts";
import { Mag3110 } from "../parts/compass/mag3110.ts";
import { Compass } from "../parts/compass/model.ts";
import { DataLog } from "../parts/data-log/model.ts";
import { Led } from "../parts/led/model.ts";
import { LedMatrix } from "../parts/led-matrix/model.ts";
import { LightSensor } from "../parts/light-sensor/model.ts";
import { Microphone } from "../parts/microphone/model.ts";
import { Pin } from "../parts/pin/model.ts";
import { Power } from "../parts/power/model.ts";
import { Radio } from "../parts/radio/model.ts";
import { Speaker } from "../parts/speaker/model.ts";
import { Switch } from "../parts/switch/model.ts";
import { Thermometer } from "../parts/thermometer/model.ts";
import { Touch } from "../parts/touch/model.ts";
import type { Hardware, Peripheral } from "../peripheral.ts";
import { RegisterChip, type RegisterMap } from "../i2c-registers.ts";
import type { Wiring } from "../wiring.ts";
import { buildWired } from "./wired.ts";

/** What a Machine lends its hardware. */
export type Lent = Pick<Hardware, "files" | "random32" | "seed" | "write" | "schedule" | "console"> & {
  isMain(): boolean;
  run(): number;
};

export function buildHardware(descriptor: BoardDescriptor, clock: Clock, lent: Lent, wired: Wiring = {}): Hardware {
  const all = [...descriptor.pins, ...(descriptor.innerPins ?? [])];
  const pins = new Map(all.map((pin) => [pin.name, buildPin(descriptor, pin, clock)]));
  const parts: Record<string, Peripheral> = {};
  for (const [name, def] of Object.entries(descriptor.parts)) {
    const part = build(descriptor, def, clock, pins, lent.seed) as Peripheral;
    parts[name] = part;
    if (part instanceof Accelerometer || part instanceof Compass) part.chip = onBus(def.options ?? {}, pins, part);
  }
  for (const [name, part] of Object.entries(wired)) {
    if (Object.hasOwn(parts, name)) throw new Error(`${descriptor.id} has a ${name} already`);
    parts[name] = buildWired(part, clock, (pin) => pins.get(pin)?.net);
  }
  return {
    descriptor,
    clock,
    parts,
    pins,
    files: lent.files,
    console: lent.console,
    random32: lent.random32,
    seed: lent.seed,
    write: lent.write,
    schedule: lent.schedule,
    get isMain() {
      return lent.isMain();
    },
    get run() {
      return lent.run();
    },
    part(name, kind) {
      const part = parts[name];
      if (!(part instanceof kind)) throw new Error(`${descriptor.id} has no ${kind.name} named ${name}`);
      return part;
    },
  };
}

/** The chips that a board has on a bus which its pins reach, and their addresses. */
const chips: Readonly<Record<string, { readonly address: number; make(part: never): RegisterMap }>> = {
  mma8653: { address: 0x1d, make: (part: Accelerometer) => new Mma8653(part) },
  mma7660: { address: 0x4c, make: (part: Accelerometer) => new Mma7660(part) },
  mag3110: { address: 0x0e, make: (part: Compass) => new Mag3110(part) },
};

function onBus(
  options: NonNullable<PartDef["options"]>,
  pins: ReadonlyMap<string, Pin>,
  part: Accelerometer | Compass,
): RegisterMap | null {
  const kind = chips[String(options["chip"])];
  if (!kind) return null;
  const net = (name: string): Net => pins.get(String(options[name]))!.net;
  const chip = kind.make(part as never);
  new RegisterChip(kind.address, { sda: net("sda"), scl: net("scl") }, chip);
  return chip;
}

function build(descriptor: BoardDescriptor, def: PartDef, clock: Clock, pins: ReadonlyMap<string, Pin>, seed: number): unknown {
  const pin = (): Pin => {
    const found = pins.get(def.pin ?? "");
    if (!found) throw new Error(`a ${def.kind} needs a pin, got ${def.pin}`);
    return found;
  };
  switch (def.kind) {
    case "accelerometer":
      return new Accelerometer(clock);
    case "button":
      return new Button(pin(), clock, thresholdsOf(descriptor));
    case "compass":
      return new Compass();
    case "data-log":
      return new DataLog(clock);
    case "led":
      return new Led(def.options?.["pwm"] === 1);
    case "led-matrix":
      return new LedMatrix(clock);
    case "light-sensor":
      return new LightSensor();
    case "microphone":
      return new Microphone(clock);
    case "pin":
      return pin();
    case "power":
      return new Power();
    case "radio":
      return new Radio(clock, seed);
    case "speaker":
      return new Speaker(clock, def.pin === undefined ? "mixer" : "pin");
    case "switch":
      return new Switch(pin());
    case "thermometer":
      return new Thermometer();
    case "touch":
      return new Touch();
  }
}

// The micro:bit's touch pins have a pull-up that a finger beats: https://tech.microbit.org/hardware/edgeconnector/
const touchPullOhms = 10e6;

function thresholdsOf(descriptor: BoardDescriptor): Thresholds {
  return descriptor.id === "microbit-v1" ? thresholdsV1 : thresholdsV2;
}

function buildPin(descriptor: BoardDescriptor, def: PinDef, clock: Clock): Pin {
  const net = new Net(clock);
  const pin = new Pin(def.name, initialMode(descriptor, def.name), net);
  if (def.can.includes("touch")) {
    new Terminal(net).set({ volts: supplyVolts, ohms: touchPullOhms });
    pin.touch = new Debounce(clock, thresholdsOf(descriptor), () => pin.isTouchActive);
    pin.touch.run(false);
  }
  pin.pulsesAtEnd = descriptor.id === "microbit-v1";
  return pin;
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
