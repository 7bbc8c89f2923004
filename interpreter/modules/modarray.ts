// array and memoryview: numbers in memory (py/objarray.c, py/modarray.c).
import { isCore, refuseSliceAssign } from "../objects/features.ts";
import { allocate } from "../objects/heap.ts";
import * as bc0 from "../bytecode/bc0.ts";
import { asFloat } from "../objects/number.ts";
import { bufferOf, decodeUtf8, PyBytes } from "../objects/objbytes.ts";
import { checkArgs, fun } from "../objects/objfun.ts";
import { PySlice, seqIndex, sliceBounds } from "../objects/objlist.ts";
import { raiseMsg, raiseTypeError, raiseValueError, typeNotImplementedError } from "../objects/objexcept.ts";
import { nativeOf, PyObj, run, typeArray, typeMemoryview, type Gen, type Obj, type PyType } from "../objects/obj.ts";
import { collect, ListIter } from "../vm/iter.ts";
import { compareBytes, concat } from "../objects/strmethods.ts";
import { reprOf } from "../vm/print.ts";
import { readValue, writeValue } from "./modstruct.ts";
import { register } from "./registry.ts";
import { mp } from "../objects/mpstate.ts";

function itemSize(code: string): number {
  const word = mp.config.smallIntBits > 31 ? 8 : 4;
  const size = { b: 1, B: 1, h: 2, H: 2, i: 4, I: 4, l: word, L: word, q: 8, Q: 8, f: 4, d: 8, O: word, P: word, S: word }[code];
  return size ?? raiseValueError("bad typecode");
}

class PyArray extends PyObj {
  declare type: PyType;
  readonly code: string;
  readonly size: number;
  v: Uint8Array;
  constructor(code: string, v: Uint8Array) {
    super();
    this.code = code;
    this.size = itemSize(code);
    this.v = v;
  }
  get length(): number {
    return this.v.length / this.size;
  }
  get(i: number): Obj {
    return readValue(new DataView(this.v.buffer, this.v.byteOffset), i * this.size, this.code, this.size, true);
  }
  set(i: number, value: Obj): void {
    writeValue(new DataView(this.v.buffer, this.v.byteOffset), i * this.size, this.code, this.size, true, value);
  }
  items(): Obj[] {
    return Array.from({ length: this.length }, (_, i) => this.get(i));
  }
  append(items: readonly Obj[]): void {
    const at = this.length;
    this.v = concat(this.v, new Uint8Array(items.length * this.size));
    items.forEach((item, i) => this.set(at + i, item));
  }
}
PyArray.prototype.type = typeArray;

typeArray.makeNew = (type, args, kw) => {
  checkArgs(args.length, kw, 1, 2);
  const array = new PyArray(String(args[0]), new Uint8Array(0));
  const source = args[1];
  if (source === undefined) return array;
  const buffer = typeof source === "object" && source !== null && !(source instanceof PyArray) ? bufferOf(source) : undefined;
  if (buffer !== undefined) {
    array.v = buffer.slice(0, buffer.length - (buffer.length % array.size));
    return array;
  }
  return (function* (): Gen {
    array.append(yield* collect(source));
    return array;
  })();
};
typeArray.len = (self: PyArray) => self.length;
typeArray.isHashable = false;
typeArray.buffer = (self: PyArray) => self.v;
typeArray.getIter = (self: PyArray) => {
  const items = self.items();
  return new ListIter({ items });
};
typeArray.print = function* (self: PyArray): Gen<string> {
  const parts: string[] = [];
  for (const item of self.items()) parts.push(yield* run(reprOf(item)));
  return `array('${self.code}'${parts.length === 0 ? "" : `, [${parts.join(", ")}]`})`;
};
typeArray.subscr = (self: PyArray, index) => {
  if (index instanceof PySlice) {
    const { start, stop, step } = sliceBounds(index, self.length);
    if (step !== 1) raiseMsg(typeNotImplementedError, "only slices with step=1 (aka None) are supported");
    return new PyArray(self.code, self.v.slice(start * self.size, Math.max(start, stop) * self.size));
  }
  return self.get(seqIndex(typeArray, self.length, index));
};
typeArray.storeSubscr = (self: PyArray, index, value) => {
  if (index instanceof PySlice) {
    refuseSliceAssign(self, value);
    const { start, stop, step } = sliceBounds(index, self.length);
    if (step !== 1) raiseMsg(typeNotImplementedError, "only slices with step=1 (aka None) are supported");
    const bytes = value === undefined ? new Uint8Array(0) : typeof value === "string" ? undefined : bufferOf(value);
    if (bytes === undefined) raiseMsg(typeNotImplementedError, "array/bytes required on right side");
    if (value instanceof PyArray && value.code !== self.code) raiseValueError("lhs and rhs should be compatible");
    const from = start * self.size;
    if (bytes.length === Math.max(0, stop - start) * self.size) self.v.set(bytes, from);
    else self.v = concat(concat(self.v.slice(0, start * self.size), bytes), self.v.slice(Math.max(start, stop) * self.size));
    return null;
  }
  if (value === undefined) raiseTypeError("'array' object doesn't support item deletion");
  self.set(seqIndex(typeArray, self.length, index), value);
  return null;
};
const codeOf = (o: Obj): string => (o instanceof PyArray || o instanceof PyMemoryview ? o.code : "B");

