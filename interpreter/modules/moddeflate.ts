// deflate: a stream that decompresses what it reads from another one and compresses what it writes to it (extmod/moddeflate.c).
import { getInt } from "../native.ts";
import { PyBytes } from "../objects/objbytes.ts";
import { checkAllocation } from "../objects/heap.ts";
import { checkArgs, fun } from "../objects/objfun.ts";
import { raiseMsg, raiseOSError, raiseValueError, typeEOFError } from "../objects/objexcept.ts";
import { isTrueSync } from "../objects/truth.ts";
import { mp } from "../objects/mpstate.ts";
import { PyInstance, PyObj, PyType, type Gen, type Obj } from "../objects/obj.ts";
import { readBuffer, writeBuffer } from "./buffer.ts";
import { adler32, Inflater } from "./inflate.ts";
import { Compressor } from "./lz77.ts";
import { crc32 } from "./modbinascii.ts";
import { checkStream, streamClose, streamRead, streamWrite } from "./stream.ts";
import { STREAM_CLOSE } from "../vm/stream.ts";
import { register } from "./registry.ts";

const AUTO = 0;
const RAW = 1;
const ZLIB = 2;
const GZIP = 3;
const DEFAULT_WBITS = 8;
const EINVAL = 22;
const CHUNK = 256;

class PyDeflateIO extends PyObj {
  override readonly type: PyType;
  /** null once closed. */
  stream: Obj | null;
  readonly format: number;
  readonly wbits: number;
  readonly closesStream: boolean;
  inflater: Inflater | null = null;
  /** The header was no good; nothing can be read. */
  isInvalid = false;
  compressor: Compressor | null = null;
  written = 0;
  sum = 0;
  constructor(type: PyType, stream: Obj, format: number, wbits: number, closesStream: boolean) {
    super();
    this.type = type;
    this.stream = stream;
    this.format = format;
    this.wbits = wbits;
    this.closesStream = closesStream;
  }
}

function* inflaterOf(self: PyDeflateIO): Gen<Inflater> {
  const { stream } = self;
  if (stream === null || self.isInvalid) raiseOSError(EINVAL);
  if (self.inflater !== null) return self.inflater;
  checkStream(stream, "read");
  const inflater = new Inflater(function* (): Gen<number> {
    const byte = (yield* streamRead(stream, 1))?.[0];
    return byte ?? raiseMsg(typeEOFError, "");
  });
  let wbits = self.wbits;
  if (self.format !== RAW) {
    self.isInvalid = true;
    const { kind, bits } = yield* inflater.header();
    if ((self.format === ZLIB && kind !== "zlib") || (self.format === GZIP && kind !== "gzip")) raiseOSError(EINVAL);
    self.isInvalid = false;
    if (wbits === 0 || bits < wbits) wbits = bits;
  } else if (wbits === 0) wbits = DEFAULT_WBITS;
  checkAllocation(2 ** wbits);
  inflater.setWindow(wbits);
  self.inflater = inflater;
  return inflater;
}

/** Up to `n` bytes, fewer only at the end. */
function* readBytes(self: PyDeflateIO, n: number): Gen<Uint8Array> {
  checkAllocation(n);
  const inflater = yield* inflaterOf(self);
  const out = new Uint8Array(n);
  const count = yield* inflater.read(out);
  return out.subarray(0, count);
}

function* readAll(self: PyDeflateIO): Gen<Uint8Array> {
  const out: number[] = [];
  for (;;) {
    const part = yield* readBytes(self, CHUNK);
    if (part.length === 0) return Uint8Array.from(out);
    for (const byte of part) out.push(byte);
    checkAllocation(out.length);
  }
}

/** Writes what the compressor has ready: byte by byte to streams in Python, as MicroPython does. */
function* flush(self: PyDeflateIO, compressor: Compressor): Gen<void> {
  const bytes = Uint8Array.from(compressor.out.splice(0));
  if (self.stream === null || bytes.length === 0) return;
  if (!(self.stream instanceof PyInstance)) yield* streamWrite(self.stream, bytes);
  else for (const byte of bytes) yield* streamWrite(self.stream, Uint8Array.of(byte));
}

function* compressorOf(self: PyDeflateIO): Gen<Compressor> {
  const { stream } = self;
  if (stream === null) raiseOSError(EINVAL);
  if (self.compressor !== null) return self.compressor;
  checkStream(stream, "write");
  const wbits = self.wbits === 0 ? DEFAULT_WBITS : self.wbits;
  checkAllocation(2 ** wbits);
  const compressor = new Compressor(wbits);
  self.compressor = compressor;
  if (self.format === ZLIB) {
    const method = 0x08 | (Math.max(wbits - 8, 1) << 4);
    const flags = 0x80;
    self.sum = 1;
    yield* header(stream, [method, flags | (31 - ((method * 256 + flags) % 31))]);
  } else if (self.format === GZIP) yield* header(stream, [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 4, 3]);
  return compressor;
}

