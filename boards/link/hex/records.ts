// Intel hex and Universal Hex as records: checked line by line, so that a refused file can be told why, and written again.
// What the bytes mean is firmware.ts's business. Universal Hex: https://tech.microbit.org/software/spec-universal-hex/

/** Record types. 0x0A to 0x0E are Universal Hex's. */
export const record = {
  data: 0x00,
  endOfFile: 0x01,
  segment: 0x02,
  linear: 0x04,
  blockStart: 0x0a,
  customData: 0x0d,
  otherData: 0x0e,
} as const;

export interface HexRecord {
  readonly type: number;
  readonly address: number;
  readonly data: Uint8Array;
}

/** Bytes that lie together in memory. */
export interface Stretch {
  readonly address: number;
  readonly data: Uint8Array;
}

/** not-hex: some other file. cut: has no end. damaged: a line's own checksum, length or type is wrong. */
export type RecordFault = "not-hex" | "cut" | "damaged";

export class RecordError extends Error {
  readonly fault: RecordFault;
  /** From 1; 0 when it is about the whole file. */
  readonly line: number;
  constructor(fault: RecordFault, line: number) {
    super(`hex: ${fault}${line ? ` in line ${line}` : ""}`);
    this.fault = fault;
    this.line = line;
  }
}

/**
 * The lines with something in them. Hexes of the first Python editor have a line of nothing but colons where a script was to be put in;
 * it is no record.
 */
function lines(text: string): { readonly line: number; readonly text: string }[] {
  return text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r/)
    .map((each, index) => ({ line: index + 1, text: each.trim() }))
    .filter(({ text: each }) => /[^:]/.test(each));
}

/** All records of a file, each checked. The end may be missing: `checkEnd` asks for it. Throws RecordError. */
export function parseRecords(text: string): HexRecord[] {
  const all = lines(text);
  if (!/^:[0-9A-Fa-f]{10}/.test(all[0]?.text ?? "")) throw new RecordError("not-hex", 0);
  return all.map(({ line, text: each }, index) => {
    const parsed = parseRecord(each);
    // A copy that stopped in the middle of its last line is cut rather than damaged.
    if (!parsed) throw new RecordError(index === all.length - 1 && isStart(each) ? "cut" : "damaged", line);
    return parsed;
  });
}

/** `:` count(1) address(2) type(1) data(count) checksum(1), each byte two digits; all bytes together sum to 0. */
function parseRecord(text: string): HexRecord | null {
  if (text.length < 11 || text.length % 2 === 0 || text[0] !== ":") return null;
  const bytes = new Uint8Array((text.length - 1) / 2);
  let sum = 0;
  for (let at = 0; at < bytes.length; at++) {
    const high = digit(text.charCodeAt(1 + at * 2));
    const low = digit(text.charCodeAt(2 + at * 2));
    if (high < 0 || low < 0) return null;
    bytes[at] = (high << 4) | low;
    sum += bytes[at]!;
  }
  const type = bytes[3]!;
  if (bytes.length !== bytes[0]! + 5 || (sum & 0xff) !== 0) return null;
  if (type > 0x05 && (type < record.blockStart || type > record.otherData)) return null;
  if ((type === record.segment || type === record.linear) && bytes[0] !== 2) return null;
  return { type, address: (bytes[1]! << 8) | bytes[2]!, data: bytes.subarray(4, -1) };
}

/** The value of a hexadecimal digit, or -1. A firmware has a million of them. */
function digit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/** Could that be the beginning of a longer record? */
function isStart(text: string): boolean {
  if (!/^:[0-9A-Fa-f]*$/.test(text)) return false;
  const count = text.length < 3 ? 255 : Number.parseInt(text.slice(1, 3), 16);
  return text.length < 1 + (count + 5) * 2;
}

/** Throws RecordError when the file stops before its end. */
export function checkEnd(records: readonly HexRecord[]): void {
  if (records.at(-1)?.type !== record.endOfFile) throw new RecordError("cut", 0);
}

/** The text as other readers want it: one record a line, nothing else. */
export function cleanText(text: string): string {
  return `${lines(text)
    .map(({ text: each }) => each.toUpperCase())
    .join("\n")}\n`;
}

/** The memory of an Intel hex (no Universal Hex), by rising address. */
export function memoryOf(records: readonly HexRecord[]): Stretch[] {
  let base = 0;
  const pieces: Stretch[] = [];
  for (const { type, address, data } of records) {
    if (type === record.linear) base = ((data[0]! << 8) | data[1]!) * 0x1_0000;
    else if (type === record.segment) base = ((data[0]! << 8) | data[1]!) * 0x10;
    else if (type === record.data) pieces.push({ address: base + address, data });
  }
  return pieces.sort((a, b) => a.address - b.address);
}

/** What of `memory` lies outside `start` to `end`. */
export function without(memory: readonly Stretch[], start: number, end: number): Stretch[] {
  return memory.flatMap(({ address, data }) => {
    const before = data.subarray(0, Math.max(0, start - address));
    const from = Math.max(0, end - address);
    const after = data.subarray(from);
    if (address + data.length <= start || address >= end) return [{ address, data }];
    return [
      { address, data: before },
      { address: address + from, data: after },
    ].filter((each) => each.data.length > 0);
  });
}

/** Intel hex with records of 16 bytes at most, as DAPLink likes them. `memory` must rise. */
export function printHex(memory: readonly Stretch[]): string {
  const printed: string[] = [];
  let base = -1;
  for (const { address, data } of memory) {
    for (let at = 0; at < data.length;) {
      const here = address + at;
      const high = Math.floor(here / 0x1_0000);
      if (high !== base) printed.push(printRecord(record.linear, 0, Uint8Array.of(high >> 8, high & 0xff)));
      base = high;
      const length = Math.min(16 - (here % 16), data.length - at); // never over a 64 kB border, which is one of 16 too
      printed.push(printRecord(record.data, here % 0x1_0000, data.subarray(at, at + length)));
      at += length;
    }
  }
  printed.push(printRecord(record.endOfFile, 0, new Uint8Array(0)));
  return `${printed.join("\n")}\n`;
}

export function printRecord(type: number, address: number, data: Uint8Array): string {
  const bytes = [data.length, address >> 8, address & 0xff, type, ...data];
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  return `:${[...bytes, -sum & 0xff].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`.toUpperCase();
}
