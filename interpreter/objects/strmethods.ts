// str, bytes and bytearray: what they share (py/objstr.c). bytes go through the same text algorithms, one character a byte.
import { isCore, refuseSliceAssign } from "./features.ts";
import * as bc0 from "../bytecode/bc0.ts";
import { collect, IndexIter, ListIter } from "../vm/iter.ts";
import { compareStrings, isPlain, relation, strLength } from "../vm/operator.ts";
import { strOf } from "../vm/print.ts";
import { formatString, percentFormat } from "./format.ts";
import { strHash } from "./hash.ts";
import { allocate, allocateText, checkAllocation } from "./heap.ts";
import { asInt, machineWord } from "./number.ts";
import { PyFloat } from "./objfloat.ts";
import { bufferOf, decodeUtf8, encodeUtf8, fromLatin1, isUtf8, latin1, PyBytearray, PyBytes } from "./objbytes.ts";
import { checkArgs, fun, funVar } from "./objfun.ts";
import { PyList, PySlice, seqIndex, sliceBounds } from "./objlist.ts";
import {
  raiseMsg,
  raiseTypeError,
  raiseValueError,
  typeIndexError,
  typeNotImplementedError,
  typeUnicodeError,
  typeLookupError,
} from "./objexcept.ts";
import { PyTuple } from "./objtuple.ts";
import { PyStaticmethod } from "./objtype.ts";
import { mp } from "./mpstate.ts";
import {
  isPending,
  PyInstance,
  typeArray,
  typeBytearray,
  typeBytes,
  typeOf,
  typeStr,
  type Gen,
  type Kw,
  type Obj,
  type PyType,
  type Step,
} from "./obj.ts";

/** The text of a str, or of a bytes-like object as one character a byte. */
export function textOf(o: Obj): string {
  if (typeof o === "string") return o;
  if (o instanceof PyInstance && o.subobj !== undefined) return textOf(o.subobj);
  return latin1(bufferOf(o)!);
}

/** `text` as an object of the same type as `like`. */
function sameKind(like: Obj, text: string): Obj {
  if (typeof like === "string") return text;
  const bytes = fromLatin1(text);
  return like instanceof PyBytearray ? new PyBytearray(bytes) : new PyBytes(bytes);
}

function implicitError(o: Obj, to: string): never {
  raiseTypeError(`can't convert '${typeOf(o).name}' object to ${to} implicitly`);
}

/** An argument that must be of the same kind (str to str, bytes-like to bytes). */
function argText(self: Obj, arg: Obj): string {
  if (typeof self === "string") {
    if (typeof arg === "string") return arg;
    if (arg instanceof PyInstance && typeof arg.subobj === "string") return arg.subobj;
    implicitError(arg, "str");
  }
  if (typeof arg === "string") implicitError(arg, "bytes");
  if (bufferOf(arg) === undefined) implicitError(arg, "str");
  return latin1(bufferOf(arg)!);
}

function points(text: string): string[] {
  return [...text];
}

/** Code-point index to UTF-16 index and back; the same number where no surrogates are. */
function unitIndex(text: string, index: number): number {
  return isPlain(text) ? index : points(text).slice(0, index).join("").length;
}
function pointIndex(text: string, index: number): number {
  return isPlain(text) ? index : strLength(text.slice(0, index));
}

export function repeatText(text: string, times: Obj): string {
  const n = Math.max(0, machineWord(asInt(times) ?? 0));
  allocateText(text.length * n);
  return text.repeat(n);
}

// ---- str

typeStr.makeNew = (type, args, kw) => {
  refuseKeywords(kw);
  checkArgs(args.length, kw, 0, 3);
  if (args.length === 0) return "";
  if (args.length === 1) {
    if (typeof args[0] !== "string") allocate(1);
    return strOf(args[0]!);
  }
  const bytes = typeof args[0] === "string" ? encodeUtf8(args[0]) : args[0] === null ? undefined : bufferOf(args[0]!);
  if (bytes === undefined) raiseTypeError("object with buffer protocol required");
  return decodeAs(bytes, args[1]!, args[2]);
};

