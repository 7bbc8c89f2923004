// The bytecode emitter: what the compiler says becomes bytes, over several passes until jumps no longer shrink (py/emitbc.c).
import type { Obj } from "../objects/obj.ts";
import * as bc0 from "../bytecode/bc0.ts";
import type { RawCode } from "../bytecode/rawcode.ts";
import type { Scope, ScopeKind } from "./scope.ts";
import { strictlyEqual } from "./constant.ts";

/** SCOPE finds names, STACK_SIZE and CODE_SIZE measure, EMIT writes. */
export type Pass = 1 | 2 | 3 | 4;
export const PASS_SCOPE = 1;
export const PASS_STACK_SIZE = 2;
export const PASS_CODE_SIZE = 3;
export const PASS_EMIT = 4;

/** Set in a label when leaving it means leaving a for-loop, whose iterator is on the stack. */
export const BREAK_FROM_FOR = 0x8000;

/** Names and constants of the module being compiled, shared by all its functions (mp_emit_common_t). */
export class EmitCommon {
  readonly qstrs: string[];
  readonly objs: Obj[] = [];
  private readonly qstrIndex: Map<string, number>;

  constructor(sourceFile: string) {
    this.qstrs = [sourceFile];
    this.qstrIndex = new Map([[sourceFile, 0]]);
  }

  useQstr(qst: string): number {
    let index = this.qstrIndex.get(qst);
    if (index === undefined) {
      index = this.qstrs.length;
      this.qstrs.push(qst);
      this.qstrIndex.set(qst, index);
    }
    return index;
  }

  useConstObj(obj: Obj): number {
    const found = this.objs.findIndex((o) => strictlyEqual(o, obj));
    return found >= 0 ? found : this.objs.push(obj) - 1;
  }
}

export class EmitBc {
  readonly common: EmitCommon;
  pass: Pass = PASS_SCOPE;
  scope: Scope;
  /** After an unconditional jump nothing is emitted until the next label. */
  private suppress = false;
  /** Releases before 1.20 write dead code too, and only ask whether a return was last. */
  private readonly keepsDeadCode: boolean;
  private lastWasReturn = false;
  private stackSize = 0;
  private lastLineOffset = 0;
  private lastLine = 1;
  private labels: number[] = [];
  private info: number[] = [];
  private code: number[] = [];
  private codeSize = 0;
  private infoSize = 0;
  private nInfo = 0;
  private nCell = 0;
  private children: RawCode[] = [];
  overflow = false;
  private readonly lineNumbers: boolean;

  constructor(common: EmitCommon, scope: Scope, lineNumbers: boolean, keepsDeadCode: boolean) {
    this.keepsDeadCode = keepsDeadCode;
    this.common = common;
    this.scope = scope;
    this.lineNumbers = lineNumbers;
  }

  startPass(pass: Pass, scope: Scope): void {
    this.pass = pass;
    this.scope = scope;
    this.suppress = false;
    this.lastWasReturn = false;
    this.stackSize = 0;
    this.lastLineOffset = 0;
    this.lastLine = 1;
    this.info = [];
    this.code = [];
    this.children = [];
    this.overflow = false;
    if (pass === PASS_SCOPE) {
      this.labels = [];
      scope.stackSize = 0;
      scope.excStackSize = 0;
    }
    this.preludeSignature();
    if (pass >= PASS_CODE_SIZE) this.preludeSize();
    const head = this.info.length;
    this.nInfo = head;
    this.infoQstr(scope.simpleName);
    for (let i = 0; i < scope.numPosArgs + scope.numKwonlyArgs; i++) {
      this.infoQstr(scope.ids.find((id) => id.isParam && id.localNum === i)?.qst ?? "*");
    }
  }

