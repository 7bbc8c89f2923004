// Arithmetic on int, float and complex, in one place for the compiler's folding, the VM's slow paths and the library.
// ints are numbers up to 2**53 and bigints beyond; every result is brought back to that form by `int`.
import * as bc0 from "../bytecode/bc0.ts";
import { FLOAT_DOUBLE, floatMode, mp } from "./mpstate.ts";
import type { Obj } from "./obj.ts";
import { hasCpythonCompat } from "./features.ts";
import { PyComplex } from "./objcomplex.ts";
import { raiseMsg, raiseValueError, typeOverflowError, typeZeroDivisionError } from "./objexcept.ts";
import { floatPow } from "./floatpow.ts";
import { PyFloat } from "./objfloat.ts";

export type Int = number | bigint;
export type Number_ = Int | PyFloat | PyComplex;

const MAX = Number.MAX_SAFE_INTEGER;

/** A bigint in its normal form: a number if exact. */
export function int(v: bigint): Int {
  return v >= -9007199254740991n && v <= 9007199254740991n ? Number(v) : v;
}

/** The integral value of a float as an int. */
export function intOfFloat(v: number): Int {
  const t = Math.trunc(v);
  return t >= -MAX && t <= MAX ? t + 0 : BigInt(t);
}

export function floatOfInt(v: Int): number {
  return Number(v);
}

/** int(float): its integral part. Raises for nan and inf. */
export function intFromFloat(v: number): Int {
  if (v !== v) raiseValueError("can't convert NaN to int");
  if (!Number.isFinite(v)) raiseMsg(typeOverflowError, "can't convert inf to int");
  return intOfFloat(v);
}

/** An int that a machine word holds. Raises OverflowError; the lowest one does not count, as in C. */
export function machineInt(v: Int): Int {
  if (typeof v === "number" && v < 0x40000000 && v > -0x40000000) return v;
  const limit = 2 ** mp.config.smallIntBits;
  const isTooLarge = typeof v === "number" ? Math.abs(v) >= limit : v >= BigInt(limit) || v <= -BigInt(limit);
  if (isTooLarge) raiseMsg(typeOverflowError, "overflow converting long int to machine word");
  return v;
}

/** The same as a number, rounded where it is beyond 2**53: for lengths and indexes, where it makes no difference. */
export function machineWord(v: Int): number {
  if (typeof v === "number" && v < 0x40000000 && v > -0x40000000) return v;
  return Number(machineInt(v));
}

/** True and False count as 1 and 0; undefined when `o` is no integer. */
export function asInt(o: Obj): Int | undefined {
  if (typeof o === "number" || typeof o === "bigint") return o;
  if (o === true) return 1;
  if (o === false) return 0;
  return undefined;
}

export function asFloat(o: Obj): number | undefined {
  if (o instanceof PyFloat) return o.v;
  const i = asInt(o);
  return i === undefined ? undefined : floatOfInt(i);
}

const divideByZero = (): never => raiseMsg(typeZeroDivisionError, "divide by zero");

/** Longest integer that arithmetic will make, in bits; beyond it is a MemoryError, as on any board. */
const MAX_BITS = 1 << 26;

function tooBig(): never {
  raiseMsg(typeOverflowError, "overflow converting long int to machine word");
}

export function intAdd(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    const r = a + b;
    if (r >= -MAX && r <= MAX) return r;
  }
  return int(BigInt(a) + BigInt(b));
}
export function intSub(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    const r = a - b;
    if (r >= -MAX && r <= MAX) return r;
  }
  return int(BigInt(a) - BigInt(b));
}
export function intMul(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    const r = a * b + 0; // + 0: never -0
    if (r >= -MAX && r <= MAX) return r;
  }
  return int(BigInt(a) * BigInt(b));
}
export function intFloorDiv(a: Int, b: Int): Int {
  if (b === 0) divideByZero();
  if (typeof a === "number" && typeof b === "number") {
    // Exact: the remainder is taken first, so the division leaves no fraction.
    let r = a % b;
    if (r !== 0 && r < 0 !== b < 0) r += b;
    const q = (a - r) / b + 0;
    if (q >= -MAX && q <= MAX && Number.isSafeInteger(a - r)) return q;
  }
  const x = BigInt(a);
  const y = BigInt(b);
  if (x >= 0n && y > 0n) return int(x / y);
  let q = x / y;
  if (x % y !== 0n && x < 0n !== y < 0n) q -= 1n;
  return int(q);
}
export function intMod(a: Int, b: Int): Int {
  if (b === 0) divideByZero();
  if (typeof a === "number" && typeof b === "number") {
    const r = a % b;
    return (r !== 0 && r < 0 !== b < 0 ? r + b : r) + 0;
  }
  const x = BigInt(a);
  const y = BigInt(b);
  const r = x % y;
  return int(r !== 0n && r < 0n !== y < 0n ? r + y : r);
}

