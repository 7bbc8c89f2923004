// os: files, wherever they are mounted, and what system this is (extmod/modos.c). The micro:bits have an os of their own.
import { checkAllocation } from "../objects/heap.ts";
import { getInt, getStr } from "../native.ts";
import { PyBytes } from "../objects/objbytes.ts";
import { raiseMsg, raiseOSError, typeValueError } from "../objects/objexcept.ts";
import { fun } from "../objects/objfun.ts";
import { mp } from "../objects/mpstate.ts";
import type { Gen, Obj } from "../objects/obj.ts";
import { PyTuple } from "../objects/objtuple.ts";
import { register } from "./registry.ts";
import { fileSystems } from "./vfs/modvfs.ts";
import { mounted, mountFunctions, osFunctions } from "./vfs/vfs.ts";
import { IOCTL_SYNC } from "./vfs/vfs_blockdev.ts";
import { fatDevice } from "./vfs/vfs_fat.ts";

function uname(): Obj {
  const { platform, version, banner } = mp.config;
  const [build = "", machine = ""] = banner.split("; ");
  const items = [platform, platform, version.replace(/^v/, ""), build.replace("MicroPython ", ""), machine];
  return new PyTuple(items, ["sysname", "nodename", "release", "version", "machine"]);
}

function urandom(count: Obj): Obj {
  const n = getInt(count);
  if (n < 0) raiseMsg(typeValueError, "");
  checkAllocation(n);
  return new PyBytes(Uint8Array.from({ length: n }, () => mp.host.random32() & 0xff));
}

/** Everything that waits in a FAT volume's device. */
function* sync(): Gen {
  for (const { fs } of mounted()) {
    const device = fatDevice(fs);
    if (device !== null) yield* device.ioctl(IOCTL_SYNC);
  }
  return null;
}

/** What only a program on a POSIX system has. */
function posixFunctions(): Record<string, Obj> {
  const { process } = mp.host;
  if (process === undefined) return {};
  let errno = 0;
  return {
    getenv: fun("getenv", (name: Obj, otherwise: Obj = null) => process.getenv(getStr(name)) ?? otherwise, 1, 2),
    putenv: fun("putenv", (name: Obj, value: Obj) => (process.setenv(getStr(name), getStr(value)), null), 2),
    unsetenv: fun("unsetenv", (name: Obj) => (process.setenv(getStr(name), null), null), 1),
    system: fun(
      "system",
      (command: Obj) => {
        const status = process.system(getStr(command));
        return status < 0 ? raiseOSError(-status) : status;
      },
      1,
    ),
    errno: fun(
      "errno",
      (value?: Obj) => {
        if (value === undefined) return errno;
        errno = getInt(value);
        return null;
      },
      0,
      1,
    ),
  };
}

register("os", {
  isExtensible: true,
  members: () => ({
    ...posixFunctions(),
    ...(mp.host.process === undefined ? { sync: fun("sync", sync, 0) } : {}),
    uname: fun("uname", uname, 0),
    urandom: fun("urandom", urandom, 1),
    sep: "/",
    ...osFunctions,
    ...mountFunctions,
    ...fileSystems(),
  }),
});