  /** Returns true when the code has its final size. */
  endPass(): boolean {
    if (this.pass === PASS_SCOPE) return true;
    this.nInfo = this.info.length - this.nInfo;
    this.nCell = 0;
    for (const id of this.scope.ids) {
      if (id.kind !== "cell") continue;
      this.info.push(id.localNum);
      this.nCell++;
    }
    if (this.pass === PASS_STACK_SIZE) return true;
    const settled = this.info.length === this.infoSize && this.code.length === this.codeSize;
    this.infoSize = this.info.length;
    this.codeSize = this.code.length;
    if (this.pass === PASS_CODE_SIZE || !settled) return false;
    const bytes = new Uint8Array(this.info.length + this.code.length);
    bytes.set(this.info);
    bytes.set(this.code, this.info.length);
    const rc = this.scope.rawCode!;
    rc.bytes = bytes;
    rc.children = this.children;
    return true;
  }

  // Prelude signature: xSSSSEAA, then xFSSKAED until all bits are out (py/bc.h MP_BC_PRELUDE_SIG_ENCODE).
  private preludeSignature(): void {
    const { scope } = this;
    let s = Math.max(1, scope.numLocals + scope.stackSize) - 1;
    let e = scope.excStackSize;
    let f = scope.flags & 0xf;
    let a = scope.numPosArgs;
    let k = scope.numKwonlyArgs;
    let d = scope.numDefPosArgs;
    let z = ((s & 0xf) << 3) | ((e & 1) << 2) | (a & 3);
    s >>= 4;
    e >>= 1;
    a >>= 2;
    while (s | e | f | a | k | d) {
      this.info.push(0x80 | z);
      z = ((f & 1) << 6) | ((s & 3) << 4) | ((k & 1) << 3) | ((a & 1) << 2) | ((e & 1) << 1) | (d & 1);
      s >>= 2;
      e >>= 1;
      f >>= 1;
      a >>= 1;
      k >>= 1;
      d >>= 1;
    }
    this.info.push(z);
  }

  // Sizes: xIIIIIIC, info bytes and cells, until all bits are out.
  private preludeSize(): void {
    let i = this.nInfo;
    let c = this.nCell;
    do {
      let z = ((i & 0x3f) << 1) | (c & 1);
      c >>= 1;
      i >>= 6;
      if (c | i) z |= 0x80;
      this.info.push(z);
    } while (c | i);
  }

  private infoQstr(qst: string): void {
    pushUint(this.info, this.common.useQstr(qst));
  }

  /** Says that a jump has left more or fewer values on the stack than the text suggests. */
  adjustStackSize(delta: number): void {
    this.grow(delta);
  }

  private grow(delta: number): void {
    if (this.pass === PASS_SCOPE) return;
    this.stackSize += delta;
    if (this.stackSize > this.scope.stackSize) this.scope.stackSize = this.stackSize;
  }

  // Line table: 0b0LLBBBBB, or 0b1LLLBBBB 0bLLLLLLLL (py/emitbc.c emit_write_code_info_bytes_lines).
  setSourceLine(line: number): void {
    if (!this.lineNumbers || line <= this.lastLine) return;
    let bytes = this.code.length - this.lastLineOffset;
    let lines = line - this.lastLine;
    while (bytes > 0 || lines > 0) {
      let b: number;
      let l: number;
      if (lines <= 6 || bytes > 0xf) {
        b = Math.min(bytes, 0x1f);
        l = b < bytes ? 0 : Math.min(lines, 3);
        this.info.push(b | (l << 5));
      } else {
        b = Math.min(bytes, 0xf);
        l = Math.min(lines, 0x7ff);
        this.info.push(0x80 | b | ((l >> 4) & 0x70), l & 0xff);
      }
      bytes -= b;
      lines -= l;
    }
    this.lastLineOffset = this.code.length;
    this.lastLine = line;
  }

  /** What follows cannot be reached, as far as the release cares. */
  get isDead(): boolean {
    return this.keepsDeadCode ? this.lastWasReturn : this.suppress;
  }

  private endOfFlow(): void {
    this.suppress = !this.keepsDeadCode;
  }

  labelAssign(label: number): void {
    this.suppress = false;
    this.lastWasReturn = false;
    if (this.pass !== PASS_SCOPE) this.labels[label] = this.code.length;
  }

  /** `arg` is for those who look at types; opUint writes it. */
  op(opcode: number, stackAdjust: number, _arg = 0): void {
    this.lastWasReturn = false;
    this.grow(stackAdjust);
    if (!this.suppress) this.code.push(opcode);
  }

