// uctypes: memory seen as C structures that a descriptor of tuples and dicts lays out (extmod/moductypes.c).
// A descriptor's numbers hold a type in their upper bits and an offset below.
import { getInt } from "../native.ts";
import { PyBytearray, PyBytes } from "../objects/objbytes.ts";
import { checkAllocation } from "../objects/heap.ts";
import { checkArgs, fun } from "../objects/objfun.ts";
import { PyDict } from "../objects/objdict.ts";
import { raiseArgs, raiseMsg, raiseTypeError, typeIndexError, typeKeyError } from "../objects/objexcept.ts";
import { asInt, intAdd, type Int } from "../objects/number.ts";
import { mp } from "../objects/mpstate.ts";
import { PyTuple } from "../objects/objtuple.ts";
import { nativeOf, PyObj, PyType, typeInt, typeOf, type Obj } from "../objects/obj.ts";
import { raiseRecursion } from "../vm/stackctrl.ts";
import { readBuffer } from "./buffer.ts";
import { addressOf, memoryAt } from "./memory.ts";
import { readValue, writeValue } from "./modstruct.ts";
import { register } from "./registry.ts";

const LITTLE_ENDIAN = 0;
const BIG_ENDIAN = 1;
const NATIVE = 2;

// Scalar types, in four bits; bit 0 is "signed", the two above the size. From 8 on bit fields.
const names = ["UINT8", "INT8", "UINT16", "INT16", "UINT32", "INT32", "UINT64", "INT64"];
const bitfieldNames = ["BFUINT8", "BFINT8", "BFUINT16", "BFINT16", "BFUINT32", "BFINT32"];
const UINT8 = 0;
const BF_FIRST = 8;
const BF_LAST = 13;
const FLOAT32 = 14;
const FLOAT64 = 15;
const codes = "BbHhIiQqBbHhIifd";

// Aggregates, in two bits.
const STRUCT = 0;
const PTR = 1;
const ARRAY = 2;

const OFFSET_BITS = 17;
const LEN_BITS = 22;

const encode = (type: number, bits: number): number => (type << (32 - bits)) >> 1;
const scalarType = (n: number): number => (n >> 27) & 15;
const scalarOffset = (n: number): number => n & 0x07ffffff;
const aggregateType = (n: number): number => (n >> 29) & 3;
const aggregateOffset = (n: number): number => n & 0x1fffffff;
const sizeOf = (type: number): number => (type === FLOAT32 ? 4 : 1 << ((type & 7) >> 1));

const MAX_DEPTH = 100;

function syntaxError(): never {
  raiseTypeError("syntax error in uctypes descriptor");
}

/** A number of a descriptor, as 32 bits. */
function word(o: Obj | undefined): number {
  return typeof o === "number" ? o | 0 : syntaxError();
}

class PyStruct extends PyObj {
  declare type: PyType;
  readonly address: Int;
  readonly desc: Obj;
  readonly layout: number;
  constructor(address: Int, desc: Obj, layout: number) {
    super();
    this.address = address;
    this.desc = desc;
    this.layout = layout;
  }
}
const typeStruct = new PyType("struct");
PyStruct.prototype.type = typeStruct;
typeStruct.isHashable = false;

function truncated(o: Obj): Int {
  const i = asInt(nativeOf(o));
  if (i === undefined) raiseTypeError(`can't convert ${typeOf(o).name} to int`);
  if (typeof i === "number" && i >= 0 && i < 2 ** 31) return i;
  const v = BigInt.asUintN(mp.config.smallIntBits > 31 ? 64 : 32, BigInt(i));
  return intAdd(0, v <= 9007199254740991n ? Number(v) : v);
}

typeStruct.makeNew = (type, args, kw) => {
  checkArgs(args.length, kw, 2, 3);
  return new PyStruct(truncated(args[0]!), args[1]!, args[2] === undefined ? NATIVE : getInt(args[2]));
};

typeStruct.print = (self: PyStruct) => {
  const { desc } = self;
  let kind = "ERROR";
  if (desc instanceof PyDict) kind = "STRUCT";
  else if (desc instanceof PyTuple) {
    const aggregate = aggregateType(word(desc.items[0]));
    kind = aggregate === PTR ? "PTR" : aggregate === ARRAY ? "ARRAY" : "unk";
  }
  return `<struct ${kind} ${self.address.toString(16)}>`;
};

// ---- sizes

interface Largest {
  /** Bytes of the largest scalar seen: what native structures are padded to. */
  size: number;
}

