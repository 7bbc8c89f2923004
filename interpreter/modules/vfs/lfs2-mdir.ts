// littlefs 2: metadata pairs, the two blocks that a folder's entries are kept in, as a log of tags (lfs2_dir_fetch and
// lfs2_dir_commit of lib/littlefs/lfs2.c; the format is in littlefs's SPEC.md). Here a pair is read into a list of entries
// and written from it: a commit appends the tags that changed, or, when they do not fit, rewrites all in the other block.
import type { Gen } from "../../objects/obj.ts";
import { BLOCK_NULL, crc32, read32, words, write32, type LfsDevice, type Pair, alignUp } from "./lfs-device.ts";

/** Types of tags: 3 bits of kind, 8 bits of detail. */
export const TYPE_NAME = 0x000;
export const TYPE_REG = 0x001;
export const TYPE_DIR = 0x002;
export const TYPE_SUPERBLOCK = 0x0ff;
export const TYPE_DIRSTRUCT = 0x200;
export const TYPE_INLINESTRUCT = 0x201;
export const TYPE_CTZSTRUCT = 0x202;
export const TYPE_USERATTR = 0x300;
export const TYPE_CREATE = 0x401;
export const TYPE_DELETE = 0x4ff;
const TYPE_CCRC = 0x500;
const TYPE_FCRC = 0x5ff;
export const TYPE_TAIL = 0x600;
export const TYPE_MOVESTATE = 0x7ff;
/** The id of what belongs to no entry. */
export const NO_ID = 0x3ff;
const DELETED_SIZE = 0x3ff;
/** More entries than this are split up. */
export const MOST_ENTRIES = 0xff;

export const makeTag = (type: number, id: number, size: number): number => ((type << 20) | (id << 10) | size) >>> 0;
export const typeOfTag = (tag: number): number => (tag >>> 20) & 0x7ff;
export const idOfTag = (tag: number): number => (tag >>> 10) & 0x3ff;
const sizeOfTag = (tag: number): number => ((tag & 0x3ff) === DELETED_SIZE ? 0 : tag & 0x3ff);

/** One file or folder, or the superblock. */
export interface Entry {
  readonly type: number;
  readonly name: Uint8Array;
  /** The struct tag's type and data: where the content is, or the content. */
  readonly struct: { readonly type: number; readonly data: Uint8Array };
  readonly attrs: ReadonlyMap<number, Uint8Array>;
}

/** Global state: a move under way, and whether there are orphans; every pair holds a part, all are xored. */
export interface GState {
  readonly tag: number;
  readonly pair: Pair;
}
export const noState: GState = { tag: 0, pair: [0, 0] };
export const xorState = (a: GState, b: GState): GState => ({
  tag: (a.tag ^ b.tag) >>> 0,
  pair: [(a.pair[0] ^ b.pair[0]) >>> 0, (a.pair[1] ^ b.pair[1]) >>> 0],
});
export const isZeroState = (s: GState): boolean => s.tag === 0 && s.pair[0] === 0 && s.pair[1] === 0;

export interface Mdir {
  /** The block in use first. */
  readonly pair: Pair;
  readonly revision: number;
  /** Where the next commit goes; its tags are xored with `lastTag` first. */
  readonly offset: number;
  readonly lastTag: number;
  /** Nothing has been programmed behind the last commit. */
  readonly isErased: boolean;
  readonly entries: readonly Entry[];
  readonly tail: Pair;
  /** The tail goes on with this folder, rather than being the next one. */
  readonly isSplit: boolean;
  readonly state: GState;
  /** A checksum over the checksums: what random numbers are made of. */
  readonly seed: number;
}

/** A tag to write, with its data. */
export interface Change {
  readonly type: number;
  readonly id: number;
  readonly data: Uint8Array;
  /** Removes a user attribute. */
  readonly isRemoval?: boolean;
}

const blank: Entry = {
  type: 0,
  name: new Uint8Array(0),
  struct: { type: 0, data: new Uint8Array(0) },
  attrs: new Map<number, Uint8Array>(),
};

