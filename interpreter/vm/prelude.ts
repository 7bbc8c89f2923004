// Reading bytecode: a function's prelude, and its instructions one by one (py/bc.h, py/bc.c).
import * as bc0 from "../bytecode/bc0.ts";

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

/** The source line of a place in the bytecode, counted from the first opcode (py/bc.h mp_bytecode_get_source_line). */
export function lineOf(bytes: Uint8Array, { lineInfo, lineInfoTop }: Prelude, offset: number): number {
  let left = offset;
  let line = 1;
  // As lineIncrements, without a generator: every traceback comes here.
  for (let at = lineInfo; at < lineInfoTop;) {
    const c = bytes[at]!;
    const isLong = (c & 0x80) !== 0;
    const count = isLong ? c & 0xf : c & 0x1f;
    if (left < count) break;
    left -= count;
    line += isLong ? ((c << 4) & 0x700) | (bytes[at + 1] ?? 0) : c >> 5;
    at += isLong ? 2 : 1;
  }
  return line;
}