// str and bytes take their encoding by place only.
function refuseKeywords(kw: Kw | null): void {
  if (kw !== null && kw.size > 0)
    raiseMsg(typeNotImplementedError, "keyword argument(s) not implemented - use normal args instead");
}

/** Whether an encoding is ASCII rather than UTF-8. Raises LookupError for others; older releases never look. */
function isAscii(encoding: Obj): boolean {
  const name = textOf(encoding);
  if (mp.config.release !== "1.28" || name === "utf-8" || name === "utf8") return false;
  return name === "ascii" || raiseMsg(typeLookupError, `unknown encoding: ${name}`);
}

/** Bytes as text. `errors` "ignore" leaves out what is no character, "replace" puts U+FFFD there; else it raises UnicodeError. */
function decodeAs(bytes: Uint8Array, encoding: Obj = "utf-8", errors: Obj = null): string {
  const ascii = isAscii(encoding);
  if (ascii ? !bytes.some((byte) => byte >= 0x80) : isUtf8(bytes)) return decodeUtf8(bytes);
  if (mp.config.release !== "1.28" || (errors !== "ignore" && errors !== "replace")) raiseMsg(typeUnicodeError, "");
  let out = "";
  for (let i = 0; i < bytes.length;) {
    const c = bytes[i]!;
    const need = c >= 0xc0 && c < 0xf8 && !ascii ? (0xe5 >> ((c >> 3) & 6)) & 3 : 0;
    let end = i + 1;
    while (end <= i + need && ((bytes[end] ?? 0) & 0xc0) === 0x80) end++;
    if (c < 0x80 || (need > 0 && end === i + need + 1)) out += decodeUtf8(bytes.subarray(i, end));
    else if (errors === "replace") out += "\ufffd";
    i = end;
  }
  return out;
}

function encodeAs(text: string, encoding: Obj = "utf-8"): PyBytes {
  const bytes = encodeUtf8(text);
  if (isAscii(encoding) && bytes.some((byte) => byte >= 0x80)) raiseMsg(typeUnicodeError, "");
  return new PyBytes(bytes.slice());
}

typeStr.len = (self: string) => strLength(self);
typeStr.getIter = (self: string) => {
  const items = points(self);
  return new ListIter({ items });
};
typeStr.subscr = (self: string, index) => {
  if (index instanceof PySlice) {
    const plain = isPlain(self);
    const items = plain ? self : points(self);
    const { start, stop, step } = sliceBounds(index, items.length);
    if (step !== 1) raiseMsg(typeNotImplementedError, "only slices with step=1 (aka None) are supported");
    return typeof items === "string" ? items.slice(start, stop) : items.slice(start, stop).join("");
  }
  if (typeof index !== "number" && asInt(index) === undefined)
    raiseTypeError(`string indices must be integers, not ${typeOf(index).name}`);
  const plain = isPlain(self);
  const n = plain ? self.length : strLength(self);
  let i = Number(asInt(index)!);
  if (i < 0) i += n;
  if (i < 0 || i >= n)
    raiseMsg(typeIndexError, mp.config.release === "1.28" ? "string index out of range" : "string index out of range");
  return plain ? self[i]! : points(self)[i]!;
};
typeStr.contains = (self: string, item) =>
  self.includes(
    typeof item === "string"
      ? item
      : item instanceof PyInstance && typeof item.subobj === "string"
        ? item.subobj
        : implicitError(item, "str"),
  );
typeStr.binaryOp = (op, self: string, other) => {
  switch (op) {
    case bc0.BINARY_ADD:
    case bc0.BINARY_INPLACE_ADD:
      return typeof other === "string" ? self + other : implicitAdd(other, "str");
    case bc0.BINARY_MULTIPLY:
    case bc0.BINARY_INPLACE_MULTIPLY:
      return asInt(other) === undefined ? undefined : repeatText(self, other);
    case bc0.BINARY_MODULO:
    case bc0.BINARY_INPLACE_MODULO:
      return percentFormat(self, other, false);
    case bc0.BINARY_EQUAL:
      return self === other;
    default:
      if (typeof other !== "string") return implicitAdd(other, "str");
      return op < bc0.BINARY_IN ? relation(op, compareStrings(self, other)) : undefined;
  }
};

