// Streams: what files, StringIO, RingIO, sys.stdout and a program's own io.IOBase classes have in common (py/stream.c).
// A type's `stream` slot moves bytes; the Python methods read, readinto, readline, write, seek ... are made here from it.
// Which objects are streams is their own files' matter.
import { getInt } from "../objects/arguments.ts";
import { checkAllocation } from "../objects/heap.ts";
import { bufferOf, decodeUtf8, encodeUtf8, isUtf8, PyBytes, writableBufferOf } from "../objects/objbytes.ts";
import {
  isExc,
  raiseMsg,
  raiseOSError,
  raiseTypeError,
  typeException,
  typeMemoryError,
  typeOSError,
  typeUnicodeError,
} from "../objects/objexcept.ts";
import { fun } from "../objects/objfun.ts";
import { PyList } from "../objects/objlist.ts";
import { mp } from "../objects/mpstate.ts";
import { unwatch, watch, type Watch } from "./gc.ts";
import {
  isPending,
  nativeOf,
  PyInstance,
  PyObj,
  run,
  STOP,
  typeOf,
  type Gen,
  type Obj,
  type PyType,
  type Step,
} from "../objects/obj.ts";

/** Requests that `ioctl` understands (py/stream.h). */
export const STREAM_FLUSH = 1;
export const STREAM_SEEK = 2;
export const STREAM_POLL = 3;
export const STREAM_CLOSE = 4;
export const STREAM_GET_FILENO = 10;
export const STREAM_GET_BUFFER_SIZE = 11;
export const POLL_RD = 1;
export const POLL_WR = 4;
export const POLL_ERR = 8;
export const POLL_HUP = 16;
export const POLL_NVAL = 32;

const EINVAL = 22;
const EAGAIN = 11;

/** The argument of STREAM_SEEK; `offset` is the new position afterwards. */
export interface Seek {
  offset: number;
  readonly whence: number;
}

/** What a stream type can do. Counts are bytes; a negative number is -errno. `self` is of the type's own class. */
export interface StreamProtocol {
  readonly isText: boolean;
  /** Fills the beginning of `into`; 0 is the end. */
  readonly read?: ((self: never, into: Uint8Array) => Step<number>) | undefined;
  readonly write?: ((self: never, bytes: Uint8Array) => Step<number>) | undefined;
  readonly ioctl?: ((self: never, request: number, arg: number | Seek) => Step<number>) | undefined;
}

export type StreamOperation = "read" | "write" | "ioctl";

/** An object with what moves its bytes. */
export interface Stream {
  readonly object: Obj;
  readonly protocol: StreamProtocol;
}

/** The stream that an object is. Raises OSError if it is none, or cannot do `operation`. */
export function getStream(o: Obj, operation: StreamOperation): Stream {
  const type = o instanceof PyInstance ? o.type.nativeBase : typeOf(o);
  const protocol = type?.stream ?? null;
  if (protocol === null || protocol[operation] === undefined) raiseMsg(typeOSError, "stream operation not supported");
  // An instance of a class that derives from IOBase is itself what its methods are called on.
  const isOwn = o instanceof PyInstance && o.subobj !== undefined && protocol !== instanceProtocol.value;
  return { object: isOwn ? nativeOf(o) : o, protocol };
}

/** The protocol of IOBase, set by modio.ts: the one that calls methods written in Python. */
export const instanceProtocol: { value: StreamProtocol | null } = { value: null };

const read = (s: Stream, into: Uint8Array): Step<number> => s.protocol.read!(s.object as never, into);
const write = (s: Stream, bytes: Uint8Array): Step<number> => s.protocol.write!(s.object as never, bytes);

/** Asks a stream for something; gives its answer, or -errno. Raises OSError if it takes no requests. */
export function streamIoctl(o: Obj, request: number, arg: number | Seek): Step<number> {
  const s = getStream(o, "ioctl");
  return s.protocol.ioctl!(s.object as never, request, arg);
}

