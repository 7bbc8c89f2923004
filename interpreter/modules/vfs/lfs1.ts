// littlefs 1 (lib/littlefs/lfs1.c): every folder is a list of pairs of blocks, one of each pair in use, and a change rewrites the
// folder's block in the other one. Files are always chains of blocks. Open files are in lfs-file.ts.
// DIFFERS: pairs stay where they are; littlefs moves them off blocks that cannot be written any more.
import { decodeUtf8, encodeUtf8 } from "../../objects/objbytes.ts";
import { raiseOSError } from "../../objects/objexcept.ts";
import type { Gen } from "../../objects/obj.ts";
import {
  Allocator,
  BLOCK_NULL,
  compareNames,
  crc32,
  ECORRUPT,
  EISDIR,
  ENAMETOOLONG,
  ENOSPC,
  ENOTDIR,
  ENOTEMPTY,
  isNullPair,
  NAME_MAX,
  namesOf,
  O_CREAT,
  O_EXCL,
  O_TRUNC,
  O_WRONLY,
  read32,
  samePair,
  words,
  type LfsDevice,
  type LfsInfo,
  type Littlefs,
  type Pair,
} from "./lfs-device.ts";
import { ChainFile, type FileData } from "./lfs-file.ts";
import { EEXIST, EINVAL, ENOENT } from "./vfs.ts";

const TYPE_REG = 0x11;
const TYPE_DIR = 0x22;
const TYPE_SUPERBLOCK = 0x2e;
/** Set while an entry is being moved elsewhere. */
const MOVING = 0x80;
const DISK_VERSION = 0x00010001;
const SUPERBLOCKS: Pair = [0, 1];
const HEADER = 16;
/** Set in a folder's size when its tail goes on with it. */
const SPLIT = 0x80000000;

interface Entry {
  readonly type: number;
  /** A file's head and size, or a folder's pair. */
  readonly data: Uint8Array;
  readonly attrs: Uint8Array;
  readonly name: Uint8Array;
}

interface Dir {
  /** The block in use first. */
  readonly pair: Pair;
  readonly revision: number;
  readonly entries: readonly Entry[];
  readonly tail: Pair;
  readonly isSplit: boolean;
}

interface Handle {
  readonly kind: "file" | "dir";
  pair: Pair | null;
  index: number;
  file?: ChainFile;
}

type Found =
  | { readonly at: "root" }
  | { readonly at: "entry"; readonly dir: Dir; readonly index: number; readonly entry: Entry; readonly name: Uint8Array }
  | { readonly at: "missing"; readonly dir: Dir; readonly name: Uint8Array };

const pairOf = (entry: Entry): Pair => [read32(entry.data, 0), read32(entry.data, 4)];
const sizeOf = (entry: Entry): number => 4 + entry.data.length + entry.attrs.length + entry.name.length;
const sizeOfDir = (entries: readonly Entry[]): number => HEADER + entries.reduce((sum, entry) => sum + sizeOf(entry), 0) + 4;
const kindOf = (entry: Entry): number => entry.type & ~MOVING;
const nothing = new Uint8Array(0);

/** Reads a pair; null: neither block is valid. */
function* fetchDir(lfs: LfsDevice, pair: Pair): Gen<Dir | null> {
  let best: Dir | null = null;
  if (pair[0] >= lfs.blockCount || pair[1] >= lfs.blockCount) return null;
  for (const [i, block] of pair.entries()) {
    const header = yield* lfs.read(block, 0, HEADER);
    const revision = read32(header, 0);
    if (best !== null && ((revision - best.revision) | 0) < 0) continue;
    const word = read32(header, 4);
    const size = word & 0x7fffffff;
    if (size < HEADER + 4 || size > lfs.blockSize) continue;
    const bytes = yield* lfs.read(block, 0, size);
    if (crc32(0xffffffff, bytes) !== 0) continue;
    const entries: Entry[] = [];
    for (let at = HEADER; at + 4 <= size - 4;) {
      const [type, dataSize, attrSize, nameSize] = bytes.subarray(at, at + 4) as unknown as [number, number, number, number];
      const parts = [dataSize, attrSize, nameSize].reduce((ends, n) => [...ends, ends.at(-1)! + n], [at + 4]);
      if (parts[3]! > size - 4) break;
      const part = (k: number): Uint8Array => bytes.slice(parts[k]!, parts[k + 1]!);
      entries.push({ type, data: part(0), attrs: part(1), name: part(2) });
      at = parts[3]!;
    }
    const tail: Pair = [read32(header, 8), read32(header, 12)];
    best = { pair: [block, pair[1 - i]!], revision, entries, tail, isSplit: word >= SPLIT };
  }
  return best;
}

