// The host's files as a file system: VfsPosix on the command line, the board's own flash on a board (extmod/vfs_posix.c,
// vfs_posix_file.c). What the host does with a path is its own matter (host.ts).
import { VfsError, type FileMode, type Vfs, type VfsFile } from "../../host.ts";
import { encodeUtf8, PyBytes } from "../../objects/objbytes.ts";
import { raiseMsg, raiseOSError, raiseValueError, typeOSError } from "../../objects/objexcept.ts";
import { checkArgs, fun } from "../../objects/objfun.ts";
import { PyTuple } from "../../objects/objtuple.ts";
import { mp } from "../../objects/mpstate.ts";
import { nativeOf, PyObj, PyType, run, STOP, type Gen, type Obj } from "../../objects/obj.ts";
import { FunIter } from "../../vm/iter.ts";
import { isTrue } from "../../vm/operator.ts";
import {
  closeWhenGone,
  defineStream,
  fileMethods,
  STREAM_CLOSE,
  STREAM_FLUSH,
  STREAM_GET_FILENO,
  STREAM_POLL,
  STREAM_SEEK,
  type Seek,
  type StreamProtocol,
} from "../../vm/stream.ts";
import { EINVAL, EPERM, EROFS, NativeVfs, pathOf, S_IFDIR, S_IFREG, useFirstMount, useOpenNumber } from "./vfs.ts";
import { typeVfsFat } from "./vfs_fat.ts";

/** Runs a host call; its VfsError becomes OSError(errno). */
function guard<T>(body: () => T): T {
  try {
    return body();
  } catch (caught) {
    if (!(caught instanceof VfsError)) throw caught;
    if (caught.text !== null) raiseMsg(typeOSError, caught.text);
    raiseOSError(caught.errno);
  }
}

/** The same for a stream's slot: -errno. */
function errnoOr(body: () => number): number {
  try {
    return body();
  } catch (caught) {
    if (!(caught instanceof VfsError)) throw caught;
    if (caught.text !== null) raiseMsg(typeOSError, caught.text);
    return -caught.errno;
  }
}

// ---- files

export class HostFile extends PyObj {
  override readonly type: PyType;
  file: VfsFile | null;
  constructor(type: PyType, file: VfsFile) {
    super();
    this.type = type;
    this.file = file;
  }
}
export const typeTextIO = new PyType("TextIOWrapper");
export const typeFileIO = new PyType("FileIO");

function fileOf(self: HostFile): VfsFile {
  return self.file ?? raiseValueError("I/O operation on closed file");
}

function ioctl(self: HostFile, request: number, arg: number | Seek): number {
  if (request === STREAM_CLOSE) {
    const { file } = self;
    self.file = null;
    return file === null ? 0 : errnoOr(() => (file.close(), 0));
  }
  const file = fileOf(self);
  if (request === STREAM_SEEK && typeof arg === "object") {
    return errnoOr(() => {
      arg.offset = file.seek(arg.offset, arg.whence as 0 | 1 | 2);
      return 0;
    });
  }
  if (request === STREAM_FLUSH) return errnoOr(() => (file.flush(), 0));
  if (request === STREAM_GET_FILENO) return file.fd ?? -EINVAL;
  // A file on a disk is always ready.
  if (request === STREAM_POLL && typeof arg === "number") return arg & 5;
  return -EINVAL;
}

for (const type of [typeTextIO, typeFileIO]) {
  const protocol: StreamProtocol = {
    isText: type === typeTextIO,
    read: (self: HostFile, into) => {
      const file = fileOf(self);
      return errnoOr(() => {
        const part = file.read(into.length);
        into.set(part);
        return part.length;
      });
    },
    write: (self: HostFile, bytes) => {
      const file = fileOf(self);
      return errnoOr(() => file.write(bytes.slice()));
    },
    ioctl,
  };
  defineStream(type, protocol, fileMethods);
  type.proto.$fileno = fun("fileno", (self: HostFile) => fileOf(self).fd ?? raiseOSError(EINVAL), 1);
  type.print = (self: HostFile) => `<io.${type.name}${self.file?.fd === undefined ? "" : ` ${self.file.fd}`}>`;
}

