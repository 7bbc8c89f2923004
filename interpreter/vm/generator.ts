// Generators in motion: next, send, throw, close (py/objgenerator.c). The frame itself runs in vm.ts.
import {
  excOf,
  isExc,
  isExceptionType,
  newExcMsg,
  PyExc,
  raiseMsg,
  raiseTypeError,
  raiseValueError,
  typeGeneratorExit,
  typeRuntimeError,
  typeStopIteration,
  typeTypeError,
} from "../objects/objexcept.ts";
import { fun } from "../objects/objfun.ts";
import { mp } from "../objects/mpstate.ts";
import { END_RAISES, END_STOPS, PyGen } from "../objects/objgenerator.ts";
import {
  isPending,
  PyInstance,
  PyType,
  pythonMethod,
  run,
  STOP,
  typeGenerator,
  type Gen,
  type Obj,
  type Step,
} from "../objects/obj.ts";
import { call } from "./call.ts";
import { retrace } from "./profile.ts";
import * as rc from "./rc.ts";

/** The frame to run for the generator's next item, or how it ends at once. `value` is what its `yield` gives. */
export function resumeGenerator(gen: PyGen, value: Obj, end: number): Step {
  const { frame } = gen;
  if (frame === null) {
    gen.returned = null;
    gen.inject = undefined;
    if (end === END_STOPS) return STOP;
    throw new PyExc(typeStopIteration, []);
  }
  if (gen.isRunning) raiseValueError("generator already executing");
  if (gen.pending !== null) {
    const exc = raiseObjSync(gen.pending) ?? newExcMsg(typeTypeError, "exceptions must derive from BaseException");
    gen.pending = null;
    return throwInto(gen, exc, end);
  }
  if (mp.isTracing) retrace(frame);
  if (gen.isStarted) frame.send(value);
  else {
    if (value !== null) raiseTypeError("can't send non-None value to a just-started generator");
    gen.isStarted = true;
  }
  gen.isRunning = true;
  gen.end = end;
  return frame;
}

/** gen.throw(exc): raises `exc` inside, at its yield. */
export function throwInto(gen: PyGen, exc: Obj, end: number): Step {
  gen.inject = exc;
  return resumeGenerator(gen, null, end);
}

/** An exception object from what `raise` or throw() was given: an instance, or a class to call. */
export function* makeRaiseObj(o: Obj): Gen {
  let made: Obj = o;
  if (o instanceof PyType && isExceptionType(o)) made = yield* run(call(o, [], null));
  return toExc(made);
}

/** The same without running Python, when that is possible: undefined if a user's class has to be called. */
export function raiseObjSync(o: Obj): Obj | undefined {
  if (o instanceof PyExc) return o;
  if (o instanceof PyInstance) return toExc(o);
  if (o instanceof PyType) return o.isInstanceType || !isExceptionType(o) ? undefined : new PyExc(o, []);
  return toExc(o);
}

function toExc(o: Obj): Obj {
  return excOf(o) !== null ? o : newExcMsg(typeTypeError, "exceptions must derive from BaseException");
}

function* close(gen: PyGen): Gen {
  if (gen.frame === null) return null;
  if (!gen.isStarted && !mp.isTracing) {
    gen.frame = null;
    return null;
  }
  try {
    const step = throwInto(gen, new PyExc(typeGeneratorExit, []), END_STOPS);
    const value = isPending(step) ? yield* run(step) : step;
    if (value !== STOP) raiseMsg(typeRuntimeError, "generator ignored GeneratorExit");
  } catch (caught) {
    if (!isExc(caught, typeGeneratorExit) && !isExc(caught, typeStopIteration)) throw caught;
  }
  return null;
}

// An object that is no generator, delegated to by yield from, gets in its own throw() what was given, be it an exception or not.
function takesAnything(gen: PyGen, what: Obj): boolean {
  if (what instanceof PyType && what.isSubclassOf(typeGeneratorExit)) return false;
  for (let { frame } = gen; frame !== null;) {
    const { op, x } = frame.code.instructions[frame.ip]!;
    const to = op === rc.YIELD_FROM ? frame.state[x[1]!] : undefined;
    if (!(to instanceof PyGen)) return to instanceof PyInstance && pythonMethod(to.type, "$throw") !== undefined;
    ({ frame } = to);
  }
  return false;
}

function* throwMethod(gen: PyGen, type: Obj, value: Obj = null): Gen {
  // throw(type), throw(instance), throw(type, value, traceback): value None means no value
  const what = value === null || value === undefined ? type : value;
  const exc = takesAnything(gen, what) ? what : yield* makeRaiseObj(what);
  return yield* run(throwInto(gen, exc, END_RAISES));
}

const { proto } = typeGenerator;
proto.$send = fun("send", (gen: PyGen, value: Obj) => resumeGenerator(gen, value, END_RAISES));
proto.$throw = fun("throw", throwMethod, 2, 4);
proto.$close = fun("close", close, 1);
proto.$pend_throw = fun("pend_throw", (gen: PyGen, exc: Obj) => {
  if (gen.isRunning) raiseValueError("generator already executing");
  const before = gen.pending;
  gen.pending = exc;
  return before;
});
typeGenerator.getIter = (gen: PyGen) => gen;
typeGenerator.iternext = (gen: PyGen) => resumeGenerator(gen, null, END_STOPS);
