// vfs.VfsRom: files in read-only memory, in the ROMFS format (extmod/vfs_rom.c, vfs_rom_file.c). The format is records of
// kind, length and payload, both numbers in groups of seven bits, the most significant first.
import { bufferOf, decodeUtf8, encodeUtf8, PyBytes } from "../../objects/objbytes.ts";
import { raiseOSError, raiseTypeError } from "../../objects/objexcept.ts";
import { checkArgs, fun } from "../../objects/objfun.ts";
import { PyTuple } from "../../objects/objtuple.ts";
import { nativeOf, PyObj, PyType, run, STOP, type Gen, type Obj } from "../../objects/obj.ts";
import { FunIter } from "../../vm/iter.ts";
import { isTrue } from "../../vm/operator.ts";
import { defineStream, STREAM_CLOSE, STREAM_SEEK, type Seek, type StreamProtocol } from "../../vm/stream.ts";
import { EINVAL, ENODEV, ENOENT, EPERM, EROFS, NativeVfs, pathOf, S_IFDIR, S_IFREG } from "./vfs.ts";

const EISDIR = 21;
const EOPNOTSUPP = 95;
const KIND_DATA = 2;
const KIND_POINTER = 3;
const KIND_DIRECTORY = 4;
const KIND_FILE = 5;
const KIND_FILESYSTEM = 0x14a6b1;

/** A range of the memory. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** Walks over the records of a span. */
class Records {
  private readonly bytes: Uint8Array;
  at: number;
  readonly end: number;
  constructor(bytes: Uint8Array, { start, end }: Span) {
    this.bytes = bytes;
    this.at = start;
    this.end = Math.min(end, bytes.length);
  }
  /** null: it runs over the end. */
  number(): number | null {
    let n = 0;
    for (;;) {
      if (this.at >= this.end) return null;
      const byte = this.bytes[this.at++]!;
      n = n * 128 + (byte & 0x7f);
      if (byte < 0x80) return n;
    }
  }
  /** The next record, the position left at its payload; null at the end or where the format is broken. */
  next(): { kind: number; end: number } | null {
    if (this.at >= this.end) return null;
    const kind = this.number();
    const length = kind === null ? null : this.number();
    return kind === null || kind === 0 || length === null ? null : { kind, end: this.at + length };
  }
}

interface Found extends Span {
  readonly kind: "file" | "dir";
}

class VfsRom extends NativeVfs {
  declare type: PyType;
  readonly bytes: Uint8Array;
  readonly span: Span;
  constructor(bytes: Uint8Array, span: Span) {
    super();
    this.bytes = bytes;
    this.span = span;
  }

  /** A file's data, from the records after its name; null if there is none. */
  data(span: Span): Span | null {
    const records = new Records(this.bytes, span);
    for (let record = records.next(); record !== null; record = records.next()) {
      if (record.kind === KIND_DATA) return { start: records.at, end: record.end };
      if (record.kind === KIND_POINTER) {
        const size = records.number();
        const offset = size === null ? null : records.number();
        if (size === null || offset === null) return null;
        const start = this.span.start + offset;
        return { start, end: start + size };
      }
      records.at = record.end;
    }
    return null;
  }

  /** The files and folders in a folder; a broken record ends them. */
  *entries(span: Span): Iterable<{ name: string; kind: "file" | "dir"; inside: Span }> {
    const records = new Records(this.bytes, span);
    for (let record = records.next(); record !== null; record = records.next()) {
      if (record.kind === KIND_DIRECTORY || record.kind === KIND_FILE) {
        const length = records.number();
        if (length === null) return;
        const start = records.at + length;
        const name = decodeUtf8(this.bytes.subarray(records.at, start));
        yield { name, kind: record.kind === KIND_FILE ? "file" : "dir", inside: { start, end: record.end } };
      }
      records.at = record.end;
    }
  }

  /** What a path names; a file's span is its data, a folder's its records. */
  search(path: string): Found | null {
    let rest = path.startsWith("/") ? path.slice(1) : path;
    let span = this.span;
    while (rest !== "") {
      let next: Found | null = null;
      for (const { name, kind, inside } of this.entries(span)) {
        if (rest !== name && !rest.startsWith(`${name}/`)) continue;
        rest = rest.slice(name.length);
        if (kind === "file") {
          const data = rest === "" ? this.data(inside) : null;
          return data === null ? null : { ...data, kind };
        }
        if (rest.startsWith("/")) rest = rest.slice(1);
        next = { ...inside, kind };
        break;
      }
      if (next === null) return null;
      span = next;
    }
    return { start: span.start, end: span.end, kind: "dir" };
  }

  override importStat(path: string): "file" | "dir" | null {
    return this.search(path)?.kind ?? null;
  }
}
export const typeVfsRom = new PyType("VfsRom");
VfsRom.prototype.type = typeVfsRom;

