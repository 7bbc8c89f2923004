// What a hex makes of a chip's flash: every page of it, blank where the hex has nothing, and the words of UICR. Knows no USB.
import { memoryOf, parseRecords } from "../hex/records.ts";

export interface Geometry {
  readonly pageBytes: number;
  readonly pages: number;
}

export interface Image {
  /** All pages of the flash: what is on the board now must not shine through where the hex is blank. */
  readonly pages: readonly Uint8Array[];
  /** Words of the chip's configuration registers, by address. */
  readonly uicr: ReadonlyMap<number, number>;
}

const uicrBase = 0x1000_1000;

/** Null when the hex has bytes where the chip has no memory. */
export function imageOf(hex: string, { pageBytes, pages: count }: Geometry): Image | null {
  const flash = new Uint8Array(pageBytes * count).fill(0xff);
  const uicr = new Map<number, number>();
  for (const { address, data } of memoryOf(parseRecords(hex))) {
    if (address + data.length <= flash.length) {
      flash.set(data, address);
    } else if (address >= uicrBase && address + data.length <= uicrBase + 0x1000) {
      for (const [i, byte] of data.entries()) {
        const word = (address + i) & ~3;
        const shift = ((address + i) & 3) * 8;
        const before = uicr.get(word) ?? 0xffff_ffff;
        uicr.set(word, ((before & ~(0xff << shift)) | (byte << shift)) >>> 0);
      }
    } else return null;
  }
  const pages = Array.from({ length: count }, (_, i) => flash.subarray(i * pageBytes, (i + 1) * pageBytes));
  return { pages, uicr };
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = (value & 1) !== 0 ? (value >>> 1) ^ 0xedb8_8320 : value >>> 1;
  return value;
});

/** CRC-32 as zlib's; `sumPages` makes the same on the board. */
export function crc32(bytes: Uint8Array): number {
  let sum = 0xffff_ffff;
  for (const byte of bytes) sum = (sum >>> 8) ^ table[(sum ^ byte) & 0xff]!;
  return ~sum >>> 0;
}
