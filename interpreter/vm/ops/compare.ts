// Comparisons, and the jumps that they decide.
import * as bc0 from "../../bytecode/bc0.ts";
import { PyFloat } from "../../objects/objfloat.ts";
import { isPending, run, type Gen, type Obj, type Step } from "../../objects/obj.ts";
import { RESUME_JUMP, RESUME_JUMP_OR } from "../codestate.ts";
import type { CodeState } from "../codestate.ts";
import { binaryOp, contains, isTrue } from "../operator.ts";
import { operate } from "./arith.ts";
import { give, jumpBack, wait, type Handler, type Make } from "./op.ts";

export const jump: Make = ([t], next) => (t! >= next ? () => t! : (_state, cs) => jumpBack(cs, t!));

export const jumpIf: Make = ([t, s, a], next) => {
  const sense = s === 1;
  if (t! >= next) {
    return (state, cs) => {
      const value = state[a!]!;
      if (typeof value === "boolean") return value === sense ? t! : next;
      const truth = isTrue(value);
      if (isPending(truth)) return wait(cs, truth, next, RESUME_JUMP);
      return truth === sense ? t! : next;
    };
  }
  return (state, cs) => {
    const truth = isTrue(state[a!]!);
    if (isPending(truth)) return wait(cs, truth, next, RESUME_JUMP);
    return truth === sense ? jumpBack(cs, t!) : next;
  };
};

export const jumpIfOr: Make = ([t, s, d, a], next) => {
  const sense = s === 1;
  return (state, cs) => {
    const value = state[a!]!;
    const truth = isTrue(value);
    if (isPending(truth)) return wait(cs, truth, next, RESUME_JUMP_OR);
    if (truth !== sense) return next;
    state[d!] = value;
    return t!;
  };
};

/** Jumps, or not, or finds out first. */
function decide(cs: CodeState, truth: Step, sense: boolean, target: number, next: number): number {
  if (typeof truth !== "boolean") return wait(cs, truthOf(truth), next, RESUME_JUMP);
  if (truth !== sense) return next;
  // What jumps back is the end of a while loop.
  return target >= next ? target : jumpBack(cs, target);
}

function* truthOf(step: Step): Gen {
  return yield* run(isTrue(yield* run(step)));
}

const valueOf = (o: Obj): number => (typeof o === "number" ? o : o instanceof PyFloat ? o.v : NaN);

// Each operator in three forms: against a small constant, forward; on any two registers, forward; and back. A comparison with
// NaN is never true, so that NaN can stand for "no number".
export const jumpLess: Make = ([t, s, a, b], next, code) => {
  const sense = s === 1;
  const k = code.template[b!];
  if (typeof k === "number" && t! >= next) {
    return (state, cs) => {
      const x = state[a!]!;
      if (typeof x === "number") return x < k === sense ? t! : next;
      return decide(cs, binaryOp(bc0.BINARY_LESS, x, k), sense, t!, next);
    };
  }
  return (state, cs) => {
    const x = state[a!]!;
    const y = state[b!]!;
    if (typeof x === "number" && typeof y === "number") {
      if (x < y !== sense) return next;
      return t! >= next ? t! : jumpBack(cs, t!);
    }
    const p = valueOf(x);
    const q = valueOf(y);
    return decide(cs, p === p && q === q ? p < q : binaryOp(bc0.BINARY_LESS, x, y), sense, t!, next);
  };
};

export const jumpMore: Make = ([t, s, a, b], next, code) => {
  const sense = s === 1;
  const k = code.template[b!];
  if (typeof k === "number" && t! >= next) {
    return (state, cs) => {
      const x = state[a!]!;
      if (typeof x === "number") return x > k === sense ? t! : next;
      return decide(cs, binaryOp(bc0.BINARY_MORE, x, k), sense, t!, next);
    };
  }
  return (state, cs) => {
    const x = state[a!]!;
    const y = state[b!]!;
    if (typeof x === "number" && typeof y === "number") {
      if (x > y !== sense) return next;
      return t! >= next ? t! : jumpBack(cs, t!);
    }
    const p = valueOf(x);
    const q = valueOf(y);
    return decide(cs, p === p && q === q ? p > q : binaryOp(bc0.BINARY_MORE, x, y), sense, t!, next);
  };
};

