// The dispatch loop: executes decoded bytecode, one frame after the other, without recursion in JavaScript (py/vm.c).
// Whatever cannot be answered at once (a Python call, a native that waits) suspends the frame: its ip and sp are saved,
// `resume` says what to do with the value, and the loop goes on with the frame that has to run first.
// Hot: measured by bench/ and tests/perf_bench. Opcodes must reach V8 as literals, so run it bundled.
import * as bc0 from "../bytecode/bc0.ts";
import { mp } from "../objects/mpstate.ts";
import {
  excOf,
  excValue,
  isExc,
  newExcMsg,
  PyExc,
  raiseMsg,
  raiseTypeError,
  typeGeneratorExit,
  typeNameError,
  typeRuntimeError,
  typeStopIteration,
  typeValueError,
} from "../objects/objexcept.ts";
import { checkAllocation } from "../objects/heap.ts";
import { PyFloat } from "../objects/objfloat.ts";
import { Cell, PyBoundMethod, PyFun, PyNative } from "../objects/objfun.ts";
import { END_RAISES, END_STOPS, PyGen } from "../objects/objgenerator.ts";
import { PyList, PySlice } from "../objects/objlist.ts";
import { PyDict } from "../objects/objdict.ts";
import { PyTuple } from "../objects/objtuple.ts";
import { intAdd, intFloorDiv, intMod, intMul, intSub } from "../objects/number.ts";
import { isTrueSync } from "../objects/truth.ts";
import {
  isPending,
  PyInstance,
  PyObj,
  pythonMethod,
  run,
  STOP,
  typeOf,
  type Attrs,
  type Gen,
  type Kw,
  type Obj,
  type PyType,
  type Step,
  type Wait,
} from "../objects/obj.ts";
import { PySuper } from "../objects/objtype.ts";
import { importFrom, loadAttr, loadMethod, methodSelf, storeAttr } from "./attr.ts";
import { call, callFun } from "./call.ts";
import { BINARY_OP, codeOf, sourceLine, UNARY_OP } from "./code.ts";
import * as cs0 from "./codestate.ts";
import { CodeState, NativeState, type Frame } from "./codestate.ts";
import { dictStore, newSet, setStore } from "./hashing.ts";
import { current } from "./current.ts";
import { makeRaiseObj, raiseObjSync, resumeGenerator, throwInto } from "./generator.ts";
import { importAll, importName } from "./import.ts";
import { collect, getIter, iterNext, ListIter, stopValue } from "./iter.ts";
import { binaryOp, isTrue, storeSubscr, subscr, unaryOp } from "./operator.ts";
import { checkDepth } from "./stackctrl.ts";

const MAX = Number.MAX_SAFE_INTEGER;

/** One chain of frames and what is to happen to its innermost one next. */
export class Thread {
  frame: Frame | null;
  /** The value that `frame` waits for; undefined: it waits for none. */
  value: Obj | undefined = undefined;
  /** An exception to raise in `frame`. */
  exc: Obj | undefined = undefined;
  /** Bytecodes left in this slice, roughly: loops and calls count. Below zero the frame pauses. */
  budget = 0;
  constructor(frame: Frame) {
    this.frame = frame;
  }
}

/** Why `execute` returned: the chain is at its end, it waits, or its budget is used up. */
export type Outcome =
  | { readonly kind: "return"; readonly value: Obj }
  | { readonly kind: "raise"; readonly exc: Obj }
  | { readonly kind: "wait"; readonly wait: Wait }
  | { readonly kind: "budget" };

const BUDGET: Outcome = { kind: "budget" };

/** Runs a chain of frames until it ends, waits or has used its budget. */
export function execute(thread: Thread): Outcome {
  for (;;) {
    const { frame } = thread;
    if (frame === null) {
      const { exc } = thread;
      return exc !== undefined ? { kind: "raise", exc } : { kind: "return", value: thread.value ?? null };
    }
    const outcome = frame instanceof CodeState ? runCode(thread, frame) : stepNative(thread, frame as NativeState);
    if (outcome !== null) return outcome;
  }
}

/** A Python exception from whatever was thrown; our own bugs are thrown on. */
function toPython(caught: unknown): Obj {
  if (caught instanceof PyObj) return caught;
  if (caught instanceof RangeError && /call stack/i.test(caught.message))
    return newExcMsg(typeRuntimeError, "maximum recursion depth exceeded");
  throw caught;
}

function stepNative(thread: Thread, frame: NativeState): Outcome | null {
  const { exc, value } = thread;
  thread.exc = undefined;
  thread.value = undefined;
  let result: IteratorResult<Frame | Wait, Obj>;
  try {
    result = exc !== undefined ? frame.gen.throw(exc) : frame.gen.next(value ?? null);
  } catch (caught) {
    thread.exc = toPython(caught);
    thread.frame = frame.prev;
    mp.depth--;
    return null;
  }
  if (result.done === true) {
    thread.value = result.value;
    thread.frame = frame.prev;
    mp.depth--;
    return null;
  }
  const request = result.value;
  if ("wait" in request) {
    if (request.wait !== "tick") return { kind: "wait", wait: request };
    thread.value = null;
    return (thread.budget -= 100) <= 0 ? BUDGET : null;
  }
  try {
    mp.depth++;
    checkDepth();
  } catch (caught) {
    mp.depth--;
    thread.exc = toPython(caught);
    return null;
  }
  request.prev = frame;
  thread.frame = request;
  return --thread.budget <= 0 ? BUDGET : null;
}

