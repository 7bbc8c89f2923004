// io and open(): files on the host's file system, StringIO and BytesIO (py/modio.c, extmod/vfs_*_file.c, py/objstringio.c).
import { VfsError, type FileMode, type VfsFile } from "../host.ts";
import { bufferOf, decodeUtf8, encodeUtf8, PyBytes } from "../objects/objbytes.ts";
import { checkArgs, fun } from "../objects/objfun.ts";
import { asInt } from "../objects/number.ts";
import { raiseMsg, raiseOSError, raiseTypeError, raiseValueError, typeOSError } from "../objects/objexcept.ts";
import { mp } from "../objects/mpstate.ts";
import { PyObj, PyType, STOP, typeOf, type Kw, type Obj } from "../objects/obj.ts";
import { PyList } from "../objects/objlist.ts";
import { register } from "./registry.ts";

const EBADF = 9;

/** A stream over bytes: an open file, or memory. Text streams decode and encode UTF-8. */
class PyStream extends PyObj {
  override readonly type: PyType;
  file: VfsFile | null;
  /** For getvalue(): the memory behind a StringIO or BytesIO. */
  readonly memory: MemoryFile | null;
  constructor(type: PyType, file: VfsFile, memory: MemoryFile | null = null) {
    super();
    this.type = type;
    this.file = file;
    this.memory = memory;
  }
}

class MemoryFile implements VfsFile {
  data: Uint8Array;
  private at = 0;
  constructor(data: Uint8Array) {
    this.data = data;
  }
  read(n: number): Uint8Array {
    const part = this.data.slice(this.at, Math.min(this.data.length, this.at + n));
    this.at += part.length;
    return part;
  }
  write(bytes: Uint8Array): number {
    const end = this.at + bytes.length;
    if (end > this.data.length) {
      const grown = new Uint8Array(end);
      grown.set(this.data);
      this.data = grown;
    }
    this.data.set(bytes, this.at);
    this.at = end;
    return bytes.length;
  }
  seek(offset: number, whence: 0 | 1 | 2): number {
    this.at = Math.max(0, offset + (whence === 0 ? 0 : whence === 1 ? this.at : this.data.length));
    return this.at;
  }
  flush(): void {}
  close(): void {}
}

const typeTextIO = new PyType("TextIOWrapper");
const typeFileIO = new PyType("FileIO");
const typeStringIO = new PyType("StringIO");
const typeBytesIO = new PyType("BytesIO");

function isText(self: PyStream): boolean {
  return self.type === typeTextIO || self.type === typeStringIO;
}

/** Runs a host call; its VfsError becomes OSError(errno). */
export function guard<T>(body: () => T): T {
  try {
    return body();
  } catch (caught) {
    if (caught instanceof VfsError) {
      if (caught.text !== null) raiseMsg(typeOSError, caught.text);
      raiseOSError(caught.errno);
    }
    throw caught;
  }
}

function fileOf(self: PyStream): VfsFile {
  if (self.file === null) {
    if (self.memory !== null) raiseValueError("I/O operation on closed file");
    raiseOSError(EBADF);
  }
  return self.file;
}

function wrap(self: PyStream, bytes: Uint8Array): Obj {
  return isText(self) ? decodeUtf8(bytes) : new PyBytes(bytes);
}

function read(self: PyStream, size: Obj): Obj {
  const file = fileOf(self);
  const n = size === null ? -1 : Number(asInt(size) ?? -1);
  if (n < 0)
    return wrap(
      self,
      guard(() => readAll(file)),
    );
  if (!isText(self))
    return wrap(
      self,
      guard(() => file.read(n)),
    );
  // n characters: bytes one by one as UTF-8 tells.
  let text = "";
  for (let i = 0; i < n; i++) {
    const first = guard(() => file.read(1));
    if (first.length === 0) break;
    const c = first[0]!;
    const more = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : c >= 0xc0 ? 1 : 0;
    const rest = more > 0 ? guard(() => file.read(more)) : new Uint8Array(0);
    text += decodeUtf8(Uint8Array.of(c, ...rest));
  }
  return text;
}

function readAll(file: VfsFile): Uint8Array {
  const parts: number[] = [];
  for (;;) {
    const part = file.read(4096);
    if (part.length === 0) return Uint8Array.from(parts);
    for (const byte of part) parts.push(byte);
  }
}

function readLine(self: PyStream, most = Infinity): Uint8Array {
  const file = fileOf(self);
  const bytes: number[] = [];
  while (bytes.length < most) {
    const part = guard(() => file.read(1));
    if (part.length === 0) break;
    bytes.push(part[0]!);
    if (part[0] === 10) break;
  }
  return Uint8Array.from(bytes);
}

