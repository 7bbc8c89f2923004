// set and frozenset: what they can do (py/objset.c). Each operation goes through the items in MicroPython's order, since that
// decides where they end up in the table.
import * as bc0 from "../bytecode/bc0.ts";
import { dictEntry, dictRemove, fillSet, runEntry, setStore } from "../vm/hashing.ts";
import { collect, ListIter, withItems } from "../vm/iter.ts";
import { checkArgs, fun, funVar } from "./objfun.ts";
import { PyDict } from "./objdict.ts";
import { PyExc, raiseMsg, typeKeyError } from "./objexcept.ts";
import { PyFrozenset, PySet } from "./objset.ts";
import { isPending, run, typeDict, typeFrozenset, typeSet, type Gen, type Obj, type Step } from "./obj.ts";

typeSet.makeNew = (type, args, kw) => {
  checkArgs(args.length, kw, 0, 1);
  const set = new PySet(new PyDict());
  return args.length === 0 ? set : withItems(args[0]!, (items) => fillSet(set, items));
};
typeFrozenset.makeNew = (type, args, kw) => {
  checkArgs(args.length, kw, 0, 1);
  const set = new PyFrozenset(new PyDict());
  return args.length === 0 ? set : withItems(args[0]!, (items) => fillSet(set, items));
};

function copy(self: PySet): PySet {
  const dict = new PyDict();
  self.dict.copyInto(dict);
  return self instanceof PyFrozenset ? new PyFrozenset(dict) : new PySet(dict);
}

function* has(set: PySet, item: Obj): Gen<boolean> {
  return (yield* runEntry(dictEntry(set.dict, item))) !== undefined;
}

const remove = (set: PySet, item: Obj): Step => dictRemove(set.dict, item, () => null);

type Combine = (self: PySet, items: Iterable<Obj>) => Gen<void>;

function* update(self: PySet, items: Iterable<Obj>): Gen<void> {
  for (const item of items) yield* run(setStore(self, item));
}
function* difference(self: PySet, items: Iterable<Obj>): Gen<void> {
  for (const item of items) yield* run(remove(self, item));
}
function* symmetricDifference(self: PySet, items: Iterable<Obj>): Gen<void> {
  for (const item of items) yield* run((yield* has(self, item)) ? remove(self, item) : setStore(self, item));
}
function* intersection(self: PySet, items: Iterable<Obj>): Gen<PySet> {
  const out = new PySet(new PyDict());
  for (const item of items) if (yield* has(self, item)) yield* run(setStore(out, item));
  return out;
}

function* items(o: Obj): Gen<Obj[]> {
  return o instanceof PySet ? o.items() : yield* collect(o);
}
function* asSet(o: Obj): Gen<PySet> {
  return o instanceof PySet ? o : ((yield* run(fillSet(new PySet(new PyDict()), yield* collect(o)))) as PySet);
}

function* isSubset(a: PySet, b: PySet, isProper: boolean): Gen {
  if (isProper && a.dict.size === b.dict.size) return false;
  for (const item of a.items()) if (!(yield* has(b, item))) return false;
  return true;
}

const combines: ReadonlyMap<number, Combine> = new Map([
  [bc0.BINARY_OR, update],
  [bc0.BINARY_SUBTRACT, difference],
  [bc0.BINARY_XOR, symmetricDifference],
]);

function setBinaryOp(op: number, self: PySet, other: Obj): Step | undefined {
  if (!(other instanceof PySet)) return op === bc0.BINARY_EQUAL ? false : undefined;
  switch (op) {
    case bc0.BINARY_EQUAL:
      return self.dict.size === other.dict.size ? isSubset(self, other, false) : false;
    case bc0.BINARY_LESS:
      return isSubset(self, other, true);
    case bc0.BINARY_LESS_EQUAL:
      return isSubset(self, other, false);
    case bc0.BINARY_MORE:
      return isSubset(other, self, true);
    case bc0.BINARY_MORE_EQUAL:
      return isSubset(other, self, false);
  }
  const isInplace = op >= bc0.BINARY_INPLACE_OR && op < bc0.BINARY_OR;
  const normal = isInplace ? op + bc0.INPLACE_TO_NORMAL : op;
  const changes = isInplace && !(self instanceof PyFrozenset);
  if (normal === bc0.BINARY_AND) return changes ? then(intersectionUpdate(self, other), self) : intersect(self, other);
  const combine = combines.get(normal);
  if (combine === undefined) return undefined;
  const out = changes ? self : copy(self);
  return (function* (): Gen {
    yield* combine(out, other.items());
    return out;
  })();
}

