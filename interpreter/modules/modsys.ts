// sys, gc, micropython, errno: what a program asks of the machine it runs on (py/modsys.c, py/modgc.c, py/modmicropython.c).
import { errnoNames, PyExc, raiseMsg, typeRuntimeError, typeSystemExit, raiseTypeError } from "../objects/objexcept.ts";
import { fun } from "../objects/objfun.ts";
import { PyDict } from "../objects/objdict.ts";
import { PyList } from "../objects/objlist.ts";
import { PyTuple } from "../objects/objtuple.ts";
import { asInt } from "../objects/number.ts";
import { mp } from "../objects/mpstate.ts";
import { typeOf, type Gen, type Obj } from "../objects/obj.ts";
import { tracebackText } from "../vm/print.ts";
import { streamPrint } from "../vm/stream.ts";
import { typeRingIO } from "./objringio.ts";
import { newStdio } from "./sys_stdio_mphal.ts";
import { register } from "./registry.ts";

/** What sys.atexit was given last, for the command to call at its end. */
export function exitFunction(): Obj {
  return (mp.roots.get("sys.atexit") ?? null) as Obj;
}

function setExitFunction(f: Obj): Obj {
  const old = exitFunction();
  mp.roots.set("sys.atexit", f);
  return old;
}

function* printException(exc: Obj, file?: Obj): Gen {
  const text = yield* tracebackText(exc);
  if (file === undefined || file === null) mp.print(text);
  else yield* streamPrint(file, text);
  return null;
}

register("sys", {
  isExtensible: false,
  members: () => {
    const { config } = mp;
    const version = new PyTuple([...config.implementationVersion]);
    const implementation =
      config.release === "1.28"
        ? new PyTuple(
            [
              "micropython",
              new PyTuple([...config.implementationVersion, ""]),
              config.banner.split("; ")[1] ?? config.platform,
              0x306,
            ],
            ["name", "version", "_machine", "_mpy"],
          )
        : new PyTuple(["micropython", version], ["name", "version"]);
    return {
      version: config.sysVersion,
      version_info: new PyTuple([3, 4, 0]),
      implementation,
      platform: config.platform,
      byteorder: "little",
      maxsize: config.smallIntBits > 31 ? 9223372036854775807n : 2147483647,
      path: new PyList([...config.path]),
      argv: new PyList([]),
      modules: mp.loadedModules,
      stdin: newStdio(0),
      stdout: newStdio(1),
      stderr: newStdio(2),
      exit: fun(
        "exit",
        (code?: Obj) => {
          throw new PyExc(typeSystemExit, code === undefined ? [] : [code]);
        },
        0,
        1,
      ),
      ...(mp.config.platform === "linux" ? { atexit: fun("atexit", setExitFunction, 1) } : {}),
      print_exception: fun("print_exception", printException, 1, 2),
      getsizeof: fun("getsizeof", (o: Obj) =>
        o instanceof PyList ? 16 + 4 * o.items.length : o instanceof PyDict ? 16 + 8 * o.size : 16,
      ),
      intern: fun("intern", (o: Obj) =>
        typeof o === "string" ? o : raiseTypeError(`can't convert '${typeOf(o).name}' object to str implicitly`),
      ),
    };
  },
});

register("gc", {
  isExtensible: false,
  members: () => ({
    collect: fun("collect", () => 0, 0),
    enable: fun("enable", () => null, 0),
    disable: fun("disable", () => null, 0),
    isenabled: fun("isenabled", () => true, 0),
    mem_free: fun("mem_free", () => heapTotal() - heapUsed(), 0),
    mem_alloc: fun("mem_alloc", () => heapUsed(), 0),
    threshold: fun("threshold", () => -1, 0, 1),
  }),
});

function heapTotal(): number {
  return Number.isFinite(mp.config.heapSize) ? mp.config.heapSize : 1 << 21;
}

// What a fresh interpreter with a small program holds, and what its globals add, in 16-byte blocks.
function heapUsed(): number {
  return Math.min(heapTotal(), 1024 + mp.mainGlobals.size * 16);
}

register("micropython", {
  isExtensible: false,
  members: () => ({
    const: fun("const", (o: Obj) => o),
    opt_level: fun(
      "opt_level",
      (level?: Obj) => {
        if (level === undefined) return mp.optLevel;
        mp.optLevel = Number(asInt(level) ?? 0);
        return null;
      },
      0,
      1,
    ),
    mem_info: fun(
      "mem_info",
      () => {
        const total = heapTotal();
        const used = heapUsed();
        mp.print(
          `stack: ${mp.stackUse()} out of ${mp.config.stackLimit}\nGC: total: ${total}, used: ${used}, free: ${total - used}\n`,
        );
        return null;
      },
      0,
      1,
    ),
    stack_use: fun("stack_use", () => mp.stackUse(), 0),
    heap_lock: fun("heap_lock", () => null, 0),
    heap_unlock: fun("heap_unlock", () => 0, 0),
    kbd_intr: fun("kbd_intr", (c: Obj) => {
      mp.kbdIntr = Number(asInt(c) ?? -1);
      return null;
    }),
    schedule: fun("schedule", (f: Obj, arg: Obj) => {
      if (!mp.schedule(f, arg)) raiseMsg(typeRuntimeError, "schedule queue full");
      return null;
    }),
    ...(mp.config.release === "1.28" ? { RingIO: typeRingIO } : {}),
    alloc_emergency_exception_buf: fun("alloc_emergency_exception_buf", () => null, 1),
    native: fun("native", (f: Obj) => f),
    viper: fun("viper", (f: Obj) => f),
  }),
});

register("errno", {
  isExtensible: true,
  members: () => {
    const codes = new PyDict();
    const names: Record<string, Obj> = {};
    for (const [code, name] of errnoNames) {
      names[name] = code;
      codes.set(code, code, name);
    }
    return { ...names, errorcode: codes };
  },
});
