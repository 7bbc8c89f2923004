// Calls, and the making of functions. A Python function's frame is made here when its arguments need no care; call.ts does the rest.
import { Cell, PyFun, PyNative } from "../../objects/objfun.ts";
import type { Entry, PyDict } from "../../objects/objdict.ts";
import { isPending, PyType, run, type Attrs, type Gen, type Obj, type PyInstance, type Step } from "../../objects/obj.ts";
import type { PyTuple } from "../../objects/objtuple.ts";
import { loadMethod, methodSelf } from "../attr.ts";
import { call, callFun, plainCode, plainInit } from "../call.ts";
import { codeOf } from "../code.ts";
import { CodeState } from "../codestate.ts";
import { callStar, keywords } from "../starargs.ts";
import { findGlobal } from "./names.ts";
import { enter, gather, give, machine, type Make, type State } from "./op.ts";

/** Calls a function with what is in `registers`, after `self` if there is one. */
function callWith(fun: Obj, self: Obj | undefined, state: State, registers: readonly number[]): Step {
  const n = registers.length;
  if (fun instanceof PyNative && fun.isSimple) {
    if (self === undefined) {
      if (n <= 2 && n >= fun.min && n <= fun.max) {
        if (n === 1) return fun.fn(state[registers[0]!]);
        return n === 0 ? fun.fn() : fun.fn(state[registers[0]!], state[registers[1]!]);
      }
    } else if (n <= 2 && n + 1 >= fun.min && n < fun.max) {
      if (n === 1) return fun.fn(self, state[registers[0]!]);
      return n === 0 ? fun.fn(self) : fun.fn(self, state[registers[0]!], state[registers[1]!]);
    }
  }
  const args = gather(state, registers);
  if (self !== undefined) args.unshift(self);
  return fun instanceof PyFun ? callFun(fun, args, 0, args.length, null) : call(fun, args, null);
}

/** Calls `fun` with what is in `registers`, its value to `d`. */
function callTo(state: State, cs: CodeState, d: number, fun: Obj, registers: readonly number[], next: number): number {
  const n = registers.length;
  machine.budget--;
  if (fun instanceof PyFun) {
    const code = plainCode(fun, n);
    if (code !== null) {
      const frame = new CodeState(fun, code);
      const to = frame.state;
      for (let i = 0; i < n; i++) to[i] = state[registers[i]!];
      return enter(cs, frame, next);
    }
  } else if (fun instanceof PyNative) {
    if (fun.isSimple && n >= fun.min && n <= fun.max) {
      if (n === 1) return give(state, cs, d, fun.fn(state[registers[0]!]), next);
      if (n === 2) return give(state, cs, d, fun.fn(state[registers[0]!], state[registers[1]!]), next);
    }
  } else if (fun instanceof PyType && fun.isInstanceType) {
    const init = plainInit(fun, n + 1);
    if (init !== null) {
      const frame = new CodeState(init, init.rc.code!);
      const instance = new fun.instance!(fun);
      frame.instance = instance;
      const to = frame.state;
      to[0] = instance;
      for (let i = 0; i < n; i++) to[i + 1] = state[registers[i]!];
      return enter(cs, frame, next);
    }
  }
  return give(state, cs, d, callWith(fun, undefined, state, registers), next);
}

export const callFunction: Make =
  ([d, a, , ...registers], next) =>
  (state, cs) =>
    callTo(state, cs, d!, state[a!]!, registers, next);

export const callGlobal: Make = ([d, n, , ...registers], next, code) => {
  const name = code.names[n!]!;
  let version = -1;
  let entry: Entry | null = null;
  return (state, cs) => {
    const { globals } = cs;
    if (globals.version !== version) {
      entry = findGlobal(globals, name);
      ({ version } = globals);
    }
    return callTo(state, cs, d!, entry!.value!, registers, next);
  };
};

