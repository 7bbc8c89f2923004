// The pyboard's pyb module: LEDs, the user switch, time, random numbers, pins, and the start-up script. The rest of pyb is absent.
import {
  call,
  fun,
  funVar,
  getInt,
  getStr,
  type ModuleDef,
  type Obj,
  PyBytes,
  PyType,
  raiseTypeError,
  raiseValueError,
  resetBoard,
  run,
  sleepUntil,
} from "../../interpreter/native.ts";
import { Led } from "../parts/led/model.ts";
import { Switch } from "../parts/switch/model.ts";
import type { Binding, Hardware } from "../peripheral.ts";
import { setMain } from "../pyboard/boot.ts";
import { BoardObject, newType, tuple } from "./shape.ts";
import { makeAccel } from "./pyboard-accel.ts";
import { makeAdc } from "./pyboard-adc.ts";
import { makeExtInt } from "./pyboard-extint.ts";
import { interruptsOf } from "./pyboard-irq.ts";
import { pyboardId, pyboardPins } from "./pyboard-pin.ts";
import { makeTimer } from "./pyboard-timer.ts";
import { makeServo, servoFunctions } from "./pyboard-servo.ts";

const ledCount = 4;
// STM32F405 at full speed: SYSCLK, HCLK, PCLK1, PCLK2.
const clocksHz = [168000000, 168000000, 42000000, 84000000];
const mask30 = 0x3fffffff;

export const modpyb: Binding = (hw): ModuleDef => ({ name: "pyb", globals: () => members(hw) });

function members(hw: Hardware): Record<string, Obj> {
  const ms = (): number => Math.floor(hw.clock.ns / 1e6);
  const us = (): number => Math.floor(hw.clock.ns / 1e3);
  // Ticks are 31 bits and wrap; differences are taken in that ring.
  const elapsed = (now: number, start: Obj): number => (((now - getInt(start)) & mask30) + mask30 + 1) & mask30;
  const wait = function* (ns: number) {
    if (ns > 0) yield* sleepUntil(hw.clock.ns + ns);
    return null;
  };
  const pins = pyboardPins(hw);
  const nothing = (name: string): Obj => fun(name, () => null);
  return {
    fault_debug: fun("fault_debug", (_on: Obj) => null),
    hard_reset: fun("hard_reset", () => resetBoard("hard")),
    unique_id: fun("unique_id", () => new PyBytes(pyboardId)),
    freq: funVar("freq", () => tuple(clocksHz), 0, 4),
    repl_info: fun("repl_info", (_on: Obj) => null),
    wfi: nothing("wfi"),
    disable_irq: fun("disable_irq", () => interruptsOf(hw).disable()),
    enable_irq: funVar("enable_irq", ([state]) => interruptsOf(hw).enableBy(state), 0, 1),
    sync: nothing("sync"),
    main: funVar(
      "main",
      (args) => {
        setMain(hw, getStr(args[0]));
        return null;
      },
      1,
      2,
    ),
    have_cdc: fun("have_cdc", () => true),
    millis: fun("millis", () => ms() & mask30),
    elapsed_millis: fun("elapsed_millis", (start: Obj) => elapsed(ms(), start)),
    micros: fun("micros", () => us() % (mask30 + 1)),
    elapsed_micros: fun("elapsed_micros", (start: Obj) => elapsed(us() % (mask30 + 1), start)),
    delay: fun("delay", (n: Obj) => wait(getInt(n) * 1e6)),
    udelay: fun("udelay", (n: Obj) => wait(getInt(n) * 1e3)),
    rng: fun("rng", () => hw.random32() >>> 2),
    LED: makeLed(hw),
    Switch: makeSwitch(hw),
    Pin: pins.type,
    ExtInt: makeExtInt(hw, pins.find),
    Timer: makeTimer(hw),
    ADC: makeAdc(hw),
    Accel: makeAccel(hw),
    Servo: makeServo(hw),
    ...servoFunctions(hw),
  };
}

class LedObject extends BoardObject {
  readonly number: number;
  readonly led: Led;
  constructor(type: PyType, number: number, led: Led) {
    super(type);
    this.number = number;
    this.led = led;
  }
}

function makeLed(hw: Hardware): PyType {
  const type = newType("LED", {
    on: (self: LedObject) => {
      self.led.set(255);
      return null;
    },
    off: (self: LedObject) => {
      self.led.set(0);
      return null;
    },
    toggle: (self: LedObject) => {
      self.led.set(self.led.state.intensity === 0 ? 255 : 0);
      return null;
    },
  });
  type.proto.$intensity = funVar(
    "intensity",
    ([self, value]) => {
      const { led } = self as LedObject;
      if (value === undefined) return led.state.intensity;
      led.set(getInt(value));
      return null;
    },
    1,
    2,
  );
  type.print = (self: LedObject) => `LED(${self.number})`;
  type.makeNew = (_type, args) => {
    if (args.length !== 1) raiseTypeError(`function takes 1 positional arguments but ${args.length} were given`);
    const number = getInt(args[0]);
    if (number < 1 || number > ledCount) raiseValueError(`LED(${number}) doesn't exist`);
    return new LedObject(type, number, hw.part(`led${number}`, Led));
  };
  return type;
}

function makeSwitch(hw: Hardware): PyType {
  const part = hw.part("switch", Switch);
  const type = newType("Switch", {
    value: (_self: Obj) => part.state.pressed,
    callback: (_self: Obj, callback: Obj) => {
      const called = fun("callback", (_arg: Obj) => run(call(callback, [], null)));
      part.onPress = callback === null ? null : () => void hw.schedule(called, null);
      return null;
    },
  });
  type.print = () => "Switch()";
  type.call = () => part.state.pressed;
  type.makeNew = (_type, args) => {
    if (args.length > 0) raiseTypeError(`function takes 0 positional arguments but ${args.length} were given`);
    return new BoardObject(type);
  };
  return type;
}
