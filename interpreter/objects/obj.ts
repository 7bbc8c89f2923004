// What a Python value is in JavaScript, and what a type is (py/obj.h). Every other file of objects/ builds on this one.
//
//   None null · True/False boolean · int number while exact (2**53), then bigint · str string · everything else a PyObj
//   float is PyFloat {v}; ints are never boxed and never -0.
//   "No value" (MP_OBJ_NULL) is undefined.
//
// A Python attribute `x` is the JavaScript property `$x`: of an instance, or of its class's prototype object `proto`,
// whose JavaScript prototype is the base class's. So one property load finds what Python finds.
// Hot: measured by bench/micro_attr.py.
import { allocate } from "./heap.ts";
import type { Frame } from "../vm/codestate.ts";
import type { Mutex } from "../vm/mpthread.ts";
import type { StreamProtocol } from "../vm/stream.ts";

export type Obj = null | boolean | number | bigint | string | PyObj;

/** Keyword arguments, in the order given. */
export type Kw = Map<string, Obj>;

/** Why a native function pauses: a frame to run first (its result comes back), or the world has to do something. */
export type Request = Frame | Wait;
export type Wait =
  /** `sooner` is asked whenever the host runs the VM, as it does when anything has happened. */
  | { readonly wait: "until"; readonly ns: number; readonly sooner?: () => boolean }
  | { readonly wait: "stdin" }
  | { readonly wait: "mutex"; readonly mutex: Mutex }
  | { readonly wait: "tick" }
  | { readonly wait: "reset"; readonly kind: "soft" | "hard" };

/** A native that calls Python or waits is a JavaScript generator: it yields requests and returns its value. */
export type Gen<T = Obj> = Generator<Request, T, Obj>;

/** A value at once, or what has to run to get it. */
export type Step<T = Obj> = T | Gen<T> | Frame;

/** True when `step` is not a value yet. Values that are objects are PyObj; generators and frames are not. */
export function isPending<T>(step: Step<T>): step is Gen<T> | Frame {
  return typeof step === "object" && step !== null && !(step instanceof PyObj);
}

/** Runs a step to its value, from within a native generator. */
export function* run<T = Obj>(step: Step<T>): Gen<T> {
  if (!isPending(step)) return step;
  if ((step as Frame).isFrame) return (yield step as Frame) as T;
  return yield* step as Gen<T>;
}

/** What `then` makes of a step's value, now or when it comes. */
export function andThen(step: Step, then: (value: Obj) => Step): Step {
  return isPending(step) ? thenLater(step, then) : then(step);
}

function* thenLater(step: Step, then: (value: Obj) => Step): Gen {
  const result = then(yield* run(step));
  return isPending(result) ? yield* run(result) : result;
}

/** The key of an attribute: `$` and its name. */
export function attrKey(name: string): keyof Attrs {
  let key = keys.get(name);
  if (key === undefined) {
    // Names can be made by programs without end.
    if (keys.size > 5000) keys.clear();
    key = `$${name}`;
    keys.set(name, key);
  }
  return key;
}

const keys = new Map<string, keyof Attrs>();

export abstract class PyObj {
  declare type: PyType;
  /** Functions, properties and the like: what an attribute of a class turns into something else when read. */
  declare isDescr: boolean;
}
PyObj.prototype.isDescr = false;

/** The attributes of a class or an instance, `$`-prefixed. */
export type Attrs = { [key: `$${string}`]: Obj | undefined };

/** Special methods that a built-in type with operators has slots for. */
const operators = new Set<keyof Attrs>();
for (const name of "add sub mul matmul truediv floordiv mod divmod pow lshift rshift and or xor".split(" ")) {
  for (const prefix of ["", "r", "i"]) operators.add(`$__${prefix}${name}__`);
}
for (const name of "eq ne lt le gt ge contains pos neg invert abs bool hash int float complex sizeof".split(" ")) {
  operators.add(`$__${name}__`);
}

export type PrintKind = "str" | "repr" | "exc" | "json";

// A slot's first parameter is of the type's own class; `never` lets each file state it.
/* eslint-disable-next-line */
type Self = any;

/** A Python type. Built-in types fill in slots (py/obj.h mp_obj_type_t); classes written in Python have none of their own. */
export class PyType extends PyObj {
  readonly name: string;
  readonly bases: readonly PyType[];
  /** Own attributes; inherits those of the first base. */
  readonly proto: Attrs;
  /** Written in Python: its instances are PyInstance. */
  readonly isInstanceType: boolean;
  /** Some class up the line has more than one base, or a built-in one, so a miss on `proto` is not the last word. */
  readonly hasManyBases: boolean;
  /** The built-in type that instances of this class wrap, such as list in `class L(list)`. */
  readonly nativeBase: PyType | null;
  /** Constructor of instances: makes objects whose JavaScript prototype is `proto`. */
  instance: (new (type: PyType) => PyObj) | null = null;
  /** A property, a descriptor or __setattr__ may be in the way of a plain attribute. */
  hasSpecialAccessors = false;
  /** Its names stay in the order in which an OrderedDict gave them to type(). */
  isOrdered = false;
  /** Somebody derives from it. */
  isSubclassed = false;
  /** A built-in type that has operators (slots unary_op and binary_op in py/obj.h). */
  isOperand = false;

