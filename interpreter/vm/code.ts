// Bytecode decoded once, for the dispatch loop: each instruction becomes an opcode and one argument in an Int32Array.
// Names come from the module's qstr table, jumps are indices of instructions, and runs of byte-coded opcodes
// (LOAD_FAST_MULTI and so on) become the general opcode with an argument. The bytes stay what is stored and exchanged.
import * as bc0 from "../bytecode/bc0.ts";
import type { ModuleContext, RawCode } from "../bytecode/rawcode.ts";
import type { Attrs } from "../objects/obj.ts";

/** What the prelude says (py/bc.h mp_bytecode_prelude_t). */
export interface Prelude {
  readonly nState: number;
  readonly nExcStack: number;
  readonly flags: number;
  readonly nPos: number;
  readonly nKwOnly: number;
  readonly nDefPos: number;
  readonly name: string;
  readonly argNames: readonly string[];
  /** Locals that become cells on entry. */
  readonly cells: readonly number[];
  /** Where the line table and the opcodes are in the bytes. */
  readonly lineInfo: number;
  readonly lineInfoTop: number;
  readonly opcodes: number;
}

// Opcodes of the decoded form that bytecode does not have.
/** A binary operator that the loop has no case of its own for; the argument is the operator. */
export const BINARY_OP = 0xd7;
export const UNARY_OP = 0xd0;

export interface Code extends Prelude {
  /** op, arg, op, arg, ... */
  readonly ops: Int32Array;
  /** Offset in the bytecode of each instruction, for line numbers. */
  readonly offsets: Int32Array;
  readonly names: readonly string[];
  /** `$name` of each name, for attributes. */
  readonly keys: readonly (keyof Attrs)[];
  readonly bytes: Uint8Array;
  readonly isGenerator: boolean;
}

const keysOf = new WeakMap<ModuleContext, (keyof Attrs)[]>();

/** Decodes a function's bytecode, once. */
export function codeOf(rc: RawCode, context: ModuleContext): Code {
  return (rc.code ??= decode(rc, context));
}

export function decodePrelude(bytes: Uint8Array, qstrs: readonly string[]): Prelude {
  let ip = 0;
  let z = bytes[ip++]!;
  let s = (z >> 3) & 0xf;
  let e = (z >> 2) & 1;
  let f = 0;
  let a = z & 3;
  let k = 0;
  let d = 0;
  for (let n = 0; z & 0x80; n++) {
    z = bytes[ip++]!;
    s |= (z & 0x30) << (2 * n);
    e |= (z & 0x02) << n;
    f |= ((z & 0x40) >> 6) << n;
    a |= (z & 0x04) << n;
    k |= ((z & 0x08) >> 3) << n;
    d |= (z & 0x01) << n;
  }
  let nInfo = 0;
  let nCell = 0;
  for (let n = 0; ; n++) {
    z = bytes[ip++]!;
    nCell |= (z & 1) << n;
    nInfo |= ((z & 0x7e) >> 1) << (6 * n);
    if (!(z & 0x80)) break;
  }
  const infoStart = ip;
  const uint = (): number => {
    let v = 0;
    for (;;) {
      const byte = bytes[ip++]!;
      v = (v << 7) | (byte & 0x7f);
      if (!(byte & 0x80)) return v;
    }
  };
  const name = qstrs[uint()]!;
  const argNames: string[] = [];
  for (let i = 0; i < a + k; i++) argNames.push(qstrs[uint()]!);
  const lineInfo = ip;
  // n_info counts the names and the line table; the cells come after it.
  const infoTop = infoStart + nInfo;
  const cells = [...bytes.subarray(infoTop, infoTop + nCell)];
  return {
    nState: s + 1,
    nExcStack: e,
    flags: f,
    nPos: a,
    nKwOnly: k,
    nDefPos: d,
    name,
    argNames,
    cells,
    lineInfo,
    lineInfoTop: infoTop,
    opcodes: infoTop + nCell,
  };
}

