// Compression as MicroPython does it (lib/uzlib/lz77.c, defl_static.c): one block with the fixed Huffman code, each match the
// longest in the window and, of those, the nearest. The same input in the same pieces gives the same bytes.
import type { Gen } from "../objects/obj.ts";
import { DISTANCE_BASE, distanceExtra, LENGTH_BASE, LENGTH_EXTRA } from "./inflate.ts";

const MIN = 3;
const MAX = 258;

function reversed(value: number, bits: number): number {
  let out = 0;
  for (let i = 0; i < bits; i++) out |= ((value >> i) & 1) << (bits - 1 - i);
  return out;
}

/** The last entry of a table that is not above the value. */
function codeFor(table: readonly number[], value: number): number {
  let code = table.length - 1;
  while (table[code]! > value) code--;
  return code;
}

export class Compressor {
  private readonly windowSize: number;
  private window = new Uint8Array(0);
  private bits = 0;
  private nBits = 0;
  /** Bytes that are complete; whoever writes them on empties it. */
  readonly out: number[] = [];

  constructor(windowBits: number) {
    this.windowSize = 2 ** windowBits;
    // The last block, fixed codes.
    this.put(1, 1);
    this.put(1, 2);
  }

  private put(value: number, bits: number): void {
    this.bits |= value << this.nBits;
    this.nBits += bits;
    while (this.nBits >= 8) {
      this.out.push(this.bits & 0xff);
      this.bits >>>= 8;
      this.nBits -= 8;
    }
  }

  private symbol(symbol: number): void {
    if (symbol < 144) this.put(reversed(0x30 + symbol, 8), 8);
    else if (symbol < 256) this.put(reversed(0x190 + symbol - 144, 9), 9);
    else if (symbol < 280) this.put(reversed(symbol - 256, 7), 7);
    else this.put(reversed(0xc0 + symbol - 280, 8), 8);
  }

  private match(length: number, distance: number): void {
    const code = codeFor(LENGTH_BASE, length);
    this.symbol(257 + code);
    this.put(length - LENGTH_BASE[code]!, LENGTH_EXTRA[code]!);
    const far = codeFor(DISTANCE_BASE, distance);
    this.put(reversed(far, 5), 5);
    this.put(distance - DISTANCE_BASE[far]!, distanceExtra(far));
  }

  /** Compresses one piece; matches do not reach into the next. */
  *compress(piece: Uint8Array): Gen<void> {
    const start = this.window.length;
    const data = new Uint8Array(start + piece.length);
    data.set(this.window);
    data.set(piece, start);
    // Where each three bytes were last, and before that.
    const last = new Map<number, number>();
    const before = new Int32Array(data.length);
    let known = 0;
    let work = 0;
    for (let i = start; i < data.length;) {
      for (; known < i && known + 2 < data.length; known++) {
        const key = data[known]! | (data[known + 1]! << 8) | (data[known + 2]! << 16);
        before[known] = last.get(key) ?? -1;
        last.set(key, known);
      }
      const most = Math.min(MAX, data.length - i);
      let length = 0;
      let distance = 0;
      if (most >= MIN) {
        const key = data[i]! | (data[i + 1]! << 8) | (data[i + 2]! << 16);
        for (let p = last.get(key) ?? -1; p >= 0 && i - p <= this.windowSize && length < most; p = before[p]!) {
          let n = MIN;
          while (n < most && data[p + n] === data[i + n]) n++;
          work += n;
          if (n > length) {
            length = n;
            distance = i - p;
          }
        }
      }
      if (length === 0) {
        this.symbol(data[i]!);
        i++;
      } else {
        this.match(length, distance);
        i += length;
      }
      if (++work > 20000) {
        work = 0;
        yield { wait: "tick" };
      }
    }
    this.window = data.slice(Math.max(0, data.length - this.windowSize));
  }

  /** Ends the block and fills up its last byte. */
  finish(): void {
    this.put(0, 7);
    if (this.nBits > 0) this.put(0, 8 - this.nBits);
  }
}
