// Frames: what runs, on the heap, so that anything may pause and go on later (py/bc.h mp_code_state_t).
// CodeState is a Python function being executed, NativeState a native that waits for Python or for the world.
// Hot: measured by bench/micro_fib.py.
import * as bc0 from "../bytecode/bc0.ts";
import type { PyDict } from "../objects/objdict.ts";
import { PyDict as Dict } from "../objects/objdict.ts";
import { raiseMsg, raiseTypeError, typeTypeError } from "../objects/objexcept.ts";
import { argNumError, Cell, type PyFun } from "../objects/objfun.ts";
import type { PyGen } from "../objects/objgenerator.ts";
import { mp } from "../objects/mpstate.ts";
import type { Gen, Kw, Obj } from "../objects/obj.ts";
import { PyTuple } from "../objects/objtuple.ts";
import type { Repeated } from "./starargs.ts";
import { codeOf, tracedCodeOf, type Code } from "./code.ts";
import type { PyFrame } from "./profile.ts";
import * as rc from "./rc.ts";

export abstract class Frame {
  prev: Frame | null = null;
  /** Told apart from generators by this, from Python values by having no `type`. */
  declare readonly isFrame: true;
}
(Frame.prototype as { isFrame: boolean }).isFrame = true;

/** A native in the middle of its work. */
export class NativeState extends Frame {
  readonly gen: Gen;
  constructor(gen: Gen) {
    super();
    this.gen = gen;
  }
}

// What becomes of the value that comes back to a waiting instruction.
export const RESUME_STORE = 0; // stored in the register that the instruction's first operand names
export const RESUME_DISCARD = 1; // dropped
export const RESUME_FOR_ITER = 2; // stored, or the loop ends
export const RESUME_YIELD_FROM = 3; // yielded on, or the result of yield from
export const RESUME_JUMP = 4; // its truth decides the jump at hand
export const RESUME_JUMP_OR = 5; // the same, of JUMP_IF_OR
export const RESUME_WITH_ENTER = 6; // the value of __enter__
export const RESUME_WITH_EXIT = 7; // whether __exit__ swallows the exception
export const RESUME_LOAD_METHOD = 8; // a method's function: stored, with no self
export const RESUME_UNPACK = 9; // a tuple of items for the registers of an unpacking
export const RESUME_OPERATOR = 10; // stored, unless a class's operator method does not know how
export const RESUME_EXCEPTION = 11; // dropped: the exception that the trace function has been told of goes on

/** An enclosing try, finally or with. */
export class Block {
  readonly outer: Block | null;
  /** Index of its handler's first instruction. */
  readonly handler: number;
  /** The register that takes the exception. */
  readonly register: number;
  /** finally and with: entered by return, break and continue too. */
  readonly isFinally: boolean;
  /** The exception that its handler deals with. */
  exc: Obj | undefined = undefined;
  constructor(outer: Block | null, handler: number, register: number, isFinally: boolean) {
    this.outer = outer;
    this.handler = handler;
    this.register = register;
    this.isFinally = isFinally;
  }
}

/** A Frame that says so itself, without `extends`: V8 makes a derived class's objects in a function call instead of in place. */
export class CodeState {
  prev: Frame | null = null;
  declare readonly isFrame: true;
  readonly fun: PyFun;
  code: Code;
  /** The registers (rc.ts). */
  state: (Obj | undefined)[];
  readonly globals: PyDict;
  /** Index of the instruction at hand, and of the one to go on with. */
  ip = 0;
  next = 0;
  resume = RESUME_STORE;
  /** What has to run first, between the instruction that says so and the loop. */
  callee: Frame | null = null;
  block: Block | null = null;
  /** Where names live in a class body or exec(); null: in the globals. */
  locals: PyDict | null = null;
  /** The generator object whose body this is. */
  gen: PyGen | null = null;
  /** A GeneratorExit on its way through `yield from`. */
  injectedExit: Obj | undefined = undefined;
  /** Returned instead of the function's value: the instance whose __init__ this is. */
  instance: Obj | undefined = undefined;
  /** What sys.settrace's function sees of it; null: nobody has asked. */
  frame: PyFrame | null = null;
  constructor(fun: PyFun, code: Code) {
    this.fun = fun;
    this.code = mp.isTracing && !fun.rc.isNative ? tracedCodeOf(fun.rc, fun.context) : code;
    this.state = this.code.template.slice();
    this.globals = fun.globals;
  }

  /** Gives a waiting `yield` the value that was sent. */
  send(value: Obj): void {
    const { op, x } = this.code.instructions[this.ip]!;
    this.state[x[op === rc.YIELD_FROM ? 2 : 0]!] = value;
  }
}

Object.setPrototypeOf(CodeState.prototype, Frame.prototype);

