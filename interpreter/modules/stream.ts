// The stream protocol for natives that read, write or poll whatever stream a program gives them (py/stream.c, py/modio.c):
// built-in streams, and instances of classes that derive from io.IOBase. They are reached by their methods.
import { getInt } from "../native.ts";
import { encodeUtf8, PyBytearray, PyBytes } from "../objects/objbytes.ts";
import { raiseMsg, raiseOSError, typeOSError } from "../objects/objexcept.ts";
import { PyInstance, run, typeOf, type Gen, type Obj, type PyType } from "../objects/obj.ts";
import { call } from "../vm/call.ts";
import { loadAttrMaybe } from "../vm/attr.ts";

export const MP_STREAM_SEEK = 2;
export const MP_STREAM_POLL = 3;
export const MP_STREAM_CLOSE = 4;
export const MP_STREAM_GET_FILENO = 10;
export const MP_STREAM_POLL_RD = 1;
export const MP_STREAM_POLL_WR = 4;
export const MP_STREAM_POLL_ERR = 8;
export const MP_STREAM_POLL_HUP = 16;
export const MP_STREAM_POLL_NVAL = 32;

const EINVAL = 22;

/** What built-in stream types answer to a poll: the flags of those asked for that are ready. */
const pollers = new Map<PyType, (self: Obj, flags: number) => number>();
export function registerPoll(type: PyType, poll: (self: never, flags: number) => number): void {
  pollers.set(type, poll as (self: Obj, flags: number) => number);
}

const methodOf = { read: "readinto", write: "write", ioctl: "ioctl" } as const;

/** Raises OSError unless the object is a stream that can do this. */
export function checkStream(o: Obj, op: keyof typeof methodOf): void {
  if (o instanceof PyInstance) {
    const native = o.type.nativeBase;
    // IOBase itself has no methods: an instance may have any.
    if (native !== null && (native.name === "IOBase" || native.lookup(methodOf[op]) !== undefined)) return;
  } else if (typeof o === "object" && o !== null) {
    if (typeOf(o).lookup(methodOf[op]) !== undefined) return;
    if (op === "ioctl" && (pollers.has(typeOf(o)) || typeOf(o).lookup("readinto") !== undefined)) return;
  }
  raiseMsg(typeOSError, "stream operation not supported");
}

function* callStream(o: Obj, method: string, args: Obj[]): Gen {
  const bound = loadAttrMaybe(o, method);
  if (bound === undefined) raiseOSError(EINVAL);
  return yield* run(call(yield* run(bound), args, null));
}

/** Up to `n` bytes; none at the end; null when there are none yet. */
export function* streamRead(o: Obj, n: number): Gen<Uint8Array | null> {
  const buffer = new PyBytearray(new Uint8Array(n));
  const got = yield* callStream(o, "readinto", [buffer]);
  if (got === null) return null;
  const count = getInt(got);
  if (count < 0) raiseOSError(-count);
  return buffer.v.subarray(0, Math.min(count, buffer.v.length));
}

/** Writes bytes, or text as UTF-8, and gives how many bytes were taken, null for none yet. `errno`: what an error is turned into. */
export function* streamWrite(o: Obj, data: string | Uint8Array, errno?: number): Gen<number | null> {
  let arg: Obj;
  if (o instanceof PyInstance) arg = new PyBytearray(typeof data === "string" ? encodeUtf8(data) : data.slice());
  else arg = typeof data === "string" ? data : new PyBytes(data.slice());
  const result = yield* callStream(o, "write", [arg]);
  if (result === null) return null;
  const count = getInt(result);
  if (count < 0) raiseOSError(errno ?? -count);
  return count;
}

/** Closes a stream: a built-in one by its method, one in Python by its ioctl. */
export function* streamClose(o: Obj): Gen<void> {
  if (o instanceof PyInstance) yield* streamIoctl(o, MP_STREAM_CLOSE, 0);
  else yield* callStream(o, "close", []);
}

const MEMORY = new Set(["StringIO", "BytesIO"]);

/** The file descriptor of a stream that has one, else -1. */
export function* fileno(o: Obj): Gen<number> {
  if (!(o instanceof PyInstance)) return pollers.has(typeOf(o)) ? 0 : MEMORY.has(typeOf(o).name) ? -1 : 3;
  const result = yield* callStream(o, "ioctl", [MP_STREAM_GET_FILENO, 0]);
  return Math.max(-1, getInt(result));
}

/** A control request. Raises OSError when the stream answers with a negative errno. */
export function* streamIoctl(o: Obj, request: number, arg: number): Gen<number> {
  if (!(o instanceof PyInstance)) {
    const poll = pollers.get(typeOf(o));
    if (request === MP_STREAM_POLL && poll !== undefined) return poll(o, arg);
    // A file is always ready; memory cannot be asked.
    if (typeOf(o).lookup("ioctl") === undefined) {
      const isFile = !MEMORY.has(typeOf(o).name);
      return isFile && request === MP_STREAM_POLL ? arg & (MP_STREAM_POLL_RD | MP_STREAM_POLL_WR) : raiseOSError(EINVAL);
    }
  }
  const result = getInt(yield* callStream(o, "ioctl", [request, arg]));
  if (result < 0) raiseOSError(-result);
  return result;
}