  makeNew: ((type: PyType, args: Obj[], kw: Kw | null) => Step) | null = null;
  print: ((self: Self, kind: PrintKind) => Step<string>) | null = null;
  call: ((self: Self, args: Obj[], kw: Kw | null) => Step) | null = null;
  /** undefined: not supported. */
  unaryOp: ((op: number, self: Self) => Step | undefined) | null = null;
  binaryOp: ((op: number, self: Self, other: Obj) => Step | undefined) | null = null;
  /** Load an attribute that is not in `proto`. undefined: none. */
  attr: ((self: Self, name: string) => Step | undefined) | null = null;
  /** Names that `attr` knows and nothing else would tell, for dir(). */
  attrNames: readonly string[] = [];
  /** Store (or, value undefined, delete) an attribute. false: cannot. */
  storeAttr: ((self: Self, name: string, value: Obj | undefined) => Step | false) | null = null;
  subscr: ((self: Self, index: Obj) => Step) | null = null;
  /** Store, or, value undefined, delete an item. */
  storeSubscr: ((self: Self, index: Obj, value: Obj | undefined) => Step) | null = null;
  getIter: ((self: Self) => Step) | null = null;
  /** The next item, or STOP; for iterators. */
  iternext: ((self: Self) => Step) | null = null;
  contains: ((self: Self, item: Obj) => Step<boolean>) | null = null;
  /** Length, for types that have one; also their truth. */
  len: ((self: Self) => number | bigint) | null = null;
  /** A hash as MicroPython computes it; null: unhashable unless `isHashable`. */
  hash: ((self: Self) => number | bigint) | null = null;
  isHashable = true;
  /** The memory behind it, for bytes-like objects. */
  buffer: ((self: Self) => Uint8Array) | null = null;
  /** How bytes get in and out, for streams (vm/stream.ts). */
  stream: StreamProtocol | null = null;

  constructor(name: string, bases: readonly PyType[] = [], isInstanceType = false) {
    super();
    this.name = name;
    this.bases = bases;
    const first = bases[0];
    this.proto = Object.create(first === undefined ? null : first.proto) as Attrs;
    this.isInstanceType = isInstanceType;
    this.hasManyBases = bases.length > 1 || bases.some((base) => base.hasManyBases || base.isInstanceType !== isInstanceType);
    this.nativeBase = null;
    for (const base of bases) {
      const native = base.isInstanceType ? base.nativeBase : base;
      if (native !== null) this.nativeBase = native;
      if (base.hasSpecialAccessors) this.useSpecialAccessors();
      if (base.isOperand) this.isOperand = true;
      base.isSubclassed = true;
    }
  }

  /** From now on a plain attribute of this class's instances may not be what it seems. */
  useSpecialAccessors(): void {
    this.hasSpecialAccessors = true;
    (this.proto as unknown as { isPlainStore: boolean }).isPlainStore = false;
  }

  /** A type and all that it derives from, in the order attributes are looked up. */
  *line(): Iterable<PyType> {
    yield this;
    for (const base of this.bases) yield* base.line();
  }

  isSubclassOf(other: PyType): boolean {
    return this === other || this.bases.some((base) => base.isSubclassOf(other));
  }

  /** The attribute of the class or of what it derives from, as stored. */
  lookup(name: string): Obj | undefined {
    return this.find(attrKey(name));
  }

  /**
   * The same by the attribute's key. Quicker than `lookup`, which has to make the key. Where a built-in base that does the
   * operation itself comes before the class that has the method, there is none.
   */
  find(key: keyof Attrs): Obj | undefined {
    const value = this.proto[key];
    if (value !== undefined || !this.hasManyBases) return value;
    for (const type of this.line()) {
      const own = type.proto[key];
      if (own !== undefined) return own;
      if (!type.isInstanceType && type.doesItself(key)) return undefined;
    }
    return undefined;
  }

  /** A slot of this built-in type stands for the special method (py/objtype.c class_lookup_data.slot_offset). */
  private doesItself(key: keyof Attrs): boolean {
    switch (key) {
      case "$__str__":
      case "$__repr__":
        return true;
      case "$__call__":
        return this.call !== null;
      case "$__getitem__":
      case "$__setitem__":
      case "$__delitem__":
        return this.subscr !== null;
      case "$__iter__":
        return this.getIter !== null;
      case "$__next__":
        return this.iternext !== null;
      case "$__len__":
        return this.len !== null;
      default:
        return this.isOperand && operators.has(key);
    }
  }
}

