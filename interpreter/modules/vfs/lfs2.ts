// littlefs 2: folders, files and what is done by path (lib/littlefs/lfs2.c). Metadata pairs are in lfs2-mdir.ts, open files in
// lfs-file.ts. Changes survive a power loss at any point, as littlefs's do: what two pairs share is announced in the
// global state first, and whoever mounts next finishes it.
// DIFFERS: pairs stay where they are; littlefs moves them every 100 erases, to wear a flash evenly.
import { encodeUtf8, decodeUtf8 } from "../../objects/objbytes.ts";
import { raiseOSError } from "../../objects/objexcept.ts";
import { mp } from "../../objects/mpstate.ts";
import type { Gen } from "../../objects/obj.ts";
import { errnoOf } from "../../vm/stream.ts";
import {
  alignUp,
  Allocator,
  BLOCK_NULL,
  compareNames,
  ECORRUPT,
  EISDIR,
  ENAMETOOLONG,
  ENOSPC,
  ENOTDIR,
  ENOTEMPTY,
  FILE_MAX,
  isNullPair,
  NAME_MAX,
  namesOf,
  O_CREAT,
  O_EXCL,
  O_RDONLY,
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
import {
  appendCommit,
  applyChange,
  fetchMdir,
  isZeroState,
  makeTag,
  MOST_ENTRIES,
  NO_ID,
  noState,
  rewrite,
  sizeOfEntries,
  TYPE_CREATE,
  TYPE_CTZSTRUCT,
  TYPE_DELETE,
  TYPE_DIR,
  TYPE_DIRSTRUCT,
  TYPE_INLINESTRUCT,
  TYPE_REG,
  TYPE_SUPERBLOCK,
  TYPE_TAIL,
  TYPE_USERATTR,
  xorState,
  type Change,
  type Entry,
  type GState,
  type Mdir,
} from "./lfs2-mdir.ts";
import { EEXIST, EINVAL, ENOENT } from "./vfs.ts";

const DISK_VERSION = 0x00020001;
const ATTR_MAX = 1022;
/** Revisions of new pairs begin at a multiple of this, as littlefs counts its erases. */
const REVISION_STEP = 101;
const SUPERBLOCKS: Pair = [0, 1];
const NO_TAIL: Pair = [BLOCK_NULL, BLOCK_NULL];
/** The user attribute that MicroPython keeps a file's time in. */
const ATTR_MTIME = 1;
const nothing = new Uint8Array(0);

/** A place that must follow its entry when others change the pair: an open file's, or an open folder's next. */
interface Handle {
  readonly kind: "file" | "dir";
  /** null: the entry is gone. */
  pair: Pair | null;
  id: number;
  file?: ChainFile;
  /** null: no time is kept. */
  mtime: Uint8Array | null;
}

type Found =
  | { readonly at: "root" }
  | { readonly at: "entry"; readonly mdir: Mdir; readonly id: number; readonly entry: Entry; readonly name: Uint8Array }
  /** Only the last name is missing; `id` is where it belongs. */
  | { readonly at: "missing"; readonly mdir: Mdir; readonly id: number; readonly name: Uint8Array; readonly isDirPath: boolean };

/** The order of entries: by bytes, a longer name before a shorter one that it begins with. */
function orderOf(a: Uint8Array, b: Uint8Array): number {
  const n = Math.min(a.length, b.length);
  return compareNames(a.subarray(0, n), b.subarray(0, n)) || b.length - a.length;
}

const pairOf = (entry: Entry): Pair => [read32(entry.struct.data, 0), read32(entry.struct.data, 4)];

function timeBytes(): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(Math.floor(mp.host.clock.ns)), true);
  return bytes;
}

function superblock(lfs: LfsDevice): Uint8Array {
  return words(DISK_VERSION, lfs.blockSize, lfs.blockCount, NAME_MAX, FILE_MAX, ATTR_MAX);
}

