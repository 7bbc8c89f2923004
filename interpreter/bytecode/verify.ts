// Bytecode from a file is looked at once before it may run, since the VM trusts what the compiler writes: sizes, indices, how deep
// the stack is (vm/flow.ts), and here what kind of thing is in each of its places, so that no damaged or made-up file can
// make the VM do more than raise an exception. MicroPython itself does not check.
import { PyObj } from "../objects/obj.ts";
import { analyse, localOf, NOP, stackEffect, type Instruction } from "../vm/flow.ts";
import { decodePrelude, type Prelude } from "../vm/prelude.ts";
import * as bc0 from "./bc0.ts";
import type { ModuleContext, RawCode } from "./rawcode.ts";

// What a place on the stack may hold, as a set of bits.
const VALUE = 1;
const NULL = 2;
const CELL = 4;
const DICT = 8;
const LIST = 16;
const SET = 32;
const TUPLE = 64;
const INT = 128;
const STR = 256;
/** A slot of a for-loop's iterator. */
const ITER = 512;
const VALUES = VALUE | CELL | DICT | LIST | SET | TUPLE | INT | STR;
const SELF = VALUE | NULL;
const ANY = -1;

class Fault extends Error {}

/** Values are all alike to a handler. */
const wide = (kind: number): number => ((kind & VALUES) === 0 ? kind : (kind & ~VALUES) | VALUE);

function check(isRight: boolean): void {
  if (!isRight) throw new Fault();
}

/** Whether a function from a file, with all that is defined in it, may run. */
export function verify(rc: RawCode, context: ModuleContext): boolean {
  try {
    const rest: [RawCode, number][] = [[rc, 0]];
    for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
      const [code, nClosed] = next;
      const closed = new Verifier(code, context, nClosed).run();
      code.children.forEach((child, i) => rest.push([child, closed.get(i) ?? 0]));
    }
    return true;
  } catch (caught) {
    // analyse() raises the ValueError that Python is to see.
    if (caught instanceof Fault || caught instanceof PyObj) return false;
    throw caught;
  }
}

// The prelude must be whole before anybody decodes it.
function checkPrelude(bytes: Uint8Array, context: ModuleContext): Prelude {
  let at = 0;
  for (const most of [6, 4]) {
    let n = 1;
    for (; (bytes[at] ?? 0) & 0x80; at++) check(++n <= most);
    at++;
  }
  check(at < bytes.length);
  const prelude = decodePrelude(bytes, context.qstrs);
  check(prelude.lineInfo <= prelude.lineInfoTop && prelude.opcodes < bytes.length);
  check(prelude.name !== undefined && prelude.argNames.every((name) => name !== undefined));
  check(prelude.nDefPos <= prelude.nPos && prelude.argNames.length <= prelude.nState);
  return prelude;
}

interface Block {
  readonly outer: Block | null;
  readonly setup: number;
  /** What is on the stack below it. */
  readonly kinds: readonly number[];
  readonly depth: number;
}

interface State {
  readonly stack: number[];
  block: Block | null;
}

class Verifier {
  private readonly context: ModuleContext;
  private readonly prelude: Prelude;
  private readonly instructions: readonly Instruction[];
  private readonly children: number;
  private readonly cells: Set<number>;
  private readonly states = new Map<number, State>();
  private readonly work: number[] = [];
  /** How many cells each child gets. */
  private readonly closed = new Map<number, number>();
  private stack: number[] = [];

  constructor(rc: RawCode, context: ModuleContext, nClosed: number) {
    this.context = context;
    this.prelude = checkPrelude(rc.bytes, context);
    this.instructions = analyse(rc.bytes, this.prelude).instructions;
    this.children = rc.children.length;
    check(nClosed <= this.prelude.nPos);
    this.cells = new Set(this.prelude.cells);
    for (let i = 0; i < nClosed; i++) this.cells.add(i);
  }

  run(): Map<number, number> {
    this.reach(0, { stack: [], block: null });
    for (let i = this.work.pop(); i !== undefined; i = this.work.pop()) this.follow(i);
    return this.closed;
  }

  private reach(to: number, state: State): void {
    const known = this.states.get(to);
    if (known === undefined) {
      this.states.set(to, { stack: state.stack.slice(), block: state.block });
      this.work.push(to);
      return;
    }
    check(known.stack.length === state.stack.length);
    for (let a = known.block, b = state.block; a !== b; a = a.outer, b = b.outer) {
      if (a === null || b === null || a.setup !== b.setup) throw new Fault();
    }
    let isNew = false;
    state.stack.forEach((kind, i) => {
      if ((kind & ~known.stack[i]!) === 0) return;
      known.stack[i]! |= kind;
      isNew = true;
    });
    if (isNew) this.work.push(to);
  }

  private pop(allowed: number, n = 1): void {
    check(n <= this.stack.length);
    for (; n > 0; n--) check((this.stack.pop()! & ~allowed) === 0);
  }

  private push(...kinds: number[]): void {
    this.stack.push(...kinds);
  }

