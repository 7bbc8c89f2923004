// sys and errno: what a program asks of the machine it runs on (py/modsys.c, py/moderrno.c).
import { errnoNames, PyExc, typeSystemExit, raiseTypeError } from "../objects/objexcept.ts";
import { bufferOf, PyBytes } from "../objects/objbytes.ts";
import { fun } from "../objects/objfun.ts";
import { PyDict } from "../objects/objdict.ts";
import { PyList } from "../objects/objlist.ts";
import { PyTuple } from "../objects/objtuple.ts";
import { asInt } from "../objects/number.ts";
import { mp } from "../objects/mpstate.ts";
import { PyObj, PyType, run, type Gen, type Obj } from "../objects/obj.ts";
import { call } from "../vm/call.ts";
import { loadAttr } from "../vm/attr.ts";
import { tracebackText } from "../vm/print.ts";
import { readByte } from "../repl/readline.ts";
import { encodeUtf8 } from "../objects/objbytes.ts";
import { register } from "./registry.ts";
import { MP_STREAM_POLL_RD, MP_STREAM_POLL_WR, registerPoll } from "./stream.ts";

/** sys.stdin and sys.stdout: the console, as text and, by `.buffer`, as bytes. */
class PyStdio extends PyObj {
  declare type: PyType;
  readonly isBinary: boolean;
  constructor(isBinary: boolean) {
    super();
    this.isBinary = isBinary;
  }
}
const typeStdio = new PyType("FileIO");
PyStdio.prototype.type = typeStdio;
typeStdio.print = () => "<io.FileIO>";
typeStdio.attr = (self: PyStdio, name) => (name === "buffer" && !self.isBinary ? new PyStdio(true) : undefined);
typeStdio.proto.$write = fun("write", (self: PyStdio, data: Obj) => {
  const bytes = typeof data === "string" ? encodeUtf8(data) : bufferOf(data);
  if (bytes === undefined) raiseTypeError("object with buffer protocol required");
  if (self.isBinary) mp.host.stdio.write(bytes.slice());
  else mp.printBytes(bytes);
  return bytes.length;
});
typeStdio.proto.$read = fun(
  "read",
  function* (self: PyStdio, size: Obj = 1): Gen {
    const n = Number(asInt(size) ?? 1);
    const bytes: number[] = [];
    while (bytes.length < n) bytes.push(yield* readByte());
    return self.isBinary ? new PyBytes(Uint8Array.from(bytes)) : String.fromCharCode(...bytes);
  },
  1,
  2,
);
typeStdio.proto.$readline = fun(
  "readline",
  function* (self: PyStdio): Gen {
    let text = "";
    for (;;) {
      const c = yield* readByte();
      text += String.fromCharCode(c === 13 ? 10 : c);
      if (c === 10 || c === 13) return self.isBinary ? new PyBytes(encodeUtf8(text)) : text;
    }
  },
  1,
  2,
);
registerPoll(typeStdio, (self: PyStdio, flags) =>
  mp.stdin.length > 0 ? flags & (MP_STREAM_POLL_RD | MP_STREAM_POLL_WR) : flags & MP_STREAM_POLL_WR,
);
typeStdio.proto.$flush = fun("flush", () => null, 1);

function* printException(exc: Obj, file?: Obj): Gen {
  const text = yield* tracebackText(exc);
  if (file === undefined || file === null) mp.print(text);
  else yield* run(call(yield* run(loadAttr(file, "write")), [text], null));
  return null;
}

register("sys", {
  isExtensible: false,
  members: (module) => {
    const { config } = mp;
    const hasPrompts = config.release === "1.28";
    if (hasPrompts) module.settable = ["ps1", "ps2"];
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
      ...(hasPrompts ? { ps1: ">>> ", ps2: "... " } : {}),
      version_info: new PyTuple([3, 4, 0]),
      implementation,
      platform: config.platform,
      byteorder: "little",
      maxsize: config.smallIntBits > 31 ? 9223372036854775807n : 2147483647,
      path: new PyList([...config.path]),
      argv: new PyList([]),
      modules: mp.loadedModules,
      stdin: new PyStdio(false),
      stdout: new PyStdio(false),
      stderr: new PyStdio(false),
      exit: fun(
        "exit",
        (code?: Obj) => {
          throw new PyExc(typeSystemExit, code === undefined ? [] : [code]);
        },
        0,
        1,
      ),
      print_exception: fun("print_exception", printException, 1, 2),
      getsizeof: fun("getsizeof", (o: Obj) =>
        o instanceof PyList ? 16 + 4 * o.items.length : o instanceof PyDict ? 16 + 8 * o.size : 16,
      ),
      intern: fun("intern", (o: Obj) => o),
    };
  },
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
