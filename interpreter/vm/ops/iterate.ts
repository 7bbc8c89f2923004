// Iteration, generators and imports.
import { isExc, typeGeneratorExit } from "../../objects/objexcept.ts";
import { END_STOPS, PyGen } from "../../objects/objgenerator.ts";
import { isPending, STOP } from "../../objects/obj.ts";
import { mp } from "../../objects/mpstate.ts";
import { PyNative } from "../../objects/objfun.ts";
import { importFrom } from "../attr.ts";
import { call } from "../call.ts";
import { RESUME_DISCARD, RESUME_FOR_ITER, RESUME_YIELD_FROM, type CodeState } from "../codestate.ts";
import { resumeGenerator, throwInto } from "../generator.ts";
import { importAll, importName } from "../import.ts";
import { getIter, iterNext, ListIter, RangeIter } from "../iter.ts";
import { resumeOther } from "../yieldfrom.ts";
import { give, machine, PAUSE, wait, YIELD, type Make, type State } from "./op.ts";

export const getIterator: Make =
  ([d, a], next) =>
  (state, cs) =>
    give(state, cs, d!, getIter(state[a!]!), next);

function nextItem(state: State, cs: CodeState, d: number, a: number, end: number, next: number): number {
  const it = state[a]!;
  if (it instanceof RangeIter) {
    if (it.left <= 0) return end;
    it.left--;
    state[d] = it.at;
    it.at += it.by;
    return next;
  }
  if (it instanceof ListIter) {
    const { items } = it.of;
    if (it.i >= items.length) return end;
    state[d] = items[it.i++];
    return next;
  }
  const value = iterNext(it);
  if (isPending(value)) return wait(cs, value, next, RESUME_FOR_ITER);
  if (value === STOP) return end;
  state[d] = value;
  return next;
}

/** `again`: this stands where a loop jumps back to a FOR_ITER, and may pause, to go on with that. */
export const forIter: Make = ([d, a, t, again], next) => {
  if (again === undefined) return (state, cs) => nextItem(state, cs, d!, a!, t!, next);
  return (state, cs) => {
    if (--machine.budget > 0) return nextItem(state, cs, d!, a!, t!, next);
    cs.next = again;
    return PAUSE;
  };
};

export const yieldValue: Make =
  ([, a], next) =>
  (state, cs) => {
    machine.value = state[a!]!;
    cs.next = next;
    return YIELD;
  };

export const yieldFrom: Make =
  ([d, a, b], next) =>
  (state, cs) => {
    const gen = cs.gen!;
    const { inject } = gen;
    gen.inject = undefined;
    cs.injectedExit = inject !== undefined && isExc(inject, typeGeneratorExit) ? inject : undefined;
    const it = state[a!]!;
    if (!(it instanceof PyGen)) return wait(cs, resumeOther(it, state[b!]!, inject), next, RESUME_YIELD_FROM);
    const step = inject === undefined ? resumeGenerator(it, state[b!]!, END_STOPS) : throwInto(it, inject, END_STOPS);
    if (step !== STOP) return wait(cs, step, next, RESUME_YIELD_FROM);
    state[d!] = it.returned;
    if (inject !== undefined) throw inject;
    return next;
  };

export const importNameTo: Make =
  ([d, a, b, n], next, { names }) =>
  (state, cs) => {
    const override = mp.builtins.getStr("__import__");
    const name = names[n!]!;
    const fromlist = state[b!]!;
    const level = state[a!] as number;
    if (override === undefined || override instanceof PyNative)
      return give(state, cs, d!, importName(name, fromlist, level, cs.globals), next);
    return give(state, cs, d!, call(override, [name, cs.globals, null, fromlist, level], null), next);
  };

export const importFromTo: Make =
  ([d, a, n], next, { names }) =>
  (state, cs) =>
    give(state, cs, d!, importFrom(state[a!]!, names[n!]!), next);

export const importStar: Make =
  ([a], next) =>
  (state, cs) => {
    const step = importAll(state[a!]!, cs.locals ?? cs.globals);
    return isPending(step) ? wait(cs, step, next, RESUME_DISCARD) : next;
  };
