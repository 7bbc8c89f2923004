// builtins: the names every program has without importing (py/modbuiltins.c).
import { hasCpythonCompat, hasSpecialMethod, isCore, specialName } from "../objects/features.ts";
import * as bc0 from "../bytecode/bc0.ts";
import { PyDict } from "../objects/objdict.ts";
import {
  exceptionTypes,
  isExc,
  PyExc,
  raiseTypeError,
  raiseValueError,
  typeAttributeError,
  typeEOFError,
  typeKeyboardInterrupt,
  typeStopIteration,
  raiseMsg,
  typeNotImplementedError,
} from "../objects/objexcept.ts";
import { allocate } from "../objects/heap.ts";
import { argNumError, fun, funVar, PyNative, VAR_ARGS } from "../objects/objfun.ts";
import { makeTemplate } from "../objects/objtemplate.ts";
import { PyFloat } from "../objects/objfloat.ts";
import { PyComplex } from "../objects/objcomplex.ts";
import { PyGen } from "../objects/objgenerator.ts";
import { PyProperty } from "../objects/objtype.ts";
import { PyList } from "../objects/objlist.ts";
import { PyTuple } from "../objects/objtuple.ts";
import { buildClass } from "../objects/typemethods.ts";
import { sortList } from "../objects/listmethods.ts";
import { bufferOf } from "../objects/objbytes.ts";
import { asFloat, asInt, int, intPowMod, intSub, machineWord } from "../objects/number.ts";
import { mp } from "../objects/mpstate.ts";
import {
  Ellipsis,
  isPending,
  NotImplemented,
  PyInstance,
  pythonMethod,
  PyType,
  run,
  STOP,
  typeBool,
  typeBytearray,
  typeBytes,
  typeClassmethod,
  typeComplex,
  typeDict,
  typeFloat,
  typeFrozenset,
  typeInt,
  typeList,
  typeMemoryview,
  typeObject,
  typeOf,
  typeProperty,
  typeRange,
  typeSet,
  typeSlice,
  typeStaticmethod,
  typeStr,
  typeSuper,
  typeTuple,
  typeType,
  type Gen,
  type Obj,
  type Step,
} from "../objects/obj.ts";
import { loadAttr, loadAttrMaybe, storeAttr } from "../vm/attr.ts";
import { decide, minMax, sum, typeEnumerate, typeFilter, typeMap, typeReversed, typeZip } from "./iteration.ts";
import { call, isCallable } from "../vm/call.ts";
import { importName } from "../vm/import.ts";
import { qstrOf } from "../vm/qstr.ts";
import { getInt } from "../native.ts";
import { collect, getIter, iterNext, stopValue } from "../vm/iter.ts";
import { binaryOp, hashOf, lenOf, strLength } from "../vm/operator.ts";
import { reprOf, strOf } from "../vm/print.ts";
import { compileSource, moduleFunction } from "../vm/source.ts";
import { helpOf } from "./help.ts";
import { openFunction, readFile } from "./vfs/vfs.ts";
import { getStream, streamPrint } from "../vm/stream.ts";
import { PyCode } from "../objects/objcode.ts";
import { decodeUtf8 } from "../objects/objbytes.ts";
import { currentGlobals, currentLocals } from "../vm/current.ts";
import { dir } from "../vm/dir.ts";
import { Readline } from "../repl/readline.ts";

// ---- functions

function* print(args: readonly Obj[], kw: Map<string, Obj> | null): Gen {
  const sep = kw?.get("sep") ?? " ";
  const end = kw?.get("end") ?? "\n";
  // MICROPY_PY_IO
  const file = isCore() ? undefined : kw?.get("file");
  if (kw !== null && mp.config.release !== "1.9.2") {
    for (const name of kw.keys())
      if (!["sep", "end", ...(isCore() ? [] : ["file", "flush"])].includes(name)) raiseTypeError("extra keyword arguments given");
  }
  const stream = file === undefined || file === null ? null : file;
  // A stream that cannot be written to is told before anything is printed.
  if (stream !== null) getStream(stream, "write");
  let out = "";
  for (let i = 0; i < args.length; i++) {
    if (i > 0) out += sep === null ? " " : String(sep);
    const text = strOf(args[i]!);
    if (isPending(text)) {
      // A __str__ that prints or raises finds the console as far as this.
      if (stream === null && out !== "") mp.print(out);
      if (stream === null) out = "";
      out += yield* run(text);
    } else out += text;
    if (stream === null) continue;
    // Each argument, separator and end is a write of its own.
    for (const piece of i === 0 ? [out] : [sep === null ? " " : String(sep), out.slice(sep === null ? 1 : String(sep).length)])
      yield* streamPrint(stream, piece);
    out = "";
  }
  out += end === null ? "\n" : String(end);
  if (stream === null) mp.print(out);
  else yield* streamPrint(stream, out);
  return null;
}

