// Files of a FAT volume and what is done by path: open, read, write, seek, stat, mkdir, rename, remove
// (f_open to f_rename of lib/oofatfs/ff.c).
import { raiseOSError } from "../../objects/objexcept.ts";
import type { Gen } from "../../objects/obj.ts";
import { dword, EACCES, fatTime, setDword, setWord, type Volume } from "./ff.ts";
import {
  ATTR_ARCHIVE,
  ATTR_DIR,
  ATTR_READONLY,
  clearCluster,
  DirCursor,
  follow,
  infoOf,
  readEntry,
  registerEntry,
  removeEntry,
  setStartCluster,
  startCluster,
  type FatInfo,
} from "./ff-dir.ts";
import { EEXIST, EINVAL, EIO, ENOENT } from "./vfs.ts";

export const FA_READ = 1;
export const FA_WRITE = 2;
export const FA_CREATE_NEW = 4;
export const FA_CREATE_ALWAYS = 8;
export const FA_OPEN_ALWAYS = 16;
const CREATES = FA_CREATE_NEW | FA_CREATE_ALWAYS | FA_OPEN_ALWAYS;

export class FatFile {
  /** null once closed. */
  volume: Volume | null;
  private readonly mode: number;
  private readonly entrySector: number;
  private readonly entryOffset: number;
  private first: number;
  size: number;
  at = 0;
  /** The cluster that the byte before `at` is in (or 0), and the sector that `at` is in. */
  private cluster = 0;
  private sector = 0;
  private isModified: boolean;

  constructor(volume: Volume, mode: number, cursor: DirCursor, first: number, size: number) {
    this.volume = volume;
    this.mode = mode;
    this.entrySector = cursor.sector;
    this.entryOffset = cursor.offset;
    this.first = first;
    this.size = size;
    this.isModified = (mode & FA_CREATE_ALWAYS) !== 0;
  }

  private open(): Volume {
    if (this.volume === null || this.volume.kind === 0) raiseOSError(EINVAL);
    return this.volume;
  }

  *read(into: Uint8Array): Gen<number> {
    const volume = this.open();
    if ((this.mode & FA_READ) === 0) raiseOSError(EACCES);
    const wanted = Math.min(into.length, this.size - this.at);
    const bytes = into.subarray(0, Math.max(0, wanted));
    for (let done = 0; done < bytes.length;) {
      const part = yield* this.place(volume, false);
      const offset = this.at % volume.sectorSize;
      const whole = Math.floor((bytes.length - done) / volume.sectorSize);
      let n: number;
      if (offset === 0 && whole > 0) {
        // Whole sectors go straight to where they are wanted, past the window.
        const sectors = Math.min(whole, volume.clusterSize - part);
        n = sectors * volume.sectorSize;
        const target = bytes.subarray(done, done + n);
        yield* volume.readSectors(this.sector, target);
        const inWindow = volume.sector - this.sector;
        if (volume.isDirty && inWindow >= 0 && inWindow < sectors) target.set(volume.window, inWindow * volume.sectorSize);
        this.sector += sectors - 1;
      } else {
        yield* volume.load(this.sector);
        n = Math.min(volume.sectorSize - offset, bytes.length - done);
        bytes.set(volume.window.subarray(offset, offset + n), done);
      }
      done += n;
      this.at += n;
    }
    return bytes.length;
  }

  /** Bytes written; fewer than given when the volume is full. */
  *write(bytes: Uint8Array): Gen<number> {
    const volume = this.open();
    if ((this.mode & FA_WRITE) === 0) raiseOSError(EACCES);
    const most = Math.min(bytes.length, 0xffffffff - this.at);
    let done = 0;
    while (done < most) {
      const part = yield* this.place(volume, true);
      if (part < 0) break;
      const offset = this.at % volume.sectorSize;
      const whole = Math.floor((most - done) / volume.sectorSize);
      let n: number;
      if (offset === 0 && whole > 0) {
        const sectors = Math.min(whole, volume.clusterSize - part);
        n = sectors * volume.sectorSize;
        yield* volume.writeSectors(this.sector, bytes.subarray(done, done + n));
        const inWindow = volume.sector - this.sector;
        if (inWindow >= 0 && inWindow < sectors) {
          const from = done + inWindow * volume.sectorSize;
          volume.window.set(bytes.subarray(from, from + volume.sectorSize));
          volume.isDirty = false;
        }
        this.sector += sectors - 1;
      } else {
        if (this.at >= this.size && offset === 0) {
          // A fresh sector need not be read.
          yield* volume.flush();
          volume.sector = this.sector;
        }
        yield* volume.load(this.sector);
        n = Math.min(volume.sectorSize - offset, most - done);
        volume.window.set(bytes.subarray(done, done + n), offset);
        volume.isDirty = true;
      }
      done += n;
      this.at += n;
      this.size = Math.max(this.size, this.at);
    }
    this.isModified = true;
    return done;
  }

