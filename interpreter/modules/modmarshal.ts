// marshal: code objects as the bytes of a .mpy file, and back (extmod/modmarshal.c).
import { loadRawCode, saveRawCode } from "../bytecode/persistentcode.ts";
import { PyBytes } from "../objects/objbytes.ts";
import { PyCode } from "../objects/objcode.ts";
import { fun } from "../objects/objfun.ts";
import { raiseValueError } from "../objects/objexcept.ts";
import { mp } from "../objects/mpstate.ts";
import type { Obj } from "../objects/obj.ts";
import { readBuffer } from "./buffer.ts";
import { register } from "./registry.ts";

register("marshal", {
  isExtensible: false,
  when: (config) => config.romLevel === "everything",
  members: () => ({
    dumps: fun("dumps", (o: Obj) => {
      if (!(o instanceof PyCode)) raiseValueError("unmarshallable object");
      return new PyBytes(saveRawCode(o.compiled, mp.config.smallIntBits));
    }),
    loads: fun("loads", (data: Obj) => new PyCode(loadRawCode(readBuffer(data)))),
  }),
});
