// io.StringIO and io.BytesIO: streams over memory (py/objstringio.c).
import { getInt } from "../native.ts";
import { checkAllocation } from "../objects/heap.ts";
import { bufferOf, decodeUtf8, PyBytes } from "../objects/objbytes.ts";
import { raiseTypeError, raiseValueError } from "../objects/objexcept.ts";
import { fun } from "../objects/objfun.ts";
import { nativeOf, PyObj, PyType } from "../objects/obj.ts";
import { defineStream, STREAM_CLOSE, STREAM_FLUSH, STREAM_SEEK, type StreamProtocol } from "../vm/stream.ts";
import { address } from "../vm/print.ts";

const EINVAL = 22;

class PyStringIO extends PyObj {
  override readonly type: PyType;
  /** Longer than `size` while it grows; null once closed. */
  data: Uint8Array | null;
  size: number;
  at = 0;
  constructor(type: PyType, data: Uint8Array) {
    super();
    this.type = type;
    this.data = data;
    this.size = data.length;
  }
}

export const typeStringIO = new PyType("StringIO");
export const typeBytesIO = new PyType("BytesIO");

function memory(self: PyStringIO): Uint8Array {
  return self.data ?? raiseValueError("I/O operation on closed file");
}

function read(self: PyStringIO, into: Uint8Array): number {
  const data = memory(self);
  const part = data.subarray(self.at, Math.min(self.size, self.at + into.length));
  into.set(part);
  self.at += part.length;
  return part.length;
}

function write(self: PyStringIO, bytes: Uint8Array): number {
  let data = memory(self);
  const end = self.at + bytes.length;
  if (end > data.length) {
    checkAllocation(end);
    const longer = new Uint8Array(Math.max(end, Math.min(2 * data.length, data.length + (1 << 20)), 16));
    longer.set(data.subarray(0, self.size));
    self.data = data = longer;
  }
  data.set(bytes, self.at);
  self.at = end;
  self.size = Math.max(self.size, end);
  return bytes.length;
}

function ioctl(self: PyStringIO, request: number, arg: Parameters<NonNullable<StreamProtocol["ioctl"]>>[2]): number {
  if (request === STREAM_SEEK && typeof arg === "object") {
    memory(self);
    const from = arg.whence === 1 ? self.at : arg.whence === 2 ? self.size : 0;
    // Before the beginning is the beginning, as in CPython.
    self.at = arg.offset = Math.max(0, from + arg.offset);
    return 0;
  }
  if (request === STREAM_FLUSH) return 0;
  if (request !== STREAM_CLOSE) return -EINVAL;
  self.data = null;
  return 0;
}

for (const type of [typeStringIO, typeBytesIO]) {
  const isText = type === typeStringIO;
  type.makeNew = (of, args) => {
    const initial = args.length === 0 ? 0 : nativeOf(args[0]!);
    if (typeof initial === "number" || typeof initial === "boolean" || typeof initial === "bigint") {
      const room = Math.max(0, getInt(initial));
      checkAllocation(room);
      const made = new PyStringIO(type, new Uint8Array(room));
      made.size = 0;
      return made;
    }
    const bytes = initial === null ? undefined : bufferOf(initial);
    if (bytes === undefined) raiseTypeError("object with buffer protocol required");
    return new PyStringIO(type, bytes.slice());
  };
  type.print = (self: PyStringIO) => `<io.${type.name} ${address(self)}>`;
  defineStream(type, { isText, read, write, ioctl }, ["read", "readinto", "readline", "write", "seek", "tell", "flush", "close"]);
  type.proto.$getvalue = fun("getvalue", (self: PyStringIO) => {
    const bytes = memory(self).slice(0, self.size);
    return isText ? decodeUtf8(bytes) : new PyBytes(bytes);
  });
  defineStream(type, type.stream!, ["__enter__", "__exit__"]);
}
