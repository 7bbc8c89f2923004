// Buffer arguments of the boards' own modules: bytes to send, and places to read into.
import { bufferOf, encodeUtf8, type Obj, raiseTypeError, writableBufferOf } from "../../interpreter/native.ts";

/** The bytes of a str or of anything with the buffer protocol. Raises TypeError. */
export function bytesOf(o: Obj): Uint8Array {
  const bytes = typeof o === "string" ? encodeUtf8(o) : bufferOf(o);
  if (!bytes) raiseTypeError("object with buffer protocol required");
  return bytes;
}

/** A bytearray or the like, to be filled. Raises TypeError. */
export function writableOf(o: Obj): Uint8Array {
  const bytes = writableBufferOf(o);
  if (!bytes) raiseTypeError("object with buffer protocol required");
  return bytes;
}
