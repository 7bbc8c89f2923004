// struct: packing numbers into bytes (py/modstruct.c, py/binary.c).
import { asFloat, asInt, int, type Int } from "../objects/number.ts";
import { bufferOf, decodeUtf8, encodeUtf8, PyBytes } from "../objects/objbytes.ts";
import { fun } from "../objects/objfun.ts";
import { PyFloat } from "../objects/objfloat.ts";
import { PyTuple } from "../objects/objtuple.ts";
import { raiseTypeError, raiseValueError } from "../objects/objexcept.ts";
import { mp } from "../objects/mpstate.ts";
import { nativeOf, PyObj, typeOf, type Obj } from "../objects/obj.ts";
import { textAt } from "./memory.ts";
import { register } from "./registry.ts";

interface Field {
  readonly code: string;
  readonly size: number;
  readonly offset: number;
  /** Bytes of a string field; 1 otherwise. */
  readonly count: number;
}
interface Layout {
  readonly fields: readonly Field[];
  readonly size: number;
  readonly littleEndian: boolean;
}

function sizeOf(code: string, isNative: boolean): number {
  const word = mp.config.smallIntBits > 31 ? 8 : 4;
  switch (code) {
    case "b":
    case "B":
    case "c":
    case "s":
    case "x":
    case "?":
      return 1;
    case "h":
    case "H":
    case "e":
      return 2;
    case "i":
    case "I":
    case "f":
      return 4;
    case "l":
    case "L":
      return isNative ? word : 4;
    case "q":
    case "Q":
    case "d":
      return 8;
    case "P":
    case "O":
    case "S":
      return word;
    default:
      raiseValueError("bad typecode");
  }
}

function layoutOf(format: Obj): Layout {
  const given = nativeOf(format);
  if (typeof given !== "string" && !(given instanceof PyBytes))
    raiseTypeError(`can't convert '${typeOf(format).name}' object to str implicitly`);
  let text = typeof given === "string" ? given : decodeUtf8(given.v);
  let order = "@";
  if ("@=<>!".includes(text[0] ?? "x")) {
    order = text[0]!;
    text = text.slice(1);
  }
  const isNative = order === "@";
  const fields: Field[] = [];
  let offset = 0;
  for (let i = 0; i < text.length; i++) {
    let count = 1;
    const digits = /^\d+/.exec(text.slice(i));
    if (digits !== null) {
      count = Number(digits[0]);
      i += digits[0].length;
    }
    const code = text[i];
    // A count without a type.
    if (code === undefined) {
      if (digits !== null) raiseValueError("bad typecode");
      break;
    }
    const size = sizeOf(code, isNative);
    if (code === "s" || code === "x") {
      if (code === "s") fields.push({ code, size: count, offset, count });
      offset += count;
      continue;
    }
    for (let k = 0; k < count; k++) {
      if (isNative) offset = Math.ceil(offset / size) * size;
      fields.push({ code, size, offset, count: 1 });
      offset += size;
    }
  }
  return { fields, size: offset, littleEndian: order !== ">" && order !== "!" };
}

/** Objects that were packed, by the number that stands for each: for `O`, which keeps none of them alive. */
class PackedObjects {
  private readonly objects = new Map<number, WeakRef<PyObj> | Obj>();
  *live(): Iterable<Obj> {}

  pack(o: Obj): number {
    const id = mp.idOf(o);
    if (typeof o !== "number") this.objects.set(id, o instanceof PyObj ? new WeakRef(o) : o);
    return id;
  }

  unpack(id: number): Obj {
    const known = this.objects.get(id);
    if (known !== undefined) return known instanceof WeakRef ? (known.deref() ?? null) : known;
    return id % 2 === 1 ? (id - 1) / 2 : null;
  }
}

function packedObjects(): PackedObjects {
  let known = mp.rootPointers.get("struct");
  if (!(known instanceof PackedObjects)) mp.rootPointers.set("struct", (known = new PackedObjects()));
  return known as PackedObjects;
}

/** One value out of memory. `code` as struct has it. */
export function readValue(view: DataView, at: number, code: string, size: number, little: boolean): Obj {
  switch (code) {
    case "O":
      return packedObjects().unpack(Number(readValue(view, at, "P", size, little)));
    case "S":
      return decodeUtf8(textAt(readValue(view, at, "P", size, little) as Int));
    case "f":
      return PyFloat.of(view.getFloat32(at, little));
    case "d":
      return PyFloat.of(view.getFloat64(at, little));
    case "e":
      return PyFloat.of(halfToFloat(view.getUint16(at, little)));
    case "?":
      return view.getUint8(at) !== 0;
    case "c":
      return new PyBytes(Uint8Array.of(view.getUint8(at)));
    default: {
      const signed = code === code.toLowerCase() && code !== "P";
      if (size === 1) return signed ? view.getInt8(at) : view.getUint8(at);
      if (size === 2) return signed ? view.getInt16(at, little) : view.getUint16(at, little);
      if (size === 4) return signed ? view.getInt32(at, little) : view.getUint32(at, little);
      return int(signed ? view.getBigInt64(at, little) : view.getBigUint64(at, little));
    }
  }
}