/** send(value) or throw(exc) into what `yield from` delegates to, when it is no generator of ours. */
function* resumeOther(it: Obj, send: Obj, inject: Obj | undefined): Gen {
  stopValue.value = null;
  if (inject !== undefined) {
    if (isExc(inject, typeGeneratorExit)) {
      const close = it instanceof PyInstance ? pythonMethod(it.type, "close") : undefined;
      if (close !== undefined) yield* run(call(close, [it], null));
      throw inject;
    }
    const method = it instanceof PyInstance ? pythonMethod(it.type, "throw") : undefined;
    if (method === undefined) throw inject;
    try {
      return yield* run(call(method, [it, inject], null));
    } catch (caught) {
      if (!isExc(caught, typeStopIteration)) throw caught;
      stopValue.value = excValue(caught);
      return STOP;
    }
  }
  if (send === null) return yield* run(iterNext(it));
  try {
    return yield* run(call(yield* run(loadAttr(it, "send")), [send], null));
  } catch (caught) {
    if (!isExc(caught, typeStopIteration)) throw caught;
    stopValue.value = excValue(caught);
    return STOP;
  }
}

/** __exit__(type, exc, None): true swallows the exception. */
function* callExit(exit: Obj, self: Obj | undefined, exc: Obj | null): Gen {
  const args: Obj[] = exc === null ? [null, null, null] : [(exc as PyObj).type, exc, null];
  const value = yield* run(call(exit, self === undefined ? args : [self, ...args], null));
  return yield* run(isTrue(value));
}

/** Binds a method for later: __exit__ of a with statement. */
function boundMethod(o: Obj, name: string, key: keyof Attrs): Step {
  const method = loadMethod(o, name, key);
  const self = methodSelf.value;
  return self === undefined || isPending(method) ? method : new PyBoundMethod(method, self);
}

function starArguments(
  state: (Obj | undefined)[],
  at: number,
  nPos: number,
  nKw: number,
  bitmap: Obj,
): Gen<{ args: Obj[]; kw: Kw | null }> {
  return (function* () {
    const args: Obj[] = [];
    const bits = BigInt(bitmap as number | bigint);
    for (let i = 0; i < nPos; i++) {
      const arg = state[at + i]!;
      if ((bits >> BigInt(i)) & 1n) args.push(...(yield* collect(arg)));
      else args.push(arg);
    }
    let kw: Kw | null = null;
    for (let i = 0; i < nKw; i++) {
      kw ??= new Map();
      const key = state[at + nPos + 2 * i];
      const value = state[at + nPos + 2 * i + 1]!;
      if (key !== undefined) addKeyword(kw, key, value);
      else if (value instanceof PyDict) for (const entry of value.entries()) addKeyword(kw, entry.key, entry.value!);
      else {
        const keys = yield* collect(yield* run(call(yield* run(loadAttr(value, "keys")), [], null)));
        for (const k of keys) addKeyword(kw, k, yield* run(subscr(value, k)));
      }
    }
    return { args, kw };
  })();
}

function addKeyword(kw: Kw, key: Obj, value: Obj): void {
  if (typeof key !== "string") raiseTypeError("keywords must be strings");
  if (kw.has(key)) raiseTypeError(`function got multiple values for argument '${key}'`);
  kw.set(key, value);
}

function* callStar(
  fun: Obj,
  self: Obj | undefined,
  state: (Obj | undefined)[],
  at: number,
  nPos: number,
  nKw: number,
  bitmap: Obj,
): Gen {
  const { args, kw } = yield* starArguments(state, at, nPos, nKw, bitmap);
  if (self !== undefined) args.unshift(self);
  return yield* run(call(fun, args, kw));
}

function* unpackEx(seq: Obj, left: number, right: number): Gen {
  const items = yield* collect(seq);
  if (items.length < left + right) raiseMsg(typeValueError, `need more than ${items.length} values to unpack`);
  const rest = new PyList(items.slice(left, items.length - right));
  return new PyTuple([...items.slice(0, left), rest, ...items.slice(items.length - right)]);
}

function* unpackSequence(seq: Obj, n: number): Gen {
  const items = yield* collect(seq, n);
  checkUnpack(items.length, n);
  return new PyTuple(items);
}

function checkUnpack(length: number, n: number): void {
  if (length < n) raiseMsg(typeValueError, `need more than ${length} values to unpack`);
  if (length > n) raiseMsg(typeValueError, `too many values to unpack (expected ${n})`);
}

function addTraceback(cs: CodeState, at: number, exc: Obj): void {
  const op = cs.code.ops[at];
  // A re-raised exception has been here before; 1.9.2 names the frame once more all the same.
  if ((op === bc0.END_FINALLY || op === bc0.RAISE_LAST) && mp.config.release !== "1.9.2") return;
  excOf(exc)?.traceback.push({ file: cs.fun.context.qstrs[0]!, line: sourceLine(cs.code, at), block: cs.code.name });
}

function localNameError(): never {
  raiseMsg(typeNameError, "local variable referenced before assignment");
}

