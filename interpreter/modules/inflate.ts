// Deflate streams read byte by byte from wherever they come, no byte more than the next output needs (lib/uzlib/tinflate.c,
// header.c). Errors are those that MicroPython finds: a bad checksum is one, a wrong length is not.
import { raiseOSError } from "../objects/objexcept.ts";
import type { Gen } from "../objects/obj.ts";
import { crc32 } from "./modbinascii.ts";

const EINVAL = 22;

// prettier-ignore
const LENGTH_BASE = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
// prettier-ignore
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
// prettier-ignore
const DISTANCE_BASE = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
const distanceExtra = (code: number): number => Math.max(0, (code >> 1) - 1);
// prettier-ignore
const CODE_LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** A Huffman code: how many codes of each length there are, and their symbols in order. */
interface Tree {
  readonly counts: readonly number[];
  readonly symbols: readonly number[];
}

function tree(lengths: readonly number[]): Tree {
  const counts = new Array<number>(16).fill(0);
  for (const length of lengths) counts[length]!++;
  counts[0] = 0;
  const symbols: number[] = [];
  for (let length = 1; length < 16; length++)
    for (const [symbol, own] of lengths.entries()) if (own === length) symbols.push(symbol);
  return { counts, symbols };
}

let fixed: readonly [Tree, Tree] | null = null;

/** The trees of blocks that bring none. */
function fixedTrees(): readonly [Tree, Tree] {
  if (fixed === null) {
    const lengths = Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8));
    fixed = [tree(lengths), tree(new Array<number>(30).fill(5))];
  }
  return fixed;
}

export function adler32(bytes: Uint8Array, sum: number): number {
  let a = sum & 0xffff;
  let b = sum >>> 16;
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return ((b << 16) | a) >>> 0;
}

function invalid(): never {
  raiseOSError(EINVAL);
}

export class Inflater {
  private readonly next: () => Gen<number>;
  private window = new Uint8Array(0);
  private at = 0;
  private bits = 0;
  private nBits = 0;
  /** -1: the next block has not begun. */
  private block = -1;
  private isFinal = false;
  private trees: readonly [Tree, Tree] = fixedTrees();
  /** What is left of a copy, and from where; or of a stored block. */
  private left = 0;
  private from = 0;
  private check: "none" | "adler" | "crc" = "none";
  private sum = 0;
  isDone = false;

  /** `next` gives the next byte of input, or raises EOFError. */
  constructor(next: () => Gen<number>) {
    this.next = next;
  }

  /** Output can refer back this far. */
  setWindow(bits: number): void {
    this.window = new Uint8Array(2 ** bits);
  }

  /** Reads the header of a zlib or gzip stream: which it is, and the window that it asks for. */
  *header(): Gen<{ kind: "zlib" | "gzip"; bits: number }> {
    const { next } = this;
    const first = yield* next();
    const second = yield* next();
    if (first === 0x1f && second === 0x8b) {
      if ((yield* next()) !== 8) invalid();
      const flags = yield* next();
      if ((flags & 0xe0) !== 0) invalid();
      for (let i = 0; i < 6; i++) yield* next();
      if ((flags & 4) !== 0) {
        const extra = (yield* next()) + 256 * (yield* next());
        for (let i = 0; i < extra; i++) yield* next();
      }
      // A name, a comment: up to a NUL.
      for (const flag of [8, 16]) if ((flags & flag) !== 0) while ((yield* next()) !== 0);
      if ((flags & 2) !== 0) {
        yield* next();
        yield* next();
      }
      this.check = "crc";
      return { kind: "gzip", bits: 15 };
    }
    if ((256 * first + second) % 31 !== 0 || (first & 15) !== 8 || first >> 4 > 7 || (second & 0x20) !== 0) invalid();
    this.check = "adler";
    this.sum = 1;
    return { kind: "zlib", bits: (first >> 4) + 8 };
  }

  /** Fills `out` as far as the stream goes; gives how many bytes. */
  *read(out: Uint8Array): Gen<number> {
    if (this.isDone) return 0;
    let n = 0;
    while (n < out.length && !this.isDone) {
      const byte = yield* this.step();
      if (byte >= 0) {
        out[n++] = byte;
        this.window[this.at] = byte;
        this.at = (this.at + 1) % this.window.length;
        if (n % 1024 === 0) yield { wait: "tick" };
      } else if (!this.isFinal) this.block = -1;
      else this.isDone = true;
    }
    this.addToSum(out.subarray(0, n));
    if (this.isDone) yield* this.trailer();
    return n;
  }