/** print's natural case: plain values to the console, at once. */
function printFast(args: readonly Obj[], kw: Map<string, Obj> | null): Step {
  if (kw !== null) return print(args, kw);
  let out = "";
  for (let i = 0; i < args.length; i++) {
    const text = strOf(args[i]!);
    if (isPending(text)) return print(args, kw);
    out += i > 0 ? ` ${text}` : text;
  }
  mp.print(`${out}\n`);
  return null;
}

function classInfo(o: Obj, what: string): readonly PyType[] {
  const types = o instanceof PyTuple ? o.items : [o];
  for (const type of types)
    if (!(type instanceof PyType)) raiseTypeError(`${what}() arg 2 must be a class or a tuple of classes`);
  return types as readonly PyType[];
}

function isSubclass(type: PyType, of: PyType): boolean {
  return of === typeObject || type.isSubclassOf(of);
}

function getattr(o: Obj, name: Obj, other?: Obj): Step {
  if (other === undefined) return loadAttr(o, qstrOf(name));
  try {
    const value = loadAttrMaybe(o, qstrOf(name)) ?? other;
    return isPending(value) ? getattrOr(value, propertyOf(o, qstrOf(name)) ?? other) : value;
  } catch (caught) {
    if (isExc(caught, typeAttributeError)) return propertyOf(o, qstrOf(name)) ?? other;
    throw caught;
  }
}

function* getattrOr(value: Step, other: Obj): Gen {
  try {
    return yield* run(value);
  } catch (caught) {
    if (isExc(caught, typeAttributeError)) return other;
    throw caught;
  }
}

function dictOrNone(o: Obj): PyDict | null {
  return o === null || o instanceof PyDict ? o : raiseTypeError("");
}

/** `kind` "path": the file of that name. */
function* execOrEval(source: Obj, kind: "file" | "eval" | "path", globals: Obj, locals: Obj): Gen {
  const given = dictOrNone(globals);
  const g = given ?? currentGlobals();
  const l = dictOrNone(locals) ?? (given === null ? currentLocals() : null);
  const frame = call(yield* toExecute(source, kind, g), [], null) as { locals?: PyDict | null };
  frame.locals = l === g ? null : l;
  return yield* run(frame as never);
}

function* toExecute(source: Obj, kind: "file" | "eval" | "path", globals: PyDict): Gen {
  if (source instanceof PyCode) return moduleFunction(source.compiled, globals);
  if (kind === "path") {
    const path = qstrOf(source);
    return moduleFunction(compileSource(decodeUtf8(yield* readFile(path)), path, "file", false), globals);
  }
  const text = typeof source === "string" ? source : bufferOf(source);
  if (text === undefined) raiseTypeError("object with buffer protocol required");
  const isEval = kind === "eval";
  const code = typeof text === "string" ? (isEval ? text.replace(/^[ \t]+/, "") : text) : decodeUtf8(text);
  return moduleFunction(compileSource(code, "<string>", kind, false), globals);
}

function* dirOf(args: readonly Obj[]): Gen {
  if (args.length > 0) return yield* dir(args[0]!);
  return new PyList((currentLocals() ?? currentGlobals()).entries().map(({ key }) => key));
}

function* pow(base: Obj, exp: Obj, mod?: Obj): Gen {
  // MICROPY_PY_BUILTINS_POW3
  if (mod !== undefined && isCore()) raiseMsg(typeNotImplementedError, "3-arg pow() not supported");
  if (mod === undefined || mod === null) return yield* run(binaryOp(bc0.BINARY_POWER, base, exp));
  const isInt = (o: Obj): o is number | bigint => typeof o === "number" || typeof o === "bigint";
  if (!isInt(base) || !isInt(exp) || !isInt(mod)) raiseTypeError("pow() with 3 arguments requires integers");
  return intPowMod(base, exp, mod);
}

