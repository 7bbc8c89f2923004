// The built-ins that go through iterables: map, filter, zip, enumerate, reversed as iterators with types of their own, and sum, all,
// any, min, max (py/objmap.c and its like, py/modbuiltins.c). What needs no Python code is answered without a generator.
import * as bc0 from "../bytecode/bc0.ts";
import { raiseTypeError, raiseValueError } from "../objects/objexcept.ts";
import { PyFloat } from "../objects/objfloat.ts";
import { checkArgs } from "../objects/objfun.ts";
import { PyGen } from "../objects/objgenerator.ts";
import { PyTuple } from "../objects/objtuple.ts";
import { asInt, intAdd } from "../objects/number.ts";
import { andThen, isPending, PyType, run, STOP, typeOf, type Gen, type Kw, type Obj, type Step } from "../objects/obj.ts";
import { call } from "../vm/call.ts";
import { consume } from "../vm/consume.ts";
import { collect, FunIter, getIter, iterNext, TICK_EVERY } from "../vm/iter.ts";
import { binaryOp, isTrue, lenOf, subscr } from "../vm/operator.ts";

function iterType(name: string, make: (args: Obj[], kw: Kw | null, type: PyType) => Step, min: number, max: number): PyType {
  const type = new PyType(name);
  type.makeNew = (of, args, kw) => {
    checkArgs(args.length, null, min, max);
    return make(args, kw, type);
  };
  type.getIter = (self: Obj) => self;
  type.iternext = (self: { next(): Step }) => self.next();
  return type;
}

function* iterators(args: readonly Obj[]): Gen<Obj[]> {
  const out: Obj[] = [];
  for (const arg of args) out.push(yield* run(getIter(arg)));
  return out;
}

/** The next item of each iterator, given to `then`; STOP as soon as one has ended. */
function nextOfAll(its: readonly Obj[], then: (items: Obj[]) => Step): Step {
  const items: Obj[] = [];
  for (let i = 0; i < its.length; i++) {
    const item = iterNext(its[i]!);
    if (isPending(item)) return nextOfRest(its, items, item, then);
    if (item === STOP) return STOP;
    items.push(item);
  }
  return then(items);
}

function* nextOfRest(its: readonly Obj[], items: Obj[], pending: Step, then: (items: Obj[]) => Step): Gen {
  for (let step = pending; ; step = iterNext(its[items.length]!)) {
    const item = isPending(step) ? yield* run(step) : step;
    if (item === STOP) return STOP;
    items.push(item);
    if (items.length === its.length) return yield* run(then(items));
  }
}

export const typeMap = iterType(
  "map",
  function* (args, kw, type): Gen {
    const [fun] = args;
    const its = yield* iterators(args.slice(1));
    const apply = (items: Obj[]): Step => call(fun!, items, null);
    return new FunIter(() => nextOfAll(its, apply), type);
  },
  2,
  0xffff,
);

export const typeFilter = iterType(
  "filter",
  function* (args, kw, type): Gen {
    const [fun] = args;
    const it = yield* run(getIter(args[1]!));
    let n = 0;
    return new FunIter(function* (): Gen {
      for (;;) {
        const step = iterNext(it);
        const item = isPending(step) ? yield* run(step) : step;
        if (item === STOP) return STOP;
        if (++n % TICK_EVERY === 0) yield { wait: "tick" };
        const keep = isTrue(fun === null ? item : yield* run(call(fun!, [item], null)));
        if (isPending(keep) ? yield* run(keep) : keep) return item;
      }
    }, type);
  },
  2,
  2,
);

const toTuple = (items: Obj[]): Obj => new PyTuple(items);

export const typeZip = iterType(
  "zip",
  function* (args, kw, type): Gen {
    const its = yield* iterators(args);
    return new FunIter(() => (its.length === 0 ? STOP : nextOfAll(its, toTuple)), type);
  },
  0,
  0xffff,
);

