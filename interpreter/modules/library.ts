// All built-in modules and the methods of the built-in types: importing this file makes them known.
import "../objects/dictmethods.ts";
import "../objects/listmethods.ts";
import "../objects/numbermethods.ts";
import "../objects/strmethods.ts";
import "../objects/typemethods.ts";
import "./modarray.ts";
import "./modcollections.ts";
import "./modio.ts";
import "./modjson.ts";
import "./modmath.ts";
import "./modos.ts";
import "./modstruct.ts";
import "./modsys.ts";
import "./modtime.ts";
import "./vfs/modvfs.ts";
import { mp } from "../objects/mpstate.ts";
import { register } from "./registry.ts";

register("builtins", {
  isExtensible: false,
  members: () => Object.fromEntries([...mp.builtins.map.values()].map((entry) => [String(entry.key), entry.value!])),
});
