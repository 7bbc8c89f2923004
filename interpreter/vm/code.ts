// A function as tier 0 runs it: its prelude, its register code (rc.ts) and what the loop looks up for it. Made from bytecode
// when the function first runs; the bytes stay what is stored and exchanged.
import * as bc0 from "../bytecode/bc0.ts";
import type { ModuleContext, RawCode } from "../bytecode/rawcode.ts";
import { decodePrelude, type Prelude } from "./prelude.ts";
import type { Handler } from "./ops/op.ts";
import { translate, type RegisterCode } from "./translate.ts";

export interface Code extends Prelude, RegisterCode {
  readonly names: readonly string[];
  readonly bytes: Uint8Array;
  readonly isGenerator: boolean;
  /** Takes exactly `nPos` positional arguments and nothing else, and has no cells to make: its frame needs no care. */
  readonly isPlain: boolean;
  /** What runs each instruction; null before the function first runs (handlers.ts). */
  handlers: readonly Handler[] | null;
}

/** Translates a function's bytecode, once. */
export function codeOf(raw: RawCode, context: ModuleContext): Code {
  return (raw.code ??= make(raw, context));
}

function make(raw: RawCode, context: ModuleContext): Code {
  const { bytes } = raw;
  const prelude = decodePrelude(bytes, context.qstrs);
  const isGenerator = (prelude.flags & bc0.SCOPE_FLAG_GENERATOR) !== 0;
  return {
    ...prelude,
    ...translate(bytes, prelude, context),
    names: context.qstrs,
    bytes,
    isGenerator,
    isPlain: !isGenerator && prelude.flags === 0 && prelude.nKwOnly === 0 && prelude.cells.length === 0,
    handlers: null,
  };
}

/** The source line of the instruction at `index` (py/bc.h mp_bytecode_get_source_line). */
export function sourceLine(code: Code, index: number): number {
  let bc = code.instructions[index]?.offset ?? 0;
  let line = 1;
  const { bytes } = code;
  for (let at = code.lineInfo; at < code.lineInfoTop;) {
    const c = bytes[at]!;
    let b: number;
    let l: number;
    if ((c & 0x80) === 0) {
      b = c & 0x1f;
      l = c >> 5;
      at++;
    } else {
      b = c & 0xf;
      l = ((c << 4) & 0x700) | bytes[at + 1]!;
      at += 2;
    }
    if (bc >= b) {
      bc -= b;
      line += l;
    } else break;
  }
  return line;
}
