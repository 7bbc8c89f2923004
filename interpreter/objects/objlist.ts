// list: the object, and slices of sequences (py/objlist.c, py/sequence.c). Its methods are in listmethods.ts.
import { allocate, growAllocation } from "./heap.ts";
import { asInt, machineWord } from "./number.ts";
import { PyObj, PyType, typeList, typeOf, typeSlice, type Obj } from "./obj.ts";
import { raiseMsg, raiseTypeError, raiseValueError, typeIndexError } from "./objexcept.ts";

// py/objlist.c
export const minRoom = 4;

export class PyList extends PyObj {
  declare type: PyType;
  items: Obj[];
  /** Items that its memory has room for, as the heap counts them. */
  room: number;
  constructor(items: Obj[]) {
    super();
    this.room = items.length < minRoom ? minRoom : items.length;
    allocate(1 + ((this.room + 3) >> 2));
    this.items = items;
  }

  /** Makes room for one more item: twice the room, in place where the board's memory allows it. Raises MemoryError. */
  grow(): void {
    const before = (this.room + 3) >> 2;
    const room = this.room * 2;
    growAllocation(before, room);
    this.room = room;
  }

  /** Gives back what is too much after an item has gone. */
  shrink(): void {
    if (this.room <= minRoom || this.room <= 2 * this.items.length) return;
    const before = (this.room + 3) >> 2;
    this.room >>= 1;
    allocate(((this.room + 3) >> 2) - before);
  }
}
PyList.prototype.type = typeList;

export class PySlice extends PyObj {
  declare type: PyType;
  readonly start: Obj;
  readonly stop: Obj;
  readonly step: Obj;
  constructor(start: Obj, stop: Obj, step: Obj) {
    super();
    this.start = start;
    this.stop = stop;
    this.step = step;
  }
}
PySlice.prototype.type = typeSlice;

export interface SliceBounds {
  readonly start: number;
  readonly stop: number;
  readonly step: number;
}

function sliceBound(o: Obj): number {
  if (typeof o === "number") return o;
  const i = asInt(o);
  if (i === undefined) raiseTypeError(`can't convert ${typeOf(o).name} to int`);
  return Number(i);
}

/**
 * A slice's bounds within a sequence of that length, clamped as Python does. `keepsStop`: as slice.indices() has it, where an
 * empty slice may stop before it starts.
 */
export function sliceBounds(slice: PySlice, length: number, keepsStop = false): SliceBounds {
  const step = slice.step === null ? 1 : sliceBound(slice.step);
  if (step === 0) raiseValueError("slice step can't be zero");
  const low = step > 0 ? 0 : -1;
  const high = step > 0 ? length : length - 1;
  const start = slice.start === null ? (step > 0 ? 0 : high) : clamp(sliceBound(slice.start), length, low, high);
  const stop = slice.stop === null ? (step > 0 ? length : -1) : clamp(sliceBound(slice.stop), length, low, high);
  return { start, stop: step > 0 && stop < start && !keepsStop ? start : stop, step };
}

function clamp(bound: number, length: number, low: number, high: number): number {
  const i = bound < 0 ? bound + length : bound;
  return i < low ? low : i > high ? high : i;
}

/** The indices of a slice, in order. */
export function sliceLength({ start, stop, step }: SliceBounds): number {
  return Math.max(0, step > 0 ? Math.ceil((stop - start) / step) : Math.ceil((start - stop) / -step));
}

export function sliceItems<T>(items: readonly T[], bounds: SliceBounds): T[] {
  if (bounds.step === 1) return items.slice(bounds.start, bounds.stop);
  const out: T[] = [];
  const n = sliceLength(bounds);
  for (let i = 0, at = bounds.start; i < n; i++, at += bounds.step) out.push(items[at]!);
  return out;
}

/** An index into a sequence of type `type`: negative counts from the end. Raises IndexError, TypeError. */
export function seqIndex(type: PyType, length: number, index: Obj, isSlice = false): number {
  let i = typeof index === "number" ? index : asInt(index);
  if (i === undefined) raiseTypeError(`${type.name} indices must be integers, not ${typeOf(index).name}`);
  i = machineWord(i);
  if (i < 0) i += length;
  if (isSlice) return i < 0 ? 0 : i > length ? length : i;
  if (i < 0 || i >= length) raiseMsg(typeIndexError, `${type.name} index out of range`);
  return i;
}
