// Block devices: objects with readblocks, writeblocks and either ioctl or (older) count and sync (extmod/vfs_blockdev.c).
// They are usually written in Python, so everything here may run Python.
import { getInt } from "../../native.ts";
import { PyBytearray } from "../../objects/objbytes.ts";
import { run, type Gen, type Obj, type Step } from "../../objects/obj.ts";
import { loadAttr, loadAttrMaybe } from "../../vm/attr.ts";
import { call } from "../../vm/call.ts";
import { newMemoryview } from "../modarray.ts";
import { EINVAL, EROFS } from "./vfs.ts";

export const IOCTL_INIT = 1;
export const IOCTL_SYNC = 3;
export const IOCTL_BLOCK_COUNT = 4;
export const IOCTL_BLOCK_SIZE = 5;
export const IOCTL_BLOCK_ERASE = 6;

function* methodMaybe(device: Obj, name: string): Gen<Obj | null> {
  const method = loadAttrMaybe(device, name);
  return method === undefined ? null : yield* run(method as Step);
}

export class BlockDevice {
  private readonly readblocks: Obj;
  private writeblocks: Obj | null;
  private readonly ioctlMethod: Obj | null;
  private readonly sync: Obj | null;
  private readonly count: Obj | null;
  constructor(readblocks: Obj, writeblocks: Obj | null, ioctl: Obj | null, sync: Obj | null, count: Obj | null) {
    this.readblocks = readblocks;
    this.writeblocks = writeblocks;
    this.ioctlMethod = ioctl;
    this.sync = sync;
    this.count = count;
  }

  /** Raises AttributeError for an object that is no block device. */
  static *of(device: Obj): Gen<BlockDevice> {
    const readblocks = yield* run(loadAttr(device, "readblocks"));
    const writeblocks = yield* methodMaybe(device, "writeblocks");
    const ioctl = yield* methodMaybe(device, "ioctl");
    if (ioctl !== null) return new BlockDevice(readblocks, writeblocks, ioctl, null, null);
    const sync = yield* methodMaybe(device, "sync");
    const count = yield* run(loadAttr(device, "count"));
    return new BlockDevice(readblocks, writeblocks, null, sync, count);
  }

  get isReadonly(): boolean {
    return this.writeblocks === null;
  }
  makeReadonly(): void {
    this.writeblocks = null;
  }

  /** Whole blocks, or with `offset` a part of one. 0, or -errno as the device says; a positive answer counts as EINVAL. */
  *read(block: number, into: Uint8Array, offset: number | null = null): Gen<number> {
    return yield* this.transfer(this.readblocks, block, into, offset);
  }
  *write(block: number, bytes: Uint8Array, offset: number | null = null): Gen<number> {
    if (this.writeblocks === null) return -EROFS;
    return yield* this.transfer(this.writeblocks, block, bytes, offset);
  }

  private *transfer(method: Obj, block: number, bytes: Uint8Array, offset: number | null): Gen<number> {
    const view = newMemoryview(new PyBytearray(bytes), bytes.length);
    const result = yield* run(call(method, offset === null ? [block, view] : [block, view, offset], null));
    if (result === null) return 0;
    const n = getInt(result);
    return n > 0 ? -EINVAL : n;
  }

  *ioctl(request: number, arg = 0): Gen {
    if (this.ioctlMethod !== null) return yield* run(call(this.ioctlMethod, [request, arg], null));
    if (request === IOCTL_SYNC && this.sync !== null) yield* run(call(this.sync, [], null));
    else if (request === IOCTL_BLOCK_COUNT) return yield* run(call(this.count!, [], null));
    return null;
  }
}