/** Runs Python frames from `first` on; null: `thread` says what is next. */
function runCode(thread: Thread, first: CodeState): Outcome | null {
  let cs = first;
  let value: Obj | undefined = thread.value;
  let exc: Obj | undefined = thread.exc;
  thread.value = undefined;
  thread.exc = undefined;
  frames: for (;;) {
    const { code, state, excStack } = cs;
    const { ops, names } = code;
    let { ip, sp } = cs;
    current.frame = cs;
    if (cs.gen !== null && cs.gen.inject !== undefined && exc === undefined && ops[ip] !== bc0.YIELD_FROM) {
      exc = cs.gen.inject;
      cs.gen.inject = undefined;
    }
    try {
      if (exc !== undefined) {
        const raised = exc;
        exc = undefined;
        throw raised;
      }
      cs.at = -1;
      if (value !== undefined) {
        // A value comes back to the instruction that waited for it.
        const got = value;
        value = undefined;
        const { resume } = cs;
        cs.resume = cs0.RESUME_PUSH;
        switch (resume) {
          case cs0.RESUME_PUSH:
            state[++sp] = got;
            break;
          case cs0.RESUME_DISCARD:
            break;
          case cs0.RESUME_FOR_ITER:
            if (got === STOP) {
              sp -= bc0.ITER_BUF_NSLOTS;
              ip = ops[ip - 1]!;
            } else state[++sp] = got;
            break;
          case cs0.RESUME_YIELD_FROM: {
            const it = state[sp]!;
            if (got === STOP) {
              state[sp] = it instanceof PyGen ? it.returned : stopValue.value;
              const exit = cs.injectedExit;
              cs.injectedExit = undefined;
              if (exit !== undefined) throw exit;
            } else {
              cs.injectedExit = undefined;
              state[++sp] = got;
              cs.ip = ip - 2;
              cs.sp = sp;
              const gen = cs.gen!;
              gen.isRunning = false;
              const { prev } = cs;
              cs.prev = null;
              mp.depth--;
              if (prev instanceof CodeState) {
                cs = prev;
                value = got;
                continue frames;
              }
              thread.frame = prev;
              thread.value = got;
              return null;
            }
            break;
          }
          case cs0.RESUME_JUMP: {
            const truth = isTrueSync(got);
            const op = ops[ip - 2]!;
            const wants = op === bc0.POP_JUMP_IF_TRUE || op === bc0.JUMP_IF_TRUE_OR_POP;
            if (truth === wants) ip = ops[ip - 1]!;
            else if (op === bc0.JUMP_IF_TRUE_OR_POP || op === bc0.JUMP_IF_FALSE_OR_POP) sp--;
            break;
          }
          case cs0.RESUME_WITH_ENTER:
            excStack.push(ops[ip - 1]!, sp, 1);
            cs.excSaved.push(undefined);
            state[++sp] = got;
            break;
          case cs0.RESUME_WITH_EXIT:
            sp = afterExit(state, sp, got === true);
            break;
          case cs0.RESUME_LOAD_METHOD:
            state[++sp] = got;
            state[++sp] = undefined;
            break;
          case cs0.RESUME_NOT:
            state[++sp] = !isTrueSync(got);
            break;
          case cs0.RESUME_ITER_STACK:
            state[sp + 1] = got;
            sp += bc0.ITER_BUF_NSLOTS - 1;
            break;
          case cs0.RESUME_UNPACK: {
            const { items } = got as PyTuple;
            for (let i = items.length - 1; i >= 0; i--) state[++sp] = items[i]!;
            break;
          }
        }
      }

      for (;;) {
        const op = ops[ip]!;
        const arg = ops[ip + 1]!;
        ip += 2;
        /** What a slow instruction gave; handled after the switch when it is not a value yet. */
        let step: Step;
        let returning = false;
        switch (op) {
          case bc0.LOAD_FAST_N: {
            const v = state[arg];
            if (v === undefined) localNameError();
            state[++sp] = v;
            continue;
          }
          case bc0.STORE_FAST_N:
            state[arg] = state[sp--];
            continue;
          case bc0.LOAD_CONST_SMALL_INT:
            state[++sp] = arg;
            continue;
          case bc0.LOAD_CONST_STRING:
            state[++sp] = names[arg]!;
            continue;
          case bc0.LOAD_CONST_OBJ:
            state[++sp] = cs.fun.context.objs[arg]!;
            continue;
          case bc0.LOAD_CONST_NONE:
            state[++sp] = null;
            continue;
          case bc0.LOAD_CONST_TRUE:
            state[++sp] = true;
            continue;
          case bc0.LOAD_CONST_FALSE:
            state[++sp] = false;
            continue;
          case bc0.LOAD_NULL:
            state[++sp] = undefined;
            continue;
          case bc0.LOAD_GLOBAL: {
            const name = names[arg]!;
            let v = cs.globals.map.get(name)?.value;
            if (v === undefined) v = globalSlow(cs, name);
            state[++sp] = v;
            continue;
          }
          case bc0.LOAD_NAME: {
            const name = names[arg]!;
            const local = cs.locals === null ? undefined : cs.locals.getStr(name);
            let v = local !== undefined ? local : cs.globals.map.get(name)?.value;
            if (v === undefined) v = globalSlow(cs, name);
            state[++sp] = v;
            continue;
          }
          case bc0.STORE_NAME:
            (cs.locals ?? cs.globals).setStr(names[arg]!, state[sp--]!);
            continue;
          case bc0.STORE_GLOBAL:
            cs.globals.setStr(names[arg]!, state[sp--]!);
            continue;
          case bc0.DELETE_NAME:
          case bc0.DELETE_GLOBAL: {
            const dict = op === bc0.DELETE_NAME ? (cs.locals ?? cs.globals) : cs.globals;
            if (dict.delete(names[arg]!) === undefined) raiseMsg(typeNameError, `name '${names[arg]!}' isn't defined`);
            continue;
          }
          case bc0.LOAD_DEREF: {
            const v = (state[arg] as Cell).value;
            if (v === undefined) localNameError();
            state[++sp] = v;
            continue;
          }
          case bc0.STORE_DEREF:
            (state[arg] as Cell).value = state[sp--];
            continue;
          case bc0.DELETE_FAST:
            if (state[arg] === undefined) localNameError();
            state[arg] = undefined;
            continue;
          case bc0.DELETE_DEREF: {
            const cell = state[arg] as Cell;
            if (cell.value === undefined) localNameError();
            cell.value = undefined;
            continue;
          }
          case bc0.POP_TOP:
            sp--;
            continue;
          case bc0.DUP_TOP:
            state[sp + 1] = state[sp];
            sp++;
            continue;
          case bc0.DUP_TOP_TWO:
            state[sp + 1] = state[sp - 1];
            state[sp + 2] = state[sp];
            sp += 2;
            continue;
          case bc0.ROT_TWO: {
            const top = state[sp];
            state[sp] = state[sp - 1];
            state[sp - 1] = top;
            continue;
          }
          case bc0.ROT_THREE: {
            const top = state[sp];
            state[sp] = state[sp - 1];
            state[sp - 1] = state[sp - 2];
            state[sp - 2] = top;
            continue;
          }

          // ---- jumps

          case bc0.JUMP:
            if (arg >= ip) {
              ip = arg;
              continue;
            }
            cs.at = ip - 2;
            ip = arg;
            if (--thread.budget > 0) {
              cs.at = -1;
              continue;
            }
            cs.ip = ip;
            cs.sp = sp;
            thread.frame = cs;
            return BUDGET;
          case bc0.POP_JUMP_IF_TRUE:
          case bc0.POP_JUMP_IF_FALSE: {
            const cond = state[sp--]!;
            let truth: boolean;
            if (cond === true) truth = true;
            else if (cond === false) truth = false;
            else {
              const t = isTrue(cond);
              if (isPending(t)) {
                cs.resume = cs0.RESUME_JUMP;
                step = t;
                break;
              }
              truth = t;
            }
            if (truth !== (op === bc0.POP_JUMP_IF_TRUE)) continue;
            if (arg >= ip) {
              ip = arg;
              continue;
            }
            const from = ip - 2;
            ip = arg;
            if (--thread.budget > 0) continue;
            cs.at = from;
            cs.ip = ip;
            cs.sp = sp;
            thread.frame = cs;
            return BUDGET;
          }
          case bc0.JUMP_IF_TRUE_OR_POP:
          case bc0.JUMP_IF_FALSE_OR_POP: {
            const t = isTrue(state[sp]!);
            if (isPending(t)) {
              cs.resume = cs0.RESUME_JUMP;
              step = t;
              break;
            }
            if (t === (op === bc0.JUMP_IF_TRUE_OR_POP)) ip = arg;
            else sp--;
            continue;
          }

          // ---- operators

          case BINARY_OP + bc0.BINARY_ADD:
          case BINARY_OP + bc0.BINARY_INPLACE_ADD: {
            const b = state[sp]!;
            const a = state[--sp]!;
            if (typeof a === "number" && typeof b === "number") {
              const r = a + b;
              state[sp] = r <= MAX && r >= -MAX ? r : intAdd(a, b);
              continue;
            }
            if (a instanceof PyFloat && b instanceof PyFloat) {
              state[sp] = PyFloat.of(a.v + b.v);
              continue;
            }
            if (typeof a === "string" && typeof b === "string") {
              if (a.length + b.length > 1024) checkAllocation(a.length + b.length);
              state[sp] = a + b;
              continue;
            }
            sp--;
            step = binaryOp(op - BINARY_OP, a, b);
            break;
          }
          case BINARY_OP + bc0.BINARY_SUBTRACT:
          case BINARY_OP + bc0.BINARY_INPLACE_SUBTRACT: {
            const b = state[sp]!;
            const a = state[--sp]!;
            if (typeof a === "number" && typeof b === "number") {
              const r = a - b;
              state[sp] = r <= MAX && r >= -MAX ? r : intSub(a, b);
              continue;
            }
            if (a instanceof PyFloat && b instanceof PyFloat) {
              state[sp] = PyFloat.of(a.v - b.v);
              continue;
            }
            sp--;
            step = binaryOp(op - BINARY_OP, a, b);
            break;
          }
          case BINARY_OP + bc0.BINARY_MULTIPLY:
          case BINARY_OP + bc0.BINARY_INPLACE_MULTIPLY: {
            const b = state[sp]!;
            const a = state[--sp]!;
            if (typeof a === "number" && typeof b === "number") {
              const r = a * b + 0;
              state[sp] = r <= MAX && r >= -MAX ? r : intMul(a, b);
              continue;
            }
            if (a instanceof PyFloat && b instanceof PyFloat) {
              state[sp] = PyFloat.of(a.v * b.v);
              continue;
            }
            sp--;
            step = binaryOp(op - BINARY_OP, a, b);
            break;
          }
          case BINARY_OP + bc0.BINARY_FLOOR_DIVIDE:
          case BINARY_OP + bc0.BINARY_INPLACE_FLOOR_DIVIDE: {
            const b = state[sp]!;
            const a = state[--sp]!;
            if (typeof a === "number" && typeof b === "number") {
              state[sp] = intFloorDiv(a, b);
              continue;
            }
            sp--;
            step = binaryOp(op - BINARY_OP, a, b);
            break;
          }
          case BINARY_OP + bc0.BINARY_MODULO:
          case BINARY_OP + bc0.BINARY_INPLACE_MODULO: {
            const b = state[sp]!;
            const a = state[--sp]!;
            if (typeof a === "number" && typeof b === "number") {
              state[sp] = intMod(a, b);
              continue;
            }
            sp--;
            step = binaryOp(op - BINARY_OP, a, b);
            break;
          }
          case BINARY_OP + bc0.BINARY_AND:
          case BINARY_OP + bc0.BINARY_INPLACE_AND: {
            const b = state[sp]!;
            const a = state[--sp]!;
            if (typeof a === "number" && typeof b === "number" && (a | 0) === a && (b | 0) === b) {
              state[sp] = a & b;
              continue;
            }
            sp--;
            step = binaryOp(op - BINARY_OP, a, b);
            break;
          }
          case BINARY_OP + bc0.BINARY_LESS: {
            const b = state[sp]!;
            const a = state[--sp]!;
            if (typeof a === "number" && typeof b === "number") {
              state[sp] = a < b;
              continue;
            }
            sp--;
            step = binaryOp(bc0.BINARY_LESS, a, b);
            break;
          }
          case BINARY_OP + bc0.BINARY_MORE: {
            const b = state[sp]!;
            const a = state[--sp]!;
            if (typeof a === "number" && typeof b === "number") {
              state[sp] = a > b;
              continue;
            }
            sp--;
            step = binaryOp(bc0.BINARY_MORE, a, b);
            break;
          }
          case BINARY_OP + bc0.BINARY_EQUAL: {
            const b = state[sp]!;
            const a = state[--sp]!;
            if ((typeof a === "number" && typeof b === "number") || (typeof a === "string" && typeof b === "string")) {
              state[sp] = a === b;
              continue;
            }
            sp--;
            step = binaryOp(bc0.BINARY_EQUAL, a, b);
            break;
          }
          case BINARY_OP + bc0.BINARY_IS: {
            const b = state[sp]!;
            const a = state[--sp]!;
            state[sp] = a === b;
            continue;
          }
          case UNARY_OP:
            step = unaryOp(arg, state[sp--]!);
            break;

          // ---- attributes and items

          case bc0.LOAD_ATTR: {
            const o = state[sp]!;
            if (typeof o === "object" && o !== null && o.type.isInstanceType) {
              const v = (o as unknown as Attrs)[code.keys[arg]!];
              if (v !== undefined && (typeof v !== "object" || v === null || (!v.isDescr && !o.type.hasSpecialAccessors))) {
                state[sp] = v;
                continue;
              }
            }
            sp--;
            step = loadAttr(o, names[arg]!);
            break;
          }
          case bc0.LOAD_METHOD: {
            const o = state[sp]!;
            const method = loadMethod(o, names[arg]!, code.keys[arg]!);
            if (isPending(method)) {
              sp--;
              cs.resume = cs0.RESUME_LOAD_METHOD;
              step = method;
              break;
            }
            state[sp] = method;
            state[++sp] = methodSelf.value;
            continue;
          }
          case bc0.LOAD_SUPER_METHOD: {
            // super __class__ self
            const self = state[sp]!;
            const of = state[sp - 1]!;
            sp -= 3;
            step = superMethod(of, self, names[arg]!);
            cs.resume = cs0.RESUME_LOAD_METHOD;
            if (!isPending(step)) {
              state[++sp] = step;
              state[++sp] = undefined;
              cs.resume = cs0.RESUME_PUSH;
              continue;
            }
            break;
          }
          case bc0.STORE_ATTR: {
            const o = state[sp]!;
            const v = state[sp - 1];
            sp -= 2;
            if (v !== undefined && typeof o === "object" && o !== null && o.type.isInstanceType && !o.type.hasSpecialAccessors) {
              (o as unknown as Attrs)[code.keys[arg]!] = v;
              continue;
            }
            step = storeAttr(o, names[arg]!, v);
            if (!isPending(step)) continue;
            cs.resume = cs0.RESUME_DISCARD;
            break;
          }
          case bc0.LOAD_SUBSCR: {
            const index = state[sp]!;
            const o = state[--sp]!;
            if (o instanceof PyList && typeof index === "number") {
              const { items } = o;
              const v = items[index < 0 ? index + items.length : index];
              if (v !== undefined) {
                state[sp] = v;
                continue;
              }
            }
            sp--;
            step = subscr(o, index);
            break;
          }
          case bc0.STORE_SUBSCR: {
            const index = state[sp]!;
            const o = state[sp - 1]!;
            const v = state[sp - 2];
            sp -= 3;
            if (o instanceof PyList && typeof index === "number" && v !== undefined && index >= 0 && index < o.items.length) {
              o.items[index] = v;
              continue;
            }
            step = storeSubscr(o, index, v);
            if (!isPending(step)) continue;
            cs.resume = cs0.RESUME_DISCARD;
            break;
          }

          // ---- building

          case bc0.BUILD_TUPLE:
            sp -= arg;
            state[sp + 1] = new PyTuple(state.slice(sp + 1, sp + 1 + arg) as Obj[]);
            sp++;
            continue;
          case bc0.BUILD_LIST:
            sp -= arg;
            state[sp + 1] = new PyList(state.slice(sp + 1, sp + 1 + arg) as Obj[]);
            sp++;
            continue;
          case bc0.BUILD_MAP:
            state[++sp] = new PyDict(arg);
            continue;
          case bc0.STORE_MAP: {
            const key = state[sp]!;
            const v = state[sp - 1]!;
            sp -= 2;
            step = dictStore(state[sp] as PyDict, key, v);
            if (!isPending(step)) continue;
            cs.resume = cs0.RESUME_DISCARD;
            break;
          }
          case bc0.BUILD_SET:
            sp -= arg;
            step = newSet(state.slice(sp + 1, sp + 1 + arg) as Obj[]);
            break;
          case bc0.BUILD_SLICE: {
            const by = arg === 3 ? state[sp--]! : null;
            const stop = state[sp]!;
            const start = state[--sp]!;
            state[sp] = new PySlice(start, stop, by);
            continue;
          }
          case bc0.STORE_COMP: {
            const into = state[sp - (arg >> 2)]!;
            if ((arg & 3) === 0) {
              (into as PyList).items.push(state[sp--]!);
              continue;
            }
            if ((arg & 3) === 1) {
              step = dictStore(into as PyDict, state[sp]!, state[sp - 1]!);
              sp -= 2;
            } else step = setStore(into, state[sp--]!);
            if (!isPending(step)) continue;
            cs.resume = cs0.RESUME_DISCARD;
            break;
          }
          case bc0.UNPACK_SEQUENCE: {
            const seq = state[sp--]!;
            if (seq instanceof PyTuple || seq instanceof PyList) {
              const { items } = seq;
              checkUnpack(items.length, arg);
              for (let i = arg - 1; i >= 0; i--) state[++sp] = items[i]!;
              continue;
            }
            cs.resume = cs0.RESUME_UNPACK;
            step = unpackSequence(seq, arg);
            break;
          }
          case bc0.UNPACK_EX:
            cs.resume = cs0.RESUME_UNPACK;
            step = unpackEx(state[sp--]!, arg & 0xff, (arg >> 8) & 0xff);
            break;
          case bc0.MAKE_FUNCTION:
            state[++sp] = makeFunction(cs, arg, null, null, null);
            continue;
          case bc0.MAKE_FUNCTION_DEFARGS: {
            const kwDefaults = state[sp] as PyDict | undefined;
            const defaults = state[--sp] as PyTuple | undefined;
            state[sp] = makeFunction(cs, arg, null, defaults ?? null, kwDefaults ?? null);
            continue;
          }
          case bc0.MAKE_CLOSURE: {
            const n = arg & 0xff;
            sp -= n;
            const closed = state.slice(sp + 1, sp + 1 + n) as Cell[];
            state[++sp] = makeFunction(cs, arg >> 8, closed, null, null);
            continue;
          }
          case bc0.MAKE_CLOSURE_DEFARGS: {
            const n = arg & 0xff;
            sp -= n;
            const closed = state.slice(sp + 1, sp + 1 + n) as Cell[];
            const kwDefaults = state[sp--] as PyDict | undefined;
            const defaults = state[sp] as PyTuple | undefined;
            state[sp] = makeFunction(cs, arg >> 8, closed, defaults ?? null, kwDefaults ?? null);
            continue;
          }

          // ---- calls

          case bc0.CALL_FUNCTION: {
            const n = arg & 0xff;
            const nKw = arg >> 8;
            sp -= n + 2 * nKw;
            const fun = state[sp]!;
            if (fun instanceof PyFun) step = callFun(fun, state, sp + 1, n, nKw === 0 ? null : keywords(state, sp + 1 + n, nKw));
            else if (
              fun instanceof PyNative &&
              nKw === 0 &&
              n <= 3 &&
              !fun.isRaw &&
              fun.params === null &&
              n >= fun.min &&
              n <= fun.max
            ) {
              step =
                n === 0
                  ? fun.fn()
                  : n === 1
                    ? fun.fn(state[sp + 1])
                    : n === 2
                      ? fun.fn(state[sp + 1], state[sp + 2])
                      : fun.fn(state[sp + 1], state[sp + 2], state[sp + 3]);
            } else
              step = call(fun, state.slice(sp + 1, sp + 1 + n) as Obj[], nKw === 0 ? null : keywords(state, sp + 1 + n, nKw));
            sp--;
            thread.budget--;
            break;
          }
          case bc0.CALL_METHOD: {
            const n = arg & 0xff;
            const nKw = arg >> 8;
            sp -= n + 2 * nKw + 1;
            const fun = state[sp]!;
            const from = state[sp + 1] === undefined ? sp + 2 : sp + 1;
            const count = n + (sp + 2 - from);
            if (fun instanceof PyFun)
              step = callFun(fun, state, from, count, nKw === 0 ? null : keywords(state, sp + 2 + n, nKw));
            else if (
              fun instanceof PyNative &&
              nKw === 0 &&
              count <= 3 &&
              !fun.isRaw &&
              fun.params === null &&
              count >= fun.min &&
              count <= fun.max
            ) {
              step =
                count === 0
                  ? fun.fn()
                  : count === 1
                    ? fun.fn(state[from])
                    : count === 2
                      ? fun.fn(state[from], state[from + 1])
                      : fun.fn(state[from], state[from + 1], state[from + 2]);
            } else
              step = call(fun, state.slice(from, from + count) as Obj[], nKw === 0 ? null : keywords(state, sp + 2 + n, nKw));
            sp--;
            thread.budget--;
            break;
          }
          case bc0.CALL_FUNCTION_VAR_KW: {
            const n = arg & 0xff;
            const nKw = arg >> 8;
            const bitmap = state[sp]!;
            sp -= n + 2 * nKw + 1;
            step = callStar(state[sp]!, undefined, state.slice(sp + 1, sp + 1 + n + 2 * nKw), 0, n, nKw, bitmap);
            sp--;
            break;
          }
          case bc0.CALL_METHOD_VAR_KW: {
            const n = arg & 0xff;
            const nKw = arg >> 8;
            const bitmap = state[sp]!;
            sp -= n + 2 * nKw + 2;
            step = callStar(state[sp]!, state[sp + 1], state.slice(sp + 2, sp + 2 + n + 2 * nKw), 0, n, nKw, bitmap);
            sp--;
            break;
          }
          case bc0.LOAD_BUILD_CLASS:
            state[++sp] = mp.builtins.getStr("__build_class__")!;
            continue;

          // ---- iteration

          case bc0.GET_ITER:
            step = getIter(state[sp--]!);
            break;
          case bc0.GET_ITER_STACK: {
            const iter = getIter(state[sp]!);
            if (isPending(iter)) {
              // The value takes the iterator's second slot when it comes.
              state[sp] = undefined;
              cs.resume = cs0.RESUME_ITER_STACK;
              step = iter;
              break;
            }
            state[sp] = undefined;
            state[sp + 1] = iter;
            sp += bc0.ITER_BUF_NSLOTS - 1;
            continue;
          }
          case bc0.FOR_ITER: {
            const it = state[sp - 2]!;
            if (it instanceof ListIter) {
              const items = it.items();
              if (it.i < items.length) state[++sp] = items[it.i++]!;
              else {
                sp -= bc0.ITER_BUF_NSLOTS;
                ip = arg;
              }
              continue;
            }
            const v = iterNext(it);
            if (isPending(v)) {
              cs.resume = cs0.RESUME_FOR_ITER;
              step = v;
              break;
            }
            if (v === STOP) {
              sp -= bc0.ITER_BUF_NSLOTS;
              ip = arg;
            } else state[++sp] = v;
            continue;
          }

          // ---- exceptions

          case bc0.SETUP_EXCEPT:
            excStack.push(arg, sp, 0);
            cs.excSaved.push(undefined);
            continue;
          case bc0.SETUP_FINALLY:
            excStack.push(arg, sp, 1);
            cs.excSaved.push(undefined);
            continue;
          case bc0.SETUP_WITH: {
            const manager = state[sp]!;
            const exit = boundMethod(manager, "__exit__", "$__exit__");
            state[sp] = isPending(exit) ? null : exit;
            const enter = loadMethod(manager, "__enter__", "$__enter__");
            const self = methodSelf.value;
            state[++sp] = undefined;
            cs.resume = cs0.RESUME_WITH_ENTER;
            step = isPending(enter) ? enter : call(enter, self === undefined ? [] : [self], null);
            if (!isPending(step)) {
              cs.resume = cs0.RESUME_PUSH;
              excStack.push(arg, sp, 1);
              cs.excSaved.push(undefined);
              state[++sp] = step;
              continue;
            }
            break;
          }
          case bc0.WITH_CLEANUP: {
            const top = state[sp]!;
            const below = typeof top === "number" ? sp - 3 : sp - 2;
            cs.resume = cs0.RESUME_WITH_EXIT;
            step = callExit(state[below]!, state[below + 1], top !== null && typeof top !== "number" ? top : null);
            break;
          }
          case bc0.POP_EXCEPT_JUMP:
            popBlock(cs);
            ip = arg;
            continue;
          case bc0.END_FINALLY: {
            popBlock(cs);
            const top = state[sp]!;
            if (top === null) {
              sp--;
              continue;
            }
            if (typeof top !== "number") throw top;
            sp--;
            if (top < 0) {
              // A return was under way.
              const finallyIp = unwindReturn(cs, ip, sp);
              if (finallyIp >= 0) {
                sp = cs.sp;
                ip = finallyIp;
                continue;
              }
              sp = cs.sp;
              returning = true;
              step = null;
              break;
            }
            state[++sp] = top;
            ({ ip, sp } = unwindJump(cs, ip, sp));
            if (--thread.budget > 0) continue;
            cs.ip = ip;
            cs.sp = sp;
            thread.frame = cs;
            return BUDGET;
          }
          case bc0.UNWIND_JUMP:
            state[++sp] = arg;
            state[++sp] = ops[ip + 1]!;
            ({ ip, sp } = unwindJump(cs, ip, sp));
            if (--thread.budget > 0) continue;
            cs.ip = ip;
            cs.sp = sp;
            thread.frame = cs;
            return BUDGET;
          case bc0.RETURN_VALUE: {
            if (excStack.length > 0) {
              const finallyIp = unwindReturn(cs, ip, sp);
              if (finallyIp >= 0) {
                sp = cs.sp;
                ip = finallyIp;
                continue;
              }
            }
            returning = true;
            step = null;
            break;
          }
          case bc0.RAISE_LAST: {
            for (let i = cs.excSaved.length - 1; i >= 0; i--) if (cs.excSaved[i] !== undefined) throw cs.excSaved[i];
            raiseMsg(typeRuntimeError, "no active exception to reraise");
          }
          // eslint-disable-next-line no-fallthrough
          case bc0.RAISE_OBJ:
          case bc0.RAISE_FROM: {
            if (op === bc0.RAISE_FROM && state[sp--] !== null) mp.print("Warning: exception chaining not supported\n");
            const what = state[sp--]!;
            const raised = raiseObjSync(what);
            if (raised !== undefined) throw raised;
            step = raiseClass(what);
            break;
          }

          // ---- generators

          case bc0.YIELD_VALUE: {
            cs.ip = ip;
            cs.sp = sp;
            const gen = cs.gen!;
            gen.isRunning = false;
            const got = state[sp]!;
            const { prev } = cs;
            cs.prev = null;
            mp.depth--;
            if (prev instanceof CodeState) {
              cs = prev;
              value = got;
              continue frames;
            }
            thread.frame = prev;
            thread.value = got;
            return null;
          }
          case bc0.YIELD_FROM: {
            const send = state[sp--]!;
            const it = state[sp]!;
            const inject = cs.gen!.inject;
            cs.gen!.inject = undefined;
            cs.injectedExit = inject !== undefined && isExc(inject, typeGeneratorExit) ? inject : undefined;
            if (it instanceof PyGen) {
              step = inject === undefined ? resumeGenerator(it, send, END_STOPS) : throwInto(it, inject, END_STOPS);
              if (step === STOP) {
                state[sp] = it.returned;
                if (inject !== undefined) throw inject;
                continue;
              }
            } else step = resumeOther(it, send, inject);
            cs.resume = cs0.RESUME_YIELD_FROM;
            break;
          }

          // ---- imports

          case bc0.IMPORT_NAME: {
            const fromlist = state[sp]!;
            const level = state[sp - 1]!;
            sp -= 2;
            step = importName(names[arg]!, fromlist, level as number, cs.globals);
            break;
          }
          case bc0.IMPORT_FROM:
            step = importFrom(state[sp]!, names[arg]!);
            break;
          case bc0.IMPORT_STAR:
            step = importAll(state[sp--]!, cs.locals ?? cs.globals);
            if (!isPending(step)) continue;
            cs.resume = cs0.RESUME_DISCARD;
            break;

          default: {
            if (op < BINARY_OP) throw new Error(`opcode ${op}`);
            const b = state[sp]!;
            const a = state[sp - 1]!;
            sp -= 2;
            step = binaryOp(op - BINARY_OP, a, b);
          }
        }

        if (returning) {
          let result: Obj = state[sp]!;
          mp.depth--;
          const { prev } = cs;
          if (cs.instance !== undefined) {
            if (result !== null) exc = initResultError(result);
            result = cs.instance;
          } else if (cs.gen !== null) {
            const { gen } = cs;
            gen.frame = null;
            gen.isRunning = false;
            gen.returned = result;
            if (gen.end === END_RAISES) exc = new PyExc(typeStopIteration, result === null ? [] : [result]);
            else result = STOP;
          }
          if (prev instanceof CodeState) {
            cs = prev;
            if (exc === undefined) value = result;
            continue frames;
          }
          thread.frame = prev;
          if (exc !== undefined) thread.exc = exc;
          else thread.value = result;
          return null;
        }
        if (!isPending(step)) {
          state[++sp] = step;
          continue;
        }
        // Something has to run first.
        if (++mp.depth > maxDepth) {
          try {
            checkDepth();
          } catch (caught) {
            mp.depth--;
            if (step instanceof CodeState && step.gen !== null) step.gen.isRunning = false;
            throw caught;
          }
        }
        cs.ip = ip;
        cs.sp = sp;
        if (step instanceof CodeState) {
          step.prev = cs;
          cs = step;
          if (thread.budget > 0) continue frames;
          thread.frame = cs;
          cs.at = -1;
          return BUDGET;
        }
        const native = new NativeState(step as Gen);
        native.prev = cs;
        thread.frame = native;
        return null;
      }
    } catch (caught) {
      const raised = toPython(caught);
      const where = cs.at >= 0 ? cs.at : ip - 2;
      cs.at = -1;
      cs.resume = cs0.RESUME_PUSH;
      if (isExc(raised, typeStopIteration) && (ops[where] === bc0.FOR_ITER || ops[where] === bc0.YIELD_FROM)) {
        if (ops[where] === bc0.FOR_ITER) {
          cs.ip = ops[where + 1]!;
          cs.sp = sp - bc0.ITER_BUF_NSLOTS;
        } else {
          state[sp] = excValue(raised);
          cs.ip = where + 2;
          cs.sp = sp;
        }
        continue;
      }
      addTraceback(cs, where, raised);
      while (excStack.length > 0 && excStack[excStack.length - 3]! <= where) popBlock(cs);
      if (excStack.length > 0) {
        cs.ip = excStack[excStack.length - 3]!;
        sp = excStack[excStack.length - 2]!;
        cs.excSaved[cs.excSaved.length - 1] = raised;
        state[++sp] = raised;
        cs.sp = sp;
        continue;
      }
      // Nobody here catches it.
      exc = raised;
      mp.depth--;
      if (cs.gen !== null) {
        cs.gen.frame = null;
        cs.gen.isRunning = false;
        if (isExc(raised, typeStopIteration)) exc = newExcMsg(typeRuntimeError, "generator raised StopIteration");
      }
      const { prev } = cs;
      if (!(prev instanceof CodeState)) {
        thread.exc = exc;
        thread.frame = prev;
        return null;
      }
      cs = prev;
    }
  }
}