/** Makes an empty file system. Raises OSError. */
export function* formatLfs2(lfs: LfsDevice): Gen<void> {
  if (lfs.blockCount < 2) raiseOSError(ENOSPC);
  const revision = alignUp(read32(yield* lfs.read(1, 0, 4), 0), REVISION_STEP);
  const entry: Entry = {
    type: TYPE_SUPERBLOCK,
    name: encodeUtf8("littlefs"),
    struct: { type: TYPE_INLINESTRUCT, data: superblock(lfs) },
    attrs: new Map<number, Uint8Array>(),
  };
  const target = { entries: [entry], tail: NO_TAIL, isSplit: false, state: noState };
  // Twice, so that neither block keeps an older file system.
  const first = yield* rewrite(lfs, [1, 0], (revision + 1) >>> 0, target, 0);
  if (first === null) raiseOSError(ENOSPC);
  yield* rewrite(lfs, first.pair, (revision + 2) >>> 0, target, 0);
  if ((yield* fetchMdir(lfs, SUPERBLOCKS, 0)) === null) raiseOSError(ECORRUPT);
}

export class Lfs2 implements Littlefs {
  readonly lfs: LfsDevice;
  readonly allocator: Allocator;
  readonly inlineMax: number;
  private readonly root: Pair;
  private readonly nameMax: number;
  private readonly handles = new Set<Handle>();
  /** The global state as it shall be, and as it is on the device; `owed` is to be xored in with the next commit. */
  private wanted: GState;
  private onDisk: GState;
  private owed: GState = noState;
  private orphans: number;
  private needsSuperblock: boolean;

  constructor(
    lfs: LfsDevice,
    root: Pair,
    limits: { nameMax: number; attrMax: number },
    state: GState,
    seed: number,
    isOld: boolean,
  ) {
    this.lfs = lfs;
    this.root = root;
    this.nameMax = limits.nameMax;
    this.inlineMax = Math.min(lfs.cacheSize, limits.attrMax, Math.floor(lfs.blockSize / 8));
    this.wanted = state;
    this.onDisk = state;
    this.orphans = state.tag & 0x80000000 ? 1 : 0;
    this.needsSuperblock = isOld;
    this.allocator = new Allocator(lfs, 8 * lfs.config.lookahead, seed, (each) => this.traverse(each, false));
  }

  /** Raises OSError: ECORRUPT (84) where there is no littlefs 2, EINVAL where it does not fit the device. */
  static *mount(lfs: LfsDevice): Gen<Lfs2> {
    let tail = SUPERBLOCKS;
    let root: Pair | null = null;
    let state = noState;
    let seed = 0;
    let isOld = false;
    const limits = { nameMax: NAME_MAX, attrMax: ATTR_MAX };
    for (let n = 0; !isNullPair(tail); n++) {
      if (n > lfs.blockCount) raiseOSError(ECORRUPT);
      const mdir = yield* fetchMdir(lfs, tail, seed);
      if (mdir === null) raiseOSError(ECORRUPT);
      ({ seed, tail } = mdir);
      state = xorState(state, mdir.state);
      const first = mdir.entries[0];
      if (first === undefined || first.type !== TYPE_SUPERBLOCK || decodeUtf8(first.name) !== "littlefs") continue;
      root = mdir.pair;
      const { data } = first.struct;
      if (data.length < 24) raiseOSError(EINVAL);
      const version = read32(data, 0);
      if (version >>> 16 !== DISK_VERSION >>> 16 || (version & 0xffff) > (DISK_VERSION & 0xffff)) raiseOSError(EINVAL);
      isOld = version < DISK_VERSION;
      const [nameMax, fileMax, attrMax] = [read32(data, 12), read32(data, 16), read32(data, 20)];
      if (nameMax > NAME_MAX || fileMax > FILE_MAX || attrMax > ATTR_MAX) raiseOSError(EINVAL);
      if (nameMax !== 0) limits.nameMax = nameMax;
      if (attrMax !== 0) limits.attrMax = attrMax;
      if (read32(data, 8) !== lfs.blockCount || read32(data, 4) !== lfs.blockSize) raiseOSError(EINVAL);
    }
    if (root === null) raiseOSError(EINVAL);
    return new Lfs2(lfs, root, limits, state, seed, isOld);
  }

  // ---- pairs

  private *fetch(pair: Pair): Gen<Mdir> {
    return (yield* fetchMdir(this.lfs, pair, 0)) ?? raiseOSError(ECORRUPT);
  }

  /** Every pair, in the order of the list that threads them. */
  private *each(visit: (mdir: Mdir) => Gen<boolean | void>): Gen<void> {
    let tail = SUPERBLOCKS;
    for (let n = 0; !isNullPair(tail); n++) {
      if (n > this.lfs.blockCount) raiseOSError(ECORRUPT);
      const mdir = yield* this.fetch(tail);
      if ((yield* visit(mdir)) === true) return;
      ({ tail } = mdir);
    }
  }