/**
 * Reads or writes until all is done, the stream ends, or (once) something was done. `error` is an errno or 0; `done` counts what
 * went through before it. EAGAIN after some bytes is no error.
 */
export function* streamRw(
  s: Stream,
  bytes: Uint8Array,
  direction: "read" | "write",
  once = false,
): Gen<{ done: number; error: number }> {
  const move = direction === "read" ? read : write;
  let done = 0;
  while (done < bytes.length) {
    const step = move(s, done === 0 ? bytes : bytes.subarray(done));
    const n = isPending(step) ? yield* run(step) : step;
    if (n < 0) return { done, error: n === -EAGAIN && done > 0 ? 0 : -n };
    if (n === 0) break;
    done += n;
    if (once) break;
  }
  return { done, error: 0 };
}

/** Writes all of it, as print does. Raises OSError. */
export function* streamWrite(o: Obj, bytes: Uint8Array): Gen {
  const { done, error } = yield* streamRw(getStream(o, "write"), bytes, "write");
  if (error === EAGAIN) return null;
  return error !== 0 ? raiseOSError(error) : done;
}

/** Text to a stream, as print and print_exception send it. */
export function* streamPrint(o: Obj, text: string): Gen {
  return yield* streamWrite(o, encodeUtf8(text));
}

/** All that is left in a stream, as bytes; null if nothing is there yet (EAGAIN). */
export function* streamReadAll(s: Stream): Gen<Uint8Array | null> {
  const chunk = new Uint8Array(256);
  let all = new Uint8Array(256);
  let size = 0;
  for (;;) {
    const step = read(s, chunk);
    const n = isPending(step) ? yield* run(step) : step;
    if (n === -EAGAIN) {
      if (size === 0) return null;
      break;
    }
    if (n < 0) raiseOSError(-n);
    if (n === 0) break;
    if (size + n > all.length) {
      checkAllocation(2 * all.length);
      const longer = new Uint8Array(2 * all.length);
      longer.set(all);
      all = longer;
      yield { wait: "tick" };
    }
    all.set(chunk.subarray(0, n), size);
    size += n;
  }
  return all.subarray(0, size);
}

/** What was read, as the stream gives it. Raises UnicodeError where text is none. */
function wrap(s: Stream, bytes: Uint8Array): Obj {
  return s.protocol.isText ? textOf(bytes) : new PyBytes(bytes.slice());
}

function textOf(bytes: Uint8Array): string {
  if (mp.config.release !== "1.9.2" && !isUtf8(bytes)) raiseMsg(typeUnicodeError, "");
  return decodeUtf8(bytes);
}

function* readMethod(o: Obj, size: Obj, once: boolean): Gen {
  const n = size === undefined ? -1 : getInt(size);
  const s = getStream(o, "read");
  if (n === -1) {
    const all = yield* streamReadAll(s);
    return all === null ? null : wrap(s, all);
  }
  if (n < 0) {
    raiseMsg(typeMemoryError, `memory allocation failed, allocating ${BigInt.asUintN(64, BigInt(n) + 1n)} bytes`);
  }
  checkAllocation(n);
  if (s.protocol.isText) return yield* readText(s, n);
  const bytes = new Uint8Array(n);
  const { done, error } = yield* streamRw(s, bytes, "read", once);
  if (error === EAGAIN) return null;
  if (error !== 0) raiseOSError(error);
  return new PyBytes(bytes.subarray(0, done));
}

/** Bytes that a character takes whose first byte this is. */
function charLength(first: number): number {
  if (first < 0x80) return 1;
  if ((first & 0xe0) === 0xc0) return 2;
  if ((first & 0xf0) === 0xe0) return 3;
  return (first & 0xf8) === 0xf0 ? 4 : 5;
}