/** Below this many frames no board's stack is near its end, so the check costs nothing. */
const maxDepth = 4;

function globalSlow(cs: CodeState, name: string): Obj {
  const value = mp.builtins.getStr(name);
  if (value === undefined) raiseMsg(typeNameError, `name '${name}' isn't defined`);
  return value;
}

function initResultError(result: Obj): Obj {
  try {
    raiseTypeError(`__init__() should return None, not '${typeOf(result).name}'`);
  } catch (caught) {
    return caught as Obj;
  }
}

function* raiseClass(type: Obj): Gen {
  throw yield* makeRaiseObj(type);
}

function superMethod(of: Obj, self: Obj, name: string): Step {
  return loadAttr(new PySuper(of as PyType, self), name);
}

function keywords(state: readonly (Obj | undefined)[], at: number, n: number): Kw {
  const kw: Kw = new Map();
  for (let i = 0; i < n; i++) addKeyword(kw, state[at + 2 * i]!, state[at + 2 * i + 1]!);
  return kw;
}

function makeFunction(
  cs: CodeState,
  child: number,
  closed: Cell[] | null,
  defaults: PyTuple | null,
  kwDefaults: PyDict | null,
): PyFun {
  const rc = cs.fun.rc.children[child]!;
  const { context } = cs.fun;
  return new PyFun(
    rc,
    context,
    cs.globals,
    closed,
    defaults === null ? null : defaults.items,
    kwDefaults,
    codeOf(rc, context).isGenerator,
  );
}

