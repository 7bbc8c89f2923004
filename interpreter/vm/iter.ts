// Iteration: getting an iterator, its next item, and whole iterables as arrays (py/runtime.c mp_getiter, mp_iternext).
import { excValue, isExc, raiseTypeError, typeStopIteration } from "../objects/objexcept.ts";
import { checkAllocation } from "../objects/heap.ts";
import { PyBytearray, PyBytes } from "../objects/objbytes.ts";
import { PyDict } from "../objects/objdict.ts";
import { END_STOPS, PyGen } from "../objects/objgenerator.ts";
import { PyList } from "../objects/objlist.ts";
import { PySet } from "../objects/objset.ts";
import { PyTuple } from "../objects/objtuple.ts";
import {
  isPending,
  PyInstance,
  PyObj,
  pythonMethod,
  run,
  STOP,
  typeIterator,
  typeOf,
  type Gen,
  type Obj,
  type PyType,
  type Step,
} from "../objects/obj.ts";
import { loadAttrMaybe } from "./attr.ts";
import { call } from "./call.ts";
import type { CodeState, Frame } from "./codestate.ts";
import { consume, ConsumeState } from "./consume.ts";
import { resumeGenerator } from "./generator.ts";

/** An iterator over items that can be named by index: lists (which may change meanwhile), tuples, strings, dict keys. */
export class IndexIter extends PyObj {
  declare type: PyType;
  private readonly item: (i: number) => Obj | undefined;
  private i = 0;
  constructor(item: (i: number) => Obj | undefined) {
    super();
    this.item = item;
  }
  next(): Obj {
    const value = this.item(this.i);
    if (value === undefined) return STOP;
    this.i++;
    return value;
  }
}
IndexIter.prototype.type = typeIterator;

/** An iterator whose next item is worked out by a function. */
export class FunIter extends PyObj {
  override readonly type: PyType;
  readonly next: () => Step;
  constructor(next: () => Step, type: PyType = typeIterator) {
    super();
    this.next = next;
    this.type = type;
  }
}

/** The iterator of whatever keeps its items in an array, for the dispatch loop to step through without a call. */
export class ListIter extends PyObj {
  declare type: PyType;
  readonly of: { readonly items: readonly Obj[] };
  i = 0;
  constructor(of: { readonly items: readonly Obj[] }) {
    super();
    this.of = of;
  }
  next(): Obj {
    const { items } = this.of;
    return this.i < items.length ? items[this.i++]! : STOP;
  }
}
ListIter.prototype.type = typeIterator;

/** The iterator of a range, stepped through likewise. */
export class RangeIter extends PyObj {
  declare type: PyType;
  at: number;
  readonly by: number;
  left: number;
  constructor(start: number, step: number, length: number) {
    super();
    this.at = start;
    this.by = step;
    this.left = length;
  }
  next(): Obj {
    if (this.left <= 0) return STOP;
    this.left--;
    const value = this.at;
    this.at += this.by;
    return value;
  }
}
RangeIter.prototype.type = typeIterator;
typeIterator.iternext = (self: { next(): Step }) => self.next();
typeIterator.getIter = (self: Obj) => self;

export function getIter(o: Obj): Step {
  if (o instanceof PyGen) return o;
  if (o instanceof PyInstance) {
    const iter = pythonMethod(o.type, "$__iter__");
    if (iter !== undefined) return call(iter, [o], null);
    const native = o.type.nativeBase;
    if (native !== null && o.subobj !== undefined && native.getIter !== null) return native.getIter(o.subobj);
    const getitem = pythonMethod(o.type, "$__getitem__");
    if (getitem !== undefined) return getitemIter(o, getitem);
    if (o.type.find("$__getattr__") !== undefined) return iterBySomeItem(o);
    raiseTypeError(`'${o.type.name}' object isn't iterable`);
  }
  const type = typeOf(o);
  if (type.getIter !== null) return type.getIter(o);
  raiseTypeError(`'${type.name}' object isn't iterable`);
}

// __getattr__ may know of a __getitem__.
function* iterBySomeItem(o: PyInstance): Gen {
  const step = loadAttrMaybe(o, "__getitem__");
  if (step === undefined) raiseTypeError(`'${o.type.name}' object isn't iterable`);
  const getitem = yield* run(step);
  let i = 0;
  return new FunIter(() => getitemNext(getitem, [i++]));
}

// The old protocol: __getitem__(0), (1), ... until IndexError or StopIteration.
function getitemIter(o: Obj, getitem: Obj): Obj {
  let i = 0;
  return new FunIter(() => getitemNext(getitem, [o, i++]));
}