export const typeEnumerate = iterType(
  "enumerate",
  function* (args, kw, type): Gen {
    const source = args[0] ?? kw?.get("iterable");
    if (source === undefined) raiseTypeError("'iterable' argument required");
    const it = yield* run(getIter(source));
    const start = args[1] ?? kw?.get("start") ?? 0;
    let n = asInt(start) ?? raiseTypeError(`can't convert ${typeOf(start).name} to int`);
    const pair = (item: Obj): Obj => {
      if (item === STOP) return STOP;
      const numbered = new PyTuple([n, item]);
      n = intAdd(n, 1);
      return numbered;
    };
    return new FunIter(() => andThen(iterNext(it), pair), type);
  },
  0,
  2,
);

export const typeReversed = iterType(
  "reversed",
  function* (args, kw, type): Gen {
    const seq = args[0]!;
    const method = typeOf(seq).find("$__reversed__");
    if (method !== undefined) return yield* run(call(method, [seq], null));
    let i = (yield* run(lenOf(seq))) as number;
    return new FunIter(() => (i <= 0 ? STOP : subscr(seq, --i)), type);
  },
  1,
  1,
);

// What a number adds to another without leaving floats and ints; undefined: binaryOp knows.
function plus(a: Obj, b: Obj): Obj | undefined {
  if (typeof b === "number") {
    if (typeof a === "number") return intAdd(a, b);
    return a instanceof PyFloat ? PyFloat.of(a.v + b) : undefined;
  }
  return a instanceof PyFloat && b instanceof PyFloat ? PyFloat.of(a.v + b.v) : undefined;
}

export function* sum(o: Obj, start: Obj = 0): Gen {
  let total = start;
  const got = getIter(o);
  const it = isPending(got) ? yield* run(got) : got;
  const take = (item: Obj): boolean => {
    const more = plus(total, item);
    if (more !== undefined) total = more;
    return more !== undefined;
  };
  for (let n = 1; ; n++) {
    if (n % TICK_EVERY === 0) yield { wait: "tick" };
    const step = it instanceof PyGen ? consume(it, take) : iterNext(it);
    const item = isPending(step) ? yield* run(step) : step;
    if (item === STOP) return total;
    if (take(item)) continue;
    const added = binaryOp(bc0.BINARY_ADD, total, item);
    total = isPending(added) ? yield* run(added) : added;
  }
}

/** any(o), for `when` true: whether some item is true; all(o), for false: that none is false. */
export function* decide(o: Obj, when: boolean): Gen {
  const got = getIter(o);
  const it = isPending(got) ? yield* run(got) : got;
  const take = (item: Obj): boolean => typeof item === "boolean" && item !== when;
  for (let n = 1; ; n++) {
    if (n % TICK_EVERY === 0) yield { wait: "tick" };
    const step = it instanceof PyGen ? consume(it, take) : iterNext(it);
    const item = isPending(step) ? yield* run(step) : step;
    if (item === STOP) return !when;
    const truth = isTrue(item);
    if ((isPending(truth) ? yield* run(truth) : truth) === when) return when;
  }
}

/** min and max: `op` is the comparison that a better item wins. */
export function* minMax(args: readonly Obj[], kw: Kw | null, op: number): Gen {
  const key = kw?.get("key") ?? null;
  let items: readonly Obj[] = args;
  if (args.length === 1) {
    items = yield* collect(args[0]!);
    if (items.length === 0) {
      const other = kw?.get("default");
      if (other !== undefined) return other;
      raiseValueError("arg is an empty sequence");
    }
  }
  let best: Obj | undefined = undefined;
  let bestKey: Obj = null;
  for (const item of items) {
    const k = key === null ? item : yield* run(call(key, [item], null));
    if (best !== undefined) {
      const compared = binaryOp(op, k, bestKey);
      // Only True itself counts.
      if ((isPending(compared) ? yield* run(compared) : compared) !== true) continue;
    }
    best = item;
    bestKey = k;
  }
  return best!;
}
