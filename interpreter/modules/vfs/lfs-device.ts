// What littlefs 1 and 2 share: the device with its program and read sizes, the checksum, lists of blocks, and what a
// file system has to offer to vfs_lfs.ts (lib/littlefs).
import { getInt } from "../../native.ts";
import { raiseOSError } from "../../objects/objexcept.ts";
import type { Gen } from "../../objects/obj.ts";
import {
  IOCTL_BLOCK_COUNT,
  IOCTL_BLOCK_ERASE,
  IOCTL_BLOCK_SIZE,
  IOCTL_INIT,
  IOCTL_SYNC,
  type BlockDevice,
} from "./vfs_blockdev.ts";

export const ENOSPC = 28;
export const ENOTDIR = 20;
export const EISDIR = 21;
export const EFBIG = 27;
export const ENAMETOOLONG = 36;
export const ENOTEMPTY = 39;
/** What littlefs calls corrupt. */
export const ECORRUPT = 84;
export const NAME_MAX = 255;
export const FILE_MAX = 2147483647;
export const BLOCK_NULL = 0xffffffff;

export interface LfsConfig {
  readonly readSize: number;
  readonly progSize: number;
  readonly lookahead: number;
  readonly hasMtime: boolean;
}

export type Pair = readonly [number, number];

export const isNullPair = (pair: Pair): boolean => pair[0] === BLOCK_NULL || pair[1] === BLOCK_NULL;
/** Whether two pairs are the same one; sharing one block is enough. */
export const samePair = (a: Pair, b: Pair): boolean => a[0] === b[0] || a[1] === b[1] || a[0] === b[1] || a[1] === b[0];

export const read32 = (bytes: Uint8Array, at: number): number =>
  (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
export function write32(bytes: Uint8Array, at: number, v: number): void {
  for (let i = 0; i < 4; i++) bytes[at + i] = (v >>> (8 * i)) & 0xff;
}
export function words(...values: number[]): Uint8Array {
  const bytes = new Uint8Array(4 * values.length);
  values.forEach((v, i) => write32(bytes, 4 * i, v));
  return bytes;
}

export const alignUp = (n: number, to: number): number => Math.ceil(n / to) * to;

const table = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
  return n;
});

/** CRC-32 without the final inversion; begins with 0xffffffff. */
export function crc32(crc: number, bytes: Uint8Array): number {
  for (const byte of bytes) crc = (crc >>> 8) ^ table[(crc ^ byte) & 0xff]!;
  return crc >>> 0;
}

/** Compares names as bytes. */
export function compareNames(a: Uint8Array, b: Uint8Array): number {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}

/** A device as littlefs uses it. Every error is raised as OSError. */
export class LfsDevice {
  readonly device: BlockDevice;
  readonly config: LfsConfig;
  readonly blockSize: number;
  readonly blockCount: number;
  constructor(device: BlockDevice, config: LfsConfig, blockSize: number, blockCount: number) {
    this.device = device;
    this.config = config;
    this.blockSize = blockSize;
    this.blockCount = blockCount;
  }

  static *of(device: BlockDevice, config: LfsConfig): Gen<LfsDevice> {
    yield* device.ioctl(IOCTL_INIT, 1);
    const size = getInt(yield* device.ioctl(IOCTL_BLOCK_SIZE));
    const count = getInt(yield* device.ioctl(IOCTL_BLOCK_COUNT));
    return new LfsDevice(device, config, size, count);
  }

  /** How much is read at once where more may follow. */
  get cacheSize(): number {
    return Math.min(this.blockSize, 4 * Math.max(this.config.readSize, this.config.progSize));
  }

  *read(block: number, offset: number, size: number): Gen<Uint8Array> {
    if (block >= this.blockCount || offset + size > this.blockSize) raiseOSError(ECORRUPT);
    // Whole read units; what was not asked for is cut off again.
    const { readSize } = this.config;
    const from = Math.floor(offset / readSize) * readSize;
    const bytes = new Uint8Array(Math.min(alignUp(offset + size, readSize), this.blockSize) - from);
    const result = yield* this.device.read(block, bytes, from);
    if (result < 0) raiseOSError(-result);
    return bytes.subarray(offset - from, offset - from + size);
  }

  /** Programs bytes at an aligned place, filled up with 0xff to a whole unit. */
  *prog(block: number, offset: number, bytes: Uint8Array): Gen<void> {
    const padded = new Uint8Array(alignUp(bytes.length, this.config.progSize)).fill(0xff);
    padded.set(bytes);
    const result = yield* this.device.write(block, padded, offset);
    if (result < 0) raiseOSError(-result);
  }

  *erase(block: number): Gen<void> {
    const result = getInt(yield* this.device.ioctl(IOCTL_BLOCK_ERASE, block));
    if (result < 0) raiseOSError(-result);
  }

  *sync(): Gen<void> {
    const answer = yield* this.device.ioctl(IOCTL_SYNC);
    if (answer !== null && getInt(answer) < 0) raiseOSError(-getInt(answer));
  }

  // ---- files: chains of blocks with skip lists, block n pointing back to n - 1, n - 2, n - 4 ... as its number is even

