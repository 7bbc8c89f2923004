// The module vfs: mounting and the kinds of file system (extmod/modvfs.c). Which kinds a board has follows from its configuration.
import { bufferOf } from "../../objects/objbytes.ts";
import { PyBytearray } from "../../objects/objbytes.ts";
import { fun } from "../../objects/objfun.ts";
import { getInt } from "../../native.ts";
import { mp } from "../../objects/mpstate.ts";
import { isExc, typeException } from "../../objects/objexcept.ts";
import { run, type Gen, type Obj } from "../../objects/obj.ts";
import { newMemoryview } from "../modarray.ts";
import { register } from "../registry.ts";
import { call } from "../../vm/call.ts";
import { BlockDevice } from "./vfs_blockdev.ts";
import { EINVAL, mountFunctions, useAutodetect } from "./vfs.ts";
import { typeVfsFat } from "./vfs_fat.ts";
import { typeVfsLfs1, typeVfsLfs2 } from "./vfs_lfs.ts";
import { typeVfsPosix } from "./vfs_posix.ts";
import { typeVfsRom } from "./vfs_rom.ts";

/** The kinds of file system, as vfs and os name them. */
export function fileSystems(): Record<string, Obj> {
  const isPosix = mp.config.hostMount?.type === "VfsPosix";
  const common = { VfsFat: typeVfsFat, VfsLfs2: typeVfsLfs2 };
  return isPosix ? { ...common, VfsLfs1: typeVfsLfs1, VfsPosix: typeVfsPosix } : common;
}

const signature = [..."littlefs"].map((c) => c.charCodeAt(0));

/** Looks for littlefs's name in the first two blocks of a device; what has none is FAT. */
useAutodetect(function* (device: Obj): Gen {
  const has = (bytes: Uint8Array, at: number): boolean => signature.every((c, i) => bytes[at + i] === c);
  try {
    const blocks = yield* BlockDevice.of(device);
    for (let block = 0; block < 2; block++) {
      const start = new Uint8Array(44);
      if ((yield* blocks.read(block, start, 8)) !== 0) continue;
      const type = has(start, 32) ? typeVfsLfs1 : has(start, 0) ? typeVfsLfs2 : null;
      if (type !== null) return yield* run(call(type, [device], null));
    }
  } catch (caught) {
    // Devices of the older protocol cannot read a part of a block.
    if (!isExc(caught, typeException)) throw caught;
  }
  return yield* run(call(typeVfsFat, [device], null));
});

const ROM_SEGMENTS = 1;
const ROM_GET_SEGMENT = 2;
/** An empty ROMFS: what the unix port has for a ROM. */
const emptyRom = new PyBytearray(Uint8Array.of(0xd2, 0xcd, 0x31, 0));

register("vfs", {
  isExtensible: false,
  when: (config) => config.hostMount !== undefined,
  members: () => ({
    ...mountFunctions,
    ...fileSystems(),
    ...(mp.config.hostMount?.type === "VfsPosix"
      ? {
          VfsRom: typeVfsRom,
          rom_ioctl: fun(
            "rom_ioctl",
            (request: Obj) => {
              const what = getInt(request);
              if (what === ROM_SEGMENTS) return 1;
              return what === ROM_GET_SEGMENT ? newMemoryview(emptyRom, bufferOf(emptyRom)!.length) : -EINVAL;
            },
            1,
            4,
          ),
        }
      : {}),
  }),
});
