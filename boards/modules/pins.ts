// microbit.pin0 .. pin20: what each pin can do, who owns it, and the errors for who does not. The wires are the Pin part's.
import { getFloat, getInt, type Obj, PyType, raiseTypeError, raiseValueError } from "../../interpreter/native.ts";
import { Pin } from "../parts/pin/model.ts";
import type { PinPull } from "../parts/pin/state.ts";
import { Touch } from "../parts/touch/model.ts";
import type { Hardware } from "../peripheral.ts";
import { BoardObject, type Method, newType } from "./shape.ts";

/** One pin object of the microbit module. */
export class PinObject extends BoardObject {
  readonly pin: Pin;
  readonly number: number;
  constructor(type: PyType, pin: Pin, number: number) {
    super(type);
    this.pin = pin;
    this.number = number;
  }
}

export interface Pins {
  /** By their names in the module: pin0, pin_logo. */
  readonly objects: Readonly<Record<string, Obj>>;
  readonly byNumber: ReadonlyMap<number, PinObject>;
  /** Takes the pins of the LED columns for the display, or frees them. */
  giveToDisplay(on: boolean): void;
}

// Whoever holds one of these does not give it back because a program wants it.
const owned = new Set(["display", "button", "i2c", "spi", "music"]);
const fullDuty = 1023;

/** Takes a pin for a use. Raises ValueError when somebody keeps it. */
export function acquire(object: PinObject, mode: string): Pin {
  const { pin, number } = object;
  const now = pin.state.mode;
  if (now !== mode && owned.has(now)) raiseValueError(`Pin ${number} in ${now} mode`);
  pin.setMode(mode);
  return pin;
}

/** The argument as a pin. Raises TypeError. */
export function pinOf(o: Obj): PinObject {
  if (!(o instanceof PinObject)) raiseTypeError("expecting a pin");
  return o;
}

export function makePins(hw: Hardware): Pins {
  const isV1 = hw.descriptor.id === "microbit-v1";
  const pulls: Readonly<Record<PinPull, number>> = isV1 ? { up: 3, down: 1, none: 0 } : { up: 0, down: 1, none: 2 };
  const constants = { PULL_UP: pulls.up, PULL_DOWN: pulls.down, NO_PULL: pulls.none };
  // V2 has no period until a program sets one.
  const periods = new Map<Pin, number>();
  const shortestUs = isV1 ? 256 : -Infinity;

  const read = (self: PinObject): Pin => (self.pin.state.mode === "button" ? self.pin : acquire(self, "read_digital"));
  const setPeriod = (self: PinObject, us: number): null => {
    if (us < shortestUs) raiseValueError("invalid period");
    periods.set(self.pin, us);
    self.pin.setPeriodUs(us);
    return null;
  };

  const digital: Record<string, Method> = {
    write_digital(self: PinObject, value: Obj) {
      const level = getInt(value);
      if (level !== 0 && level !== 1) raiseValueError("value must be 0 or 1");
      acquire(self, "write_digital").drive(level);
      return null;
    },
    read_digital: (self: PinObject) => read(self).read(),
    write_analog(self: PinObject, value: Obj) {
      const duty =
        typeof value === "number"
          ? value
          : typeof value === "string" || value === null
            ? getInt(value)
            : Math.floor(getFloat(value) + 0.5);
      if (duty < 0 || duty > fullDuty) raiseValueError("value must be between 0 and 1023");
      if (!isV1 && !periods.has(self.pin)) periods.set(self.pin, 20000);
      acquire(self, "write_analog").pwm(duty);
      // Without pulses the pin is free again.
      if (duty === 0) self.pin.setMode("unused");
      return null;
    },
    set_analog_period: (self: PinObject, ms: Obj) => setPeriod(self, getInt(ms) * 1000),
    set_analog_period_microseconds: (self: PinObject, us: Obj) => setPeriod(self, getInt(us)),
    get_analog_period_microseconds: (self: PinObject) => periods.get(self.pin) ?? (isV1 ? self.pin.state.periodUs : -1),
    get_pull(self: PinObject) {
      const { mode, pull } = self.pin.state;
      if (mode !== "read_digital" && mode !== "button") raiseValueError(`Pin ${self.number} in ${mode} mode`);
      return pulls[pull];
    },
    set_pull(self: PinObject, value: Obj) {
      const wanted = getInt(value);
      const pull = (Object.keys(pulls) as PinPull[]).find((name) => pulls[name] === wanted);
      if (pull === undefined && isV1) raiseValueError("invalid pull");
      read(self).setPull(pull ?? "none");
      return null;
    },
    get_mode: (self: PinObject) => self.pin.state.mode,
  };
  const analog: Record<string, Method> = {
    read_analog: (self: PinObject) => acquire(self, "unused").readAnalog(),
  };
  const touch: Record<string, Method> = {
    is_touched: (self: PinObject) => acquire(self, "touch").state.outside.touched,
  };
  const touchMode: Record<string, Method> = isV1
    ? {}
    : {
        set_touch_mode(self: PinObject, mode: Obj) {
          getInt(mode);
          acquire(self, "touch");
          return null;
        },
      };
  const touchConstants: Readonly<Record<string, number>> = isV1 ? {} : { CAPACITIVE: 1, RESISTIVE: 0 };

  const types = {
    touch: newType("MicroBitTouchPin", { ...digital, ...analog, ...touch, ...touchMode }, { ...constants, ...touchConstants }),
    analog: newType("MicroBitAnalogDigitalPin", { ...digital, ...analog }, constants),
    digital: newType("MicroBitDigitalPin", digital, constants),
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
    const logo = hw.part("logo", Touch);
    const logoType = newType(
      "MicroBitTouchOnlyPin",
      {
        is_touched: (self: Obj) => {
          void self;
          return logo.state.touched;
        },
        set_touch_mode: (_self: Obj, mode: Obj) => {
          getInt(mode);
          return null;
        },
      },
      touchConstants,
    );
    objects["pin_logo"] = new BoardObject(logoType);
    objects["pin_speaker"] = new PinObject(types.digital, new Pin("speaker", "unused"), speakerNumber);
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

/** The number of pin_speaker in messages. */
export const speakerNumber = 31;
