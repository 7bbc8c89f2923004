// What can be known of a function's bytecode without running it: which instructions are reached, how deep the value stack
// is before each, which locals have certainly been assigned. translate.ts builds on it; bytecode that does not fit together
// (of a damaged .mpy file) is refused here, before it runs.
import * as bc0 from "../bytecode/bc0.ts";
import { raiseValueError } from "../objects/objexcept.ts";
import { readInstruction, type Prelude } from "./prelude.ts";

/** One instruction of bytecode. Jumps hold the index of the instruction they lead to. */
export interface Instruction {
  op: number;
  readonly arg: number | bigint;
  readonly extra: number;
  /** Where it is in the bytes, from the first opcode. */
  readonly offset: number;
  /** Index of the instruction that a jump or a block leads to; -1 for all others. */
  target: number;
}

export interface Flow {
  readonly instructions: readonly Instruction[];
  /** Values on the stack before each instruction; -1: never reached. */
  readonly depth: Int32Array;
  /** 1 for each local that is assigned on every way there, for instructions that are jumped to. */
  readonly assignedAt: ReadonlyMap<number, Uint8Array>;
  readonly nLocals: number;
}

/** An enclosing try, finally or with: what the stack goes back to once it is left. */
interface Block {
  readonly outer: Block | null;
  readonly depth: number;
}

function damaged(): never {
  raiseValueError("incompatible .mpy file");
}

function readAll(bytes: Uint8Array, start: number): Instruction[] {
  const out: Instruction[] = [];
  const indexAt = new Map<number, number>();
  for (let at = start; at < bytes.length;) {
    indexAt.set(at, out.length);
    const { op, arg, extra, next } = readInstruction(bytes, at);
    if (next > bytes.length || op < bc0.BASE_QSTR) damaged();
    out.push({ op, arg, extra, offset: at - start, target: -1 });
    at = next;
  }
  for (const instruction of out) {
    if (instruction.op < 0x40 || instruction.op >= 0x50) continue;
    const target = indexAt.get(instruction.arg as number);
    if (target === undefined) damaged();
    instruction.target = target;
  }
  for (const { op, target } of out) if (op === bc0.SETUP_FINALLY) unwindInOnePlace(out, target);
  return out;
}

/** Does nothing; no bytecode has it. */
export const NOP = 0;

// A return or jump on its way through a finally is two values on MicroPython's stack, and one here (unwind.ts). No bytecode
// looks at them but the end of `async with`, which carries them past the context manager: ROT_THREE twice, of which one exchange
// is left.
function unwindInOnePlace(instructions: readonly Instruction[], handler: number): void {
  const [dup, load, match, jump] = instructions.slice(handler, handler + 4);
  if (dup?.op !== bc0.DUP_TOP || load?.op !== bc0.LOAD_GLOBAL) return;
  if (match?.op !== bc0.BINARY_OP_MULTI + bc0.BINARY_EXCEPTION_MATCH || jump?.op !== bc0.POP_JUMP_IF_FALSE) return;
  const first = instructions[jump.target]!;
  const second = instructions[jump.target + 1];
  if (first.op !== bc0.ROT_THREE || second?.op !== bc0.ROT_THREE) return;
  first.op = bc0.ROT_TWO;
  second.op = NOP;
}

