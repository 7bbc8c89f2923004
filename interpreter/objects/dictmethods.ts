// dict, OrderedDict, set and frozenset: what they can do (py/objdict.c, py/objset.c).
import { isCore } from "./features.ts";
import { allocate } from "./heap.ts";
import * as bc0 from "../bytecode/bc0.ts";
import { call } from "../vm/call.ts";
import { dictEntry, dictGet, dictRemove, dictStore, checkWritable, runEntry } from "../vm/hashing.ts";
import { collect, FunIter, ListIter } from "../vm/iter.ts";
import { equal, subscr } from "../vm/operator.ts";
import { loadAttrMaybe } from "../vm/attr.ts";
import { reprOf } from "../vm/print.ts";
import { checkArgs, fun, funVar } from "./objfun.ts";
import { PyDict, PyOrderedDict, type Entry } from "./objdict.ts";
import { raiseTypeError, PyExc, raiseMsg, raiseValueError, typeKeyError } from "./objexcept.ts";
import { mp } from "./mpstate.ts";
import { PyTuple } from "./objtuple.ts";
import { PyStaticmethod } from "./objtype.ts";
import {
  isPending,
  PyInstance,
  PyObj,
  PyType,
  run,
  STOP,
  typeDict,
  typeOf,
  typeOrderedDict,
  type Gen,
  type Kw,
  type Obj,
  type Step,
} from "./obj.ts";

function keyError(key: Obj): never {
  throw new PyExc(typeKeyError, [key]);
}

/** Keys and values from a mapping, or from an iterable of pairs, and from keywords. */
function* updateFrom(dict: PyDict, args: readonly Obj[], kw: Kw | null): Gen<void> {
  const source = args[0];
  if (source instanceof PyDict) {
    if (source !== dict) for (const { key, value } of source.entries()) yield* run(dictStore(dict, key, value!));
  } else if (source !== undefined) {
    const keys = loadAttrMaybe(source, "keys");
    if (keys !== undefined) {
      const names = yield* collect(yield* run(call(yield* run(keys), [], null)));
      for (const name of names) yield* run(dictStore(dict, name, yield* run(subscr(source, name))));
    } else {
      for (const pair of yield* collect(source)) {
        const items = yield* collect(pair, 3);
        if (items.length !== 2) raiseValueError("dict update sequence has wrong length");
        yield* run(dictStore(dict, items[0]!, items[1]!));
      }
    }
  }
  if (kw !== null) for (const [name, value] of kw) dict.setStr(name, value);
}

function makeDict(dict: PyDict, args: Obj[], kw: Kw | null): Step {
  checkArgs(args.length, null, 0, 1);
  if (args.length === 0 && kw === null) return dict;
  return (function* (): Gen {
    yield* updateFrom(dict, args, kw);
    return dict;
  })();
}

typeDict.makeNew = (type, args, kw) => makeDict(new PyDict(), args, kw);
typeOrderedDict.makeNew = (type, args, kw) => makeDict(new PyOrderedDict(), args, kw);

typeDict.len = (self: PyDict) => self.size;
typeDict.isHashable = false;
typeDict.subscr = (self: PyDict, key) => dictGet(self, key, (value) => (value === undefined ? keyError(key) : value));
typeDict.storeSubscr = (self: PyDict, key, value) =>
  value === undefined
    ? dictRemove(self, key, (entry) => (entry === undefined ? keyError(key) : null))
    : dictStore(self, key, value);
typeDict.contains = (self: PyDict, key) => dictGet(self, key, (value) => value !== undefined) as Step<boolean>;
typeDict.getIter = (self: PyDict) => keyIter(self);
typeDict.binaryOp = (op, self: PyDict, other) => {
  if (op === bc0.BINARY_EQUAL) return other instanceof PyDict ? equalDicts(self, other) : false;
  if (op === bc0.BINARY_OR && !isCore()) {
    const copy = copyDict(self);
    return (function* (): Gen {
      yield* updateFrom(copy, [other], null);
      return copy;
    })();
  }
  if (op === bc0.BINARY_INPLACE_OR && !isCore()) {
    return (function* (): Gen {
      yield* updateFrom(self, [other], null);
      return self;
    })();
  }
  return undefined;
};

function* equalDicts(a: PyDict, b: PyDict): Gen {
  if (a.size !== b.size) return false;
  if (a.isOrdered && b.isOrdered) {
    const others = b.entries();
    for (const [i, entry] of a.entries().entries()) {
      const other = others[i]!;
      if (!(yield* run(equal(entry.key, other.key))) || !(yield* run(equal(entry.value!, other.value!)))) return false;
    }
    return true;
  }
  for (const { key, value } of a.entries()) {
    const other = yield* runEntry(dictEntry(b, key));
    if (other === undefined || !(yield* run(equal(value!, other.value!)))) return false;
  }
  return true;
}

function copyDict(self: PyDict): PyDict {
  const copy = self.isOrdered ? new PyOrderedDict() : new PyDict();
  self.copyInto(copy);
  return copy;
}

/** An iterator over a dict's entries as they are now; items added meanwhile are not seen. */
function entryIter(self: PyDict, of: (entry: Entry) => Obj): Obj {
  const entries = self.entries();
  let i = 0;
  return new FunIter(() => {
    while (i < entries.length) {
      const entry = entries[i++]!;
      if (entry.value !== undefined) return of(entry);
    }
    return STOP;
  });
}

