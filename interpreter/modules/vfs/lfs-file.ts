// An open file of a littlefs of either version: reading along its chain of blocks, writing to new blocks beside the old
// ones until it is synced (lfs_file_* of lib/littlefs). Where its entry is kept is the file system's matter.
import { raiseOSError } from "../../objects/objexcept.ts";
import type { Gen } from "../../objects/obj.ts";
import {
  Allocator,
  BLOCK_NULL,
  EFBIG,
  FILE_MAX,
  O_APPEND,
  O_RDONLY,
  O_WRONLY,
  read32,
  trailingZeros,
  words,
} from "./lfs-device.ts";
import type { LfsDevice, LfsFile } from "./lfs-device.ts";
import { EINVAL } from "./vfs.ts";

const EBADF = 9;

/** What a file's entry says: its bytes themselves, or its chain's last block and its size. */
export type FileData = { readonly inline: Uint8Array } | { readonly head: number; readonly size: number };

/** How a file is kept by the file system that it is in. */
export interface FileStore {
  readonly lfs: LfsDevice;
  readonly allocator: Allocator;
  /** Files up to this many bytes are kept in their entry; -1: none is. */
  readonly inlineMax: number;
  /** Writes what the file now is to its entry. */
  commit(data: FileData): Gen<void>;
  /** Its content changes now. */
  touch(): void;
  /** The file is closed. */
  release(): void;
}

/** The block being written: its bytes so far, programmed when it is full or the file is flushed. */
interface Draft {
  readonly block: number;
  readonly bytes: Uint8Array;
  offset: number;
}

export class ChainFile implements LfsFile {
  private readonly store: FileStore;
  private readonly flags: number;
  private inline: Uint8Array | null;
  private head: number;
  private size: number;
  private at = 0;
  private draft: Draft | null = null;
  /** The block that was read last, all of it that the file has. */
  private cached: { readonly block: number; readonly from: number; readonly bytes: Uint8Array } | null = null;
  private isDirty: boolean;
  private isOpen = true;
  /** The last write failed: closing the file then leaves its entry as it was. */
  private isErred = false;

  constructor(store: FileStore, flags: number, data: FileData, isDirty: boolean) {
    this.store = store;
    this.flags = flags;
    this.inline = "inline" in data ? data.inline : null;
    this.head = "inline" in data ? BLOCK_NULL : data.head;
    this.size = "inline" in data ? data.inline.length : data.size;
    this.isDirty = isDirty;
  }

  /** Every block that this file holds beyond what its entry says. */
  *traverse(each: (block: number) => void): Gen<void> {
    const { lfs } = this.store;
    if (this.inline === null && this.isDirty) yield* lfs.traverse(this.head, this.size, each);
    if (this.draft === null) return;
    // The draft's own block, and by its first pointer those that it continues.
    each(this.draft.block);
    const { index } = lfs.indexOf(Math.max(0, this.at - 1));
    if (index > 0) yield* lfs.traverseFrom(read32(this.draft.bytes, 0), index - 1, each);
  }

  *read(into: Uint8Array): Gen<number> {
    if ((this.flags & O_RDONLY) === 0) raiseOSError(EBADF);
    yield* this.flush();
    const wanted = Math.max(0, Math.min(into.length, this.size - this.at));
    if (this.inline !== null) {
      into.set(this.inline.subarray(this.at, this.at + wanted));
      this.at += wanted;
      return wanted;
    }
    for (let done = 0; done < wanted;) {
      const part = yield* this.bytesAt(this.at, wanted - done);
      into.set(part, done);
      done += part.length;
      this.at += part.length;
    }
    return wanted;
  }

  /** Bytes of the flushed chain from a place on, within one block. */
  private *bytesAt(at: number, most: number): Gen<Uint8Array> {
    const { lfs } = this.store;
    const { index, offset } = lfs.indexOf(at);
    if (
      this.cached === null ||
      this.cached.block !== index ||
      offset < this.cached.from ||
      offset >= this.cached.from + this.cached.bytes.length
    ) {
      const block = yield* lfs.findBlock(this.head, this.size, at);
      const end = index === lfs.indexOf(this.size - 1).index ? lfs.indexOf(this.size - 1).offset + 1 : lfs.blockSize;
      const size = Math.min(end - offset, Math.max(most, lfs.cacheSize));
      this.cached = { block: index, from: offset, bytes: yield* lfs.read(block, offset, size) };
    }
    const { from, bytes } = this.cached;
    return bytes.subarray(offset - from, offset - from + most);
  }

  *write(bytes: Uint8Array): Gen<number> {
    if ((this.flags & O_WRONLY) === 0) raiseOSError(EBADF);
    if (this.flags & O_APPEND && this.at < this.size && this.draft === null) this.at = this.size;
    if (this.at + bytes.length > FILE_MAX) raiseOSError(EFBIG);
    this.store.touch();
    if (this.at > this.size && this.draft === null) {
      // A gap is filled with zeros.
      const to = this.at;
      this.at = this.size;
      const zeros = new Uint8Array(4096);
      while (this.at < to) yield* this.append(zeros.subarray(0, Math.min(zeros.length, to - this.at)));
    }
    this.isErred = true;
    yield* this.append(bytes);
    this.isErred = false;
    return bytes.length;
  }

