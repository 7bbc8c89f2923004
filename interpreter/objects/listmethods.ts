// list, tuple and slice: what they can do (py/objlist.c, py/objtuple.c, py/objslice.c).
import { isCore } from "./features.ts";
import * as bc0 from "../bytecode/bc0.ts";
import { call } from "../vm/call.ts";
import { itemsOf, ListIter, withItems } from "../vm/iter.ts";
import { equal, equalItems, equalSync, orderItems, isTrue } from "../vm/operator.ts";
import { checkAllocation, growAllocation } from "./heap.ts";
import { sortItems } from "./sort.ts";
import { asInt, machineWord } from "./number.ts";
import { checkArgs, fun, funVar, parseArgs } from "./objfun.ts";
import { minRoom, PyList, PySlice, seqIndex, sliceBounds, sliceItems } from "./objlist.ts";
import { PyExc, raiseMsg, raiseTypeError, raiseValueError, typeIndexError, typeNotImplementedError } from "./objexcept.ts";
import { emptyTuple, PyTuple } from "./objtuple.ts";
import {
  isPending,
  run,
  typeList,
  typeOf,
  nativeOf,
  typeSlice,
  typeTuple,
  type Gen,
  type Kw,
  type Obj,
  type Step,
} from "./obj.ts";

function repeat(items: readonly Obj[], times: Obj): Obj[] {
  const n = machineWord(asInt(times) ?? 0);
  if (n <= 0 || items.length === 0) return [];
  checkAllocation(items.length * n * 4);
  if (items.length === 1) return new Array<Obj>(n).fill(items[0]!);
  const out: Obj[] = [];
  for (let i = 0; i < n; i++) for (const item of items) out.push(item);
  return out;
}

// ---- list

/** A list that has been filled one by one. */
export function appended(items: Obj[]): PyList {
  const list = new PyList([]);
  while (list.room < items.length) list.grow();
  list.items = items;
  return list;
}

typeList.makeNew = (type, args, kw) => {
  checkArgs(args.length, kw, 0, 1);
  if (args.length === 0) return new PyList([]);
  return withItems(args[0]!, (items) => appended(items.slice()));
};
typeList.len = (self: PyList) => self.items.length;
typeList.isHashable = false;
typeList.getIter = (self: PyList) => new ListIter(self);
typeList.subscr = (self: PyList, index) => {
  if (index instanceof PySlice) return new PyList(sliceItems(self.items, sliceBounds(index, self.items.length)));
  return self.items[seqIndex(typeList, self.items.length, index)]!;
};
typeList.storeSubscr = (self: PyList, index, value) => {
  if (index instanceof PySlice) {
    const bounds = sliceBounds(index, self.items.length);
    if (bounds.step !== 1) throw new PyExc(typeNotImplementedError, []);
    if (value === undefined) {
      self.items.splice(bounds.start, Math.max(0, bounds.stop - bounds.start));
      return null;
    }
    const items = itemsOf(value);
    if (!(value instanceof PyList) && !(value instanceof PyTuple))
      raiseTypeError(`object '${typeOf(value).name}' isn't a tuple or list`);
    const to = self.items;
    const n = items!.length;
    const stop = Math.max(bounds.start, bounds.stop);
    if (n > stop - bounds.start) checkAllocation((n - stop + bounds.start) * 4);
    if (stop - bounds.start === n) for (let i = 0; i < n; i++) to[bounds.start + i] = items![i]!;
    else self.items = to.slice(0, bounds.start).concat(items!, to.slice(stop));
    return null;
  }
  if (value === undefined && self.items.length === 0) raiseMsg(typeIndexError, "pop from empty list");
  const at = seqIndex(typeList, self.items.length, index);
  if (value === undefined) {
    self.items.splice(at, 1);
    self.shrink();
  } else self.items[at] = value;
  return null;
};
typeList.binaryOp = (op, self: PyList, other) => {
  switch (op) {
    case bc0.BINARY_ADD:
      return other instanceof PyList ? new PyList([...self.items, ...other.items]) : undefined;
    case bc0.BINARY_INPLACE_ADD:
      return extend(self, other);
    case bc0.BINARY_MULTIPLY:
      return asInt(other) === undefined ? undefined : new PyList(repeat(self.items, other));
    case bc0.BINARY_EQUAL:
      return other instanceof PyList ? equalItems(self.items, other.items) : false;
    case bc0.BINARY_LESS:
    case bc0.BINARY_MORE:
    case bc0.BINARY_LESS_EQUAL:
    case bc0.BINARY_MORE_EQUAL:
      return other instanceof PyList ? orderItems(op, self.items, other.items) : undefined;
    default:
      return undefined;
  }
};