/** The last letter decides, as in vfs_posix_file.c; "x" is not known there. */
function posixMode(mode: string): { kind: FileMode; isBinary: boolean } {
  let kind: "r" | "w" | "a" = "r";
  let plus = "";
  let isBinary = false;
  for (const c of mode) {
    if (c === "r" || c === "w" || c === "a") kind = c;
    else if (c === "+") plus = "+";
    else if (c === "b" || c === "t") isBinary = c === "b";
  }
  return { kind: `${kind}${plus}` as FileMode, isBinary };
}

function boardMode(mode: string): { kind: FileMode; isBinary: boolean } {
  if (!mp.config.fileModes.test(mode)) raiseValueError("illegal mode");
  const kind = (/[rwax]/.exec(mode)?.[0] ?? "r") + (mode.includes("+") ? "+" : "");
  return { kind: kind as FileMode, isBinary: mode.includes("b") };
}

function openHost(path: string, mode: string): HostFile {
  const isPosix = mp.config.hostMount?.type === "VfsPosix";
  const { kind, isBinary } = isPosix ? posixMode(mode) : boardMode(mode);
  const file = guard(() => mp.host.vfs.open(path, kind));
  return closeWhenGone(new HostFile(isBinary ? typeFileIO : typeTextIO, file));
}

// ---- the file system

class HostVfs extends NativeVfs {
  override readonly type: PyType;
  /** What absolute paths begin with on the host. */
  readonly root: string;
  isReadonly = false;
  constructor(type: PyType, root: string) {
    super();
    this.type = type;
    this.root = root;
  }
  get vfs(): Vfs {
    return mp.host.vfs;
  }
  path(given: Obj): string {
    const path = pathOf(given);
    return path.startsWith("/") ? this.root + path : path;
  }
  override importStat(path: string): "file" | "dir" | null {
    try {
      return this.vfs.stat(this.root === "" ? path : `${this.root}/${path}`).kind;
    } catch (caught) {
      if (caught instanceof VfsError) return null;
      throw caught;
    }
  }
  mustBeWritable(): void {
    if (this.isReadonly) raiseOSError(EROFS);
  }
}

export const typeVfsPosix = new PyType("VfsPosix");
/** The board's flash: a FAT volume to whoever asks, kept by the host as files. */
const typeHostFat = new PyType("VfsFat", [typeVfsFat]);

typeVfsPosix.makeNew = (type, args, kw) => {
  checkArgs(args.length, kw, 0, 1);
  let root = "";
  if (args.length === 1) {
    root = pathOf(args[0]!);
    // A relative root stays where it was when chdir goes elsewhere.
    if (root !== "" && !root.startsWith("/")) root = `${guard(() => mp.host.vfs.getcwd())}/${root}`;
    root = root.replace(/\/+$/, "");
  }
  return new HostVfs(typeVfsPosix, root);
};

function* mount(self: HostVfs, readonly: Obj, mkfs: Obj): Gen {
  if (yield* run(isTrue(readonly))) self.isReadonly = true;
  if (yield* run(isTrue(mkfs))) raiseOSError(EPERM);
  return null;
}

function getcwd(self: HostVfs): string {
  const cwd = guard(() => self.vfs.getcwd());
  const inside = cwd.slice(self.root.length);
  return self.root === "" ? cwd : inside === "" ? "/" : inside;
}