/** How many values an instruction takes from the stack and leaves there, where it does not jump. */
export function stackEffect(op: number, arg: number, extra: number): { pops: number; pushes: number } {
  const n = arg & 0xff;
  const nKw = (arg >> 8) & 0xff;
  if (op >= bc0.BINARY_OP_MULTI) return { pops: 2, pushes: 1 };
  if (op >= bc0.UNARY_OP_MULTI) return { pops: 1, pushes: 1 };
  if (op >= bc0.STORE_FAST_MULTI) return { pops: 1, pushes: 0 };
  if (op >= bc0.LOAD_CONST_SMALL_INT_MULTI) return { pops: 0, pushes: 1 };
  switch (op) {
    case bc0.LOAD_ATTR:
    case bc0.GET_ITER:
    case bc0.YIELD_VALUE:
      return { pops: 1, pushes: 1 };
    case bc0.LOAD_METHOD:
    case bc0.IMPORT_FROM:
    case bc0.DUP_TOP:
      return { pops: 1, pushes: 2 };
    case bc0.LOAD_SUPER_METHOD:
      return { pops: 3, pushes: 2 };
    case bc0.STORE_NAME:
    case bc0.STORE_GLOBAL:
    case bc0.STORE_FAST_N:
    case bc0.STORE_DEREF:
    case bc0.POP_TOP:
    case bc0.POP_JUMP_IF_TRUE:
    case bc0.POP_JUMP_IF_FALSE:
    case bc0.IMPORT_STAR:
    case bc0.RETURN_VALUE:
    case bc0.RAISE_OBJ:
    case bc0.END_FINALLY:
    case bc0.JUMP_IF_TRUE_OR_POP:
    case bc0.JUMP_IF_FALSE_OR_POP:
      return { pops: 1, pushes: 0 };
    case bc0.STORE_ATTR:
    case bc0.RAISE_FROM:
      return { pops: 2, pushes: 0 };
    case bc0.STORE_SUBSCR:
      return { pops: 3, pushes: 0 };
    case bc0.IMPORT_NAME:
    case bc0.LOAD_SUBSCR:
    case bc0.MAKE_FUNCTION_DEFARGS:
    case bc0.YIELD_FROM:
      return { pops: 2, pushes: 1 };
    case bc0.MAKE_CLOSURE:
      return { pops: extra, pushes: 1 };
    case bc0.MAKE_CLOSURE_DEFARGS:
      return { pops: extra + 2, pushes: 1 };
    case bc0.BUILD_TUPLE:
    case bc0.BUILD_LIST:
    case bc0.BUILD_SET:
    case bc0.BUILD_SLICE:
      return { pops: arg, pushes: 1 };
    case bc0.STORE_COMP:
      return { pops: (arg & 3) === 1 ? 2 : 1, pushes: 0 };
    case bc0.UNPACK_SEQUENCE:
      return { pops: 1, pushes: arg };
    case bc0.UNPACK_EX:
      return { pops: 1, pushes: n + nKw + 1 };
    case bc0.CALL_FUNCTION:
      return { pops: n + 2 * nKw + 1, pushes: 1 };
    case bc0.CALL_FUNCTION_VAR_KW:
    case bc0.CALL_METHOD:
      return { pops: n + 2 * nKw + 2, pushes: 1 };
    case bc0.CALL_METHOD_VAR_KW:
      return { pops: n + 2 * nKw + 3, pushes: 1 };
    case bc0.DUP_TOP_TWO:
      return { pops: 2, pushes: 4 };
    case bc0.ROT_TWO:
      return { pops: 2, pushes: 2 };
    case bc0.ROT_THREE:
    case bc0.STORE_MAP:
      return { pops: 3, pushes: op === bc0.STORE_MAP ? 1 : 3 };
    case bc0.WITH_CLEANUP:
      return { pops: 3, pushes: 1 };
    case bc0.GET_ITER_STACK:
      return { pops: 1, pushes: bc0.ITER_BUF_NSLOTS };
    case bc0.FOR_ITER:
      return { pops: bc0.ITER_BUF_NSLOTS, pushes: bc0.ITER_BUF_NSLOTS + 1 };
    case bc0.SETUP_WITH:
      return { pops: 1, pushes: 3 };
    case bc0.LOAD_CONST_STRING:
    case bc0.LOAD_NAME:
    case bc0.LOAD_GLOBAL:
    case bc0.LOAD_CONST_SMALL_INT:
    case bc0.LOAD_CONST_OBJ:
    case bc0.LOAD_FAST_N:
    case bc0.LOAD_DEREF:
    case bc0.BUILD_MAP:
    case bc0.MAKE_FUNCTION:
    case bc0.LOAD_CONST_FALSE:
    case bc0.LOAD_CONST_NONE:
    case bc0.LOAD_CONST_TRUE:
    case bc0.LOAD_NULL:
    case bc0.LOAD_BUILD_CLASS:
      return { pops: 0, pushes: 1 };
    case bc0.DELETE_NAME:
    case bc0.DELETE_GLOBAL:
    case bc0.DELETE_FAST:
    case bc0.DELETE_DEREF:
    case bc0.UNWIND_JUMP:
    case bc0.JUMP:
    case bc0.SETUP_EXCEPT:
    case bc0.SETUP_FINALLY:
    case bc0.POP_EXCEPT_JUMP:
    case bc0.RAISE_LAST:
    case NOP:
      return { pops: 0, pushes: 0 };
    default:
      damaged();
  }
}

/** The local that an instruction names, or -1. */
export function localOf({ op, arg }: Instruction): number {
  if (op >= bc0.UNARY_OP_MULTI) return -1;
  if (op >= bc0.STORE_FAST_MULTI) return op - bc0.STORE_FAST_MULTI;
  if (op >= bc0.LOAD_FAST_MULTI) return op - bc0.LOAD_FAST_MULTI;
  return op >= bc0.LOAD_FAST_N && op <= bc0.DELETE_DEREF ? (arg as number) : -1;
}

function isStoreFast(op: number): boolean {
  return op === bc0.STORE_FAST_N || (op >= bc0.STORE_FAST_MULTI && op < bc0.UNARY_OP_MULTI);
}

function endsBlock(op: number): boolean {
  return (
    op === bc0.JUMP ||
    op === bc0.UNWIND_JUMP ||
    op === bc0.POP_EXCEPT_JUMP ||
    op === bc0.RETURN_VALUE ||
    (op >= bc0.RAISE_LAST && op <= bc0.RAISE_FROM)
  );
}

