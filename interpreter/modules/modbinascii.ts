// binascii: bytes as hexadecimal, base64, and their CRC-32 (extmod/modbinascii.c).
import { asInt } from "../objects/number.ts";
import { encodeUtf8, PyBytes } from "../objects/objbytes.ts";
import { fun, funVar, parseArgs, type Param } from "../objects/objfun.ts";
import { raiseTypeError, raiseValueError } from "../objects/objexcept.ts";
import { isTrueSync } from "../objects/truth.ts";
import { typeOf, type Obj } from "../objects/obj.ts";
import { readBuffer, strData } from "./buffer.ts";
import { register } from "./registry.ts";

const ALPHABET = encodeUtf8("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
const PAD = 0x3d;

function a2bBase64(o: Obj): Obj {
  const out: number[] = [];
  let bits = 0;
  let nBits = 0;
  let hadPad = false;
  for (const byte of readBuffer(o)) {
    if (byte === PAD) {
      if (nBits === 2 || (nBits === 4 && hadPad)) {
        nBits = 0;
        break;
      }
      hadPad = true;
    }
    const sextet = ALPHABET.indexOf(byte);
    if (sextet < 0) continue;
    hadPad = false;
    bits = ((bits << 6) | sextet) & 0xffff;
    nBits += 6;
    if (nBits >= 8) {
      nBits -= 8;
      out.push((bits >> nBits) & 0xff);
    }
  }
  if (nBits !== 0) raiseValueError("incorrect padding");
  return new PyBytes(Uint8Array.from(out));
}

function b2aBase64(o: Obj, newline: Obj): Obj {
  const bytes = readBuffer(o);
  const out: number[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const n = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    out.push(ALPHABET[n >> 18]!, ALPHABET[(n >> 12) & 63]!);
    out.push(i + 1 < bytes.length ? ALPHABET[(n >> 6) & 63]! : PAD, i + 2 < bytes.length ? ALPHABET[n & 63]! : PAD);
  }
  if (isTrueSync(newline)) out.push(10);
  return new PyBytes(Uint8Array.from(out));
}

let crcTable: Uint32Array | null = null;

/** CRC-32 of the bytes, going on from `crc`. */
export function crc32(bytes: Uint8Array, crc: number): number {
  crcTable ??= Uint32Array.from({ length: 256 }, (_, n) => {
    for (let k = 0; k < 8; k++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
    return n;
  });
  let state = ~crc;
  for (const byte of bytes) state = (state >>> 8) ^ crcTable[(state ^ byte) & 0xff]!;
  return ~state >>> 0;
}

const digitOf = (byte: number | undefined): number =>
  byte === undefined ? -1 : "0123456789abcdef".indexOf(String.fromCharCode(byte | (byte > 0x40 ? 0x20 : 0)));
const isSpace = (byte: number): boolean => byte === 0x20 || (byte >= 9 && byte <= 13);

function unhexlify(o: Obj): Obj {
  const bytes = readBuffer(o);
  const out: number[] = [];
  for (let i = 0; i < bytes.length;) {
    const byte = bytes[i++]!;
    if (isSpace(byte)) continue;
    const high = digitOf(byte);
    const low = digitOf(bytes[i++]);
    if (high < 0 || low < 0) raiseValueError("non-hex digit");
    out.push(high * 16 + low);
  }
  return new PyBytes(Uint8Array.from(out));
}

function hexlify(o: Obj, sep?: Obj): Obj {
  const bytes = readBuffer(o);
  if (bytes.length === 0) return new PyBytes(new Uint8Array(0));
  // Of a separator only the first character counts.
  const by = sep === undefined ? "" : String.fromCharCode(strData(sep)[0] ?? 0);
  return new PyBytes(encodeUtf8(Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(by)).slice());
}

const PARAMS: readonly Param[] = [{ name: "newline", default: true }];

register("binascii", {
  isExtensible: true,
  members: () => ({
    hexlify: fun("hexlify", hexlify, 1, 2),
    unhexlify: fun("unhexlify", unhexlify),
    a2b_base64: fun("a2b_base64", a2bBase64),
    b2a_base64: funVar("b2a_base64", (args, kw) => b2aBase64(args[0]!, parseArgs(PARAMS, args.slice(1), kw)[0]!), 1),
    crc32: fun(
      "crc32",
      (o: Obj, start: Obj = 0) => {
        const from = asInt(start);
        if (from === undefined) raiseTypeError(`can't convert ${typeOf(start).name} to int`);
        return crc32(readBuffer(o), Number(BigInt.asUintN(32, BigInt(from))));
      },
      1,
      2,
    ),
  }),
});