/** Writes a folder's block anew, in the pair's other block. Raises ENOSPC if it does not fit. */
function* writeDir(lfs: LfsDevice, dir: Dir): Gen<Dir> {
  const size = sizeOfDir(dir.entries);
  if (size > lfs.blockSize) raiseOSError(ENOSPC);
  const bytes = new Uint8Array(size);
  const revision = (dir.revision + 1) >>> 0;
  bytes.set(words(revision, size + (dir.isSplit ? SPLIT : 0), ...dir.tail));
  let at = HEADER;
  for (const { type, data, attrs, name } of dir.entries) {
    bytes.set([type, data.length, attrs.length, name.length], at);
    at += 4;
    for (const part of [data, attrs, name]) {
      bytes.set(part, at);
      at += part.length;
    }
  }
  bytes.set(words(crc32(0xffffffff, bytes.subarray(0, at))), at);
  const pair: Pair = [dir.pair[1], dir.pair[0]];
  yield* lfs.erase(pair[0]);
  yield* lfs.prog(pair[0], 0, bytes);
  yield* lfs.sync();
  return { ...dir, pair, revision };
}

/** Makes an empty file system. Raises OSError. */
export function* formatLfs1(lfs: LfsDevice): Gen<void> {
  if (lfs.blockCount < 4) raiseOSError(ENOSPC);
  const empty = { entries: [], tail: [BLOCK_NULL, BLOCK_NULL] as Pair, isSplit: false };
  const old = (yield* lfs.read(0, 0, 4)).slice();
  const rootRevision = (read32(yield* lfs.read(2, 0, 4), 0) + 1) >>> 0;
  const root = yield* writeDir(lfs, { ...empty, pair: [2, 3], revision: rootRevision });
  const data = words(...root.pair, lfs.blockSize, lfs.blockCount, DISK_VERSION);
  const entry: Entry = { type: TYPE_SUPERBLOCK, data, attrs: nothing, name: encodeUtf8("littlefs") };
  const both = { pair: SUPERBLOCKS, revision: (read32(old, 0) + 1) >>> 0, entries: [entry], tail: root.pair, isSplit: false };
  // Both blocks of the superblock, to be safe.
  yield* writeDir(lfs, yield* writeDir(lfs, both));
  if ((yield* fetchDir(lfs, SUPERBLOCKS)) === null) raiseOSError(ECORRUPT);
}

export class Lfs1 implements Littlefs {
  readonly lfs: LfsDevice;
  readonly allocator: Allocator;
  private readonly root: Pair;
  private readonly handles = new Set<Handle>();
  /** What a power loss may have left behind has been cleared up. */
  private isConsistent = false;

  constructor(lfs: LfsDevice, root: Pair) {
    this.lfs = lfs;
    this.root = root;
    this.allocator = new Allocator(lfs, lfs.config.lookahead, 0, (each) => this.traverse(each));
  }

  /** Raises OSError: ECORRUPT (84) where there is no littlefs 1, EINVAL for a version that is not known. */
  static *mount(lfs: LfsDevice): Gen<Lfs1> {
    const entry = (yield* fetchDir(lfs, SUPERBLOCKS))?.entries[0];
    if (entry === undefined || decodeUtf8(entry.name) !== "littlefs" || entry.data.length < 20) raiseOSError(ECORRUPT);
    const version = read32(entry.data, 16);
    if (version >>> 16 !== 1 || (version & 0xffff) > 1) raiseOSError(EINVAL);
    return new Lfs1(lfs, pairOf(entry));
  }

  private *fetch(pair: Pair): Gen<Dir> {
    return (yield* fetchDir(this.lfs, pair)) ?? raiseOSError(ECORRUPT);
  }

  private *each(visit: (dir: Dir) => Gen<boolean | void>): Gen<void> {
    let tail = SUPERBLOCKS;
    for (let n = 0; !isNullPair(tail); n++) {
      if (n > this.lfs.blockCount) raiseOSError(ECORRUPT);
      const dir = yield* this.fetch(tail);
      if ((yield* visit(dir)) === true) return;
      ({ tail } = dir);
    }
  }

  private *traverse(each: (block: number) => void): Gen<void> {
    const { lfs, handles } = this;
    yield* this.each(function* (dir): Gen<void> {
      dir.pair.forEach(each);
      for (const entry of dir.entries)
        if ((entry.type & 0x70) === (TYPE_REG & 0x70)) yield* lfs.traverse(read32(entry.data, 0), read32(entry.data, 4), each);
    });
    for (const { file } of handles) if (file !== undefined) yield* file.traverse(each);
  }

