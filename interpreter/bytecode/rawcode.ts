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
  /** Machine code with types: it takes just its arguments, no defaults, no keywords. */
  isViper: boolean;
  /** The line that makes the function; 0: it is a module, or not known. */
  line: number;
  /** The same code decoded for the dispatch loop, made when it first runs; and its traced variant. */
  code: Code | null;
  traced: Code | null;
}

export function newRawCode(): RawCode {
  return { bytes: new Uint8Array(0), children: [], isNative: false, isViper: false, line: 0, code: null, traced: null };
}
