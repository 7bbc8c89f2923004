// The micro:bit's open() and its files: no append, no seek, not iterable, read in one go from the start. V1 calls a binary file
// BytesIO, V2 FileIO. Where the bytes are kept is the board's Vfs.
import {
  defineStream,
  fun,
  funVar,
  getStr,
  type ModuleDef,
  type Obj,
  PyType,
  raiseMsg,
  raiseOSError,
  raiseValueError,
  typeOSError,
} from "../../interpreter/native.ts";
import { VfsError, type VfsFile } from "../../interpreter/host.ts";
import type { Binding, Hardware } from "../peripheral.ts";
import { BoardObject } from "./shape.ts";

const ebadf = 9;

class MicrobitFile extends BoardObject {
  readonly name: string;
  readonly isWritable: boolean;
  /** Null: closed. */
  file: VfsFile | null;
  constructor(type: PyType, name: string, isWritable: boolean, file: VfsFile) {
    super(type);
    this.name = name;
    this.isWritable = isWritable;
    this.file = file;
  }
}

/** What the firmware adds to the built-in names. */
export const modmicrobitFile: Binding = (hw): ModuleDef => {
  const isV1 = hw.descriptor.id === "microbit-v1";
  const [text, binary] = [fileType("TextIO", true), fileType(isV1 ? "BytesIO" : "FileIO", false)];
  const open = funVar(
    "open",
    (args) => {
      const { isWriting, isBinary } = args.length > 1 ? modeOf(getStr(args[1])) : { isWriting: false, isBinary: false };
      const name = getStr(args[0]);
      return new MicrobitFile(isBinary ? binary : text, name, isWriting, openFile(hw, name, isWriting));
    },
    1,
    2,
  );
  return { name: "builtins", globals: { open } };
};

function openFile(hw: Hardware, name: string, isWriting: boolean): VfsFile {
  try {
    return hw.files.open(name, isWriting ? "w" : "r");
  } catch (error) {
    if (!(error instanceof VfsError)) throw error;
    return error.text === null ? raiseOSError(error.errno) : raiseMsg(typeOSError, error.text);
  }
}

function modeOf(mode: string): { isWriting: boolean; isBinary: boolean } {
  const [access, kind] = [mode.match(/[rw]/g) ?? [], mode.match(/[bt]/g) ?? []];
  if (!/^[rwbt]*$/.test(mode) || access.length > 1 || kind.length > 1) raiseValueError("illegal mode");
  return { isWriting: access[0] === "w", isBinary: kind[0] === "b" };
}

function opened(self: MicrobitFile): VfsFile {
  return self.file ?? raiseValueError("I/O operation on closed file");
}

function close(self: MicrobitFile): null {
  self.file?.close();
  self.file = null;
  return null;
}

function fileType(name: string, isText: boolean): PyType {
  const type = new PyType(name);
  type.print = () => `<${name}>`;
  const methods = [
    fun("close", close),
    fun("name", (self: MicrobitFile) => self.name),
    fun("__enter__", (self: MicrobitFile): Obj => self),
    funVar("__exit__", (args) => close(args[0] as MicrobitFile), 4, 4),
    fun("writable", (self: MicrobitFile) => self.isWritable),
  ];
  for (const method of methods) type.proto[`$${method.name}`] = method;
  defineStream(
    type,
    {
      isText,
      read(self: MicrobitFile, into) {
        const file = opened(self);
        if (self.isWritable) return -ebadf;
        const bytes = file.read(into.length);
        into.set(bytes);
        return bytes.length;
      },
      write(self: MicrobitFile, bytes) {
        const file = opened(self);
        if (!self.isWritable) return -ebadf;
        try {
          return file.write(bytes.slice());
        } catch (error) {
          if (!(error instanceof VfsError)) throw error;
          return -error.errno;
        }
      },
    },
    ["read", "readinto", "readline", "write"],
    false,
  );
  return type;
}
