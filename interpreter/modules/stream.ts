// What natives that read, write or poll whatever stream a program gives them need of it (py/stream.c): vm/stream.ts with its
// errors raised.
import { encodeUtf8 } from "../objects/objbytes.ts";
import { raiseOSError } from "../objects/objexcept.ts";
import { run, type Gen, type Obj } from "../objects/obj.ts";
import { getStream, STREAM_GET_FILENO, streamIoctl as request, type StreamOperation } from "../vm/stream.ts";

export { streamClose } from "../vm/stream.ts";
export {
  POLL_ERR as MP_STREAM_POLL_ERR,
  POLL_HUP as MP_STREAM_POLL_HUP,
  POLL_NVAL as MP_STREAM_POLL_NVAL,
  POLL_RD as MP_STREAM_POLL_RD,
  POLL_WR as MP_STREAM_POLL_WR,
  STREAM_POLL as MP_STREAM_POLL,
} from "../vm/stream.ts";

const EAGAIN = 11;

/** Raises OSError unless the object is a stream that can do this. */
export function checkStream(o: Obj, op: StreamOperation): void {
  getStream(o, op);
}

/** Up to `n` bytes; none at the end; null when there are none yet. */
export function* streamRead(o: Obj, n: number): Gen<Uint8Array | null> {
  const { object, protocol } = getStream(o, "read");
  const into = new Uint8Array(n);
  const count = yield* run(protocol.read!(object as never, into));
  if (count === -EAGAIN) return null;
  return count < 0 ? raiseOSError(-count) : into.subarray(0, count);
}

/** Writes bytes, or text as UTF-8, and gives how many bytes were taken, null for none yet. `errno`: what an error is turned into. */
export function* streamWrite(o: Obj, data: string | Uint8Array, errno?: number): Gen<number | null> {
  const { object, protocol } = getStream(o, "write");
  const count = yield* run(protocol.write!(object as never, typeof data === "string" ? encodeUtf8(data) : data));
  if (count === -EAGAIN) return null;
  return count < 0 ? raiseOSError(errno ?? -count) : count;
}

/** The file descriptor of a stream that has one, else -1. */
export function* fileno(o: Obj): Gen<number> {
  return Math.max(-1, yield* run(request(o, STREAM_GET_FILENO, 0)));
}

/** A control request. Raises OSError when the stream answers with a negative errno. */
export function* streamIoctl(o: Obj, what: number, arg: number): Gen<number> {
  const answer = yield* run(request(o, what, arg));
  return answer < 0 ? raiseOSError(-answer) : answer;
}