// "a" + 1: old releases say what could not be converted, new ones that the types do not go together
function implicitAdd(other: Obj, to: string): undefined {
  if (mp.config.release !== "1.28") implicitError(other, to);
  return undefined;
}

// ---- bytes

function bytesFrom(type: PyType, args: Obj[], make: (bytes: Uint8Array) => Obj): Step {
  if (args.length === 0) return make(new Uint8Array(0));
  const source = args[0]!;
  if (typeof source === "string") {
    if (args.length < 2 && (mp.config.release === "1.28" || type === typeBytes))
      raiseTypeError(isCore() ? "wrong number of arguments" : "string argument without an encoding");
    return make(encodeUtf8(source).slice());
  }
  if (args.length > 1) raiseTypeError("wrong number of arguments");
  const n = asInt(source);
  if (n !== undefined && typeof source !== "boolean") {
    // Only a small int is a length for bytes(); any other is taken for an iterable.
    if (type === typeBytes && Math.abs(Number(n)) >= 2 ** (mp.config.smallIntBits - 1))
      raiseTypeError("'int' object isn't iterable");
    machineWord(n);
    if (n < 0 && type === typeBytes) raiseValueError("");
    // An array of so many items has no end before memory has.
    if (n < 0) checkAllocation(2 ** (mp.config.smallIntBits + 1) + Number(n));
    checkAllocation(Number(n));
    return make(new Uint8Array(Number(n)));
  }
  const buffer = bufferOf(source);
  if (buffer !== undefined) return make(buffer.slice());
  return (function* (): Gen {
    const items = yield* collect(source);
    const bytes = new Uint8Array(items.length);
    for (const [i, item] of items.entries()) {
      const v = asInt(item);
      if (v === undefined) raiseTypeError(`can't convert ${typeOf(item).name} to int`);
      if (type === typeBytes) machineWord(v);
      if (type === typeBytes && (v < 0 || v > 255)) raiseValueError("bytes value out of range");
      bytes[i] = Number(BigInt.asUintN(8, BigInt(v)));
    }
    return make(bytes);
  })();
}

typeBytes.makeNew = (type, args, kw) => {
  refuseKeywords(kw);
  checkArgs(args.length, kw, 0, 3);
  if (typeof args[0] === "string" && args.length > 1) return encodeAs(args[0], args[1]);
  if (args[0] instanceof PyInstance) {
    const convert = args[0].type.find("$__bytes__");
    void convert;
  }
  return bytesFrom(typeBytes, args, (bytes) => new PyBytes(bytes));
};
typeBytearray.makeNew = (type, args, kw) => {
  checkArgs(args.length, kw, 0, 3);
  return bytesFrom(typeBytearray, args, (bytes) => new PyBytearray(bytes));
};

