// vfs.VfsLfs1 and vfs.VfsLfs2: a littlefs on a block device as a file system (extmod/vfs_lfs.c, vfs_lfsx.c, vfs_lfsx_file.c).
// The formats themselves are in lfs1.ts and lfs2.ts.
import { getInt } from "../../native.ts";
import { encodeUtf8, PyBytes } from "../../objects/objbytes.ts";
import { raiseMsg, raiseOSError, typeValueError } from "../../objects/objexcept.ts";
import { fun, funVar, parseArgs } from "../../objects/objfun.ts";
import { PyTuple } from "../../objects/objtuple.ts";
import { PyStaticmethod } from "../../objects/objtype.ts";
import { nativeOf, PyObj, PyType, run, STOP, type Gen, type Kw, type Obj } from "../../objects/obj.ts";
import { FunIter } from "../../vm/iter.ts";
import { isTrue } from "../../vm/operator.ts";
import {
  closeWhenGone,
  defineStream,
  errnoOf,
  fileMethods,
  settled,
  STREAM_CLOSE,
  STREAM_FLUSH,
  STREAM_SEEK,
  type Seek,
  type StreamProtocol,
  whenGone,
} from "../../vm/stream.ts";
import { formatLfs1, Lfs1 } from "./lfs1.ts";
import { formatLfs2, Lfs2 } from "./lfs2.ts";
import {
  LfsDevice,
  O_APPEND,
  O_CREAT,
  O_EXCL,
  O_RDONLY,
  O_RDWR,
  O_TRUNC,
  O_WRONLY,
  NAME_MAX,
  type LfsFile,
  type Littlefs,
} from "./lfs-device.ts";
import { BlockDevice } from "./vfs_blockdev.ts";
import { EINVAL, ENOENT, NativeVfs, pathOf, S_IFDIR, S_IFREG } from "./vfs.ts";

class VfsLfs extends NativeVfs {
  override readonly type: PyType;
  readonly fs: Littlefs;
  /** The program's device, kept alive. */
  readonly device: Obj;
  /** "/" or "/folder/": ends in a slash. */
  current = "/";
  constructor(type: PyType, fs: Littlefs, device: Obj) {
    super();
    this.type = type;
    this.fs = fs;
    this.device = device;
  }
  path(given: Obj): string {
    const path = pathOf(given);
    return path.startsWith("/") ? path : this.current + path;
  }
  override *importStat(path: string): Gen<"file" | "dir" | null> {
    try {
      return (yield* this.fs.stat(this.path(path))).isDir ? "dir" : "file";
    } catch (caught) {
      if (errnoOf(caught) === null) throw caught;
      return null;
    }
  }
}
export const typeVfsLfs1 = new PyType("VfsLfs1");
export const typeVfsLfs2 = new PyType("VfsLfs2");

const params = [
  { name: "" },
  { name: "readsize", default: 32, kwOnly: true },
  { name: "progsize", default: 32, kwOnly: true },
  { name: "lookahead", default: 32, kwOnly: true },
  { name: "mtime", default: true, kwOnly: true },
] as const;

function* deviceOf(args: readonly Obj[], kw: Kw | null): Gen<LfsDevice> {
  const [device, readSize, progSize, lookahead, mtime] = parseArgs(params, args, kw);
  const config = {
    readSize: getInt(readSize!),
    progSize: getInt(progSize!),
    lookahead: getInt(lookahead!),
    hasMtime: yield* run(isTrue(mtime!)),
  };
  if (config.readSize <= 0 || config.progSize <= 0 || config.lookahead <= 0) raiseOSError(EINVAL);
  return yield* LfsDevice.of(yield* BlockDevice.of(device!), config);
}

// ---- files

class PyLfsFile extends PyObj {
  override readonly type: PyType;
  /** null once closed. */
  file: LfsFile | null;
  /** Kept alive by its files. */
  readonly vfs: VfsLfs;
  constructor(type: PyType, file: LfsFile, vfs: VfsLfs) {
    super();
    this.type = type;
    this.file = file;
    this.vfs = vfs;
  }
}

const opened = (self: PyLfsFile): LfsFile => self.file ?? raiseMsg(typeValueError, "");

function* ioctl(self: PyLfsFile, request: number, arg: number | Seek): Gen<number> {
  if (request === STREAM_CLOSE) {
    const { file } = self;
    self.file = null;
    if (file !== null) yield* file.close();
    return 0;
  }
  if (request === STREAM_SEEK && typeof arg === "object") {
    arg.offset = yield* opened(self).seek(arg.offset, arg.whence);
    return 0;
  }
  if (request !== STREAM_FLUSH) return -EINVAL;
  yield* opened(self).sync();
  return 0;
}

function fileTypes(): { text: PyType; bytes: PyType } {
  const text = new PyType("TextIOWrapper");
  const bytes = new PyType("FileIO");
  for (const type of [text, bytes]) {
    const protocol: StreamProtocol = {
      isText: type === text,
      read: (self: PyLfsFile, into) => opened(self).read(into),
      write: (self: PyLfsFile, data) => opened(self).write(data),
      ioctl,
    };
    defineStream(type, protocol, fileMethods);
    type.print = () => `<io.${type.name}>`;
  }
  return { text, bytes };
}

