// The dispatch loop: executes register code (rc.ts), one frame after the other, without recursion in JavaScript (py/vm.c).
// Whatever cannot be answered at once (a Python call, a native that waits) suspends the frame: `ip` and `next` are saved,
// `resume` says what to do with the value, and the loop goes on with the frame that has to run first.
// Hot: measured by bench/ and tests/perf_bench. Opcodes must reach V8 as literals, so run it bundled. Cases repeat one
// another on purpose: each call that V8 does not inline costs as much as the work itself.
import { checkAllocation } from "../objects/heap.ts";
import { FLOAT_NONE, floatMode, mp } from "../objects/mpstate.ts";
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
} from "../objects/objexcept.ts";
import { PyBytearray } from "../objects/objbytes.ts";
import { PyFloat } from "../objects/objfloat.ts";
import { Cell, PyFun, PyNative } from "../objects/objfun.ts";
import { END_RAISES, END_STOPS, PyGen } from "../objects/objgenerator.ts";
import { PyList, PySlice } from "../objects/objlist.ts";
import { PyDict } from "../objects/objdict.ts";
import { PyModule } from "../objects/objmodule.ts";
import { PyTuple } from "../objects/objtuple.ts";
import { intAdd, intMul, intSub } from "../objects/number.ts";
import { isTrueSync } from "../objects/truth.ts";
import { isPending, PyInstance, PyType, run, STOP, typeOf, type Attrs, type Gen, type Obj, type Step } from "../objects/obj.ts";
import { PySuper } from "../objects/objtype.ts";
import { importFrom, loadAttr, loadMethod, methodSelf, shadow, storeAttr } from "./attr.ts";
import { call, callFun, plainCode } from "./call.ts";
import { codeOf, sourceLine, type Code } from "./code.ts";
import * as cs0 from "./codestate.ts";
import { Block, CodeState, NativeState } from "./codestate.ts";
import { dictStore, newSet, setStore } from "./hashing.ts";
import { current } from "./current.ts";
import { makeRaiseObj, raiseObjSync, resumeGenerator, throwInto } from "./generator.ts";
import { importAll, importName } from "./import.ts";
import { getIter, iterNext, ListIter, RangeIter, stopValue } from "./iter.ts";
import { binaryOp, contains, isTrue, storeSubscr, subscr, unaryOp } from "./operator.ts";
import * as rc from "./rc.ts";
import { checkUnpack, unpackEx, unpackSequence } from "./unpack.ts";
import { checkDepth } from "./stackctrl.ts";
import { callStar, keywords } from "./starargs.ts";
import { BUDGET, stepNative, Thread, toPython, type Outcome } from "./thread.ts";
import { PendingJump, PendingReturn, unwindJump, unwindReturn } from "./unwind.ts";
import { callExit, enterWith } from "./with.ts";
import { resumeOther } from "./yieldfrom.ts";

const MAX = Number.MAX_SAFE_INTEGER;

/** Below this many frames no board's stack is near its end, so the check costs nothing. */
const SHALLOW = 4;

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

