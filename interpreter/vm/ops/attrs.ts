// Attributes: of instances by one property load, everything else by attr.ts.
import { PyFloat } from "../../objects/objfloat.ts";
import { PyFun } from "../../objects/objfun.ts";
import { PyModule } from "../../objects/objmodule.ts";
import { isPending, type Attrs, type PyInstance, type PyType } from "../../objects/obj.ts";
import { PySuper } from "../../objects/objtype.ts";
import { loadAttr, loadMethod, methodSelf, shadow, storeAttr } from "../attr.ts";
import { RESUME_DISCARD, RESUME_LOAD_METHOD } from "../codestate.ts";
import { give, wait, type Make } from "./op.ts";

export const loadAttribute: Make = ([d, a, n], next, code) => {
  const name = code.names[n!]!;
  const key: keyof Attrs = `$${name}`;
  return (state, cs) => {
    const o = state[a!]!;
    if (typeof o === "object" && o !== null) {
      const value = (o as unknown as Attrs)[key];
      if (value !== undefined && (typeof value !== "object" || value === null || value instanceof PyFloat || !value.isDescr)) {
        state[d!] = value;
        return next;
      }
      if (o instanceof PyModule) {
        const entry = o.globals.map.get(name);
        if (entry !== undefined) {
          state[d!] = entry.value;
          return next;
        }
      }
    }
    return give(state, cs, d!, loadAttr(o, name), next);
  };
};

export const storeAttribute: Make = ([a, b, n], next, code) => {
  const name = code.names[n!]!;
  const key: keyof Attrs = `$${name}`;
  return (state, cs) => {
    const o = state[a!]!;
    const value = state[b!];
    if (value !== undefined && typeof o === "object" && o !== null && (o as PyInstance).isPlainStore === true) {
      (o as unknown as Attrs)[key] = value;
      if (value instanceof PyFun) shadow(o as PyInstance);
      return next;
    }
    const step = storeAttr(o, name, value);
    return isPending(step) ? wait(cs, step, next, RESUME_DISCARD) : next;
  };
};

export const loadMethodOf: Make = ([d, a, n], next, code) => {
  const name = code.names[n!]!;
  const key: keyof Attrs = `$${name}`;
  return (state, cs) => {
    const method = loadMethod(state[a!]!, name, key);
    if (isPending(method)) return wait(cs, method, next, RESUME_LOAD_METHOD);
    state[d!] = method;
    state[d! + 1] = methodSelf.value;
    return next;
  };
};

/** What super() finds in the classes above, if that is a plain function. */
function superFunction(type: PyType, key: keyof Attrs): PyFun | undefined {
  for (const base of type.bases) {
    const member = base.find(key);
    if (member !== undefined) return member instanceof PyFun ? member : undefined;
  }
  return undefined;
}

export const loadSuperMethod: Make = ([d, a, b, n], next, code) => {
  const name = code.names[n!]!;
  const key: keyof Attrs = `$${name}`;
  return (state, cs) => {
    const fun = superFunction(state[a!] as PyType, key);
    if (fun !== undefined) {
      state[d!] = fun;
      state[d! + 1] = state[b!];
      return next;
    }
    const method = loadAttr(new PySuper(state[a!] as PyType, state[b!]!), name);
    if (isPending(method)) return wait(cs, method, next, RESUME_LOAD_METHOD);
    state[d!] = method;
    state[d! + 1] = undefined;
    return next;
  };
};