/** The entries after a change. */
export function applyChange(entries: Entry[], change: Change): void {
  const { type, id, data } = change;
  if (type === TYPE_CREATE) entries.splice(id, 0, blank);
  else if (type === TYPE_DELETE) entries.splice(id, 1);
  else if (type < 0x400) {
    while (entries.length <= id && id < NO_ID) entries.push(blank);
    const entry = entries[id];
    if (entry === undefined) return;
    const kind = type & 0x700;
    if (kind === TYPE_NAME) entries[id] = { ...entry, type, name: data };
    else if (kind === TYPE_DIRSTRUCT) entries[id] = { ...entry, struct: { type, data } };
    else if (kind === TYPE_USERATTR) {
      const attrs = new Map(entry.attrs);
      if (change.isRemoval === true) attrs.delete(type & 0xff);
      else attrs.set(type & 0xff, data);
      entries[id] = { ...entry, attrs };
    }
  }
}

/** Reads a block bit by bit as far as it is needed. */
class BlockReader {
  private readonly lfs: LfsDevice;
  private readonly block: number;
  private readonly bytes: Uint8Array;
  private have = 0;
  constructor(lfs: LfsDevice, block: number) {
    this.lfs = lfs;
    this.block = block;
    this.bytes = new Uint8Array(lfs.blockSize);
  }
  /** The first bytes of the block, at least `end` of them; null beyond its end. */
  *upTo(end: number): Gen<Uint8Array | null> {
    if (end > this.lfs.blockSize) return null;
    while (this.have < end) {
      const size = Math.min(
        Math.max(this.lfs.cacheSize, alignUp(end - this.have, this.lfs.config.readSize)),
        this.lfs.blockSize - this.have,
      );
      this.bytes.set(yield* this.lfs.read(this.block, this.have, size), this.have);
      this.have += size;
    }
    return this.bytes;
  }
}

const bigEndian = (bytes: Uint8Array, at: number): number =>
  ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;

/** Reads a metadata pair; null: neither block has a valid commit. Raises OSError if the device fails. */
export function* fetchMdir(lfs: LfsDevice, pair: Pair, seed: number): Gen<Mdir | null> {
  if (pair[0] >= lfs.blockCount || pair[1] >= lfs.blockCount) return null;
  const readers = [new BlockReader(lfs, pair[0]), new BlockReader(lfs, pair[1])] as const;
  const revisions = [read32((yield* readers[0].upTo(4))!, 0), read32((yield* readers[1].upTo(4))!, 0)] as const;
  // The later revision first, as sequence numbers compare.
  const first = (revisions[1] - revisions[0]) | 0;
  for (const i of first > 0 ? ([1, 0] as const) : ([0, 1] as const)) {
    const found = yield* readBlock(lfs, readers[i], [pair[i]!, pair[1 - i]!], revisions[i]!, seed);
    if (found !== null) return found;
  }
  return null;
}

/** A checksum over the bytes behind a commit as they were when it was written: what tells whether they still are. */
interface Fcrc {
  readonly size: number;
  readonly crc: number;
}

