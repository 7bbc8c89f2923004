// For tests: an Intel hex that looks to readers as MicroPython for V2 does, since its firmware is in no package that could be asked for.
// It has the flash regions table (micropython-microbit-v2, addlayouttable.py) and filler instead of code; no board could run it.
import { printHex } from "./hex/records.ts";

const pageBytes = 0x1000;
const tablePage = 0x6c; // the last page of MicroPython's region; the file system follows
export const syntheticVersion = "micro:bit v2.1.2+synthetic on 2023-10-30; MicroPython v1.18 on 2023-10-30";

/** `mark` makes firmware that differs, as another release does. */
export function syntheticV2(mark = 0x5a): string {
  const code = new Uint8Array(0x400).fill(mark);
  const text = new TextEncoder().encode(`${syntheticVersion}\0`);
  const textAddress = 0x1d000;
  // Rows and header of 16 bytes, the header last and at the page's end, all little-endian.
  //   row     id(1) hash kind(1) first page(2) length(4) hash(8), or a pointer to text in its first 4
  //   header  0x597F30FE(4) version(2) table length(2) regions(2) log2 of page(2) 0xC1B1D79D(4)
  const regions = [
    { id: 3, hash: 0, page: 0x6d, length: 6 * pageBytes, pointer: 0xffff_ffff },
    { id: 2, hash: 2, page: 0x1c, length: 0x51 * pageBytes, pointer: textAddress },
    { id: 1, hash: 0, page: 0x01, length: 0x1b * pageBytes, pointer: 0xffff_ffff },
  ];
  const table = new DataView(new ArrayBuffer(16 * (regions.length + 1)));
  for (const [index, { id, hash, page, length, pointer }] of regions.entries()) {
    table.setUint8(index * 16, id);
    table.setUint8(index * 16 + 1, hash);
    table.setUint16(index * 16 + 2, page, true);
    table.setUint32(index * 16 + 4, length, true);
    table.setUint32(index * 16 + 8, pointer, true);
  }
  const header = regions.length * 16;
  table.setUint32(header, 0x597f_30fe, true);
  table.setUint16(header + 4, 1, true);
  table.setUint16(header + 6, header, true);
  table.setUint16(header + 8, regions.length, true);
  table.setUint16(header + 10, 12, true);
  table.setUint32(header + 12, 0xc1b1_d79d, true);
  return printHex([
    { address: 0, data: code },
    { address: 0x1c000, data: code },
    { address: textAddress, data: text },
    { address: (tablePage + 1) * pageBytes - table.byteLength, data: new Uint8Array(table.buffer) },
    { address: 0x77000, data: code }, // the bootloader, behind the file system
  ]);
}

/** An Intel hex with the mark before MakeCode's embedded source (pxt, docs/source-embedding.md), and nothing behind it. */
export function syntheticMakeCode(): string {
  return printHex([
    { address: 0x18000, data: Uint8Array.of(0x41, 0x14, 0x0e, 0x2f, 0xb8, 0x2f, 0xa2, 0xbb, 0, 0, 0, 0, 0, 0, 0, 0) },
  ]);
}