function* getitemNext(getitem: Obj, args: Obj[]): Gen {
  try {
    return yield* run(call(getitem, args, null));
  } catch (caught) {
    if (caught instanceof PyObj && (caught.type.name === "IndexError" || isExc(caught, typeStopIteration))) return STOP;
    throw caught;
  }
}

/** The next item, or STOP. */
export function iterNext(iterator: Obj): Step {
  if (iterator instanceof PyGen) return resumeGenerator(iterator, null, END_STOPS);
  if (iterator instanceof PyInstance) {
    const next = pythonMethod(iterator.type, "$__next__");
    if (next !== undefined) return nextOfInstance(iterator, next);
    const native = iterator.type.nativeBase;
    if (native !== null && iterator.subobj !== undefined && native.iternext !== null) return native.iternext(iterator.subobj);
  } else {
    const { iternext } = typeOf(iterator);
    if (iternext !== null) return iternext(iterator);
  }
  raiseTypeError(`'${typeOf(iterator).name}' object isn't an iterator`);
}

/** The value that a StopIteration carried when an instance's __next__ raised it. */
export const stopValue: { value: Obj } = { value: null };

function* nextOfInstance(o: PyInstance, next: Obj): Gen {
  try {
    return yield* run(call(next, [o], null));
  } catch (caught) {
    if (!isExc(caught, typeStopIteration)) throw caught;
    stopValue.value = excValue(caught);
    return STOP;
  }
}

/** How many items a native takes from an iterator before it lets the board breathe. */
export const TICK_EVERY = 256;

/** The items of an iterable that needs no Python code for it, or undefined. The array may be the object's own: do not change it. */
export function itemsOf(o: Obj): readonly Obj[] | undefined {
  if (o instanceof PyList) return o.items;
  if (o instanceof PyTuple) return o.items;
  if (typeof o === "string") return [...o];
  if (o instanceof PyDict) return o.entries().map((entry) => entry.key);
  if (o instanceof PySet) return o.items();
  if (o instanceof PyBytes || o instanceof PyBytearray) return [...o.v];
  return undefined;
}

/** All items of an iterable, as a new array. */
export function* collect(o: Obj, most = Infinity): Gen<Obj[]> {
  const known = itemsOf(o);
  if (known !== undefined) return known.slice();
  const iterator = yield* run(getIter(o));
  const items: Obj[] = [];
  if (iterator instanceof PyGen) {
    // Now and then an item is taken here, where running out of memory can be told.
    const take = (item: Obj): boolean => items.length < most && (items.length & 1023) !== 1023 && items.push(item) > 0;
    for (;;) {
      const item = yield* consume(iterator, take);
      if (item === STOP) return items;
      items.push(item);
      if (items.length > most) return items;
      checkAllocation(items.length * 4);
    }
  }
  for (;;) {
    const step = iterNext(iterator);
    const item = isPending(step) ? ((step as Frame).isFrame ? yield step as Frame : yield* step as Gen) : step;
    if (item === STOP) return items;
    items.push(item);
    if (items.length > most) return items;
    if (items.length % TICK_EVERY === 0) {
      checkAllocation(items.length * 4);
      yield { wait: "tick" };
    }
  }
}

/** `then` applied to the items of an iterable: at once if that needs no Python code. The array may be the object's own. */
export function withItems(o: Obj, then: (items: readonly Obj[]) => Step): Step {
  const known = itemsOf(o);
  if (known !== undefined) return then(known);
  if (!(o instanceof PyGen)) return withCollected(o, [], then);
  const frame = resumeGenerator(o, null, END_STOPS);
  if (frame === STOP) return then([]);
  const items: Obj[] = [];
  const take = (item: Obj): boolean => (items.length & 1023) !== 1023 && items.push(item) > 0;
  return new ConsumeState(frame as CodeState, take, (last) => {
    if (last === STOP) return then(items);
    items.push(last);
    return withCollected(o, items, then);
  });
}

function* withCollected(o: Obj, first: Obj[], then: (items: readonly Obj[]) => Step): Gen {
  const items = yield* collect(o);
  const result = then(first.length === 0 ? items : first.concat(items));
  return isPending(result) ? yield* run(result) : result;
}

/** Calls `each` for every item until it returns true. */
export function* forEach(o: Obj, each: (item: Obj) => Step<boolean> | void): Gen<void> {
  const iterator = yield* run(getIter(o));
  for (let n = 1; ; n++) {
    const item = yield* run(iterNext(iterator));
    if (item === STOP) return;
    const done = each(item);
    if (done === true) return;
    if (done !== undefined && done !== false && isPending(done) && (yield* run(done))) return;
    if (n % TICK_EVERY === 0) yield { wait: "tick" };
  }
}
