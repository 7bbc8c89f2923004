// FAT12, FAT16 and FAT32 volumes on a block device: sectors, the table of clusters, mounting (lib/oofatfs/ff.c).
// Folders and names are in ff-dir.ts and ff-name.ts, files in ff-file.ts, formatting in ff-mkfs.ts. exFAT is not read.
import { getInt } from "../../native.ts";
import { raiseOSError } from "../../objects/objexcept.ts";
import { mp } from "../../objects/mpstate.ts";
import type { Gen } from "../../objects/obj.ts";
import { civil } from "../modtime.ts";
import type { BlockDevice } from "./vfs_blockdev.ts";
import { IOCTL_BLOCK_COUNT, IOCTL_BLOCK_SIZE, IOCTL_INIT, IOCTL_SYNC } from "./vfs_blockdev.ts";
import { EIO, ENODEV, EROFS } from "./vfs.ts";

export const EBUSY = 16;
export const EACCES = 13;

/** Most clusters of a volume of each kind. */
export const MAX_FAT12 = 0xff5;
export const MAX_FAT16 = 0xfff5;
export const MAX_FAT32 = 0x0ffffff5;
/** End of a chain; on disk in as many bits as the kind has. */
const END_OF_CHAIN = 0xffffffff;
const MIN_SECTOR = 512;
const MAX_SECTOR = 4096;
const UNKNOWN = 0xffffffff;

export const word = (bytes: Uint8Array, at: number): number => bytes[at]! | (bytes[at + 1]! << 8);
export const dword = (bytes: Uint8Array, at: number): number => (word(bytes, at) | (word(bytes, at + 2) << 16)) >>> 0;
export function setWord(bytes: Uint8Array, at: number, v: number): void {
  bytes[at] = v & 0xff;
  bytes[at + 1] = (v >>> 8) & 0xff;
}
export function setDword(bytes: Uint8Array, at: number, v: number): void {
  setWord(bytes, at, v & 0xffff);
  setWord(bytes, at + 2, v >>> 16);
}

/** Date and time of now as FAT keeps them: date in the upper 16 bits. */
export function fatTime(): number {
  const [year, month, day, hour, minute, second] = civil(Math.floor(mp.host.clock.ns / 1e9)).items as number[];
  // FAT's years begin in 1980; a board's clock without a date says 1970.
  if (year! < 1980) return (1 << 21) | (1 << 16);
  return (((year! - 1980) << 25) | (month! << 21) | (day! << 16) | (hour! << 11) | (minute! << 5) | (second! >> 1)) >>> 0;
}

export class Volume {
  readonly device: BlockDevice;
  /** 0: not mounted. */
  kind: 0 | 12 | 16 | 32 = 0;
  sectorSize = MIN_SECTOR;
  /** Sectors of a cluster. */
  clusterSize = 0;
  fats = 0;
  fatSectors = 0;
  /** Clusters and 2: the numbers of clusters begin at 2. */
  entries = 0;
  rootEntries = 0;
  base = 0;
  fatBase = 0;
  dataBase = 0;
  /** FAT32: the root's first cluster; else its first sector. */
  rootBase = 0;
  lastCluster = UNKNOWN;
  freeClusters = UNKNOWN;
  isInfoDirty = false;
  hasInfo = false;
  /** First cluster of the current folder; 0 is the root. */
  current = 0;
  /** The one sector in memory: folders, the table and parts of files all go through it. */
  window = new Uint8Array(MIN_SECTOR);
  sector = UNKNOWN;
  isDirty = false;

  constructor(device: BlockDevice) {
    this.device = device;
  }

  // ---- sectors

  *readSectors(sector: number, into: Uint8Array): Gen<void> {
    if ((yield* this.device.read(sector, into)) !== 0) raiseOSError(EIO);
  }
  *writeSectors(sector: number, bytes: Uint8Array): Gen<void> {
    const result = yield* this.device.write(sector, bytes);
    if (result !== 0) raiseOSError(EIO);
  }

  *flush(): Gen<void> {
    if (!this.isDirty) return;
    yield* this.writeSectors(this.sector, this.window);
    this.isDirty = false;
    const offset = this.sector - this.fatBase;
    if (this.fats === 2 && offset >= 0 && offset < this.fatSectors)
      yield* this.writeSectors(this.sector + this.fatSectors, this.window);
  }

  /** Brings a sector into the window. */
  *load(sector: number): Gen<void> {
    if (sector === this.sector) return;
    yield* this.flush();
    this.sector = UNKNOWN;
    yield* this.readSectors(sector, this.window);
    this.sector = sector;
  }

  /** Everything to the device, with FAT32's count of free clusters. */
  *sync(): Gen<void> {
    yield* this.flush();
    if (this.kind === 32 && this.hasInfo && this.isInfoDirty) {
      const info = new Uint8Array(this.sectorSize);
      setWord(info, 510, 0xaa55);
      setDword(info, 0, 0x41615252);
      setDword(info, 484, 0x61417272);
      setDword(info, 488, this.freeClusters);
      setDword(info, 492, this.lastCluster);
      this.window.set(info);
      this.sector = this.base + 1;
      yield* this.writeSectors(this.sector, this.window);
      this.isInfoDirty = false;
    }
    yield* this.device.ioctl(IOCTL_SYNC);
  }

