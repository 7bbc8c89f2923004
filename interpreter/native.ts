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
import { isPending, PyObj, run, type Gen, type Obj } from "./objects/obj.ts";
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
export { allocate } from "./objects/heap.ts";
export { bufferOf, decodeUtf8, encodeUtf8, PyBytearray, PyBytes, writableBufferOf } from "./objects/objbytes.ts";
export { PyDict } from "./objects/objdict.ts";
export { PyList, PySlice, seqIndex, sliceBounds, sliceItems } from "./objects/objlist.ts";
export { PyTuple } from "./objects/objtuple.ts";
export { PyModule } from "./objects/objmodule.ts";
export { PyProperty, PyClassmethod, PyStaticmethod } from "./objects/objtype.ts";
export { call, callMethod, isCallable } from "./vm/call.ts";
export { collect, forEach, FunIter, getIter, iterNext } from "./vm/iter.ts";
export { getFloat, getInt, getIntTruncated, getStr } from "./objects/arguments.ts";
export { freeze } from "./vm/frozen.ts";
export { lockHeap, unlockHeap } from "./vm/gc.ts";
export { loadAttr, loadAttrMaybe, storeAttr } from "./vm/attr.ts";
export { reprOf, strOf, tracebackText } from "./vm/print.ts";
export { defineStream } from "./vm/stream.ts";
export { equal, isTrue, lenOf, subscr } from "./vm/operator.ts";
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

/** Console bytes that have come in and nobody has read. */
export const stdin = {
  any: (): boolean => mp.stdin.length > 0,
  /** The next one; there must be one. */
  take: (): number => mp.stdin.shift()!,
};

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

/** Raises the exception where the program is before long, at the latest at its end; at the prompt it is printed. */
export function raiseLater(exc: Obj): void {
  mp.raiseLater(exc);
}

/** The module of that name which the VM or the board has built in, as `import` would give it. */
export function builtInModule(name: string): Obj {
  return mp.findModule(name)!.load();
}

/** 32 random bits from the host. */
export function random32(): number {
  return mp.host.random32();
}

/** Simulated time in ns. */
export function nowNs(): number {
  return mp.host.clock.ns;
}

/** A function's own text of any object, for natives that print. */
export function* textOf(o: Obj): Gen<string> {
  const text = strOf(o);
  return isPending(text) ? yield* run(text) : text;
}

export function isObject(o: unknown): o is PyObj {
  return o instanceof PyObj;
}
