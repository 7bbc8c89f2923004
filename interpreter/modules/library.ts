// All built-in modules and the methods of the built-in types: importing this file makes them known.
import "../frozen/asyncio.ts";
import "../objects/dictmethods.ts";
import "../objects/setmethods.ts";
import "../objects/listmethods.ts";
import "../objects/objrange.ts";
import "../objects/numbermethods.ts";
import "../objects/strmethods.ts";
import "../objects/typemethods.ts";
import "./modarray.ts";
import "./modasyncio.ts";
import "./modbinascii.ts";
import "./modcmath.ts";
import "./modcollections.ts";
import "./modcryptolib.ts";
import "./moddeflate.ts";
import "./modframebuf.ts";
import "./modhashlib.ts";
import "./modheapq.ts";
import "./modio.ts";
import "./modgc.ts";
import "./modjson.ts";
import "./modmachine.ts";
import "./modmarshal.ts";
import "./modmath.ts";
import "./modmicropython.ts";
import "./modos.ts";
import "./modstring.ts";
import "./modplatform.ts";
import "./modrandom.ts";
import "./modre.ts";
import "./modselect.ts";
import "./modstruct.ts";
import "./modsys.ts";
import "./modthread.ts";
import "./modtime.ts";
import "./vfs/modvfs.ts";
import "./modweakref.ts";
import "./moductypes.ts";
import { mp } from "../objects/mpstate.ts";
import { register } from "./registry.ts";

register("builtins", {
  isExtensible: false,
  members: (module) => {
    if (mp.config.romLevel !== "core") module.overrides = { dict: mp.builtins, originals: new Map() };
    return Object.fromEntries([...mp.builtins.map.values()].map((entry) => [String(entry.key), entry.value!]));
  },
});