  *usedBlocks(): Gen<number> {
    let count = 0;
    yield* this.traverse(() => count++);
    return count;
  }

  private *predecessor(pair: Pair): Gen<Dir | null> {
    let found: Dir | null = null;
    yield* this.each(function* (dir): Gen<boolean> {
      if (!isNullPair(dir.tail) && samePair(dir.tail, pair)) found = dir;
      return found !== null;
    });
    return found;
  }

  /** The entry that leads to a folder's pair. */
  private *parent(pair: Pair): Gen<Entry | null> {
    let found: Entry | null = null;
    yield* this.each(function* (dir): Gen<boolean> {
      found = dir.entries.find((entry) => (entry.type & 0x70) === (TYPE_DIR & 0x70) && samePair(pairOf(entry), pair)) ?? null;
      return found !== null;
    });
    return found;
  }

  /** Whether what a moving entry leads to has arrived under another one. */
  private *hasArrived(entry: Entry): Gen<boolean> {
    let found = false;
    yield* this.each(function* (dir): Gen<boolean> {
      found = dir.entries.some(
        (other) => (other.type & MOVING) === 0 && compareNames(other.data.subarray(0, 8), entry.data.subarray(0, 8)) === 0,
      );
      return found;
    });
    return found;
  }

  // ---- changing folders

  private *setTail(dir: Dir, tail: Pair, isSplit = dir.isSplit): Gen<void> {
    yield* writeDir(this.lfs, { ...dir, tail, isSplit });
  }

  private *replace(dir: Dir, index: number, entry: Entry): Gen<Dir> {
    const entries = dir.entries.with(index, entry);
    return yield* writeDir(this.lfs, { ...dir, entries });
  }

  private *newDir(tail: Pair, entries: readonly Entry[]): Gen<Dir> {
    const first = yield* this.allocator.allocate();
    const second = yield* this.allocator.allocate();
    const revision = (read32(yield* this.lfs.read(first, 0, 4), 0) + 1) >>> 0;
    return yield* writeDir(this.lfs, { pair: [first, second], revision, entries, tail, isSplit: false });
  }

  /** Adds an entry at a folder's end, in a further pair if there is no room. Tells where it is now. */
  private *append(start: Dir, entry: Entry): Gen<{ pair: Pair; index: number }> {
    let dir = start;
    for (;;) {
      if (sizeOfDir(dir.entries) + sizeOf(entry) <= this.lfs.blockSize) {
        const entries = [...dir.entries, entry];
        const done = yield* writeDir(this.lfs, { ...dir, entries });
        return { pair: done.pair, index: entries.length - 1 };
      }
      if (!dir.isSplit) {
        const next = yield* this.newDir(dir.tail, [entry]);
        yield* this.setTail(dir, next.pair, true);
        return { pair: next.pair, index: 0 };
      }
      dir = yield* this.fetch(dir.tail);
    }
  }

  private *removeEntry(dir: Dir, index: number): Gen<void> {
    if (dir.entries.length === 1) {
      const before = yield* this.predecessor(dir.pair);
      if (before !== null && before.isSplit) {
        // The last entry of a continuation: the pair itself is dropped.
        yield* this.setTail(before, dir.tail, dir.isSplit);
        for (const handle of this.handles) {
          if (handle.pair === null || !samePair(handle.pair, dir.pair)) continue;
          handle.pair = handle.kind === "dir" && dir.isSplit ? dir.tail : null;
          handle.index = 0;
        }
        return;
      }
    }
    yield* writeDir(this.lfs, { ...dir, entries: dir.entries.toSpliced(index, 1) });
    for (const handle of this.handles) {
      if (handle.pair === null || !samePair(handle.pair, dir.pair)) continue;
      if (handle.kind === "file" && handle.index === index) handle.pair = null;
      else if (handle.index > index) handle.index--;
    }
  }

  /** Takes an empty folder's pair out of the list that threads them. */
  private *forgetDir(dir: Dir): Gen<void> {
    const before = yield* this.predecessor(dir.pair);
    if (before !== null) yield* this.setTail(before, dir.tail);
  }

