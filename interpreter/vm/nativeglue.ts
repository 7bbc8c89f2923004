// What viper functions call at run time: arithmetic on machine words, conversions from and to objects, memory behind pointers
// (py/nativeglue.c, and the instructions that py/emitnative.c writes). A word is an int that fits 32 bits, or 64 on 64-bit builds.
import { addressOf, memoryAt } from "../modules/memory.ts";
import { bufferOf } from "../objects/objbytes.ts";
import { raiseTypeError } from "../objects/objexcept.ts";
import { fun, type PyNative } from "../objects/objfun.ts";
import { mp } from "../objects/mpstate.ts";
import { asInt, int, intAdd, intFloorDiv, intMod, intMul, intSub, type Int } from "../objects/number.ts";
import { typeOf, type Obj } from "../objects/obj.ts";
import { isTrue } from "./operator.ts";

const wordBits = (): number => (mp.config.smallIntBits > 31 ? 64 : 32);

/** The word that an int of any size becomes. */
function signed(v: Int): Int {
  if (wordBits() === 32) return typeof v === "number" ? v | 0 : Number(BigInt.asIntN(32, v));
  return typeof v === "number" ? v : int(BigInt.asIntN(64, v));
}

function unsigned(v: Int): Int {
  if (wordBits() === 32) return typeof v === "number" ? v >>> 0 : Number(BigInt.asUintN(32, v));
  return typeof v === "number" && v >= 0 ? v : int(BigInt.asUintN(64, BigInt(v)));
}

type Wrap = (v: Int) => Int;

function bitwise(op: "|" | "^" | "&", wrap: Wrap): (a: Int, b: Int) => Int {
  return (a, b) => {
    if (wordBits() === 32)
      return wrap(op === "|" ? Number(a) | Number(b) : op === "^" ? Number(a) ^ Number(b) : Number(a) & Number(b));
    const x = BigInt(a);
    const y = BigInt(b);
    return wrap(int(op === "|" ? x | y : op === "^" ? x ^ y : x & y));
  };
}

// A shift takes the low eight bits of its count, as an ARM does.
function shift(isLeft: boolean, wrap: Wrap): (a: Int, b: Int) => Int {
  return (a, b) => {
    const n = BigInt.asUintN(8, BigInt(b));
    return wrap(int(isLeft ? BigInt(a) << n : BigInt(a) >> n));
  };
}

function arithmetic(wrap: Wrap): Readonly<Record<string, PyNative>> {
  const op = (f: (a: Int, b: Int) => Int): PyNative => fun("", f, 2);
  return {
    "|": op(bitwise("|", wrap)),
    "^": op(bitwise("^", wrap)),
    "&": op(bitwise("&", wrap)),
    "<<": op(shift(true, wrap)),
    ">>": op(shift(false, wrap)),
    "+": op((a, b) => wrap(intAdd(a, b))),
    "-": op((a, b) => wrap(intSub(a, b))),
    "*": op((a, b) => wrap(intMul(a, b))),
    "//": op((a, b) => wrap(intFloorDiv(a, b))),
    "%": op((a, b) => wrap(intMod(a, b))),
    neg: fun("", (a: Int) => wrap(intSub(0, a)), 1),
    invert: fun("", (a: Int) => wrap(intSub(-1, a)), 1),
  };
}

/** Operators on words, by the type of the left one. */
export const wordOps = { int: arithmetic(signed), uint: arithmetic(unsigned) } as const;

function truncated(o: Obj): Int {
  return asInt(o) ?? raiseTypeError(`can't convert ${typeOf(o).name} to int`);
}

/** An argument or an object as a word: int(), uint(), bool(), ptr() in viper code. */
export const fromObj = {
  bool: fun("", (o: Obj) => isTrue(o), 1),
  int: fun("", (o: Obj) => signed(truncated(o)), 1),
  uint: fun("", (o: Obj) => unsigned(truncated(o)), 1),
  ptr: fun(
    "",
    (o: Obj) => {
      const buffer = asInt(o) === undefined ? bufferOf(o) : undefined;
      return unsigned(buffer === undefined ? truncated(o) : addressOf(buffer));
    },
    1,
  ),
} as const;

/** One kind of word as another. */
export const recast = {
  bool: fun("", (v: Int | boolean) => Number(v) !== 0, 1),
  int: fun("", (v: Int | boolean | null) => signed(typeof v === "bigint" ? v : Number(v)), 1),
  uint: fun("", (v: Int | boolean | null) => unsigned(typeof v === "bigint" ? v : Number(v)), 1),
} as const;

function load(size: number): PyNative {
  return fun(
    "",
    (base: Int, index: Int) => {
      const bytes = memoryAt(unsigned(intAdd(base, intMul(index, size))), size);
      let value = 0;
      for (let i = size - 1; i >= 0; i--) value = value * 256 + bytes[i]!;
      return signed(value);
    },
    2,
  );
}

function store(size: number): PyNative {
  return fun(
    "",
    (value: Int | boolean, base: Int, index: Int) => {
      const bytes = memoryAt(unsigned(intAdd(base, intMul(index, size))), size);
      let rest = typeof value === "bigint" ? Number(BigInt.asUintN(32, value)) : Number(value) >>> 0;
      for (let i = 0; i < size; i++) {
        bytes[i] = rest & 0xff;
        rest >>>= 8;
      }
      return null;
    },
    3,
  );
}

/** p[i] and p[i] = v of ptr8, ptr16 and ptr32. */
export const memory = {
  ptr8: { load: load(1), store: store(1) },
  ptr16: { load: load(2), store: store(2) },
  ptr32: { load: load(4), store: store(4) },
} as const;
