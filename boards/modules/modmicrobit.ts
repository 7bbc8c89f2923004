// The microbit module: everything soldered on, by the names that `from microbit import *` gives.
import {
  builtInModule,
  fun,
  funKw,
  funVar,
  getFloat,
  getInt,
  type ModuleDef,
  type Obj,
  PyFloat,
  PyList,
  PyTuple,
  raiseTypeError,
  raiseValueError,
  resetBoard,
  sleepMs,
  typeOf,
} from "../../interpreter/native.ts";
import { Speaker } from "../parts/speaker/model.ts";
import { Thermometer } from "../parts/thermometer/model.ts";
import type { Binding, Hardware } from "../peripheral.ts";
import { makeDisplay } from "./display.ts";
import { makeI2c } from "./i2c.ts";
import { typeImage } from "./image.ts";
import { panic } from "./panic.ts";
import { ws2812Write } from "./neopixel.ts";
import { makePins, type Pins } from "./pins.ts";
import { makeAccelerometer, makeButtons, makeCompass, makeSound } from "./sensors.ts";
import { runEvery, SoftTimers } from "./soft-timer.ts";
import { isnt } from "./shape.ts";
import { makeSpi } from "./spi.ts";
import { makeUart } from "./uart.ts";

const pinsByHardware = new WeakMap<Hardware, Pins>();

/** The pin objects of a board: music, neopixel and the like take them as arguments. */
export function pinsOf(hw: Hardware): Pins {
  let pins = pinsByHardware.get(hw);
  if (!pins) {
    pins = makePins(hw);
    pinsByHardware.set(hw, pins);
  }
  return pins;
}

const timersByHardware = new WeakMap<Hardware, SoftTimers>();

/** The timers of a board: run_every starts them and power.deep_sleep pauses them. */
export function softTimersOf(hw: Hardware): SoftTimers {
  let timers = timersByHardware.get(hw);
  if (!timers) {
    timers = new SoftTimers(hw);
    timersByHardware.set(hw, timers);
  }
  return timers;
}

export const modmicrobit: Binding = (hw): ModuleDef => ({ name: "microbit", globals: () => members(hw) });

function members(hw: Hardware): Record<string, Obj> {
  const pins = pinsOf(hw);
  const thermometer = hw.part("thermometer", Thermometer);
  const isV2 = hw.descriptor.id === "microbit-v2";
  return {
    Image: typeImage,
    display: makeDisplay(hw, pins),
    ...makeButtons(hw),
    accelerometer: makeAccelerometer(hw),
    compass: makeCompass(hw),
    ...(isV2 ? makeSound(hw) : {}),
    audio: builtInModule("audio"),
    i2c: makeI2c(hw, pins),
    uart: makeUart(hw),
    spi: makeSpi(hw, pins),
    reset: fun("reset", () => resetBoard("hard")),
    sleep: fun("sleep", function* (ms: Obj) {
      const wait = Math.trunc(getFloat(ms));
      if (wait > 0) yield* sleepMs(wait);
      return null;
    }),
    running_time: fun("running_time", () => Math.floor(hw.clock.ns / 1e6)),
    panic: funVar("panic", (args) => panic(hw, args.length > 0 ? getInt(args[0]) : 999), 0, 1),
    temperature: fun("temperature", () => thermometer.state.celsius),
    scale: funKw("scale", [{ name: "value" }, { name: "from_" }, { name: "to" }], scale(hw)),
    ...(isV2 ? { set_volume: setVolume(hw), ws2812_write: ws2812Write(hw), run_every: runEvery(softTimersOf(hw)) } : {}),
    ...pins.objects,
  };
}

function scale(hw: Hardware): (value: Obj, from: Obj, to: Obj) => Obj {
  return (value, from, to) => {
    const [fromMin, fromMax] = pair(hw, from);
    const [toMin, toMax] = pair(hw, to);
    const number = getFloat(value);
    const [low, high, start, end] = [fromMin, fromMax, toMin, toMax].map(getFloat);
    const scaled =
      Math.fround(Math.fround(Math.fround(number - low) / Math.fround(high - low)) * Math.fround(end - start)) + start;
    return toMin instanceof PyFloat || toMax instanceof PyFloat ? new PyFloat(scaled) : nearestEven(Math.fround(scaled));
  };
}

// C's nearbyint: a half goes to the even number.
function nearestEven(x: number): number {
  const rounded = Math.round(x);
  return Math.abs(x % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

function pair(hw: Hardware, o: Obj): readonly [Obj, Obj] {
  if (!(o instanceof PyTuple || o instanceof PyList))
    raiseTypeError(`object '${typeOf(o).name}' ${isnt(hw.descriptor.id)} a tuple or list`);
  if (o.items.length !== 2) raiseValueError(`requested length 2 but object has length ${o.items.length}`);
  return [o.items[0], o.items[1]];
}

function setVolume(hw: Hardware): Obj {
  const speaker = hw.part("speaker", Speaker);
  return fun("set_volume", (volume: Obj) => {
    speaker.setVolume(getInt(volume));
    return null;
  });
}