  /** Before the first change: finishes what a power loss interrupted. */
  private *makeConsistent(): Gen<void> {
    this.allocator.checkpoint();
    if (this.isConsistent) return;
    this.isConsistent = true;
    let before: Dir | null = null;
    let tail = SUPERBLOCKS;
    for (let n = 0; !isNullPair(tail); n++) {
      if (n > this.lfs.blockCount) raiseOSError(ECORRUPT);
      const dir: Dir = yield* this.fetch(tail);
      if (before !== null && !before.isSplit && !samePair(dir.pair, this.root)) {
        const parent: Entry | null = yield* this.parent(tail);
        if (parent === null) return yield* this.setTail(before, dir.tail);
        const pair = pairOf(parent);
        if (!pair.every((block) => tail.includes(block))) return yield* this.setTail(before, pair);
      }
      for (let i = 0; i < dir.entries.length; i++) {
        const now = yield* this.fetch(dir.pair);
        const entry = now.entries[i];
        if (entry === undefined || (entry.type & MOVING) === 0) continue;
        if (yield* this.hasArrived(entry)) yield* this.removeEntry(now, i--);
        else yield* this.replace(now, i, { ...entry, type: kindOf(entry) });
      }
      before = yield* this.fetch(dir.pair);
      ({ tail } = before);
    }
  }

  // ---- paths

  private *find(path: string): Gen<Found> {
    const names = namesOf(path, 0);
    let pair = this.root;
    if (names.length === 0) return { at: "root" };
    for (let i = 0; ; i++) {
      const name = encodeUtf8(names[i]!);
      const isLast = i === names.length - 1;
      const found = yield* this.lookup(pair, name);
      if (found.entry === null) {
        if (!isLast || path.endsWith("/")) raiseOSError(ENOENT);
        return { at: "missing", dir: yield* this.fetch(pair), name };
      }
      const { dir, index, entry } = found;
      if (isLast) return { at: "entry", dir, index, entry: { ...entry, type: kindOf(entry) }, name };
      if (kindOf(entry) !== TYPE_DIR) raiseOSError(ENOTDIR);
      pair = pairOf(entry);
    }
  }

  private *lookup(start: Pair, name: Uint8Array): Gen<{ dir: Dir; index: number; entry: Entry } | { entry: null }> {
    let pair = start;
    for (;;) {
      const dir = yield* this.fetch(pair);
      for (const [index, entry] of dir.entries.entries()) {
        const kind = kindOf(entry);
        if ((kind !== TYPE_REG && kind !== TYPE_DIR) || compareNames(entry.name, name) !== 0) continue;
        if (entry.type & MOVING && (yield* this.hasArrived(entry))) return { entry: null };
        return { dir, index, entry };
      }
      if (!dir.isSplit) return { entry: null };
      pair = dir.tail;
    }
  }

  private infoOf(entry: Entry): LfsInfo {
    const isDir = kindOf(entry) === TYPE_DIR;
    return { isDir, size: isDir ? 0 : read32(entry.data, 4), name: decodeUtf8(entry.name) };
  }

  *stat(path: string): Gen<LfsInfo> {
    const found = yield* this.find(path);
    if (found.at === "missing") raiseOSError(ENOENT);
    return found.at === "root" ? { isDir: true, size: 0, name: "/" } : this.infoOf(found.entry);
  }

  // Times are only kept by littlefs 2.
  *mtime(): Gen<null> {
    return null;
  }

  *openDir(path: string): Gen<{ next(): Gen<LfsInfo | null>; close(): void }> {
    const found = yield* this.find(path);
    if (found.at === "missing") raiseOSError(ENOENT);
    if (found.at === "entry" && found.entry.type !== TYPE_DIR) raiseOSError(ENOTDIR);
    const pair = found.at === "root" ? this.root : pairOf(found.entry);
    yield* this.fetch(pair);
    const handle: Handle = { kind: "dir", pair, index: 0 };
    this.handles.add(handle);
    return { next: () => this.nextEntry(handle), close: () => void this.handles.delete(handle) };
  }

  private *nextEntry(handle: Handle): Gen<LfsInfo | null> {
    while (handle.pair !== null) {
      const dir = yield* this.fetch(handle.pair);
      while (handle.index < dir.entries.length) {
        const entry = dir.entries[handle.index++]!;
        const kind = kindOf(entry);
        if (kind !== TYPE_REG && kind !== TYPE_DIR) continue;
        if (entry.type & MOVING && (yield* this.hasArrived(entry))) continue;
        return this.infoOf(entry);
      }
      if (!dir.isSplit) return null;
      handle.pair = dir.tail;
      handle.index = 0;
    }
    return null;
  }

  // ---- changes

