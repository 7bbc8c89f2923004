// _thread: Python threads (py/modthread.c). How they take turns, vm/mpthread.ts has; one at a time runs, between bytecodes.
import { getInt } from "../native.ts";
import { allocate } from "../objects/heap.ts";
import { isExc, raiseArgs, raiseTypeError, typeRuntimeError, typeSystemExit } from "../objects/objexcept.ts";
import { PyDict } from "../objects/objdict.ts";
import { fun } from "../objects/objfun.ts";
import { PyList } from "../objects/objlist.ts";
import { mp } from "../objects/mpstate.ts";
import { PyTuple } from "../objects/objtuple.ts";
import { nativeOf, PyObj, PyType, run, typeDict, typeOf, type Gen, type Kw, type Obj } from "../objects/obj.ts";
import { call } from "../vm/call.ts";
import { Mutex } from "../vm/mpthread.ts";
import { reprOf, tracebackText } from "../vm/print.ts";
import { keywords } from "../vm/starargs.ts";
import { toPython } from "../vm/thread.ts";
import { register } from "./registry.ts";
import { printError } from "./sys_stdio_mphal.ts";

// ---- locks

class PyLock extends PyObj {
  declare type: PyType;
  readonly mutex = new Mutex();
  constructor() {
    super();
    allocate(2);
  }
}
const typeLock = new PyType("lock");
PyLock.prototype.type = typeLock;

function release({ mutex }: PyLock): Obj {
  if (!mutex.isLocked) raiseArgs(typeRuntimeError);
  mutex.unlock();
  return null;
}

const acquire = fun(
  "acquire",
  // A third argument, a timeout, is taken and not looked at.
  ({ mutex }: PyLock, waits: Obj = true) => (getInt(waits) === 0 ? mutex.tryLock() : mutex.lock()),
  1,
  3,
);
typeLock.proto.$acquire = acquire;
typeLock.proto.$release = fun("release", release);
typeLock.proto.$locked = fun("locked", ({ mutex }: PyLock) => mutex.isLocked);
typeLock.proto.$__enter__ = acquire;
typeLock.proto.$__exit__ = fun("__exit__", release, 4, 4);

// ---- threads

// Bytes of a thread's C stack (ports/unix/mpthreadport.c), of which the margin is not for Python.
const DEFAULT_STACK = 65536;
const LEAST_STACK = 16384;
const MARGIN = 8192;

function* threadEntry(f: Obj, args: Obj[], kw: Kw | null): Gen {
  try {
    yield* run(call(f, args, kw));
  } catch (caught) {
    const exc = toPython(caught);
    if (!isExc(exc, typeSystemExit)) {
      const name = yield* run(reprOf(f));
      printError(`Unhandled exception in thread started by ${name}\n${yield* tracebackText(exc)}`);
    }
  }
  return null;
}

function startNewThread(stackSize: number, f: Obj, argsArg: Obj, kwArg?: Obj): Obj {
  const native = nativeOf(argsArg);
  if (!(native instanceof PyTuple || native instanceof PyList))
    raiseTypeError(`object '${typeOf(argsArg).name}' isn't a tuple or list`);
  const args = [...native.items];
  let kw: Kw | null = null;
  if (kwArg !== undefined) {
    if (!(kwArg instanceof PyDict) || kwArg.type !== typeDict) raiseTypeError("expecting a dict for keyword args");
    kw = keywords(kwArg.entries().flatMap(({ key, value }) => [key, value!]));
  }
  allocate(1 + Math.ceil((args.length + 2 * (kw?.size ?? 0)) / 4));
  const size = Math.max(LEAST_STACK, stackSize === 0 ? DEFAULT_STACK : stackSize) - MARGIN;
  return mp.startThread(threadEntry(f, args, kw), size, [f, ...args, ...(kw?.values() ?? [])]);
}

register("_thread", {
  isExtensible: false,
  when: (config) => config.thread === true,
  members: () => {
    let stackSize = 0;
    return {
      LockType: typeLock,
      get_ident: fun("get_ident", () => mp.thread.ident, 0),
      stack_size: fun(
        "stack_size",
        (size?: Obj) => {
          const old = stackSize;
          stackSize = size === undefined ? 0 : getInt(size);
          return old < 0 ? BigInt.asUintN(64, BigInt(old)) : old;
        },
        0,
        1,
      ),
      start_new_thread: fun("start_new_thread", (f: Obj, args: Obj, kw?: Obj) => startNewThread(stackSize, f, args, kw), 2, 3),
      exit: fun("exit", () => raiseArgs(typeSystemExit), 0),
      allocate_lock: fun("allocate_lock", () => new PyLock(), 0),
    };
  },
});
