// Functions: written in TypeScript (PyNative), compiled from Python (PyFun, also closures), and bound to an object
// (py/objfun.c, py/objclosure.c, py/objboundmeth.c). Calling them is the runtime's work.
import { allocate } from "./heap.ts";
import type { ModuleContext, RawCode } from "../bytecode/rawcode.ts";
import type { PyDict } from "./objdict.ts";
import { PyObj, PyType, typeBoundMethod, typeCell, typeClosure, typeFunction, type Kw, type Obj, type Step } from "./obj.ts";
import { raiseMsg, raiseTypeError, typeTypeError } from "./objexcept.ts";
import { mp } from "./mpstate.ts";

export const VAR_ARGS = 0xffff;

/** One parameter of a native that takes keywords: its name, and its default (none: it is required). */
export interface Param {
  readonly name: string;
  readonly default?: Obj;
  /** Only by keyword. */
  readonly kwOnly?: boolean;
}

// Parameters arrive as separate arguments, so a native is an ordinary TypeScript function.
/* eslint-disable-next-line */
export type NativeFn = (...args: any[]) => Step;

export class PyNative extends PyObj {
  declare type: PyType;
  readonly name: string;
  readonly fn: NativeFn;
  readonly min: number;
  readonly max: number;
  /** Takes keywords: they are put in the order of `params`. */
  readonly params: readonly Param[] | null;
  /** Takes (args, kw) as they are. */
  readonly isRaw: boolean;
  /** Called with its arguments as they are, nothing to be put in order first. */
  readonly isSimple: boolean;
  constructor(name: string, fn: NativeFn, min: number, max: number, params: readonly Param[] | null, isRaw = false) {
    super();
    this.name = name;
    this.fn = fn;
    this.min = min;
    this.max = max;
    this.params = params;
    this.isRaw = isRaw;
    this.isSimple = !isRaw && params === null;
  }
}
PyNative.prototype.type = typeFunction;
PyNative.prototype.isDescr = true;

/** A built-in function of `min` to `max` positional arguments (default: as many as `fn` declares). */
export function fun(name: string, fn: NativeFn, min = fn.length, max = min): PyNative {
  return new PyNative(name, fn, min, max, null);
}

/** A built-in function with named parameters. `fn` gets one argument for each, in order, defaults filled in. */
export function funKw(name: string, params: readonly Param[], fn: NativeFn): PyNative {
  return new PyNative(name, fn, 0, VAR_ARGS, params);
}

/** A built-in function that gets its positional arguments as one array and its keywords as a map or null. */
export function funVar(name: string, fn: (args: Obj[], kw: Kw | null) => Step, min = 0, max = VAR_ARGS): PyNative {
  return new PyNative(name, fn, min, max, null, true);
}

/** What a closure shares with the function around it. */
export class Cell extends PyObj {
  declare type: PyType;
  value: Obj | undefined;
  constructor(value: Obj | undefined) {
    super();
    allocate(1);
    this.value = value;
  }
}
Cell.prototype.type = typeCell;

/** A function compiled from Python. `closed`: the cells it closes over, passed as its first arguments. */
export class PyFun extends PyObj {
  override type: PyType;
  readonly rc: RawCode;
  readonly context: ModuleContext;
  readonly globals: PyDict;
  readonly closed: readonly Cell[] | null;
  readonly defaults: readonly Obj[] | null;
  readonly kwDefaults: PyDict | null;
  constructor(
    rc: RawCode,
    context: ModuleContext,
    globals: PyDict,
    closed: readonly Cell[] | null,
    defaults: readonly Obj[] | null,
    kwDefaults: PyDict | null,
    isGenerator: boolean,
  ) {
    super();
    allocate(1);
    this.rc = rc;
    this.context = context;
    this.globals = globals;
    this.closed = closed;
    this.defaults = defaults;
    this.kwDefaults = kwDefaults;
    this.type = closed !== null ? typeClosure : isGenerator ? typeGeneratorFunction : typeFunction;
  }
}
PyFun.prototype.isDescr = true;

/** type(f) of a generator function: it prints like a function and is another type. */
export const typeGeneratorFunction = new PyType("generator");

export class PyBoundMethod extends PyObj {
  declare type: PyType;
  readonly meth: Obj;
  readonly self: Obj;
  constructor(meth: Obj, self: Obj) {
    super();
    allocate(1);
    this.meth = meth;
    this.self = self;
  }
}
PyBoundMethod.prototype.type = typeBoundMethod;

/** Raises the TypeError for a wrong number of positional arguments (py/argcheck.c). */
export function argNumError(name: string, nArgs: number, min: number, max: number): never {
  if (min === max) raiseTypeError(`function takes ${min} positional arguments but ${nArgs} were given`);
  if (nArgs < min) raiseTypeError(`function missing ${min - nArgs} required positional arguments`);
  raiseTypeError(`function expected at most ${max} arguments, got ${nArgs}`);
}

/** Checks that a constructor got `min` to `max` arguments and, unless allowed, no keywords. */
export function checkArgs(nArgs: number, kw: Kw | null, min: number, max = min, takesKw = false): void {
  if (!takesKw && kw !== null && kw.size > 0) raiseTypeError("function doesn't take keyword arguments");
  if (nArgs < min || nArgs > max) argNumError("", nArgs, min, max);
}

/** Puts positional and keyword arguments in the order of `params` (py/argcheck.c mp_arg_parse_all). */
export function parseArgs(params: readonly Param[], args: readonly Obj[], kw: Kw | null): Obj[] {
  const out: Obj[] = [];
  let nextPos = 0;
  let used = 0;
  for (const param of params) {
    if (nextPos < args.length && param.kwOnly !== true) {
      if (kw?.has(param.name) === true) break;
      out.push(args[nextPos++]!);
      continue;
    }
    const given = kw?.get(param.name);
    if (given !== undefined) {
      used++;
      out.push(given);
    } else if (param.default !== undefined) out.push(param.default);
    else raiseTypeError(`'${param.name}' argument required`);
  }
  if (nextPos < args.length) raiseTypeError("extra positional arguments given");
  if (kw !== null && used < kw.size)
    raiseMsg(typeTypeError, mp.config.release === "1.9.2" ? "extra keyword arguments given" : "extra keyword arguments given");
  return out;
}
