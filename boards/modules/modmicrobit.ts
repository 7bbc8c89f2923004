// The microbit module: everything soldered on, by the names that `from microbit import *` gives.
import {
  builtInModule,
  call,
  fun,
  funKw,
  funVar,
  getFloat,
  getInt,
  type ModuleDef,
  type Obj,
  PyFloat,
  PyTuple,
  raiseTypeError,
  raiseValueError,
  resetBoard,
  run,
  sleepMs,
} from "../../interpreter/native.ts";
import { Speaker } from "../parts/speaker/model.ts";
import { Thermometer } from "../parts/thermometer/model.ts";
import type { Binding, Hardware } from "../peripheral.ts";
import { makeI2c, makeSpi, makeUart } from "./buses.ts";
import { makeDisplay } from "./display.ts";
import { typeImage } from "./image.ts";
import { panic } from "./panic.ts";
import { makePins, type Pins } from "./pins.ts";
import { makeAccelerometer, makeButtons, makeCompass, makeSound } from "./sensors.ts";

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
    i2c: makeI2c(pins),
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
    scale: funKw("scale", [{ name: "value" }, { name: "from_" }, { name: "to" }], scale),
    ...(isV2 ? { set_volume: setVolume(hw), run_every: runEvery(hw) } : {}),
    ...pins.objects,
  };
}

function scale(value: Obj, from: Obj, to: Obj): Obj {
  const [fromMin, fromMax] = pair(from);
  const [toMin, toMax] = pair(to);
  const range = getFloat(fromMax) - getFloat(fromMin);
  const share = (getFloat(value) - getFloat(fromMin)) / range;
  const result = getFloat(toMin) + share * (getFloat(toMax) - getFloat(toMin));
  return toMin instanceof PyFloat || toMax instanceof PyFloat ? new PyFloat(result) : Math.round(result);
}

function pair(o: Obj): readonly [Obj, Obj] {
  if (!(o instanceof PyTuple)) raiseTypeError("expecting a tuple");
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

/** run_every(f, ms=...), or @run_every(ms=...): calls it again and again in the background. */
function runEvery(hw: Hardware): Obj {
  const units = { days: 86400000, h: 3600000, min: 60000, s: 1000, ms: 1 } as const;
  const start = (callback: Obj, periodMs: number): void => {
    // Runs on between bytecodes until the board is reset: its VM is another one then and takes no calls.
    const guarded = fun("run_every", function* (_unused: Obj) {
      yield* run(call(callback, [], null));
      arm();
      return null;
    });
    const arm = (): void => {
      hw.clock.alarm(hw.clock.ns + periodMs * 1e6, () => void hw.schedule(guarded, null));
    };
    arm();
  };
  return funKw(
    "run_every",
    [{ name: "callback", default: null }, ...Object.keys(units).map((name) => ({ name, default: 0 as Obj, kwOnly: true }))],
    (callback: Obj, ...times: Obj[]) => {
      const periodMs = Object.values(units).reduce((sum, unit, i) => sum + unit * getInt(times[i]), 0);
      if (callback !== null) {
        start(callback, periodMs);
        return null;
      }
      return fun("run_every", (decorated: Obj) => {
        start(decorated, periodMs);
        return decorated;
      });
    },
  );
}
