// collections: OrderedDict, namedtuple, deque (py/modcollections.c, py/objnamedtuple.c, py/objdeque.c).
import { getInt, getStr } from "../native.ts";
import { checkAllocation } from "../objects/heap.ts";
import { checkArgs, fun, PyBoundMethod } from "../objects/objfun.ts";
import { PyOrderedDict } from "../objects/objdict.ts";
import { raiseMsg, raiseTypeError, raiseValueError, typeAttributeError, typeIndexError } from "../objects/objexcept.ts";
import { PyList, seqIndex } from "../objects/objlist.ts";
import { mp } from "../objects/mpstate.ts";
import { PyTuple } from "../objects/objtuple.ts";
import {
  nativeOf,
  attrKey,
  PyObj,
  PyType,
  run,
  STOP,
  typeOf,
  typeOrderedDict,
  typeTuple,
  type Attrs,
  type Gen,
  type Kw,
  type Obj,
} from "../objects/obj.ts";
import { forEach, FunIter } from "../vm/iter.ts";
import { reprOf } from "../vm/print.ts";
import { register } from "./registry.ts";

class PyNamedTuple extends PyTuple {
  constructor(type: PyType, items: readonly Obj[]) {
    super(items);
    this.type = type;
  }
}

function fieldNames(fields: Obj): string[] {
  if (typeof fields === "string") return fields.split(/[ \t\n\r\v\f]+/).filter((name) => name !== "");
  const native = nativeOf(fields);
  if (!(native instanceof PyTuple || native instanceof PyList))
    raiseTypeError(`object '${typeOf(fields).name}' isn't a tuple or list`);
  return native.items.map(getStr);
}

function newNamedTuple(type: PyType, fields: readonly string[], args: readonly Obj[], kw: Kw | null): Obj {
  const given = args.length + (kw?.size ?? 0);
  if (given !== fields.length) {
    const who = mp.config.errorDetail === "detailed" ? `${type.name}()` : "function";
    raiseTypeError(`${who} takes ${fields.length} positional arguments but ${given} were given`);
  }
  const items: (Obj | undefined)[] = args.slice();
  for (const [key, value] of kw ?? []) {
    const at = fields.indexOf(key);
    if (at < 0) raiseTypeError(`unexpected keyword argument '${key}'`);
    if (items[at] !== undefined) raiseTypeError(`function got multiple values for argument '${key}'`);
    items[at] = value;
  }
  return new PyNamedTuple(type, items as Obj[]);
}

function namedtuple(name: Obj, fieldsArg: Obj): Obj {
  const typeName = getStr(name);
  const fields = fieldNames(fieldsArg);
  const type = new PyType(typeName, [typeTuple]);
  for (const slot of ["len", "getIter", "subscr", "binaryOp"] as const) type[slot] = typeTuple[slot] as never;
  // Its own lookup stops short of tuple's methods; for dir() to try the fields they are among its names.
  for (const key of Object.keys(typeTuple.proto)) type.proto[key as keyof Attrs] = undefined;
  for (const field of fields) type.proto[attrKey(field)] = undefined;
  type.makeNew = (of, args, kw) => newNamedTuple(type, fields, args, kw);
  type.attr = (self: PyTuple, attr) => {
    if (attr === "_asdict" && mp.config.romLevel === "everything") return new PyBoundMethod(asdict, self);
    const at = fields.indexOf(attr);
    return at >= 0 ? self.items[at]! : undefined;
  };
  const asdict = fun("_asdict", (self: PyTuple) => {
    const dict = new PyOrderedDict();
    for (const [i, field] of fields.entries()) dict.setStr(field, self.items[i]!);
    return dict;
  });
  type.storeAttr = () => raiseMsg(typeAttributeError, "can't set attribute");
  type.print = function* (self: PyTuple): Gen<string> {
    const parts: string[] = [];
    for (const [i, field] of fields.entries()) parts.push(`${field}=${yield* run(reprOf(self.items[i]!))}`);
    return `${type.name}(${parts.join(", ")})`;
  };
  return type;
}

