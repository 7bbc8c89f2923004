// The pyboard's machine module: identity, resets, frequency, sleeping, pins, and the calendar that mpremote asks for.
import {
  fun,
  funVar,
  getInt,
  type ModuleDef,
  type Obj,
  PyBytes,
  PyTuple,
  PyType,
  raiseTypeError,
  raiseValueError,
  resetBoard,
  sleepMs,
} from "../../interpreter/native.ts";
import type { Binding, Hardware } from "../peripheral.ts";
import { interruptsOf } from "./pyboard-irq.ts";
import { pyboardId, pyboardPins } from "./pyboard-pin.ts";
import { BoardObject, newType, tuple } from "./shape.ts";

const clocksHz = [168000000, 168000000, 42000000, 84000000];
const causes = { SOFT_RESET: 0, PWRON_RESET: 1, HARD_RESET: 2, WDT_RESET: 3, DEEPSLEEP_RESET: 4 } as const;
const dayNs = 86400e9;

export const modmachinePyboard: Binding = (hw): ModuleDef => {
  const rtc = makeRtc(hw);
  return {
    name: "machine",
    globals: () => ({
      unique_id: fun("unique_id", () => new PyBytes(pyboardId)),
      reset: fun("reset", () => resetBoard("hard")),
      soft_reset: fun("soft_reset", () => resetBoard("soft")),
      freq: funVar("freq", () => tuple(clocksHz), 0, 4),
      idle: fun("idle", () => null),
      lightsleep: funVar("lightsleep", sleep, 0, 1),
      sleep: funVar("sleep", sleep, 0, 1),
      disable_irq: fun("disable_irq", () => interruptsOf(hw).disable()),
      enable_irq: funVar("enable_irq", ([state]) => interruptsOf(hw).enableBy(state), 0, 1),
      reset_cause: fun("reset_cause", () => causes.PWRON_RESET),
      rng: fun("rng", () => hw.random32() >>> 2),
      Pin: pyboardPins(hw).type,
      RTC: rtc,
      ...causes,
    }),
  };
};

function* sleep(args: readonly Obj[]) {
  if (args.length > 0) yield* sleepMs(getInt(args[0]));
  return null;
}

// The clock starts on 2015-01-01, as a pyboard's does without a battery, and runs with the board's time.
function makeRtc(hw: Hardware): PyType {
  let offsetMs = msOf(2015, 1, 1, 0);
  const nowMs = (): number => offsetMs + hw.clock.ns / 1e6;
  const type = newType("RTC", {});
  type.print = () => "<RTC>";
  type.makeNew = () => new BoardObject(type);
  type.proto.$datetime = funVar(
    "datetime",
    (args) => {
      if (args.length === 1) return tuple(fieldsOf(nowMs()));
      const given = args[1];
      if (!(given instanceof PyTuple)) raiseTypeError("object isn't a tuple or list");
      if (given.items.length !== 8) raiseValueError(`requested length 8 but object has length ${given.items.length}`);
      const [year, month, day, , hour, minute, second] = given.items.map(getInt);
      offsetMs = msOf(year, month, day, hour * 3600 + minute * 60 + second) - hw.clock.ns / 1e6;
      return null;
    },
    1,
    2,
  );
  return type;
}

/** Milliseconds since 1970, by days-from-civil arithmetic (H. Hinnant): Date belongs to the wall clock. */
function msOf(year: number, month: number, day: number, seconds: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return ((era * 146097 + dayOfEra - 719468) * 86400 + seconds) * 1000;
}

/** Year, month, day, weekday (Monday 1), hours, minutes, seconds, 255ths of a second counting down. */
function fieldsOf(ms: number): number[] {
  const days = Math.floor(ms / (dayNs / 1e6));
  const rest = ms - days * (dayNs / 1e6);
  const z = days + 719468;
  const era = Math.floor(z / 146097);
  const dayOfEra = z - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const weekday = ((((days + 3) % 7) + 7) % 7) + 1;
  const seconds = Math.floor(rest / 1000);
  const subseconds = 255 - Math.floor(((rest % 1000) * 256) / 1000);
  return [year, month, day, weekday, Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60, subseconds];
}
