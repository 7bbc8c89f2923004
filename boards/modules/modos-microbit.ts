// The micro:bit's os module: a flat list of files, and what the board is.
import { fun, getStr, type ModuleDef, type Obj, PyList, raiseMsg, raiseOSError, typeOSError } from "../../interpreter/native.ts";
import type { Binding } from "../peripheral.ts";
import { namedTuple, tuple } from "./shape.ts";

const enoent = 2;
const regularFile = 0x8000;

export const modosMicrobit: Binding = (hw): ModuleDef => {
  const isV1 = hw.descriptor.id === "microbit-v1";
  const { files } = hw;
  const sizeOf = (o: Obj): number => {
    const size = files.size(getStr(o));
    if (size === null) return isV1 ? raiseMsg(typeOSError, "file not found") : raiseOSError(enoent);
    return size;
  };
  const uname = isV1
    ? {
        release: "1.1.1",
        version: "micro:bit v1.1.1 on 2018-10-30; MicroPython v1.9.2-34-gd64154c73 on 2017-09-01",
        machine: "micro:bit with nRF51822",
      }
    : {
        release: "2.1.2",
        version: "micro:bit v2.1.2+0697c6d on 2023-10-30; MicroPython v1.18 on 2023-10-30",
        machine: "micro:bit with nRF52833",
      };
  const both: Record<string, Obj> = {
    uname: fun("uname", () => namedTuple({ sysname: "microbit", nodename: "microbit", ...uname })),
    listdir: fun("listdir", () => new PyList([...files.names()])),
    remove: fun("remove", (name: Obj) => {
      sizeOf(name);
      files.remove(getStr(name));
      return null;
    }),
    size: fun("size", (name: Obj) => sizeOf(name)),
  };
  const onlyV2: Record<string, Obj> = {
    ilistdir: fun("ilistdir", () => new PyList(files.names().map((name) => tuple([name, regularFile, 0])))),
    stat: fun("stat", (name: Obj) => tuple([regularFile, 0, 0, 0, 0, 0, sizeOf(name), 0, 0, 0])),
  };
  return { name: "os", globals: isV1 ? both : { ...both, ...onlyV2 } };
};