  /** The pair whose tail this one is. */
  private *predecessor(pair: Pair): Gen<Mdir | null> {
    let found: Mdir | null = null;
    yield* this.each(function* (mdir): Gen<boolean> {
      if (!isNullPair(mdir.tail) && samePair(mdir.tail, pair)) found = mdir;
      return found !== null;
    });
    return found;
  }

  /** The folder's entry that leads to this pair: its pair and id. */
  private *parent(pair: Pair): Gen<{ mdir: Mdir; id: number } | null> {
    let found: { mdir: Mdir; id: number } | null = null;
    yield* this.each(function* (mdir): Gen<boolean> {
      const id = mdir.entries.findIndex((entry) => entry.struct.type === TYPE_DIRSTRUCT && samePair(pairOf(entry), pair));
      if (id >= 0) found = { mdir, id };
      return id >= 0;
    });
    return found;
  }

  /** Calls `each` for every block in use; `twice`: folders' pairs by their entries as well, as littlefs counts its size. */
  private *traverse(each: (block: number) => void, twice: boolean): Gen<void> {
    const { lfs, handles } = this;
    yield* this.each(function* (mdir): Gen<void> {
      mdir.pair.forEach(each);
      for (const entry of mdir.entries) {
        const { type, data } = entry.struct;
        if (type === TYPE_CTZSTRUCT && data.length >= 8) yield* lfs.traverse(read32(data, 0), read32(data, 4), each);
        else if (type === TYPE_DIRSTRUCT && twice) pairOf(entry).forEach(each);
      }
    });
    for (const { file } of handles) if (file !== undefined) yield* file.traverse(each);
  }

  *usedBlocks(): Gen<number> {
    let count = 0;
    yield* this.traverse(() => count++, true);
    return count;
  }

  // ---- committing

  /** Makes changes to a pair, in one step that is either done or not done after a power loss. */
  private *commit(mdir: Mdir, changes: readonly Change[], own: Handle | null = null): Gen<void> {
    const entries = mdir.entries.slice();
    let { tail, isSplit } = mdir;
    for (const change of changes) {
      if ((change.type & 0x700) === TYPE_TAIL) {
        tail = [read32(change.data, 0), read32(change.data, 4)];
        isSplit = (change.type & 1) !== 0;
      } else applyChange(entries, change);
    }
    if (entries.length === 0 && changes.some(({ type }) => type === TYPE_DELETE)) {
      // The last entry of a continuation: the pair itself is dropped.
      const before = yield* this.predecessor(mdir.pair);
      if (before !== null && before.isSplit) {
        this.moveHandles(mdir.pair, changes, [{ from: 0, pair: mdir.isSplit ? mdir.tail : null }], own);
        yield* this.drop(before, mdir);
        return;
      }
    }
    const delta = xorState(xorState(this.wanted, this.onDisk), this.owed);
    const state = xorState(mdir.state, delta);
    const target = { entries, tail, isSplit, state: { ...state, tag: (state.tag & ~0x3ff) >>> 0 } };
    let parts: { from: number; pair: Pair | null }[] = [{ from: 0, pair: mdir.pair }];
    let done: Mdir | null = null;
    if (mdir.isErased && entries.length < MOST_ENTRIES) done = yield* appendCommit(this.lfs, mdir, changes, target);
    if (done === null) parts = yield* this.compact(mdir, target);
    this.onDisk = this.wanted;
    this.owed = noState;
    this.moveHandles(mdir.pair, changes, parts, own);
  }