/** Runs Python frames from `first` on; null: `thread` says what is next. */
function runCode(thread: Thread, first: CodeState): Outcome | null {
  let cs = first;
  let value: Obj | undefined = thread.value;
  let exc: Obj | undefined = thread.exc;
  thread.value = undefined;
  thread.exc = undefined;
  frames: for (;;) {
    const { code, state } = cs;
    const { ops, names } = code;
    let ip = cs.next;
    current.frame = cs;
    try {
      if (exc !== undefined) {
        ip = cs.ip;
        const raised = exc;
        exc = undefined;
        throw raised;
      }
      if (cs.gen !== null && cs.gen.inject !== undefined && ops[cs.ip] !== rc.YIELD_FROM) {
        ip = cs.ip;
        const { inject } = cs.gen;
        cs.gen.inject = undefined;
        throw inject;
      }
      if (value !== undefined) {
        // A value comes back to the instruction that waited for it.
        if (cs.resume === cs0.RESUME_STORE) state[ops[cs.ip + 1]!] = value;
        else {
          const got = value;
          value = undefined;
          const { resume } = cs;
          cs.resume = cs0.RESUME_STORE;
          if (resume === cs0.RESUME_YIELD_FROM) {
            ip = cs.ip;
            const it = state[ops[ip + 2]!]!;
            const exit = cs.injectedExit;
            cs.injectedExit = undefined;
            if (got === STOP) {
              state[ops[ip + 1]!] = it instanceof PyGen ? it.returned : stopValue.value;
              if (exit !== undefined) throw exit;
              ip = cs.next;
            } else {
              // Yielded on; when the generator is resumed the instruction runs again.
              cs.next = ip;
              cs.gen!.isRunning = false;
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
          } else if (resume === cs0.RESUME_FOR_ITER) {
            if (got === STOP) ip = ops[cs.ip + 3]!;
            else state[ops[cs.ip + 1]!] = got;
          } else ip = comeBack(cs, resume, got);
        }
        value = undefined;
      }

      for (;;) {
        /** What a slow instruction gave; handled after the switch. */
        let step!: Step;
        /** Where to go on then. */
        let next!: number;
        switch (ops[ip]) {
          case rc.MOVE:
            state[ops[ip + 1]!] = state[ops[ip + 2]!];
            ip += 3;
            continue;
          case rc.CHECK: {
            const v = state[ops[ip + 2]!];
            if (v === undefined) localNameError();
            state[ops[ip + 1]!] = v;
            ip += 3;
            continue;
          }
          case rc.LOAD_CONST:
            state[ops[ip + 1]!] = code.consts[ops[ip + 2]!];
            ip += 3;
            continue;
          case rc.LOAD_GLOBAL: {
            const { cache } = code;
            const name = ops[ip + 2]!;
            const entry = cache.entries[name];
            state[ops[ip + 1]!] =
              entry !== undefined && cache.version === cs.globals.version ? entry.value : globalSlow(cs, name);
            ip += 3;
            continue;
          }
          case rc.LOAD_NAME: {
            const { cache } = code;
            const name = ops[ip + 2]!;
            let v = cs.locals === null ? undefined : cs.locals.getStr(names[name]!);
            if (v === undefined) {
              const entry = cache.entries[name];
              v = entry !== undefined && cache.version === cs.globals.version ? entry.value : globalSlow(cs, name);
            }
            state[ops[ip + 1]!] = v;
            ip += 3;
            continue;
          }
          case rc.STORE_NAME:
            (cs.locals ?? cs.globals).setStr(names[ops[ip + 2]!]!, state[ops[ip + 1]!]!);
            ip += 3;
            continue;
          case rc.STORE_GLOBAL:
            cs.globals.setStr(names[ops[ip + 2]!]!, state[ops[ip + 1]!]!);
            ip += 3;
            continue;
          case rc.DELETE_NAME:
            deleteName(cs.locals ?? cs.globals, names[ops[ip + 1]!]!);
            ip += 2;
            continue;
          case rc.DELETE_GLOBAL:
            deleteName(cs.globals, names[ops[ip + 1]!]!);
            ip += 2;
            continue;
          case rc.LOAD_DEREF: {
            const v = (state[ops[ip + 2]!] as Cell).value;
            if (v === undefined) localNameError();
            state[ops[ip + 1]!] = v;
            ip += 3;
            continue;
          }
          case rc.STORE_DEREF:
            (state[ops[ip + 1]!] as Cell).value = state[ops[ip + 2]!];
            ip += 3;
            continue;
          case rc.DELETE_FAST:
            if (state[ops[ip + 1]!] === undefined) localNameError();
            state[ops[ip + 1]!] = undefined;
            ip += 2;
            continue;
          case rc.DELETE_DEREF: {
            const cell = state[ops[ip + 1]!] as Cell;
            if (cell.value === undefined) localNameError();
            cell.value = undefined;
            ip += 2;
            continue;
          }

          // ---- jumps

          case rc.JUMP: {
            const target = ops[ip + 1]!;
            if (target > ip || --thread.budget > 0) {
              ip = target;
              continue;
            }
            return pause(thread, cs, ip, target);
          }
          case rc.JUMP_IF: {
            const v = state[ops[ip + 3]!]!;
            let truth = v as boolean;
            if (typeof v !== "boolean") {
              const t = isTrue(v);
              if (isPending(t)) {
                cs.resume = cs0.RESUME_JUMP;
                step = t;
                next = ip + 4;
                break;
              }
              truth = t;
            }
            if (truth !== (ops[ip + 2] === 1)) {
              ip += 4;
              continue;
            }
            const target = ops[ip + 1]!;
            if (target > ip || --thread.budget > 0) {
              ip = target;
              continue;
            }
            return pause(thread, cs, ip, target);
          }
          case rc.JUMP_IF_OR: {
            const v = state[ops[ip + 4]!]!;
            const t = isTrue(v);
            next = ip + 5;
            if (isPending(t)) {
              cs.resume = cs0.RESUME_JUMP_OR;
              step = t;
              break;
            }
            if (t === (ops[ip + 2] === 1)) {
              state[ops[ip + 3]!] = v;
              ip = ops[ip + 1]!;
            } else ip = next;
            continue;
          }
          case rc.JUMP_LESS:
          case rc.JUMP_MORE:
          case rc.JUMP_LESS_EQUAL:
          case rc.JUMP_MORE_EQUAL: {
            const op = ops[ip]!;
            const a = state[ops[ip + 3]!]!;
            const b = state[ops[ip + 4]!]!;
            let truth: boolean;
            let x: number;
            let y: number;
            if (typeof a === "number") x = a;
            else if (a instanceof PyFloat) x = a.v;
            else x = NaN;
            if (typeof b === "number") y = b;
            else if (b instanceof PyFloat) y = b.v;
            else y = NaN;
            if (x === x && y === y) {
              truth = op === rc.JUMP_LESS ? x < y : op === rc.JUMP_MORE ? x > y : op === rc.JUMP_LESS_EQUAL ? x <= y : x >= y;
            } else {
              const t = binaryOp(op - rc.JUMP_LESS, a, b);
              if (typeof t !== "boolean") {
                cs.resume = cs0.RESUME_JUMP;
                step = truthOf(t);
                next = ip + 5;
                break;
              }
              truth = t;
            }
            if (truth !== (ops[ip + 2] === 1)) {
              ip += 5;
              continue;
            }
            const target = ops[ip + 1]!;
            if (target > ip || --thread.budget > 0) {
              ip = target;
              continue;
            }
            return pause(thread, cs, ip, target);
          }
          case rc.JUMP_EQUAL:
          case rc.JUMP_NOT_EQUAL: {
            const a = state[ops[ip + 3]!]!;
            const b = state[ops[ip + 4]!]!;
            let truth: boolean;
            if ((typeof a === "number" && typeof b === "number") || (typeof a === "string" && typeof b === "string"))
              truth = (a === b) === (ops[ip] === rc.JUMP_EQUAL);
            else {
              const t = binaryOp(ops[ip]! - rc.JUMP_LESS, a, b);
              if (typeof t !== "boolean") {
                cs.resume = cs0.RESUME_JUMP;
                step = truthOf(t);
                next = ip + 5;
                break;
              }
              truth = t;
            }
            if (truth !== (ops[ip + 2] === 1)) {
              ip += 5;
              continue;
            }
            const target = ops[ip + 1]!;
            if (target > ip || --thread.budget > 0) {
              ip = target;
              continue;
            }
            return pause(thread, cs, ip, target);
          }
          case rc.JUMP_IN:
          case rc.JUMP_IS: {
            const a = state[ops[ip + 3]!]!;
            const b = state[ops[ip + 4]!]!;
            let truth: boolean;
            if (ops[ip] === rc.JUMP_IS) truth = a === b;
            else {
              const t = contains(b, a);
              if (typeof t !== "boolean") {
                cs.resume = cs0.RESUME_JUMP;
                step = truthOf(t);
                next = ip + 5;
                break;
              }
              truth = t;
            }
            if (truth !== (ops[ip + 2] === 1)) {
              ip += 5;
              continue;
            }
            const target = ops[ip + 1]!;
            if (target > ip || --thread.budget > 0) {
              ip = target;
              continue;
            }
            return pause(thread, cs, ip, target);
          }

          // ---- operators

          case rc.ADD: {
            const a = state[ops[ip + 2]!]!;
            const b = state[ops[ip + 3]!]!;
            if (typeof a === "number" && typeof b === "number") {
              const r = a + b;
              state[ops[ip + 1]!] = r <= MAX && r >= -MAX ? r : intAdd(a, b);
              ip += 5;
              continue;
            }
            if (a instanceof PyFloat && b instanceof PyFloat) {
              state[ops[ip + 1]!] = PyFloat.of(a.v + b.v);
              ip += 5;
              continue;
            }
            if (typeof a === "string" && typeof b === "string") {
              if (a.length + b.length > 1024) checkAllocation(a.length + b.length);
              state[ops[ip + 1]!] = a + b;
              ip += 5;
              continue;
            }
            step = binaryOp(ops[ip + 4]!, a, b);
            next = ip + 5;
            break;
          }
          case rc.SUBTRACT: {
            const a = state[ops[ip + 2]!]!;
            const b = state[ops[ip + 3]!]!;
            if (typeof a === "number" && typeof b === "number") {
              const r = a - b;
              state[ops[ip + 1]!] = r <= MAX && r >= -MAX ? r : intSub(a, b);
              ip += 5;
              continue;
            }
            if (a instanceof PyFloat && b instanceof PyFloat) {
              state[ops[ip + 1]!] = PyFloat.of(a.v - b.v);
              ip += 5;
              continue;
            }
            step = binaryOp(ops[ip + 4]!, a, b);
            next = ip + 5;
            break;
          }
          case rc.MULTIPLY: {
            const a = state[ops[ip + 2]!]!;
            const b = state[ops[ip + 3]!]!;
            if (typeof a === "number" && typeof b === "number") {
              const r = a * b + 0;
              state[ops[ip + 1]!] = r <= MAX && r >= -MAX ? r : intMul(a, b);
              ip += 5;
              continue;
            }
            if (a instanceof PyFloat && b instanceof PyFloat) {
              state[ops[ip + 1]!] = PyFloat.of(a.v * b.v);
              ip += 5;
              continue;
            }
            step = binaryOp(ops[ip + 4]!, a, b);
            next = ip + 5;
            break;
          }
          case rc.FLOOR_DIVIDE: {
            const a = state[ops[ip + 2]!]!;
            const b = state[ops[ip + 3]!]!;
            if (typeof a === "number" && typeof b === "number" && (a | 0) === a && (b | 0) === b && b > 0) {
              state[ops[ip + 1]!] = Math.floor(a / b);
              ip += 5;
              continue;
            }
            step = binaryOp(ops[ip + 4]!, a, b);
            next = ip + 5;
            break;
          }
          case rc.TRUE_DIVIDE: {
            const a = state[ops[ip + 2]!]!;
            const b = state[ops[ip + 3]!]!;
            if (floatMode !== FLOAT_NONE) {
              if (a instanceof PyFloat) {
                const y = b instanceof PyFloat ? b.v : typeof b === "number" ? b : 0;
                if (y !== 0) {
                  state[ops[ip + 1]!] = PyFloat.of(a.v / y);
                  ip += 5;
                  continue;
                }
              } else if (typeof a === "number" && typeof b === "number" && b !== 0) {
                state[ops[ip + 1]!] = PyFloat.of(a / b);
                ip += 5;
                continue;
              }
            }
            step = binaryOp(ops[ip + 4]!, a, b);
            next = ip + 5;
            break;
          }
          case rc.MODULO: {
            const a = state[ops[ip + 2]!]!;
            const b = state[ops[ip + 3]!]!;
            if (typeof a === "number" && typeof b === "number" && (a | 0) === a && (b | 0) === b && b > 0) {
              const r = (a % b) | 0;
              state[ops[ip + 1]!] = r < 0 ? r + b : r;
              ip += 5;
              continue;
            }
            step = binaryOp(ops[ip + 4]!, a, b);
            next = ip + 5;
            break;
          }
          case rc.AND: {
            const a = state[ops[ip + 2]!]!;
            const b = state[ops[ip + 3]!]!;
            if (typeof a === "number" && typeof b === "number" && (a | 0) === a && (b | 0) === b) {
              state[ops[ip + 1]!] = a & b;
              ip += 5;
              continue;
            }
            step = binaryOp(ops[ip + 4]!, a, b);
            next = ip + 5;
            break;
          }
          case rc.OR: {
            const a = state[ops[ip + 2]!]!;
            const b = state[ops[ip + 3]!]!;
            if (typeof a === "number" && typeof b === "number" && (a | 0) === a && (b | 0) === b) {
              state[ops[ip + 1]!] = a | b;
              ip += 5;
              continue;
            }
            step = binaryOp(ops[ip + 4]!, a, b);
            next = ip + 5;
            break;
          }
          case rc.XOR: {
            const a = state[ops[ip + 2]!]!;
            const b = state[ops[ip + 3]!]!;
            if (typeof a === "number" && typeof b === "number" && (a | 0) === a && (b | 0) === b) {
              state[ops[ip + 1]!] = a ^ b;
              ip += 5;
              continue;
            }
            step = binaryOp(ops[ip + 4]!, a, b);
            next = ip + 5;
            break;
          }
          case rc.LSHIFT: {
            const a = state[ops[ip + 2]!]!;
            const b = state[ops[ip + 3]!]!;
            if (typeof a === "number" && typeof b === "number" && b >= 0 && b < 31) {
              const r = a * (1 << b);
              if (r <= MAX && r >= -MAX) {
                state[ops[ip + 1]!] = r;
                ip += 5;
                continue;
              }
            }
            step = binaryOp(ops[ip + 4]!, a, b);
            next = ip + 5;
            break;
          }
          case rc.RSHIFT: {
            const a = state[ops[ip + 2]!]!;
            const b = state[ops[ip + 3]!]!;
            if (typeof a === "number" && typeof b === "number" && (a | 0) === a && b >= 0 && b < 32) {
              state[ops[ip + 1]!] = a >> b;
              ip += 5;
              continue;
            }
            step = binaryOp(ops[ip + 4]!, a, b);
            next = ip + 5;
            break;
          }
          case rc.BINARY:
            step = binaryOp(ops[ip + 4]!, state[ops[ip + 2]!]!, state[ops[ip + 3]!]!);
            next = ip + 5;
            break;
          case rc.LESS: {
            const a = state[ops[ip + 2]!]!;
            const b = state[ops[ip + 3]!]!;
            if (typeof a === "number" && typeof b === "number") {
              state[ops[ip + 1]!] = a < b;
              ip += 4;
              continue;
            }
            step = binaryOp(0, a, b);
            next = ip + 4;
            break;
          }
          case rc.MORE: {
            const a = state[ops[ip + 2]!]!;
            const b = state[ops[ip + 3]!]!;
            if (typeof a === "number" && typeof b === "number") {
              state[ops[ip + 1]!] = a > b;
              ip += 4;
              continue;
            }
            step = binaryOp(1, a, b);
            next = ip + 4;
            break;
          }
          case rc.EQUAL: {
            const a = state[ops[ip + 2]!]!;
            const b = state[ops[ip + 3]!]!;
            if ((typeof a === "number" && typeof b === "number") || (typeof a === "string" && typeof b === "string")) {
              state[ops[ip + 1]!] = a === b;
              ip += 4;
              continue;
            }
            step = binaryOp(2, a, b);
            next = ip + 4;
            break;
          }
          case rc.LESS_EQUAL:
          case rc.MORE_EQUAL:
          case rc.NOT_EQUAL:
          case rc.IN:
            step = binaryOp(ops[ip]! - rc.LESS, state[ops[ip + 2]!]!, state[ops[ip + 3]!]!);
            next = ip + 4;
            break;
          case rc.IS:
            state[ops[ip + 1]!] = state[ops[ip + 2]!] === state[ops[ip + 3]!];
            ip += 4;
            continue;
          case rc.NOT: {
            const t = isTrue(state[ops[ip + 2]!]!);
            step = isPending(t) ? notOf(t) : !t;
            next = ip + 3;
            break;
          }
          case rc.UNARY: {
            const a = state[ops[ip + 2]!]!;
            step = unaryOp(ops[ip + 3]!, a);
            next = ip + 4;
            break;
          }

          // ---- attributes and items

          case rc.LOAD_ATTR: {
            const o = state[ops[ip + 2]!]!;
            next = ip + 4;
            if (typeof o === "object" && o !== null) {
              const v = (o as unknown as Attrs)[code.keys[ops[ip + 3]!]!];
              if (v !== undefined && (typeof v !== "object" || v === null || !v.isDescr)) {
                state[ops[ip + 1]!] = v;
                ip = next;
                continue;
              }
              if (o instanceof PyModule) {
                const entry = o.globals.map.get(names[ops[ip + 3]!]!);
                if (entry !== undefined) {
                  state[ops[ip + 1]!] = entry.value;
                  ip = next;
                  continue;
                }
              }
            }
            step = loadAttr(o, names[ops[ip + 3]!]!);
            break;
          }
          case rc.STORE_ATTR: {
            const o = state[ops[ip + 1]!]!;
            const v = state[ops[ip + 2]!];
            next = ip + 4;
            if (v !== undefined && typeof o === "object" && o !== null && (o as PyInstance).isPlainStore === true) {
              (o as unknown as Attrs)[code.keys[ops[ip + 3]!]!] = v;
              if (v instanceof PyFun) shadow(o as PyInstance);
              ip = next;
              continue;
            }
            step = storeAttr(o, names[ops[ip + 3]!]!, v);
            if (!isPending(step)) {
              ip = next;
              continue;
            }
            cs.resume = cs0.RESUME_DISCARD;
            break;
          }
          case rc.LOAD_METHOD: {
            const name = ops[ip + 3]!;
            step = loadMethod(state[ops[ip + 2]!]!, names[name]!, code.keys[name]!);
            next = ip + 4;
            if (isPending(step)) {
              cs.resume = cs0.RESUME_LOAD_METHOD;
              break;
            }
            const to = ops[ip + 1]!;
            state[to] = step;
            state[to + 1] = methodSelf.value;
            ip = next;
            continue;
          }
          case rc.LOAD_SUPER_METHOD: {
            const to = ops[ip + 1]!;
            step = loadAttr(new PySuper(state[ops[ip + 2]!] as PyType, state[ops[ip + 3]!]!), names[ops[ip + 4]!]!);
            next = ip + 5;
            if (isPending(step)) {
              cs.resume = cs0.RESUME_LOAD_METHOD;
              break;
            }
            state[to] = step;
            state[to + 1] = undefined;
            ip = next;
            continue;
          }
          case rc.LOAD_SUBSCR: {
            const o = state[ops[ip + 2]!]!;
            const index = state[ops[ip + 3]!]!;
            next = ip + 4;
            if (typeof index === "number") {
              if (o instanceof PyList || o instanceof PyTuple) {
                const { items } = o;
                if (index < items.length && index >= 0) {
                  state[ops[ip + 1]!] = items[index]!;
                  ip = next;
                  continue;
                }
              } else if (o instanceof PyDict) {
                const entry = o.map.get(index);
                if (entry !== undefined) {
                  state[ops[ip + 1]!] = entry.value;
                  ip = next;
                  continue;
                }
              } else if (o instanceof PyBytearray && index >= 0 && index < o.v.length) {
                state[ops[ip + 1]!] = o.v[index];
                ip = next;
                continue;
              }
            } else if (typeof index === "string" && o instanceof PyDict) {
              const entry = o.map.get(index);
              if (entry !== undefined) {
                state[ops[ip + 1]!] = entry.value;
                ip = next;
                continue;
              }
            }
            step = subscr(o, index);
            break;
          }
          case rc.STORE_SUBSCR: {
            const o = state[ops[ip + 1]!]!;
            const index = state[ops[ip + 2]!]!;
            const v = state[ops[ip + 3]!];
            next = ip + 4;
            if (v !== undefined) {
              if (typeof index === "number") {
                if (o instanceof PyList) {
                  if (index >= 0 && index < o.items.length) {
                    o.items[index] = v;
                    ip = next;
                    continue;
                  }
                } else if (o instanceof PyDict) {
                  if (!o.isReadonly) {
                    o.set(index, index, v);
                    ip = next;
                    continue;
                  }
                } else if (o instanceof PyBytearray && typeof v === "number" && index >= 0 && index < o.v.length) {
                  o.v[index] = v;
                  ip = next;
                  continue;
                }
              } else if (typeof index === "string" && o instanceof PyDict && !o.isReadonly) {
                o.set(index, index, v);
                ip = next;
                continue;
              }
            }
            step = storeSubscr(o, index, v);
            if (!isPending(step)) {
              ip = next;
              continue;
            }
            cs.resume = cs0.RESUME_DISCARD;
            break;
          }

          // ---- building

          case rc.BUILD_TUPLE: {
            const n = ops[ip + 2]!;
            state[ops[ip + 1]!] = new PyTuple(gather(state, ops, ip + 3, n));
            ip += 3 + n;
            continue;
          }
          case rc.BUILD_LIST: {
            const n = ops[ip + 2]!;
            state[ops[ip + 1]!] = new PyList(gather(state, ops, ip + 3, n));
            ip += 3 + n;
            continue;
          }
          case rc.BUILD_MAP:
            state[ops[ip + 1]!] = new PyDict(ops[ip + 2]!);
            ip += 3;
            continue;
          case rc.BUILD_SET: {
            const n = ops[ip + 2]!;
            step = newSet(gather(state, ops, ip + 3, n));
            next = ip + 3 + n;
            break;
          }
          case rc.BUILD_SLICE:
            state[ops[ip + 1]!] = new PySlice(state[ops[ip + 2]!]!, state[ops[ip + 3]!]!, state[ops[ip + 4]!]!);
            ip += 5;
            continue;
          case rc.STORE_MAP:
            step = dictStore(state[ops[ip + 1]!] as PyDict, state[ops[ip + 2]!]!, state[ops[ip + 3]!]!);
            next = ip + 4;
            if (!isPending(step)) {
              ip = next;
              continue;
            }
            cs.resume = cs0.RESUME_DISCARD;
            break;
          case rc.LIST_APPEND:
            (state[ops[ip + 1]!] as PyList).items.push(state[ops[ip + 2]!]!);
            ip += 3;
            continue;
          case rc.SET_ADD:
            step = setStore(state[ops[ip + 1]!]!, state[ops[ip + 2]!]!);
            next = ip + 3;
            if (!isPending(step)) {
              ip = next;
              continue;
            }
            cs.resume = cs0.RESUME_DISCARD;
            break;
          case rc.UNPACK_SEQUENCE: {
            const seq = state[ops[ip + 1]!]!;
            const n = ops[ip + 2]!;
            next = ip + 3 + n;
            if (seq instanceof PyTuple || seq instanceof PyList) {
              const { items } = seq;
              if (items.length !== n) checkUnpack(items.length, n);
              for (let i = 0; i < n; i++) state[ops[ip + 3 + i]!] = items[i]!;
              ip = next;
              continue;
            }
            cs.resume = cs0.RESUME_UNPACK;
            step = unpackSequence(seq, n);
            break;
          }
          case rc.UNPACK_EX: {
            const left = ops[ip + 2]!;
            const right = ops[ip + 3]!;
            next = ip + 5 + left + right;
            cs.resume = cs0.RESUME_UNPACK;
            step = unpackEx(state[ops[ip + 1]!]!, left, right);
            break;
          }
          case rc.MAKE_FUNCTION:
            state[ops[ip + 1]!] = makeFunction(cs, ip, null);
            ip += 5;
            continue;
          case rc.MAKE_CLOSURE: {
            const n = ops[ip + 5]!;
            state[ops[ip + 1]!] = makeFunction(cs, ip, gather(state, ops, ip + 6, n) as Cell[]);
            ip += 6 + n;
            continue;
          }

          // ---- calls

          case rc.CALL: {
            const fun = state[ops[ip + 2]!]!;
            const n = ops[ip + 3]!;
            next = ip + 4 + n;
            thread.budget--;
            if (fun instanceof PyFun) {
              const callee = plainCode(fun, n);
              if (callee !== null) {
                const frame = new CodeState(fun, callee);
                for (let i = 0; i < n; i++) frame.state[i] = state[ops[ip + 4 + i]!];
                step = frame;
              } else step = callFun(fun, gather(state, ops, ip + 4, n), 0, n, null);
            } else if (fun instanceof PyNative && fun.isSimple && n <= 3 && n >= fun.min && n <= fun.max) {
              step =
                n === 1
                  ? fun.fn(state[ops[ip + 4]!])
                  : n === 2
                    ? fun.fn(state[ops[ip + 4]!], state[ops[ip + 5]!])
                    : n === 0
                      ? fun.fn()
                      : fun.fn(state[ops[ip + 4]!], state[ops[ip + 5]!], state[ops[ip + 6]!]);
            } else step = call(fun, gather(state, ops, ip + 4, n), null);
            break;
          }
          case rc.CALL_SELF: {
            const at = ops[ip + 2]!;
            const fun = state[at]!;
            const self = state[at + 1];
            const n = ops[ip + 3]!;
            next = ip + 4 + n;
            thread.budget--;
            step = callWith(fun, self, state, ops, ip + 4, n);
            break;
          }
          case rc.CALL_METHOD: {
            const o = state[ops[ip + 2]!]!;
            const name = ops[ip + 3]!;
            const n = ops[ip + 4]!;
            next = ip + 5 + n;
            thread.budget--;
            const key = code.keys[name]!;
            if (typeof o === "object" && o !== null) {
              const method = (o as unknown as Attrs)[key];
              if (method !== undefined) {
                if (method instanceof PyFun && !(o as PyInstance).mayShadow) {
                  const callee = plainCode(method, n + 1);
                  if (callee !== null) {
                    const frame = new CodeState(method, callee);
                    frame.state[0] = o;
                    for (let i = 0; i < n; i++) frame.state[i + 1] = state[ops[ip + 5 + i]!];
                    step = frame;
                    break;
                  }
                }
              } else if (!(o instanceof PyType)) {
                const native = o.type.proto[key];
                if (native instanceof PyNative && native.isSimple && n <= 2 && n + 1 >= native.min && n < native.max) {
                  step =
                    n === 1
                      ? native.fn(o, state[ops[ip + 5]!])
                      : n === 0
                        ? native.fn(o)
                        : native.fn(o, state[ops[ip + 5]!], state[ops[ip + 6]!]);
                  break;
                }
              }
            }
            const fun = loadMethod(o, names[name]!, key);
            const self = methodSelf.value;
            step = isPending(fun) ? callLater(fun, gather(state, ops, ip + 5, n)) : callWith(fun, self, state, ops, ip + 5, n);
            break;
          }
          case rc.CALL_KW: {
            const n = ops[ip + 4]!;
            const nKw = ops[ip + 5]!;
            const at = ops[ip + 2]!;
            const self = ops[ip + 3] === 1 ? state[at + 1] : undefined;
            const args = gather(state, ops, ip + 6, n);
            if (self !== undefined) args.unshift(self);
            next = ip + 6 + n + 2 * nKw;
            thread.budget--;
            step = call(state[at]!, args, keywords(gather(state, ops, ip + 6 + n, 2 * nKw), nKw));
            break;
          }
          case rc.CALL_VAR_KW: {
            const n = ops[ip + 4]!;
            const nKw = ops[ip + 5]!;
            const at = ops[ip + 2]!;
            next = ip + 7 + n + 2 * nKw;
            const self = ops[ip + 3] === 1 ? state[at + 1] : undefined;
            thread.budget--;
            step = callStar(state[at]!, self, gather(state, ops, ip + 6, n + 2 * nKw), n, state[ops[next - 1]!]!);
            break;
          }
          case rc.LOAD_BUILD_CLASS:
            state[ops[ip + 1]!] = mp.builtins.getStr("__build_class__")!;
            ip += 2;
            continue;

          // ---- iteration

          case rc.GET_ITER:
            step = getIter(state[ops[ip + 2]!]!);
            next = ip + 3;
            break;
          case rc.FOR_ITER: {
            const it = state[ops[ip + 2]!]!;
            next = ip + 4;
            if (it instanceof ListIter) {
              const { items } = it.of;
              if (it.i < items.length) {
                state[ops[ip + 1]!] = items[it.i++]!;
                ip = next;
              } else ip = ops[ip + 3]!;
              continue;
            }
            if (it instanceof RangeIter) {
              if (it.left > 0) {
                it.left--;
                state[ops[ip + 1]!] = it.at;
                it.at += it.by;
                ip = next;
              } else ip = ops[ip + 3]!;
              continue;
            }
            const v = iterNext(it);
            if (isPending(v)) {
              cs.resume = cs0.RESUME_FOR_ITER;
              step = v;
              break;
            }
            if (v === STOP) ip = ops[ip + 3]!;
            else {
              state[ops[ip + 1]!] = v;
              ip = next;
            }
            continue;
          }

          // ---- exceptions

          case rc.SETUP_EXCEPT:
          case rc.SETUP_FINALLY:
            cs.block = new Block(cs.block, ops[ip + 2]!, ops[ip + 1]!, ops[ip] === rc.SETUP_FINALLY);
            ip += 3;
            continue;
          case rc.SETUP_WITH: {
            const to = ops[ip + 1]!;
            next = ip + 4;
            step = enterWith(state, to, state[ops[ip + 3]!]!);
            if (isPending(step)) {
              cs.resume = cs0.RESUME_WITH_ENTER;
              break;
            }
            state[to + 2] = step;
            cs.block = new Block(cs.block, ops[ip + 2]!, to + 2, true);
            ip = next;
            continue;
          }
          case rc.WITH_CLEANUP: {
            const at = ops[ip + 2]!;
            const what = state[at + 2]!;
            cs.resume = cs0.RESUME_WITH_EXIT;
            next = ip + 3;
            step = callExit(state[at]!, state[at + 1], isException(what) ? what : null);
            break;
          }
          case rc.POP_EXCEPT_JUMP:
            cs.block = cs.block!.outer;
            ip = ops[ip + 1]!;
            continue;
          case rc.END_FINALLY: {
            cs.block = cs.block!.outer;
            const what = state[ops[ip + 1]!]!;
            if (what === null) {
              ip += 2;
              continue;
            }
            if (what instanceof PendingReturn) {
              const handler = unwindReturn(cs, ip, what.value);
              if (handler >= 0) {
                ip = handler;
                continue;
              }
              value = what.value;
              break;
            }
            if (!(what instanceof PendingJump)) throw what;
            const target = unwindJump(cs, ip, what.target, what.blocks);
            if (target > ip || --thread.budget > 0) {
              ip = target;
              continue;
            }
            return pause(thread, cs, ip, target);
          }
          case rc.UNWIND_JUMP: {
            const target = unwindJump(cs, ip, ops[ip + 1]!, ops[ip + 2]!);
            if (target > ip || --thread.budget > 0) {
              ip = target;
              continue;
            }
            return pause(thread, cs, ip, target);
          }
          case rc.RETURN: {
            value = state[ops[ip + 1]!]!;
            if (cs.block !== null) {
              const handler = unwindReturn(cs, ip, value);
              if (handler >= 0) {
                value = undefined;
                ip = handler;
                continue;
              }
            }
            break;
          }
          case rc.RAISE_LAST: {
            for (let { block } = cs; block !== null; block = block.outer) if (block.exc !== undefined) throw block.exc;
            raiseMsg(typeRuntimeError, "no active exception to reraise");
          }
          // eslint-disable-next-line no-fallthrough
          case rc.RAISE_OBJ:
          case rc.RAISE_FROM: {
            if (ops[ip] === rc.RAISE_FROM && state[ops[ip + 2]!] !== null)
              mp.print("Warning: exception chaining not supported\n");
            const what = state[ops[ip + 1]!]!;
            const raised = raiseObjSync(what);
            if (raised !== undefined) throw raised;
            step = raiseClass(what);
            next = ip;
            break;
          }

          // ---- generators

          case rc.YIELD: {
            cs.ip = ip;
            cs.next = ip + 3;
            cs.gen!.isRunning = false;
            const got = state[ops[ip + 2]!]!;
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
          case rc.YIELD_FROM: {
            const send = state[ops[ip + 3]!]!;
            const it = state[ops[ip + 2]!]!;
            const { inject } = cs.gen!;
            next = ip + 4;
            cs.gen!.inject = undefined;
            cs.injectedExit = inject !== undefined && isExc(inject, typeGeneratorExit) ? inject : undefined;
            if (it instanceof PyGen) {
              step = inject === undefined ? resumeGenerator(it, send, END_STOPS) : throwInto(it, inject, END_STOPS);
              if (step === STOP) {
                state[ops[ip + 1]!] = it.returned;
                if (inject !== undefined) throw inject;
                ip = next;
                continue;
              }
            } else step = resumeOther(it, send, inject);
            cs.resume = cs0.RESUME_YIELD_FROM;
            break;
          }

          // ---- imports

          case rc.IMPORT_NAME:
            step = importName(names[ops[ip + 4]!]!, state[ops[ip + 3]!]!, state[ops[ip + 2]!] as number, cs.globals);
            next = ip + 5;
            break;
          case rc.IMPORT_FROM:
            step = importFrom(state[ops[ip + 2]!]!, names[ops[ip + 3]!]!);
            next = ip + 4;
            break;
          case rc.IMPORT_STAR:
            step = importAll(state[ops[ip + 1]!]!, cs.locals ?? cs.globals);
            next = ip + 2;
            if (!isPending(step)) {
              ip = next;
              continue;
            }
            cs.resume = cs0.RESUME_DISCARD;
            break;

          default:
            throw new Error(`opcode ${ops[ip]}`);
        }

        if (value !== undefined) {
          // The frame returns.
          mp.depth--;
          const { prev } = cs;
          if (cs.instance !== undefined) {
            if (value !== null) exc = initResultError(value);
            value = cs.instance;
          } else if (cs.gen !== null) {
            const { gen } = cs;
            gen.frame = null;
            gen.isRunning = false;
            gen.returned = value;
            if (gen.end === END_RAISES) exc = new PyExc(typeStopIteration, value === null ? [] : [value]);
            else value = STOP;
          }
          if (exc !== undefined) value = undefined;
          if (prev instanceof CodeState) {
            cs = prev;
            continue frames;
          }
          thread.frame = prev;
          thread.exc = exc;
          thread.value = value;
          return null;
        }
        if (step instanceof CodeState) {
          if (++mp.depth > SHALLOW) checkDepthOf(step);
          cs.ip = ip;
          cs.next = next;
          step.prev = cs;
          cs = step;
          if (thread.budget > 0) continue frames;
          thread.frame = cs;
          return BUDGET;
        }
        if (!isPending(step)) {
          state[ops[ip + 1]!] = step;
          ip = next;
          continue;
        }
        if (++mp.depth > SHALLOW) checkDepthOf(step);
        cs.ip = ip;
        cs.next = next;
        const native = new NativeState(step as Gen);
        native.prev = cs;
        thread.frame = native;
        return null;
      }
    } catch (caught) {
      const raised = toPython(caught);
      cs.resume = cs0.RESUME_STORE;
      value = undefined;
      const op = ops[ip];
      if (isExc(raised, typeStopIteration) && (op === rc.FOR_ITER || op === rc.YIELD_FROM)) {
        if (op === rc.FOR_ITER) cs.next = ops[ip + 3]!;
        else {
          state[ops[ip + 1]!] = excValue(raised);
          cs.next = ip + 4;
        }
        continue;
      }
      addTraceback(cs, ip, raised);
      // Handlers that lie behind are running already.
      while (cs.block !== null && cs.block.handler <= ip) cs.block = cs.block.outer;
      if (cs.block !== null) {
        cs.block.exc = raised;
        state[cs.block.register] = raised;
        cs.next = cs.block.handler;
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

/** The values of `n` registers that `ops` names from `at` on. */
function gather(state: readonly (Obj | undefined)[], ops: Int32Array, at: number, n: number): Obj[] {
  switch (n) {
    case 0:
      return [];
    case 1:
      return [state[ops[at]!]!];
    case 2:
      return [state[ops[at]!]!, state[ops[at + 1]!]!];
    case 3:
      return [state[ops[at]!]!, state[ops[at + 1]!]!, state[ops[at + 2]!]!];
  }
  const values: Obj[] = [];
  for (let i = 0; i < n; i++) values.push(state[ops[at + i]!]!);
  return values;
}

/** Calls a function with its self, if it has one, and `n` arguments. */
function callWith(
  fun: Obj,
  self: Obj | undefined,
  state: readonly (Obj | undefined)[],
  ops: Int32Array,
  at: number,
  n: number,
): Step {
  if (self === undefined && fun instanceof PyNative && fun.isSimple && n <= 2 && n >= fun.min && n <= fun.max) {
    if (n === 0) return fun.fn();
    return n === 1 ? fun.fn(state[ops[at]!]) : fun.fn(state[ops[at]!], state[ops[at + 1]!]);
  }
  const args = gather(state, ops, at, n);
  if (self !== undefined) args.unshift(self);
  return fun instanceof PyFun ? callFun(fun, args, 0, args.length, null) : call(fun, args, null);
}

function* callLater(fun: Step, args: Obj[]): Gen {
  return yield* run(call(yield* run(fun), args, null));
}

/** A back-edge that has used up the budget: the frame goes on at `target` another time. */
function pause(thread: Thread, cs: CodeState, ip: number, target: number): Outcome {
  cs.ip = ip;
  cs.next = target;
  thread.frame = cs;
  return BUDGET;
}

/** Does what a waiting instruction still has to do with its value. Gives where to go on. */
function comeBack(cs: CodeState, resume: number, got: Obj): number {
  const { state, ip } = cs;
  const { ops } = cs.code;
  switch (resume) {
    case cs0.RESUME_JUMP:
      return isTrueSync(got) === (ops[ip + 2] === 1) ? ops[ip + 1]! : cs.next;
    case cs0.RESUME_JUMP_OR:
      if (isTrueSync(got) !== (ops[ip + 2] === 1)) return cs.next;
      state[ops[ip + 3]!] = state[ops[ip + 4]!];
      return ops[ip + 1]!;
    case cs0.RESUME_WITH_ENTER: {
      const to = ops[ip + 1]! + 2;
      cs.block = new Block(cs.block, ops[ip + 2]!, to, true);
      state[to] = got;
      break;
    }
    case cs0.RESUME_WITH_EXIT: {
      const what = state[ops[ip + 2]! + 2]!;
      state[ops[ip + 1]!] = got === true && isException(what) ? null : what;
      break;
    }
    case cs0.RESUME_LOAD_METHOD:
      state[ops[ip + 1]!] = got;
      state[ops[ip + 1]! + 1] = undefined;
      break;
    case cs0.RESUME_UNPACK: {
      const { items } = got as PyTuple;
      const at = ip + (ops[ip] === rc.UNPACK_EX ? 4 : 3);
      for (let i = 0; i < items.length; i++) state[ops[at + i]!] = items[i]!;
      break;
    }
  }
  return cs.next;
}

function isException(what: Obj): boolean {
  return what !== null && !(what instanceof PendingReturn) && !(what instanceof PendingJump);
}

/** Raises RuntimeError when one more call does not fit the board's stack. */
function checkDepthOf(step: Step): void {
  try {
    checkDepth();
  } catch (caught) {
    mp.depth--;
    if (step instanceof CodeState && step.gen !== null) step.gen.isRunning = false;
    throw caught;
  }
}

function addTraceback(cs: CodeState, at: number, exc: Obj): void {
  const op = cs.code.ops[at];
  // A re-raised exception has been here before; 1.9.2 names the frame once more all the same.
  if ((op === rc.END_FINALLY || op === rc.RAISE_LAST) && mp.config.release !== "1.9.2") return;
  excOf(exc)?.traceback.push({ file: cs.fun.context.qstrs[0]!, line: sourceLine(cs.code, at), block: cs.code.name });
}

function localNameError(): never {
  raiseMsg(typeNameError, "local variable referenced before assignment");
}

/** Finds a global or built-in name and remembers where. */
function globalSlow(cs: CodeState, index: number): Obj {
  const { cache, names } = cs.code;
  const name = names[index]!;
  const { globals } = cs;
  if (cache.version !== globals.version) {
    cache.version = globals.version;
    cache.entries = [];
  }
  const entry = globals.entry(name) ?? mp.builtins.entry(name);
  if (entry === undefined) raiseMsg(typeNameError, `name '${name}' isn't defined`);
  cache.entries[index] = entry;
  return entry.value!;
}

function deleteName(dict: PyDict, name: string): void {
  if (dict.delete(name) === undefined) raiseMsg(typeNameError, `name '${name}' isn't defined`);
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

function* truthOf(step: Step): Gen {
  return yield* run(isTrue(yield* run(step)));
}

function* notOf(truth: Step<boolean>): Gen {
  return !(yield* run(truth));
}

function makeFunction(cs: CodeState, ip: number, closed: Cell[] | null): PyFun {
  const { ops } = cs.code;
  const raw = cs.fun.rc.children[ops[ip + 2]!]!;
  const { context } = cs.fun;
  const defaults = cs.state[ops[ip + 3]!] as PyTuple | undefined;
  const kwDefaults = cs.state[ops[ip + 4]!] as PyDict | undefined;
  const code: Code = codeOf(raw, context);
  return new PyFun(raw, context, cs.globals, closed, defaults?.items ?? null, kwDefaults ?? null, code.isGenerator);
}
