// try, finally and with: entering and leaving blocks, raising (py/vm.c SETUP_FINALLY and the like).
import { mp } from "../../objects/mpstate.ts";
import { isCore } from "../../objects/features.ts";
import { excOf, raiseMsg, raiseTypeError, typeRuntimeError } from "../../objects/objexcept.ts";
import { isPending, type Gen, type Obj } from "../../objects/obj.ts";
import { Block, RESUME_WITH_ENTER, RESUME_WITH_EXIT } from "../codestate.ts";
import type { CodeState } from "../codestate.ts";
import { makeRaiseObj, raiseObjSync } from "../generator.ts";
import { isException, PendingJump, PendingReturn, unwindJump, unwindReturn } from "../unwind.ts";
import { callExit, enterWith } from "../with.ts";
import { give, jumpBack, machine, raise, RETURN, wait, type Make } from "./op.ts";

export const setupExcept: Make =
  ([d, t], next) =>
  (_state, cs) => {
    cs.block = new Block(cs.block, t!, d!, false);
    return next;
  };

export const setupFinally: Make =
  ([d, t], next) =>
  (_state, cs) => {
    cs.block = new Block(cs.block, t!, d!, true);
    return next;
  };

export const setupWith: Make =
  ([d, t, a], next) =>
  (state, cs) => {
    const step = enterWith(state, d!, state[a!]!);
    if (isPending(step)) return wait(cs, step, next, RESUME_WITH_ENTER);
    state[d! + 2] = step;
    cs.block = new Block(cs.block, t!, d! + 2, true);
    return next;
  };

export const withCleanup: Make =
  ([, a], next) =>
  (state, cs) => {
    const what = state[a! + 2]!;
    return wait(cs, callExit(state[a!]!, state[a! + 1], isException(what) ? what : null), next, RESUME_WITH_EXIT);
  };

export const popExceptJump: Make =
  ([t]) =>
  (_state, cs) => {
    cs.block = cs.block!.outer;
    return t!;
  };

function leave(cs: CodeState, ip: number, value: Obj): number {
  if (cs.block !== null) {
    const handler = unwindReturn(cs, ip, value);
    if (handler >= 0) return handler;
  }
  machine.value = value;
  return RETURN;
}

export const return_: Make =
  ([a], next) =>
  (state, cs) =>
    leave(cs, next - 1, state[a!]!);

export const endFinally: Make =
  ([a], next) =>
  (state, cs) => {
    cs.block = cs.block!.outer;
    const what = state[a!]!;
    if (what === null) return next;
    if (what instanceof PendingReturn) return leave(cs, next - 1, what.value);
    if (!(what instanceof PendingJump)) {
      // Damaged bytecode can bring anything here.
      if (excOf(what) === null) raiseTypeError("exceptions must derive from BaseException");
      return raise(what);
    }
    const target = unwindJump(cs, next - 1, what.target, what.blocks);
    return target >= next ? target : jumpBack(cs, target);
  };

export const unwindJumpTo: Make =
  ([t, n], next) =>
  (_state, cs) => {
    const target = unwindJump(cs, next - 1, t!, n!);
    return target >= next ? target : jumpBack(cs, target);
  };

export const raiseLast: Make = () => (_state, cs) => {
  for (let { block } = cs; block !== null; block = block.outer) if (block.exc !== undefined) return raise(block.exc);
  raiseMsg(typeRuntimeError, "no active exception to reraise");
};

function* raiseClass(type: Obj): Gen {
  throw yield* makeRaiseObj(type);
}

export const raiseObj: Make =
  ([a], next) =>
  (state, cs) => {
    const what = state[a!]!;
    const raised = raiseObjSync(what);
    if (raised !== undefined) return raise(raised);
    return give(state, cs, a!, raiseClass(what), next);
  };

export const raiseFrom: Make = ([a, b], next, code) => {
  const raiseIt = raiseObj([a!], next, code);
  return (state, cs) => {
    // MICROPY_WARNINGS
    if (state[b!] !== null && !isCore()) mp.print("Warning: exception chaining not supported\n");
    return raiseIt(state, cs);
  };
};