  /** Rewrites a pair, split up if it has become too full. Tells which entries are now in which pair. */
  private *compact(
    mdir: Mdir,
    target: Mdir | { entries: readonly Entry[]; tail: Pair; isSplit: boolean; state: GState },
  ): Gen<{ from: number; pair: Pair | null }[]> {
    const { lfs } = this;
    const { entries } = target;
    let { tail, isSplit } = target;
    const parts: { from: number; pair: Pair | null }[] = [];
    const room = Math.min(lfs.blockSize - 40, alignUp(lfs.blockSize / 2, lfs.config.progSize));
    let end = entries.length;
    for (;;) {
      let split = 0;
      while (end - split > 1) {
        if (end - split < MOST_ENTRIES && sizeOfEntries(entries.slice(split, end)) <= room) break;
        split += (end - split) >> 1;
      }
      if (split === 0) break;
      try {
        const { pair, revision } = yield* this.newPair();
        const rest = { entries: entries.slice(split, end), tail, isSplit, state: noState };
        const made = yield* rewrite(lfs, pair, revision, rest, 0);
        if (made === null) raiseOSError(ENOSPC);
        tail = made.pair;
      } catch (caught) {
        // Without room for another pair it may still fit into one.
        if (errnoOf(caught) !== ENOSPC) throw caught;
        break;
      }
      isSplit = true;
      parts.unshift({ from: split, pair: tail });
      end = split;
    }
    const own = { entries: entries.slice(0, end), tail, isSplit, state: target.state };
    const done = yield* rewrite(lfs, mdir.pair, (mdir.revision + 1) >>> 0, own, 0);
    if (done === null) raiseOSError(ENOSPC);
    return [{ from: 0, pair: mdir.pair }, ...parts];
  }

  private *newPair(): Gen<{ pair: Pair; revision: number }> {
    const second = yield* this.allocator.allocate();
    const first = yield* this.allocator.allocate();
    const old = read32(yield* this.lfs.read(first, 0, 4), 0);
    return { pair: [first, second], revision: (alignUp(old, REVISION_STEP) + 1) >>> 0 };
  }

  private moveHandles(
    pair: Pair,
    changes: readonly Change[],
    parts: readonly { from: number; pair: Pair | null }[],
    own: Handle | null,
  ): void {
    for (const handle of this.handles) {
      if (handle.pair === null || !samePair(handle.pair, pair)) continue;
      for (const { type, id } of handle === own ? [] : changes) {
        if (type === TYPE_DELETE && handle.kind === "file" && handle.id === id) {
          handle.pair = null;
          break;
        }
        if (type === TYPE_DELETE && handle.id > id) handle.id--;
        else if (type === TYPE_CREATE && handle.id >= id) handle.id++;
      }
      if (handle.pair === null) continue;
      const part = parts.findLast(({ from }) => handle.id >= from)!;
      handle.pair = part.pair;
      handle.id -= part.from;
    }
  }

  /** Takes a pair out of the list; what it held of the global state goes to the next commit. */
  private *drop(before: Mdir, dropped: Mdir): Gen<void> {
    this.owed = xorState(this.owed, dropped.state);
    const type = TYPE_TAIL + (dropped.isSplit ? 1 : 0);
    yield* this.commit(before, [{ type, id: NO_ID, data: words(...dropped.tail) }]);
  }

  // ---- the global state

  private countOrphans(change: number): void {
    this.orphans += change;
    const bit = this.orphans > 0 ? 0x80000000 : 0;
    this.wanted = { ...this.wanted, tag: ((this.wanted.tag & 0x7fffffff) | bit) >>> 0 };
  }
  private announceMove(id: number, pair: Pair): void {
    const tag = id === NO_ID ? 0 : makeTag(TYPE_DELETE, id, 0);
    this.wanted = { tag: ((this.wanted.tag & 0x80000000) | tag) >>> 0, pair: id === NO_ID ? [0, 0] : pair };
  }
  private get hasMove(): boolean {
    return (this.wanted.tag & 0x70000000) !== 0;
  }
  /** The id in this pair of what has been moved elsewhere already, or -1. */
  private movedFrom(mdir: Mdir): number {
    return this.hasMove && samePair(this.wanted.pair, mdir.pair) ? (this.wanted.tag >>> 10) & 0x3ff : -1;
  }

  /** Before any change: finishes what a power loss interrupted. */
  private *makeConsistent(): Gen<void> {
    this.allocator.checkpoint();
    if (this.needsSuperblock) {
      const mdir = yield* this.fetch(this.root);
      yield* this.commit(mdir, [{ type: TYPE_INLINESTRUCT, id: 0, data: superblock(this.lfs) }]);
      this.needsSuperblock = false;
    }
    if (this.hasMove) {
      const mdir = yield* this.fetch(this.wanted.pair);
      const id = this.movedFrom(mdir);
      this.announceMove(NO_ID, NO_TAIL);
      yield* this.commit(mdir, [{ type: TYPE_DELETE, id, data: nothing }]);
    }
    if (this.orphans > 0) yield* this.removeOrphans();
  }

