// Moving values between registers, names and cells.
import { PyExc, raiseMsg, typeKeyError, typeNameError } from "../../objects/objexcept.ts";
import type { Cell } from "../../objects/objfun.ts";
import type { Entry, PyDict } from "../../objects/objdict.ts";
import { mp } from "../../objects/mpstate.ts";
import type { Make } from "./op.ts";

function localNameError(): never {
  raiseMsg(typeNameError, "local variable referenced before assignment");
}

export const move: Make =
  ([d, a], next) =>
  (state) => {
    state[d!] = state[a!];
    return next;
  };

export const check: Make =
  ([d, a], next) =>
  (state) => {
    const value = state[a!];
    if (value === undefined) localNameError();
    state[d!] = value;
    return next;
  };

export const loadConst: Make = ([d, k], next, code) => {
  const value = code.consts[k!];
  return (state) => {
    state[d!] = value;
    return next;
  };
};

export function findGlobal(globals: PyDict, name: string): Entry {
  const entry = globals.entry(name) ?? mp.builtins.entry(name);
  if (entry === undefined) raiseMsg(typeNameError, `name '${name}' isn't defined`);
  return entry;
}

// A global's entry stays where it is as long as its dict has the same keys (PyDict.version), so it is looked up once. The same
// code may run with other globals; those have another version.
export const loadGlobal: Make = ([d, n], next, code) => {
  const name = code.names[n!]!;
  let version = -1;
  let entry: Entry | null = null;
  return (state, { globals }) => {
    if (globals.version !== version) {
      entry = findGlobal(globals, name);
      ({ version } = globals);
    }
    state[d!] = entry!.value;
    return next;
  };
};

export const loadName: Make = ([d, n], next, code) => {
  const name = code.names[n!]!;
  let version = -1;
  let entry: Entry | null = null;
  return (state, { locals, globals }) => {
    const local = locals === null ? undefined : locals.getStr(name);
    if (local !== undefined) {
      state[d!] = local;
      return next;
    }
    if (globals.version !== version) {
      entry = findGlobal(globals, name);
      ({ version } = globals);
    }
    state[d!] = entry!.value;
    return next;
  };
};

export const storeName: Make = ([a, n], next, code) => {
  const name = code.names[n!]!;
  return (state, cs) => {
    (cs.locals ?? cs.globals).setStr(name, state[a!]!);
    return next;
  };
};

export const storeGlobal: Make = ([a, n], next, code) => {
  const name = code.names[n!]!;
  return (state, cs) => {
    cs.globals.setStr(name, state[a!]!);
    return next;
  };
};

function remove(dict: PyDict, name: string): void {
  // As from a dict: MicroPython makes no NameError of it.
  if (dict.delete(name) === undefined) throw new PyExc(typeKeyError, [name]);
}

export const deleteName: Make =
  ([n], next, code) =>
  (_state, cs) => {
    remove(cs.locals ?? cs.globals, code.names[n!]!);
    return next;
  };

export const deleteGlobal: Make =
  ([n], next, code) =>
  (_state, cs) => {
    remove(cs.globals, code.names[n!]!);
    return next;
  };

export const loadDeref: Make =
  ([d, a], next) =>
  (state) => {
    const { value } = state[a!] as Cell;
    if (value === undefined) localNameError();
    state[d!] = value;
    return next;
  };

export const storeDeref: Make =
  ([a, b], next) =>
  (state) => {
    (state[a!] as Cell).value = state[b!];
    return next;
  };

export const deleteFast: Make =
  ([a], next) =>
  (state) => {
    if (state[a!] === undefined) localNameError();
    state[a!] = undefined;
    return next;
  };

export const deleteDeref: Make =
  ([a], next) =>
  (state) => {
    const cell = state[a!] as Cell;
    if (cell.value === undefined) localNameError();
    cell.value = undefined;
    return next;
  };

export const loadBuildClass: Make =
  ([d], next) =>
  (state) => {
    state[d!] = mp.builtins.getStr("__build_class__")!;
    return next;
  };
