// Arithmetic on registers: ints and floats at once, everything else by binaryOp. Where an operand is a small constant the handler
// knows it.
import * as bc0 from "../../bytecode/bc0.ts";
import { FLOAT_NONE, floatMode } from "../../objects/mpstate.ts";
import { allocateText } from "../../objects/heap.ts";
import { complexBinaryOp, intAdd, intMul, intSub } from "../../objects/number.ts";
import { PyComplex } from "../../objects/objcomplex.ts";
import { PyFloat } from "../../objects/objfloat.ts";
import { isPending, PyInstance, run, type Gen, type Obj, type Step } from "../../objects/obj.ts";
import { RESUME_OPERATOR } from "../codestate.ts";
import type { CodeState } from "../codestate.ts";
import { binaryOp, isTrue, operatorFrame, unaryOp } from "../operator.ts";
import { give, jumpBack, wait, type Make, type State } from "./op.ts";

const MAX = Number.MAX_SAFE_INTEGER;

/** Any operator on any two objects. */
export function operate(state: State, cs: CodeState, d: number, op: number, a: Obj, b: Obj, next: number): number {
  if (a instanceof PyComplex && b instanceof PyComplex) {
    const value = complexBinaryOp(op >= bc0.BINARY_OR ? op : op + bc0.INPLACE_TO_NORMAL, a, b);
    if (value !== undefined && op >= bc0.BINARY_INPLACE_OR) {
      state[d] = value;
      return next;
    }
  } else if (a instanceof PyInstance) {
    const frame = operatorFrame(op, a, b);
    if (frame !== undefined) return wait(cs, frame, next, RESUME_OPERATOR);
  }
  return give(state, cs, d, binaryOp(op, a, b), next);
}

export const add: Make = ([d, a, b, op], next, code) => {
  const k = code.template[b!];
  if (typeof k === "number") {
    return (state, cs) => {
      const x = state[a!]!;
      if (typeof x === "number") {
        const r = x + k;
        state[d!] = r <= MAX && r >= -MAX ? r : intAdd(x, k);
        return next;
      }
      if (x instanceof PyFloat) {
        state[d!] = PyFloat.of(x.v + k);
        return next;
      }
      return operate(state, cs, d!, op!, x, k, next);
    };
  }
  return (state, cs) => {
    const x = state[a!]!;
    const y = state[b!]!;
    if (typeof x === "number" && typeof y === "number") {
      const r = x + y;
      state[d!] = r <= MAX && r >= -MAX ? r : intAdd(x, y);
      return next;
    }
    if (x instanceof PyFloat) {
      if (y instanceof PyFloat) {
        state[d!] = PyFloat.of(x.v + y.v);
        return next;
      }
      if (typeof y === "number") {
        state[d!] = PyFloat.of(x.v + y);
        return next;
      }
    } else if (typeof x === "number" && y instanceof PyFloat) {
      state[d!] = PyFloat.of(x + y.v);
      return next;
    }
    if (typeof x === "string" && typeof y === "string") {
      if (x === "" || y === "") state[d!] = x === "" ? y : x;
      else {
        allocateText(x.length + y.length);
        state[d!] = x + y;
      }
      return next;
    }
    return operate(state, cs, d!, op!, x, y, next);
  };
};

export const subtract: Make = ([d, a, b, op], next, code) => {
  const k = code.template[b!];
  if (typeof k === "number") {
    return (state, cs) => {
      const x = state[a!]!;
      if (typeof x === "number") {
        const r = x - k;
        state[d!] = r <= MAX && r >= -MAX ? r : intSub(x, k);
        return next;
      }
      if (x instanceof PyFloat) {
        state[d!] = PyFloat.of(x.v - k);
        return next;
      }
      return operate(state, cs, d!, op!, x, k, next);
    };
  }
  return (state, cs) => {
    const x = state[a!]!;
    const y = state[b!]!;
    if (typeof x === "number" && typeof y === "number") {
      const r = x - y;
      state[d!] = r <= MAX && r >= -MAX ? r : intSub(x, y);
      return next;
    }
    if (x instanceof PyFloat) {
      if (y instanceof PyFloat) {
        state[d!] = PyFloat.of(x.v - y.v);
        return next;
      }
      if (typeof y === "number") {
        state[d!] = PyFloat.of(x.v - y);
        return next;
      }
    } else if (typeof x === "number" && y instanceof PyFloat) {
      state[d!] = PyFloat.of(x - y.v);
      return next;
    }
    return operate(state, cs, d!, op!, x, y, next);
  };
};

export const multiply: Make =
  ([d, a, b, op], next) =>
  (state, cs) => {
    const x = state[a!]!;
    const y = state[b!]!;
    if (typeof x === "number" && typeof y === "number") {
      const r = x * y + 0; // never -0
      state[d!] = r <= MAX && r >= -MAX ? r : intMul(x, y);
      return next;
    }
    if (x instanceof PyFloat) {
      if (y instanceof PyFloat) {
        state[d!] = PyFloat.of(x.v * y.v);
        return next;
      }
      if (typeof y === "number") {
        state[d!] = PyFloat.of(x.v * y);
        return next;
      }
    } else if (typeof x === "number" && y instanceof PyFloat) {
      state[d!] = PyFloat.of(x * y.v);
      return next;
    }
    return operate(state, cs, d!, op!, x, y, next);
  };