function ilistdir(self: HostVfs, path: Obj): Obj {
  const entries = guard(() => self.vfs.list(self.path(path)));
  const isBytes = nativeOf(path) instanceof PyBytes;
  const isPosix = self.type === typeVfsPosix;
  let i = 0;
  return new FunIter(() => {
    const entry = entries[i++];
    if (entry === undefined) return STOP;
    const name = isBytes ? new PyBytes(encodeUtf8(entry.name)) : entry.name;
    const start = [name, entry.kind === "dir" ? S_IFDIR : S_IFREG, entry.inode ?? 0];
    // Posix does not tell sizes; FAT does.
    return new PyTuple(isPosix ? start : [...start, entry.size]);
  });
}

function stat(self: HostVfs, path: Obj): Obj {
  const { kind, size, numbers, mtimeS = 0 } = guard(() => self.vfs.stat(self.path(path)));
  if (numbers !== undefined) return new PyTuple([...numbers]);
  return new PyTuple([kind === "dir" ? S_IFDIR : S_IFREG, 0, 0, 0, 0, 0, size, mtimeS, mtimeS, mtimeS]);
}

function statvfs(self: HostVfs, path: Obj): Obj {
  const { vfs } = self;
  if (vfs.statvfs !== undefined) return new PyTuple([...guard(() => vfs.statvfs!(self.path(path)))]);
  const { total, free } = guard(() => vfs.space());
  const block = 512;
  const blocks = Math.floor(free / block);
  return new PyTuple([block, block, Math.floor(total / block), blocks, blocks, 0, 0, 0, 0, 255]);
}

const change = (name: "mkdir" | "remove" | "rmdir") =>
  fun(
    name,
    (self: HostVfs, path: Obj) => {
      self.mustBeWritable();
      guard(() => self.vfs[name](self.path(path)));
      return null;
    },
    2,
  );

for (const type of [typeVfsPosix, typeHostFat]) {
  const { proto } = type;
  proto.$mount = fun("mount", mount, 3);
  proto.$umount = fun("umount", () => null, 1);
  proto.$open = fun(
    "open",
    (self: HostVfs, path: Obj, mode: Obj) => {
      const text = pathOf(mode);
      if (self.isReadonly && /[wax+]/.test(text)) raiseOSError(EROFS);
      return openHost(self.path(path), text);
    },
    3,
  );
  proto.$chdir = fun("chdir", (self: HostVfs, path: Obj) => (guard(() => self.vfs.chdir(self.path(path))), null), 2);
  proto.$getcwd = fun("getcwd", getcwd, 1);
  proto.$ilistdir = fun("ilistdir", (self: HostVfs, path: Obj = "") => ilistdir(self, path), type === typeVfsPosix ? 2 : 1, 2);
  proto.$mkdir = change("mkdir");
  proto.$remove = change("remove");
  proto.$rmdir = change("rmdir");
  proto.$rename = fun(
    "rename",
    (self: HostVfs, from: Obj, to: Obj) => {
      self.mustBeWritable();
      guard(() => self.vfs.rename(self.path(from), self.path(to)));
      return null;
    },
    3,
  );
  proto.$stat = fun("stat", stat, 2);
  proto.$statvfs = fun("statvfs", statvfs, 2);
}

useFirstMount(() => {
  const { hostMount } = mp.config;
  // A board without mounting has its flat files where every path leads.
  if (hostMount === undefined) return { point: "/", fs: new HostVfs(typeVfsPosix, "") };
  const root = hostMount.point === "/" ? "" : hostMount.point;
  // A board's program starts in its flash, wherever the one before it went.
  if (root !== "") guard(() => mp.host.vfs.chdir(root));
  return { point: hostMount.point, fs: new HostVfs(hostMount.type === "VfsFat" ? typeHostFat : typeVfsPosix, root) };
});

useOpenNumber((fd, mode) => {
  const { isBinary } = posixMode(pathOf(mode));
  const { vfs } = mp.host;
  if (vfs.openNumber === undefined) raiseOSError(EINVAL);
  const file = guard(() => vfs.openNumber!(fd));
  return closeWhenGone(new HostFile(isBinary ? typeFileIO : typeTextIO, file));
});