export const jumpLessEqual: Make = ([t, s, a, b], next) => {
  const sense = s === 1;
  return (state, cs) => {
    const x = state[a!]!;
    const y = state[b!]!;
    if (typeof x === "number" && typeof y === "number") {
      if (x <= y !== sense) return next;
      return t! >= next ? t! : jumpBack(cs, t!);
    }
    const p = valueOf(x);
    const q = valueOf(y);
    return decide(cs, p === p && q === q ? p <= q : binaryOp(bc0.BINARY_LESS_EQUAL, x, y), sense, t!, next);
  };
};

export const jumpMoreEqual: Make = ([t, s, a, b], next) => {
  const sense = s === 1;
  return (state, cs) => {
    const x = state[a!]!;
    const y = state[b!]!;
    if (typeof x === "number" && typeof y === "number") {
      if (x >= y !== sense) return next;
      return t! >= next ? t! : jumpBack(cs, t!);
    }
    const p = valueOf(x);
    const q = valueOf(y);
    return decide(cs, p === p && q === q ? p >= q : binaryOp(bc0.BINARY_MORE_EQUAL, x, y), sense, t!, next);
  };
};

export const jumpEqual: Make = ([t, s, a, b], next) => {
  const sense = s === 1;
  return (state, cs) => {
    const x = state[a!]!;
    const y = state[b!]!;
    if ((typeof x === "number" && typeof y === "number") || (typeof x === "string" && typeof y === "string")) {
      if ((x === y) !== sense) return next;
      return t! >= next ? t! : jumpBack(cs, t!);
    }
    return decide(cs, binaryOp(bc0.BINARY_EQUAL, x, y), sense, t!, next);
  };
};

export const jumpNotEqual: Make = ([t, s, a, b], next) => {
  const sense = s === 1;
  return (state, cs) => {
    const x = state[a!]!;
    const y = state[b!]!;
    if ((typeof x === "number" && typeof y === "number") || (typeof x === "string" && typeof y === "string")) {
      if ((x !== y) !== sense) return next;
      return t! >= next ? t! : jumpBack(cs, t!);
    }
    return decide(cs, binaryOp(bc0.BINARY_NOT_EQUAL, x, y), sense, t!, next);
  };
};

export const jumpIn: Make = ([t, s, a, b], next) => {
  const sense = s === 1;
  return (state, cs) => decide(cs, contains(state[b!]!, state[a!]!), sense, t!, next);
};

export const jumpIs: Make = ([t, s, a, b], next) => {
  const sense = s === 1;
  if (t! >= next) return (state) => ((state[a!] === state[b!]) === sense ? t! : next);
  return (state, cs) => decide(cs, state[a!] === state[b!], sense, t!, next);
};

export const less: Make =
  ([d, a, b], next): Handler =>
  (state, cs) => {
    const x = state[a!]!;
    const y = state[b!]!;
    if (typeof x === "number" && typeof y === "number") {
      state[d!] = x < y;
      return next;
    }
    return operate(state, cs, d!, bc0.BINARY_LESS, x, y, next);
  };

export const more: Make =
  ([d, a, b], next) =>
  (state, cs) => {
    const x = state[a!]!;
    const y = state[b!]!;
    if (typeof x === "number" && typeof y === "number") {
      state[d!] = x > y;
      return next;
    }
    return operate(state, cs, d!, bc0.BINARY_MORE, x, y, next);
  };

export const equal: Make =
  ([d, a, b], next) =>
  (state, cs) => {
    const x = state[a!]!;
    const y = state[b!]!;
    if ((typeof x === "number" && typeof y === "number") || (typeof x === "string" && typeof y === "string")) {
      state[d!] = x === y;
      return next;
    }
    return give(state, cs, d!, binaryOp(bc0.BINARY_EQUAL, x, y), next);
  };

const compare =
  (op: number): Make =>
  ([d, a, b], next) =>
  (state, cs) =>
    give(state, cs, d!, binaryOp(op, state[a!]!, state[b!]!), next);

export const lessEqual = compare(bc0.BINARY_LESS_EQUAL);
export const moreEqual = compare(bc0.BINARY_MORE_EQUAL);
export const notEqual = compare(bc0.BINARY_NOT_EQUAL);
export const in_ = compare(bc0.BINARY_IN);

export const is: Make =
  ([d, a, b], next) =>
  (state) => {
    state[d!] = state[a!] === state[b!];
    return next;
  };
