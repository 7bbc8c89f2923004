// The loop: runs the handlers of register code (ops/), one frame after the other, without recursion in JavaScript (py/vm.c).
// Whatever cannot be answered at once (a Python call, a native that waits) suspends the frame: `ip` and `next` are saved,
// `resume` says what to do with the value, and the loop goes on with the frame that has to run first.
// Hot: measured by bench/ and tests/perf_bench, on the bundle.
import { mp } from "../objects/mpstate.ts";
import {
  excOf,
  excValue,
  isExc,
  newExcMsg,
  PyExc,
  raiseTypeError,
  typeRuntimeError,
  typeStopIteration,
} from "../objects/objexcept.ts";
import { END_RAISES, PyGen } from "../objects/objgenerator.ts";
import { STOP, typeOf, type Obj, NotImplemented } from "../objects/obj.ts";
import type { PyTuple } from "../objects/objtuple.ts";
import { isTrueSync } from "../objects/truth.ts";
import { sourceLine } from "./code.ts";
import * as cs0 from "./codestate.ts";
import { Block, CodeState, NativeState, type Frame } from "./codestate.ts";
import { ConsumeState } from "./consume.ts";
import { current } from "./current.ts";
import { handlersOf } from "./handlers.ts";
import { stopValue } from "./iter.ts";
import { operatorRest } from "./operator.ts";
import { CALL, give, machine, PAUSE, RAISE, RESUME, RETURN, WAIT, YIELD } from "./ops/op.ts";
import { exceptionEvent, retrace } from "./profile.ts";
import * as rc from "./rc.ts";
import { checkDepth } from "./stackctrl.ts";
import { BUDGET, serve, stepConsumer, stepNative, toPython, type Outcome, type Thread } from "./thread.ts";
import { isException } from "./unwind.ts";

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
    let outcome: Outcome | null = null;
    if (frame instanceof CodeState) outcome = runCode(thread, frame);
    else if (frame instanceof NativeState) outcome = stepNative(thread, frame);
    else stepConsumer(thread, frame as ConsumeState);
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
    const handlers = code.handlers ?? handlersOf(code);
    let { ip } = cs;
    current.frame = cs;
    let raised: Obj | undefined = exc;
    exc = undefined;
    if (cs.gen !== null && cs.gen.inject !== undefined && !code.isTraced && code.instructions[cs.ip]!.op !== rc.YIELD_FROM) {
      raised ??= cs.gen.inject;
      cs.gen.inject = undefined;
    }
    // JavaScript's own exceptions are slow, so what Python raises comes this way where it can.
    running: try {
      if (raised !== undefined) break running;
      let result = cs.next;
      if (value !== undefined) {
        // A value comes back to the instruction that waited for it.
        const got = value;
        value = undefined;
        if (cs.resume === cs0.RESUME_STORE) state[code.destinations[cs.ip]!] = got;
        else result = comeBack(cs, ip, got);
      }
      for (;;) {
        while (result >= 0) {
          ip = result;
          result = handlers[ip]!(state, cs);
        }
        switch (result) {
          case CALL: {
            const callee = cs.callee!;
            cs.callee = null;
            if (++mp.depth > SHALLOW) checkDepthOf(callee);
            cs.ip = ip;
            callee.prev = cs;
            if (callee instanceof CodeState) {
              cs = callee;
              if (machine.budget > 0) continue frames;
            }
            thread.frame = callee;
            return machine.budget > 0 ? null : BUDGET;
          }
          case WAIT: {
            if (++mp.depth > SHALLOW) checkDepthOf(null);
            cs.ip = ip;
            const native = new NativeState(machine.native!);
            native.prev = cs;
            return serve(thread, native, machine.request!);
          }
          case RESUME:
            result = comeBack(cs, ip, machine.value);
            continue;
          case RETURN: {
            value = machine.value;
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
              else {
                stopValue.value = value;
                value = STOP;
              }
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
          case YIELD: {
            cs.ip = ip;
            if (cs.prev instanceof ConsumeState && cs.prev.take(machine.value)) {
              if (mp.isTracing && !code.isTraced) {
                retrace(cs);
                cs.send(null);
                continue frames;
              }
              cs.send(null);
              result = cs.next;
              if (--machine.budget > 0) continue;
              thread.frame = cs;
              return BUDGET;
            }
            cs.gen!.isRunning = false;
            const { prev } = cs;
            cs.prev = null;
            mp.depth--;
            if (prev instanceof CodeState) {
              cs = prev;
              ({ value } = machine);
              continue frames;
            }
            thread.frame = prev;
            thread.value = machine.value;
            return null;
          }
          case RAISE:
            raised = machine.value;
            break running;
          case PAUSE:
            cs.ip = ip;
            thread.frame = cs;
            return BUDGET;
          default:
            throw new Error(`event ${result}`);
        }
      }
    } catch (caught) {
      raised = toPython(caught);
    }
    // A trace function that raises where it is told of an exception ends the frame.
    const isAbandoned = cs.resume === cs0.RESUME_EXCEPTION;
    cs.resume = cs0.RESUME_STORE;
    value = undefined;
    const { op, x } = code.instructions[ip]!;
    if ((op === rc.FOR_ITER || op === rc.YIELD_FROM) && isExc(raised, typeStopIteration)) {
      if (op === rc.FOR_ITER) cs.next = x[2]!;
      else {
        state[x[0]!] = excValue(raised);
        cs.next = ip + 1;
      }
      continue;
    }
    if (isAbandoned) cs.block = null;
    else {
      const event = cs.code.isTraced ? exceptionEvent(cs, raised) : null;
      if (event !== null) {
        cs.ip = ip;
        mp.depth++;
        thread.frame = event;
        return null;
      }
      addTraceback(cs, ip, op, raised);
    }
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

/** Does what a waiting instruction still has to do with its value. Gives where to go on, or an event. */
function comeBack(cs: CodeState, ip: number, got: Obj): number {
  const { state, next, resume } = cs;
  const { op, x } = cs.code.instructions[ip]!;
  cs.resume = cs0.RESUME_STORE;
  switch (resume) {
    case cs0.RESUME_FOR_ITER:
      if (got === STOP) return x[2]!;
      state[x[0]!] = got;
      return next;
    case cs0.RESUME_OPERATOR:
      if (got === NotImplemented) {
        const rest = operatorRest(op >= rc.LESS ? op - rc.LESS : x[3]!, state[x[1]!]!, state[x[2]!]!);
        return give(state, cs, x[0]!, rest, next);
      }
      state[x[0]!] = got;
      return next;
    case cs0.RESUME_YIELD_FROM: {
      const exit = cs.injectedExit;
      cs.injectedExit = undefined;
      if (got === STOP) {
        const it = state[x[1]!]!;
        state[x[0]!] = it instanceof PyGen ? it.returned : stopValue.value;
        if (exit !== undefined) throw exit;
        return next;
      }
      // Yielded on. When the generator is resumed the instruction runs again, in traced code after ENTER and TRACE.
      cs.next = cs.code.isTraced ? ip - 2 : ip;
      machine.value = got;
      return YIELD;
    }
    case cs0.RESUME_JUMP:
      return isTrueSync(got) === (x[1] === 1) ? x[0]! : next;
    case cs0.RESUME_JUMP_OR:
      if (isTrueSync(got) !== (x[1] === 1)) return next;
      state[x[2]!] = state[x[3]!];
      return x[0]!;
    case cs0.RESUME_WITH_ENTER: {
      const to = x[0]! + 2;
      cs.block = new Block(cs.block, x[1]!, to, true);
      state[to] = got;
      return next;
    }
    case cs0.RESUME_WITH_EXIT: {
      const what = state[x[1]! + 2]!;
      state[x[0]!] = got === true && isException(what) ? null : what;
      return next;
    }
    case cs0.RESUME_LOAD_METHOD:
      state[x[0]!] = got;
      state[x[0]! + 1] = undefined;
      return next;
    case cs0.RESUME_UNPACK: {
      const { items } = got as PyTuple;
      const at = op === rc.UNPACK_EX ? 3 : 2;
      for (let i = 0; i < items.length; i++) state[x[at + i]!] = items[i];
      return next;
    }
    case cs0.RESUME_EXCEPTION:
      throw cs.frame!.told!;
    default:
      return next;
  }
}

/** Raises RuntimeError when one more call does not fit the board's stack. */
function checkDepthOf(callee: Frame | null): void {
  try {
    checkDepth();
  } catch (caught) {
    mp.depth--;
    if (callee instanceof CodeState && callee.gen !== null) callee.gen.isRunning = false;
    throw caught;
  }
}

function addTraceback(cs: CodeState, at: number, op: number, exc: Obj): void {
  // A re-raised exception has been here before; 1.9.2 names the frame once more all the same.
  if ((op === rc.END_FINALLY || op === rc.RAISE_LAST) && mp.config.release !== "1.9.2") return;
  const traceback = excOf(exc)?.traceback;
  if (traceback === undefined) return;
  // sys.tracebacklimit: only so many entries, the outermost.
  if (traceback.length >= mp.tracebackLimit) {
    if (mp.tracebackLimit <= 0) return;
    traceback.shift();
  }
  traceback.push({ file: cs.fun.context.qstrs[0]!, line: sourceLine(cs.code, at), block: cs.code.name });
}

function initResultError(result: Obj): Obj {
  try {
    raiseTypeError(`__init__() should return None, not '${typeOf(result).name}'`);
  } catch (caught) {
    return caught as Obj;
  }
}