  // ---- clusters

  /** A cluster's first sector. */
  sectorOf(cluster: number): number {
    if (cluster < 2 || cluster >= this.entries) raiseOSError(EIO);
    return this.dataBase + this.clusterSize * (cluster - 2);
  }

  /** What the table says of a cluster: 0 free, the next one, or a number from `entries` on at the end. */
  *getFat(cluster: number): Gen<number> {
    if (cluster < 2 || cluster >= this.entries) raiseOSError(EIO);
    const size = this.sectorSize;
    if (this.kind === 12) {
      const at = cluster + (cluster >> 1);
      yield* this.load(this.fatBase + Math.floor(at / size));
      const low = this.window[at % size]!;
      yield* this.load(this.fatBase + Math.floor((at + 1) / size));
      const both = low | (this.window[(at + 1) % size]! << 8);
      return cluster & 1 ? both >> 4 : both & 0xfff;
    }
    const width = this.kind / 8;
    yield* this.load(this.fatBase + Math.floor((cluster * width) / size));
    const at = (cluster * width) % size;
    return width === 2 ? word(this.window, at) : dword(this.window, at) & 0x0fffffff;
  }

  *putFat(cluster: number, value: number): Gen<void> {
    if (cluster < 2 || cluster >= this.entries) raiseOSError(EIO);
    const size = this.sectorSize;
    if (this.kind === 12) {
      const at = cluster + (cluster >> 1);
      const isOdd = (cluster & 1) !== 0;
      yield* this.load(this.fatBase + Math.floor(at / size));
      const old = this.window[at % size]!;
      this.window[at % size] = isOdd ? (old & 0x0f) | ((value << 4) & 0xf0) : value & 0xff;
      this.isDirty = true;
      yield* this.load(this.fatBase + Math.floor((at + 1) / size));
      const next = this.window[(at + 1) % size]!;
      this.window[(at + 1) % size] = isOdd ? (value >>> 4) & 0xff : (next & 0xf0) | ((value >>> 8) & 0x0f);
      this.isDirty = true;
      return;
    }
    const width = this.kind / 8;
    yield* this.load(this.fatBase + Math.floor((cluster * width) / size));
    const at = (cluster * width) % size;
    if (width === 2) setWord(this.window, at, value & 0xffff);
    else setDword(this.window, at, (value & 0x0fffffff) | (dword(this.window, at) & 0xf0000000));
    this.isDirty = true;
  }

  isEnd(value: number): boolean {
    return value >= this.entries;
  }

  private count(change: 1 | -1): void {
    if (this.freeClusters <= this.entries - 2) this.freeClusters += change;
    this.isInfoDirty = true;
  }

  /** Frees a chain from its first cluster on. */
  *removeChain(cluster: number): Gen<void> {
    for (let n = 0; ; n++) {
      const next = yield* this.getFat(cluster);
      if (next === 0) return;
      if (next === 1 || n > this.entries) raiseOSError(EIO);
      yield* this.putFat(cluster, 0);
      if (this.freeClusters < this.entries - 2) this.count(1);
      if (this.isEnd(next)) return;
      cluster = next;
    }
  }

  /** The cluster after this one, made if the chain ends here; after 0, the first of a new chain. 0: the volume is full. */
  *createChain(cluster: number): Gen<number> {
    let from = this.lastCluster;
    if (from === 0 || from >= this.entries) from = 1;
    let found = 0;
    if (cluster !== 0) {
      const next = yield* this.getFat(cluster);
      if (next < 2) raiseOSError(EIO);
      if (!this.isEnd(next)) return next;
    }
    if (this.freeClusters === 0) return 0;
    if (cluster !== 0) {
      // The neighbour first, so that files stay in one piece.
      const neighbour = cluster + 1 >= this.entries ? 2 : cluster + 1;
      if ((yield* this.getFat(neighbour)) === 0) found = neighbour;
      else if (this.lastCluster < 2 || this.lastCluster >= this.entries) from = cluster;
    }
    if (found === 0) found = yield* this.findFree(from);
    if (found === 0) return 0;
    yield* this.putFat(found, END_OF_CHAIN);
    if (cluster !== 0) yield* this.putFat(cluster, found);
    this.lastCluster = found;
    this.count(-1);
    return found;
  }

  private *findFree(from: number): Gen<number> {
    let cluster = from;
    for (let n = 0; ; n++) {
      cluster++;
      if (cluster >= this.entries) {
        cluster = 2;
        if (cluster > from) return 0;
      }
      if ((yield* this.getFat(cluster)) === 0) return cluster;
      if (cluster === from) return 0;
      if (n % 1024 === 1023) yield { wait: "tick" };
    }
  }

  /** How many clusters are free, counted if nobody knows. */
  *countFree(): Gen<number> {
    if (this.freeClusters <= this.entries - 2) return this.freeClusters;
    let free = 0;
    for (let cluster = 2; cluster < this.entries; cluster++) {
      if ((yield* this.getFat(cluster)) === 0) free++;
      if (cluster % 1024 === 0) yield { wait: "tick" };
    }
    this.freeClusters = free;
    this.isInfoDirty = true;
    return free;
  }