export function intBitLength(v: Int): number {
  const a = v < 0 ? -BigInt(v) : BigInt(v);
  return a.toString(2).length;
}

export function intShiftLeft(a: Int, b: Int): Int {
  if (b < 0) raiseValueError("negative shift count");
  if (a === 0) return 0;
  if (typeof a === "number" && typeof b === "number" && b < 31) {
    const r = a * 2 ** b;
    if (r >= -MAX && r <= MAX) return r;
  }
  if (typeof b === "bigint" || b > MAX_BITS) tooBig();
  return int(BigInt(a) << BigInt(b));
}
export function intShiftRight(a: Int, b: Int): Int {
  if (b < 0) raiseValueError("negative shift count");
  if (typeof a === "number") {
    if (b < 32 && a >= -2147483648 && a <= 2147483647) return a >> Number(b);
    return b > 1100 ? (a < 0 ? -1 : 0) : Math.floor(a / 2 ** Number(b)) + 0;
  }
  if (typeof b === "bigint" || b > MAX_BITS) return a < 0n ? -1 : 0;
  return int(a >> BigInt(b));
}

const fitsInt32 = (a: Int): a is number => typeof a === "number" && a >= -2147483648 && a <= 2147483647;

export function intPow(base: Int, exp: Int): Int {
  if (exp === 0) return 1;
  if (base === 0 || base === 1) return base;
  if (base === -1) return BigInt(exp) & 1n ? -1 : 1;
  if (typeof base === "number" && typeof exp === "number") {
    const r = base ** exp;
    if (r >= -MAX && r <= MAX) return r;
  }
  if (typeof exp === "bigint" || intBitLength(base) * exp > MAX_BITS) tooBig();
  return int(BigInt(base) ** BigInt(exp));
}

/** pow(base, exp, mod). Raises ValueError for mod 0. */
export function intPowMod(base: Int, exp: Int, mod: Int): Int {
  if (mod === 0) raiseValueError("divide by zero");
  // Of a negative exponent, whatever mathematics says (py/mpz.c mpz_pow3_inpl).
  if (exp < 0) return 0;
  const m = BigInt(mod);
  let b = BigInt(intMod(base, mod));
  let e = BigInt(exp);
  let r = 1n;
  while (e > 0n) {
    if (e & 1n) r = (r * b) % m;
    b = (b * b) % m;
    e >>= 1n;
  }
  return intMod(int(r), mod);
}

/** Integer operators, by their opcode (the one that is not in-place). undefined: the result is not an int (/, or ** with a negative exponent). */
function intBinaryOp(op: number, a: Int, b: Int): Obj | undefined {
  switch (op) {
    case bc0.BINARY_ADD:
      return intAdd(a, b);
    case bc0.BINARY_SUBTRACT:
      return intSub(a, b);
    case bc0.BINARY_MULTIPLY:
      return intMul(a, b);
    case bc0.BINARY_FLOOR_DIVIDE:
      return intFloorDiv(a, b);
    case bc0.BINARY_MODULO:
      return intMod(a, b);
    case bc0.BINARY_AND:
      return fitsInt32(a) && fitsInt32(b) ? a & b : int(BigInt(a) & BigInt(b));
    case bc0.BINARY_OR:
      return fitsInt32(a) && fitsInt32(b) ? a | b : int(BigInt(a) | BigInt(b));
    case bc0.BINARY_XOR:
      return fitsInt32(a) && fitsInt32(b) ? a ^ b : int(BigInt(a) ^ BigInt(b));
    case bc0.BINARY_LSHIFT:
      return intShiftLeft(a, b);
    case bc0.BINARY_RSHIFT:
      return intShiftRight(a, b);
    case bc0.BINARY_POWER:
      return b < 0 ? undefined : intPow(a, b);
    default:
      return undefined;
  }
}

function floatFloorDiv(a: number, b: number): number {
  if (b === 0) divideByZero();
  return floatDivmod(a, b)[0];
}

export function floatDivmod(a: number, b: number): [number, number] {
  if (b === 0) divideByZero();
  const f = floatMode === FLOAT_DOUBLE ? (x: number): number => x : Math.fround;
  let mod = a % b;
  let div = f(f(a - mod) / b);
  if (mod === 0) mod = b < 0 ? -0 : 0;
  else if (mod < 0 !== b < 0) {
    mod = f(mod + b);
    div = f(div - 1);
  }
  let floored: number;
  if (div === 0) floored = a / b < 0 || Object.is(a / b, -0) ? -0 : 0;
  else {
    floored = Math.floor(div);
    if (div - floored > 0.5) floored += 1;
  }
  return [floored, mod];
}

