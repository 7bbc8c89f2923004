// random (extmod/modrandom.c): the yasmarang generator (Ilya Levin, public domain), so that a seed gives a board's numbers.
import { getFloat, getInt } from "../native.ts";
import { asInt, intAdd, intFloorDiv, intMul, intSub, type Int } from "../objects/number.ts";
import { fun } from "../objects/objfun.ts";
import { raiseMsg, raiseTypeError, raiseValueError, typeIndexError } from "../objects/objexcept.ts";
import { PyFloat } from "../objects/objfloat.ts";
import { mp } from "../objects/mpstate.ts";
import { nativeOf, run, typeOf, type Gen, type Obj, type Step } from "../objects/obj.ts";
import { lenOf, subscr } from "../vm/operator.ts";
import { register } from "./registry.ts";

class Yasmarang {
  private pad = 0xeda4baba;
  private n = 69;
  private d = 233;
  private dat = 0;
  // The hardware's seed is taken with the first number.
  private isSeeded = false;
  seed(value: number): void {
    this.isSeeded = true;
    this.pad = value >>> 0;
    this.n = 69;
    this.d = 233;
    this.dat = 0;
  }
  next(): number {
    if (!this.isSeeded) this.seed(mp.host.random32());
    this.pad = (this.pad + this.dat + Math.imul(this.d, this.n)) >>> 0;
    this.pad = ((this.pad << 3) + (this.pad >>> 29)) >>> 0;
    this.n = (this.pad | 2) >>> 0;
    this.d = (this.d ^ ((this.pad << 31) + (this.pad >>> 1))) >>> 0;
    this.dat = (this.dat ^ ((this.pad & 0xff) ^ (this.d >>> 8) ^ 1)) & 0xff;
    return (this.pad ^ (this.d << 5) ^ (this.pad >>> 18) ^ (this.dat << 1)) >>> 0;
  }
  /** A number below the low 32 bits of n, by rejection over the fewest bits that hold it. */
  below(n: Int): Step<number> {
    const limit = Number(BigInt.asUintN(32, BigInt(n)));
    // A multiple of 2**32 never ends on a board either; here it can be interrupted.
    if (limit === 0) return forever();
    const mask = 2 ** (32 - Math.clz32(limit)) - 1;
    for (;;) {
      const r = (this.next() & mask) >>> 0;
      if (r < limit) return r;
    }
  }
  /** In [0, 1): the fraction bits of a float filled at once. */
  float(): number {
    if (mp.config.floatImpl === "double") return ((this.next() & 0xfffff) * 2 ** 32 + this.next()) / 2 ** 52;
    return (this.next() & 0x7fffff) / 2 ** 23;
  }
}

function* forever(): Gen<never> {
  for (;;) yield { wait: "tick" };
}

function truncated(o: Obj): number {
  const i = asInt(nativeOf(o));
  if (i === undefined) raiseTypeError(`can't convert ${typeOf(o).name} to int`);
  return Number(BigInt.asUintN(32, BigInt(i)));
}

/** A machine word, exact beyond 2**53 too. */
function word(o: Obj): Int {
  const i = asInt(nativeOf(o));
  return typeof i === "bigint" && BigInt.asIntN(64, i) === i ? i : getInt(o);
}

register("random", {
  isExtensible: true,
  members: () => {
    const rng = new Yasmarang();
    function* pick(start: Int, n: Int, step: Int): Gen {
      if (n <= 0) raiseValueError("");
      return intAdd(start, intMul(step, yield* run(rng.below(n))));
    }
    function randrange(a: Obj, b?: Obj, c?: Obj): Step {
      const start = word(a);
      if (b === undefined) return pick(0, start, 1);
      const stop = word(b);
      const step = c === undefined ? 1 : word(c);
      if (step === 0) raiseValueError("");
      return pick(start, intFloorDiv(intAdd(intSub(stop, start), intSub(step, step > 0 ? 1 : -1)), step), step);
    }
    return {
      // What a seed from the hardware is for (MICROPY_PY_URANDOM_SEED_INIT_FUNC).
      ...(mp.config.release === "1.18" ? { __init__: fun("__init__", () => null) } : {}),
      getrandbits: fun("getrandbits", (count: Obj) => {
        const bits = getInt(count);
        if (bits > 32 || bits < 0) raiseValueError("bits must be 32 or less");
        return bits === 0 ? 0 : (rng.next() & (0xffffffff >>> (32 - bits))) >>> 0;
      }),
      seed: fun(
        "seed",
        (value: Obj = null) => {
          rng.seed(value === null ? mp.host.random32() : truncated(value));
          return null;
        },
        0,
        1,
      ),
      randrange: fun("randrange", randrange, 1, 3),
      randint: fun("randint", (a: Obj, b: Obj) => {
        const start = word(a);
        return pick(start, intAdd(intSub(word(b), start), 1), 1);
      }),
      choice: fun("choice", function* (seq: Obj): Gen {
        const n = getInt(yield* run(lenOf(seq)));
        if (n <= 0) raiseMsg(typeIndexError, "");
        return yield* run(subscr(seq, yield* run(rng.below(n))));
      }),
      random: fun("random", () => PyFloat.of(rng.float()), 0),
      uniform: fun("uniform", (a: Obj, b: Obj) => {
        const from = getFloat(a);
        return PyFloat.of(from + (getFloat(b) - from) * rng.float());
      }),
    };
  },
});
