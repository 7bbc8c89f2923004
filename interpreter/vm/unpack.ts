// Unpacking of what is no tuple or list, and with a star (py/runtime.c mp_unpack_sequence, mp_unpack_ex).
import { raiseMsg, typeValueError } from "../objects/objexcept.ts";
import { PyList } from "../objects/objlist.ts";
import type { Gen, Obj } from "../objects/obj.ts";
import { PyTuple } from "../objects/objtuple.ts";
import { collect } from "./iter.ts";

/** A tuple of the items of `seq`: `left`, a list of the rest, `right`. */
export function* unpackEx(seq: Obj, left: number, right: number): Gen {
  const items = yield* collect(seq);
  if (items.length < left + right) {
    // Of an iterator only those before the star have been counted.
    const counted = seq instanceof PyList || seq instanceof PyTuple ? items.length : Math.min(items.length, left);
    raiseMsg(typeValueError, `need more than ${counted} values to unpack`);
  }
  const rest = new PyList(items.slice(left, items.length - right));
  return new PyTuple([...items.slice(0, left), rest, ...items.slice(items.length - right)]);
}

/** A tuple of exactly `n` items. */
export function* unpackSequence(seq: Obj, n: number): Gen {
  const items = yield* collect(seq, n);
  checkUnpack(items.length, n);
  return new PyTuple(items);
}

export function checkUnpack(length: number, n: number): void {
  if (length < n) raiseMsg(typeValueError, `need more than ${length} values to unpack`);
  if (length > n) raiseMsg(typeValueError, `too many values to unpack (expected ${n})`);
}
