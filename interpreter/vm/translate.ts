// Bytecode to register code (rc.ts), once per function: the value stack is played through without values, so that loads
// of locals and constants become operands of the instruction that uses them, and most stores its destination.
import * as bc0 from "../bytecode/bc0.ts";
import type { ModuleContext } from "../bytecode/rawcode.ts";
import type { Obj } from "../objects/obj.ts";
import { localOf, NOP, type Instruction } from "./flow.ts";
import { Fuser } from "./fuse.ts";
import { lineOf, type Prelude } from "./prelude.ts";
import * as rc from "./rc.ts";
import { Registers, type RegisterInstruction } from "./registers.ts";

export interface RegisterCode {
  readonly instructions: readonly RegisterInstruction[];
  /** The first operand of each instruction: the register of its value, if it gives one. */
  readonly destinations: Int32Array;
  /** A frame's registers before it runs: nothing but the constants. */
  readonly template: readonly (Obj | undefined)[];
  /** Constants that have no register. */
  readonly consts: readonly Obj[];
  readonly isTraced: boolean;
  /** For each instruction of bytecode that something jumps to: the index of its first instruction here; -1 for all others. */
  readonly labels: Int32Array;
}

const arithmetic = new Map<number, number>([
  [bc0.BINARY_ADD, rc.ADD],
  [bc0.BINARY_SUBTRACT, rc.SUBTRACT],
  [bc0.BINARY_MULTIPLY, rc.MULTIPLY],
  [bc0.BINARY_FLOOR_DIVIDE, rc.FLOOR_DIVIDE],
  [bc0.BINARY_TRUE_DIVIDE, rc.TRUE_DIVIDE],
  [bc0.BINARY_MODULO, rc.MODULO],
  [bc0.BINARY_AND, rc.AND],
  [bc0.BINARY_OR, rc.OR],
  [bc0.BINARY_XOR, rc.XOR],
  [bc0.BINARY_LSHIFT, rc.LSHIFT],
  [bc0.BINARY_RSHIFT, rc.RSHIFT],
]);

function arithmeticOp(op: number): number {
  const isInplace = op >= bc0.BINARY_INPLACE_OR && op < bc0.BINARY_OR;
  return arithmetic.get(isInplace ? op + bc0.INPLACE_TO_NORMAL : op) ?? rc.BINARY;
}

/** Where MicroPython brings a frame object's line and offset up to date, traced or not (py/vm.c FRAME_UPDATE). */
function updatesFrame(op: number): boolean {
  if (op >= bc0.CALL_FUNCTION && op <= bc0.CALL_METHOD_VAR_KW) return true;
  return [bc0.LOAD_ATTR, bc0.STORE_ATTR, bc0.FOR_ITER, bc0.IMPORT_NAME, bc0.IMPORT_FROM].includes(op);
}

class Translator extends Registers {
  translate(): RegisterCode {
    const { instructions, depth, assignedAt } = this.flow;
    const labels = new Int32Array(instructions.length).fill(-1);
    let isReached = false;
    if (this.isTraced) this.emit(rc.ENTER, 1, 0);
    for (let i = 0; i < instructions.length; i++) {
      const d = depth[i]!;
      if (d < 0) {
        isReached = false;
        continue;
      }
      const known = assignedAt.get(i);
      if (known !== undefined) {
        if (isReached) this.flush(0);
        this.method = null;
        this.last = null;
        this.written.clear();
        this.assigned = known.slice();
        this.stack = Array.from({ length: d }, (_, k) => this.home(k));
      }
      this.labelAt[i] = this.instructions.length;
      if (known !== undefined) labels[i] = this.labelAt[i]!;
      this.offset = instructions[i]!.offset;
      if (this.isTraced) this.announce(instructions[i]!);
      isReached = this.instruction(instructions[i]!);
      if (this.isTraced) {
        // Nothing stays behind in an operand: between two bytecodes every value is in its place.
        if (isReached) this.flush(0);
        this.last = null;
        this.written.clear();
      }
    }
    for (const [at, operand, target] of this.jumps) this.instructions[at]!.x[operand] = this.labelAt[target]!;
    const template = new Array<Obj | undefined>(this.firstConstant).fill(undefined);
    for (const value of this.registers.keys()) template.push(value);
    if (!this.isTraced) new Fuser(this.instructions, labels, template, this.bytes, this.prelude).fuse();
    return {
      instructions: this.instructions,
      destinations: Int32Array.from(this.instructions, ({ x }) => x[0] ?? 0),
      template,
      consts: this.consts,
      isTraced: this.isTraced,
      labels,
    };
  }