// `n` characters without reading a byte too many: as many bytes as characters are missing, again and again.
function* readText(s: Stream, n: number): Gen {
  let bytes = new Uint8Array(n);
  let size = 0;
  let counted = 0;
  for (let missing = n; missing > 0;) {
    if (size + missing > bytes.length) {
      const longer = new Uint8Array(size + missing);
      longer.set(bytes);
      bytes = longer;
    }
    const { done, error } = yield* streamRw(s, bytes.subarray(size, size + missing), "read");
    if (error === EAGAIN) {
      if (size === 0) return null;
      break;
    }
    if (error !== 0) raiseOSError(error);
    size += done;
    if (done < missing) {
      if (done === 0) break;
    }
    missing = 0;
    while (counted < size) {
      const length = charLength(bytes[counted]!);
      if (counted + length > size) {
        missing = counted + length - size + (n - 1);
        break;
      }
      counted += length;
      n--;
      missing = n;
    }
  }
  return textOf(bytes.subarray(0, size));
}

/** One line with its "\n", at most `most` bytes; null if nothing is there yet. */
function* readLine(s: Stream, most: number): Gen<Uint8Array | null> {
  const bytes: number[] = [];
  const one = new Uint8Array(1);
  while (bytes.length < most) {
    const step = read(s, one);
    const n = isPending(step) ? yield* run(step) : step;
    if (n === -EAGAIN) {
      if (bytes.length === 0) return null;
      break;
    }
    if (n < 0) raiseOSError(-n);
    if (n === 0) break;
    bytes.push(one[0]!);
    if (one[0] === 10) break;
    if (bytes.length % 4096 === 0) yield { wait: "tick" };
  }
  return Uint8Array.from(bytes);
}

function* readLineMethod(o: Obj, size?: Obj): Gen {
  const s = getStream(o, "read");
  const n = size === undefined ? -1 : typeof size === "number" ? size : -1;
  const line = yield* readLine(s, n < 0 ? Infinity : n);
  return line === null ? null : wrap(s, line);
}

function* readLinesMethod(o: Obj): Gen {
  const s = getStream(o, "read");
  const lines: Obj[] = [];
  for (;;) {
    const line = yield* readLine(s, Infinity);
    if (line === null || line.length === 0) return new PyList(lines);
    lines.push(wrap(s, line));
  }
}

function* readIntoOrWrite(o: Obj, args: readonly Obj[], direction: "read" | "write", once: boolean): Gen {
  const buffer =
    direction === "write" ? (args[0] === null ? undefined : bufferOf(nativeOf(args[0]!))) : writableBufferOf(args[0]!);
  if (buffer === undefined) raiseTypeError("object with buffer protocol required");
  let most = Infinity;
  let offset = 0;
  if (args.length === 2) most = getInt(args[1]!);
  else if (args.length === 3) {
    offset = Math.min(getInt(args[1]!) >>> 0, buffer.length);
    most = getInt(args[2]!);
  }
  // A length below zero is a huge unsigned one.
  const end = most < 0 ? buffer.length : Math.min(buffer.length, offset + most);
  const { done, error } = yield* streamRw(getStream(o, direction), buffer.subarray(offset, end), direction, once);
  if (error === EAGAIN) return null;
  return error !== 0 ? raiseOSError(error) : done;
}

function* seekMethod(o: Obj, offset: Obj, whence: Obj): Gen {
  const seek: Seek = { offset: getInt(offset), whence: getInt(whence) };
  if (seek.whence === 0 && seek.offset < 0) raiseOSError(EINVAL);
  const answer = yield* run(streamIoctl(o, STREAM_SEEK, seek));
  return answer < 0 ? raiseOSError(-answer) : seek.offset;
}

function* request(o: Obj, what: number, arg = 0): Gen<number> {
  const answer = yield* run(streamIoctl(o, what, arg));
  return answer < 0 ? raiseOSError(-answer) : answer;
}

const finalisers = new WeakMap<PyObj, Watch>();

/** Has a stream closed when nothing refers to it any more and somebody collects garbage. Gives the stream. */
export function closeWhenGone<T extends PyObj>(stream: T): T {
  return whenGone(stream, () => streamClose(stream));
}

