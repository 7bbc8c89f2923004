// time (extmod/modtime.c): the host's clock.
import { fun } from "../objects/objfun.ts";
import { asFloat, asInt } from "../objects/number.ts";
import { raiseMsg, raiseTypeError, typeOverflowError } from "../objects/objexcept.ts";
import { PyFloat } from "../objects/objfloat.ts";
import { PyTuple } from "../objects/objtuple.ts";
import { mp } from "../objects/mpstate.ts";
import { typeOf, type Gen, type Obj } from "../objects/obj.ts";
import { itemsOf } from "../vm/iter.ts";
import { getFloat, sleepUntil } from "../native.ts";
import { register } from "./registry.ts";

/** Ticks wrap at 2**30, as small ints allow. */
const TICKS_PERIOD = 2 ** 30;

/** Milliseconds as ticks_ms() counts them. */
export function ticksMs(): number {
  return Math.floor(mp.host.clock.ns / 1e6) % TICKS_PERIOD;
}

/** How much later `a` is than `b`, around the wrap. */
export function ticksDiff(a: number, b: number): number {
  const d = (((a - b) % TICKS_PERIOD) + TICKS_PERIOD) % TICKS_PERIOD;
  return d >= TICKS_PERIOD / 2 ? d - TICKS_PERIOD : d;
}

function number(o: Obj): number {
  const f = asFloat(o);
  if (f === undefined) raiseTypeError(`can't convert ${typeOf(o).name} to int`);
  return f;
}

function integer(o: Obj): number {
  const i = asInt(o);
  if (i === undefined) raiseTypeError(`can't convert ${typeOf(o).name} to int`);
  return Number(i);
}

function* sleepNs(ns: number): Gen {
  if (ns > 0) yield* sleepUntil(mp.host.clock.ns + ns);
  else yield { wait: "tick" };
  return null;
}

// Days since 1970-01-01 of a civil date, and back (proleptic Gregorian).
export function daysFromCivil(y: number, m: number, d: number): number {
  const year = m <= 2 ? y - 1 : y;
  const era = Math.floor(year / 400);
  const yoe = year - era * 400;
  const doy = Math.floor((153 * (m + (m > 2 ? -3 : 9)) + 2) / 5) + d - 1;
  return era * 146097 + yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy - 719468;
}

export function civil(seconds: number): PyTuple {
  const days = Math.floor(seconds / 86400);
  const rest = seconds - days * 86400;
  const z = days + 719468;
  const era = Math.floor(z / 146097);
  const doe = z - era * 146097;
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36524) - Math.floor(doe / 146096)) / 365);
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp5 = Math.floor((5 * doy + 2) / 153);
  const day = doy - Math.floor((153 * mp5 + 2) / 5) + 1;
  const month = mp5 < 10 ? mp5 + 3 : mp5 - 9;
  const year = yoe + era * 400 + (month <= 2 ? 1 : 0);
  const yday = days - daysFromCivil(year, 1, 1) + 1;
  return new PyTuple([
    year,
    month,
    day,
    Math.floor(rest / 3600),
    Math.floor(rest / 60) % 60,
    Math.floor(rest) % 60,
    (((days + 3) % 7) + 7) % 7,
    yday,
  ]);
}

const seconds = (): number => mp.host.clock.ns / 1e9;

register("time", {
  isExtensible: true,
  members: () => ({
    sleep: fun("sleep", (s: Obj) => sleepNs((mp.config.release === "1.28" ? number(s) : getFloat(s)) * 1e9)),
    sleep_ms: fun("sleep_ms", (ms: Obj) => sleepNs(integer(ms) * 1e6)),
    sleep_us: fun("sleep_us", (us: Obj) => sleepNs(integer(us) * 1e3)),
    ticks_ms: fun("ticks_ms", ticksMs, 0),
    ticks_us: fun("ticks_us", () => Math.floor(mp.host.clock.ns / 1e3) % TICKS_PERIOD, 0),
    ticks_cpu: fun("ticks_cpu", () => Math.floor(mp.host.clock.ns) % TICKS_PERIOD, 0),
    ticks_add: fun("ticks_add", (a: Obj, b: Obj) => {
      const delta = integer(b);
      if (Math.abs(delta) >= TICKS_PERIOD / 2) raiseMsg(typeOverflowError, "ticks interval overflow");
      return (((integer(a) + delta) % TICKS_PERIOD) + TICKS_PERIOD) % TICKS_PERIOD;
    }),
    ticks_diff: fun("ticks_diff", (a: Obj, b: Obj) => ticksDiff(integer(a), integer(b))),
    time: fun("time", () => (mp.config.platform === "linux" ? PyFloat.of(seconds()) : Math.floor(seconds())), 0),
    time_ns: fun("time_ns", () => Math.floor(mp.host.clock.ns), 0),
    gmtime: fun("gmtime", (s: Obj = null) => civil(s === null ? seconds() : number(s)), 0, 1),
    localtime: fun("localtime", (s: Obj = null) => civil(s === null ? seconds() : number(s)), 0, 1),
    mktime: fun("mktime", (t: Obj) => {
      const f = (itemsOf(t) ?? raiseTypeError("mktime needs a tuple of length 8 or 9")).map((o) => integer(o));
      if (f.length < 8 || f.length > 9) raiseTypeError(`mktime needs a tuple of length 8 or 9`);
      const months = f[0]! * 12 + f[1]! - 1;
      return (
        daysFromCivil(Math.floor(months / 12), (months % 12) + 1, 1) * 86400 +
        (f[2]! - 1) * 86400 +
        f[3]! * 3600 +
        f[4]! * 60 +
        f[5]!
      );
    }),
  }),
});
