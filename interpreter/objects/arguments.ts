// What natives take their arguments as (py/obj.c mp_obj_get_int and its like): numbers and text, or the TypeError for what is none.
import { mp } from "./mpstate.ts";
import { asFloat, asInt } from "./number.ts";
import { nativeOf, typeOf, type Obj } from "./obj.ts";
import { raiseMsg, raiseTypeError, typeOverflowError } from "./objexcept.ts";

// Beyond a signed word of 32 bits.
const WORD = 2 ** 31;

/** An int argument that fits a machine word. Raises TypeError for anything but int and bool, as mp_obj_get_int does. */
export function getInt(o: Obj): number {
  const i = asInt(nativeOf(o));
  if (i === undefined) raiseTypeError(`can't convert ${typeOf(o).name} to int`);
  if (typeof i === "bigint" || (Math.abs(i) >= WORD && mp.config.smallIntBits <= 31 && i !== -WORD))
    raiseMsg(typeOverflowError, "overflow converting long int to machine word");
  return i;
}

/** The low 32 bits of an int of whatever size, signed, as mp_obj_get_int_truncated takes it. Raises TypeError for anything but int and bool. */
export function getIntTruncated(o: Obj): number {
  const i = asInt(nativeOf(o));
  return i === undefined ? getInt(o) : Number(BigInt.asIntN(32, BigInt(i)));
}

/** A float argument: int and bool count too. Raises TypeError. */
export function getFloat(o: Obj): number {
  const f = asFloat(nativeOf(o));
  if (f === undefined) raiseTypeError(`can't convert ${typeOf(o).name} to float`);
  return f;
}

/** A str argument. Raises TypeError. */
export function getStr(o: Obj): string {
  const s = nativeOf(o);
  if (typeof s !== "string") raiseTypeError(`can't convert '${typeOf(o).name}' object to str implicitly`);
  return s;
}