  /** Finds the sector of `at`; gives its number in its cluster, or -1 if none could be made. */
  private *place(volume: Volume, stretch: boolean): Gen<number> {
    const { sectorSize, clusterSize } = volume;
    const part = Math.floor(this.at / sectorSize) % clusterSize;
    if (this.at % sectorSize !== 0) return part;
    if (part === 0) {
      let next: number;
      if (this.at === 0) {
        next = this.first;
        if (next === 0 && stretch) next = yield* volume.createChain(0);
      } else next = yield* stretch ? volume.createChain(this.cluster) : volume.getFat(this.cluster);
      if (next === 0 && stretch) return -1;
      if (next < 2 || volume.isEnd(next)) raiseOSError(EIO);
      this.cluster = next;
      if (this.first === 0) this.first = next;
    }
    this.sector = volume.sectorOf(this.cluster) + part;
    return part;
  }

  /** Moves to a place, at most the end if only reading; a file being written grows, as far as there is room. */
  *seek(to: number): Gen<void> {
    const volume = this.open();
    let offset = to;
    const canWrite = (this.mode & FA_WRITE) !== 0;
    if (offset > this.size && !canWrite) offset = this.size;
    const perCluster = volume.clusterSize * volume.sectorSize;
    const before = this.at;
    this.at = 0;
    let sector = 0;
    if (offset > 0) {
      let { cluster } = this;
      if (before > 0 && Math.floor((offset - 1) / perCluster) >= Math.floor((before - 1) / perCluster)) {
        this.at = Math.floor((before - 1) / perCluster) * perCluster;
        offset -= this.at;
      } else {
        cluster = this.first;
        if (cluster === 0) {
          cluster = yield* volume.createChain(0);
          this.first = cluster;
        }
        this.cluster = cluster;
      }
      if (cluster !== 0) {
        while (offset > perCluster) {
          offset -= perCluster;
          this.at += perCluster;
          const next = yield* canWrite ? volume.createChain(cluster) : volume.getFat(cluster);
          if (next === 0 && canWrite) {
            offset = 0;
            break;
          }
          if (next < 2 || volume.isEnd(next)) raiseOSError(EIO);
          cluster = next;
          this.cluster = cluster;
        }
        this.at += offset;
        if (offset % volume.sectorSize !== 0) sector = volume.sectorOf(cluster) + Math.floor(offset / volume.sectorSize);
      }
    }
    if (this.at > this.size) {
      this.size = this.at;
      this.isModified = true;
    }
    if (this.at % volume.sectorSize !== 0) this.sector = sector;
  }

  *sync(): Gen<void> {
    const volume = this.open();
    if (!this.isModified) return;
    yield* volume.load(this.entrySector);
    const entry = volume.window.subarray(this.entryOffset, this.entryOffset + 32);
    entry[11]! |= ATTR_ARCHIVE;
    setStartCluster(volume, entry, this.first);
    setDword(entry, 28, this.size);
    setDword(entry, 22, fatTime());
    setWord(entry, 18, 0);
    volume.isDirty = true;
    yield* volume.sync();
    this.isModified = false;
  }

  *close(): Gen<void> {
    if (this.volume === null) return;
    yield* this.sync();
    this.volume = null;
  }
}

export function* openFat(volume: Volume, path: string, mode: number): Gen<FatFile> {
  yield* volume.check();
  if (mode & ~FA_READ) volume.mustBeWritable();
  const found = yield* follow(volume, path);
  if (found.at === "origin") raiseOSError(EINVAL);
  const { cursor } = found;
  if (found.at === "missing") {
    if ((mode & CREATES) === 0) raiseOSError(ENOENT);
    yield* registerEntry(cursor, found.name);
    mode |= FA_CREATE_ALWAYS;
  } else if (mode & CREATES) {
    if (found.attr & (ATTR_READONLY | ATTR_DIR)) raiseOSError(EACCES);
    if (mode & FA_CREATE_NEW) raiseOSError(EEXIST);
  } else {
    if (found.attr & ATTR_DIR) raiseOSError(ENOENT);
    if (mode & FA_WRITE && found.attr & ATTR_READONLY) raiseOSError(EACCES);
  }
  if (mode & FA_CREATE_ALWAYS) {
    const entry = yield* cursor.entry();
    const old = startCluster(volume, entry);
    setDword(entry, 14, fatTime());
    entry[11] = ATTR_ARCHIVE;
    setStartCluster(volume, entry, 0);
    setDword(entry, 28, 0);
    volume.isDirty = true;
    if (old !== 0) {
      yield* volume.removeChain(old);
      // The hole is filled first.
      volume.lastCluster = old - 1;
    }
  }
  const entry = yield* cursor.entry();
  return new FatFile(volume, mode, cursor, startCluster(volume, entry), dword(entry, 28));
}

export function* statFat(volume: Volume, path: string): Gen<FatInfo> {
  const found = yield* follow(volume, path);
  if (found.at === "missing") raiseOSError(ENOENT);
  if (found.at === "origin") raiseOSError(EINVAL);
  return infoOf(yield* found.cursor.entry(), "");
}