  private rawByte(byte: number): void {
    if (!this.suppress) this.code.push(byte);
  }

  opUint(opcode: number, stackAdjust: number, value: number): void {
    this.op(opcode, stackAdjust, value);
    if (!this.suppress) pushUint(this.code, value);
  }

  /** The name enters the table even where the code is dead, as in MicroPython. */
  opQstr(opcode: number, stackAdjust: number, qst: string): void {
    this.opUint(opcode, stackAdjust, this.common.useQstr(qst));
  }

  private opChild(opcode: number, stackAdjust: number, child: RawCode): void {
    child.line = this.lastLine;
    this.opUint(opcode, stackAdjust, this.children.push(child) - 1);
  }

  // Jumps: 7 bits when the distance is known to fit, else 15; signed up to POP_JUMP_IF_FALSE.
  opLabel(opcode: number, stackAdjust: number, label: number): void {
    this.lastWasReturn = false;
    this.grow(stackAdjust);
    if (this.suppress) return;
    const isSigned = opcode <= bc0.POP_JUMP_IF_FALSE;
    let extra = 1;
    let offset = 0;
    if (this.pass >= PASS_CODE_SIZE) {
      offset = (this.labels[label] ?? 0) - this.code.length - 2;
      if (isSigned ? -64 <= offset && offset <= 63 : 0 <= offset && offset <= 127) extra = 0;
      offset -= extra;
    }
    if (extra === 0) {
      this.code.push(opcode, isSigned ? offset + 0x40 : offset);
    } else {
      if (isSigned) offset += 0x4000;
      if (this.pass === PASS_EMIT && !(0 <= offset && offset <= 0x7fff)) this.overflow = true;
      this.code.push(opcode, 0x80 | (offset & 0x7f), (offset >> 7) & 0xff);
    }
  }

  loadConstSmallInt(value: number | bigint): void {
    if (value >= -16 && value < 48) this.op(bc0.LOAD_CONST_SMALL_INT_MULTI + 16 + Number(value), 1);
    else {
      this.op(bc0.LOAD_CONST_SMALL_INT, 1);
      if (!this.suppress) pushInt(this.code, BigInt(value));
    }
  }

  loadConstObj(obj: Obj): void {
    this.opUint(bc0.LOAD_CONST_OBJ, 1, this.common.useConstObj(obj));
  }

  loadNone(): void {
    this.op(bc0.LOAD_CONST_NONE, 1);
  }

  loadFast(localNum: number): void {
    if (localNum <= 15) this.op(bc0.LOAD_FAST_MULTI + localNum, 1);
    else this.opUint(bc0.LOAD_FAST_N, 1, localNum);
  }

  storeFast(localNum: number): void {
    if (localNum <= 15) this.op(bc0.STORE_FAST_MULTI + localNum, -1);
    else this.opUint(bc0.STORE_FAST_N, -1, localNum);
  }

  deleteFast(localNum: number): void {
    this.opUint(bc0.DELETE_FAST, 0, localNum);
  }

  subscrDelete(): void {
    this.op(bc0.LOAD_NULL, 1);
    this.op(bc0.ROT_THREE, 0);
    this.op(bc0.STORE_SUBSCR, -3);
  }

  attrDelete(qst: string): void {
    this.op(bc0.LOAD_NULL, 1);
    this.op(bc0.ROT_TWO, 0);
    this.opQstr(bc0.STORE_ATTR, -2, qst);
  }

  jump(label: number): void {
    this.opLabel(bc0.JUMP, 0, label);
    this.endOfFlow();
  }

  popJumpIf(cond: boolean, label: number): void {
    this.opLabel(cond ? bc0.POP_JUMP_IF_TRUE : bc0.POP_JUMP_IF_FALSE, -1, label);
  }

  jumpIfOrPop(cond: boolean, label: number): void {
    this.opLabel(cond ? bc0.JUMP_IF_TRUE_OR_POP : bc0.JUMP_IF_FALSE_OR_POP, -1, label);
  }