function* round(o: Obj, digits?: Obj): Gen {
  const i = asInt(o);
  const n =
    digits === undefined || digits === null
      ? null
      : Number(asInt(digits) ?? raiseTypeError(`can't convert ${typeOf(digits).name} to int`));
  if (i !== undefined && (n === null || typeof o !== "boolean")) {
    // MICROPY_PY_BUILTINS_ROUND_INT
    if (n !== null && isCore()) raiseMsg(typeNotImplementedError, "");
    if (n === null || n >= 0) return i;
    const unit = 10n ** BigInt(-n);
    const v = BigInt(i);
    const rest = ((v % unit) + unit) % unit;
    const down = v - rest;
    const up = rest * 2n > unit || (rest * 2n === unit && (down / unit) % 2n !== 0n);
    return int(up ? down + unit : down);
  }
  const f = asFloat(o);
  if (f !== undefined && n !== null) {
    const scale = PyFloat.of(10 ** n).v;
    return PyFloat.of(roundHalfEven(PyFloat.of(f * scale).v) / scale);
  }
  if (o instanceof PyFloat) {
    if (o.v !== o.v || !Number.isFinite(o.v)) return yield* run(typeInt.makeNew!(typeInt, [o], null));
    return yield* run(typeInt.makeNew!(typeInt, [PyFloat.of(roundHalfEven(o.v))], null));
  }
  if (o instanceof PyInstance) {
    const method = o.type.find("$__round__");
    if (method !== undefined) return yield* run(call(method, digits === undefined ? [o] : [o, digits], null));
  }
  raiseTypeError(`can't convert ${typeOf(o).name} to float`);
}

function roundHalfEven(v: number): number {
  const r = Math.round(v);
  return Math.abs(v % 1) === 0.5 && r % 2 !== 0 ? r - 1 : r;
}

function abs(o: Obj): Step {
  const i = asInt(o);
  if (i !== undefined) return i < 0 ? intSub(0, i) : i;
  if (o instanceof PyFloat) return PyFloat.of(Math.abs(o.v));
  if (o instanceof PyComplex) return PyFloat.of(Math.hypot(o.re, o.im));
  const method = hasSpecialMethod("__abs__") ? typeOf(o).find("$__abs__") : undefined;
  if (method !== undefined) return call(method, [o], null);
  if (o instanceof PyInstance && o.subobj !== undefined) return abs(o.subobj);
  if (!hasCpythonCompat()) raiseTypeError(`can't convert ${typeOf(o).name} to int`);
  raiseTypeError(`unsupported type for ${specialName("__abs__")}: '${typeOf(o).name}'`);
}

// In C the place for the value holds the property while its getter runs, and still does when that raises AttributeError.
function propertyOf(o: Obj, name: string): Obj | undefined {
  const member = o instanceof PyInstance ? o.type.find(`$${name}`) : undefined;
  return member instanceof PyProperty ? member : undefined;
}

function inBase(name: string, base: number, prefix: string): PyNative {
  return fun(name, (o: Obj) => {
    // hex and oct are %#x and %#o, bin is {:#b}, and so are their errors.
    if (base !== 2 && o instanceof PyTuple) {
      if (o.items.length === 0) raiseTypeError("format string needs more arguments");
      const [first] = o.items as [Obj];
      if (o.items.length > 1 && asInt(first) !== undefined) raiseTypeError("format string didn't convert all arguments");
      o = first;
    }
    const v = asInt(o);
    if (v === undefined) {
      if (base === 2) raiseValueError(`unknown format code 'b' for object of type '${typeOf(o).name}'`);
      raiseTypeError(`can't convert ${typeOf(o).name} to int`);
    }
    return v < 0 ? `-${prefix}${(-v).toString(base)}` : prefix + v.toString(base);
  });
}