/** One value into memory, cut to its size. Raises TypeError. */
export function writeValue(view: DataView, at: number, code: string, size: number, little: boolean, value: Obj): void {
  if (code === "f" || code === "d" || code === "e") {
    const f = asFloat(value);
    if (f === undefined) raiseTypeError(`can't convert ${typeOf(value).name} to float`);
    if (code === "f") view.setFloat32(at, f, little);
    else if (code === "d") view.setFloat64(at, f, little);
    else view.setUint16(at, floatToHalf(f), little);
    return;
  }
  const i = code === "O" ? packedObjects().pack(value) : asInt(value);
  if (i === undefined) raiseTypeError(`can't convert ${typeOf(value).name} to int`);
  const v = BigInt.asUintN(64, BigInt(i));
  if (size === 1) view.setUint8(at, Number(v & 0xffn));
  else if (size === 2) view.setUint16(at, Number(v & 0xffffn), little);
  else if (size === 4) view.setUint32(at, Number(v & 0xffffffffn), little);
  else view.setBigUint64(at, v, little);
}

function halfToFloat(h: number): number {
  const e = (h >> 10) & 0x1f;
  const m = h & 0x3ff;
  const v = e === 0 ? m * 2 ** -24 : e === 31 ? (m === 0 ? Infinity : NaN) : (1 + m / 1024) * 2 ** (e - 15);
  return h & 0x8000 ? -v : v;
}

function floatToHalf(f: number): number {
  const sign = f < 0 || Object.is(f, -0) ? 0x8000 : 0;
  const a = Math.abs(f);
  if (a !== a) return sign | 0x7e00;
  if (a >= 65520) return sign | 0x7c00;
  if (a < 2 ** -14) return sign | Math.round(a * 2 ** 24);
  let e = Math.floor(Math.log2(a));
  let m = Math.round((a / 2 ** e - 1) * 1024);
  if (m === 1024) {
    m = 0;
    e++;
  }
  return sign | ((e + 15) << 10) | m;
}

function pack(layout: Layout, bytes: Uint8Array, at: number, args: readonly Obj[]): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let next = 0;
  for (const field of layout.fields) {
    const arg = args[next++];
    // Too few values leave the rest zero, too many are not looked at.
    if (arg === undefined) return;
    if (field.code === "s") {
      const text = typeof arg === "string" ? encodeUtf8(arg) : bufferOf(arg);
      if (text === undefined) raiseTypeError("object with buffer protocol required");
      bytes.set(text.subarray(0, field.count), at + field.offset);
    } else writeValue(view, at + field.offset, field.code, field.size, layout.littleEndian, arg);
  }
}

function buffer(o: Obj): Uint8Array {
  const bytes = o === null ? undefined : bufferOf(o);
  if (bytes === undefined) raiseTypeError("object with buffer protocol required");
  return bytes;
}

function unpack(format: Obj, data: Obj, offset: number): Obj {
  const layout = layoutOf(format);
  const bytes = buffer(data);
  const at = offset < 0 ? bytes.length + offset : offset;
  if (at < 0 || at + layout.size > bytes.length) raiseValueError("buffer too small");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return new PyTuple(
    layout.fields.map((field) => {
      if (field.code === "s") return new PyBytes(bytes.slice(at + field.offset, at + field.offset + field.count));
      return readValue(view, at + field.offset, field.code, field.size, layout.littleEndian);
    }),
  );
}

register("struct", {
  isExtensible: true,
  members: () => ({
    calcsize: fun("calcsize", (format: Obj) => layoutOf(format).size),
    pack: fun(
      "pack",
      (format: Obj, ...args: Obj[]) => {
        const layout = layoutOf(format);
        const bytes = new Uint8Array(layout.size);
        pack(layout, bytes, 0, args);
        return new PyBytes(bytes);
      },
      1,
      0xffff,
    ),
    pack_into: fun(
      "pack_into",
      (format: Obj, target: Obj, offset: Obj, ...args: Obj[]) => {
        const layout = layoutOf(format);
        const bytes = buffer(target);
        let at = Number(asInt(offset) ?? 0);
        if (at < 0) at += bytes.length;
        if (at < 0 || at + layout.size > bytes.length) raiseValueError("buffer too small");
        pack(layout, bytes, at, args);
        return null;
      },
      3,
      0xffff,
    ),
    unpack: fun("unpack", (format: Obj, data: Obj, offset: Obj = 0) => unpack(format, data, Number(asInt(offset) ?? 0)), 2, 3),
    unpack_from: fun(
      "unpack_from",
      (format: Obj, data: Obj, offset: Obj = 0) => unpack(format, data, Number(asInt(offset) ?? 0)),
      2,
      3,
    ),
  }),
});
