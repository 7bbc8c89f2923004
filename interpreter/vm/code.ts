// A function as tier 0 runs it: its prelude, its register code (rc.ts) and what the loop looks up for it. Made from bytecode
// when the function first runs; the bytes stay what is stored and exchanged.
import * as bc0 from "../bytecode/bc0.ts";
import type { ModuleContext, RawCode } from "../bytecode/rawcode.ts";
import { decodePrelude, lineOf, type Prelude } from "./prelude.ts";
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
  return (raw.code ??= make(raw, context, false));
}

/** The same function as it runs under sys.settrace: with a look at the trace function before each bytecode (profile.ts). */
export function tracedCodeOf(raw: RawCode, context: ModuleContext): Code {
  return (raw.traced ??= make(raw, context, true));
}

function make(raw: RawCode, context: ModuleContext, isTraced: boolean): Code {
  const { bytes } = raw;
  const prelude = decodePrelude(bytes, context.qstrs);
  const isGenerator = (prelude.flags & bc0.SCOPE_FLAG_GENERATOR) !== 0;
  return {
    ...prelude,
    ...translate(bytes, prelude, context, isTraced),
    names: context.qstrs,
    bytes,
    isGenerator,
    isPlain: !isGenerator && prelude.flags === 0 && prelude.nKwOnly === 0 && prelude.cells.length === 0,
    handlers: null,
  };
}

/** The source line of the instruction at `index`. */
export function sourceLine(code: Code, index: number): number {
  return lineOf(code.bytes, code, code.instructions[index]?.offset ?? 0);
}