  private *removeOrphans(): Gen<void> {
    // First tails that point to where a pair was before it moved, then pairs that no entry leads to.
    for (const pass of ["moved", "lost"]) {
      let before = yield* this.fetch(SUPERBLOCKS);
      for (let n = 0; !isNullPair(before.tail); n++) {
        if (n > 2 * this.lfs.blockCount) raiseOSError(ECORRUPT);
        const mdir = yield* this.fetch(before.tail);
        if (!before.isSplit && !samePair(mdir.pair, this.root)) {
          const parent = yield* this.parent(before.tail);
          if (parent !== null && pass === "moved") {
            const [a, b] = pairOf(parent.mdir.entries[parent.id]!);
            const isSame = [a, b].every((block) => before.tail.includes(block));
            if (!isSame) {
              yield* this.commit(before, [{ type: TYPE_TAIL, id: NO_ID, data: words(a, b) }]);
              before = yield* this.fetch(before.pair);
              continue;
            }
          } else if (parent === null && pass === "lost") {
            yield* this.drop(before, mdir);
            before = yield* this.fetch(before.pair);
            continue;
          }
        }
        before = mdir;
      }
    }
    this.countOrphans(-this.orphans);
    if (!isZeroState(xorState(this.wanted, this.onDisk))) yield* this.commit(yield* this.fetch(this.root), []);
  }

  // ---- paths

  private *find(path: string): Gen<Found> {
    if (path === "") raiseOSError(EINVAL);
    const names = namesOf(path, EINVAL);
    let pair = this.root;
    if (names.length === 0) return { at: "root" };
    for (let i = 0; ; i++) {
      const name = encodeUtf8(names[i]!);
      const isLast = i === names.length - 1;
      const found = yield* this.lookup(pair, name);
      if (found.entry === null) {
        if (!isLast) raiseOSError(ENOENT);
        return { at: "missing", mdir: found.mdir, id: found.id, name, isDirPath: path.endsWith("/") };
      }
      const { entry } = found;
      if (isLast) {
        if (path.endsWith("/") && entry.type !== TYPE_DIR) raiseOSError(ENOTDIR);
        return { at: "entry", mdir: found.mdir, id: found.id, entry, name };
      }
      if (entry.type !== TYPE_DIR) raiseOSError(ENOTDIR);
      pair = pairOf(entry);
    }
  }

  /** Looks for a name in a folder, or for where it belongs: entries are in the order of their names. */
  private *lookup(pair: Pair, name: Uint8Array): Gen<{ mdir: Mdir; id: number; entry: Entry | null }> {
    for (;;) {
      const mdir = yield* this.fetch(pair);
      const hidden = this.movedFrom(mdir);
      for (const [id, entry] of mdir.entries.entries()) {
        if (entry.type === TYPE_SUPERBLOCK || id === hidden) continue;
        const order = orderOf(entry.name, name);
        if (order === 0) return { mdir, id, entry };
        if (order > 0) return { mdir, id, entry: null };
      }
      if (!mdir.isSplit) return { mdir, id: mdir.entries.length, entry: null };
      pair = mdir.tail;
    }
  }

  private infoOf(entry: Entry): LfsInfo {
    const { type, data } = entry.struct;
    const isDir = entry.type === TYPE_DIR;
    const size = isDir ? 0 : type === TYPE_CTZSTRUCT ? read32(data, 4) : data.length;
    return { isDir, size, name: decodeUtf8(entry.name) };
  }

  *stat(path: string): Gen<LfsInfo> {
    const found = yield* this.find(path);
    if (found.at === "missing") raiseOSError(ENOENT);
    return found.at === "root" ? { isDir: true, size: 0, name: "/" } : this.infoOf(found.entry);
  }

  *mtime(path: string): Gen<bigint | null> {
    const found = yield* this.find(path);
    const bytes = found.at === "entry" ? found.entry.attrs.get(ATTR_MTIME) : undefined;
    if (bytes === undefined || bytes.length !== 8) return null;
    return new DataView(bytes.slice().buffer).getBigUint64(0, true);
  }

  *openDir(path: string): Gen<{ next(): Gen<LfsInfo | null>; close(): void }> {
    const found = yield* this.find(path);
    if (found.at === "missing") raiseOSError(ENOENT);
    if (found.at === "entry" && found.entry.type !== TYPE_DIR) raiseOSError(ENOTDIR);
    const first = found.at === "root" ? this.root : pairOf(found.entry);
    // A folder that cannot be read is told at once.
    yield* this.fetch(first);
    const handle: Handle = { kind: "dir", pair: first, id: 0, mtime: null };
    this.handles.add(handle);
    return { next: () => this.nextEntry(handle), close: () => void this.handles.delete(handle) };
  }

