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

/** The line table: how many bytes and lines each entry goes on (py/bc.h mp_bytecode_decode_lineinfo). */
export function* lineIncrements(bytes: Uint8Array, from: number, to: number): Generator<readonly [bytes: number, lines: number]> {
  for (let at = from; at < to;) {
    const c = bytes[at]!;
    if ((c & 0x80) === 0) {
      yield [c & 0x1f, c >> 5];
      at++;
    } else {
      yield [c & 0xf, ((c << 4) & 0x700) | (bytes[at + 1] ?? 0)];
      at += 2;
    }
  }
}

/** The source line of the instruction at `index` (py/bc.h mp_bytecode_get_source_line). */
export function sourceLine(code: Code, index: number): number {
  let bc = code.instructions[index]?.offset ?? 0;
  let line = 1;
  for (const [b, l] of lineIncrements(code.bytes, code.lineInfo, code.lineInfoTop)) {
    if (bc < b) break;
    bc -= b;
    line += l;
  }
  return line;
}
