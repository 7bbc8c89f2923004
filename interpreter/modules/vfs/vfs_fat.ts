// vfs.VfsFat: a FAT volume on a block device as a file system (extmod/vfs_fat.c, vfs_fat_file.c).
import { decodeUtf8, encodeUtf8, isUtf8, PyBytes } from "../../objects/objbytes.ts";
import { raiseMsg, raiseOSError, typeUnicodeError } from "../../objects/objexcept.ts";
import { checkArgs, fun } from "../../objects/objfun.ts";
import { PyTuple } from "../../objects/objtuple.ts";
import { PyStaticmethod } from "../../objects/objtype.ts";
import { nativeOf, PyObj, PyType, run, STOP, type Gen, type Obj } from "../../objects/obj.ts";
import { daysFromCivil } from "../modtime.ts";
import { FunIter } from "../../vm/iter.ts";
import { isTrue } from "../../vm/operator.ts";
import { address } from "../../vm/print.ts";
import {
  closeWhenGone,
  defineStream,
  errnoOf,
  fileMethods,
  STREAM_CLOSE,
  STREAM_FLUSH,
  STREAM_SEEK,
  type Seek,
  type StreamProtocol,
} from "../../vm/stream.ts";
import { Volume } from "./ff.ts";
import { ATTR_DIR, DirCursor, readEntry, type FatInfo } from "./ff-dir.ts";
import {
  FA_CREATE_ALWAYS,
  FA_CREATE_NEW,
  FA_OPEN_ALWAYS,
  FA_READ,
  FA_WRITE,
  FatFile,
  folderAt,
  getcwdFat,
  mkdirFat,
  openFat,
  renameFat,
  statFat,
  unlinkFat,
} from "./ff-file.ts";
import { mkfs } from "./ff-mkfs.ts";
import { fromFat, toFat } from "./ff-name.ts";
import { BlockDevice } from "./vfs_blockdev.ts";
import { EEXIST, EINVAL, ENODEV, NativeVfs, pathOf, S_IFDIR, S_IFREG } from "./vfs.ts";

const ENOSPC = 28;
const EISDIR = 21;
const ENOTDIR = 20;

class VfsFat extends NativeVfs {
  declare type: PyType;
  readonly volume: Volume;
  /** The program's device, kept alive. */
  readonly device: Obj;
  /** Mounting finds a volume or may make one. */
  isEmpty: boolean;
  constructor(volume: Volume, device: Obj, isEmpty: boolean) {
    super();
    this.volume = volume;
    this.device = device;
    this.isEmpty = isEmpty;
  }
  override *importStat(path: string): Gen<"file" | "dir" | null> {
    try {
      const info = yield* statFat(this.volume, toFat(encodeUtf8(path)));
      return info.attr & ATTR_DIR ? "dir" : "file";
    } catch (caught) {
      if (errnoOf(caught) === null) throw caught;
      return null;
    }
  }
}
export const typeVfsFat = new PyType("VfsFat");
VfsFat.prototype.type = typeVfsFat;

/** A path in the characters of the volume. */
const fatPath = (o: Obj): string => toFat(encodeUtf8(pathOf(o)));
/** A name as a program sees it. */
const nameOf = (name: string): Uint8Array => fromFat(name) ?? encodeUtf8(name);

function textOfName(name: string): string {
  const bytes = nameOf(name);
  if (!isUtf8(bytes)) raiseMsg(typeUnicodeError, "");
  return decodeUtf8(bytes);
}

/** The device that an object is a FAT volume on, or null. */
export function fatDevice(o: Obj): BlockDevice | null {
  return o instanceof VfsFat ? o.volume.device : null;
}

function* makeVfsFat(device: Obj): Gen<VfsFat> {
  const volume = new Volume(yield* BlockDevice.of(device));
  const isThere = yield* volume.mount();
  return new VfsFat(volume, device, !isThere);
}