  unwindJump(label: number, exceptDepth: number): void {
    if (exceptDepth === 0) {
      if (label & BREAK_FROM_FOR) for (let i = 0; i < bc0.ITER_BUF_NSLOTS; i++) this.rawByte(bc0.POP_TOP);
      this.opLabel(bc0.JUMP, 0, label & ~BREAK_FROM_FOR);
    } else {
      this.opLabel(bc0.UNWIND_JUMP, 0, label & ~BREAK_FROM_FOR);
      this.rawByte((label & BREAK_FROM_FOR ? 0x80 : 0) | exceptDepth);
    }
    this.endOfFlow();
  }

  withCleanup(label: number): void {
    this.loadNone();
    this.labelAssign(label);
    this.op(bc0.WITH_CLEANUP, 2); // room to call __exit__ with three arguments
    this.grow(-4);
  }

  popExceptJump(label: number): void {
    this.opLabel(bc0.POP_EXCEPT_JUMP, 0, label);
    this.endOfFlow();
  }

  binaryOp(op: number): void {
    this.op(bc0.BINARY_OP_MULTI + op, -1);
  }

  storeComp(kind: ScopeKind, stackIndex: number): void {
    const isDict = kind === "dict" ? 1 : 0;
    const type = kind === "list" ? 0 : kind === "dict" ? 1 : 2;
    this.opUint(bc0.STORE_COMP, -1 - isDict, ((stackIndex + isDict) << 2) | type);
  }

  makeFunction(scope: Scope, hasDefaults: boolean): void {
    if (hasDefaults) this.opChild(bc0.MAKE_FUNCTION_DEFARGS, -1, scope.rawCode!);
    else this.opChild(bc0.MAKE_FUNCTION, 1, scope.rawCode!);
  }

  makeClosure(scope: Scope, nClosed: number, hasDefaults: boolean): void {
    if (hasDefaults) this.opChild(bc0.MAKE_CLOSURE_DEFARGS, -2 - nClosed + 1, scope.rawCode!);
    else this.opChild(bc0.MAKE_CLOSURE, -nClosed + 1, scope.rawCode!);
    this.rawByte(nClosed);
  }

  call(isMethod: boolean, nPos: number, nKw: number, hasStar: boolean): void {
    const base = isMethod ? bc0.CALL_METHOD : bc0.CALL_FUNCTION;
    const adjust = (isMethod ? -1 : 0) - nPos - 2 * nKw - (hasStar ? 1 : 0);
    this.opUint(hasStar ? base + 1 : base, adjust, (nKw << 8) | nPos);
  }

  returnValue(): void {
    this.op(bc0.RETURN_VALUE, -1);
    this.endOfFlow();
    this.lastWasReturn = true;
  }

  raiseVarargs(nArgs: number): void {
    this.op(bc0.RAISE_LAST + nArgs, -nArgs);
    this.endOfFlow();
  }

  yieldOp(opcode: number): void {
    this.op(opcode, opcode === bc0.YIELD_FROM ? -1 : 0);
    this.scope.flags |= bc0.SCOPE_FLAG_GENERATOR;
  }
}

/** Variable-length unsigned integer: 7 bits a byte, most significant group first. */
function pushUint(out: number[], value: number): void {
  let shift = 0;
  while (value >>> shift > 0x7f) shift += 7;
  for (; shift > 0; shift -= 7) out.push(0x80 | ((value >>> shift) & 0x7f));
  out.push(value & 0x7f);
}

/** The same for a signed integer: bit 6 of the first byte is the sign. */
function pushInt(out: number[], value: bigint): void {
  const groups: number[] = [];
  let rest = value;
  do {
    groups.push(Number(rest & 0x7fn));
    rest >>= 7n;
  } while (rest !== 0n && rest !== -1n);
  const top = groups[groups.length - 1]!;
  if (rest === -1n && (top & 0x40) === 0) groups.push(0x7f);
  else if (rest === 0n && (top & 0x40) !== 0) groups.push(0);
  for (let i = groups.length - 1; i > 0; i--) out.push(0x80 | groups[i]!);
  out.push(groups[0]!);
}