/** The first cluster of the folder at a path; 0 is the root. Raises ENOENT, for a file too. */
export function* folderAt(volume: Volume, path: string): Gen<number> {
  const found = yield* follow(volume, path);
  if (found.at === "origin") return found.cursor.first;
  if (found.at === "missing" || (found.attr & ATTR_DIR) === 0) raiseOSError(ENOENT);
  return startCluster(volume, yield* found.cursor.entry());
}

export function* mkdirFat(volume: Volume, path: string): Gen<void> {
  yield* volume.check();
  volume.mustBeWritable();
  const found = yield* follow(volume, path);
  if (found.at !== "missing") raiseOSError(EEXIST);
  const { cursor, name } = found;
  const cluster = yield* volume.createChain(0);
  if (cluster === 0) raiseOSError(EACCES);
  const time = fatTime();
  yield* clearCluster(volume, cluster);
  // "." and "..", which the root does not have; a parent that is the root is 0 even on FAT32.
  for (const [i, target] of [cluster, cursor.first].entries()) {
    const entry = volume.window.subarray(32 * i, 32 * i + 32);
    entry.fill(32, 0, 11);
    entry.fill(46, 0, i + 1);
    entry[11] = ATTR_DIR;
    setDword(entry, 22, time);
    setStartCluster(volume, entry, target === volume.rootBase && volume.kind === 32 ? 0 : target);
  }
  volume.isDirty = true;
  try {
    yield* registerEntry(cursor, name);
  } catch (caught) {
    yield* volume.removeChain(cluster);
    throw caught;
  }
  const entry = yield* cursor.entry();
  setDword(entry, 22, time);
  setStartCluster(volume, entry, cluster);
  entry[11] = ATTR_DIR;
  volume.isDirty = true;
  yield* volume.sync();
}

/** Removes a file or an empty folder. */
export function* unlinkFat(volume: Volume, path: string): Gen<void> {
  yield* volume.check();
  volume.mustBeWritable();
  const found = yield* follow(volume, path);
  if (found.at === "missing") raiseOSError(ENOENT);
  if (found.at === "origin" || found.name.isDot) raiseOSError(EINVAL);
  if (found.attr & ATTR_READONLY) raiseOSError(EACCES);
  const first = startCluster(volume, yield* found.cursor.entry());
  if (found.attr & ATTR_DIR) {
    if (first === volume.current) raiseOSError(EACCES);
    const inside = new DirCursor(volume, first);
    yield* inside.seek(0);
    if ((yield* readEntry(inside)) !== null) raiseOSError(EACCES);
  }
  yield* removeEntry(found.cursor, found.start);
  if (first !== 0) yield* volume.removeChain(first);
  yield* volume.sync();
}

/** Renames or moves. Raises EEXIST if something has the new name. */
export function* renameFat(volume: Volume, from: string, to: string): Gen<void> {
  yield* volume.check();
  volume.mustBeWritable();
  const old = yield* follow(volume, from);
  if (old.at === "missing") raiseOSError(ENOENT);
  if (old.at === "origin" || old.name.isDot) raiseOSError(EINVAL);
  const saved = (yield* old.cursor.entry()).slice();
  const target = yield* follow(volume, to);
  if (target.at === "origin" || target.name.isDot) raiseOSError(target.at === "origin" ? EEXIST : EINVAL);
  const { cursor } = target;
  // Another spelling of its own name is no other file.
  if (target.at === "entry" && !(cursor.first === old.cursor.first && cursor.index === old.cursor.index)) raiseOSError(EEXIST);
  yield* registerEntry(cursor, target.name);
  const entry = yield* cursor.entry();
  entry.set(saved.subarray(13), 13);
  entry[11] = saved[11]! | (saved[11]! & ATTR_DIR ? 0 : ATTR_ARCHIVE);
  volume.isDirty = true;
  if (saved[11]! & ATTR_DIR && old.cursor.first !== cursor.first) {
    yield* volume.load(volume.sectorOf(startCluster(volume, saved)));
    const parent = volume.window.subarray(32, 64);
    if (parent[1] === 46) {
      setStartCluster(volume, parent, cursor.first);
      volume.isDirty = true;
    }
  }
  yield* removeEntry(old.cursor, old.start);
  yield* volume.sync();
}

/** The current folder's path, found upwards by "..". */
export function* getcwdFat(volume: Volume): Gen<string> {
  yield* volume.check();
  let path = "";
  let cluster = volume.current;
  for (let depth = 0; cluster !== 0; depth++) {
    const self = new DirCursor(volume, cluster);
    yield* self.seek(1);
    const parent = startCluster(volume, yield* self.entry());
    const cursor = new DirCursor(volume, parent);
    yield* cursor.seek(0);
    for (;;) {
      const found = yield* readEntry(cursor);
      if (found === null || depth > 255) raiseOSError(EIO);
      if (startCluster(volume, yield* cursor.entry()) === cluster) {
        path = `/${found.info.name}${path}`;
        break;
      }
      if (!(yield* cursor.next())) raiseOSError(EIO);
    }
    cluster = parent;
  }
  return path === "" ? "/" : path;
}