export const floorDivide: Make =
  ([d, a, b, op], next) =>
  (state, cs) => {
    const x = state[a!]!;
    const y = state[b!]!;
    if (typeof x === "number" && typeof y === "number" && (x | 0) === x && (y | 0) === y && y > 0) {
      state[d!] = Math.floor(x / y);
      return next;
    }
    return operate(state, cs, d!, op!, x, y, next);
  };

export const modulo: Make =
  ([d, a, b, op], next) =>
  (state, cs) => {
    const x = state[a!]!;
    const y = state[b!]!;
    if (typeof x === "number" && typeof y === "number" && (x | 0) === x && (y | 0) === y && y > 0) {
      const r = (x % y) | 0;
      state[d!] = r < 0 ? r + y : r;
      return next;
    }
    return operate(state, cs, d!, op!, x, y, next);
  };

export const trueDivide: Make =
  ([d, a, b, op], next) =>
  (state, cs) => {
    const x = state[a!]!;
    const y = state[b!]!;
    if (floatMode !== FLOAT_NONE) {
      const divisor = y instanceof PyFloat ? y.v : typeof y === "number" ? y : 0;
      const dividend = x instanceof PyFloat ? x.v : typeof x === "number" ? x : NaN;
      if (divisor !== 0 && dividend === dividend) {
        state[d!] = PyFloat.of(dividend / divisor);
        return next;
      }
    }
    return operate(state, cs, d!, op!, x, y, next);
  };

export const and: Make =
  ([d, a, b, op], next) =>
  (state, cs) => {
    const x = state[a!]!;
    const y = state[b!]!;
    if (typeof x === "number" && typeof y === "number" && (x | 0) === x && (y | 0) === y) {
      state[d!] = x & y;
      return next;
    }
    return operate(state, cs, d!, op!, x, y, next);
  };

export const or: Make =
  ([d, a, b, op], next) =>
  (state, cs) => {
    const x = state[a!]!;
    const y = state[b!]!;
    if (typeof x === "number" && typeof y === "number" && (x | 0) === x && (y | 0) === y) {
      state[d!] = x | y;
      return next;
    }
    return operate(state, cs, d!, op!, x, y, next);
  };

export const xor: Make =
  ([d, a, b, op], next) =>
  (state, cs) => {
    const x = state[a!]!;
    const y = state[b!]!;
    if (typeof x === "number" && typeof y === "number" && (x | 0) === x && (y | 0) === y) {
      state[d!] = x ^ y;
      return next;
    }
    return operate(state, cs, d!, op!, x, y, next);
  };

export const lshift: Make =
  ([d, a, b, op], next) =>
  (state, cs) => {
    const x = state[a!]!;
    const y = state[b!]!;
    if (typeof x === "number" && typeof y === "number" && y >= 0 && y < 31) {
      const r = x * (1 << y);
      if (r <= MAX && r >= -MAX) {
        state[d!] = r;
        return next;
      }
    }
    return operate(state, cs, d!, op!, x, y, next);
  };

export const rshift: Make =
  ([d, a, b, op], next) =>
  (state, cs) => {
    const x = state[a!]!;
    const y = state[b!]!;
    if (typeof x === "number" && typeof y === "number" && (x | 0) === x && y >= 0 && y < 32) {
      state[d!] = x >> y;
      return next;
    }
    return operate(state, cs, d!, op!, x, y, next);
  };

export const binary: Make =
  ([d, a, b, op], next) =>
  (state, cs) =>
    operate(state, cs, d!, op!, state[a!]!, state[b!]!, next);

export const unary: Make =
  ([d, a, op], next) =>
  (state, cs) =>
    give(state, cs, d!, unaryOp(op!, state[a!]!), next);

export const not: Make =
  ([d, a], next) =>
  (state, cs) => {
    const value = state[a!]!;
    if (typeof value === "boolean") {
      state[d!] = !value;
      return next;
    }
    const truth = isTrue(value);
    return give(state, cs, d!, isPending(truth) ? notOf(truth) : !truth, next);
  };

function* notOf(truth: Step<boolean>): Gen {
  return !(yield* run(truth));
}

/** The end of a loop over a range: counts on, and goes back unless the end is reached. Of what are no ints only the sum is made. */
const step =
  (isUp: boolean): Make =>
  ([d, a, k, op, b, v, t, exit], next, code) => {
    const by = code.template[k!] as number;
    const sum = add([d!, a!, k!, op!], next, code);
    return (state, cs) => {
      const x = state[a!]!;
      const end = state[b!]!;
      if (typeof x !== "number" || typeof end !== "number" || x > MAX - by || x < -MAX - by) return sum(state, cs);
      const r = x + by;
      state[d!] = r;
      if (isUp ? r >= end : r <= end) return exit!;
      state[v!] = r;
      return jumpBack(cs, t!);
    };
  };
export const stepUp = step(true);
export const stepDown = step(false);
