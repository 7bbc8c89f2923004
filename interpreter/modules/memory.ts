// Addresses: where buffers lie in a memory that programs can name by number (uctypes, machine.mem8). Every buffer that somebody
// asks the address of gets a place; where nothing is, memory of its own appears, all zero, instead of a crash.
import { intAdd, type Int } from "../objects/number.ts";

interface Region {
  readonly start: Int;
  readonly length: number;
  readonly buffer: WeakRef<ArrayBufferLike>;
}

const ALIGN = 16;
/** Where RAM begins on the boards that programs with addresses are written for. */
let next = 0x20000000;
/** In the order of their addresses. */
let regions: Region[] = [];
const starts = new WeakMap<ArrayBufferLike, Int>();

function place(buffer: ArrayBufferLike): Int {
  const known = starts.get(buffer);
  if (known !== undefined) return known;
  const start = next;
  next += Math.ceil((buffer.byteLength + 1) / ALIGN) * ALIGN;
  if (regions.length > 1024 && regions.length % 1024 === 0)
    regions = regions.filter((region) => region.buffer.deref() !== undefined);
  regions.push({ start, length: buffer.byteLength, buffer: new WeakRef(buffer) });
  starts.set(buffer, start);
  return start;
}

/** The address of a buffer's first byte. */
export function addressOf(bytes: Uint8Array): Int {
  return intAdd(place(bytes.buffer), bytes.byteOffset);
}

function regionAt(address: Int): Region | undefined {
  let low = 0;
  let high = regions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (regions[middle]!.start <= address) low = middle + 1;
    else high = middle;
  }
  const region = regions[low - 1];
  return region !== undefined && Number(address) - Number(region.start) < Math.max(1, region.length) ? region : undefined;
}

/** `size` bytes at an address, shared with the object they belong to, as far as that one reaches. */
export function memoryAt(address: Int, size: number): Uint8Array {
  const region = regionAt(address);
  const buffer = region?.buffer.deref();
  if (region !== undefined && buffer !== undefined) {
    const offset = Number(address) - Number(region.start);
    if (offset + size <= region.length) return new Uint8Array(buffer, offset, size);
    // What lies behind the object is not part of it: a copy, so that reading gives zeros and writing is lost.
    const copy = new Uint8Array(size);
    copy.set(new Uint8Array(buffer, offset, region.length - offset));
    return copy;
  }
  const bytes = new Uint8Array(size);
  starts.set(bytes.buffer, address);
  return bytes;
}

/** The text that stands at an address, as far as its object reaches or a zero byte. */
export function textAt(address: Int): Uint8Array {
  const region = regionAt(address);
  const buffer = region?.buffer.deref();
  if (region === undefined || buffer === undefined) return new Uint8Array(0);
  const bytes = new Uint8Array(buffer, Number(address) - Number(region.start));
  const end = bytes.indexOf(0);
  return end < 0 ? bytes : bytes.subarray(0, end);
}
