// Calling: functions, natives, bound methods, classes and instances (py/runtime.c, py/objfun.c, py/objtype.c).
// A call gives a Step: a native's value at once, or the frame or generator that has to run.
import { raiseMsg, raiseTypeError, typeTypeError } from "../objects/objexcept.ts";
import { argNumError, parseArgs, PyBoundMethod, PyFun, PyNative } from "../objects/objfun.ts";
import { PyGen } from "../objects/objgenerator.ts";
import { PyInstance, PyType, run, typeObject, typeOf, type Gen, type Kw, type Obj, type Step } from "../objects/obj.ts";
import { PyStaticmethod } from "../objects/objtype.ts";
import { codeOf, type Code } from "./code.ts";
import { prepareCodeState, type CodeState } from "./codestate.ts";

/** Calls `fun`. Inside a native generator: `yield* run(call(...))`. */
export function call(fun: Obj, args: Obj[], kw: Kw | null): Step {
  if (fun instanceof PyFun) return callFun(fun, args, 0, args.length, kw);
  if (fun instanceof PyNative) return callNative(fun, args, kw);
  if (fun instanceof PyBoundMethod) return call(fun.meth, [fun.self, ...args], kw);
  if (fun instanceof PyType) return callType(fun, args, kw);
  if (fun instanceof PyInstance) {
    const method = fun.type.find("$__call__");
    if (method !== undefined) return call(method, method instanceof PyFun ? [fun, ...args] : args, kw);
    const native = fun.type.nativeBase;
    if (native !== null && native.call !== null && fun.subobj !== undefined) return native.call(fun.subobj, args, kw);
  } else {
    const slot = typeOf(fun).call;
    if (slot !== null) return slot(fun, args, kw);
  }
  raiseTypeError(`'${typeOf(fun).name}' object isn't callable`);
}

export function isCallable(o: Obj): boolean {
  if (o instanceof PyFun || o instanceof PyNative || o instanceof PyBoundMethod || o instanceof PyType) return true;
  if (o instanceof PyInstance) return o.type.find("$__call__") !== undefined;
  return typeOf(o).call !== null;
}

/** A frame to run, or, for a generator function, the generator. */
export function callFun(fun: PyFun, args: readonly (Obj | undefined)[], from: number, nArgs: number, kw: Kw | null): Step {
  const frame = prepareCodeState(fun, args, from, nArgs, kw);
  return frame.code.isGenerator ? new PyGen(frame) : frame;
}

/** The code of a function whose frame needs nothing but `n` arguments in its first registers; null for all others. */
export function plainCode(fun: PyFun, n: number): Code | null {
  const code = fun.rc.code ?? codeOf(fun.rc, fun.context);
  return code.isPlain && code.nPos === n && fun.closed === null ? code : null;
}

/** The __init__ of a class whose instances need nothing else to be made, if it takes just `n` arguments, self among them. */
export function plainInit(type: PyType, n: number): PyFun | null {
  if (type.nativeBase !== null || type.find("$__new__") !== undefined) return null;
  const init = type.find("$__init__");
  return init instanceof PyFun && plainCode(init, n) !== null ? init : null;
}

export function isGeneratorFun(fun: PyFun): boolean {
  return codeOf(fun.rc, fun.context).isGenerator;
}

export function callNative(native: PyNative, args: Obj[], kw: Kw | null): Step {
  const { fn } = native;
  if (native.params !== null) return fn(...parseArgs(native.params, args, kw));
  const n = args.length;
  if (native.isRaw) {
    if (n < native.min || n > native.max) argNumError(native.name, n, native.min, native.max);
    return fn(args, kw);
  }
  if (kw !== null && kw.size > 0) raiseTypeError("function doesn't take keyword arguments");
  if (n < native.min || n > native.max) argNumError(native.name, n, native.min, native.max);
  switch (n) {
    case 0:
      return fn();
    case 1:
      return fn(args[0]);
    case 2:
      return fn(args[0], args[1]);
    case 3:
      return fn(args[0], args[1], args[2]);
    default:
      return fn(...args);
  }
}

/** Calls a class: makes an instance and initialises it. */
export function callType(type: PyType, args: Obj[], kw: Kw | null): Step {
  if (type.isInstanceType) return newInstance(type, args, kw);
  if (type.makeNew === null) raiseMsg(typeTypeError, `can't create '${type.name}' instances`);
  return type.makeNew(type, args, kw);
}

/** A blank instance, the built-in part of its class not made yet. */
export function blankInstance(type: PyType): PyInstance {
  return new type.instance!(type) as PyInstance;
}

function newInstance(type: PyType, args: Obj[], kw: Kw | null): Step {
  if (type.nativeBase === null && type.find("$__new__") === undefined) {
    // The common case needs no generator: the frame of __init__ gives the instance when it returns.
    const instance = blankInstance(type);
    const init = type.find("$__init__");
    // Nobody looks at the arguments of a class without __init__.
    if (init === undefined) return instance;
    if (init instanceof PyFun && !isGeneratorFun(init)) {
      const frame = prepareCodeState(init, [instance, ...args], 0, args.length + 1, kw);
      frame.instance = instance;
      return frame;
    }
  }
  return newInstanceSlow(type, args, kw);
}

function* newInstanceSlow(type: PyType, args: Obj[], kw: Kw | null): Gen {
  const construct = type.find("$__new__");
  let made: Obj;
  if (construct !== undefined && !(construct instanceof PyNative)) {
    const fun = construct instanceof PyStaticmethod ? construct.fun : construct;
    made = yield* run(call(fun, [type, ...args], kw));
    if (typeOf(made) !== type) return made;
  } else made = blankInstance(type);
  const instance = made as PyInstance;
  const init = type.find("$__init__");
  if (init !== undefined && !(init instanceof PyNative)) {
    const result = yield* run(call(init, [instance, ...args], kw));
    if (result !== null) raiseTypeError(`__init__() should return None, not '${typeOf(result).name}'`);
  }
  const native = type.nativeBase;
  if (native !== null && native !== typeObject && instance.subobj === undefined && native.makeNew !== null) {
    instance.subobj = yield* run(native.makeNew(native, args, kw));
  }
  return instance;
}

/** Calls a method by name. Raises AttributeError when the object's class has none. */
export function callMethod(o: Obj, name: string, ...args: Obj[]): Step {
  const method = typeOf(o).lookup(name);
  if (method === undefined) raiseTypeError(`'${typeOf(o).name}' object has no attribute '${name}'`);
  return call(
    method instanceof PyStaticmethod ? method.fun : method,
    method instanceof PyStaticmethod ? args : [o, ...args],
    null,
  );
}

export type { CodeState };
