// platform: what this interpreter runs on (extmod/modplatform.c).
import { fun, funVar } from "../objects/objfun.ts";
import { PyTuple } from "../objects/objtuple.ts";
import { mp } from "../objects/mpstate.ts";
import { register } from "./registry.ts";

// DIFFERS: C firmware names the C compiler and library that built it. Boards say what theirs say; the command line itself.
function names(): { system: string; arch: string; compiler: string; libc: readonly [string, string] } {
  return mp.config.platform === "linux"
    ? { system: "Linux", arch: "x86_64", compiler: "Blinkyard", libc: ["", ""] }
    : { system: "MicroPython", arch: "arm", compiler: "GCC 14.2.1", libc: ["newlib", "4.4.0"] };
}

register("platform", {
  isExtensible: true,
  members: () => {
    const { system, arch, compiler, libc } = names();
    return {
      platform: funVar("platform", () => `${system}-${mp.config.version.replace(/^v/, "")}-${arch}--with-${libc.join("")}`),
      python_compiler: fun("python_compiler", () => compiler, 0),
      libc_ver: funVar("libc_ver", () => new PyTuple(libc)),
    };
  },
});