export const callSelf: Make =
  ([d, a, n, ...registers], next) =>
  (state, cs) => {
    const fun = state[a!]!;
    const self = state[a! + 1];
    machine.budget--;
    if (fun instanceof PyFun && self !== undefined) {
      const code = plainCode(fun, n! + 1);
      if (code !== null) {
        const frame = new CodeState(fun, code);
        const to = frame.state;
        to[0] = self;
        for (let i = 0; i < registers.length; i++) to[i + 1] = state[registers[i]!];
        return enter(cs, frame, next);
      }
    }
    return give(state, cs, d!, callWith(fun, self, state, registers), next);
  };

export const callMethod: Make = ([d, a, m, n, ...registers], next, { names }) => {
  const name = names[m!]!;
  const key: keyof Attrs = `$${name}`;
  const [first, second] = registers;
  return (state, cs) => {
    const o = state[a!]!;
    machine.budget--;
    if (typeof o === "object" && o !== null) {
      const method = (o as unknown as Attrs)[key];
      if (method !== undefined) {
        if (method instanceof PyFun && !(o as PyInstance).mayShadow) {
          const code = plainCode(method, n! + 1);
          if (code !== null) {
            const frame = new CodeState(method, code);
            const to = frame.state;
            to[0] = o;
            for (let i = 0; i < registers.length; i++) to[i + 1] = state[registers[i]!];
            return enter(cs, frame, next);
          }
        }
      } else if (!(o instanceof PyType)) {
        const native = o.type.proto[key];
        if (native instanceof PyNative && native.isSimple && n! + 1 >= native.min && n! < native.max) {
          if (n === 1) return give(state, cs, d!, native.fn(o, state[first!]), next);
          if (n === 0) return give(state, cs, d!, native.fn(o), next);
          if (n === 2) return give(state, cs, d!, native.fn(o, state[first!], state[second!]), next);
        }
      }
    }
    const fun = loadMethod(o, name, key);
    const self = methodSelf.value;
    if (isPending(fun)) return give(state, cs, d!, callLater(fun, gather(state, registers)), next);
    return give(state, cs, d!, callWith(fun, self, state, registers), next);
  };
};

function* callLater(fun: Step, args: Obj[]): Gen {
  return yield* run(call(yield* run(fun), args, null));
}

export const callKeywords: Make = ([d, a, hasSelf, n, , ...registers], next) => {
  const positional = registers.slice(0, n);
  const pairs = registers.slice(n);
  return (state, cs) => {
    const self = hasSelf === 1 ? state[a! + 1] : undefined;
    machine.budget--;
    const args = gather(state, positional);
    if (self !== undefined) args.unshift(self);
    return give(state, cs, d!, call(state[a!]!, args, keywords(gather(state, pairs))), next);
  };
};

export const callStarArgs: Make = ([d, a, hasSelf, n, , ...registers], next) => {
  const bitmap = registers[registers.length - 1]!;
  const given = registers.slice(0, -1);
  return (state, cs) => {
    const self = hasSelf === 1 ? state[a! + 1] : undefined;
    machine.budget--;
    return give(state, cs, d!, callStar(state[a!]!, self, gather(state, given), n!, state[bitmap]!), next);
  };
};

function makeFunction(cs: CodeState, k: number, defaults: Obj | undefined, kw: Obj | undefined, closed: Cell[] | null): PyFun {
  const { context } = cs.fun;
  const raw = cs.fun.rc.children[k]!;
  const items = (defaults as PyTuple | undefined)?.items ?? null;
  return new PyFun(raw, context, cs.globals, closed, items, (kw as PyDict | undefined) ?? null, codeOf(raw, context).isGenerator);
}

export const makeFunctionTo: Make =
  ([d, k, a, b], next) =>
  (state, cs) => {
    state[d!] = makeFunction(cs, k!, state[a!], state[b!], null);
    return next;
  };

export const makeClosureTo: Make =
  ([d, k, a, b, , ...cells], next) =>
  (state, cs) => {
    state[d!] = makeFunction(cs, k!, state[a!], state[b!], gather(state, cells) as Cell[]);
    return next;
  };
