// microbit.pin0 .. pin20, pin_logo, pin_speaker: what each pin can do, who owns it, and the errors for who does not.
// The methods follow V1's and V2's own; levels, pulls and pulses are the Pin part's.
import { getFloat, getInt, type Obj, PyFloat, PyType, raiseTypeError, raiseValueError } from "../../interpreter/native.ts";
import { Net } from "../net.ts";
import { Pin } from "../parts/pin/model.ts";
import type { PinPull } from "../parts/pin/state.ts";
import { Touch } from "../parts/touch/model.ts";
import type { Hardware } from "../peripheral.ts";
import { BoardObject, type Members, type Method, newType } from "./shape.ts";

/** One pin object of the microbit module. */
export class PinObject extends BoardObject {
  readonly pin: Pin;
  readonly number: number;
  /** V2 remembers the number that set_pull was given, whatever it was. */
  pullNumber = 0;
  constructor(type: PyType, pin: Pin, number: number) {
    super(type);
    this.pin = pin;
    this.number = number;
  }
}

/** V2's logo: touch only, and no pin for anything else. */
class LogoObject extends BoardObject {}

export interface Pins {
  /** By their names in the module: pin0, pin_logo. */
  readonly objects: Readonly<Record<string, Obj>>;
  readonly byNumber: ReadonlyMap<number, PinObject>;
  /** Takes the pins of the LED columns for the display, or frees them. */
  giveToDisplay(on: boolean): void;
}

/** The number of pin_speaker in messages. */
export const speakerNumber = 31;

// Whoever holds one of these does not give it back because a program wants it.
const owned = new Set(["display", "button", "i2c", "spi", "music"]);
const fullDuty = 1023;
// V1's software PWM counts in ticks of 16 us (lib/pwm.c of its runtime).
const v1TickUs = 16;
const [v1ShortestUs, v1LongestUs] = [256, 1000000];
// V2's PWM counts 16 MHz with 15 bits and a prescaler of up to 2**7; a longer period changes nothing (nRF52833 PS 6.17).
const v2LongestUs = (32767 * 128) / 16;

/** Takes a pin for a use. Raises ValueError when somebody keeps it. */
export function acquire(object: PinObject, mode: string): Pin {
  const { pin } = object;
  const now = pin.state.mode;
  if (now !== mode && owned.has(now)) raiseMode(object);
  pin.setMode(mode);
  return pin;
}

function raiseMode({ pin, number }: PinObject): never {
  raiseValueError(`Pin ${number} in ${pin.state.mode} mode`);
}

/** The argument as a pin. Raises TypeError. */
export function pinOf(o: Obj): PinObject {
  if (!(o instanceof PinObject)) raiseTypeError("expecting a pin");
  return o;
}

export function isPin(o: Obj): boolean {
  return o instanceof PinObject || o instanceof LogoObject;
}

export function makePins(hw: Hardware): Pins {
  const isV1 = hw.descriptor.id === "microbit-v1";
  const members = membersOf(hw, isV1, () => byNumber.values());
  const types = {
    touch: newType("MicroBitTouchPin", members.touch),
    analog: newType("MicroBitAnalogDigitalPin", members.analog),
    digital: newType("MicroBitDigitalPin", members.digital),
  };
  for (const type of Object.values(types)) type.isHashable = false;

  const byNumber = new Map<number, PinObject>();
  const objects: Record<string, Obj> = {};
  for (const { name, can } of hw.descriptor.pins) {
    const number = Number(name.slice(1));
    const type = can.includes("touch") ? types.touch : can.includes("analog") ? types.analog : types.digital;
    const object = new PinObject(type, hw.part(name, Pin), number);
    byNumber.set(number, object);
    objects[`pin${number}`] = object;
  }
  if (!isV1) {
    objects["pin_logo"] = new LogoObject(newType("MicroBitTouchOnlyPin", members.logo));
    objects["pin_speaker"] = new PinObject(types.digital, new Pin("speaker", "unused", new Net(hw.clock)), speakerNumber);
  }
  const columnPins = isV1 ? [3, 4, 6, 7, 9, 10] : [3, 4, 6, 7, 10];
  return {
    objects,
    byNumber,
    giveToDisplay(on) {
      for (const number of columnPins) {
        const pin = byNumber.get(number)!.pin;
        if (on || pin.state.mode === "display") pin.setMode(on ? "display" : "unused");
      }
    },
  };
}

type Methods = Record<string, Method>;