function structSize(desc: Obj, layout: number, largest: Largest, depth = 0): number {
  if (depth > MAX_DEPTH) raiseRecursion();
  if (!(desc instanceof PyDict)) {
    if (desc instanceof PyTuple) return aggregateSize(desc, layout, largest, depth);
    if (typeof desc === "number") raiseTypeError("can't unambiguously get sizeof scalar");
    syntaxError();
  }
  let total = 0;
  for (const { value } of desc.entries()) {
    let end: number;
    if (typeof value === "number") {
      const type = scalarType(value);
      const isBitfield = type >= BF_FIRST && type <= BF_LAST;
      const size = sizeOf(type);
      largest.size = Math.max(largest.size, size);
      end = (isBitfield ? scalarOffset(value) & ((1 << OFFSET_BITS) - 1) : scalarOffset(value)) + size;
    } else {
      if (!(value instanceof PyTuple)) syntaxError();
      end = aggregateOffset(word(value.items[0])) + aggregateSize(value, layout, largest, depth);
    }
    total = Math.max(total, end);
  }
  return layout === NATIVE && largest.size > 0 ? Math.ceil(total / largest.size) * largest.size : total;
}

function aggregateSize({ items }: PyTuple, layout: number, largest: Largest, depth = 0): number {
  if (items.length < 2) syntaxError();
  switch (aggregateType(word(items[0]))) {
    case STRUCT:
      return items.length === 2 ? structSize(items[1]!, layout, largest, depth + 1) : syntaxError();
    case PTR: {
      if (items.length !== 2) syntaxError();
      const size = pointerSize();
      largest.size = Math.max(largest.size, size);
      return size;
    }
    case ARRAY: {
      const count = scalarOffset(word(items[1]));
      if (items.length === 3) return structSize(items[2]!, layout, largest, depth + 1) * count;
      if (items.length !== 2) syntaxError();
      const size = sizeOf(scalarType(word(items[1])));
      largest.size = Math.max(largest.size, size);
      return size * count;
    }
    default:
      syntaxError();
  }
}

const pointerSize = (): number => (mp.config.smallIntBits > 31 ? 8 : 4);

// ---- access

const isLittle = (layout: number): boolean => layout !== BIG_ENDIAN;
const viewAt = (address: Int, size: number): DataView => {
  const bytes = memoryAt(address, size);
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
};

function load(type: number, address: Int, layout: number): Obj {
  const size = sizeOf(type);
  return readValue(viewAt(address, size), 0, codes[type]!, size, isLittle(layout));
}

function store(type: number, address: Int, layout: number, value: Obj): void {
  const size = sizeOf(type);
  writeValue(viewAt(address, size), 0, codes[type]!, size, isLittle(layout), nativeOf(value));
}

function bitfield(type: number, address: Int, bits: number, layout: number, value: Obj | undefined): Obj {
  const at = (bits >> OFFSET_BITS) & 31;
  const length = (bits >> LEN_BITS) & 31;
  const mask = 2 ** length - 1;
  // Unsigned, whatever the type says.
  const basic = type & 6;
  const old = Number(load(basic, address, layout));
  if (value === undefined) return Math.floor(old / 2 ** at) % (mask + 1);
  const part = BigInt.asUintN(length, BigInt(getInt(value))) << BigInt(at);
  const kept = BigInt(old) & ~(BigInt(mask) << BigInt(at));
  store(basic, address, layout, intAdd(Number(kept | part), 0));
  return null;
}

function pointed(self: PyStruct): Int {
  return truncated(load(pointerSize() === 8 ? 6 : 4, self.address, NATIVE));
}

/** Loads a field, or stores it if there is a value. */
function field(self: PyStruct, name: string, value: Obj | undefined): Obj {
  if (!(self.desc instanceof PyDict)) raiseTypeError("struct: no fields");
  const entry = self.desc.getStr(name);
  if (entry === undefined) raiseArgs(typeKeyError, name);
  if (typeof entry === "number") {
    const type = scalarType(entry);
    const offset = scalarOffset(entry);
    if (type >= BF_FIRST && type <= BF_LAST) {
      const address = intAdd(self.address, offset & ((1 << OFFSET_BITS) - 1));
      return bitfield(type, address, offset, self.layout, value);
    }
    const address = intAdd(self.address, offset);
    if (value === undefined) return load(type, address, self.layout);
    store(type, address, self.layout, value);
    return null;
  }
  if (!(entry instanceof PyTuple) || value !== undefined) syntaxError();
  const head = word(entry.items[0]);
  const address = intAdd(self.address, aggregateOffset(head));
  switch (aggregateType(head)) {
    case STRUCT:
      return new PyStruct(address, entry.items[1] ?? syntaxError(), self.layout);
    case ARRAY:
      // An array of bytes is a bytearray over them.
      if (entry.items.length === 2 && scalarType(word(entry.items[1])) === UINT8)
        return new PyBytearray(memoryAt(address, aggregateSize(entry, self.layout, { size: 0 })));
      return new PyStruct(address, entry, self.layout);
    case PTR:
      return new PyStruct(address, entry, self.layout);
    default:
      return null;
  }
}