typeVfsFat.makeNew = (type, args, kw) => {
  checkArgs(args.length, kw, 1, 1);
  return makeVfsFat(args[0]!);
};

// ---- files

class PyFatFile extends PyObj {
  override readonly type: PyType;
  readonly file: FatFile;
  /** Kept alive by its files. */
  readonly vfs: VfsFat;
  constructor(type: PyType, file: FatFile, vfs: VfsFat) {
    super();
    this.type = type;
    this.file = file;
    this.vfs = vfs;
  }
}
const typeTextIO = new PyType("TextIOWrapper");
const typeFileIO = new PyType("FileIO");

function* ioctl(self: PyFatFile, request: number, arg: number | Seek): Gen<number> {
  const { file } = self;
  if (request === STREAM_SEEK && typeof arg === "object") {
    const from = arg.whence === 1 ? file.at : arg.whence === 2 ? file.size : 0;
    // Errors of a seek are not told; where the file is now is. Before the beginning is far beyond the end.
    try {
      yield* file.seek((from + arg.offset) >>> 0);
    } catch (caught) {
      if (errnoOf(caught) === null) throw caught;
    }
    arg.offset = file.at;
    return 0;
  }
  if (request === STREAM_FLUSH) {
    yield* file.sync();
    return 0;
  }
  if (request !== STREAM_CLOSE) return -EINVAL;
  yield* file.close();
  return 0;
}

for (const type of [typeTextIO, typeFileIO]) {
  const protocol: StreamProtocol = {
    isText: type === typeTextIO,
    read: (self: PyFatFile, into) => self.file.read(into),
    write: function* (self: PyFatFile, bytes): Gen<number> {
      const n = yield* self.file.write(bytes);
      return n === bytes.length ? n : -ENOSPC;
    },
    ioctl,
  };
  defineStream(type, protocol, fileMethods);
  type.print = (self: PyFatFile) => `<io.${type.name} ${address(self)}>`;
}

function* open(self: VfsFat, path: Obj, modeObj: Obj): Gen {
  let mode = 0;
  let type = typeTextIO;
  for (const c of pathOf(modeObj)) {
    if (c === "r") mode |= FA_READ;
    else if (c === "w") mode |= FA_WRITE | FA_CREATE_ALWAYS;
    else if (c === "x") mode |= FA_WRITE | FA_CREATE_NEW;
    else if (c === "a") mode |= FA_WRITE | FA_OPEN_ALWAYS;
    else if (c === "+") mode |= FA_READ | FA_WRITE;
    else if (c === "b" || c === "t") type = c === "b" ? typeFileIO : typeTextIO;
  }
  const file = yield* openFat(self.volume, fatPath(path), mode);
  if (mode & FA_OPEN_ALWAYS) yield* file.seek(file.size);
  return closeWhenGone(new PyFatFile(type, file, self));
}

// ---- the file system

function* format(device: Obj): Gen {
  const { volume } = yield* makeVfsFat(device);
  yield* mkfs(volume, true);
  return null;
}

function* mount(self: VfsFat, readonly: Obj, make: Obj): Gen {
  if (yield* run(isTrue(readonly))) self.volume.device.makeReadonly();
  if (self.isEmpty) {
    if (!(yield* run(isTrue(make)))) raiseOSError(ENODEV);
    yield* mkfs(self.volume, false);
  }
  self.isEmpty = false;
  return null;
}

function* ilistdir(self: VfsFat, path: Obj = ""): Gen {
  const { volume } = self;
  const isBytes = nativeOf(path) instanceof PyBytes;
  const cursor = new DirCursor(volume, yield* folderAt(volume, fatPath(path)));
  yield* cursor.seek(0);
  let isDone = false;
  let isFirst = true;
  return new FunIter(function* (): Gen {
    try {
      if (!isDone && (isFirst || (yield* cursor.next()))) {
        isFirst = false;
        const found = yield* readEntry(cursor);
        if (found !== null) {
          const { name, attr, size } = found.info;
          return new PyTuple([
            isBytes ? new PyBytes(nameOf(name)) : textOfName(name),
            attr & ATTR_DIR ? S_IFDIR : S_IFREG,
            0,
            size,
          ]);
        }
      }
    } catch (caught) {
      // An error ends the list.
      if (errnoOf(caught) === null) throw caught;
    }
    isDone = true;
    return STOP;
  });
}