/** Float operators, by their opcode (the one that is not in-place). undefined: not supported on floats. */
export function floatBinaryOp(op: number, a: number, b: number): Obj | undefined {
  switch (op) {
    case bc0.BINARY_ADD:
      return PyFloat.of(a + b);
    case bc0.BINARY_SUBTRACT:
      return PyFloat.of(a - b);
    case bc0.BINARY_MULTIPLY:
      return PyFloat.of(a * b);
    case bc0.BINARY_TRUE_DIVIDE:
      if (b === 0) divideByZero();
      return PyFloat.of(a / b);
    case bc0.BINARY_FLOOR_DIVIDE:
      return PyFloat.of(floatFloorDiv(a, b));
    case bc0.BINARY_MODULO:
      return PyFloat.of(floatDivmod(a, b)[1]);
    case bc0.BINARY_POWER:
      if (a === 0 && b < 0 && b !== -Infinity) divideByZero();
      if (a < 0 && b !== Math.floor(b) && Number.isFinite(b) && hasCpythonCompat())
        return complexBinaryOp(bc0.BINARY_POWER, new PyComplex(a, 0), new PyComplex(b, 0));
      if (a === 1 || (a === -1 && !Number.isFinite(b) && b === b)) return PyFloat.of(1);
      return PyFloat.of(floatPow(a, b));
    default:
      return undefined;
  }
}

export function asComplex(o: Obj): PyComplex | undefined {
  if (o instanceof PyComplex) return o;
  const re = asFloat(o);
  return re === undefined ? undefined : new PyComplex(re, 0);
}

export function complexBinaryOp(op: number, a: PyComplex, b: PyComplex): Obj | undefined {
  switch (op) {
    case bc0.BINARY_ADD:
      return new PyComplex(a.re + b.re, a.im + b.im);
    case bc0.BINARY_SUBTRACT:
      return new PyComplex(a.re - b.re, a.im - b.im);
    case bc0.BINARY_MULTIPLY:
      return new PyComplex(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re);
    case bc0.BINARY_TRUE_DIVIDE: {
      if (b.im === 0) {
        if (b.re === 0) raiseMsg(typeZeroDivisionError, "complex divide by zero");
        return new PyComplex(a.re / b.re, a.im / b.re);
      }
      const d = b.re * b.re + b.im * b.im;
      return new PyComplex((a.re * b.re + a.im * b.im) / d, (a.im * b.re - a.re * b.im) / d);
    }
    case bc0.BINARY_POWER: {
      const abs1 = Math.hypot(a.re, a.im);
      if (abs1 === 0) {
        if (b.im === 0 && b.re >= 0) return new PyComplex(b.re === 0 ? 1 : 0, 0);
        raiseMsg(typeZeroDivisionError, "0.0 to a complex power");
      }
      // Every step in the board's precision.
      const f = floatMode === FLOAT_DOUBLE ? (x: number): number => x : Math.fround;
      const ln1 = f(Math.log(f(abs1)));
      const arg1 = f(Math.atan2(a.im, a.re));
      const scale = f(Math.exp(f(f(b.re * ln1) - f(b.im * arg1))));
      const angle = f(f(b.im * ln1) + f(b.re * arg1));
      return new PyComplex(f(scale * f(Math.cos(angle))), f(scale * f(Math.sin(angle))));
    }
    default:
      return undefined;
  }
}

/** Any arithmetic operator on two numbers; undefined when the pair does not support it. */
export function numberBinaryOp(op: number, a: Number_, b: Number_): Obj | undefined {
  if (a instanceof PyComplex || b instanceof PyComplex) return complexBinaryOp(op, asComplex(a)!, asComplex(b)!);
  if (!(a instanceof PyFloat) && !(b instanceof PyFloat)) {
    if (op === bc0.BINARY_TRUE_DIVIDE) {
      if (b === 0) divideByZero();
      return mp.config.floatImpl === "none" ? undefined : PyFloat.of(floatOfInt(a) / floatOfInt(b));
    }
    if (op === bc0.BINARY_POWER && b < 0) {
      if (mp.config.floatImpl === "none") raiseValueError("negative power with no float support");
      return floatBinaryOp(bc0.BINARY_POWER, floatOfInt(a), floatOfInt(b));
    }
    return intBinaryOp(op, a, b);
  }
  return floatBinaryOp(op, a instanceof PyFloat ? a.v : floatOfInt(a), b instanceof PyFloat ? b.v : floatOfInt(b));
}

export function numberUnaryOp(op: string, a: Number_): Obj {
  if (a instanceof PyFloat) return op === "-" ? new PyFloat(-a.v) : a;
  if (a instanceof PyComplex) return op === "-" ? new PyComplex(-a.re, -a.im) : a;
  if (op === "-") return typeof a === "number" ? 0 - a : int(-a);
  if (op === "~") return typeof a === "number" ? -1 - a : int(-1n - a);
  return a;
}