/** Arrays compare as bytes, where their items are kept alike: of one size, no floats; for < and > unsigned as well. */
function compareArrays(op: number, self: PyArray | PyMemoryview, given: Obj): boolean | undefined {
  if (op > bc0.BINARY_MORE_EQUAL) return undefined;
  const other = nativeOf(given);
  const bytes = other === null ? undefined : bufferOf(other);
  if (bytes === undefined) return false;
  // An array is equal to arrays, bytearrays and views only.
  const isForeign = op === bc0.BINARY_EQUAL && self instanceof PyArray && (typeof other === "string" || other instanceof PyBytes);
  if (isForeign) return false;
  const [a, b] = [self.code, codeOf(other)];
  const isUnsigned = (code: string): boolean => code === code.toUpperCase();
  const isAlike = a.toLowerCase() === b.toLowerCase() && !"fd".includes(a);
  if (!isAlike || !(op === bc0.BINARY_EQUAL || isUnsigned(a) || isUnsigned(b))) raiseMsg(typeNotImplementedError, "");
  const order = compareBytes(bufferOf(self)!, bytes);
  if (op === bc0.BINARY_EQUAL) return order === 0;
  if (op === bc0.BINARY_LESS) return order < 0;
  if (op === bc0.BINARY_MORE) return order > 0;
  return op === bc0.BINARY_LESS_EQUAL ? order <= 0 : order >= 0;
}

typeArray.binaryOp = (op, self: PyArray, other) => {
  const compared = compareArrays(op, self, other);
  if (compared !== undefined) return compared;
  const right = typeof other === "string" || other === null ? undefined : bufferOf(other);
  if (right === undefined) return undefined;
  if (op === bc0.BINARY_ADD) return new PyArray(self.code, concat(self.v, right));
  if (op !== bc0.BINARY_INPLACE_ADD) return undefined;
  self.v = concat(self.v, right);
  return self;
};
// Only bytearrays can be searched; a number is not even looked for.
typeArray.contains = (self: PyArray, item) => {
  if (asFloat(item) !== undefined) raiseMsg(typeNotImplementedError, "");
  return false;
};
typeArray.proto.$append = fun("append", (self: PyArray, item: Obj) => {
  self.append([item]);
  return null;
});
typeArray.proto.$extend = fun("extend", function* (self: PyArray, other: Obj): Gen {
  const bytes = other instanceof PyArray ? other.v : undefined;
  if (bytes !== undefined) self.v = concat(self.v, bytes);
  else self.append(yield* collect(other));
  return null;
});

// ---- memoryview