function keyIter(self: PyDict): Obj {
  const entries = self.entries();
  const keys = entries.map((entry) => entry.key);
  return new ListIter({ items: keys });
}

/** dict.keys(), values() and items(). */
class PyDictView extends PyObj {
  declare type: PyType;
  readonly dict: PyDict;
  readonly kind: "keys" | "values" | "items";
  constructor(dict: PyDict, kind: "keys" | "values" | "items") {
    super();
    allocate(1);
    this.dict = dict;
    this.kind = kind;
  }
  of(entry: Entry): Obj {
    return this.kind === "keys" ? entry.key : this.kind === "values" ? entry.value! : new PyTuple([entry.key, entry.value!]);
  }
  items(): Obj[] {
    return this.dict.entries().map((entry) => this.of(entry));
  }
}
const typeDictView = new PyType("dict_view");
PyDictView.prototype.type = typeDictView;
// Keys and items are like sets, which have no hash; values are just an object.
typeDictView.hash = (self: PyDictView) =>
  self.kind === "values" ? mp.idOf(self) : raiseTypeError("unsupported type for __hash__: 'dict_view'");
typeDictView.getIter = (self: PyDictView) => entryIter(self.dict, (entry) => self.of(entry));
typeDictView.len = (self: PyDictView) => self.dict.size;
typeDictView.contains = (self: PyDictView, item) => {
  if (self.kind === "keys") return typeDict.contains!(self.dict, item);
  return (function* (): Gen<boolean> {
    for (const value of self.items()) if (yield* run(equal(value, item))) return true;
    return false;
  })();
};
typeDictView.print = function* (self: PyDictView): Gen<string> {
  const parts: string[] = [];
  for (const item of self.items()) parts.push(yield* run(reprOf(item)));
  return `dict_${self.kind}([${parts.join(", ")}])`;
};

const dict = typeDict.proto;
dict.$keys = fun("keys", (self: PyDict) => new PyDictView(self, "keys"));
dict.$values = fun("values", (self: PyDict) => new PyDictView(self, "values"));
dict.$items = fun("items", (self: PyDict) => new PyDictView(self, "items"));
dict.$get = fun(
  "get",
  (self: PyDict, key: Obj, other: Obj = null) => dictGet(self, key, (value) => (value === undefined ? other : value)),
  2,
  3,
);
dict.$setdefault = fun(
  "setdefault",
  (self: PyDict, key: Obj, other: Obj = null) =>
    dictGet(self, key, (value) => (value !== undefined ? value : then(dictStore(self, key, other), other))),
  2,
  3,
);
dict.$pop = fun(
  "pop",
  (self: PyDict, key: Obj, other: Obj | undefined = undefined) =>
    dictRemove(self, key, (entry) => (entry !== undefined ? entry.value! : other !== undefined ? other : keyError(key))),
  2,
  3,
);
dict.$popitem = fun("popitem", (self: PyDict) => {
  checkWritable(self);
  const entries = self.entries();
  const entry = entries[self.isOrdered ? entries.length - 1 : 0];
  if (entry === undefined) raiseMsg(typeKeyError, "popitem(): dictionary is empty");
  const pair = new PyTuple([entry.key, entry.value!]);
  return then(
    dictRemove(self, entry.key, () => null),
    pair,
  );
});
dict.$clear = fun("clear", (self: PyDict) => {
  checkWritable(self);
  self.clear();
  return null;
});
dict.$copy = fun("copy", (self: PyDict) => copyDict(self));
dict.$update = funVar(
  "update",
  function* (args, kw): Gen {
    checkWritable(args[0] as PyDict);
    yield* updateFrom(args[0] as PyDict, args.slice(1), kw);
    return null;
  },
  1,
  2,
);
dict.$fromkeys = new PyStaticmethod(
  fun(
    "fromkeys",
    function* (keys: Obj, value: Obj = null): Gen {
      const length = keys instanceof PyInstance ? undefined : typeOf(keys).len?.(keys as PyObj);
      const items = yield* collect(keys);
      const made = new PyDict(typeof keys === "string" ? items.length : Number(length ?? 0));
      for (const key of items) yield* run(dictStore(made, key, value));
      return made;
    },
    1,
    2,
  ),
);
dict.$__getitem__ = fun("__getitem__", (self: PyDict, key: Obj) => typeDict.subscr!(self, key));
dict.$__setitem__ = fun("__setitem__", (self: PyDict, key: Obj, value: Obj) => dictStore(self, key, value));
dict.$__delitem__ = fun("__delitem__", (self: PyDict, key: Obj) => typeDict.storeSubscr!(self, key, undefined));

/** Runs `step` for its effect and gives `value`. */
function then(step: Step, value: Obj): Step {
  if (!isPending(step)) return value;
  return (function* (): Gen {
    yield* run(step);
    return value;
  })();
}

// An OrderedDict is a dict in all else.
for (const slot of ["len", "subscr", "storeSubscr", "contains", "getIter", "binaryOp"] as const)
  typeOrderedDict[slot] = typeDict[slot] as never;
typeOrderedDict.isHashable = false;