// Whatever goes wrong with a header is EINVAL.
function* header(stream: Obj, bytes: readonly number[]): Gen<void> {
  yield* streamWrite(stream, Uint8Array.from(bytes), EINVAL);
}

function* write(self: PyDeflateIO, data: Obj): Gen {
  const bytes = readBuffer(data).slice();
  const compressor = yield* compressorOf(self);
  self.written += bytes.length;
  if (self.format === ZLIB) self.sum = adler32(bytes, self.sum);
  else if (self.format === GZIP) self.sum = crc32(bytes, self.sum);
  yield* compressor.compress(bytes);
  yield* flush(self, compressor);
  return bytes.length;
}

function* close(self: PyDeflateIO): Gen {
  const { stream, compressor } = self;
  if (stream === null) return null;
  if (compressor !== null) {
    compressor.finish();
    yield* flush(self, compressor);
    const footer = new DataView(new ArrayBuffer(8));
    footer.setUint32(0, self.sum, self.format === GZIP);
    footer.setUint32(4, self.written % 2 ** 32, true);
    const length = self.format === ZLIB ? 4 : self.format === GZIP ? 8 : 0;
    if (length > 0) {
      try {
        yield* streamWrite(stream, new Uint8Array(footer.buffer, 0, length));
      } catch (caught) {
        yield* closeStream(self, stream);
        throw caught;
      }
    }
  }
  yield* closeStream(self, stream);
  return null;
}

function* closeStream(self: PyDeflateIO, stream: Obj): Gen<void> {
  self.stream = null;
  if (self.closesStream) yield* streamClose(stream);
}

function deflateType(canWrite: boolean): PyType {
  const type = new PyType("DeflateIO");
  type.makeNew = (of, args, kw) => {
    checkArgs(args.length, kw, 1, 4);
    const format = args[1] === undefined ? AUTO : getInt(args[1]);
    const wbits = args[2] === undefined ? 0 : getInt(args[2]);
    if (format < AUTO || format > GZIP) raiseValueError("format");
    if (wbits !== 0 && (wbits < 5 || wbits > 15)) raiseValueError("wbits");
    return new PyDeflateIO(type, args[0]!, format, wbits, args[3] !== undefined && isTrueSync(args[3]));
  };
  const { proto } = type;
  proto.$read = fun(
    "read",
    function* (self: PyDeflateIO, size: Obj = null): Gen {
      const n = size === null ? -1 : getInt(size);
      return new PyBytes((yield* n < 0 ? readAll(self) : readBytes(self, n)).slice());
    },
    1,
    2,
  );
  proto.$readinto = fun(
    "readinto",
    function* (self: PyDeflateIO, buffer: Obj, size?: Obj): Gen {
      const bytes = writeBuffer(buffer);
      const n = size === undefined ? bytes.length : Math.max(0, Math.min(bytes.length, getInt(size)));
      const part = yield* readBytes(self, n);
      bytes.set(part);
      return part.length;
    },
    2,
    3,
  );
  proto.$readline = fun(
    "readline",
    function* (self: PyDeflateIO, size: Obj = -1): Gen {
      const most = getInt(size) < 0 ? Infinity : getInt(size);
      const line: number[] = [];
      while (line.length < most && line.at(-1) !== 10) {
        const byte = (yield* readBytes(self, 1))[0];
        if (byte === undefined) break;
        line.push(byte);
      }
      return new PyBytes(Uint8Array.from(line));
    },
    1,
    2,
  );
  if (canWrite) proto.$write = fun("write", write);
  proto.$close = fun("close", close);
  proto.$__enter__ = fun("__enter__", (self: PyDeflateIO) => self);
  proto.$__exit__ = fun("__exit__", (self: PyDeflateIO) => close(self), 4);
  type.stream = {
    isText: false,
    read: function* (self: PyDeflateIO, into): Gen<number> {
      const part = yield* readBytes(self, into.length);
      into.set(part);
      return part.length;
    },
    ...(canWrite
      ? {
          write: function* (self: PyDeflateIO, bytes: Uint8Array): Gen<number> {
            yield* write(self, new PyBytes(bytes));
            return bytes.length;
          },
        }
      : {}),
    ioctl: function* (self: PyDeflateIO, request): Gen<number> {
      if (request !== STREAM_CLOSE) return -EINVAL;
      yield* close(self);
      return 0;
    },
  };
  return type;
}

const typeReadWrite = deflateType(true);
const typeReadOnly = deflateType(false);

register("deflate", {
  isExtensible: false,
  when: (config) => config.romLevel !== "core",
  members: () => ({
    // Boards leave out compression.
    DeflateIO: mp.config.romLevel === "everything" ? typeReadWrite : typeReadOnly,
    AUTO,
    RAW,
    ZLIB,
    GZIP,
  }),
});
