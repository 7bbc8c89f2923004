// The door for whoever gives Python new modules: boards write their bindings with what is here. MicroPython's own library
// (modules/) is written the same way.
//
//   const led = new PyType("LED");                         a class: slots and `$`-prefixed attributes
//   led.proto.$on = fun("on", (self) => { ...; return null; });
//   export const pyb: ModuleDef = {name: "pyb", globals: {LED: led, delay: fun("delay", function* (ms) { yield* sleepMs(ms); return null; })}};
//
// A native that waits, or that calls back into Python, is a generator function: `yield* sleepUntil(ns)`,
// `yield* run(call(f, args, null))`, `yield* collect(iterable)`. Anything else is an ordinary function of Python values.
import { mp } from "./objects/mpstate.ts";
import { raiseMsg, raiseTypeError, typeOverflowError } from "./objects/objexcept.ts";
import { asFloat, asInt, intOfFloat } from "./objects/number.ts";
import { PyFloat } from "./objects/objfloat.ts";
import { isPending, nativeOf, PyObj, run, typeOf, type Gen, type Obj } from "./objects/obj.ts";
import { strOf } from "./vm/print.ts";

export {
  Ellipsis,
  isPending,
  newInstanceType,
  PyInstance,
  PyObj,
  PyType,
  run,
  STOP,
  typeBool,
  typeBytes,
  typeDict,
  typeFloat,
  typeInt,
  typeList,
  typeOf,
  typeStr,
  typeTuple,
  type Attrs,
  type Gen,
  type Kw,
  type Obj,
  type PrintKind,
  type Request,
  type Step,
  type Wait,
} from "./objects/obj.ts";
export {
  isExc,
  PyExc,
  raiseArgs,
  raiseMsg,
  raiseOSError,
  raiseTypeError,
  raiseValueError,
  typeAttributeError,
  typeException,
  typeImportError,
  typeIndexError,
  typeKeyboardInterrupt,
  typeKeyError,
  typeMemoryError,
  typeNameError,
  typeNotImplementedError,
  typeOSError,
  typeOverflowError,
  typeRuntimeError,
  typeStopIteration,
  typeSystemExit,
  typeTypeError,
  typeValueError,
  typeZeroDivisionError,
} from "./objects/objexcept.ts";
export { fun, funKw, funVar, checkArgs, parseArgs, PyNative, type Param } from "./objects/objfun.ts";
export { PyFloat } from "./objects/objfloat.ts";
export { bufferOf, decodeUtf8, encodeUtf8, PyBytearray, PyBytes, writableBufferOf } from "./objects/objbytes.ts";
export { PyDict } from "./objects/objdict.ts";
export { PyList, PySlice, seqIndex, sliceBounds, sliceItems } from "./objects/objlist.ts";
export { PyTuple } from "./objects/objtuple.ts";
export { PyModule } from "./objects/objmodule.ts";
export { PyProperty, PyClassmethod, PyStaticmethod } from "./objects/objtype.ts";
export { call, callMethod } from "./vm/call.ts";
export { collect, forEach, FunIter, getIter, iterNext } from "./vm/iter.ts";
export { loadAttr, loadAttrMaybe, storeAttr } from "./vm/attr.ts";
export { reprOf, strOf } from "./vm/print.ts";
export { isTrue, equal } from "./vm/operator.ts";
export * as operators from "./bytecode/bc0.ts";

/** A module that Python can import. Globals given by a function are made anew after each soft reset. */
export interface ModuleDef {
  readonly name: string;
  readonly globals: Readonly<Record<string, Obj>> | (() => Readonly<Record<string, Obj>>);
  /** A file of the same name on the board is imported instead (math, sys, gc and the board's own modules: no). */
  readonly isExtensible?: boolean;
}

/** Waits until the clock says `ns`. Ctrl-C ends it with KeyboardInterrupt. */
export function* sleepUntil(ns: number): Gen<void> {
  while (mp.host.clock.ns < ns) yield { wait: "until", ns };
  // What has been scheduled has its turn even if there was nothing to wait for.
  if (mp.pending) yield { wait: "tick" };
}

export function* sleepMs(ms: number): Gen<void> {
  yield* sleepUntil(mp.host.clock.ns + ms * 1e6);
}

/** The next console byte, waiting for it. */
export function* readStdin(): Gen<number> {
  while (mp.stdin.length === 0) yield { wait: "stdin" };
  return mp.stdin.shift()!;
}

/** Ends the run: the board resets. Never returns. */
export function* resetBoard(kind: "soft" | "hard"): Gen<never> {
  for (;;) yield { wait: "reset", kind };
}

/** Writes text to the console, "\n" ending a line. */
export function printText(text: string): void {
  mp.print(text);
}

/** Schedules fun(arg) to run between bytecodes; false when the queue is full. */
export function schedule(fun: Obj, arg: Obj): boolean {
  return mp.schedule(fun, arg);
}

/** 32 random bits from the host. */
export function random32(): number {
  return mp.host.random32();
}

/** Simulated time in ns. */
export function nowNs(): number {
  return mp.host.clock.ns;
}

/** An int argument that fits a machine word. Raises TypeError for anything but int and bool, as mp_obj_get_int does. */
export function getInt(o: Obj): number {
  const i = asInt(nativeOf(o));
  if (i === undefined) raiseTypeError(`can't convert ${typeOf(o).name} to int`);
  if (typeof i === "bigint") raiseMsg(typeOverflowError, "overflow converting long int to machine word");
  return i;
}

/** The same, but a float is taken at its integral part: for the calls that accept either. */
export function getIntTruncated(o: Obj): number {
  return o instanceof PyFloat ? Number(intOfFloat(o.v)) : getInt(o);
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

/** A function's own text of any object, for natives that print. */
export function* textOf(o: Obj): Gen<string> {
  const text = strOf(o);
  return isPending(text) ? yield* run(text) : text;
}

export function isObject(o: unknown): o is PyObj {
  return o instanceof PyObj;
}