  private addToSum(bytes: Uint8Array): void {
    if (this.check === "adler") this.sum = adler32(bytes, this.sum);
    else if (this.check === "crc") this.sum = crc32(bytes, this.sum);
  }

  private *trailer(): Gen<void> {
    if (this.check === "none") return;
    const bytes: number[] = [];
    for (let i = 0; i < 4; i++) bytes.push(yield* this.next());
    const view = new DataView(Uint8Array.from(bytes).buffer);
    if (view.getUint32(0, this.check === "crc") !== this.sum) invalid();
    // gzip's length is read and not looked at.
    if (this.check === "crc") for (let i = 0; i < 4; i++) yield* this.next();
  }

  private *take(count: number): Gen<number> {
    let value = 0;
    for (let i = 0; i < count; i++) {
      if (this.nBits === 0) {
        this.bits = yield* this.next();
        this.nBits = 8;
      }
      value |= (this.bits & 1) << i;
      this.bits >>= 1;
      this.nBits--;
    }
    return value;
  }

  private *symbol({ counts, symbols }: Tree): Gen<number> {
    let code = 0;
    let first = 0;
    for (let length = 1; length < 16; length++) {
      if (this.nBits === 0) {
        this.bits = yield* this.next();
        this.nBits = 8;
      }
      code = 2 * code + (this.bits & 1);
      this.bits >>= 1;
      this.nBits--;
      const count = counts[length]!;
      if (code < count) return symbols[first + code] ?? invalid();
      code -= count;
      first += count;
    }
    return invalid();
  }

  /** One byte of output, or -1 at the end of a block. */
  private *step(): Gen<number> {
    if (this.block < 0) yield* this.beginBlock();
    if (this.block === 0) {
      if (this.left === 0) return -1;
      this.left--;
      return yield* this.next();
    }
    if (this.left === 0) {
      const symbol = yield* this.symbol(this.trees[0]);
      if (symbol < 256) return symbol;
      if (symbol === 256) return -1;
      const length = LENGTH_BASE[symbol - 257];
      if (length === undefined) invalid();
      this.left = length + (yield* this.take(LENGTH_EXTRA[symbol - 257]!));
      const code = yield* this.symbol(this.trees[1]);
      const base = DISTANCE_BASE[code];
      if (base === undefined) invalid();
      const distance = base + (yield* this.take(distanceExtra(code)));
      if (distance > this.window.length) invalid();
      this.from = (this.at - distance + this.window.length) % this.window.length;
    }
    this.left--;
    const byte = this.window[this.from]!;
    this.from = (this.from + 1) % this.window.length;
    return byte;
  }

  private *beginBlock(): Gen<void> {
    this.isFinal = (yield* this.take(1)) === 1;
    const kind = yield* this.take(2);
    if (kind === 3) invalid();
    if (kind === 2) yield* this.readTrees();
    else if (kind === 1) this.trees = fixedTrees();
    else {
      this.nBits = 0;
      const bytes: number[] = [];
      for (let i = 0; i < 4; i++) bytes.push(yield* this.next());
      this.left = bytes[0]! + 256 * bytes[1]!;
      if (this.left !== 0xffff - bytes[2]! - 256 * bytes[3]!) invalid();
    }
    this.block = kind;
  }

  private *readTrees(): Gen<void> {
    const nLiterals = 257 + (yield* this.take(5));
    const nDistances = 1 + (yield* this.take(5));
    const nCodes = 4 + (yield* this.take(4));
    const codeLengths = new Array<number>(19).fill(0);
    for (let i = 0; i < nCodes; i++) codeLengths[CODE_LENGTH_ORDER[i]!] = yield* this.take(3);
    const codes = tree(codeLengths);
    const lengths: number[] = [];
    const total = nLiterals + nDistances;
    while (lengths.length < total) {
      const symbol = yield* this.symbol(codes);
      if (symbol < 16) {
        lengths.push(symbol);
        continue;
      }
      if (symbol === 16 && lengths.length === 0) invalid();
      const value = symbol === 16 ? lengths.at(-1)! : 0;
      const count =
        symbol === 16 ? 3 + (yield* this.take(2)) : symbol === 17 ? 3 + (yield* this.take(3)) : 11 + (yield* this.take(7));
      if (lengths.length + count > total) invalid();
      for (let i = 0; i < count; i++) lengths.push(value);
    }
    this.trees = [tree(lengths.slice(0, nLiterals)), tree(lengths.slice(nLiterals))];
  }
}

export { DISTANCE_BASE, distanceExtra, LENGTH_BASE, LENGTH_EXTRA };