  /** Which block of a file a place is in, and where there. */
  indexOf(at: number): { index: number; offset: number } {
    const b = this.blockSize - 8;
    let i = Math.floor(at / b);
    if (i === 0) return { index: 0, offset: at };
    i = Math.floor((at - 4 * (bitCount(i - 1) + 2)) / b);
    return { index: i, offset: at - b * i - 4 * bitCount(i) };
  }

  /** The block of a file that holds the place `at`. */
  *findBlock(head: number, size: number, at: number): Gen<number> {
    let current = this.indexOf(size - 1).index;
    const target = this.indexOf(at).index;
    while (current > target) {
      const skip = Math.min(31 - Math.clz32(current - target), trailingZeros(current));
      head = read32(yield* this.read(head, 4 * skip, 4), 0);
      current -= 1 << skip;
    }
    return head;
  }

  /** Calls `each` for every block of a file. */
  *traverse(head: number, size: number, each: (block: number) => void): Gen<void> {
    if (size > 0) yield* this.traverseFrom(head, this.indexOf(size - 1).index, each);
  }

  /** The same for the blocks up to number `index`, which `head` is. */
  *traverseFrom(head: number, index: number, each: (block: number) => void): Gen<void> {
    for (;;) {
      each(head);
      if (index === 0) return;
      const count = 2 - (index & 1);
      const heads = yield* this.read(head, 0, 4 * count);
      if (count === 2) each(read32(heads, 0));
      head = read32(heads, 4 * (count - 1));
      index -= count;
    }
  }
}

function bitCount(n: number): number {
  let count = 0;
  for (let v = n >>> 0; v !== 0; v = (v & (v - 1)) >>> 0) count++;
  return count;
}
export const trailingZeros = (n: number): number => 31 - Math.clz32(n & -n);

/** Hands out free blocks, going round the device. What was given out since `checkpoint` is not given out again. */
export class Allocator {
  private readonly lfs: LfsDevice;
  private readonly used: (each: (block: number) => void) => Gen<void>;
  private readonly window: number;
  private start: number;
  private free: number[] = [];
  private readonly inFlight = new Set<number>();
  /** `used` calls its argument for every block in use; `window`: how many blocks are looked at in one go. */
  constructor(lfs: LfsDevice, window: number, start: number, used: (each: (block: number) => void) => Gen<void>) {
    this.lfs = lfs;
    this.used = used;
    this.window = Math.min(window, lfs.blockCount);
    this.start = start % lfs.blockCount;
  }

  /** All that was given out is now part of the file system. */
  checkpoint(): void {
    this.inFlight.clear();
  }

  /** Raises ENOSPC. */
  *allocate(): Gen<number> {
    const { blockCount } = this.lfs;
    for (let seen = 0; this.free.length === 0; seen += this.window) {
      if (seen >= blockCount + this.window) raiseOSError(ENOSPC);
      const used = new Set<number>();
      yield* this.used((block) => used.add(block));
      for (let i = 0; i < this.window; i++) {
        const block = (this.start + i) % blockCount;
        if (!used.has(block) && !this.inFlight.has(block)) this.free.push(block);
      }
      this.start = (this.start + this.window) % blockCount;
    }
    const block = this.free.shift()!;
    this.inFlight.add(block);
    return block;
  }
}

// ---- what vfs_lfs.ts works on

export const O_RDONLY = 1;
export const O_WRONLY = 2;
export const O_RDWR = 3;
export const O_CREAT = 0x100;
export const O_EXCL = 0x200;
export const O_TRUNC = 0x400;
export const O_APPEND = 0x800;

export interface LfsInfo {
  readonly isDir: boolean;
  readonly size: number;
  readonly name: string;
}

export interface LfsFile {
  read(into: Uint8Array): Gen<number>;
  write(bytes: Uint8Array): Gen<number>;
  /** Gives the new place. */
  seek(offset: number, whence: number): Gen<number>;
  sync(): Gen<void>;
  close(): Gen<void>;
}

/** A mounted littlefs. Paths are absolute; every error is raised as OSError. */
export interface Littlefs {
  readonly lfs: LfsDevice;
  open(path: string, flags: number): Gen<LfsFile>;
  stat(path: string): Gen<LfsInfo>;
  /** Nanoseconds since 1970, or null where none is kept. */
  mtime(path: string): Gen<bigint | null>;
  mkdir(path: string): Gen<void>;
  remove(path: string): Gen<void>;
  rename(from: string, to: string): Gen<void>;
  /** An iterator over a folder: the next entry, or null; `close` once done. */
  openDir(path: string): Gen<{ next(): Gen<LfsInfo | null>; close(): void }>;
  usedBlocks(): Gen<number>;
}

/** Splits a path into names, "." and ".." resolved. Raises EINVAL for "..", above the root. */
export function namesOf(path: string, invalid: number): string[] {
  const names: string[] = [];
  for (const name of path.split("/")) {
    if (name === "" || name === ".") continue;
    if (name !== "..") names.push(name);
    else if (names.pop() === undefined) raiseOSError(invalid);
  }
  return names;
}
