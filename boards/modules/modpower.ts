// The micro:bit V2's power module. Nothing runs while the board sleeps or is off; what wakes it is its clock, a button, a pin
// that goes high (low when it is a touch pin), or, when it is off, only the reset button.
import {
  fun,
  funKw,
  type Gen,
  getInt,
  type ModuleDef,
  type Obj,
  PyList,
  PyTuple,
  raiseValueError,
} from "../../interpreter/native.ts";
import { LedMatrix } from "../parts/led-matrix/model.ts";
import { Power } from "../parts/power/model.ts";
import { Touch } from "../parts/touch/model.ts";
import type { Binding, Hardware } from "../peripheral.ts";
import { softTimersOf } from "./modmicrobit.ts";
import { isPin, PinObject } from "./pins.ts";
import { ButtonObject } from "./sensors.ts";

// How often a sleeping board's inputs are looked at; on the board it is an interrupt.
const lookNs = 1e6;

export const modpower: Binding = (hw): ModuleDef => ({
  name: "power",
  globals: {
    off: fun("off", () => switchOff(hw)),
    deep_sleep: funKw(
      "deep_sleep",
      [
        { name: "ms", default: null },
        { name: "wake_on", default: null },
        { name: "run_every", default: true },
      ],
      (ms: Obj, wakeOn: Obj, runEvery: Obj) => sleep(hw, ms, wakeOn, runEvery === true),
    ),
  },
});

// DIFFERS: Ctrl-C ends it, so that Stop always works; on the board it is the reset button or USB power.
function* switchOff(hw: Hardware): Gen {
  const power = hw.part("power", Power);
  yield* dark(hw, "off", function* () {
    const isOn = (): boolean => power.state.mode !== "off";
    while (!isOn()) yield { wait: "until", ns: Infinity, sooner: isOn };
  });
  return null;
}

function* sleep(hw: Hardware, ms: Obj, wakeOn: Obj, runsTimers: boolean): Gen {
  const end = ms === null ? Infinity : hw.clock.ns + getInt(ms) * 1e6;
  const sources = sourcesOf(wakeOn).map((source) => activeOf(hw, source));
  const timers = softTimersOf(hw);
  let isWoken = false;
  while (!isWoken && hw.clock.ns < end) {
    timers.pause();
    yield* dark(hw, "asleep", function* () {
      // A source that is active already has to let go first.
      const before = sources.map((isActive) => isActive());
      for (;;) {
        const due = runsTimers ? timers.nextNs : Infinity;
        if (hw.clock.ns >= Math.min(end, due)) return;
        isWoken = sources.some((isActive, i) => {
          const now = isActive();
          const rises = now && !before[i];
          before[i] = now;
          return rises;
        });
        if (isWoken) return;
        const next = sources.length > 0 ? hw.clock.ns + lookNs : Infinity;
        yield { wait: "until", ns: Math.min(end, due, next) };
      }
    });
    timers.resume(runsTimers);
    yield { wait: "tick" };
  }
  return null;
}

/** Runs `wait` with the display dark, and puts everything back however it ends. */
function* dark(hw: Hardware, mode: "asleep" | "off", wait: () => Gen<void>): Gen<void> {
  const [power, display] = [hw.part("power", Power), hw.part("display", LedMatrix)];
  const wasOn = display.state.on;
  power.set(mode);
  display.setOn(false);
  try {
    yield* wait();
  } finally {
    power.set("on");
    display.setOn(wasOn);
  }
}

function sourcesOf(o: Obj): readonly Obj[] {
  if (o === null) return [];
  const given = o instanceof PyTuple || o instanceof PyList ? o.items : [o];
  for (const item of given) if (!(item instanceof ButtonObject) && !isPin(item)) raiseValueError("expecting a pin or button");
  return given;
}

function activeOf(hw: Hardware, source: Obj): () => boolean {
  if (source instanceof ButtonObject) return () => source.button.state.pressed;
  if (!(source instanceof PinObject)) return () => hw.part("logo", Touch).state.touched;
  const { pin } = source;
  return () => (pin.state.mode === "touch" ? pin.isTouchActive : pin.read() === 1);
}
