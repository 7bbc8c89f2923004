// Makes a FAT volume on a whole block device (f_mkfs of lib/oofatfs/ff.c): which kind and cluster size follow from its size.
import { raiseOSError } from "../../objects/objexcept.ts";
import type { Gen } from "../../objects/obj.ts";
import { fatTime, MAX_FAT12, MAX_FAT16, MAX_FAT32, setDword, setWord, type Volume } from "./ff.ts";
import { EIO } from "./vfs.ts";

const ROOT_ENTRIES = 512;
/** Sizes of volume, in 4096 sectors (FAT32: 128 K sectors), from which on clusters double. */
const CLUSTER_STEPS = [1, 4, 16, 64, 256, 512];
const CLUSTER_STEPS32 = [1, 2, 4, 8, 16, 32];

interface Layout {
  readonly kind: 12 | 16 | 32;
  readonly clusterSize: number;
  readonly reserved: number;
  readonly fatSectors: number;
  readonly rootSectors: number;
  readonly clusters: number;
}

const clusterFor = (steps: readonly number[], size: number): number => 1 << steps.filter((step) => step <= size).length;

/** FAT12 or FAT16 on `sectors` sectors, or null if neither fits. */
function layoutSmall(sectors: number, sectorSize: number): Layout | null {
  let given = 0;
  for (;;) {
    const clusterSize = given === 0 ? clusterFor(CLUSTER_STEPS, Math.floor(sectors / 0x1000)) : given;
    const guess = Math.floor(sectors / clusterSize);
    const kind = guess > MAX_FAT12 ? 16 : 12;
    const bytes = kind === 16 ? guess * 2 + 4 : Math.floor((guess * 3 + 1) / 2) + 3;
    const fatSectors = Math.ceil(bytes / sectorSize);
    const rootSectors = Math.floor((ROOT_ENTRIES * 32) / sectorSize);
    const data = 1 + fatSectors + rootSectors;
    if (sectors < data + clusterSize * 16) return null;
    const clusters = Math.floor((sectors - data) / clusterSize);
    const fits = kind === 16 ? clusters <= MAX_FAT16 && clusters > MAX_FAT12 : clusters <= MAX_FAT12;
    if (fits) return { kind, clusterSize, reserved: 1, fatSectors, rootSectors, clusters };
    // One more try with larger clusters; a size that was chosen so is not changed again.
    if (kind === 12 || given !== 0 || clusterSize * 2 > 128) return null;
    given = clusterSize * 2;
  }
}

function layout32(sectors: number, sectorSize: number): Layout | null {
  let given = 0;
  for (;;) {
    const clusterSize = given === 0 ? clusterFor(CLUSTER_STEPS32, Math.floor(sectors / 0x20000)) : given;
    const guess = Math.floor(sectors / clusterSize);
    if (guess <= MAX_FAT16 || guess > MAX_FAT32) return null;
    const fatSectors = Math.ceil((guess * 4 + 8) / sectorSize);
    const data = 32 + fatSectors;
    if (sectors < data + clusterSize * 16) return null;
    const clusters = Math.floor((sectors - data) / clusterSize);
    if (clusters > MAX_FAT16) return { kind: 32, clusterSize, reserved: 32, fatSectors, rootSectors: 0, clusters };
    if (given !== 0 || clusterSize === 1) return null;
    given = clusterSize / 2;
  }
}