  private *nextEntry(handle: Handle): Gen<LfsInfo | null> {
    while (handle.pair !== null) {
      const mdir = yield* this.fetch(handle.pair);
      const hidden = this.movedFrom(mdir);
      while (handle.id < mdir.entries.length) {
        const id = handle.id++;
        const entry = mdir.entries[id]!;
        if (entry.type !== TYPE_SUPERBLOCK && id !== hidden) return this.infoOf(entry);
      }
      if (!mdir.isSplit) return null;
      handle.pair = mdir.tail;
      handle.id = 0;
    }
    return null;
  }

  // ---- changes

  *mkdir(path: string): Gen<void> {
    yield* this.makeConsistent();
    const found = yield* this.find(path);
    if (found.at !== "missing") raiseOSError(EEXIST);
    if (found.name.length > this.nameMax) raiseOSError(ENAMETOOLONG);
    const { pair, revision } = yield* this.newPair();
    let last = found.mdir;
    while (last.isSplit) last = yield* this.fetch(last.tail);
    // The new folder follows its parent's last pair in the list.
    const target = { entries: [], tail: last.tail, isSplit: false, state: noState };
    const made = yield* rewrite(this.lfs, pair, revision, target, 0);
    if (made === null) raiseOSError(ENOSPC);
    const link: Change = { type: TYPE_TAIL, id: NO_ID, data: words(...made.pair) };
    let parent = found.mdir;
    if (parent.isSplit) {
      // Two pairs have to change; in between the new one is an orphan.
      this.countOrphans(1);
      yield* this.commit(last, [link]);
      this.countOrphans(-1);
      parent = yield* this.fetch(parent.pair);
    }
    const { id } = found;
    yield* this.commit(parent, [
      { type: TYPE_CREATE, id, data: nothing },
      { type: TYPE_DIR, id, data: found.name },
      { type: TYPE_DIRSTRUCT, id, data: words(...made.pair) },
      ...(parent.isSplit ? [] : [link]),
    ]);
  }

  /** Raises ENOTEMPTY unless the folder is empty. */
  private *emptyDir(entry: Entry): Gen<Mdir> {
    const mdir = yield* this.fetch(pairOf(entry));
    if (mdir.entries.length > 0 || mdir.isSplit) raiseOSError(ENOTEMPTY);
    return mdir;
  }

  /** Takes a folder's pair, which no entry leads to any more, out of the list. */
  private *forgetDir(pair: Pair): Gen<void> {
    this.countOrphans(-1);
    const before = yield* this.predecessor(pair);
    if (before !== null) yield* this.drop(before, yield* this.fetch(pair));
  }

  *remove(path: string): Gen<void> {
    yield* this.makeConsistent();
    const found = yield* this.find(path);
    if (found.at === "missing") raiseOSError(ENOENT);
    if (found.at === "root") raiseOSError(EINVAL);
    const { entry, mdir, id } = found;
    const dir = entry.type === TYPE_DIR ? yield* this.emptyDir(entry) : null;
    if (dir !== null) this.countOrphans(1);
    yield* this.commit(mdir, [{ type: TYPE_DELETE, id, data: nothing }]);
    if (dir !== null) yield* this.forgetDir(dir.pair);
  }

