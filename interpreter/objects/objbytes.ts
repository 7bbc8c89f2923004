// bytes, bytearray, and memoryview over them: the objects. Their methods are in strmethods.ts and bytesmethods.ts.
import { checkAllocation } from "./heap.ts";
import { nativeOf, PyObj, typeBytearray, typeBytes, typeMemoryview, typeOf, type Obj, type PyType } from "./obj.ts";

export class PyBytes extends PyObj {
  declare type: PyType;
  readonly v: Uint8Array;
  constructor(v: Uint8Array) {
    super();
    checkAllocation(v.length + 16);
    this.v = v;
  }
}
PyBytes.prototype.type = typeBytes;

/** A bytearray; `v` is replaced by a new array when it grows. */
export class PyBytearray extends PyObj {
  declare type: PyType;
  v: Uint8Array;
  constructor(v: Uint8Array) {
    super();
    checkAllocation(v.length + 16);
    this.v = v;
  }
}
PyBytearray.prototype.type = typeBytearray;

/** The bytes of any object with a buffer (bytes, bytearray, array, memoryview, str as UTF-8), or undefined. */
export function bufferOf(o: Obj): Uint8Array | undefined {
  if (typeof o === "string") return encodeUtf8(o);
  if (o instanceof PyBytes || o instanceof PyBytearray) return o.v;
  // An instance of a class that derives from a type with a buffer has that one's.
  const native = nativeOf(o);
  if (native !== o) return bufferOf(native);
  const type = typeOf(o);
  return type.buffer === null ? undefined : type.buffer(o);
}

/** The bytes of an object that may be written to: not of str, bytes, a view of bytes, or a file in ROM. */
export function writableBufferOf(o: Obj): Uint8Array | undefined {
  const native = nativeOf(o);
  if (native === null || typeof native !== "object" || native instanceof PyBytes) return undefined;
  if (native.type === typeMemoryview && (native as unknown as { of: Obj }).of instanceof PyBytes) return undefined;
  return bufferOf(native);
}

/** UTF-8, written out because interpreter/ has no TextEncoder. Lone surrogates become three bytes, as MicroPython's do. */
export function encodeUtf8(text: string): Uint8Array {
  const out = new Uint8Array(text.length * 3);
  let n = 0;
  for (let i = 0; i < text.length; i++) {
    let c = text.charCodeAt(i);
    if (c < 0x80) {
      out[n++] = c;
      continue;
    }
    if (c >= 0xd800 && c < 0xdc00 && i + 1 < text.length) {
      const low = text.charCodeAt(i + 1);
      if (low >= 0xdc00 && low < 0xe000) {
        c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
        i++;
      }
    }
    if (c < 0x800) out[n++] = 0xc0 | (c >> 6);
    else {
      if (c < 0x10000) out[n++] = 0xe0 | (c >> 12);
      else {
        out[n++] = 0xf0 | (c >> 18);
        out[n++] = 0x80 | ((c >> 12) & 0x3f);
      }
      out[n++] = 0x80 | ((c >> 6) & 0x3f);
    }
    out[n++] = 0x80 | (c & 0x3f);
  }
  return out.subarray(0, n);
}

/** Whether the bytes are UTF-8 as MicroPython checks it: lead bytes followed by their continuation bytes. */
export function isUtf8(bytes: Uint8Array): boolean {
  let need = 0;
  for (const c of bytes) {
    if (need > 0) {
      if ((c & 0xc0) !== 0x80) return false;
      need--;
    } else if (c >= 0xc0) {
      if (c >= 0xf8) return false;
      need = (0xe5 >> ((c >> 3) & 6)) & 3;
    } else if (c >= 0x80) return false;
  }
  return need === 0;
}

export function decodeUtf8(bytes: Uint8Array): string {
  let out = "";
  for (let i = 0; i < bytes.length;) {
    const c = bytes[i]!;
    if (c < 0x80) {
      // A run of ASCII at once: almost everything is.
      let j = i + 1;
      while (j < bytes.length && bytes[j]! < 0x80 && j - i < 4096) j++;
      out += String.fromCharCode.apply(null, bytes.subarray(i, j) as unknown as number[]);
      i = j;
      continue;
    }
    const n = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : c >= 0xc0 ? 1 : 0;
    let code = n === 3 ? c & 7 : n === 2 ? c & 15 : n === 1 ? c & 31 : c;
    for (let k = 1; k <= n; k++) code = (code << 6) | ((bytes[i + k] ?? 0) & 0x3f);
    out += code > 0x10ffff ? "�" : String.fromCodePoint(code);
    i += n + 1;
  }
  return out;
}

/** One character a byte: how bytes share the text algorithms of str. */
export function latin1(bytes: Uint8Array): string {
  let out = "";
  for (let i = 0; i < bytes.length; i += 4096)
    out += String.fromCharCode.apply(null, bytes.subarray(i, i + 4096) as unknown as number[]);
  return out;
}

export function fromLatin1(text: string): Uint8Array {
  const out = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) out[i] = text.charCodeAt(i);
  return out;
}