for (const type of [typeBytes, typeBytearray]) {
  type.len = (self: PyBytes) => self.v.length;
  type.buffer = (self: PyBytes) => self.v;
  type.getIter = (self: PyBytes | PyBytearray) => new IndexIter((i) => self.v[i]);
  type.subscr = (self: PyBytes, index) => {
    if (index instanceof PySlice) return sameKind(self, textOf(sameKindSlice(self, index)));
    return self.v[seqIndex(type, self.v.length, index)]!;
  };
  type.contains = (self: PyBytes, item) => {
    const i = asInt(item);
    // A bytearray looks for no numbers.
    if (self instanceof PyBytearray && ((i !== undefined && typeof item !== "boolean") || item instanceof PyFloat))
      raiseMsg(typeNotImplementedError, "");
    if (i !== undefined) return self.v.includes(Number(i));
    if (item instanceof PyFloat) return Number.isInteger(item.v) && item.v >= 0 && self.v.includes(item.v);
    if (typeof item !== "string" && bufferOf(item) === undefined) return false;
    return textOf(self).includes(typeof item === "string" ? latin1(encodeUtf8(item)) : argText(self, item));
  };
  type.binaryOp = (op, self: PyBytes | PyBytearray, other) => {
    switch (op) {
      case bc0.BINARY_ADD:
      case bc0.BINARY_INPLACE_ADD: {
        if (self instanceof PyBytearray && op === bc0.BINARY_INPLACE_ADD) return extendBytes(self, other);
        const right = typeof other === "string" ? encodeUtf8(other) : bufferOf(other);
        if (right === undefined) {
          if (self instanceof PyBytes) return implicitAdd(other, "bytes");
          raiseTypeError("object with buffer protocol required");
        }
        if (self instanceof PyBytes && other instanceof PyBytes && (self.v.length === 0 || right.length === 0))
          return right.length === 0 ? self : other;
        return self instanceof PyBytearray ? new PyBytearray(concat(self.v, right)) : new PyBytes(concat(self.v, right));
      }
      case bc0.BINARY_MULTIPLY:
      case bc0.BINARY_INPLACE_MULTIPLY:
        if (self instanceof PyBytearray) return undefined;
        return asInt(other) === undefined ? undefined : sameKind(self, repeatText(textOf(self), other));
      case bc0.BINARY_MODULO:
      case bc0.BINARY_INPLACE_MODULO:
        if (self instanceof PyBytearray) return undefined;
        return (function* (): Gen {
          return sameKind(self, yield* percentFormat(textOf(self), other, true));
        })();
      default: {
        if (op >= bc0.BINARY_IN) return undefined;
        // An array of numbers is equal to arrays only.
        const isArray = op === bc0.BINARY_EQUAL && self instanceof PyBytes && typeOf(other) === typeArray;
        const right = typeof other === "string" ? encodeUtf8(other) : isArray ? undefined : bufferOf(other);
        if (op === bc0.BINARY_EQUAL && typeof other === "string" && self instanceof PyBytes) return false;
        if (right === undefined) return op === bc0.BINARY_EQUAL || self instanceof PyBytearray ? false : undefined;
        const sign = compareBytes(self.v, right);
        return op === bc0.BINARY_EQUAL ? sign === 0 : relation(op, sign);
      }
    }
  };
}
typeBytes.hash = (self: PyBytes) => strHash(self.v);
typeBytearray.isHashable = false;

function sameKindSlice(self: PyBytes | PyBytearray, index: PySlice): Obj {
  const bounds = sliceBounds(index, self.v.length);
  if (bounds.step !== 1) raiseMsg(typeNotImplementedError, "only slices with step=1 (aka None) are supported");
  const bytes = self.v.slice(bounds.start, bounds.stop);
  return self instanceof PyBytearray ? new PyBytearray(bytes) : new PyBytes(bytes);
}

export function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  checkAllocation(a.length + b.length);
  const out = new Uint8Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}

export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}

typeBytearray.storeSubscr = (self: PyBytearray, index, value) => {
  if (index instanceof PySlice) {
    refuseSliceAssign(self, value);
    const bounds = sliceBounds(index, self.v.length);
    if (bounds.step !== 1) raiseMsg(typeNotImplementedError, "only slices with step=1 (aka None) are supported");
    if (value !== undefined && (typeof value === "string" || bufferOf(value) === undefined))
      raiseMsg(typeNotImplementedError, "array/bytes required on right side");
    const middle = value === undefined ? new Uint8Array(0) : bufferOf(value)!;
    if (middle.length === Math.max(0, bounds.stop - bounds.start)) self.v.set(middle, bounds.start);
    else self.v = concat(concat(self.v.slice(0, bounds.start), middle), self.v.slice(Math.max(bounds.start, bounds.stop)));
    return null;
  }
  if (value === undefined) raiseTypeError(`'${self.type.name}' object doesn't support item deletion`);
  const at = seqIndex(typeBytearray, self.v.length, index);
  const v = asInt(value);
  if (v === undefined) raiseTypeError(`can't convert ${typeOf(value).name} to int`);
  self.v[at] = Number(BigInt.asUintN(8, BigInt(v)));
  return null;
};
typeBytearray.proto.$append = fun("append", (self: PyBytearray, item: Obj) => {
  const v = asInt(item);
  if (v === undefined) raiseTypeError(`can't convert ${typeOf(item).name} to int`);
  self.v = concat(self.v, Uint8Array.of(Number(BigInt.asUintN(8, BigInt(v)))));
  return null;
});
typeBytearray.proto.$extend = fun("extend", (self: PyBytearray, other: Obj) => {
  const step = extendBytes(self, other);
  return isPending(step) ? discard(step as Gen) : null;
});