/** The members of each class of pin. */
function membersOf(
  hw: Hardware,
  isV1: boolean,
  all: () => Iterable<PinObject>,
): Record<"digital" | "analog" | "touch" | "logo", Members> {
  const pulls: Readonly<Record<PinPull, number>> = isV1 ? { up: 3, down: 1, none: 0 } : { up: 0, down: 1, none: 2 };
  const constants = { PULL_UP: pulls.up, PULL_DOWN: pulls.down, NO_PULL: pulls.none };
  const touchConstants: Readonly<Record<string, number>> = isV1 ? {} : { RESISTIVE: 0, CAPACITIVE: 1 };

  const read = (self: PinObject): Pin => {
    const { pin } = self;
    if (pin.state.mode === "button" || pin.state.mode === "read_digital") return pin;
    acquire(self, "read_digital").release("down");
    return pin;
  };
  // One period for all pins, on both boards.
  const setPeriod = (self: PinObject, us: number): null => {
    if (isV1 && (us < v1ShortestUs || us > v1LongestUs)) raiseValueError("invalid period");
    if (!isV1 && !self.pin.hasPwm) self.pin.pwm(0);
    if (!isV1 && us > v2LongestUs) return null;
    const period = isV1 ? Math.floor(us / v1TickUs) * v1TickUs : us;
    for (const { pin } of all()) pin.setPeriodUs(period);
    if (self.number === speakerNumber) self.pin.setPeriodUs(period);
    return null;
  };

  const head: Methods = {
    write_digital(self: PinObject, value: Obj) {
      const level = getInt(value);
      if (level !== 0 && level !== 1) raiseValueError("value must be 0 or 1");
      acquire(self, "write_digital").drive(level);
      return null;
    },
    read_digital: (self: PinObject) => read(self).read(),
    write_analog(self: PinObject, value: Obj) {
      const duty = value instanceof PyFloat ? Math.trunc(getFloat(value) + 0.5) : getInt(value);
      if (duty < 0 || duty > fullDuty) raiseValueError("value must be between 0 and 1023");
      const pin = acquire(self, "write_analog");
      if (duty > 0) pin.pwm(duty);
      else {
        // Without pulses the pin is free again, and stays low.
        pin.setMode("unused");
        pin.drive(0);
        pin.hasPwm = true;
      }
      return null;
    },
  };
  const readAnalog: Methods = {
    read_analog(self: PinObject) {
      const pin = acquire(self, "unused");
      if (pin.state.level !== null || pin.hasPwm) pin.release("none");
      return pin.readAnalog();
    },
  };
  const period: Methods = {
    set_analog_period: (self: PinObject, ms: Obj) => setPeriod(self, getInt(ms) * 1000),
    set_analog_period_microseconds: (self: PinObject, us: Obj) => setPeriod(self, getInt(us)),
    get_analog_period_microseconds: ({ pin }: PinObject) => (isV1 || pin.hasPwm ? pin.state.periodUs : -1),
  };
  const pull: Methods = {
    get_pull(self: PinObject) {
      const { mode, pull: now } = self.pin.state;
      if (mode !== "read_digital" && mode !== "button") raiseMode(self);
      if (!isV1) return self.pullNumber;
      return mode === "button" && now === "none" ? pulls.up : pulls[now];
    },
    set_pull(self: PinObject, value: Obj) {
      const wanted = getInt(value);
      const name = (Object.keys(pulls) as PinPull[]).find((key) => pulls[key] === wanted);
      if (name === undefined && isV1) raiseValueError("invalid pull");
      read(self).setPull(name ?? "none");
      self.pullNumber = wanted & 0xff;
      return null;
    },
    get_mode: (self: PinObject) => self.pin.state.mode,
  };

  const sense = (self: PinObject): Pin => {
    const { mode } = self.pin.state;
    if (mode !== "touch" && mode !== "button") acquire(self, "touch").release("none");
    return self.pin;
  };
  const isTouched: Methods = { is_touched: (self: PinObject) => sense(self).touch?.isPressed ?? false };
  const setTouchMode: Methods = {
    set_touch_mode(self: PinObject, mode: Obj) {
      const pin = sense(self);
      pin.touchMode = getInt(mode) === touchConstants["CAPACITIVE"] ? "capacitive" : "resistive";
      pin.touch?.reset();
      return null;
    },
  };
  const logoOf = (): Touch => hw.part("logo", Touch);
  const logo: Methods = {
    is_touched: (_self: Obj) => logoOf().state.touched,
    set_touch_mode(_self: Obj, mode: Obj) {
      getInt(mode);
      return null;
    },
  };
  const { write_digital, read_digital, write_analog } = head;
  const common = { ...period, ...constants, ...pull };
  const converting = { write_digital, read_digital, write_analog, ...readAnalog };
  return {
    digital: { ...head, ...common },
    analog: { ...converting, ...common },
    touch: { ...converting, ...period, ...isTouched, ...(isV1 ? {} : setTouchMode), ...constants, ...pull, ...touchConstants },
    logo: { ...logo, ...touchConstants },
  };
}