  private follow(from: number): void {
    let { block } = this.states.get(from)!;
    this.stack = this.states.get(from)!.stack.slice();
    for (let i = from; ; i++) {
      const instruction = this.instructions[i]!;
      const { op, extra, target } = instruction;
      // An exception may come at any time and leads to a handler that finds these places as they were.
      for (let b = block; b !== null; b = b.outer) {
        const n = Math.min(b.kinds.length, this.stack.length);
        for (let k = 0; k < n; k++) check((wide(this.stack[k]!) & ~b.kinds[k]!) === 0);
      }
      switch (op) {
        case bc0.SETUP_WITH:
        case bc0.SETUP_EXCEPT:
        case bc0.SETUP_FINALLY: {
          const isWith = op === bc0.SETUP_WITH;
          if (isWith) this.pop(VALUES);
          this.stack = this.stack.map(wide);
          const depth = this.stack.length;
          if (isWith) this.push(VALUE, SELF);
          block = { outer: block, setup: i, kinds: this.stack.slice(), depth };
          let n = 0;
          for (let b: Block | null = block; b !== null; b = b.outer) n++;
          check(n <= this.prelude.nExcStack);
          this.push(VALUE);
          this.reach(target, { stack: this.stack, block });
          if (!isWith) this.stack.pop();
          break;
        }
        case bc0.POP_EXCEPT_JUMP:
        case bc0.END_FINALLY:
          check(block !== null);
          if (op === bc0.END_FINALLY) this.pop(VALUES);
          block = block!.outer;
          if (target >= 0) this.reach(target, { stack: this.stack, block });
          break;
        case bc0.UNWIND_JUMP: {
          let depth = this.stack.length;
          let outer = block;
          for (let n = extra & 0x7f; n > 0; n--) {
            check(outer !== null);
            depth = outer!.depth;
            outer = outer!.outer;
          }
          if (extra & 0x80) depth -= bc0.ITER_BUF_NSLOTS;
          check(depth >= 0 && depth <= this.stack.length);
          this.reach(target, { stack: this.stack.slice(0, depth), block: outer });
          break;
        }
        case bc0.FOR_ITER: {
          const n = this.stack.length - bc0.ITER_BUF_NSLOTS;
          check(n >= 0);
          check((this.stack[n + 1]! & NULL) === 0);
          this.reach(target, { stack: this.stack.slice(0, n), block });
          this.push(VALUE);
          break;
        }
        case bc0.JUMP_IF_TRUE_OR_POP:
        case bc0.JUMP_IF_FALSE_OR_POP:
          check((this.stack[this.stack.length - 1]! & ~VALUES) === 0);
          this.reach(target, { stack: this.stack, block });
          this.stack.pop();
          break;
        default:
          this.simple(instruction);
          if (target >= 0) this.reach(target, { stack: this.stack, block });
      }
      if (ends.has(op)) return;
      if (this.states.has(i + 1) || this.isTarget(i + 1)) {
        this.reach(i + 1, { stack: this.stack, block });
        return;
      }
    }
  }

  private targets: Set<number> | null = null;
  private isTarget(i: number): boolean {
    this.targets ??= new Set(this.instructions.map(({ target }) => target));
    return this.targets.has(i);
  }