typeVfsRom.makeNew = (type, args, kw) => {
  checkArgs(args.length, kw, 1, 1);
  const memory = nativeOf(args[0]!);
  const bytes = memory === null ? undefined : bufferOf(memory);
  if (bytes === undefined) raiseTypeError("object with buffer protocol required");
  // The magic bytes are the kind of the record that all is in.
  if (bytes.length < 4 || bytes[0] !== 0xd2 || bytes[1] !== 0xcd || bytes[2] !== 0x31) raiseOSError(ENODEV);
  const records = new Records(bytes, { start: 0, end: bytes.length });
  const record = records.next();
  if (record === null || record.kind !== KIND_FILESYSTEM || record.end > bytes.length) raiseOSError(ENODEV);
  return new VfsRom(bytes, { start: records.at, end: record.end });
};

// ---- files

class PyRomFile extends PyObj {
  override readonly type: PyType;
  readonly bytes: Uint8Array;
  at = 0;
  constructor(type: PyType, bytes: Uint8Array) {
    super();
    this.type = type;
    this.bytes = bytes;
  }
}
const typeTextIO = new PyType("TextIOWrapper");
const typeFileIO = new PyType("FileIO");
typeFileIO.buffer = (self: PyRomFile) => self.bytes;

function ioctl(self: PyRomFile, request: number, arg: number | Seek): number {
  if (request === STREAM_CLOSE) return 0;
  if (request !== STREAM_SEEK || typeof arg === "number") return -EINVAL;
  const to = arg.offset + (arg.whence === 0 ? 0 : arg.whence === 1 ? self.at : self.bytes.length);
  if (to < 0) return -EINVAL;
  self.at = Math.min(to, self.bytes.length);
  arg.offset = self.at;
  return 0;
}

for (const type of [typeTextIO, typeFileIO]) {
  const protocol: StreamProtocol = {
    isText: type === typeTextIO,
    read: (self: PyRomFile, into) => {
      const part = self.bytes.subarray(self.at, self.at + into.length);
      into.set(part);
      self.at += part.length;
      return part.length;
    },
    ioctl,
  };
  defineStream(type, protocol, ["read", "readinto", "readline", "readlines", "seek", "tell", "close", "__enter__", "__exit__"]);
}

// ---- the file system

function open(self: VfsRom, path: Obj, mode: Obj): Obj {
  let type = typeTextIO;
  for (const c of pathOf(mode)) {
    if (c === "w" || c === "a" || c === "+") raiseOSError(EROFS);
    if (c === "b" || c === "t") type = c === "b" ? typeFileIO : typeTextIO;
  }
  const found = self.search(pathOf(path));
  if (found === null) raiseOSError(ENOENT);
  if (found.kind === "dir") raiseOSError(EISDIR);
  return new PyRomFile(type, self.bytes.subarray(found.start, found.end));
}

function ilistdir(self: VfsRom, path: Obj): Obj {
  const isBytes = nativeOf(path) instanceof PyBytes;
  const found = self.search(pathOf(path));
  if (found === null || found.kind !== "dir") raiseOSError(ENOENT);
  const entries = self.entries(found)[Symbol.iterator]();
  return new FunIter(() => {
    const entry = entries.next();
    if (entry.done === true) return STOP;
    const { name, kind, inside } = entry.value;
    const data = kind === "dir" ? inside : self.data(inside);
    if (data === null) return STOP;
    const nameObj = isBytes ? new PyBytes(encodeUtf8(name)) : name;
    return new PyTuple([nameObj, kind === "dir" ? S_IFDIR : S_IFREG, 0, data.end - data.start]);
  });
}

const { proto } = typeVfsRom;
proto.$mount = fun(
  "mount",
  function* (self: VfsRom, readonly: Obj, make: Obj): Gen {
    if (yield* run(isTrue(make))) raiseOSError(EPERM);
    return null;
  },
  3,
);
proto.$umount = fun("umount", (self: VfsRom) => self, 1);
proto.$open = fun("open", open, 3);
// There is no current folder but the root.
proto.$chdir = fun("chdir", (self: VfsRom, path: Obj) => (pathOf(path) === "/" ? null : raiseOSError(EOPNOTSUPP)), 2);
proto.$getcwd = fun("getcwd", () => "", 1);
proto.$ilistdir = fun("ilistdir", ilistdir, 2);
proto.$stat = fun(
  "stat",
  (self: VfsRom, path: Obj) => {
    const found = self.search(pathOf(path)) ?? raiseOSError(ENOENT);
    const mode = found.kind === "file" ? S_IFREG : S_IFDIR;
    return new PyTuple([mode, 0, 0, 0, 0, 0, found.end - found.start, 0, 0, 0]);
  },
  2,
);
proto.$statvfs = fun(
  "statvfs",
  (self: VfsRom) => new PyTuple([1, 0, self.span.end - self.span.start, 0, 0, 0, 0, 0, 0, 32767]),
  2,
);