  *rename(from: string, to: string): Gen<void> {
    yield* this.makeConsistent();
    const old = yield* this.find(from);
    if (old.at === "missing") raiseOSError(ENOENT);
    if (old.at === "root") raiseOSError(EINVAL);
    const target = yield* this.find(to);
    if (target.at === "root") raiseOSError(EINVAL);
    const isSame = samePair(old.mdir.pair, target.mdir.pair);
    let oldId = old.id;
    let replaced: Mdir | null = null;
    if (target.at === "missing") {
      if (target.isDirPath && old.entry.type !== TYPE_DIR) raiseOSError(ENOTDIR);
      if (target.name.length > this.nameMax) raiseOSError(ENAMETOOLONG);
      if (isSame && target.id <= oldId) oldId++;
    } else if (target.entry.type !== old.entry.type) raiseOSError(target.entry.type === TYPE_DIR ? EISDIR : ENOTDIR);
    else if (isSame && target.id === oldId) return;
    else if (target.entry.type === TYPE_DIR) {
      replaced = yield* this.emptyDir(target.entry);
      this.countOrphans(1);
    }
    if (!isSame) this.announceMove(oldId, old.mdir.pair);
    const { id } = target;
    const { entry } = old;
    yield* this.commit(target.mdir, [
      ...(target.at === "entry" ? [{ type: TYPE_DELETE, id, data: nothing }] : []),
      { type: TYPE_CREATE, id, data: nothing },
      { type: entry.type, id, data: target.name },
      { type: entry.struct.type, id, data: entry.struct.data },
      ...[...entry.attrs].map(([type, data]) => ({ type: TYPE_USERATTR + type, id, data })),
      ...(isSame ? [{ type: TYPE_DELETE, id: oldId, data: nothing }] : []),
    ]);
    if (!isSame) {
      this.announceMove(NO_ID, NO_TAIL);
      yield* this.commit(yield* this.fetch(old.mdir.pair), [{ type: TYPE_DELETE, id: old.id, data: nothing }]);
    }
    if (replaced !== null) yield* this.forgetDir(replaced.pair);
  }

  *open(path: string, flags: number): Gen<ChainFile> {
    if (flags & O_WRONLY) yield* this.makeConsistent();
    const found = yield* this.find(path);
    if (found.at === "root") raiseOSError(EISDIR);
    const { id, name } = found;
    const handle: Handle = { kind: "file", pair: found.mdir.pair, id, mtime: this.lfs.config.hasMtime ? timeBytes() : null };
    let data: FileData = { inline: nothing };
    let isDirty = (flags & O_WRONLY) !== 0 && handle.mtime !== null;
    if (found.at === "missing") {
      if ((flags & O_CREAT) === 0) raiseOSError(ENOENT);
      if (found.isDirPath) raiseOSError(ENOTDIR);
      if (name.length > this.nameMax) raiseOSError(ENAMETOOLONG);
      this.handles.add(handle);
      try {
        yield* this.commit(
          found.mdir,
          [
            { type: TYPE_CREATE, id, data: nothing },
            { type: TYPE_REG, id, data: name },
            { type: TYPE_INLINESTRUCT, id, data: nothing },
          ],
          handle,
        );
      } catch (caught) {
        this.handles.delete(handle);
        // What does not even fit into an empty block is the name's fault.
        if (errnoOf(caught) === ENOSPC && name.length + 64 > this.lfs.blockSize) raiseOSError(ENAMETOOLONG);
        throw caught;
      }
    } else {
      const { entry } = found;
      if (flags & O_EXCL) raiseOSError(EEXIST);
      if (entry.type !== TYPE_REG) raiseOSError(EISDIR);
      if (flags & O_TRUNC) isDirty = true;
      else {
        const { type, data: bytes } = entry.struct;
        data = type === TYPE_CTZSTRUCT ? { head: read32(bytes, 0), size: read32(bytes, 4) } : { inline: bytes };
      }
      if (flags & O_RDONLY && handle.mtime !== null) handle.mtime = entry.attrs.get(ATTR_MTIME) ?? handle.mtime;
      this.handles.add(handle);
    }
    const store = {
      lfs: this.lfs,
      allocator: this.allocator,
      inlineMax: this.inlineMax,
      touch: (): void => {
        if (handle.mtime !== null) handle.mtime = timeBytes();
      },
      commit: (content: FileData): Gen<void> => this.commitFile(handle, content),
      release: (): void => void this.handles.delete(handle),
    };
    handle.file = new ChainFile(store, flags, data, isDirty);
    return handle.file;
  }

  private *commitFile(handle: Handle, data: FileData): Gen<void> {
    if (handle.pair === null) return;
    const mdir = yield* this.fetch(handle.pair);
    const { id } = handle;
    const changes: Change[] = [
      "inline" in data
        ? { type: TYPE_INLINESTRUCT, id, data: data.inline }
        : { type: TYPE_CTZSTRUCT, id, data: words(data.head, data.size) },
    ];
    if (handle.mtime !== null) changes.push({ type: TYPE_USERATTR + ATTR_MTIME, id, data: handle.mtime });
    yield* this.commit(mdir, changes, handle);
  }
}