for (const type of [typeTextIO, typeFileIO, typeStringIO, typeBytesIO]) {
  const { proto } = type;
  proto.$read = fun("read", (self: PyStream, size: Obj = null) => read(self, size), 1, 2);
  proto.$readline = fun(
    "readline",
    (self: PyStream, size: Obj = null) => wrap(self, readLine(self, size === null ? Infinity : Number(asInt(size)))),
    1,
    2,
  );
  proto.$readlines = fun("readlines", (self: PyStream) => {
    const lines: Obj[] = [];
    for (;;) {
      const line = readLine(self);
      if (line.length === 0) return new PyList(lines);
      lines.push(wrap(self, line));
    }
  });
  proto.$readinto = fun(
    "readinto",
    (self: PyStream, buffer: Obj, size: Obj = null) => {
      const bytes = bufferOf(buffer);
      if (bytes === undefined) raiseTypeError("object with buffer protocol required");
      const part = guard(() => fileOf(self).read(size === null ? bytes.length : Math.min(bytes.length, Number(asInt(size)))));
      bytes.set(part);
      return part.length;
    },
    2,
    3,
  );
  proto.$write = fun("write", (self: PyStream, data: Obj) => {
    if (isText(self) !== (typeof data === "string") && self.memory === null && isText(self))
      raiseTypeError(`can't convert '${typeOf(data).name}' object to str implicitly`);
    const bytes = typeof data === "string" ? encodeUtf8(data) : data === null ? undefined : bufferOf(data);
    if (bytes === undefined) raiseTypeError("object with buffer protocol required");
    guard(() => fileOf(self).write(bytes.slice()));
    return isText(self) && typeof data === "string" ? [...data].length : bytes.length;
  });
  proto.$seek = fun(
    "seek",
    (self: PyStream, offset: Obj, whence: Obj = 0) =>
      guard(() => fileOf(self).seek(Number(asInt(offset) ?? 0), Number(whence) as 0 | 1 | 2)),
    2,
    3,
  );
  proto.$tell = fun("tell", (self: PyStream) => guard(() => fileOf(self).seek(0, 1)));
  proto.$flush = fun("flush", (self: PyStream) => {
    guard(() => fileOf(self).flush());
    return null;
  });
  const close = (self: PyStream): null => {
    const { file } = self;
    self.file = null;
    if (file !== null) guard(() => file.close());
    return null;
  };
  proto.$close = fun("close", close);
  proto.$__enter__ = fun("__enter__", (self: PyStream) => self);
  proto.$__exit__ = fun("__exit__", close, 4);
  proto.$__del__ = fun("__del__", close);
  type.getIter = (self: PyStream) => self;
  type.iternext = (self: PyStream) => {
    const line = readLine(self);
    return line.length === 0 ? STOP : wrap(self, line);
  };
  type.print = (self: PyStream) => `<io.${self.type.name}>`;
}

for (const type of [typeStringIO, typeBytesIO]) {
  type.makeNew = (of, args, kw) => {
    checkArgs(args.length, kw, 0, 1);
    const initial = args[0];
    const isSize = typeof initial === "number";
    const bytes = initial === undefined || initial === null || isSize ? new Uint8Array(0) : bufferOf(initial);
    if (bytes === undefined) raiseTypeError("object with buffer protocol required");
    const memory = new MemoryFile(bytes.slice());
    return new PyStream(type, memory, memory);
  };
  type.proto.$getvalue = fun("getvalue", (self: PyStream) => {
    fileOf(self);
    return wrap(self, self.memory!.data.slice());
  });
}

/** open(path, mode="r"). Raises OSError, ValueError. */
export function openFile(args: readonly Obj[], kw: Kw | null): Obj {
  const path = args[0];
  if (typeof path !== "string") raiseTypeError(`can't convert '${typeOf(path!).name}' object to str implicitly`);
  const mode = String(args[1] ?? kw?.get("mode") ?? "r");
  if (!mp.config.fileModes.test(mode)) raiseValueError("illegal mode");
  const kind = (/[rwax]/.exec(mode)?.[0] ?? "r") + (mode.includes("+") ? "+" : "");
  const file = guard(() => mp.host.vfs.open(path, kind as FileMode));
  return new PyStream(mode.includes("b") ? typeFileIO : typeTextIO, file);
}

// The base of streams written in Python; it has nothing of its own.
class PyIOBase extends PyObj {
  declare type: PyType;
}
const typeIOBase = new PyType("IOBase");
PyIOBase.prototype.type = typeIOBase;
typeIOBase.makeNew = () => new PyIOBase();

register("io", {
  isExtensible: true,
  members: () => ({
    open: mp.builtins.getStr("open")!,
    StringIO: typeStringIO,
    BytesIO: typeBytesIO,
    FileIO: typeFileIO,
    TextIOWrapper: typeTextIO,
    IOBase: typeIOBase,
  }),
});