function ord(o: Obj): Obj {
  if (typeof o === "string") {
    const n = strLength(o);
    if (n !== 1) raiseTypeError(`ord() expected a character, but string of length ${n} found`);
    return o.codePointAt(0)!;
  }
  const bytes = o === null ? undefined : bufferOf(o);
  if (bytes === undefined) raiseTypeError(`can't convert '${typeOf(o).name}' object to str implicitly`);
  if (bytes.length !== 1) raiseTypeError(`ord() expected a character, but string of length ${bytes.length} found`);
  return bytes[0]!;
}

/** iter(callable, sentinel) has no place in MicroPython; iter(o) is all. */
const functions: Readonly<Record<string, PyNative>> = {
  __build_class__: buildClass,
  __import__: fun(
    "__import__",
    (name: Obj, g: Obj = null, l: Obj = null, fromlist: Obj = null, levelArg: Obj = 0) => {
      const text = qstrOf(name);
      const level = getInt(levelArg);
      if (level < 0 || (level === 0 && text === "")) raiseValueError("");
      if (level > 0 && g !== null && !(g instanceof PyDict)) raiseTypeError("");
      return importName(text, fromlist, level, g instanceof PyDict ? g : currentGlobals());
    },
    1,
    5,
  ),
  __template__: fun("__template__", (...args: Obj[]) => makeTemplate(args), 1, VAR_ARGS),
  __repl_print__: fun("__repl_print__", function* (o: Obj): Gen {
    if (o === null) return null;
    mp.print(`${yield* run(reprOf(o))}\n`);
    mp.builtins.setStr("_", o);
    return null;
  }),
  abs: fun("abs", abs, 1),
  all: fun("all", (o: Obj) => decide(o, false)),
  any: fun("any", (o: Obj) => decide(o, true)),
  bin: inBase("bin", 2, "0b"),
  callable: fun("callable", isCallable),
  chr: fun("chr", (o: Obj) => {
    const v = asInt(o);
    if (v === undefined) raiseTypeError(`can't convert ${typeOf(o).name} to int`);
    machineWord(v);
    if (v < 0 || v >= 0x110000) raiseValueError("chr() arg not in range(0x110000)");
    return String.fromCodePoint(Number(v));
  }),
  compile: fun(
    "compile",
    (source: Obj, name: Obj, mode: Obj) => {
      const kind =
        mode === "exec" ? "file" : mode === "eval" ? "eval" : mode === "single" ? "single" : raiseValueError("bad compile mode");
      const text = typeof source === "string" ? source : decodeUtf8(bufferOf(source)!);
      return new PyCode(compileSource(text, String(name), kind, kind === "single"));
    },
    3,
    6,
  ),
  delattr: fun("delattr", (o: Obj, name: Obj) => discard(storeAttr(o, qstrOf(name), undefined))),
  dir: fun("dir", (...args: Obj[]) => dirOf(args), 0, 1),
  divmod: fun("divmod", (a: Obj, b: Obj) => binaryOp(bc0.BINARY_DIVMOD, a, b)),
  eval: fun("eval", (source: Obj, g: Obj = null, l: Obj = null) => execOrEval(source, "eval", g, l), 1, 3),
  execfile: fun("execfile", (path: Obj, g: Obj = null, l: Obj = null) => execOrEval(path, "path", g, l), 1, 3),
  exec: fun("exec", (source: Obj, g: Obj = null, l: Obj = null) => discard(execOrEval(source, "file", g, l)), 1, 3),
  getattr: fun("getattr", getattr, 2, 3),
  globals: fun("globals", () => currentGlobals()),
  hasattr: fun("hasattr", function* (o: Obj, name: Obj): Gen {
    try {
      const value = loadAttrMaybe(o, qstrOf(name));
      if (value === undefined) return false;
      yield* run(value);
      return true;
    } catch (caught) {
      if (isExc(caught, typeAttributeError)) return propertyOf(o, qstrOf(name)) !== undefined;
      throw caught;
    }
  }),
  hash: fun("hash", (o: Obj) => hashOf(o)),
  help: fun("help", (...args: Obj[]) => helpOf(args), 0, 1),
  hex: inBase("hex", 16, "0x"),
  id: fun("id", (o: Obj) => mp.idOf(o)),
  input: fun("input", (...args: Obj[]) => inputLine(args[0]), 0, 1),
  isinstance: fun("isinstance", (o: Obj, info: Obj) => classInfo(info, "issubclass").some((type) => isSubclass(typeOf(o), type))),
  issubclass: fun("issubclass", (type: Obj, info: Obj) => {
    if (!(type instanceof PyType)) raiseTypeError("issubclass() arg 1 must be a class");
    return classInfo(info, "issubclass").some((of) => isSubclass(type, of));
  }),
  iter: fun("iter", (o: Obj) => getIter(o)),
  len: fun("len", (o: Obj) => lenOf(o)),
  locals: fun("locals", () => currentLocals() ?? currentGlobals()),
  max: funVar("max", (args, kw) => minMax(args, kw, bc0.BINARY_MORE), 1),
  min: funVar("min", (args, kw) => minMax(args, kw, bc0.BINARY_LESS), 1),
  next: fun(
    "next",
    function* (o: Obj, other?: Obj): Gen {
      // MICROPY_PY_BUILTINS_NEXT2
      if (other !== undefined && isCore()) argNumError("next", 2, 1, 1);
      // What an instance's __next__ raises goes on as it is.
      const own = other === undefined && o instanceof PyInstance ? pythonMethod(o.type, "$__next__") : undefined;
      if (own !== undefined) return yield* run(call(own, [o], null));
      stopValue.value = null;
      const value = yield* run(iterNext(o));
      if (value !== STOP) return value;
      if (other !== undefined) return other;
      const carried = o instanceof PyGen ? o.returned : stopValue.value;
      throw new PyExc(typeStopIteration, carried === null ? [] : [carried]);
    },
    1,
    2,
  ),
  oct: inBase("oct", 8, "0o"),
  open: openFunction,
  ord: fun("ord", ord),
  pow: fun("pow", pow, 2, 3),
  print: funVar("print", printFast),
  repr: fun("repr", (o: Obj) => {
    allocate(1);
    return reprOf(o);
  }),
  round: fun("round", round, 1, 2),
  setattr: fun("setattr", (o: Obj, name: Obj, value: Obj) => discard(storeAttr(o, qstrOf(name), value))),
  sorted: funVar(
    "sorted",
    function* (args, kw): Gen {
      if (args.length > 1) raiseTypeError("must use keyword argument for key function");
      const items = yield* collect(args[0]!);
      yield* sortList(items, [], kw);
      return new PyList(items);
    },
    1,
  ),
  sum: fun("sum", sum, 1, 2),
};