/** Reads one instruction: its opcode, argument, extra byte and length. Jumps are given as absolute offsets. */
export function readInstruction(
  bytes: Uint8Array,
  at: number,
): { op: number; arg: number | bigint; extra: number; next: number } {
  const op = bytes[at]!;
  let ip = at + 1;
  let arg: number | bigint = 0;
  let extra = 0;
  if (op === bc0.LOAD_CONST_SMALL_INT) {
    let v = bytes[ip]! & 0x40 ? -1n : 0n;
    for (;;) {
      const byte = bytes[ip++]!;
      v = (v << 7n) | BigInt(byte & 0x7f);
      if (!(byte & 0x80)) break;
    }
    arg = Number.isSafeInteger(Number(v)) ? Number(v) : v;
  } else if (op < 0x40) {
    let v = 0;
    for (;;) {
      const byte = bytes[ip++]!;
      v = (v << 7) | (byte & 0x7f);
      if (!(byte & 0x80)) break;
    }
    arg = v;
    if (op === bc0.MAKE_CLOSURE || op === bc0.MAKE_CLOSURE_DEFARGS) extra = bytes[ip++]!;
  } else if (op < 0x50) {
    const isSigned = op <= bc0.POP_JUMP_IF_FALSE;
    let v = bytes[ip++]!;
    if (v & 0x80) v = (v & 0x7f) | (bytes[ip++]! << 7);
    else if (isSigned) v += 0x4000 - 0x40;
    if (isSigned) v -= 0x4000;
    arg = ip + v;
    if (op === bc0.UNWIND_JUMP) extra = bytes[ip++]!;
  }
  return { op, arg, extra, next: ip };
}

function decode(rc: RawCode, context: ModuleContext): Code {
  const { bytes } = rc;
  const prelude = decodePrelude(bytes, context.qstrs);
  const ops: number[] = [];
  const offsets: number[] = [];
  const indexAt = new Map<number, number>();
  const jumps: [index: number, target: number][] = [];
  for (let at = prelude.opcodes; at < bytes.length;) {
    indexAt.set(at, ops.length);
    offsets.push(at - prelude.opcodes);
    const { op, arg, extra, next } = readInstruction(bytes, at);
    if (op >= bc0.BINARY_OP_MULTI) ops.push(BINARY_OP + op - bc0.BINARY_OP_MULTI, 0);
    else if (op >= bc0.UNARY_OP_MULTI) ops.push(UNARY_OP, op - bc0.UNARY_OP_MULTI);
    else if (op >= bc0.STORE_FAST_MULTI) ops.push(bc0.STORE_FAST_N, op - bc0.STORE_FAST_MULTI);
    else if (op >= bc0.LOAD_FAST_MULTI) ops.push(bc0.LOAD_FAST_N, op - bc0.LOAD_FAST_MULTI);
    else if (op >= bc0.LOAD_CONST_SMALL_INT_MULTI) ops.push(bc0.LOAD_CONST_SMALL_INT, op - bc0.LOAD_CONST_SMALL_INT_MULTI - 16);
    else if (op === bc0.LOAD_CONST_SMALL_INT && (typeof arg === "bigint" || arg !== (arg | 0))) {
      // Too wide for the argument: a constant object of this module does as well.
      const found = context.objs.findIndex((o) => o === arg);
      ops.push(bc0.LOAD_CONST_OBJ, found >= 0 ? found : context.objs.push(arg) - 1);
    } else if (op >= 0x40 && op < 0x50) {
      jumps.push([ops.length + 1, arg as number]);
      ops.push(op, 0);
      if (op === bc0.UNWIND_JUMP) {
        // The count of handlers follows as an instruction of its own that is never executed.
        ops.push(0, extra);
        offsets.push(at - prelude.opcodes);
      }
    } else if (op === bc0.MAKE_CLOSURE || op === bc0.MAKE_CLOSURE_DEFARGS) ops.push(op, ((arg as number) << 8) | extra);
    else ops.push(op, arg as number);
    at = next;
  }
  for (const [index, target] of jumps) ops[index] = indexAt.get(target) ?? ops.length;
  let keys = keysOf.get(context);
  if (keys === undefined || keys.length < context.qstrs.length) {
    keys = context.qstrs.map((name): keyof Attrs => `$${name}`);
    keysOf.set(context, keys);
  }
  return {
    ...prelude,
    ops: Int32Array.from(ops),
    offsets: Int32Array.from(offsets),
    names: context.qstrs,
    keys,
    bytes,
    isGenerator: (prelude.flags & bc0.SCOPE_FLAG_GENERATOR) !== 0,
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

/** The source line of the instruction at `index` of `ops` (py/bc.h mp_bytecode_get_source_line). */
export function sourceLine(code: Code, index: number): number {
  let bc = code.offsets[index >> 1] ?? 0;
  let line = 1;
  for (const [b, l] of lineIncrements(code.bytes, code.lineInfo, code.lineInfoTop)) {
    if (bc < b) break;
    bc -= b;
    line += l;
  }
  return line;
}
