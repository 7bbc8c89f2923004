// io: the classes of streams, and open() (py/modio.c). Files themselves are in vfs/, StringIO and BytesIO in objstringio.ts.
import { getInt } from "../native.ts";
import { checkAllocation } from "../objects/heap.ts";
import { PyBytearray } from "../objects/objbytes.ts";
import { raiseOSError } from "../objects/objexcept.ts";
import { checkArgs, fun } from "../objects/objfun.ts";
import { mp } from "../objects/mpstate.ts";
import { PyObj, PyType, run, type Gen, type Obj } from "../objects/obj.ts";
import { loadAttr } from "../vm/attr.ts";
import { call } from "../vm/call.ts";
import { defineStream, getStream, instanceProtocol, streamRw } from "../vm/stream.ts";
import { register } from "./registry.ts";
import { typeBytesIO, typeStringIO } from "./objstringio.ts";

const EAGAIN = 11;
const EIO = 5;

// ---- IOBase: a class written in Python gives readinto, write and ioctl

const typeIOBase = new PyType("IOBase");
class PyIOBase extends PyObj {
  declare type: PyType;
}
PyIOBase.prototype.type = typeIOBase;
const ioBase = new PyIOBase();
typeIOBase.makeNew = () => ioBase;

function* callMethodOf(o: Obj, name: string, ...args: Obj[]): Gen {
  return yield* run(call(yield* run(loadAttr(o, name)), args, null));
}

// The program gets a bytearray of its own: it may keep it, and what it does to it later must not reach the caller.
function* transfer(o: Obj, method: string, bytes: Uint8Array): Gen<number> {
  const buffer = new PyBytearray(bytes.slice());
  const result = yield* callMethodOf(o, method, buffer);
  if (result === null) return -EAGAIN;
  const n = getInt(result);
  if (n > bytes.length) return -EIO;
  if (method === "readinto" && n > 0) bytes.set(buffer.v.subarray(0, n));
  return n;
}

defineStream(
  typeIOBase,
  {
    isText: false,
    read: (self: Obj, into) => transfer(self, "readinto", into),
    write: (self: Obj, bytes) => transfer(self, "write", bytes),
    ioctl: function* (self: Obj, request, arg): Gen<number> {
      // A seek's argument is an address in C, which there is none of here.
      return getInt(yield* callMethodOf(self, "ioctl", request, typeof arg === "number" ? arg : 0));
    },
  },
  [],
  false,
);
instanceProtocol.value = typeIOBase.stream;

// ---- BufferedWriter: collects bytes and writes them a bufferful at a time

class PyBufferedWriter extends PyObj {
  declare type: PyType;
  readonly stream: Obj;
  readonly buffer: Uint8Array;
  size = 0;
  constructor(stream: Obj, buffer: Uint8Array) {
    super();
    this.stream = stream;
    this.buffer = buffer;
  }
}
const typeBufferedWriter = new PyType("BufferedWriter");
PyBufferedWriter.prototype.type = typeBufferedWriter;

typeBufferedWriter.makeNew = (type, args, kw) => {
  checkArgs(args.length, kw, 2, 2);
  const size = getInt(args[1]!);
  checkAllocation(size < 0 ? Infinity : size);
  return new PyBufferedWriter(args[0]!, new Uint8Array(size));
};

function* flushBuffer(self: PyBufferedWriter): Gen<number> {
  const { error } = yield* streamRw(getStream(self.stream, "write"), self.buffer.slice(0, self.size), "write");
  if (error === 0) self.size = 0;
  return error;
}

defineStream(
  typeBufferedWriter,
  {
    isText: false,
    write: function* (self: PyBufferedWriter, bytes): Gen<number> {
      let at = 0;
      while (at < bytes.length) {
        const room = self.buffer.length - self.size;
        const part = bytes.subarray(at, at + room);
        self.buffer.set(part, self.size);
        self.size += part.length;
        at += part.length;
        // Full exactly counts as full: it is written out at once.
        if (part.length < room) break;
        const error = yield* flushBuffer(self);
        if (error !== 0) return -error;
        if (self.buffer.length === 0) break;
      }
      return bytes.length;
    },
  },
  ["write"],
  false,
);
typeBufferedWriter.proto.$flush = fun(
  "flush",
  function* (self: PyBufferedWriter): Gen {
    if (self.size > 0) {
      const error = yield* flushBuffer(self);
      if (error !== 0) raiseOSError(error);
    }
    return null;
  },
  1,
);

register("io", {
  isExtensible: true,
  members: () => ({
    open: mp.builtins.getStr("open")!,
    IOBase: typeIOBase,
    StringIO: typeStringIO,
    BytesIO: typeBytesIO,
    BufferedWriter: typeBufferedWriter,
  }),
});
