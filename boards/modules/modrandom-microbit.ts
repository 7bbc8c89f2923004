// The micro:bit V1's random module: the 32-bit LFSR of its runtime (B. Schneier, "Pseudo-Random Sequence Generator for 32-Bit
// CPUs"), drawn bit by bit, so that a seeded program gets the board's own numbers. V2 has MicroPython's usual generator.
import {
  callMethod,
  collect,
  fun,
  funVar,
  type Gen,
  getFloat,
  getInt,
  type ModuleDef,
  type Obj,
  PyFloat,
  raiseArgs,
  run,
  typeIndexError,
  typeOf,
  typeValueError,
} from "../../interpreter/native.ts";
import type { Binding } from "../peripheral.ts";

/** The runtime's generator. A seed of 0 gives zeros for ever, as on the board. */
export class Lfsr {
  private value: number | null = null;
  private readonly firstSeed: () => number;
  /** `firstSeed` is asked for with the first number. */
  constructor(firstSeed: () => number) {
    this.firstSeed = firstSeed;
  }

  seed(seed: number): void {
    this.value = seed >>> 0;
  }

  /** 0 .. limit - 1: as many bits as the largest result has, again until they are not too many. */
  below(limit: number): number {
    const most = limit - 1;
    for (;;) {
      let result = 0;
      for (let m = most; ; m >>>= 1) {
        result = ((result << 1) | this.bit()) >>> 0;
        if (m <= 1) break;
      }
      if (result <= most) return result;
    }
  }

  private bit(): number {
    const v = this.value ?? this.firstSeed() >>> 0;
    const tap = ((v >>> 31) ^ (v >>> 6) ^ (v >>> 4) ^ (v >>> 2) ^ (v >>> 1) ^ v) & 1;
    this.value = ((tap << 31) | (v >>> 1)) >>> 0;
    return this.value & 1;
  }
}

// The module raises these without a text.
const noValue = (): never => raiseArgs(typeValueError);

export const modrandomMicrobitV1: Binding = (hw): ModuleDef => ({
  name: "random",
  globals: () => {
    const lfsr = new Lfsr(() => hw.random32());
    const word = (): number => lfsr.below(0x40000000);
    const float = (): number => (word() & 0x7fffff) / 0x800000;
    return {
      getrandbits: fun("getrandbits", (n: Obj) => {
        const bits = getInt(n);
        if (bits === 0 || bits > 30) noValue();
        // Shifted right by more than the word has bits, its mask is zero.
        if (bits < 0) return 0;
        return word() & (2 ** bits - 1);
      }),
      seed: funVar(
        "seed",
        (args) => {
          lfsr.seed(args.length > 0 && args[0] !== null ? getInt(args[0]) : hw.random32());
          return null;
        },
        0,
        1,
      ),
      randrange: funVar("randrange", (args) => randrange(lfsr, args.map(getInt)), 1, 3),
      randint: fun("randint", (a: Obj, b: Obj) => {
        const [low, high] = [getInt(a), getInt(b)];
        if (low > high) noValue();
        return low + lfsr.below(high - low + 1);
      }),
      choice: fun("choice", function* (seq: Obj) {
        if (typeof seq !== "string" && typeOf(seq).subscr === null) return yield* chosenByMethods(lfsr, seq);
        const items = yield* collect(seq);
        if (items.length === 0) raiseArgs(typeIndexError);
        return items[lfsr.below(items.length)];
      }),
      random: fun("random", () => new PyFloat(float())),
      uniform: fun("uniform", (a: Obj, b: Obj) => {
        const [low, high] = [getFloat(a), getFloat(b)];
        return new PyFloat(low + (high - low) * float());
      }),
    };
  },
});

// A class of the program's own with __len__ and __getitem__.
function* chosenByMethods(lfsr: Lfsr, seq: Obj): Gen {
  const length = getInt(yield* run(callMethod(seq, "__len__")));
  if (length === 0) raiseArgs(typeIndexError);
  return yield* run(callMethod(seq, "__getitem__", lfsr.below(length)));
}

function randrange(lfsr: Lfsr, [first, stop, step]: readonly number[]): number {
  if (stop === undefined) return first > 0 ? lfsr.below(first) : noValue();
  if (step === undefined) return first < stop ? first + lfsr.below(stop - first) : noValue();
  const count = step > 0 ? Math.ceil((stop - first) / step) : step < 0 ? Math.ceil((first - stop) / -step) : 0;
  return count > 0 ? first + step * lfsr.below(count) : noValue();
}