typeStruct.attr = (self: PyStruct, name) => field(self, name, undefined);
// Deleting a field only looks it up.
typeStruct.storeAttr = (self: PyStruct, name, value) => {
  field(self, name, value);
  return null;
};

function item(self: PyStruct, index: Obj, value: Obj | undefined): Obj {
  if (!(self.desc instanceof PyTuple)) raiseTypeError("struct: can't index");
  const { items } = self.desc;
  const i = getInt(index);
  const aggregate = aggregateType(word(items[0]));
  const element = (base: Int, desc: Obj | undefined): Obj => {
    if (value !== undefined) raiseTypeError("'struct' object doesn't support item assignment");
    if (desc === undefined) syntaxError();
    return new PyStruct(intAdd(base, structSize(desc, self.layout, { size: 0 }) * i), desc, self.layout);
  };
  if (aggregate === ARRAY) {
    const shape = word(items[1]);
    if (i >= scalarOffset(shape)) raiseMsg(typeIndexError, "struct: index out of range");
    if (items.length !== 2) return element(self.address, items[2]);
    const type = scalarType(shape);
    const address = intAdd(self.address, sizeOf(type) * i);
    if (value === undefined) return load(type, address, self.layout);
    store(type, address, self.layout, value);
    return null;
  }
  if (aggregate !== PTR) syntaxError();
  const target = items[1];
  if (typeof target !== "number") return element(pointed(self), target);
  const type = scalarType(target);
  return load(type, intAdd(pointed(self), sizeOf(type) * i), NATIVE);
}

typeStruct.subscr = (self: PyStruct, index) => item(self, index, undefined);
typeStruct.storeSubscr = (self: PyStruct, index, value) =>
  value === undefined ? raiseTypeError("'struct' object doesn't support item deletion") : item(self, index, value);

// int() of a pointer is where it points to; of other structures, the number that their bytes spell.
typeStruct.proto.$__int__ = fun("__int__", (self: PyStruct) =>
  self.desc instanceof PyTuple && aggregateType(word(self.desc.items[0])) === PTR
    ? pointed(self)
    : typeInt.makeNew!(typeInt, [new PyBytes(readBuffer(self))], null),
);

typeStruct.buffer = (self: PyStruct) => memoryAt(self.address, structSize(self.desc, self.layout, { size: 0 }));

function sizeof(o: Obj, layout?: Obj): Obj {
  if (o instanceof PyBytearray) return o.v.length;
  if (!(o instanceof PyStruct)) return structSize(o, layout === undefined ? NATIVE : getInt(layout), { size: 0 });
  if (layout !== undefined) raiseTypeError("");
  return structSize(o.desc, o.layout, { size: 0 });
}

function memory(address: Obj, size: Obj): Uint8Array {
  const n = getInt(size);
  checkAllocation(n < 0 ? Infinity : n);
  return memoryAt(truncated(address), n);
}

const scalar = (type: number): number => encode(type, 4);

register("uctypes", {
  isExtensible: false,
  when: (config) => config.romLevel !== "core",
  members: () => {
    const word64 = mp.config.smallIntBits > 31;
    return {
      struct: typeStruct,
      sizeof: fun("sizeof", sizeof, 1, 2),
      addressof: fun("addressof", (o: Obj) => addressOf(readBuffer(o))),
      bytes_at: fun("bytes_at", (address: Obj, size: Obj) => new PyBytes(memory(address, size).slice())),
      bytearray_at: fun("bytearray_at", (address: Obj, size: Obj) => new PyBytearray(memory(address, size))),
      NATIVE,
      LITTLE_ENDIAN,
      BIG_ENDIAN,
      VOID: scalar(UINT8),
      ...Object.fromEntries(names.map((name, type) => [name, scalar(type)])),
      ...Object.fromEntries(bitfieldNames.map((name, i) => [name, scalar(BF_FIRST + i)])),
      BF_POS: OFFSET_BITS,
      BF_LEN: LEN_BITS,
      FLOAT32: scalar(FLOAT32),
      FLOAT64: scalar(FLOAT64),
      SHORT: scalar(3),
      USHORT: scalar(2),
      INT: scalar(5),
      UINT: scalar(4),
      LONG: scalar(word64 ? 7 : 5),
      ULONG: scalar(word64 ? 6 : 4),
      LONGLONG: scalar(7),
      ULONGLONG: scalar(6),
      PTR: encode(PTR, 2),
      ARRAY: encode(ARRAY, 2),
    };
  },
});