/** The flags of a mode, and whether it is binary. Raises ValueError where two letters disagree. */
function flagsOf(mode: string): { flags: number; isBinary: boolean } {
  let flags = 0;
  let isBinary = false;
  const letters: Readonly<Record<string, number>> = {
    r: O_RDONLY,
    w: O_WRONLY | O_CREAT | O_TRUNC,
    x: O_WRONLY | O_CREAT | O_EXCL,
    a: O_WRONLY | O_CREAT | O_APPEND,
  };
  for (const c of mode) {
    if (c === "+") flags |= O_RDWR;
    else if (c === "b" || c === "t") isBinary = c === "b";
    const given = letters[c];
    if (given === undefined) continue;
    if (flags !== 0) raiseMsg(typeValueError, "");
    flags = given;
  }
  return { flags: flags === 0 ? O_RDONLY : flags, isBinary };
}

// ---- the file system

function* ilistdir(self: VfsLfs, path: Obj = ""): Gen {
  const isBytes = nativeOf(path) instanceof PyBytes;
  const dir = yield* self.fs.openDir(self.path(path));
  let isDone = false;
  const entries: FunIter = new FunIter(function* (): Gen {
    if (isDone) return STOP;
    const info = yield* dir.next();
    if (info === null) {
      isDone = true;
      dir.close();
      settled(entries);
      return STOP;
    }
    const name = isBytes ? new PyBytes(encodeUtf8(info.name)) : info.name;
    return new PyTuple([name, info.isDir ? S_IFDIR : S_IFREG, 0, info.size]);
  });
  return whenGone(entries, function* (): Gen {
    dir.close();
    return null;
  });
}

function* chdir(self: VfsLfs, given: Obj): Gen {
  const path = self.path(given);
  if (path.length > 1) {
    let isDir = false;
    try {
      ({ isDir } = yield* self.fs.stat(path));
    } catch (caught) {
      if (errnoOf(caught) === null) throw caught;
    }
    if (!isDir) raiseOSError(ENOENT);
  }
  const names: string[] = [];
  for (const name of path.split("/")) {
    if (name === "..") names.pop();
    else if (name !== "" && name !== ".") names.push(name);
  }
  self.current = names.length === 0 ? "/" : `/${names.join("/")}/`;
  return null;
}

function* stat(self: VfsLfs, given: Obj): Gen {
  const path = self.path(given);
  const info = yield* self.fs.stat(path);
  const seconds = Number(((yield* self.fs.mtime(path)) ?? 0n) / 1000000000n);
  return new PyTuple([info.isDir ? S_IFDIR : S_IFREG, 0, 0, 0, 0, 0, info.size, seconds, seconds, seconds]);
}

function* statvfs(self: VfsLfs): Gen {
  const { blockSize, blockCount } = self.fs.lfs;
  // littlefs 2 counts folders twice; what comes out below zero is a large unsigned number.
  const free = (blockCount - (yield* self.fs.usedBlocks())) >>> 0;
  return new PyTuple([blockSize, blockSize, blockCount, free, free, 0, 0, 0, 0, NAME_MAX]);
}

/** A method that answers None. */
const act = (name: string, body: (self: VfsLfs, path: Obj, second: Obj) => Gen<void>, args = 2) =>
  fun(
    name,
    function* (self: VfsLfs, path: Obj, second: Obj): Gen {
      yield* body(self, path, second);
      return null;
    },
    args,
  );

for (const type of [typeVfsLfs1, typeVfsLfs2]) {
  const isFirst = type === typeVfsLfs1;
  const files = fileTypes();
  type.makeNew = function* (of, args, kw): Gen {
    const device = yield* deviceOf(args, kw);
    return new VfsLfs(type, yield* isFirst ? Lfs1.mount(device) : Lfs2.mount(device), args[0]!);
  };
  const { proto } = type;
  const mkfs = funVar("mkfs", function* (args, kw): Gen {
    const device = yield* deviceOf(args, kw);
    yield* isFirst ? formatLfs1(device) : formatLfs2(device);
    return null;
  });
  proto.$mkfs = new PyStaticmethod(mkfs);
  proto.$open = fun(
    "open",
    function* (self: VfsLfs, path: Obj, mode: Obj): Gen {
      const { flags, isBinary } = flagsOf(pathOf(mode));
      const file = yield* self.fs.open(self.path(path), flags);
      return closeWhenGone(new PyLfsFile(isBinary ? files.bytes : files.text, file, self));
    },
    3,
  );
  proto.$ilistdir = fun("ilistdir", ilistdir, 1, 2);
  proto.$mkdir = act("mkdir", (self, path) => self.fs.mkdir(self.path(path)));
  proto.$rmdir = act("rmdir", (self, path) => self.fs.remove(self.path(path)));
  proto.$chdir = fun("chdir", chdir, 2);
  proto.$getcwd = fun("getcwd", (self: VfsLfs) => (self.current === "/" ? "/" : self.current.slice(0, -1)), 1);
  proto.$remove = act("remove", (self, path) => self.fs.remove(self.path(path)));
  proto.$rename = act("rename", (self, from, to) => self.fs.rename(self.path(from), self.path(to)), 3);
  proto.$stat = fun("stat", stat, 2);
  proto.$statvfs = fun("statvfs", (self: VfsLfs) => statvfs(self), 2);
  proto.$mount = act(
    "mount",
    function* (self: VfsLfs, readonly: Obj): Gen<void> {
      if (yield* run(isTrue(readonly))) self.fs.lfs.device.makeReadonly();
    },
    3,
  );
  proto.$umount = fun("umount", () => null, 1);
}