  private simple(instruction: Instruction): void {
    const { op, extra } = instruction;
    const arg = Number(instruction.arg);
    const { stack, context } = this;
    const local = localOf(instruction);
    if (op >= bc0.UNARY_OP_MULTI) {
      check(op >= bc0.BINARY_OP_MULTI ? op <= bc0.BINARY_OP_MULTI + bc0.BINARY_POWER : op <= bc0.UNARY_OP_MULTI + bc0.UNARY_NOT);
      this.pop(VALUES, op >= bc0.BINARY_OP_MULTI ? 2 : 1);
      this.push(VALUE);
    } else if (local >= 0) this.local(op, local);
    else if (op >= bc0.LOAD_CONST_SMALL_INT_MULTI || op === bc0.LOAD_CONST_SMALL_INT) this.push(INT);
    else {
      if (op < bc0.MAKE_CLOSURE && op !== NOP) check(arg < context.qstrs.length);
      switch (op) {
        case NOP:
        case bc0.JUMP:
        case bc0.RAISE_LAST:
        case bc0.DELETE_NAME:
        case bc0.DELETE_GLOBAL:
          break;
        case bc0.LOAD_CONST_STRING:
          this.push(STR);
          break;
        case bc0.LOAD_CONST_OBJ:
          check(arg < context.objs.length);
          this.push(VALUE);
          break;
        case bc0.LOAD_NULL:
          this.push(NULL);
          break;
        case bc0.LOAD_METHOD:
        case bc0.LOAD_SUPER_METHOD:
          this.pop(VALUES, op === bc0.LOAD_METHOD ? 1 : 3);
          this.push(VALUE, SELF);
          break;
        case bc0.STORE_ATTR:
          this.pop(VALUES);
          this.pop(VALUES | NULL);
          break;
        case bc0.STORE_SUBSCR:
          this.pop(VALUES, 2);
          this.pop(VALUES | NULL);
          break;
        case bc0.POP_TOP:
          this.pop(ANY);
          break;
        case bc0.DUP_TOP:
          this.push(stack[stack.length - 1]!);
          break;
        case bc0.DUP_TOP_TWO:
          this.push(...stack.slice(-2));
          break;
        case bc0.ROT_TWO:
          this.push(...stack.splice(-2).reverse());
          break;
        case bc0.ROT_THREE: {
          const top = stack.pop()!;
          stack.splice(-2, 0, top);
          break;
        }
        case bc0.MAKE_FUNCTION:
        case bc0.MAKE_FUNCTION_DEFARGS:
        case bc0.MAKE_CLOSURE:
        case bc0.MAKE_CLOSURE_DEFARGS: {
          const nCells = op <= bc0.MAKE_CLOSURE_DEFARGS ? extra : 0;
          check(arg < this.children && (this.closed.get(arg) ?? nCells) === nCells);
          this.closed.set(arg, nCells);
          this.pop(CELL, nCells);
          if (op === bc0.MAKE_FUNCTION_DEFARGS || op === bc0.MAKE_CLOSURE_DEFARGS) {
            this.pop(DICT | NULL);
            this.pop(TUPLE | NULL);
          }
          this.push(VALUE);
          break;
        }
        case bc0.BUILD_TUPLE:
        case bc0.BUILD_LIST:
        case bc0.BUILD_SET:
          this.pop(VALUES, arg);
          this.push(op === bc0.BUILD_TUPLE ? TUPLE : op === bc0.BUILD_LIST ? LIST : SET);
          break;
        case bc0.BUILD_MAP:
          this.push(DICT);
          break;
        case bc0.BUILD_SLICE:
          check(arg === 2 || arg === 3);
          this.pop(VALUES, arg);
          this.push(VALUE);
          break;
        case bc0.STORE_MAP:
          // OrderedDict({...}) fills what a call gave.
          this.pop(VALUES, 2);
          check((stack[stack.length - 1]! & ~(DICT | VALUE)) === 0);
          break;
        case bc0.STORE_COMP: {
          check((arg & 3) < 3);
          const kind = [LIST, DICT, SET][arg & 3]!;
          check(((stack[stack.length - 1 - (arg >> 2)] ?? ANY) & ~kind) === 0);
          this.pop(VALUES, kind === DICT ? 2 : 1);
          break;
        }
        case bc0.CALL_FUNCTION:
        case bc0.CALL_METHOD:
        case bc0.CALL_FUNCTION_VAR_KW:
        case bc0.CALL_METHOD_VAR_KW: {
          const isStar = op === bc0.CALL_FUNCTION_VAR_KW || op === bc0.CALL_METHOD_VAR_KW;
          check(arg < 0x10000);
          if (isStar) this.pop(INT);
          for (let n = arg >> 8; n > 0; n--) {
            this.pop(VALUES);
            this.pop(isStar ? STR | NULL : STR);
          }
          this.pop(VALUES, arg & 0xff);
          if (op >= bc0.CALL_METHOD) this.pop(VALUES | NULL);
          this.pop(VALUES);
          this.push(VALUE);
          break;
        }
        case bc0.WITH_CLEANUP:
          this.pop(VALUES);
          this.pop(VALUES | NULL);
          this.pop(VALUES);
          this.push(VALUE);
          break;
        case bc0.GET_ITER_STACK:
          this.pop(VALUES);
          this.push(ITER, ITER, ITER, ITER);
          break;
        case bc0.IMPORT_NAME:
          this.pop(VALUES);
          this.pop(INT);
          this.push(VALUE);
          break;
        case bc0.YIELD_VALUE:
        case bc0.YIELD_FROM:
          check((this.prelude.flags & bc0.SCOPE_FLAG_GENERATOR) !== 0);
          this.pop(VALUES, op === bc0.YIELD_FROM ? 2 : 1);
          this.push(VALUE);
          break;
        default: {
          const { pops, pushes } = stackEffect(op, arg, extra);
          this.pop(VALUES, pops);
          for (let n = pushes; n > 0; n--) this.push(VALUE);
        }
      }
    }
  }

  private local(op: number, local: number): void {
    const isCell = this.cells.has(local);
    if (op === bc0.LOAD_DEREF || op === bc0.STORE_DEREF || op === bc0.DELETE_DEREF) {
      check(isCell);
      if (op === bc0.LOAD_DEREF) this.push(VALUE);
      else if (op === bc0.STORE_DEREF) this.pop(VALUES);
    } else if (op === bc0.LOAD_FAST_N || (op >= bc0.LOAD_FAST_MULTI && op < bc0.STORE_FAST_MULTI))
      this.push(isCell ? CELL : VALUE);
    else {
      check(!isCell);
      if (op !== bc0.DELETE_FAST) this.pop(VALUES);
    }
  }
}

const ends = new Set([
  bc0.JUMP,
  bc0.UNWIND_JUMP,
  bc0.POP_EXCEPT_JUMP,
  bc0.RETURN_VALUE,
  bc0.RAISE_LAST,
  bc0.RAISE_OBJ,
  bc0.RAISE_FROM,
]);