function discard(step: Step): Step {
  if (!isPending(step)) return null;
  return (function* (): Gen {
    yield* run(step);
    return null;
  })();
}

function* inputLine(prompt: Obj | undefined): Gen {
  const text = prompt === undefined ? "" : yield* run(strOf(prompt));
  const line = new Readline({ history: [] });
  const end = yield* line.line(text);
  if (end === 3) throw new PyExc(typeKeyboardInterrupt, []);
  if (end === 4) throw new PyExc(typeEOFError, []);
  return line.text;
}

const types: readonly PyType[] = [
  typeBool,
  typeBytearray,
  typeBytes,
  typeClassmethod,
  typeComplex,
  typeDict,
  typeEnumerate,
  typeFilter,
  typeFloat,
  typeFrozenset,
  typeInt,
  typeList,
  typeMap,
  typeMemoryview,
  typeObject,
  typeProperty,
  typeRange,
  typeReversed,
  typeSet,
  typeSlice,
  typeStaticmethod,
  typeStr,
  typeSuper,
  typeTuple,
  typeType,
  typeZip,
];

/** A fresh builtins dict: programs may change it, so every VM and every soft reset has its own. */
export function makeBuiltins(): PyDict {
  const dict = new PyDict();
  dict.isOrdered = true;
  for (const [name, native] of Object.entries(functions)) dict.setStr(name, native);
  for (const type of types) dict.setStr(type.name, type);
  for (const type of exceptionTypes) dict.setStr(type.name, type);
  dict.setStr("Ellipsis", Ellipsis);
  dict.setStr("NotImplemented", NotImplemented);
  if (mp.config.tstrings !== true) dict.delete("__template__");
  for (const name of mp.config.absentBuiltins ?? []) dict.delete(name);
  if (mp.config.floatImpl === "none") for (const name of ["float", "complex"]) dict.delete(name);
  return dict;
}