/** Has `clear` called when nothing refers to an object any more; its errors are nobody's. */
export function whenGone<T extends PyObj>(o: T, clear: () => Gen): T {
  const entry: Watch = { target: o, holds: [], isFinaliser: true, self: null, gone: () => quietly(clear()) };
  finalisers.set(o, entry);
  watch(entry);
  return o;
}

function* quietly(clear: Gen): Gen {
  try {
    return yield* clear;
  } catch (caught) {
    if (!isExc(caught, typeException)) throw caught;
    return null;
  }
}

/** There is nothing left to do for an object: its file is closed, its folder listed. */
export function settled(o: PyObj): void {
  const entry = finalisers.get(o);
  if (entry !== undefined) unwatch(entry);
}

/** Closes a stream. Raises OSError. */
export function* streamClose(o: Obj): Gen {
  yield* request(o, STREAM_CLOSE);
  if (o instanceof PyObj) settled(o);
  return null;
}

const methods = {
  read: fun("read", (self: Obj, size: Obj) => readMethod(self, size, false), 1, 2),
  read1: fun("read1", (self: Obj, size: Obj) => readMethod(self, size, true), 1, 2),
  readinto: fun("readinto", (self: Obj, ...args: Obj[]) => readIntoOrWrite(self, args, "read", false), 2, 3),
  readinto1: fun("readinto1", (self: Obj, ...args: Obj[]) => readIntoOrWrite(self, args, "read", true), 2, 3),
  readline: fun("readline", readLineMethod, 1, 2),
  readlines: fun("readlines", readLinesMethod, 1),
  write: fun("write", (self: Obj, ...args: Obj[]) => readIntoOrWrite(self, args, "write", false), 2, 4),
  write1: fun("write1", (self: Obj, ...args: Obj[]) => readIntoOrWrite(self, args, "write", true), 2, 4),
  seek: fun("seek", (self: Obj, offset: Obj, whence: Obj = 0) => seekMethod(self, offset, whence), 2, 3),
  tell: fun("tell", (self: Obj) => seekMethod(self, 0, 1), 1),
  flush: fun(
    "flush",
    function* (self: Obj): Gen {
      yield* request(self, STREAM_FLUSH);
      return null;
    },
    1,
  ),
  ioctl: fun(
    "ioctl",
    (self: Obj, what: Obj, arg: Obj = 0) => request(self, getInt(what), writableBufferOf(arg) === undefined ? getInt(arg) : 0),
    2,
    3,
  ),
  close: fun("close", streamClose, 1),
  __del__: fun("__del__", streamClose, 1),
  __enter__: fun("__enter__", (self: Obj) => self, 1),
  __exit__: fun("__exit__", (self: Obj) => streamClose(self), 4),
};

export type StreamMethod = keyof typeof methods;

/** Gives a type its stream slot, these of the stream methods, and (unless told otherwise) its lines as iteration. */
export function defineStream(type: PyType, protocol: StreamProtocol, names: readonly StreamMethod[], isIterable = true): void {
  type.stream = protocol;
  for (const name of names) type.proto[`$${name}`] = methods[name];
  if (!isIterable) return;
  type.getIter = (self: Obj) => self;
  type.iternext = function* (self: Obj): Gen {
    const s = getStream(self, "read");
    const line = yield* readLine(s, Infinity);
    return line === null || line.length === 0 ? STOP : wrap(s, line);
  };
}

/** The methods that files have, in MicroPython's order. */
export const fileMethods: readonly StreamMethod[] = [
  "read",
  "readinto",
  "readline",
  "readlines",
  "write",
  "flush",
  "close",
  "seek",
  "tell",
  "__del__",
  "__enter__",
  "__exit__",
];

/** The errno of an OSError that was caught, or null. */
export function errnoOf(caught: unknown): number | null {
  if (!isExc(caught, typeOSError)) return null;
  const first = (nativeOf(caught) as { args?: readonly Obj[] }).args?.[0];
  return typeof first === "number" ? first : null;
}