  private *append(bytes: Uint8Array): Gen<void> {
    const { inlineMax } = this.store;
    if (this.inline !== null) {
      const end = Math.max(this.at + bytes.length, this.size);
      if (end <= inlineMax) {
        const longer = new Uint8Array(end);
        longer.set(this.inline);
        longer.set(bytes, this.at);
        this.inline = longer;
        this.size = end;
        this.at += bytes.length;
        this.isDirty = true;
        return;
      }
      yield* this.outline();
    }
    let done = 0;
    while (done < bytes.length) {
      if (this.draft === null || this.draft.offset === this.store.lfs.blockSize) yield* this.extend();
      const draft = this.draft!;
      const n = Math.min(draft.bytes.length - draft.offset, bytes.length - done);
      draft.bytes.set(bytes.subarray(done, done + n), draft.offset);
      draft.offset += n;
      done += n;
      this.at += n;
      if (draft.offset === draft.bytes.length) yield* this.program();
    }
  }

  /** Turns bytes kept in the entry into a chain of one block, still to be committed. */
  private *outline(): Gen<void> {
    const old = this.inline!.subarray(0, this.at);
    const rest = this.inline!.subarray(this.at);
    this.store.allocator.checkpoint();
    const block = yield* this.newBlock();
    this.draft = { block, bytes: new Uint8Array(this.store.lfs.blockSize).fill(0xff), offset: old.length };
    this.draft.bytes.set(old);
    this.inline = null;
    this.isDirty = true;
    this.tail = rest.slice();
    this.tailStart = this.at;
    this.head = BLOCK_NULL;
    this.size = 0;
  }

  /** What follows the place where writing began, when it came from an entry. */
  private tail: Uint8Array | null = null;
  private tailStart = 0;

  private *newBlock(): Gen<number> {
    const block = yield* this.store.allocator.allocate();
    yield* this.store.lfs.erase(block);
    return block;
  }

  /** Begins the block that the byte at `at` goes to: a new one, or a copy of the one that is half full. */
  private *extend(): Gen<void> {
    const { lfs } = this.store;
    let before = this.draft?.block ?? BLOCK_NULL;
    this.store.allocator.checkpoint();
    if (this.draft === null && this.at > 0) before = yield* lfs.findBlock(this.head, this.size, this.at - 1);
    const block = yield* this.newBlock();
    const bytes = new Uint8Array(lfs.blockSize).fill(0xff);
    let offset = 0;
    if (this.at > 0) {
      const last = lfs.indexOf(this.at - 1);
      if (last.offset + 1 < lfs.blockSize) {
        offset = last.offset + 1;
        bytes.set(yield* lfs.read(before, 0, offset));
      } else {
        const pointers: number[] = [];
        const count = trailingZeros(last.index + 1) + 1;
        for (let i = 0; i < count; i++) {
          pointers.push(before);
          if (i < count - 1) before = read32(yield* lfs.read(before, 4 * i, 4), 0);
        }
        bytes.set(words(...pointers));
        offset = 4 * count;
      }
    }
    this.draft = { block, bytes, offset };
  }

  private *program(): Gen<void> {
    const { block, bytes, offset } = this.draft!;
    yield* this.store.lfs.prog(block, 0, bytes.subarray(0, offset));
  }

  /** Ends writing: what followed the place comes after it, and the chain is the file's from now on. */
  private *flush(): Gen<void> {
    if (this.draft === null) return;
    const at = this.at;
    const { tail } = this;
    if (tail !== null) {
      const end = this.tailStart + tail.length;
      if (end > at) yield* this.append(tail.subarray(at - this.tailStart));
    } else {
      while (this.at < this.size) {
        const part = (yield* this.bytesAt(this.at, this.size - this.at)).slice();
        yield* this.append(part);
      }
    }
    if (this.draft.offset < this.draft.bytes.length) yield* this.program();
    this.head = this.draft.block;
    this.size = this.at;
    this.draft = null;
    this.tail = null;
    this.cached = null;
    this.isDirty = true;
    this.at = at;
  }

  *seek(offset: number, whence: number): Gen<number> {
    let end = this.size;
    if (this.draft !== null) end = Math.max(this.at, this.tail === null ? this.size : this.tailStart + this.tail.length);
    const to = offset + (whence === 0 ? 0 : whence === 1 ? this.at : end);
    if (to < 0 || to > FILE_MAX) raiseOSError(EINVAL);
    if (to === this.at) return to;
    yield* this.flush();
    this.at = to;
    return to;
  }

  *sync(): Gen<void> {
    this.isErred = true;
    yield* this.flush();
    if (this.isDirty) yield* this.commit();
    this.isErred = false;
  }

  private *commit(): Gen<void> {
    if (this.inline === null) yield* this.store.lfs.sync();
    yield* this.store.commit(this.inline === null ? { head: this.head, size: this.size } : { inline: this.inline });
    this.isDirty = false;
  }

  *close(): Gen<void> {
    if (!this.isOpen) return;
    this.isOpen = false;
    try {
      if (!this.isErred) yield* this.sync();
    } finally {
      this.store.release();
    }
  }
}
