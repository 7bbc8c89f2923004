// What small builds leave out, where it shows in more than one place: the firmwares' own switches (py/mpconfig.h), worked out
// from the configuration that runs now.
import { mp } from "./mpstate.ts";
import type { Obj, PyObj } from "./obj.ts";
import { raiseTypeError } from "./objexcept.ts";

/** MICROPY_CONFIG_ROM_LEVEL_CORE_FEATURES: a micro:bit. */
export const isCore = (): boolean => mp.config.romLevel === "core";

/** MICROPY_CPYTHON_COMPAT: micro:bit V1 is built without. */
export const hasCpythonCompat = (): boolean => mp.config.release !== "1.9.2";

// MICROPY_PY_ALL_SPECIAL_METHODS and MICROPY_PY_REVERSE_SPECIAL_METHODS off: what is left (py/objtype.c).
const coreMethods = new Set([
  "__lt__",
  "__gt__",
  "__eq__",
  "__le__",
  "__ge__",
  "__ne__",
  "__add__",
  "__sub__",
  "__iadd__",
  "__isub__",
]);
const oldMethods = new Set(["__lt__", "__gt__", "__eq__", "__le__", "__ge__", "__add__", "__sub__"]);

/** Whether a class of a program may have this method of an operator. */
export function hasSpecialMethod(name: string): boolean {
  if (!isCore()) return true;
  return name === "__contains__" || (hasCpythonCompat() ? coreMethods : oldMethods).has(name);
}

/** The operator's name in an error: nothing where the build does not know it. */
export function specialName(name: string): string {
  if (!isCore()) return name;
  if (name === "__contains__") return hasCpythonCompat() ? "" : name;
  return coreMethods.has(name) ? name : "";
}

/** MICROPY_PY_ARRAY_SLICE_ASSIGN: refuses a[1:2] = ... where the build cannot do it. */
export function refuseSliceAssign(self: PyObj, value: Obj | undefined): void {
  if (isCore())
    raiseTypeError(`'${self.type.name}' object doesn't support item ${value === undefined ? "deletion" : "assignment"}`);
}