function* remove(self: VfsFat, pathObj: Obj, isDir: boolean): Gen {
  const path = fatPath(pathObj);
  const info = yield* statFat(self.volume, path);
  if (((info.attr & ATTR_DIR) !== 0) !== isDir) raiseOSError(isDir ? ENOTDIR : EISDIR);
  yield* unlinkFat(self.volume, path);
  return null;
}

function* rename(self: VfsFat, from: Obj, to: Obj): Gen {
  try {
    yield* renameFat(self.volume, fatPath(from), fatPath(to));
  } catch (caught) {
    if (errnoOf(caught) !== EEXIST) throw caught;
    // A file in the way is replaced.
    yield* remove(self, to, false);
    yield* renameFat(self.volume, fatPath(from), fatPath(to));
  }
  return null;
}

function* getcwd(self: VfsFat): Gen {
  return textOfName(yield* getcwdFat(self.volume));
}

/** Seconds since 1970 of a FAT date and time. */
function secondsOf({ date, time }: FatInfo): number {
  const days = daysFromCivil(1980 + (date >> 9), (date >> 5) & 15, date & 31);
  return days * 86400 + (time >> 11) * 3600 + ((time >> 5) & 63) * 60 + 2 * (time & 31);
}

function* stat(self: VfsFat, pathObj: Obj): Gen {
  const path = fatPath(pathObj);
  const isRoot = path === "" || path === "/";
  // The root has no entry of its own, so no date; it gets 2000-01-01.
  const info = isRoot ? { name: "", attr: ATTR_DIR, size: 0, date: 0x2821, time: 0 } : yield* statFat(self.volume, path);
  const seconds = secondsOf(info);
  const mode = info.attr & ATTR_DIR ? S_IFDIR : S_IFREG;
  return new PyTuple([mode, 0, 0, 0, 0, 0, info.size, seconds, seconds, seconds]);
}

function* statvfs(self: VfsFat): Gen {
  const { volume } = self;
  yield* volume.check();
  const free = yield* volume.countFree();
  const size = volume.clusterSize * volume.sectorSize;
  return new PyTuple([size, size, volume.entries - 2, free, free, 0, 0, 0, 0, 255]);
}

const { proto } = typeVfsFat;
proto.$mkfs = new PyStaticmethod(fun("mkfs", format, 1));
proto.$open = fun("open", open, 3);
proto.$ilistdir = fun("ilistdir", ilistdir, 1, 2);
proto.$mkdir = fun(
  "mkdir",
  function* (self: VfsFat, path: Obj): Gen {
    yield* mkdirFat(self.volume, fatPath(path));
    return null;
  },
  2,
);
proto.$rmdir = fun("rmdir", (self: VfsFat, path: Obj) => remove(self, path, true), 2);
proto.$chdir = fun(
  "chdir",
  function* (self: VfsFat, path: Obj): Gen {
    self.volume.current = yield* folderAt(self.volume, fatPath(path));
    return null;
  },
  2,
);
proto.$getcwd = fun("getcwd", getcwd, 1);
proto.$remove = fun("remove", (self: VfsFat, path: Obj) => remove(self, path, false), 2);
proto.$rename = fun("rename", rename, 3);
proto.$stat = fun("stat", stat, 2);
proto.$statvfs = fun("statvfs", (self: VfsFat) => statvfs(self), 2);
proto.$mount = fun("mount", mount, 3);
proto.$umount = fun("umount", () => null, 1);
