// sys and errno: what a program asks of the machine it runs on (py/modsys.c, py/moderrno.c).
import { errnoNames, PyExc, typeSystemExit, raiseTypeError } from "../objects/objexcept.ts";
import { fun } from "../objects/objfun.ts";
import { PyDict } from "../objects/objdict.ts";
import { PyList } from "../objects/objlist.ts";
import { PyTuple } from "../objects/objtuple.ts";
import { mp } from "../objects/mpstate.ts";
import { typeOf, type Gen, type Obj } from "../objects/obj.ts";
import { CodeState, type Frame } from "../vm/codestate.ts";
import { current } from "../vm/current.ts";
import { tracebackText } from "../vm/print.ts";
import { settrace } from "../vm/profile.ts";
import { streamPrint } from "../vm/stream.ts";
import { newStdio } from "./sys_stdio_mphal.ts";
import { register } from "./registry.ts";

/** What sys.atexit was given last, for the command to call at its end. */
export function exitFunction(): Obj {
  return (mp.rootPointers.get("sys.atexit") ?? null) as Obj;
}

function setExitFunction(f: Obj): Obj {
  const old = exitFunction();
  mp.rootPointers.set("sys.atexit", f);
  return old;
}

function* printException(exc: Obj, file?: Obj): Gen {
  const text = yield* tracebackText(exc);
  if (file === undefined || file === null) mp.print(text);
  else yield* streamPrint(file, text);
  return null;
}

/** The exception that the innermost handler of a chain of frames deals with. */
function handledException(from: Frame | null): Obj | undefined {
  for (let frame = from; frame !== null; frame = frame.prev) {
    if (!(frame instanceof CodeState)) continue;
    for (let { block } = frame; block !== null; block = block.outer) if (block.exc !== undefined) return block.exc;
  }
  return undefined;
}

/**
 * The exception that is being handled: its class, itself and no traceback; three times None outside of handlers. There is one for
 * all threads (MP_STATE_VM(cur_exception)).
 */
function excInfo(): Obj {
  let exc = handledException(current.frame);
  for (const thread of mp.threads) if (thread !== mp.thread) exc ??= handledException(thread.frame);
  return new PyTuple(exc === undefined ? [null, null, null] : [typeOf(exc), exc, null]);
}

register("sys", {
  isExtensible: false,
  members: (module) => {
    const { config } = mp;
    const hasPrompts = config.release === "1.28";
    if (hasPrompts) module.settable = ["path", "ps1", "ps2"];
    const limits = config.romLevel === "everything";
    if (limits) {
      module.settable = [...module.settable, "tracebacklimit"];
      module.onSet = (name, value) => {
        if (name === "tracebacklimit") mp.tracebackLimit = typeof value === "number" ? value : 0;
      };
    }
    const version = new PyTuple([...config.implementationVersion]);
    const implementation =
      config.release === "1.28"
        ? new PyTuple(
            [
              "micropython",
              new PyTuple([...config.implementationVersion, ""]),
              config.banner.split("; ")[1] ?? config.platform,
              config.mpy ?? 0x306,
              ...(config.build === undefined ? [] : [config.build]),
              ...(config.thread === true ? ["GIL"] : []),
            ],
            [
              "name",
              "version",
              "_machine",
              "_mpy",
              ...(config.build === undefined ? [] : ["_build"]),
              ...(config.thread === true ? ["_thread"] : []),
            ],
          )
        : new PyTuple(["micropython", version], ["name", "version"]);
    return {
      version: config.sysVersion,
      ...(hasPrompts ? { ps1: ">>> ", ps2: "... " } : {}),
      ...(limits ? { tracebacklimit: 1000 } : {}),
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
      ...(mp.config.romLevel === "everything" ? { exc_info: fun("exc_info", excInfo, 0) } : {}),
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
      ...(config.settrace === true ? { settrace: fun("settrace", settrace) } : {}),
      intern: fun("intern", (o: Obj) =>
        typeof o === "string" ? o : raiseTypeError(`can't convert '${typeOf(o).name}' object to str implicitly`),
      ),
    };
  },
});

register("errno", {
  isExtensible: true,
  members: () => {
    const codes = new PyDict();
    const names: Record<string, Obj> = {};
    for (const [code, name] of errnoNames()) {
      names[name] = code;
      codes.set(code, code, name);
    }
    codes.isReadonly = true;
    return { ...names, errorcode: codes };
  },
});