/** A frame for `fun` with `nArgs` positional arguments taken from `args` at `from`, and keywords. Raises TypeError. */
export function prepareCodeState(
  fun: PyFun,
  args: readonly (Obj | undefined)[],
  from: number,
  nArgs: number,
  kw: Kw | null,
): CodeState {
  const code = codeOf(fun.rc, fun.context);
  const frame = new CodeState(fun, code);
  const { state } = frame;
  let n = 0;
  if (fun.closed !== null) for (const cell of fun.closed) state[n++] = cell;
  if (kw === null && n + nArgs === code.nPos && code.nKwOnly === 0 && (code.flags & ~bc0.SCOPE_FLAG_GENERATOR) === 0) {
    for (let i = 0; i < nArgs; i++) state[n + i] = args[from + i];
  } else bindArguments(fun, code, state, args, from, nArgs, kw, n);
  for (const cell of code.cells) state[cell] = new Cell(state[cell]);
  return frame;
}

function bindArguments(
  fun: PyFun,
  code: Code,
  state: (Obj | undefined)[],
  args: readonly (Obj | undefined)[],
  from: number,
  nArgs: number,
  kw: Kw | null,
  nClosed: number,
): void {
  const nPos = code.nPos - nClosed;
  if (fun.rc.isViper) {
    if (kw !== null && kw.size > 0) raiseTypeError("function doesn't take keyword arguments");
    if (nArgs !== nPos) argNumError("", nArgs + nClosed, code.nPos, code.nPos);
  }
  const defaults = fun.defaults;
  const nDefaults = defaults === null ? 0 : defaults.length;
  const { nKwOnly, flags } = code;
  let varArgsAt = code.nPos + nKwOnly;
  if (nArgs > nPos) {
    if (!(flags & bc0.SCOPE_FLAG_VARARGS)) posArgsMismatch(code, code.nPos, nArgs + nClosed);
    state[varArgsAt++] = new PyTuple(args.slice(from + nPos, from + nArgs) as Obj[]);
    nArgs = nPos;
  } else if (flags & bc0.SCOPE_FLAG_VARARGS) state[varArgsAt++] = new PyTuple([]);
  for (let i = 0; i < nArgs; i++) state[nClosed + i] = args[from + i];

  if (kw === null && !(flags & bc0.SCOPE_FLAG_DEFKWARGS)) {
    // Missing ones come from the defaults, if there are enough.
    if (nArgs < nPos - nDefaults) posArgsMismatch(code, code.nPos - nDefaults, nArgs + nClosed);
    for (let i = nArgs; i < nPos; i++) state[nClosed + i] = defaults![i - (nPos - nDefaults)]!;
    if (nKwOnly > 0) raiseTypeError("function missing keyword-only argument");
    if (flags & bc0.SCOPE_FLAG_VARKEYWORDS) state[varArgsAt] = new Dict(0);
    return;
  }
  let rest: PyDict | null = null;
  if (flags & bc0.SCOPE_FLAG_VARKEYWORDS) {
    rest = new Dict(kw?.size ?? 0);
    state[varArgsAt] = rest;
  }
  if (kw !== null) {
    const { repeated } = kw as Kw & { repeated?: Repeated };
    let seen = 0;
    for (const [name, value] of kw) {
      if (seen++ === repeated?.at) multipleValues(repeated.key);
      const at = code.argNames.indexOf(name);
      if (at < 0) {
        if (rest === null) raiseTypeError(`unexpected keyword argument '${name}'`);
        rest.setStr(name, value);
      } else {
        if (state[at] !== undefined) multipleValues(name);
        state[at] = value;
      }
    }
    if (repeated !== undefined) multipleValues(repeated.key);
  }
  for (let i = Math.max(0, nPos - nDefaults); i < nPos; i++) {
    if (state[nClosed + i] === undefined) state[nClosed + i] = defaults![i - (nPos - nDefaults)]!;
  }
  for (let i = code.nPos - 1; i >= 0; i--) {
    if (state[i] === undefined) raiseTypeError(`function missing required positional argument #${i}`);
  }
  for (let i = 0; i < nKwOnly; i++) {
    const at = code.nPos + i;
    if (state[at] !== undefined) continue;
    const name = code.argNames[at]!;
    const value = fun.kwDefaults?.getStr(name);
    if (value === undefined) raiseTypeError(`function missing required keyword argument '${name}'`);
    state[at] = value;
  }
}

function multipleValues(name: string): never {
  raiseMsg(typeTypeError, `function got multiple values for argument '${name}'`);
}

function posArgsMismatch(code: Code, expected: number, given: number): never {
  const who = mp.config.errorDetail === "detailed" ? `${code.name}()` : "function";
  raiseTypeError(`${who} takes ${expected} positional arguments but ${given} were given`);
}