  *mkdir(path: string): Gen<void> {
    yield* this.makeConsistent();
    const found = yield* this.find(path);
    if (found.at !== "missing") raiseOSError(EEXIST);
    if (found.name.length > NAME_MAX) raiseOSError(ENAMETOOLONG);
    // The new folder follows the last pair of its parent.
    let last = found.dir;
    while (last.isSplit) last = yield* this.fetch(last.tail);
    const dir = yield* this.newDir(last.tail, []);
    const entry: Entry = { type: TYPE_DIR, data: words(...dir.pair), attrs: nothing, name: found.name };
    yield* this.append({ ...last, tail: dir.pair }, entry);
    this.allocator.checkpoint();
  }

  private *emptyDir(entry: Entry): Gen<Dir> {
    const dir = yield* this.fetch(pairOf(entry));
    if (dir.entries.length > 0 || dir.isSplit) raiseOSError(ENOTEMPTY);
    return dir;
  }

  *remove(path: string): Gen<void> {
    yield* this.makeConsistent();
    const found = yield* this.find(path);
    if (found.at === "missing") raiseOSError(ENOENT);
    if (found.at === "root") raiseOSError(EINVAL);
    const dir = found.entry.type === TYPE_DIR ? yield* this.emptyDir(found.entry) : null;
    yield* this.removeEntry(found.dir, found.index);
    if (dir !== null) yield* this.forgetDir(dir);
  }

  *rename(from: string, to: string): Gen<void> {
    yield* this.makeConsistent();
    const old = yield* this.find(from);
    if (old.at === "missing") raiseOSError(ENOENT);
    if (old.at === "root") raiseOSError(EINVAL);
    const before = yield* this.find(to);
    if (before.at === "root") raiseOSError(EISDIR);
    if (before.at === "entry") {
      if (before.entry.type !== old.entry.type) raiseOSError(EISDIR);
      if (samePair(before.dir.pair, old.dir.pair) && before.index === old.index) return;
      if (before.entry.type === TYPE_DIR) yield* this.emptyDir(before.entry);
    } else if (before.name.length > NAME_MAX) raiseOSError(ENAMETOOLONG);
    // Marked first, so that after a power loss it is known to be the same file twice.
    yield* this.replace(old.dir, old.index, { ...old.entry, type: old.entry.type | MOVING });
    const target = yield* this.find(to);
    const entry: Entry = { ...old.entry, name: before.name };
    let replaced: Dir | null = null;
    if (target.at === "entry") {
      if (target.entry.type === TYPE_DIR) replaced = yield* this.emptyDir(target.entry);
      yield* this.replace(target.dir, target.index, entry);
    } else if (target.at === "missing") yield* this.append(target.dir, entry);
    yield* this.removeEntry(yield* this.fetch(old.dir.pair), old.index);
    if (replaced !== null) yield* this.forgetDir(replaced);
  }

  *open(path: string, flags: number): Gen<ChainFile> {
    if (flags & O_WRONLY) yield* this.makeConsistent();
    const found = yield* this.find(path);
    if (found.at === "root") raiseOSError(EISDIR);
    let place: { pair: Pair; index: number };
    let data = { head: BLOCK_NULL, size: 0 };
    let isDirty = false;
    if (found.at === "missing") {
      if ((flags & O_CREAT) === 0) raiseOSError(ENOENT);
      if (found.name.length > NAME_MAX) raiseOSError(ENAMETOOLONG);
      const entry: Entry = { type: TYPE_REG, data: words(BLOCK_NULL, 0), attrs: nothing, name: found.name };
      place = yield* this.append(found.dir, entry);
    } else {
      const { entry } = found;
      if (entry.type === TYPE_DIR) raiseOSError(EISDIR);
      if (flags & O_EXCL) raiseOSError(EEXIST);
      place = { pair: found.dir.pair, index: found.index };
      data = { head: read32(entry.data, 0), size: read32(entry.data, 4) };
      if (flags & O_TRUNC) {
        isDirty = data.size !== 0;
        data = { head: BLOCK_NULL, size: 0 };
      }
    }
    const handle: Handle = { kind: "file", ...place };
    this.handles.add(handle);
    const store = {
      lfs: this.lfs,
      allocator: this.allocator,
      inlineMax: -1,
      touch: (): void => {},
      commit: (content: FileData): Gen<void> => this.commitFile(handle, content),
      release: (): void => void this.handles.delete(handle),
    };
    handle.file = new ChainFile(store, flags, data, isDirty);
    return handle.file;
  }

  private *commitFile(handle: Handle, data: FileData): Gen<void> {
    if (handle.pair === null || "inline" in data) return;
    const dir = yield* this.fetch(handle.pair);
    const entry = dir.entries[handle.index] ?? raiseOSError(ECORRUPT);
    yield* this.replace(dir, handle.index, { ...entry, data: words(data.head, data.size) });
  }
}
