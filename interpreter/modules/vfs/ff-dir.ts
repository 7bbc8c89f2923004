// Folders of a FAT volume: their entries of 32 bytes, finding, making and removing them, following a path (dir_find,
// dir_register, follow_path of lib/oofatfs/ff.c).
import { raiseOSError } from "../../objects/objexcept.ts";
import type { Gen } from "../../objects/obj.ts";
import { dword, EACCES, setWord, word, type Volume } from "./ff.ts";
import {
  foldCase,
  fromFat,
  longEntries,
  longEntry,
  longPart,
  numbered,
  shortText,
  sumOf,
  takeName,
  type Name,
} from "./ff-name.ts";
import { EIO, ENOENT } from "./vfs.ts";

export const ATTR_READONLY = 1;
export const ATTR_VOLUME = 8;
export const ATTR_DIR = 16;
export const ATTR_ARCHIVE = 32;
const ATTR_LONG = 15;
const FREE = 0xe5;
/** A folder has at most so many entries. */
const MOST = 65536;

/** A place in a folder. `cluster` 0 in `first` is the root. */
export class DirCursor {
  readonly volume: Volume;
  first: number;
  /** Which entry, from 0. */
  index = 0;
  private cluster = 0;
  sector = 0;
  /** Where the entry is in the volume's window. */
  offset = 0;
  constructor(volume: Volume, first: number) {
    this.volume = volume;
    this.first = first;
  }

  /** Goes to an entry. Raises EIO beyond the end. */
  *seek(index: number): Gen<void> {
    const { volume } = this;
    const size = volume.sectorSize;
    let at = index * 32;
    this.index = index;
    let cluster = this.first;
    if (cluster === 0 && volume.kind === 32) cluster = volume.rootBase;
    if (cluster === 0) {
      if (index >= volume.rootEntries) raiseOSError(EIO);
      this.sector = volume.rootBase;
    } else {
      const perCluster = volume.clusterSize * size;
      while (at >= perCluster) {
        cluster = yield* volume.getFat(cluster);
        if (cluster < 2 || cluster >= volume.entries) raiseOSError(EIO);
        at -= perCluster;
      }
      this.sector = volume.sectorOf(cluster);
    }
    this.cluster = cluster;
    this.sector += Math.floor(at / size);
    this.offset = at % size;
  }

  /** Goes to the next entry; false at the end. With `stretch` the folder grows instead, or EACCES if the volume is full. */
  *next(stretch = false): Gen<boolean> {
    const { volume } = this;
    const size = volume.sectorSize;
    const index = this.index + 1;
    if (index >= MOST) return false;
    const at = (index * 32) % size;
    if (at === 0) {
      if (this.cluster === 0) {
        if (index >= volume.rootEntries) return false;
        this.sector++;
      } else if (((index * 32) / size) % volume.clusterSize !== 0) this.sector++;
      else {
        let next = yield* volume.getFat(this.cluster);
        if (next <= 1) raiseOSError(EIO);
        if (volume.isEnd(next)) {
          if (!stretch) return false;
          next = yield* volume.createChain(this.cluster);
          if (next === 0) raiseOSError(EACCES);
          yield* clearCluster(volume, next);
        }
        this.cluster = next;
        this.sector = volume.sectorOf(next);
      }
    }
    this.index = index;
    this.offset = at;
    return true;
  }

  /** The entry's 32 bytes in the window. */
  *entry(): Gen<Uint8Array> {
    yield* this.volume.load(this.sector);
    return this.volume.window.subarray(this.offset, this.offset + 32);
  }
}

/** Fills a cluster with zeros, ready to be a folder. */
export function* clearCluster(volume: Volume, cluster: number): Gen<void> {
  yield* volume.flush();
  const from = volume.sectorOf(cluster);
  const empty = new Uint8Array(volume.sectorSize);
  for (let i = 0; i < volume.clusterSize; i++) yield* volume.writeSectors(from + i, empty);
  volume.window.set(empty);
  volume.sector = from;
}

export function startCluster(volume: Volume, entry: Uint8Array): number {
  return word(entry, 26) | (volume.kind === 32 ? (word(entry, 20) << 16) >>> 0 : 0);
}
export function setStartCluster(volume: Volume, entry: Uint8Array, cluster: number): void {
  setWord(entry, 26, cluster & 0xffff);
  if (volume.kind === 32) setWord(entry, 20, cluster >>> 16);
}

export interface FatInfo {
  readonly name: string;
  readonly attr: number;
  readonly size: number;
  readonly date: number;
  readonly time: number;
}

export function infoOf(entry: Uint8Array, long: string): FatInfo {
  return {
    // A long name that cannot be told in bytes gives way to the short one.
    name: long === "" || fromFat(long) === null ? shortText(entry) : long,
    attr: entry[11]!,
    size: dword(entry, 28),
    time: word(entry, 22),
    date: word(entry, 24),
  };
}

/** Collects the entries of a long name, which come last part first. */
class LongName {
  private parts: string[] = [];
  private expected = 0xff;
  private sum = 0;
  /** Where the first of them is, as an index. */
  start = -1;

  reset(): void {
    this.expected = 0xff;
    this.start = -1;
  }
  take(entry: Uint8Array, index: number): void {
    let order = entry[0]!;
    if (order & 0x40) {
      this.sum = entry[13]!;
      order &= ~0x40;
      this.expected = order;
      this.start = index;
      this.parts = [];
    }
    const part = order === this.expected && entry[13] === this.sum ? longPart(entry) : null;
    if (part === null) this.reset();
    else {
      this.parts.unshift(part);
      this.expected--;
    }
  }
  /** The name that belongs to this 8.3 entry, or "". */
  of(entry: Uint8Array): string {
    return this.expected === 0 && this.sum === sumOf(entry) ? this.parts.join("") : "";
  }
}

