// micropython.RingIO: a stream through a ring of bytes, for passing data from an interrupt to a program (py/objringio.c).
import { getInt } from "../native.ts";
import { checkAllocation } from "../objects/heap.ts";
import { writableBufferOf } from "../objects/objbytes.ts";
import { raiseMsg, typeValueError } from "../objects/objexcept.ts";
import { checkArgs, fun } from "../objects/objfun.ts";
import { PyObj, PyType } from "../objects/obj.ts";
import { defineStream, POLL_RD, POLL_WR, STREAM_CLOSE, STREAM_POLL } from "../vm/stream.ts";

const EINVAL = 22;

/** One byte of the ring always stays empty: put == get means that there is nothing. */
class PyRingIO extends PyObj {
  declare type: PyType;
  readonly ring: Uint8Array;
  get = 0;
  put = 0;
  constructor(ring: Uint8Array) {
    super();
    this.ring = ring;
  }
  get filled(): number {
    return (this.put - this.get + this.ring.length) % this.ring.length;
  }
  get free(): number {
    return this.ring.length - 1 - this.filled;
  }
}
export const typeRingIO = new PyType("RingIO");
PyRingIO.prototype.type = typeRingIO;

typeRingIO.makeNew = (type, args, kw) => {
  checkArgs(args.length, kw, 1, 1);
  const given = writableBufferOf(args[0]!);
  const size = given === undefined ? getInt(args[0]!) + 1 : given.length;
  if (size < 2 || size > 0xffff) raiseMsg(typeValueError, "");
  checkAllocation(size);
  return new PyRingIO(given ?? new Uint8Array(size));
};

defineStream(
  typeRingIO,
  {
    isText: false,
    read: (self: PyRingIO, into) => {
      const n = Math.min(into.length, self.filled);
      for (let i = 0; i < n; i++) {
        into[i] = self.ring[self.get]!;
        self.get = (self.get + 1) % self.ring.length;
      }
      return n;
    },
    write: (self: PyRingIO, bytes) => {
      const n = Math.min(bytes.length, self.free);
      for (let i = 0; i < n; i++) {
        self.ring[self.put] = bytes[i]!;
        self.put = (self.put + 1) % self.ring.length;
      }
      return n;
    },
    ioctl: (self: PyRingIO, request, arg) => {
      if (request === STREAM_CLOSE) return 0;
      if (request !== STREAM_POLL || typeof arg !== "number") return -EINVAL;
      return (self.filled > 0 ? arg & POLL_RD : 0) | (self.free > 0 ? arg & POLL_WR : 0);
    },
  },
  ["read", "readline", "readinto", "write", "close"],
  false,
);
typeRingIO.proto.$any = fun("any", (self: PyRingIO) => self.filled, 1);
