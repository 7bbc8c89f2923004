// What the compiler hands to the VM: one RawCode per function, one ModuleContext of constants per module (py/emitglue.h, py/bc.h).
import type { Obj } from "../objects/obj.ts";
import type { Code } from "../vm/code.ts";

/** Constants shared by all functions of one module. qstrs[0] is the source file's name. */
export interface ModuleContext {
  readonly qstrs: string[];
  readonly objs: Obj[];
}

/** One function's bytecode: prelude, names, line table, then opcodes (py/bc.h draws it). */
export interface RawCode {
  bytes: Uint8Array;
  children: RawCode[];
  /** Asked for as machine code: nothing of it can be looked at. */
  isNative: boolean;
  /** The same code decoded for the dispatch loop, made when it first runs. */
  code: Code | null;
}

export function newRawCode(): RawCode {
  return { bytes: new Uint8Array(0), children: [], isNative: false, code: null };
}