function popBlock(cs: CodeState): void {
  cs.excStack.length -= 3;
  cs.excSaved.length--;
}

// An active finally or with that is left by a jump of its own: drop its state from below the value on top.
function cancelFinally(state: (Obj | undefined)[], sp: number): number {
  if (typeof state[sp - 1] === "number") {
    state[sp - 2] = state[sp];
    return sp - 2;
  }
  state[sp - 1] = state[sp];
  return sp - 1;
}

/**
 * A return with blocks around it: where the next finally handler is, its state set up, or -1 when the frame may be left.
 * The stack pointer is left in cs.sp.
 */
function unwindReturn(cs: CodeState, ip: number, spIn: number): number {
  const { state, excStack } = cs;
  let sp = spIn;
  while (excStack.length > 0) {
    const n = excStack.length;
    const handler = excStack[n - 3]!;
    const blockSp = excStack[n - 2]!;
    if (excStack[n - 1] === 1) {
      if (handler >= ip) {
        state[blockSp + 1] = state[sp];
        state[blockSp + 2] = -1;
        cs.sp = blockSp + 2;
        return handler;
      }
      sp = cancelFinally(state, sp);
    }
    popBlock(cs);
  }
  cs.sp = sp;
  return -1;
}

/** break or continue with blocks around it. Stack: destination, count of blocks (with 0x80: a for-loop's iterator too). */
function unwindJump(cs: CodeState, ip: number, spIn: number): { ip: number; sp: number } {
  const { state, excStack } = cs;
  let sp = spIn;
  let count = state[sp--] as number;
  while ((count & 0x7f) > 0) {
    count--;
    const n = excStack.length;
    if (excStack[n - 1] === 1) {
      if (excStack[n - 3]! >= ip) {
        state[++sp] = count;
        return { ip: excStack[n - 3]!, sp };
      }
      sp = cancelFinally(state, sp);
    }
    popBlock(cs);
  }
  const target = state[sp--] as number;
  if (count !== 0) sp -= bc0.ITER_BUF_NSLOTS;
  return { ip: target, sp };
}

// __exit__ ctx_mgr state -- state, after __exit__ has run
function afterExit(state: (Obj | undefined)[], sp: number, swallow: boolean): number {
  const top = state[sp]!;
  if (typeof top === "number") {
    const data = state[sp - 1];
    state[sp - 3] = data;
    state[sp - 2] = top;
  } else state[sp - 2] = top === null || swallow ? null : top;
  return sp - 2;
}