function extend(self: PyList, other: Obj): Step {
  return withItems(other, (items) => {
    const copy = items === self.items ? items.slice() : items;
    if (self.items.length + copy.length > self.room) {
      // py/objlist.c adds these four to spare.
      const room = self.items.length + copy.length + 4;
      growAllocation((self.room + 3) >> 2, room);
      self.room = room;
    }
    for (const item of copy) self.items.push(item);
    return self;
  });
}

/** index() and count() of lists and tuples. */
function indexOf(items: readonly Obj[], value: Obj, start: Obj, stop: Obj): Step {
  const from = start === null ? 0 : seqIndex(typeList, items.length, start, true);
  const to = stop === null ? items.length : seqIndex(typeList, items.length, stop, true);
  for (let i = from; i < to; i++) {
    const same = equalSync(items[i]!, value);
    if (same === true) return i;
    if (same === undefined) {
      return (function* (): Gen {
        for (let k = i; k < to; k++) if (yield* run(equal(items[k]!, value))) return k;
        return notInSequence();
      })();
    }
  }
  return notInSequence();
}

function notInSequence(): never {
  raiseValueError("object not in sequence");
}

function countOf(items: readonly Obj[], value: Obj): Step {
  return (function* (): Gen {
    let n = 0;
    for (const item of items) if (yield* run(equal(item, value))) n++;
    return n;
  })();
}

const list = typeList.proto;
list.$append = fun("append", (self: PyList, item: Obj) => {
  if (self.items.length >= self.room) self.grow();
  self.items.push(item);
  return null;
});
list.$extend = fun("extend", (self: PyList, other: Obj) => {
  const step = extend(self, other);
  return isPending(step)
    ? (function* (): Gen {
        yield* run(step);
        return null;
      })()
    : null;
});
list.$insert = fun("insert", (self: PyList, index: Obj, item: Obj) => {
  const n = self.items.length;
  let at = Number(asInt(index) ?? raiseTypeError(`can't convert ${typeOf(index).name} to int`));
  if (at < 0) at = Math.max(0, at + n);
  if (n >= self.room) self.grow();
  self.items.splice(Math.min(at, n), 0, item);
  return null;
});
list.$pop = fun(
  "pop",
  (self: PyList, index: Obj = -1) => {
    if (self.items.length === 0) raiseMsg(typeIndexError, "pop from empty list");
    const at = seqIndex(typeList, self.items.length, index);
    const item = at === self.items.length - 1 ? self.items.pop()! : self.items.splice(at, 1)[0]!;
    self.shrink();
    return item;
  },
  1,
  2,
);
list.$remove = fun("remove", (self: PyList, value: Obj) => {
  const found = indexOf(self.items, value, null, null);
  const drop = (at: Obj): Obj => {
    self.items.splice(at as number, 1);
    self.shrink();
    return null;
  };
  if (!isPending(found)) return drop(found);
  return (function* (): Gen {
    return drop(yield* run(found));
  })();
});
list.$clear = fun("clear", (self: PyList) => {
  self.items = [];
  while (self.room > minRoom) self.shrink();
  return null;
});
list.$copy = fun("copy", (self: PyList) => new PyList(self.items.slice()));
list.$count = fun("count", (self: PyList, value: Obj) => countOf(self.items, value));
list.$index = fun(
  "index",
  (self: PyList, value: Obj, start: Obj = null, stop: Obj = null) => indexOf(self.items, value, start, stop),
  2,
  4,
);
list.$reverse = fun("reverse", (self: PyList) => {
  self.items.reverse();
  return null;
});
list.$sort = funVar(
  "sort",
  function* (args, kw): Gen {
    yield* sortList((args[0] as PyList).items, args.slice(1), kw);
    return null;
  },
  1,
);