function* readBlock(lfs: LfsDevice, reader: BlockReader, pair: Pair, revision: number, seed: number): Gen<Mdir | null> {
  let offset = 4;
  let last = 0xffffffff;
  let crc = crc32(0xffffffff, (yield* reader.upTo(4))!.subarray(0, 4));
  const entries: Entry[] = [];
  let tail: Pair = [BLOCK_NULL, BLOCK_NULL];
  let isSplit = false;
  let state = noState;
  let fcrc: Fcrc | null = null;
  let maybeErased = false;
  let committed: Mdir | null = null;
  let committedFcrc = null as Fcrc | null;
  for (;;) {
    const bytes = yield* reader.upTo(offset + 4);
    if (bytes === null) break;
    const tagBytes = bytes.subarray(offset, offset + 4);
    const tag = (bigEndian(tagBytes, 0) ^ last) >>> 0;
    if (tag & 0x80000000) {
      maybeErased = (typeOfTag(last) & 0x780) === TYPE_CCRC;
      break;
    }
    const end = offset + 4 + sizeOfTag(tag);
    if ((yield* reader.upTo(end)) === null) break;
    crc = crc32(crc, tagBytes);
    const data = bytes.subarray(offset + 4, end);
    const type = typeOfTag(tag);
    last = tag;
    offset = end;
    if ((type & 0x780) === TYPE_CCRC) {
      if (data.length < 4 || read32(data, 0) !== crc) break;
      seed = crc32(seed, words(crc));
      // The lowest bit of its type says how the next commit's valid bit is expected.
      last = (last ^ ((type & 1) << 31)) >>> 0;
      committed = {
        pair,
        revision,
        offset,
        lastTag: last,
        isErased: false,
        entries: entries.slice(),
        tail,
        isSplit,
        state,
        seed,
      };
      committedFcrc = fcrc;
      fcrc = null;
      crc = 0xffffffff;
      continue;
    }
    crc = crc32(crc, data);
    const copy = data.slice();
    if ((type & 0x700) === TYPE_TAIL && data.length >= 8) {
      isSplit = (type & 1) !== 0;
      tail = [read32(copy, 0), read32(copy, 4)];
    } else if (type === TYPE_MOVESTATE && data.length >= 12)
      state = { tag: read32(copy, 0), pair: [read32(copy, 4), read32(copy, 8)] };
    else if (type === TYPE_FCRC && data.length >= 8) fcrc = { size: read32(copy, 0), crc: read32(copy, 4) };
    else {
      const isRemoval = (tag & 0x3ff) === DELETED_SIZE;
      applyChange(entries, { type, id: idOfTag(tag), data: copy, isRemoval });
    }
  }
  if (committed === null) return null;
  const { offset: at } = committed;
  if (!maybeErased || at % lfs.config.progSize !== 0 || committedFcrc === null) return committed;
  const next = yield* reader.upTo(at + committedFcrc.size);
  const isErased = next !== null && crc32(0xffffffff, next.subarray(at, at + committedFcrc.size)) === committedFcrc.crc;
  return { ...committed, isErased };
}

// ---- writing

/** Collects a commit's bytes from `begin` on. */
class Commit {
  private readonly lfs: LfsDevice;
  readonly block: number;
  readonly begin: number;
  private readonly parts: Uint8Array[] = [];
  offset: number;
  lastTag: number;
  constructor(lfs: LfsDevice, block: number, begin: number, lastTag: number) {
    this.lfs = lfs;
    this.block = block;
    this.begin = begin;
    this.offset = begin;
    this.lastTag = lastTag;
  }

  /** false: no room is left for it and a checksum. */
  push(change: Change): boolean {
    const size = change.isRemoval === true ? DELETED_SIZE : change.data.length;
    if (this.offset + 4 + change.data.length > this.lfs.blockSize - 8) return false;
    this.pushTag(makeTag(change.type, change.id, size), change.data);
    return true;
  }
  raw(bytes: Uint8Array): void {
    this.parts.push(bytes);
    this.offset += bytes.length;
  }
  private pushTag(tag: number, data: Uint8Array): void {
    const bytes = new Uint8Array(4 + data.length);
    new DataView(bytes.buffer).setUint32(0, (tag ^ this.lastTag) >>> 0);
    bytes.set(data, 4);
    this.raw(bytes);
    this.lastTag = tag;
  }