// The types of the core, empty: each file of objects/ fills in its own.
export const typeType = new PyType("type");
export const typeObject = new PyType("object");
export const typeNone = new PyType("NoneType");
export const typeBool = new PyType("bool");
export const typeInt = new PyType("int");
export const typeFloat = new PyType("float");
export const typeComplex = new PyType("complex");
export const typeStr = new PyType("str");
export const typeBytes = new PyType("bytes");
export const typeBytearray = new PyType("bytearray");
export const typeArray = new PyType("array");
export const typeMemoryview = new PyType("memoryview");
export const typeTuple = new PyType("tuple");
export const typeList = new PyType("list");
export const typeDict = new PyType("dict");
export const typeOrderedDict = new PyType("OrderedDict", [typeDict]);
export const typeSet = new PyType("set");
export const typeFrozenset = new PyType("frozenset");
export const typeRange = new PyType("range");
export const typeSlice = new PyType("slice");
export const typeFunction = new PyType("function");
export const typeBoundMethod = new PyType("bound_method");
export const typeClosure = new PyType("closure");
export const typeGenerator = new PyType("generator");
export const typeModule = new PyType("module");
export const typeIterator = new PyType("iterator");
export const typeEllipsis = new PyType("");
export const typeProperty = new PyType("property");
export const typeStaticmethod = new PyType("staticmethod");
export const typeClassmethod = new PyType("classmethod");
export const typeSuper = new PyType("super");
export const typeCell = new PyType("cell");
for (const type of [typeBool, typeInt, typeFloat, typeComplex, typeStr, typeBytes, typeBytearray, typeArray, typeMemoryview])
  type.isOperand = true;
for (const type of [typeTuple, typeList, typeDict, typeOrderedDict, typeSet, typeFrozenset, typeRange]) type.isOperand = true;
PyType.prototype.type = typeType;

class PyEllipsis extends PyObj {}
PyEllipsis.prototype.type = typeEllipsis;
export const Ellipsis: PyObj = new PyEllipsis();

class PyNotImplemented extends PyObj {}
PyNotImplemented.prototype.type = new PyType("");
export const NotImplemented: PyObj = new PyNotImplemented();

class PyStop extends PyObj {}
PyStop.prototype.type = new PyType("StopIteration");
/** What an iterator's next gives at its end (MP_OBJ_STOP_ITERATION); never visible to Python. */
export const STOP: PyObj = new PyStop();

/** A method that a class written in Python has, its built-in base's own left out: those work on the wrapped object. */
export function pythonMethod(type: PyType, key: keyof Attrs): Obj | undefined {
  const method = type.find(key);
  // A static method has a stand-in that takes self (objtype.ts).
  const standIn = (method as { asMethod?: Obj | null } | null | undefined)?.asMethod;
  if (standIn !== undefined && standIn !== null) return standIn;
  return typeof method === "object" &&
    method !== null &&
    method.type === typeFunction &&
    (method as { fn?: unknown }).fn !== undefined
    ? undefined
    : method;
}

export function typeOf(o: Obj): PyType {
  switch (typeof o) {
    case "number":
    case "bigint":
      return typeInt;
    case "string":
      return typeStr;
    case "boolean":
      return typeBool;
    default:
      return o === null ? typeNone : o.type;
  }
}

/** The built-in object behind an instance of a class that derives from a built-in type; else the object itself. */
export function nativeOf(o: Obj): Obj {
  return o instanceof PyInstance && o.subobj !== undefined ? o.subobj : o;
}

/** An instance of a class written in Python. Its attributes are its own `$` properties. */
export class PyInstance extends PyObj {
  override readonly type: PyType;
  /** The built-in object that it extends, if its class derives from a built-in type. */
  subobj: Obj | undefined;
  constructor(type: PyType) {
    super();
    this.type = type;
    this.subobj = undefined;
  }
  // What the dispatch loop asks of an object before it takes the short way. On the prototype objects of classes, so that
  // one property load answers, and anything that is not an instance answers undefined.
  /** Nothing is in the way of storing an attribute: no property, descriptor or __setattr__. */
  declare isPlainStore: boolean;
  /** Some instance has a function among its own attributes, so a function that is found need not be a method. */
  declare mayShadow: boolean;
}
PyInstance.prototype.isPlainStore = true;
PyInstance.prototype.mayShadow = false;

/** Makes a class for Python: its instances' JavaScript prototype is the class's `proto`. */
export function newInstanceType(name: string, bases: readonly PyType[]): PyType {
  const type = new PyType(name, bases, true);
  const first = bases[0];
  if (first === undefined || !first.isInstanceType) {
    // The first class written in Python: instances need PyInstance's own properties below its `proto`,
    // and the built-in base's attributes are found through `subobj`.
    Object.setPrototypeOf(type.proto, PyInstance.prototype);
  }
  // One constructor per class, so that V8 keeps the shapes of different classes' instances apart.
  function Instance(this: { type: PyType; subobj: Obj | undefined }, of: PyType): void {
    allocate(2);
    this.type = of;
    this.subobj = undefined;
  }
  Instance.prototype = type.proto;
  type.instance = Instance as unknown as new (type: PyType) => PyObj;
  return type;
}
