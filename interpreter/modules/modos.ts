// os: the file system and what system this is (extmod/modos.c, extmod/vfs.c). Boards without folders give their own.
import { getInt } from "../native.ts";
import { checkAllocation } from "../objects/heap.ts";
import { PyBytes } from "../objects/objbytes.ts";
import { fun } from "../objects/objfun.ts";
import { PyList } from "../objects/objlist.ts";
import { PyTuple } from "../objects/objtuple.ts";
import { raiseTypeError, raiseValueError } from "../objects/objexcept.ts";
import { mp } from "../objects/mpstate.ts";
import { typeOf, type Obj } from "../objects/obj.ts";
import { FunIter } from "../vm/iter.ts";
import { STOP } from "../objects/obj.ts";
import { guard } from "./modio.ts";
import { register } from "./registry.ts";

const DIR = 0x4000;
const FILE = 0x8000;

function path(o: Obj): string {
  if (typeof o !== "string") raiseTypeError(`can't convert '${typeOf(o).name}' object to str implicitly`);
  return o;
}

register("os", {
  isExtensible: true,
  members: () => {
    const { vfs } = mp.host;
    return {
      sep: "/",
      uname: fun(
        "uname",
        () =>
          new PyTuple(
            [
              mp.config.platform,
              mp.config.platform,
              mp.config.version.replace(/^v/, ""),
              mp.config.banner.split("; ")[0]!.replace("MicroPython ", ""),
              mp.config.banner.split("; ")[1] ?? "",
            ],
            ["sysname", "nodename", "release", "version", "machine"],
          ),
        0,
      ),
      chdir: fun("chdir", (p: Obj) => guard(() => (vfs.chdir(path(p)), null))),
      getcwd: fun("getcwd", () => guard(() => vfs.getcwd()), 0),
      listdir: fun("listdir", (p: Obj = "") => new PyList(guard(() => vfs.list(path(p))).map((entry) => entry.name)), 0, 1),
      ilistdir: fun(
        "ilistdir",
        (p: Obj = "") => {
          const entries = guard(() => vfs.list(path(p)));
          let i = 0;
          return new FunIter(() => {
            const entry = entries[i++];
            return entry === undefined ? STOP : new PyTuple([entry.name, entry.kind === "dir" ? DIR : FILE, 0, entry.size]);
          });
        },
        0,
        1,
      ),
      mkdir: fun("mkdir", (p: Obj) => guard(() => (vfs.mkdir(path(p)), null))),
      rmdir: fun("rmdir", (p: Obj) => guard(() => (vfs.rmdir(path(p)), null))),
      remove: fun("remove", (p: Obj) => guard(() => (vfs.remove(path(p)), null))),
      unlink: fun("unlink", (p: Obj) => guard(() => (vfs.remove(path(p)), null))),
      rename: fun("rename", (from: Obj, to: Obj) => guard(() => (vfs.rename(path(from), path(to)), null))),
      stat: fun("stat", (p: Obj) => {
        const { kind, size } = guard(() => vfs.stat(path(p)));
        return new PyTuple([kind === "dir" ? DIR : FILE, 0, 0, 0, 0, 0, size, 0, 0, 0]);
      }),
      statvfs: fun(
        "statvfs",
        () => {
          const { total, free } = vfs.space();
          const block = 512;
          return new PyTuple([
            block,
            block,
            Math.floor(total / block),
            Math.floor(free / block),
            Math.floor(free / block),
            0,
            0,
            0,
            0,
            255,
          ]);
        },
        1,
      ),
      sync: fun("sync", () => null, 0),
      urandom: fun("urandom", (count: Obj) => {
        const n = getInt(count);
        if (n < 0) raiseValueError("");
        checkAllocation(n);
        return new PyBytes(Uint8Array.from({ length: n }, () => mp.host.random32() & 0xff));
      }),
      getenv: fun("getenv", () => null, 1, 2),
    };
  },
});