/** The next file or folder from the cursor on, the cursor left on it; null at the end. `start`: its first long entry, or -1. */
export function* readEntry(cursor: DirCursor): Gen<{ info: FatInfo; start: number } | null> {
  const long = new LongName();
  for (;;) {
    const entry = yield* cursor.entry();
    const first = entry[0]!;
    const attr = entry[11]! & 0x3f;
    if (first === 0) return null;
    if (first === FREE || first === 46 || ((attr & ~ATTR_ARCHIVE) === ATTR_VOLUME && attr !== ATTR_LONG)) long.reset();
    else if (attr === ATTR_LONG) long.take(entry, cursor.index);
    else {
      const name = long.of(entry);
      return { info: infoOf(entry, name), start: name === "" ? -1 : long.start };
    }
    if (!(yield* cursor.next())) return null;
  }
}

/** Finds a name in the cursor's folder and leaves the cursor on its entry. null: it is not there. */
export function* findEntry(cursor: DirCursor, name: Name, shortOnly = false): Gen<{ start: number } | null> {
  yield* cursor.seek(0);
  const long = new LongName();
  const wanted = foldCase(name.long);
  for (;;) {
    const entry = yield* cursor.entry();
    const first = entry[0]!;
    const attr = entry[11]! & 0x3f;
    if (first === 0) return null;
    if (first === FREE || ((attr & ATTR_VOLUME) !== 0 && attr !== ATTR_LONG)) long.reset();
    else if (attr === ATTR_LONG) {
      if (!shortOnly) long.take(entry, cursor.index);
    } else {
      const found = long.of(entry);
      if (found !== "" && !name.isDot && foldCase(found) === wanted) return { start: long.start };
      // A name that does not fit 8.3 cannot be meant by an 8.3 name.
      if ((shortOnly || !name.isLossy) && name.short.every((byte, i) => byte === entry[i]))
        return { start: found === "" ? -1 : long.start };
      long.reset();
    }
    if (!(yield* cursor.next())) return null;
  }
}

/** Makes an entry for a name that is not there yet; the cursor is left on it, its bytes zero but for the name. */
export function* registerEntry(cursor: DirCursor, name: Name): Gen<void> {
  let { short } = name;
  if (name.isLossy) {
    for (let n = 1; ; n++) {
      if (n === 100) raiseOSError(EACCES);
      short = numbered(name.short, name.long, n);
      if ((yield* findEntry(cursor, { ...name, short }, true)) === null) break;
    }
  }
  const count = name.needsLong ? longEntries(name.long) : 0;
  const start = yield* allocate(cursor, count + 1);
  if (count > 0) {
    yield* cursor.seek(start);
    const sum = sumOf(short);
    for (let order = count; order > 0; order--) {
      (yield* cursor.entry()).set(longEntry(name.long, order, sum));
      cursor.volume.isDirty = true;
      yield* cursor.next();
    }
  }
  const entry = yield* cursor.entry();
  entry.fill(0);
  entry.set(short);
  entry[12] = name.lowerCase;
  cursor.volume.isDirty = true;
}

/** Finds so many free entries in a row, letting the folder grow; the cursor is left on the last of them. */
function* allocate(cursor: DirCursor, count: number): Gen<number> {
  yield* cursor.seek(0);
  let run = 0;
  for (;;) {
    const first = (yield* cursor.entry())[0]!;
    run = first === 0 || first === FREE ? run + 1 : 0;
    if (run === count) return cursor.index - count + 1;
    if (!(yield* cursor.next(true))) raiseOSError(EACCES);
  }
}

/** Frees the entry at the cursor and its long name's, from `start` on. */
export function* removeEntry(cursor: DirCursor, start: number): Gen<void> {
  const last = cursor.index;
  if (start >= 0) yield* cursor.seek(start);
  for (;;) {
    (yield* cursor.entry())[0] = FREE;
    cursor.volume.isDirty = true;
    if (cursor.index >= last) return;
    if (!(yield* cursor.next())) raiseOSError(EIO);
  }
}

/** Where a path leads. */
export type Followed =
  /** The folder that it began in, or "." of the root. */
  | { readonly at: "origin"; readonly cursor: DirCursor }
  | { readonly at: "entry"; readonly cursor: DirCursor; readonly name: Name; readonly start: number; readonly attr: number }
  /** Only the last part is missing. */
  | { readonly at: "missing"; readonly cursor: DirCursor; readonly name: Name };

/** Follows a path from the root or the current folder. Raises ENOENT if a folder on the way is missing. */
export function* follow(volume: Volume, path: string): Gen<Followed> {
  yield* volume.check();
  const isAbsolute = path[0] === "/" || path[0] === "\\";
  let rest = path.replace(/^[/\\]+/, "");
  const cursor = new DirCursor(volume, isAbsolute ? 0 : volume.current);
  if (rest === "" || rest.charCodeAt(0) < 32) {
    yield* cursor.seek(0);
    return { at: "origin", cursor };
  }
  for (;;) {
    const taken = takeName(rest);
    const { name } = taken;
    ({ rest } = taken);
    const found = yield* findEntry(cursor, name);
    if (found === null) {
      if (name.isDot) {
        // The root has no dot entries; there they lead to itself.
        if (rest !== "") continue;
        return { at: "origin", cursor };
      }
      if (rest !== "") raiseOSError(ENOENT);
      return { at: "missing", cursor, name };
    }
    const entry = yield* cursor.entry();
    const attr = entry[11]!;
    if (rest === "") return { at: "entry", cursor, name, start: found.start, attr };
    if ((attr & ATTR_DIR) === 0) raiseOSError(ENOENT);
    cursor.first = startCluster(volume, entry);
  }
}