function* discard(step: Gen): Gen {
  yield* step;
  return null;
}

/** Adds what a buffer holds or what an iterable gives, in place. */
function extendBytes(self: PyBytearray, other: Obj): Step {
  const buffer = typeof other === "string" ? encodeUtf8(other) : bufferOf(other);
  if (buffer !== undefined) {
    self.v = concat(self.v, buffer);
    return self;
  }
  return (function* (): Gen {
    // What came before the wrong one stays.
    const bytes: number[] = [];
    try {
      for (const item of yield* collect(other)) {
        const n = asInt(item);
        if (n === undefined) raiseTypeError(`can't convert ${typeOf(item).name} to int`);
        bytes.push(Number(BigInt.asUintN(8, BigInt(n))));
      }
    } finally {
      self.v = concat(self.v, Uint8Array.from(bytes));
    }
    return self;
  })();
}

// ---- methods of all three

type Method = (self: Obj, text: string, ...args: Obj[]) => Step;

function method(
  name: string,
  body: Method,
  min: number,
  max = min,
  types: readonly PyType[] = [typeStr, typeBytes, typeBytearray],
): void {
  for (const type of types)
    type.proto[`$${name}`] = fun(name, (self: Obj, ...args: Obj[]) => body(self, textOf(self), ...args), min + 1, max + 1);
}

/** [start, stop) of a search, as UTF-16 indices. */
function range(text: string, start: Obj | undefined, stop: Obj | undefined): [number, number] {
  const n = strLength(text);
  const from = start === undefined || start === null ? 0 : seqIndex(typeStr, n, start, true);
  const to = stop === undefined || stop === null ? n : seqIndex(typeStr, n, stop, true);
  return [unitIndex(text, from), unitIndex(text, Math.max(from, to))];
}

function findIn(self: Obj, text: string, arg: Obj, start: Obj | undefined, stop: Obj | undefined, fromRight: boolean): number {
  const i = typeof self === "string" ? undefined : asInt(arg);
  if (i !== undefined && (i < 0 || i > 255)) raiseValueError("bytes value out of range");
  const needle = i === undefined ? argText(self, arg) : String.fromCharCode(Number(i) & 0xff);
  const [from, to] = range(text, start, stop);
  const part = text.slice(from, to);
  const at = fromRight ? part.lastIndexOf(needle) : part.indexOf(needle);
  return at < 0 ? -1 : pointIndex(text, from + at);
}

method("find", (self, text, arg, start, stop) => findIn(self, text, arg!, start, stop, false), 1, 3);
method("rfind", (self, text, arg, start, stop) => findIn(self, text, arg!, start, stop, true), 1, 3);
const indexOrRaise = (at: number): number => (at < 0 ? raiseValueError("substring not found") : at);
method("index", (self, text, arg, start, stop) => indexOrRaise(findIn(self, text, arg!, start, stop, false)), 1, 3);
method("rindex", (self, text, arg, start, stop) => indexOrRaise(findIn(self, text, arg!, start, stop, true)), 1, 3);
method(
  "count",
  (self, text, arg, start, stop) => {
    const needle = argText(self, arg!);
    const [from, to] = range(text, start, stop);
    const part = text.slice(from, to);
    if (needle === "") return strLength(part) + 1;
    return part.split(needle).length - 1;
  },
  1,
  3,
);

function startsOrEnds(
  self: Obj,
  text: string,
  arg: Obj,
  start: Obj | undefined,
  stop: Obj | undefined,
  test: (part: string, affix: string) => boolean,
): boolean {
  const [from, to] = range(text, start, stop);
  const part = text.slice(from, to);
  const affixes = arg instanceof PyTuple && mp.config.release === "1.28" ? arg.items : [arg];
  // The other kind of text will do here.
  return affixes.some((affix) =>
    test(
      part,
      typeof self === "string" && affix instanceof PyBytes
        ? decodeUtf8(affix.v)
        : typeof affix === "string" && typeof self !== "string"
          ? latin1(encodeUtf8(affix))
          : argText(self, affix),
    ),
  );
}
method(
  "startswith",
  (self, text, arg, start, stop) => startsOrEnds(self, text, arg!, start, stop, (part, affix) => part.startsWith(affix)),
  1,
  3,
);
method(
  "endswith",
  (self, text, arg, start, stop) => startsOrEnds(self, text, arg!, start, stop, (part, affix) => part.endsWith(affix)),
  1,
  3,
);

