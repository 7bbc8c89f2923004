// Items by index or key, and the building of containers.
import { PyBytearray } from "../../objects/objbytes.ts";
import { PyDict } from "../../objects/objdict.ts";
import { PyList, PySlice } from "../../objects/objlist.ts";
import { PyTuple } from "../../objects/objtuple.ts";
import { isPending } from "../../objects/obj.ts";
import { RESUME_DISCARD, RESUME_UNPACK } from "../codestate.ts";
import { dictStore, newSet, setStore } from "../hashing.ts";
import { storeSubscr, subscr } from "../operator.ts";
import { checkUnpack, unpackEx, unpackSequence } from "../unpack.ts";
import { gather, give, wait, type Make } from "./op.ts";

export const loadSubscr: Make =
  ([d, a, b], next) =>
  (state, cs) => {
    const o = state[a!]!;
    const index = state[b!]!;
    if (typeof index === "number") {
      if (o instanceof PyList || o instanceof PyTuple) {
        const { items } = o;
        if (index < items.length && index >= 0) {
          state[d!] = items[index];
          return next;
        }
      } else if (o instanceof PyDict) {
        const entry = o.map.get(index);
        if (entry !== undefined) {
          state[d!] = entry.value;
          return next;
        }
      } else if (o instanceof PyBytearray && index >= 0 && index < o.v.length) {
        state[d!] = o.v[index];
        return next;
      }
    } else if (typeof index === "string" && o instanceof PyDict) {
      const entry = o.map.get(index);
      if (entry !== undefined) {
        state[d!] = entry.value;
        return next;
      }
    } else if (index instanceof PySlice && index.step === null && o instanceof PyList) {
      // JavaScript counts from the end and stops at it just as Python does.
      const { start, stop } = index;
      if ((start === null || typeof start === "number") && (stop === null || typeof stop === "number")) {
        state[d!] = new PyList(o.items.slice(start ?? 0, stop ?? o.items.length));
        return next;
      }
    }
    return give(state, cs, d!, subscr(o, index), next);
  };

export const storeSubscript: Make =
  ([a, b, c], next) =>
  (state, cs) => {
    const o = state[a!]!;
    const index = state[b!]!;
    const value = state[c!];
    if (value !== undefined) {
      if (typeof index === "number") {
        if (o instanceof PyList) {
          if (index >= 0 && index < o.items.length) {
            o.items[index] = value;
            return next;
          }
        } else if (o instanceof PyDict) {
          if (!o.isReadonly) {
            o.set(index, index, value);
            return next;
          }
        } else if (o instanceof PyBytearray && typeof value === "number" && index >= 0 && index < o.v.length) {
          o.v[index] = value;
          return next;
        }
      } else if (typeof index === "string" && o instanceof PyDict && !o.isReadonly) {
        o.set(index, index, value);
        return next;
      }
    }
    const step = storeSubscr(o, index, value);
    return isPending(step) ? wait(cs, step, next, RESUME_DISCARD) : next;
  };

export const buildTuple: Make = ([d, , ...registers], next) => {
  if (registers.length === 2) {
    const [a, b] = registers;
    return (state) => {
      state[d!] = new PyTuple([state[a!]!, state[b!]!]);
      return next;
    };
  }
  return (state) => {
    state[d!] = new PyTuple(gather(state, registers));
    return next;
  };
};

export const buildList: Make =
  ([d, , ...registers], next) =>
  (state) => {
    state[d!] = new PyList(gather(state, registers));
    return next;
  };

export const buildMap: Make =
  ([d, n], next) =>
  (state) => {
    state[d!] = new PyDict(n);
    return next;
  };

export const buildSet: Make =
  ([d, , ...registers], next) =>
  (state, cs) =>
    give(state, cs, d!, newSet(gather(state, registers)), next);

export const buildSlice: Make =
  ([d, a, b, c], next) =>
  (state) => {
    state[d!] = new PySlice(state[a!]!, state[b!]!, state[c!]!);
    return next;
  };

export const storeMap: Make =
  ([a, b, c], next) =>
  (state, cs) => {
    const step = dictStore(state[a!] as PyDict, state[b!]!, state[c!]!);
    return isPending(step) ? wait(cs, step, next, RESUME_DISCARD) : next;
  };

export const listAppend: Make =
  ([a, b], next) =>
  (state) => {
    const list = state[a!] as PyList;
    if (list.items.length >= list.room) list.grow();
    list.items.push(state[b!]!);
    return next;
  };

export const setAdd: Make =
  ([a, b], next) =>
  (state, cs) => {
    const step = setStore(state[a!]!, state[b!]!);
    return isPending(step) ? wait(cs, step, next, RESUME_DISCARD) : next;
  };

export const unpackSequenceTo: Make =
  ([a, n, ...to], next) =>
  (state, cs) => {
    const seq = state[a!]!;
    if (!(seq instanceof PyTuple || seq instanceof PyList)) return wait(cs, unpackSequence(seq, n!), next, RESUME_UNPACK);
    const { items } = seq;
    if (items.length !== n) checkUnpack(items.length, n!);
    for (let i = 0; i < to.length; i++) state[to[i]!] = items[i];
    return next;
  };

export const unpackExTo: Make =
  ([a, left, right], next) =>
  (state, cs) =>
    wait(cs, unpackEx(state[a!]!, left!, right!), next, RESUME_UNPACK);