  // What precedes a bytecode in the traced variant.
  private announce({ op, offset }: Instruction): void {
    // A generator that goes on inside `yield from` runs it again, so it enters here; others enter behind their yield.
    if (op === bc0.YIELD_FROM) {
      this.emit(rc.JUMP, this.instructions.length + 2);
      this.emit(rc.ENTER, 0, offset);
    }
    const returns = op === bc0.RETURN_VALUE ? 1 : op === bc0.YIELD_VALUE ? 2 : 0;
    this.emit(rc.TRACE, lineOf(this.bytes, this.prelude, offset), offset, returns, updatesFrame(op) ? 1 : 0);
    this.last = null;
  }

  private load(local: number): void {
    if (this.assigned[local] === 1) {
      this.push(local);
      return;
    }
    const to = this.destination(0);
    this.emit(rc.CHECK, to, local);
    this.written.set(to, 0);
    this.push(to);
    this.assigned[local] = 1;
  }

  private store(local: number): void {
    const n = this.stack.length - 1;
    const from = this.stack[n]!;
    this.assigned[local] = 1;
    const isHeld = this.stack.includes(local) && this.stack.indexOf(local) < n;
    const at = this.written.get(from);
    if (at !== undefined && this.isTemporary(from) && !isHeld && this.method === null && this.stack.indexOf(from) === n) {
      this.last!.x[at] = local;
      this.written.delete(from);
      this.stack.pop();
      return;
    }
    if (isHeld) this.flush(1);
    else this.settle();
    const value = this.stack.pop()!;
    if (value !== local) this.emit(rc.MOVE, local, value);
  }

  private call(hasSelf: boolean, arg: number, isStar: boolean): void {
    const n = arg & 0xff;
    const nKw = (arg >> 8) & 0xff;
    const self = hasSelf ? 1 : 0;
    const pops = n + 2 * nKw + 1 + self + (isStar ? 1 : 0);
    // A method's self is looked for next to its function.
    const at = this.stack.length - pops;
    if (hasSelf && this.stack[at]! + 1 !== this.stack[at + 1]) this.flush(0);
    if (isStar || nKw > 0) {
      const op = isStar ? rc.CALL_VAR_KW : rc.CALL_KW;
      this.emitValue(op, pops, (r) => [r[0]!, self, n, nKw, ...r.slice(1 + self)]);
      return;
    }
    const { method } = this;
    if (hasSelf && method !== null && method.depth === this.stack.length - pops) {
      this.method = null;
      // The function and its self were never looked up: their places hold nothing.
      const args = this.pop(n);
      this.pop(2);
      this.push(method.object);
      for (const arg_ of args) this.push(arg_);
      this.emitValue(rc.CALL_METHOD, n + 1, (r) => [r[0]!, method.name, n, ...r.slice(1)]);
      return;
    }
    if (hasSelf) this.emitValue(rc.CALL_SELF, pops, (r) => [r[0]!, n, ...r.slice(2)]);
    else this.emitValue(rc.CALL, pops, (r) => [r[0]!, n, ...r.slice(1)]);
  }

  private conditionalJump(target: number, isTrue: boolean): void {
    const sense = isTrue ? 1 : 0;
    const condition = this.stack[this.stack.length - 1]!;
    this.settle();
    if (!this.isFlushed(1)) this.flush(0);
    const from = this.stack.pop()!;
    const { last } = this;
    const isLast = last !== null && from === condition && this.isTemporary(from) && last.x[0] === from;
    if (isLast && last.op >= rc.LESS && last.op <= rc.IS) {
      const [, a, b] = this.takeBack();
      this.emitJump(last.op - rc.LESS + rc.JUMP_LESS, 0, target, 0, sense, a!, b!);
    } else if (isLast && last.op === rc.NOT) {
      const [, a] = this.takeBack();
      this.emitJump(rc.JUMP_IF, 0, target, 0, 1 - sense, a!);
    } else this.emitJump(rc.JUMP_IF, 0, target, 0, sense, from);
  }

  private unpack(op: number, counts: readonly number[], n: number): void {
    const base = this.stack.length - 1;
    for (let i = 0; i < n; i++) {
      const to = this.home(base + i);
      if (this.stack.slice(0, base).includes(to)) this.flush(1);
    }
    this.settle();
    const [from] = this.pop(1);
    // The first item lies on top.
    const to = Array.from({ length: n }, (_, i) => this.home(base + n - 1 - i));
    this.emit(op, from!, ...counts, ...to);
    const at = 1 + counts.length;
    to.forEach((register, i) => this.written.set(register, at + i));
    for (let i = 0; i < n; i++) this.push(this.home(base + i));
  }