const WHITESPACE = " \t\n\r\v\f";

function strip(self: Obj, text: string, chars: Obj | undefined, left: boolean, right: boolean): Obj {
  const set = chars === undefined || chars === null ? WHITESPACE : argText(self, chars);
  let from = 0;
  let to = text.length;
  if (left) while (from < to && set.includes(text[from]!)) from++;
  if (right) while (to > from && set.includes(text[to - 1]!)) to--;
  if (from === 0 && to === text.length && !(self instanceof PyBytearray)) return self;
  // Where nothing is left MicroPython has one empty bytes object for all.
  if (from === to && self instanceof PyBytearray) return new PyBytes(new Uint8Array(0));
  return sameKind(self, text.slice(from, to));
}
method("strip", (self, text, chars) => strip(self, text, chars, true, true), 0, 1);
method("lstrip", (self, text, chars) => strip(self, text, chars, true, false), 0, 1);
method("rstrip", (self, text, chars) => strip(self, text, chars, false, true), 0, 1);

function splitText(self: Obj, text: string, sep: Obj | undefined, most: number): string[] {
  if (sep === undefined || sep === null) {
    const out: string[] = [];
    let i = 0;
    for (;;) {
      while (i < text.length && WHITESPACE.includes(text[i]!)) i++;
      if (i >= text.length) return out;
      if (most >= 0 && out.length >= most) {
        out.push(text.slice(i));
        return out;
      }
      const from = i;
      while (i < text.length && !WHITESPACE.includes(text[i]!)) i++;
      out.push(text.slice(from, i));
    }
  }
  const by = argText(self, sep);
  if (by === "") raiseValueError("empty separator");
  const parts = text.split(by);
  if (most < 0 || parts.length <= most + 1) return parts;
  return [...parts.slice(0, most), parts.slice(most).join(by)];
}
const count = (o: Obj | undefined): number =>
  o === undefined || o === null ? -1 : Number(asInt(o) ?? raiseTypeError(`can't convert ${typeOf(o).name} to int`));
method(
  "split",
  (self, text, sep, most) => new PyList(splitText(self, text, sep, count(most)).map((part) => sameKind(self, part))),
  0,
  2,
);
method(
  "rsplit",
  (self, text, sep, most) => {
    const limit = count(most);
    if (limit < 0) return new PyList(splitText(self, text, sep, -1).map((part) => sameKind(self, part)));
    if (sep === undefined || sep === null) raiseMsg(typeNotImplementedError, "rsplit(None,n)");
    const by = argText(self, sep);
    if (by === "") raiseValueError("empty separator");
    const parts = text.split(by);
    const head =
      parts.length > limit + 1 ? [parts.slice(0, parts.length - limit).join(by), ...parts.slice(parts.length - limit)] : parts;
    return new PyList(head.map((part) => sameKind(self, part)));
  },
  0,
  2,
);
const keepEnds = [typeStr, typeBytes, typeBytearray];
for (const type of keepEnds) {
  type.proto.$splitlines = funVar(
    "splitlines",
    (args, kw) => {
      const self = args[0]!;
      const keep = (args[1] ?? kw?.get("keepends") ?? false) === true;
      const lines = textOf(self).match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
      return new PyList(lines.map((line) => sameKind(self, keep ? line : line.replace(/[\r\n]+$/, ""))));
    },
    1,
    2,
  );
}

function partition(self: Obj, text: string, sep: Obj, fromRight: boolean): Obj {
  const by = argText(self, sep);
  if (by === "") raiseValueError("empty separator");
  const at = fromRight ? text.lastIndexOf(by) : text.indexOf(by);
  const empty = sameKind(self, "");
  if (at < 0) return new PyTuple(fromRight ? [empty, empty, self] : [self, empty, empty]);
  return new PyTuple([text.slice(0, at), by, text.slice(at + by.length)].map((part) => sameKind(self, part)));
}
method("partition", (self, text, sep) => partition(self, text, sep!, false), 1);
method("rpartition", (self, text, sep) => partition(self, text, sep!, true), 1);