  // ---- mounting

  /** Before a write: raises EROFS on a device that cannot be written to. */
  mustBeWritable(): void {
    if (this.device.isReadonly) raiseOSError(EROFS);
  }

  /** Gets the device going and asks how large its sectors are. */
  *initDevice(): Gen<void> {
    const ready = yield* this.device.ioctl(IOCTL_INIT);
    if (ready !== null && getInt(ready) !== 0) raiseOSError(EBUSY);
    const answer = yield* this.device.ioctl(IOCTL_BLOCK_SIZE);
    const size = answer === null ? MIN_SECTOR : getInt(answer) & 0xffff;
    if (size < MIN_SECTOR || size > MAX_SECTOR || (size & (size - 1)) !== 0) raiseOSError(EIO);
    this.sectorSize = size;
    this.window = new Uint8Array(size);
    this.sector = UNKNOWN;
    this.isDirty = false;
  }

  *sectorCount(): Gen<number> {
    return getInt(yield* this.device.ioctl(IOCTL_BLOCK_COUNT)) >>> 0;
  }

  /** Whether a sector begins a FAT volume, may hold a partition table, or neither. */
  private *checkBoot(sector: number): Gen<"fat" | "other" | "none"> {
    this.isDirty = false;
    this.sector = UNKNOWN;
    yield* this.load(sector);
    const { window } = this;
    if (word(window, 510) !== 0xaa55) return "none";
    const text = (at: number, n: number): string => String.fromCharCode(...window.subarray(at, at + n));
    if (text(0, 11) === "\xeb\x76\x90EXFAT   ") return "none";
    const isJump = window[0] === 0xe9 || window[0] === 0xeb || window[0] === 0xe8;
    return isJump && (text(54, 3) === "FAT" || text(82, 5) === "FAT32") ? "fat" : "other";
  }

  /** Reads what kind of volume this is. false: none that is known. Raises OSError. */
  *mount(): Gen<boolean> {
    this.kind = 0;
    yield* this.initDevice();
    let start = 0;
    let found = yield* this.checkBoot(0);
    if (found === "other") {
      const partitions = [0, 1, 2, 3].map((i) => {
        const at = 446 + 16 * i;
        return this.window[at + 4] === 0 ? 0 : dword(this.window, at + 8);
      });
      for (const partition of partitions) {
        if (partition === 0) continue;
        start = partition;
        found = yield* this.checkBoot(start);
        if (found === "fat") break;
      }
    }
    return found === "fat" && (yield* this.readBoot(start));
  }

  private *readBoot(start: number): Gen<boolean> {
    const { window, sectorSize } = this;
    if (word(window, 11) !== sectorSize) return false;
    this.fatSectors = word(window, 22) || dword(window, 36);
    this.fats = window[16]!;
    this.clusterSize = window[13]!;
    this.rootEntries = word(window, 17);
    const total = word(window, 19) || dword(window, 32);
    const reserved = word(window, 14);
    const perSector = sectorSize / 32;
    if (this.fats !== 1 && this.fats !== 2) return false;
    if (this.clusterSize === 0 || (this.clusterSize & (this.clusterSize - 1)) !== 0) return false;
    if (this.rootEntries % perSector !== 0 || reserved === 0) return false;
    const system = reserved + this.fatSectors * this.fats + this.rootEntries / perSector;
    const clusters = Math.floor((total - system) / this.clusterSize);
    if (total < system || clusters === 0 || clusters > MAX_FAT32) return false;
    const kind = clusters <= MAX_FAT12 ? 12 : clusters <= MAX_FAT16 ? 16 : 32;
    this.entries = clusters + 2;
    this.base = start;
    this.fatBase = start + reserved;
    this.dataBase = start + system;
    if (kind === 32) {
      if (word(window, 42) !== 0 || this.rootEntries !== 0) return false;
      this.rootBase = dword(window, 44);
    } else {
      if (this.rootEntries === 0) return false;
      this.rootBase = this.fatBase + this.fatSectors * this.fats;
    }
    if (this.fatSectors < Math.ceil((this.entries * kind) / 8 / sectorSize)) return false;
    this.lastCluster = this.freeClusters = UNKNOWN;
    this.hasInfo = false;
    this.isInfoDirty = false;
    if (kind === 32 && word(window, 48) === 1) yield* this.readInfo(start + 1);
    this.kind = kind;
    this.current = 0;
    return true;
  }

  private *readInfo(sector: number): Gen<void> {
    yield* this.load(sector);
    const { window } = this;
    this.hasInfo = true;
    if (word(window, 510) !== 0xaa55 || dword(window, 0) !== 0x41615252 || dword(window, 484) !== 0x61417272) return;
    this.freeClusters = dword(window, 488);
    this.lastCluster = dword(window, 492);
  }

  /** Every operation begins here: raises ENODEV where there is no volume (any more). */
  *check(): Gen<void> {
    if (this.kind === 0 && !(yield* this.mount())) raiseOSError(ENODEV);
  }
}