const sortParams = [
  { name: "key", default: null, kwOnly: true },
  { name: "reverse", default: false, kwOnly: true },
];

/** Sorts in place as the keywords of sort() and sorted() say. */
export function* sortList(items: Obj[], args: readonly Obj[], kw: Kw | null): Gen<void> {
  const [key, reverse] = parseArgs(sortParams, args, kw) as [Obj, Obj];
  const isReverse = yield* run(isTrue(reverse));
  yield* sortItems(items, key === null ? null : (item) => call(key, [item], null), isReverse);
}

// ---- tuple

typeTuple.makeNew = (type, args, kw) => {
  checkArgs(args.length, kw, 0, 1);
  if (args.length === 0) return emptyTuple;
  if (args[0] instanceof PyTuple && args[0].fields === null) return args[0];
  return withItems(args[0]!, (items) => new PyTuple(items.slice()));
};
typeTuple.len = (self: PyTuple) => self.items.length;
typeTuple.getIter = (self: PyTuple) => new ListIter(self);
typeTuple.subscr = (self: PyTuple, index) => {
  if (index instanceof PySlice) {
    const bounds = sliceBounds(index, self.items.length);
    if (bounds.step !== 1) raiseMsg(typeNotImplementedError, "only slices with step=1 (aka None) are supported");
    return new PyTuple(sliceItems(self.items, bounds));
  }
  return self.items[seqIndex(typeTuple, self.items.length, index)]!;
};
typeTuple.binaryOp = (op, self: PyTuple, given) => {
  const other = nativeOf(given);
  switch (op) {
    case bc0.BINARY_ADD:
      return other instanceof PyTuple ? new PyTuple([...self.items, ...other.items]) : undefined;
    case bc0.BINARY_MULTIPLY:
      return asInt(other) === undefined ? undefined : new PyTuple(repeat(self.items, other));
    case bc0.BINARY_EQUAL:
      return other instanceof PyTuple ? equalItems(self.items, other.items) : false;
    case bc0.BINARY_LESS:
    case bc0.BINARY_MORE:
    case bc0.BINARY_LESS_EQUAL:
    case bc0.BINARY_MORE_EQUAL:
      return other instanceof PyTuple ? orderItems(op, self.items, other.items) : undefined;
    default:
      return undefined;
  }
};
typeTuple.attr = (self: PyTuple, name) => {
  const at = self.fields?.indexOf(name) ?? -1;
  return at >= 0 ? self.items[at]! : undefined;
};
typeTuple.proto.$count = fun("count", (self: PyTuple, value: Obj) => countOf(self.items, value));
typeTuple.proto.$index = fun(
  "index",
  (self: PyTuple, value: Obj, start: Obj = null, stop: Obj = null) => indexOf(self.items, value, start, stop),
  2,
  4,
);

// ---- slice

typeSlice.isHashable = false;
// MICROPY_PY_BUILTINS_SLICE_ATTRS and SLICE_INDICES
typeSlice.attr = (self: PySlice, name) =>
  (name === "start" || name === "stop" || name === "step") && !isCore() ? self[name] : undefined;
typeSlice.proto.$indices = fun("indices", (self: PySlice, length: Obj) => {
  const n = Number(asInt(length) ?? raiseTypeError(`can't convert ${typeOf(length).name} to int`));
  const { start, stop, step } = sliceBounds(self, n, true);
  return new PyTuple([start, stop, step]);
});