  private makeFunction(child: number, nCells: number, hasDefaults: boolean): void {
    const nothing = hasDefaults ? 0 : this.nothing();
    const op = nCells < 0 ? rc.MAKE_FUNCTION : rc.MAKE_CLOSURE;
    const cells = Math.max(0, nCells);
    this.emitValue(op, cells + (hasDefaults ? 2 : 0), (r) => {
      const [a, b] = hasDefaults ? r.splice(0, 2) : [nothing, nothing];
      return nCells < 0 ? [child, a!, b!] : [child, a!, b!, cells, ...r];
    });
  }

  /** Translates one instruction. false: what follows it is not reached from here. */
  private instruction(instruction: Instruction): boolean {
    const { op, extra, target } = instruction;
    const arg = instruction.arg as number;
    const { objs } = this.context;
    if (op >= bc0.BINARY_OP_MULTI) {
      const operator = op - bc0.BINARY_OP_MULTI;
      if (operator <= bc0.BINARY_IS) this.emitValue(rc.LESS + operator, 2, (r) => r);
      else this.emitValue(arithmeticOp(operator), 2, (r) => [...r, operator]);
      return true;
    }
    if (op >= bc0.UNARY_OP_MULTI) {
      const operator = op - bc0.UNARY_OP_MULTI;
      if (operator === bc0.UNARY_NOT) this.emitValue(rc.NOT, 1, (r) => r);
      else this.emitValue(rc.UNARY, 1, (r) => [...r, operator]);
      return true;
    }
    if (op >= bc0.STORE_FAST_MULTI || op === bc0.STORE_FAST_N) {
      this.store(localOf(instruction));
      return true;
    }
    if (op >= bc0.LOAD_FAST_MULTI || op === bc0.LOAD_FAST_N) {
      this.load(localOf(instruction));
      return true;
    }
    if (op >= bc0.LOAD_CONST_SMALL_INT_MULTI) {
      this.constant(op - bc0.LOAD_CONST_SMALL_INT_MULTI - 16);
      return true;
    }
    switch (op) {
      case bc0.LOAD_CONST_SMALL_INT:
        this.constant(instruction.arg);
        return true;
      case bc0.LOAD_CONST_STRING:
        this.constant(this.context.qstrs[arg]!);
        return true;
      case bc0.LOAD_CONST_OBJ:
        this.constant(objs[arg]!);
        return true;
      case bc0.LOAD_CONST_NONE:
        this.constant(null);
        return true;
      case bc0.LOAD_CONST_TRUE:
        this.constant(true);
        return true;
      case bc0.LOAD_CONST_FALSE:
        this.constant(false);
        return true;
      case bc0.LOAD_NULL:
        this.constant(undefined);
        return true;
      case NOP:
        return true;
      case bc0.POP_TOP:
        this.settle();
        this.stack.pop();
        return true;
      case bc0.DUP_TOP:
        this.push(this.stack[this.stack.length - 1]!);
        return true;
      case bc0.DUP_TOP_TWO:
        this.settle();
        this.stack.push(...this.stack.slice(-2));
        return true;
      case bc0.ROT_TWO: {
        this.settle();
        const [a, b] = this.pop(2);
        this.stack.push(b!, a!);
        return true;
      }
      case bc0.ROT_THREE: {
        this.settle();
        const [a, b, c] = this.pop(3);
        this.stack.push(c!, a!, b!);
        return true;
      }
      case bc0.LOAD_NAME:
      case bc0.LOAD_GLOBAL:
        this.emitValue(op === bc0.LOAD_NAME ? rc.LOAD_NAME : rc.LOAD_GLOBAL, 0, () => [arg]);
        return true;
      case bc0.STORE_NAME:
      case bc0.STORE_GLOBAL:
        this.settle();
        this.emit(op === bc0.STORE_NAME ? rc.STORE_NAME : rc.STORE_GLOBAL, this.stack.pop()!, arg);
        return true;
      case bc0.DELETE_NAME:
        this.emit(rc.DELETE_NAME, arg);
        return true;
      case bc0.DELETE_GLOBAL:
        this.emit(rc.DELETE_GLOBAL, arg);
        return true;
      case bc0.LOAD_DEREF:
        this.emitValue(rc.LOAD_DEREF, 0, () => [arg]);
        return true;
      case bc0.STORE_DEREF:
        this.settle();
        this.emit(rc.STORE_DEREF, arg, this.stack.pop()!);
        return true;
      case bc0.DELETE_FAST:
        if (this.stack.includes(arg)) this.flush(0);
        this.emit(rc.DELETE_FAST, arg);
        this.assigned[arg] = 0;
        return true;
      case bc0.DELETE_DEREF:
        this.emit(rc.DELETE_DEREF, arg);
        return true;
      case bc0.LOAD_ATTR:
        this.emitValue(rc.LOAD_ATTR, 1, (r) => [r[0]!, arg]);
        return true;
      case bc0.STORE_ATTR: {
        this.settle();
        const [value, object] = this.pop(2);
        this.emit(rc.STORE_ATTR, object!, value!, arg);
        return true;
      }
      case bc0.LOAD_METHOD: {
        this.settle();
        const depth = this.stack.length - 1;
        const object = this.stack.pop()!;
        this.push(this.home(depth));
        this.push(this.home(depth + 1));
        this.method = { object, name: arg, depth };
        return true;
      }
      case bc0.LOAD_SUPER_METHOD:
        this.emitValue(rc.LOAD_SUPER_METHOD, 3, (r) => [r[1]!, r[2]!, arg]);
        this.written.clear();
        this.push(this.home(this.stack.length));
        return true;
      case bc0.LOAD_SUBSCR:
        this.emitValue(rc.LOAD_SUBSCR, 2, (r) => r);
        return true;
      case bc0.STORE_SUBSCR: {
        this.settle();
        const [value, object, index] = this.pop(3);
        this.emit(rc.STORE_SUBSCR, object!, index!, value!);
        return true;
      }
      case bc0.BUILD_TUPLE:
        this.emitValue(rc.BUILD_TUPLE, arg, (r) => [arg, ...r]);
        return true;
      case bc0.BUILD_LIST:
        this.emitValue(rc.BUILD_LIST, arg, (r) => [arg, ...r]);
        return true;
      case bc0.BUILD_SET:
        this.emitValue(rc.BUILD_SET, arg, (r) => [arg, ...r]);
        return true;
      case bc0.BUILD_MAP:
        this.emitValue(rc.BUILD_MAP, 0, () => [arg]);
        return true;
      case bc0.BUILD_SLICE:
        if (arg === 2) this.constant(null);
        this.emitValue(rc.BUILD_SLICE, 3, (r) => r);
        return true;
      case bc0.STORE_MAP: {
        this.settle();
        const [value, key] = this.pop(2);
        this.emit(rc.STORE_MAP, this.stack[this.stack.length - 1]!, key!, value!);
        return true;
      }
      case bc0.STORE_COMP: {
        this.settle();
        const into = this.stack[this.stack.length - 1 - (arg >> 2)]!;
        if ((arg & 3) === 1) {
          const [value, key] = this.pop(2);
          this.emit(rc.STORE_MAP, into, key!, value!);
        } else this.emit((arg & 3) === 0 ? rc.LIST_APPEND : rc.SET_ADD, into, this.stack.pop()!);
        return true;
      }
      case bc0.UNPACK_SEQUENCE:
        this.unpack(rc.UNPACK_SEQUENCE, [arg], arg);
        return true;
      case bc0.UNPACK_EX: {
        const left = arg & 0xff;
        const right = (arg >> 8) & 0xff;
        this.unpack(rc.UNPACK_EX, [left, right], left + right + 1);
        return true;
      }
      case bc0.MAKE_FUNCTION:
        this.makeFunction(arg, -1, false);
        return true;
      case bc0.MAKE_FUNCTION_DEFARGS:
        this.makeFunction(arg, -1, true);
        return true;
      case bc0.MAKE_CLOSURE:
        this.makeFunction(arg, extra, false);
        return true;
      case bc0.MAKE_CLOSURE_DEFARGS:
        this.makeFunction(arg, extra, true);
        return true;
      case bc0.CALL_FUNCTION:
      case bc0.CALL_FUNCTION_VAR_KW:
        this.call(false, arg, op === bc0.CALL_FUNCTION_VAR_KW);
        return true;
      case bc0.CALL_METHOD:
      case bc0.CALL_METHOD_VAR_KW:
        this.call(true, arg, op === bc0.CALL_METHOD_VAR_KW);
        return true;
      case bc0.LOAD_BUILD_CLASS:
        this.emitValue(rc.LOAD_BUILD_CLASS, 0, () => []);
        return true;
      case bc0.GET_ITER:
        this.emitValue(rc.GET_ITER, 1, (r) => r);
        return true;
      case bc0.GET_ITER_STACK:
        // The iterator goes to the second of its places, where generator expressions have theirs, too.
        this.flush(1);
        this.settle();
        this.emit(rc.GET_ITER, this.home(this.stack.length), this.stack.pop()!);
        for (let i = 0; i < bc0.ITER_BUF_NSLOTS; i++) this.push(this.home(this.stack.length));
        return true;
      case bc0.FOR_ITER: {
        this.flush(0);
        const to = this.home(this.stack.length);
        this.emitJump(rc.FOR_ITER, 2, target, to, this.stack[this.stack.length - bc0.ITER_BUF_NSLOTS + 1]!, 0);
        if (this.isTraced) this.emit(rc.NEW_LINE);
        this.written.set(to, 0);
        this.push(to);
        return true;
      }
      case bc0.JUMP:
        this.flush(0);
        this.emitJump(rc.JUMP, 0, target, 0);
        return false;
      case bc0.POP_JUMP_IF_TRUE:
      case bc0.POP_JUMP_IF_FALSE:
        this.conditionalJump(target, op === bc0.POP_JUMP_IF_TRUE);
        return true;
      case bc0.JUMP_IF_TRUE_OR_POP:
      case bc0.JUMP_IF_FALSE_OR_POP: {
        this.settle();
        if (!this.isFlushed(1)) this.flush(0);
        const from = this.stack.pop()!;
        const to = this.home(this.stack.length);
        this.emitJump(rc.JUMP_IF_OR, 0, target, 0, op === bc0.JUMP_IF_TRUE_OR_POP ? 1 : 0, to, from);
        return true;
      }
      case bc0.SETUP_EXCEPT:
      case bc0.SETUP_FINALLY:
        this.flush(0);
        this.emitJump(op === bc0.SETUP_EXCEPT ? rc.SETUP_EXCEPT : rc.SETUP_FINALLY, 1, target, this.home(this.stack.length), 0);
        return true;
      case bc0.SETUP_WITH: {
        this.flush(0);
        const to = this.home(this.stack.length - 1);
        this.emitJump(rc.SETUP_WITH, 1, target, to, 0, this.stack.pop()!);
        for (let i = 0; i < 3; i++) this.push(to + i);
        return true;
      }
      case bc0.WITH_CLEANUP: {
        this.flush(0);
        const to = this.home(this.stack.length - 3);
        this.pop(3);
        this.emit(rc.WITH_CLEANUP, to, to);
        this.push(to);
        return true;
      }
      case bc0.POP_EXCEPT_JUMP:
        this.flush(0);
        this.emitJump(rc.POP_EXCEPT_JUMP, 0, target, 0);
        return false;
      case bc0.END_FINALLY:
        this.settle();
        this.emit(rc.END_FINALLY, this.stack.pop()!);
        return true;
      case bc0.UNWIND_JUMP:
        this.flush(0);
        this.emitJump(rc.UNWIND_JUMP, 0, target, 0, extra & 0x7f);
        return false;
      case bc0.RETURN_VALUE:
        this.settle();
        this.emit(rc.RETURN, this.stack.pop()!);
        return false;
      case bc0.RAISE_LAST:
        this.emit(rc.RAISE_LAST);
        return false;
      case bc0.RAISE_OBJ:
        this.settle();
        this.emit(rc.RAISE_OBJ, this.stack.pop()!);
        return false;
      case bc0.RAISE_FROM: {
        this.settle();
        const [exc, cause] = this.pop(2);
        this.emit(rc.RAISE_FROM, exc!, cause!);
        return false;
      }
      case bc0.YIELD_VALUE:
        // All that waits is in its place, where the traced variant finds it, too.
        this.flush(1);
        this.emitValue(rc.YIELD, 1, (r) => r);
        if (this.isTraced) this.emit(rc.ENTER, 1, this.offset + 1);
        return true;
      case bc0.YIELD_FROM: {
        // What is sent in comes to the second register, so that has to be one of our own. For the others see YIELD_VALUE.
        this.flush(0);
        this.emitValue(rc.YIELD_FROM, 2, (r) => r);
        return true;
      }
      case bc0.IMPORT_NAME:
        this.emitValue(rc.IMPORT_NAME, 2, (r) => [...r, arg]);
        return true;
      case bc0.IMPORT_FROM: {
        const module = this.stack[this.stack.length - 1]!;
        this.emitValue(rc.IMPORT_FROM, 0, () => [module, arg]);
        return true;
      }
      case bc0.IMPORT_STAR:
        this.settle();
        this.emit(rc.IMPORT_STAR, this.stack.pop()!);
        return true;
    }
    throw new Error(`opcode ${op}`);
  }
}

/** Translates a function's bytecode, for running or for tracing. Raises ValueError when it does not fit together. */
export function translate(bytes: Uint8Array, prelude: Prelude, context: ModuleContext, isTraced: boolean): RegisterCode {
  return new Translator(bytes, prelude, context, isTraced).translate();
}