class PyMemoryview extends PyObj {
  declare type: PyType;
  readonly of: Obj;
  readonly code: string;
  readonly start: number;
  readonly stop: number;
  constructor(of: Obj, code: string, start: number, stop: number) {
    super();
    allocate(1);
    this.of = of;
    this.code = code;
    this.start = start;
    this.stop = stop;
  }
  get bytes(): Uint8Array {
    return bufferOf(this.of)!.subarray(this.start, this.stop);
  }
}
PyMemoryview.prototype.type = typeMemoryview;
/** A view of the first `size` bytes of an object. */
export function newMemoryview(of: Obj, size: number): Obj {
  return new PyMemoryview(of, "B", 0, size);
}
typeMemoryview.makeNew = (type, args, kw) => {
  checkArgs(args.length, kw, 1, 1);
  const of = args[0]!;
  const bytes = of === null ? undefined : bufferOf(of);
  if (bytes === undefined) raiseTypeError("object with buffer protocol required");
  return new PyMemoryview(
    typeof of === "string" ? new PyBytes(bytes) : of,
    of instanceof PyArray ? of.code : "B",
    0,
    bytes.length,
  );
};
typeMemoryview.buffer = (self: PyMemoryview) => self.bytes;
typeMemoryview.len = (self: PyMemoryview) => (self.stop - self.start) / itemSize(self.code);
typeMemoryview.isHashable = false;
typeMemoryview.attr = (self: PyMemoryview, name) => (name === "itemsize" && !isCore() ? itemSize(self.code) : undefined);
typeMemoryview.getIter = (self: PyMemoryview) => {
  const items = new PyArray(self.code, self.bytes.slice()).items();
  return new ListIter({ items });
};
typeMemoryview.subscr = (self: PyMemoryview, index) => {
  const size = itemSize(self.code);
  const n = (self.stop - self.start) / size;
  if (index instanceof PySlice) {
    const bounds = sliceBounds(index, n);
    if (bounds.step !== 1) raiseMsg(typeNotImplementedError, "only slices with step=1 (aka None) are supported");
    return new PyMemoryview(
      self.of,
      self.code,
      self.start + bounds.start * size,
      self.start + Math.max(bounds.start, bounds.stop) * size,
    );
  }
  const { bytes } = self;
  return readValue(
    new DataView(bytes.buffer, bytes.byteOffset),
    seqIndex(typeMemoryview, n, index) * size,
    self.code,
    size,
    true,
  );
};
typeMemoryview.storeSubscr = (self: PyMemoryview, index, value) => {
  const size = itemSize(self.code);
  const n = (self.stop - self.start) / size;
  if (value === undefined || self.of instanceof PyBytes)
    raiseTypeError(`'memoryview' object doesn't support item ${value === undefined ? "deletion" : "assignment"}`);
  const { bytes } = self;
  if (index instanceof PySlice) {
    refuseSliceAssign(self, value);
    const bounds = sliceBounds(index, n);
    const source = typeof value === "string" ? undefined : bufferOf(value);
    if (source === undefined) raiseMsg(typeNotImplementedError, "array/bytes required on right side");
    if (source.length !== (bounds.stop - bounds.start) * size) raiseValueError("lhs and rhs should be compatible");
    bytes.set(source.slice(), bounds.start * size);
    return null;
  }
  writeValue(
    new DataView(bytes.buffer, bytes.byteOffset),
    seqIndex(typeMemoryview, n, index) * size,
    self.code,
    size,
    true,
    value,
  );
  return null;
};
typeMemoryview.binaryOp = (op, self: PyMemoryview, other) => compareArrays(op, self, other);
typeMemoryview.proto.$hex = fun(
  "hex",
  (self: PyMemoryview, sep: Obj = "") =>
    [...self.bytes].map((b) => b.toString(16).padStart(2, "0")).join(sep === null ? "" : decodeUtf8(bufferOf(sep)!)),
  1,
  2,
);

/** The numbers in an object's buffer: an array's by its type code, else bytes. Raises TypeError. */
export function bufferItems(o: Obj): Obj[] {
  if (o instanceof PyArray) return o.items();
  if (o instanceof PyMemoryview) return new PyArray(o.code, o.bytes.slice()).items();
  const bytes = o === null ? undefined : bufferOf(o);
  return bytes === undefined ? raiseTypeError("object with buffer protocol required") : [...bytes];
}

/** Whether an object's buffer may not be written to: bytes, and views of them. */
export function isReadOnly(o: Obj): boolean {
  return o instanceof PyBytes || (o instanceof PyMemoryview && isReadOnly(o.of));
}

register("array", { isExtensible: true, members: () => ({ array: typeArray }) });