/** A ring of `max` items: one more would overwrite the one at the other end, or, if checked, is an IndexError. */
class PyDeque extends PyObj {
  declare type: PyType;
  readonly ring: (Obj | undefined)[] = [];
  readonly alloc: number;
  readonly isChecked: boolean;
  get = 0;
  put = 0;
  constructor(max: number, isChecked: boolean) {
    super();
    this.alloc = max + 1;
    this.isChecked = isChecked;
  }
  get length(): number {
    return (this.put - this.get + this.alloc) % this.alloc;
  }
  after(i: number): number {
    return i + 1 === this.alloc ? 0 : i + 1;
  }
  before(i: number): number {
    return i === 0 ? this.alloc - 1 : i - 1;
  }
}
const typeDeque = new PyType("deque");
PyDeque.prototype.type = typeDeque;

function append(self: PyDeque, item: Obj): Obj {
  const put = self.after(self.put);
  if (self.isChecked && put === self.get) raiseMsg(typeIndexError, "full");
  self.ring[self.put] = item;
  self.put = put;
  if (put === self.get) self.get = self.after(self.get);
  return null;
}

function appendLeft(self: PyDeque, item: Obj): Obj {
  const get = self.before(self.get);
  if (self.isChecked && get === self.put) raiseMsg(typeIndexError, "full");
  self.get = get;
  self.ring[get] = item;
  if (get === self.put) self.put = self.before(self.put);
  return null;
}

function take(self: PyDeque, at: number): Obj {
  const item = self.ring[at]!;
  self.ring[at] = undefined;
  return item;
}

function popLeft(self: PyDeque): Obj {
  if (self.get === self.put) raiseMsg(typeIndexError, "empty");
  const at = self.get;
  self.get = self.after(at);
  return take(self, at);
}

function pop(self: PyDeque): Obj {
  if (self.get === self.put) raiseMsg(typeIndexError, "empty");
  self.put = self.before(self.put);
  return take(self, self.put);
}

function* extend(self: PyDeque, other: Obj): Gen {
  yield* forEach(other, (item) => {
    append(self, item);
  });
  return null;
}

typeDeque.makeNew = (type, args, kw) => {
  checkArgs(args.length, kw, 2, 3);
  const max = getInt(args[1]!);
  if (max < 0) raiseValueError("");
  checkAllocation((max + 1) * (mp.config.smallIntBits > 31 ? 8 : 4));
  const self = new PyDeque(max, args[2] !== undefined && (getInt(args[2]) & 1) !== 0);
  return (function* (): Gen {
    yield* extend(self, args[0]!);
    return self;
  })();
};
typeDeque.len = (self: PyDeque) => self.length;
typeDeque.isHashable = false;
typeDeque.getIter = (self: PyDeque) => {
  if (mp.config.romLevel === "core") raiseTypeError("'deque' object isn't iterable");
  let at = self.get;
  return new FunIter(() => {
    if (at === self.put) return STOP;
    const item = self.ring[at] ?? null;
    at = self.after(at);
    return item;
  });
};
const slot = (self: PyDeque, index: Obj): number => (self.get + seqIndex(typeDeque, self.length, index)) % self.alloc;
typeDeque.subscr = (self: PyDeque, index) => self.ring[slot(self, index)]!;
typeDeque.storeSubscr = (self: PyDeque, index, value) => {
  if (value === undefined) raiseTypeError("'deque' object doesn't support item deletion");
  self.ring[slot(self, index)] = value;
  return null;
};
typeDeque.proto.$append = fun("append", append);
typeDeque.proto.$appendleft = fun("appendleft", appendLeft);
typeDeque.proto.$extend = fun("extend", extend);
typeDeque.proto.$pop = fun("pop", pop);
typeDeque.proto.$popleft = fun("popleft", popLeft);

register("collections", {
  isExtensible: true,
  members: () => ({ OrderedDict: typeOrderedDict, namedtuple: fun("namedtuple", namedtuple), deque: typeDeque }),
});