/** How many locals a function has: its arguments, its cells, and whatever else its code names. */
function countLocals(prelude: Prelude, instructions: readonly Instruction[]): number {
  let n = prelude.nPos + prelude.nKwOnly;
  if (prelude.flags & bc0.SCOPE_FLAG_VARARGS) n++;
  if (prelude.flags & bc0.SCOPE_FLAG_VARKEYWORDS) n++;
  for (const cell of prelude.cells) n = Math.max(n, cell + 1);
  for (const instruction of instructions) n = Math.max(n, localOf(instruction) + 1);
  if (n > prelude.nState) damaged();
  return n;
}

/** Follows every way through a function's bytecode. Raises ValueError when it is damaged. */
export function analyse(bytes: Uint8Array, prelude: Prelude): Flow {
  const instructions = readAll(bytes, prelude.opcodes);
  const count = instructions.length;
  const nLocals = countLocals(prelude, instructions);
  const depth = new Int32Array(count).fill(-1);
  const blockAt = new Array<Block | null>(count).fill(null);
  const assignedAt = new Map<number, Uint8Array>();
  const isDeleted = new Uint8Array(nLocals);
  for (const instruction of instructions) if (instruction.op === bc0.DELETE_FAST) isDeleted[instruction.arg as number] = 1;

  const work: number[] = [];
  const reach = (to: number, d: number, block: Block | null, assigned: Uint8Array): void => {
    if (to >= count || d < 0 || nLocals + d > prelude.nState) damaged();
    const known = assignedAt.get(to);
    if (known === undefined) {
      if (depth[to]! >= 0 && depth[to] !== d) damaged();
      depth[to] = d;
      blockAt[to] = block;
      assignedAt.set(to, assigned.slice());
      work.push(to);
      return;
    }
    if (depth[to] !== d) damaged();
    let isLess = false;
    for (let i = 0; i < nLocals; i++) {
      if (known[i] === 1 && assigned[i] === 0) {
        known[i] = 0;
        isLess = true;
      }
    }
    if (isLess) work.push(to);
  };

  const isLeader = new Uint8Array(count);
  for (const { target } of instructions) if (target >= 0) isLeader[target] = 1;

  const entry = new Uint8Array(nLocals);
  let nArgs = prelude.nPos + prelude.nKwOnly;
  if (prelude.flags & bc0.SCOPE_FLAG_VARARGS) nArgs++;
  if (prelude.flags & bc0.SCOPE_FLAG_VARKEYWORDS) nArgs++;
  entry.fill(1, 0, nArgs);
  for (const cell of prelude.cells) entry[cell] = 1;
  reach(0, 0, null, entry);

  while (work.length > 0) {
    let i = work.pop()!;
    let d = depth[i]!;
    let block: Block | null = blockAt[i]!;
    const assigned = assignedAt.get(i)!.slice();
    for (;;) {
      const instruction = instructions[i]!;
      const { op, extra, target } = instruction;
      const arg = Number(instruction.arg);
      const { pops, pushes } = stackEffect(op, arg, extra);
      if (d < pops || nLocals + d - pops + pushes > prelude.nState) damaged();
      const after = d - pops + pushes;
      switch (op) {
        case bc0.SETUP_WITH:
          block = { outer: block, depth: d - 1 };
          reach(target, after, block, lessDeleted(assigned, isDeleted));
          break;
        case bc0.SETUP_EXCEPT:
        case bc0.SETUP_FINALLY:
          block = { outer: block, depth: d };
          reach(target, d + 1, block, lessDeleted(assigned, isDeleted));
          break;
        case bc0.POP_EXCEPT_JUMP:
        case bc0.END_FINALLY:
          if (block === null) damaged();
          block = block.outer;
          if (target >= 0) reach(target, after, block, assigned);
          break;
        case bc0.UNWIND_JUMP: {
          let to = d;
          for (let n = extra & 0x7f; n > 0; n--) {
            if (block === null) damaged();
            to = block.depth;
            block = block.outer;
          }
          reach(target, extra & 0x80 ? to - bc0.ITER_BUF_NSLOTS : to, block, assigned);
          break;
        }
        case bc0.JUMP_IF_TRUE_OR_POP:
        case bc0.JUMP_IF_FALSE_OR_POP:
          reach(target, d, block, assigned);
          break;
        case bc0.FOR_ITER:
          reach(target, d - bc0.ITER_BUF_NSLOTS, block, assigned);
          break;
        case bc0.DELETE_FAST:
          assigned[arg] = 0;
          break;
        default:
          if (isStoreFast(op)) assigned[localOf(instruction)] = 1;
          else if (target >= 0) reach(target, after, block, assigned);
      }
      if (endsBlock(op)) break;
      i++;
      d = after;
      if (i >= count) damaged();
      if (isLeader[i] === 1) {
        reach(i, d, block, assigned);
        break;
      }
      depth[i] = d;
    }
  }
  return { instructions, depth, assignedAt, nLocals };
}

// A handler is reached from anywhere in its block: locals that are ever deleted may be missing there.
function lessDeleted(assigned: Uint8Array, isDeleted: Uint8Array): Uint8Array {
  return assigned.map((is, i) => (isDeleted[i] === 1 ? 0 : is));
}
