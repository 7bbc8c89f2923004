// A function as tier 0 runs it: its prelude, its register code (rc.ts) and what the loop looks up for it. Made from bytecode
// when the function first runs; the bytes stay what is stored and exchanged.
import * as bc0 from "../bytecode/bc0.ts";
import type { ModuleContext, RawCode } from "../bytecode/rawcode.ts";
import type { Obj } from "../objects/obj.ts";
import { decodePrelude, lineOf, type Prelude } from "./prelude.ts";
import type { Handler } from "./ops/op.ts";
import type { RegisterInstruction } from "./registers.ts";
import { translate, type RegisterCode } from "./translate.ts";

/** A class, so that all codes look alike to V8: whatever the loop reads of them it reads at a fixed place. */
export class Code implements Prelude, RegisterCode {
  /** What runs each instruction; null before the function first runs (handlers.ts). */
  handlers: readonly Handler[] | null = null;
  /** Takes exactly `nPos` positional arguments and nothing else, and has no cells to make: its frame needs no care. */
  readonly isPlain: boolean;
  readonly nPos: number;
  readonly isGenerator: boolean;
  readonly isTraced: boolean;
  readonly template: readonly (Obj | undefined)[];
  readonly destinations: Int32Array;
  readonly instructions: readonly RegisterInstruction[];
  readonly labels: Int32Array;
  readonly consts: readonly Obj[];
  readonly names: readonly string[];
  readonly bytes: Uint8Array;
  readonly nState: number;
  readonly nExcStack: number;
  readonly flags: number;
  readonly nKwOnly: number;
  readonly nDefPos: number;
  readonly name: string;
  readonly argNames: readonly string[];
  readonly cells: readonly number[];
  readonly lineInfo: number;
  readonly lineInfoTop: number;
  readonly opcodes: number;

  constructor(bytes: Uint8Array, names: readonly string[], prelude: Prelude, registers: RegisterCode) {
    this.isGenerator = (prelude.flags & bc0.SCOPE_FLAG_GENERATOR) !== 0;
    this.isPlain = prelude.flags === 0 && prelude.nKwOnly === 0 && prelude.cells.length === 0;
    this.nPos = prelude.nPos;
    this.isTraced = registers.isTraced;
    this.template = registers.template;
    this.destinations = registers.destinations;
    this.instructions = registers.instructions;
    this.labels = registers.labels;
    this.consts = registers.consts;
    this.names = names;
    this.bytes = bytes;
    this.nState = prelude.nState;
    this.nExcStack = prelude.nExcStack;
    this.flags = prelude.flags;
    this.nKwOnly = prelude.nKwOnly;
    this.nDefPos = prelude.nDefPos;
    this.name = prelude.name;
    this.argNames = prelude.argNames;
    this.cells = prelude.cells;
    this.lineInfo = prelude.lineInfo;
    this.lineInfoTop = prelude.lineInfoTop;
    this.opcodes = prelude.opcodes;
  }
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
  return new Code(bytes, context.qstrs, prelude, translate(bytes, prelude, context, isTraced));
}

/** The source line of the instruction at `index`. */
export function sourceLine(code: Code, index: number): number {
  return lineOf(code.bytes, code, code.instructions[index]?.offset ?? 0);
}