  /** Ends the commit with checksums up to the next program unit, and programs it. */
  *finish(): Gen<void> {
    const { lfs } = this;
    const { blockSize, config } = lfs;
    const end = alignUp(Math.min(this.offset + 20, blockSize), config.progSize);
    const out = new Uint8Array(end - this.begin).fill(0xff);
    // A tag's length has ten bits: where a program unit is longer, more checksums follow the first.
    for (let from = this.begin; this.offset < end; from = this.offset) {
      let next = Math.min(end - (this.offset + 4), 0x3fe) + (this.offset + 4);
      if (next < end) next = Math.min(next, end - 20);
      let perturb = 0xff;
      if (next >= end && next <= blockSize - config.progSize) {
        // How the next unit looks unprogrammed, so that later a half-written one is told from it.
        const unit = yield* lfs.read(this.block, next, config.progSize);
        perturb = unit[0]!;
        this.pushTag(makeTag(TYPE_FCRC, NO_ID, 8), words(config.progSize, crc32(0xffffffff, unit)));
      }
      const tag = makeTag(TYPE_CCRC + ((~perturb & 0x80) >>> 7), NO_ID, next - (this.offset + 4));
      const head = new Uint8Array(4);
      new DataView(head.buffer).setUint32(0, (tag ^ this.lastTag) >>> 0);
      this.raw(head);
      const covered = join(this.parts.splice(0));
      out.set(covered, from - this.begin);
      write32(out, from - this.begin + covered.length, crc32(0xffffffff, covered));
      this.offset = next;
      this.lastTag = (tag ^ ((~perturb & 0x80) << 24)) >>> 0;
    }
    yield* lfs.prog(this.block, this.begin, out);
    yield* lfs.sync();
  }
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The tags that make an entry. */
function changesOf(entry: Entry, id: number): Change[] {
  const changes: Change[] = [
    { type: entry.type, id, data: entry.name },
    { type: entry.struct.type, id, data: entry.struct.data },
  ];
  for (const [type, data] of entry.attrs) changes.push({ type: TYPE_USERATTR + type, id, data });
  return changes;
}

/** Bytes that these entries take in a log. */
export function sizeOfEntries(entries: readonly Entry[]): number {
  let size = 0;
  for (const entry of entries) for (const { data } of changesOf(entry, 0)) size += 4 + data.length;
  return size;
}

const stateChange = (state: GState): Change => ({ type: TYPE_MOVESTATE, id: NO_ID, data: words(state.tag, ...state.pair) });

/** What a commit is to leave behind. */
export interface Target {
  readonly entries: readonly Entry[];
  readonly tail: Pair;
  readonly isSplit: boolean;
  /** This pair's part of the global state. */
  readonly state: GState;
}

/** Appends changes to a pair's log. null: they do not fit, and nothing was written. */
export function* appendCommit(lfs: LfsDevice, mdir: Mdir, changes: readonly Change[], target: Target): Gen<Mdir | null> {
  const commit = new Commit(lfs, mdir.pair[0], mdir.offset, mdir.lastTag);
  for (const change of changes) if (!commit.push(change)) return null;
  const hasNewState = !isZeroState(xorState(mdir.state, target.state));
  if (hasNewState && !commit.push(stateChange(target.state))) return null;
  yield* commit.finish();
  return { ...mdir, ...target, offset: commit.offset, lastTag: commit.lastTag };
}

/** Writes everything anew to the pair's other block. null: it does not fit in a block. */
export function* rewrite(lfs: LfsDevice, pair: Pair, revision: number, target: Target, seed: number): Gen<Mdir | null> {
  const block = pair[1];
  const commit = new Commit(lfs, block, 0, 0xffffffff);
  commit.raw(words(revision));
  const changes = target.entries.flatMap((entry, id) => changesOf(entry, id));
  if (target.tail[0] !== BLOCK_NULL || target.tail[1] !== BLOCK_NULL)
    changes.push({ type: TYPE_TAIL + (target.isSplit ? 1 : 0), id: NO_ID, data: words(...target.tail) });
  if (!isZeroState(target.state)) changes.push(stateChange(target.state));
  for (const change of changes) if (!commit.push(change)) return null;
  yield* lfs.erase(block);
  yield* commit.finish();
  return {
    ...target,
    pair: [block, pair[0]],
    revision,
    offset: commit.offset,
    lastTag: commit.lastTag,
    isErased: commit.offset < lfs.blockSize,
    seed,
  };
}
