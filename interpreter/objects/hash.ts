// Hashes as MicroPython computes them, for keys that need no Python code (the unary_op slots of py/obj*.c, py/qstr.c). They decide
// the order of dict and set. A hash is a small int, so it is cut to the board's small int, sign and all.
import { encodeUtf8 } from "./objbytes.ts";
import { PyFloat } from "./objfloat.ts";
import { mp } from "./mpstate.ts";
import { typeOf, type Obj } from "./obj.ts";

/** A small int: number while exact, else bigint. */
export type Hash = number | bigint;

export function truncateHash(v: Hash): Hash {
  if (mp.config.smallIntBits <= 31)
    return typeof v === "number" && Math.abs(v) < 2 ** 30 ? v : Number(BigInt.asIntN(31, BigInt(v)));
  if (typeof v === "number") return v;
  const cut = BigInt.asIntN(63, v);
  return cut >= -(2n ** 53n) && cut <= 2n ** 53n ? Number(cut) : cut;
}

/** As the unsigned machine word that is divided by the size of the table. */
export function hashWord(hash: Hash): Hash {
  if (hash >= 0) return hash;
  return mp.config.smallIntBits <= 31 ? Number(hash) >>> 0 : BigInt.asUintN(64, BigInt(hash));
}

/** Objects without a hash of their own hash by address: here by their id. */
export function hashValue(key: Obj): Hash {
  switch (typeof key) {
    case "string":
      return strHash(encodeUtf8(key));
    case "number":
    case "bigint":
      return truncateHash(key);
    case "boolean":
      return key ? 1 : 0;
    default: {
      if (key instanceof PyFloat) return floatHash(key.v);
      const type = typeOf(key);
      return key !== null && type.hash !== null ? type.hash(key) : truncateHash(mp.idOf(key));
    }
  }
}

/** A whole float hashes as the int; from others the fraction's bits are mixed in (mp_float_hash). */
export function floatHash(v: number): Hash {
  if (mp.config.romLevel !== "everything") {
    // Small builds take the whole part, the largest int where it does not fit (MICROPY_FLOAT_HIGH_QUALITY_HASH).
    const limit = 2 ** (mp.config.smallIntBits - 1 + 1);
    return truncateHash(v !== v ? 0 : v >= limit ? BigInt(limit) - 1n : v < -limit ? BigInt(-limit) : Math.trunc(v) + 0);
  }
  if (Number.isInteger(v) && Math.abs(v) < 2 ** 24)
    return v === 0 && Object.is(v, -0) ? truncateHash(signed(floatBits(-0))) : truncateHash(v);
  const isDouble = mp.config.floatImpl === "double";
  const fractionBits = isDouble ? 52n : 23n;
  const bits = floatBits(v);
  const exponent = ((bits >> fractionBits) & (isDouble ? 0x7ffn : 0xffn)) - (isDouble ? 1023n : 127n);
  let hash: bigint;
  if (exponent < 0n) hash = bits;
  else {
    const fraction = (bits & ((1n << fractionBits) - 1n)) | (1n << fractionBits);
    const below = fractionBits - exponent;
    if (below >= 0n) hash = (fraction >> below) ^ (fraction & ((1n << below) - 1n));
    else if (exponent < wordBits() - 1n) hash = fraction << -below;
    else hash = fraction;
  }
  return truncateHash(signed(v < 0 ? -hash : hash));
}

const wordBits = (): bigint => BigInt(mp.config.smallIntBits + 1);
const signed = (bits: bigint): bigint => BigInt.asIntN(Number(wordBits()), bits);

const view = new DataView(new ArrayBuffer(8));

function floatBits(v: number): bigint {
  if (mp.config.floatImpl === "double") {
    view.setFloat64(0, v);
    return view.getBigUint64(0);
  }
  view.setFloat32(0, v);
  return BigInt(view.getUint32(0));
}

/** djb2 over the bytes, cut to the bytes that a qstr keeps; never zero (py/qstr.c). */
export function strHash(bytes: Uint8Array): number {
  let hash = 5381;
  for (const byte of bytes) hash = (Math.imul(hash, 33) ^ byte) >>> 0;
  hash &= mp.config.qstrHashBytes === 1 ? 0xff : 0xffff;
  return hash === 0 ? 1 : hash;
}
