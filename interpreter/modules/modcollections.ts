// collections: OrderedDict, namedtuple, deque (py/modcollections.c, py/objnamedtuple.c, py/objdeque.c).
import { asInt } from "../objects/number.ts";
import { checkArgs, fun } from "../objects/objfun.ts";
import { PyDict } from "../objects/objdict.ts";
import { raiseMsg, raiseTypeError, raiseValueError, typeAttributeError, typeIndexError } from "../objects/objexcept.ts";
import { seqIndex } from "../objects/objlist.ts";
import { PyTuple } from "../objects/objtuple.ts";
import { PyObj, PyType, run, typeOf, typeOrderedDict, typeTuple, type Gen, type Obj } from "../objects/obj.ts";
import { collect, itemsOf, ListIter } from "../vm/iter.ts";
import { reprOf } from "../vm/print.ts";
import { register } from "./registry.ts";

class PyNamedTuple extends PyTuple {
  constructor(type: PyType, items: readonly Obj[]) {
    super(items);
    this.type = type;
  }
}

function namedtuple(name: Obj, fieldsArg: Obj): Obj {
  const fields =
    typeof fieldsArg === "string" ? fieldsArg.split(/[\s,]+/).filter((f) => f !== "") : (itemsOf(fieldsArg) ?? []).map(String);
  const type = new PyType(String(name), [typeTuple]);
  for (const slot of ["len", "getIter", "subscr", "binaryOp"] as const) type[slot] = typeTuple[slot] as never;
  type.makeNew = (of, args, kw) => {
    const items: (Obj | undefined)[] = args.slice();
    if (args.length + (kw?.size ?? 0) !== fields.length)
      raiseTypeError(`function takes ${fields.length} positional arguments but ${args.length + (kw?.size ?? 0)} were given`);
    if (kw !== null) {
      for (const [key, value] of kw) {
        const at = fields.indexOf(key);
        if (at < 0) raiseTypeError(`unexpected keyword argument '${key}'`);
        if (items[at] !== undefined) raiseTypeError(`function got multiple values for argument '${key}'`);
        items[at] = value;
      }
    }
    return new PyNamedTuple(type, items as Obj[]);
  };
  type.attr = (self: PyTuple, attr) => {
    const at = fields.indexOf(attr);
    return at >= 0 ? self.items[at]! : undefined;
  };
  type.storeAttr = () => raiseMsg(typeAttributeError, "can't set attribute");
  type.print = function* (self: PyTuple): Gen<string> {
    const parts: string[] = [];
    for (const [i, field] of fields.entries()) parts.push(`${field}=${yield* run(reprOf(self.items[i]!))}`);
    return `${type.name}(${parts.join(", ")})`;
  };
  type.proto.$_asdict = fun("_asdict", (self: PyTuple) => {
    const dict = new PyDict();
    dict.isOrdered = true;
    for (const [i, field] of fields.entries()) dict.setStr(field, self.items[i]!);
    return dict;
  });
  return type;
}

class PyDeque extends PyObj {
  declare type: PyType;
  items: Obj[];
  readonly max: number;
  readonly isChecked: boolean;
  constructor(items: Obj[], max: number, isChecked: boolean) {
    super();
    this.items = items;
    this.max = max;
    this.isChecked = isChecked;
  }
}
const typeDeque = new PyType("deque");
PyDeque.prototype.type = typeDeque;
typeDeque.makeNew = (type, args, kw) => {
  checkArgs(args.length, kw, 2, 3);
  const max = asInt(args[1]!);
  if (max === undefined) raiseTypeError(`can't convert ${typeOf(args[1]!).name} to int`);
  if (max < 0) raiseValueError("");
  const isChecked = args[2] !== undefined && Number(args[2]) !== 0;
  return (function* (): Gen {
    const deque = new PyDeque([], Number(max), isChecked);
    for (const item of yield* collect(args[0]!)) push(deque, item, false);
    return deque;
  })();
};
function push(self: PyDeque, item: Obj, left: boolean): null {
  if (self.items.length >= self.max) {
    if (self.isChecked) raiseMsg(typeIndexError, "full");
    if (left) self.items.pop();
    else self.items.shift();
  }
  if (self.max > 0) {
    if (left) self.items.unshift(item);
    else self.items.push(item);
  }
  return null;
}
typeDeque.len = (self: PyDeque) => self.items.length;
typeDeque.isHashable = false;
typeDeque.getIter = (self: PyDeque) => new ListIter(self);
typeDeque.subscr = (self: PyDeque, index) => self.items[seqIndex(typeDeque, self.items.length, index)]!;
typeDeque.storeSubscr = (self: PyDeque, index, value) => {
  if (value === undefined) raiseTypeError("'deque' object doesn't support item deletion");
  self.items[seqIndex(typeDeque, self.items.length, index)] = value;
  return null;
};
typeDeque.print = () => "<deque>";
typeDeque.proto.$append = fun("append", (self: PyDeque, item: Obj) => push(self, item, false));
typeDeque.proto.$appendleft = fun("appendleft", (self: PyDeque, item: Obj) => push(self, item, true));
const empty = (): never => raiseMsg(typeIndexError, "empty");
typeDeque.proto.$pop = fun("pop", (self: PyDeque) => (self.items.length === 0 ? empty() : self.items.pop()!));
typeDeque.proto.$popleft = fun("popleft", (self: PyDeque) => (self.items.length === 0 ? empty() : self.items.shift()!));
typeDeque.proto.$extend = fun("extend", function* (self: PyDeque, other: Obj): Gen {
  for (const item of yield* collect(other)) push(self, item, false);
  return null;
});

register("collections", {
  isExtensible: true,
  members: () => ({ OrderedDict: typeOrderedDict, namedtuple: fun("namedtuple", namedtuple), deque: typeDeque }),
});