function bootSector(layout: Layout, sectors: number, start: number, sectorSize: number): Uint8Array {
  const { kind } = layout;
  const boot = new Uint8Array(sectorSize);
  const text = (at: number, s: string): void => {
    for (let i = 0; i < s.length; i++) boot[at + i] = s.charCodeAt(i);
  };
  text(0, "\xeb\xfe\x90MSDOS5.0");
  setWord(boot, 11, sectorSize);
  boot[13] = layout.clusterSize;
  setWord(boot, 14, layout.reserved);
  boot[16] = 1;
  setWord(boot, 17, kind === 32 ? 0 : ROOT_ENTRIES);
  if (sectors < 0x10000) setWord(boot, 19, sectors);
  else setDword(boot, 32, sectors);
  boot[21] = 0xf8;
  setWord(boot, 24, 63);
  setWord(boot, 26, 255);
  setDword(boot, 28, start);
  const tail = kind === 32 ? 64 : 36;
  if (kind === 32) {
    setDword(boot, 36, layout.fatSectors);
    setDword(boot, 44, 2);
    setWord(boot, 48, 1);
    setWord(boot, 50, 6);
  } else setWord(boot, 22, layout.fatSectors);
  boot[tail] = 0x80;
  boot[tail + 2] = 0x29;
  setDword(boot, tail + 3, fatTime());
  text(tail + 7, kind === 32 ? "NO NAME    FAT32   " : "NO NAME    FAT     ");
  setWord(boot, 510, 0xaa55);
  return boot;
}

function partitionTable(layout: Layout, start: number, sectors: number, sectorSize: number): Uint8Array {
  const table = new Uint8Array(sectorSize);
  setWord(table, 510, 0xaa55);
  const at = 446;
  table[at + 1] = 1;
  table[at + 2] = 1;
  table[at + 4] = layout.kind === 32 ? 0x0c : sectors >= 0x10000 ? 0x06 : layout.kind === 16 ? 0x04 : 0x01;
  // The last sector by cylinder, head and sector, of 255 heads and 63 sectors.
  const cylinder = Math.floor((start + sectors) / (63 * 255));
  table[at + 5] = 254;
  table[at + 6] = ((cylinder >> 2) & 0xc0) | 63;
  table[at + 7] = cylinder & 0xff;
  setDword(table, at + 8, start);
  setDword(table, at + 12, sectors);
  return table;
}

function* zeros(volume: Volume, sector: number, count: number): Gen<void> {
  const empty = new Uint8Array(volume.sectorSize);
  for (let i = 0; i < count; i++) yield* volume.writeSectors(sector + i, empty);
}

/**
 * Formats a device. Without `alsoLarge` only FAT12 and FAT16, over the whole device; with it FAT32 in a partition where
 * those do not fit. Raises OSError: EIO where no volume fits, EROFS, EBUSY.
 */
export function* mkfs(volume: Volume, alsoLarge: boolean): Gen<void> {
  volume.kind = 0;
  yield* volume.initDevice();
  volume.mustBeWritable();
  const { sectorSize } = volume;
  const all = yield* volume.sectorCount();
  let start = 0;
  let layout = all < 22 ? null : layoutSmall(all, sectorSize);
  if (layout === null && alsoLarge && all >= 63) {
    start = 63;
    layout = layout32(all - start, sectorSize);
  }
  if (layout === null) raiseOSError(EIO);
  const sectors = all - start;
  const boot = bootSector(layout, sectors, start, sectorSize);
  yield* volume.writeSectors(start, boot);
  if (layout.kind === 32) {
    yield* volume.writeSectors(start + 6, boot);
    const info = new Uint8Array(sectorSize);
    setDword(info, 0, 0x41615252);
    setDword(info, 484, 0x61417272);
    setDword(info, 488, layout.clusters - 1);
    setDword(info, 492, 2);
    setWord(info, 510, 0xaa55);
    yield* volume.writeSectors(start + 7, info);
    yield* volume.writeSectors(start + 1, info);
  }
  const fat = new Uint8Array(sectorSize);
  if (layout.kind === 32) {
    setDword(fat, 0, 0xfffffff8);
    setDword(fat, 4, 0xffffffff);
    setDword(fat, 8, 0x0fffffff);
  } else setDword(fat, 0, layout.kind === 12 ? 0xfffff8 : 0xfffffff8);
  const fatBase = start + layout.reserved;
  yield* volume.writeSectors(fatBase, fat);
  yield* zeros(volume, fatBase + 1, layout.fatSectors - 1);
  yield* zeros(volume, fatBase + layout.fatSectors, layout.kind === 32 ? layout.clusterSize : layout.rootSectors);
  if (start !== 0) yield* volume.writeSectors(0, partitionTable(layout, start, sectors, sectorSize));
  yield* volume.sync();
}