function* then(done: Gen, value: Obj): Gen {
  yield* done;
  return value;
}

function* intersect(self: PySet, other: Obj): Gen {
  return self === other ? copy(self) : yield* intersection(self, yield* items(other));
}
function* intersectionUpdate(self: PySet, other: Obj): Gen {
  if (self === other) return null;
  const out = yield* intersection(self, yield* items(other));
  self.dict.clear();
  out.dict.copyInto(self.dict);
  return null;
}

for (const type of [typeSet, typeFrozenset]) {
  type.len = (self: PySet) => self.dict.size;
  type.getIter = (self: PySet) => new ListIter({ items: self.items() });
  type.contains = (self: PySet, item) => typeDict.contains!(self.dict, item);
  type.binaryOp = setBinaryOp;
  const { proto } = type;
  proto.$__contains__ = fun("__contains__", (self: PySet, item: Obj) => type.contains!(self, item));
  const making = (name: string, combine: Combine, max: number): void => {
    proto[`$${name}`] = funVar(
      name,
      function* (args): Gen {
        const out = copy(args[0] as PySet);
        for (const other of args.slice(1)) yield* combine(out, yield* items(other));
        return out;
      },
      max === 1 ? 2 : 1,
      max + 1,
    );
  };
  making("union", update, 1);
  making("difference", difference, Infinity);
  making("symmetric_difference", symmetricDifference, 1);
  proto.$intersection = fun("intersection", intersect, 2);
  proto.$copy = fun("copy", copy, 1);
  proto.$isdisjoint = fun(
    "isdisjoint",
    function* (self: PySet, other: Obj): Gen {
      for (const item of yield* items(other)) if (yield* has(self, item)) return false;
      return true;
    },
    2,
  );
  proto.$issubset = fun(
    "issubset",
    function* (self: PySet, other: Obj): Gen {
      return yield* isSubset(self, yield* asSet(other), false);
    },
    2,
  );
  proto.$issuperset = fun(
    "issuperset",
    function* (self: PySet, other: Obj): Gen {
      return yield* isSubset(yield* asSet(other), self, false);
    },
    2,
  );
}
typeSet.isHashable = false;

const { proto } = typeSet;
function changing(name: string, combine: Combine, max: number): void {
  proto[`$${name}`] = funVar(
    name,
    function* (args): Gen {
      const self = args[0] as PySet;
      for (const other of args.slice(1)) yield* combine(self, yield* items(other));
      return null;
    },
    max === 1 ? 2 : 1,
    max + 1,
  );
}
changing("update", update, Infinity);
changing("difference_update", difference, Infinity);
changing("symmetric_difference_update", symmetricDifference, 1);
proto.$intersection_update = fun("intersection_update", intersectionUpdate, 2);
proto.$add = fun("add", (self: PySet, item: Obj) => {
  const step = setStore(self, item);
  return isPending(step) ? then(step as Gen, null) : null;
});
proto.$clear = fun("clear", (self: PySet) => {
  self.dict.clear();
  return null;
});
proto.$discard = fun("discard", remove, 2);
proto.$remove = fun("remove", (self: PySet, item: Obj) =>
  dictRemove(self.dict, item, (entry) => {
    if (entry === undefined) throw new PyExc(typeKeyError, [item]);
    return null;
  }),
);
proto.$pop = fun(
  "pop",
  function* (self: PySet): Gen {
    const entry = self.dict.entries()[0];
    if (entry === undefined) raiseMsg(typeKeyError, "pop from an empty set");
    yield* run(remove(self, entry.key));
    return entry.key;
  },
  1,
);
