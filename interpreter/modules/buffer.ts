// Arguments of natives that are bytes in memory: to read, to write, or the data of a str or bytes (py/obj.c mp_get_buffer_raise,
// py/objstr.c mp_obj_str_get_data).
import { bufferOf, encodeUtf8, PyBytes } from "../objects/objbytes.ts";
import { raiseTypeError } from "../objects/objexcept.ts";
import { nativeOf, typeOf, type Obj } from "../objects/obj.ts";
import { isReadOnly } from "./modarray.ts";

/** The memory behind any object with a buffer, a str's UTF-8 included. Not to be written to. Raises TypeError. */
export function readBuffer(o: Obj): Uint8Array {
  const bytes = o === null ? undefined : bufferOf(nativeOf(o));
  if (bytes === undefined) raiseTypeError("object with buffer protocol required");
  return bytes;
}

/** The memory behind an object that may be written to: bytes, str and views of them raise TypeError. */
export function writeBuffer(o: Obj): Uint8Array {
  const native = nativeOf(o);
  if (typeof native === "string" || isReadOnly(native)) raiseTypeError("object with buffer protocol required");
  return readBuffer(native);
}

/** The bytes of a str or bytes object. Raises TypeError for anything else, bytearray included. */
export function strData(o: Obj): Uint8Array {
  const native = nativeOf(o);
  if (typeof native === "string") return encodeUtf8(native);
  if (native instanceof PyBytes) return native.v;
  raiseTypeError(`can't convert '${typeOf(o).name}' object to str implicitly`);
}