method(
  "replace",
  (self, text, old, by, most) => {
    const from = argText(self, old!);
    const to = argText(self, by!);
    const limit = count(most);
    if (limit === 0) return self;
    if (from === "") {
      const chars = points(text);
      const n = limit < 0 ? chars.length + 1 : Math.min(limit, chars.length + 1);
      return sameKind(self, chars.map((c, i) => (i < n ? to : "") + c).join("") + (n > chars.length ? to : ""));
    }
    const parts = text.split(from);
    if (limit < 0 || parts.length <= limit + 1) return sameKind(self, parts.join(to));
    return sameKind(self, parts.slice(0, limit + 1).join(to) + from + parts.slice(limit + 1).join(from));
  },
  2,
  3,
);

const joinItems = (self: Obj, text: string, items: readonly Obj[]): Obj =>
  sameKind(
    self,
    items
      .map((item) => {
        if (
          typeof self === "string"
            ? typeof item !== "string" && !(item instanceof PyInstance && typeof item.subobj === "string")
            : typeof item === "string" || item === null || bufferOf(item) === undefined
        ) {
          raiseTypeError("join expects a list of str/bytes objects consistent with self object");
        }
        return textOf(item);
      })
      .join(text),
  );
method(
  "join",
  (self, text, iterable) =>
    (function* (): Gen {
      return joinItems(self, text, yield* collect(iterable!));
    })(),
  1,
);

const NOT_ASCII = /[^\0-\x7f]/;
const lower = (c: string): string => c.toLowerCase();
const upper = (c: string): string => c.toUpperCase();
method("lower", (self, text) => sameKind(self, NOT_ASCII.test(text) ? text.replace(/[A-Z]+/g, lower) : text.toLowerCase()), 0);
method("upper", (self, text) => sameKind(self, NOT_ASCII.test(text) ? text.replace(/[a-z]+/g, upper) : text.toUpperCase()), 0);
method("isspace", (self, text) => /^[ \t\n\r\v\f]+$/.test(text), 0);
method("isalpha", (self, text) => /^[A-Za-z]+$/.test(text), 0);
method("isdigit", (self, text) => /^[0-9]+$/.test(text), 0);
method("isupper", (self, text) => /[A-Z]/.test(text) && !/[a-z]/.test(text), 0);
method("islower", (self, text) => /[a-z]/.test(text) && !/[A-Z]/.test(text), 0);
method(
  "center",
  (self, text, width) => {
    const n = strLength(text);
    const missing = count(width) - n;
    if (missing <= 0) return self;
    const left = missing >> 1;
    return sameKind(self, " ".repeat(left) + text + " ".repeat(missing - left));
  },
  1,
);
method("encode", (self, text, encoding) => encodeAs(text, encoding), 0, 2, [typeStr]);
method("decode", (self, text, encoding, errors) => decodeAs(bufferOf(self)!, encoding, errors), 0, 2, [typeBytes, typeBytearray]);
typeStr.proto.$format = funVar("format", (args, kw) => formatString(textOf(args[0]!), args.slice(1), kw), 1);
typeBytes.proto.$format = typeBytearray.proto.$format = funVar(
  "format",
  function* (args, kw): Gen {
    return sameKind(args[0]!, yield* formatString(textOf(args[0]!), args.slice(1), kw));
  },
  1,
);
for (const type of [typeBytes, typeBytearray]) {
  type.proto.$hex = fun(
    "hex",
    (self: PyBytes, sep: Obj = null) => {
      const by = sep === null ? "" : textOf(sep);
      return [...self.v].map((byte) => byte.toString(16).padStart(2, "0")).join(by);
    },
    1,
    2,
  );
  type.proto.$fromhex = new PyStaticmethod(
    fun("fromhex", (text: Obj) => {
      // Space may stand between bytes, not within one.
      const digits = textOf(text).replace(/^\s+|([0-9a-fA-F]{2})\s+/g, "$1");
      if (digits.length % 2 !== 0 || /[^0-9a-fA-F]/.test(digits)) raiseValueError("non-hex digit");
      const bytes = Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
      return type === typeBytes ? new PyBytes(bytes) : new PyBytearray(bytes);
    }),
  );
}
