// Iteration, generators and imports.
import { isExc, typeGeneratorExit } from "../../objects/objexcept.ts";
import { END_STOPS, PyGen } from "../../objects/objgenerator.ts";
import { isPending, STOP } from "../../objects/obj.ts";
import { mp } from "../../objects/mpstate.ts";
import { PyNative } from "../../objects/objfun.ts";
import { importFrom } from "../attr.ts";
import { call } from "../call.ts";
import { RESUME_DISCARD, RESUME_FOR_ITER, RESUME_YIELD_FROM } from "../codestate.ts";
import { resumeGenerator, throwInto } from "../generator.ts";
import { importAll, importName } from "../import.ts";
import { getIter, iterNext, ListIter, RangeIter } from "../iter.ts";
import { resumeOther } from "../yieldfrom.ts";
import { give, machine, PAUSE, wait, YIELD, type Make } from "./op.ts";

export const getIterator: Make =
  ([d, a], next) =>
  (state, cs) =>
    give(state, cs, d!, getIter(state[a!]!), next);

/** Every turn of a loop passes here, and so may pause here: before the item, to go on with this instruction. */
export const forIter: Make =
  ([d, a, t], next) =>
  (state, cs) => {
    if (--machine.budget <= 0) {
      cs.next = next - 1;
      return PAUSE;
    }
    const it = state[a!]!;
    if (it instanceof RangeIter) {
      if (it.left <= 0) return t!;
      it.left--;
      state[d!] = it.at;
      it.at += it.by;
      return next;
    }
    if (it instanceof ListIter) {
      const { items } = it.of;
      if (it.i >= items.length) return t!;
      state[d!] = items[it.i++];
      return next;
    }
    const value = iterNext(it);
    if (isPending(value)) return wait(cs, value, next, RESUME_FOR_ITER);
    if (value === STOP) return t!;
    state[d!] = value;
    return next;
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
