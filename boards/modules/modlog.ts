// The micro:bit V2's log module: rows of named values into the data log part.
import {
  fun,
  funKw,
  funVar,
  getInt,
  getStr,
  isTrue,
  type Kw,
  type ModuleDef,
  type Obj,
  PyDict,
  PyFloat,
  raiseOSError,
  raiseTypeError,
  raiseValueError,
  run,
  strOf,
  type Gen,
} from "../../interpreter/native.ts";
import { DataLog } from "../parts/data-log/model.ts";
import type { Binding, Hardware } from "../peripheral.ts";

const enospc = 28;
const formats = { MILLISECONDS: 1, SECONDS: 10, MINUTES: 600, HOURS: 36000, DAYS: 864000 } as const;

export const modlog: Binding = (hw): ModuleDef => ({ name: "log", globals: () => members(hw) });

function members(hw: Hardware): Record<string, Obj> {
  const log = hw.part("dataLog", DataLog);
  log.setTimestamp(formats.SECONDS);
  const end = (): null => (log.endRow() ? null : raiseOSError(enospc));
  return {
    __init__: fun("__init__", () => {
      log.setTimestamp(formats.SECONDS);
      return null;
    }),
    set_labels: funVar("set_labels", (args, kw) => {
      for (const name of kw?.keys() ?? []) if (name !== "timestamp") raiseTypeError("extra keyword arguments given");
      const timestamp = kw?.get("timestamp");
      log.setTimestamp(timestamp === undefined ? formats.SECONDS : timestamp === null ? 0 : getInt(timestamp));
      if (args.length === 0) return null;
      log.beginRow();
      for (const label of args) log.add(getStr(label), "");
      return end();
    }),
    set_mirroring: fun("set_mirroring", function* (serial: Obj) {
      const isOn = yield* run(isTrue(serial));
      log.onMirror = isOn ? (line) => hw.write(new TextEncoder().encode(line + "\r\n")) : null;
      return null;
    }),
    delete: funKw("delete", [{ name: "full", default: false }], () => {
      log.clear();
      return null;
    }),
    add: funVar("add", function* (args, kw) {
      log.beginRow();
      for (const [key, value] of rowOf(args, kw)) log.add(getStr(key), yield* textOf(value));
      return end();
    }),
    ...formats,
  };
}

function rowOf(args: readonly Obj[], kw: Kw | null): Iterable<readonly [Obj, Obj]> {
  if (args.length === 0) return kw ?? [];
  if (args.length > 1) raiseValueError("too many arguments");
  const [dict] = args;
  if (!(dict instanceof PyDict)) raiseValueError("expecting a dict");
  return dict.entries().map(({ key, value }) => [key, value!] as const);
}

function* textOf(value: Obj): Gen<string> {
  const isNumber = typeof value === "number" || typeof value === "bigint" || value instanceof PyFloat;
  return isNumber ? yield* run(strOf(value)) : typeof value === "boolean" ? (value ? "True" : "False") : getStr(value);
}
