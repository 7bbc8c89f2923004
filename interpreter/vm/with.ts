// The context manager protocol, as the with statement uses it (py/vm.c SETUP_WITH, WITH_CLEANUP).
import { isPending, PyObj, run, type Attrs, type Gen, type Obj, type Step } from "../objects/obj.ts";
import { PyBoundMethod } from "../objects/objfun.ts";
import { loadMethod, methodSelf } from "./attr.ts";
import { call } from "./call.ts";
import { isTrue } from "./operator.ts";

/** Binds a method for later. */
function boundMethod(o: Obj, name: string, key: keyof Attrs): Step {
  const method = loadMethod(o, name, key);
  const self = methodSelf.value;
  return self === undefined || isPending(method) ? method : new PyBoundMethod(method, self);
}

/** Puts __exit__ into register `to`, bound, nothing beside it, and calls __enter__. */
export function enterWith(state: (Obj | undefined)[], to: number, manager: Obj): Step {
  const exit = boundMethod(manager, "__exit__", "$__exit__");
  state[to] = null;
  state[to + 1] = undefined;
  if (isPending(exit)) return enterSlow(state, to, manager, exit);
  state[to] = exit;
  const enter = loadMethod(manager, "__enter__", "$__enter__");
  const self = methodSelf.value;
  return isPending(enter) ? callLater(enter) : call(enter, self === undefined ? [] : [self], null);
}

// __getattr__ or a property gives the methods.
function* enterSlow(state: (Obj | undefined)[], to: number, manager: Obj, exit: Step): Gen {
  state[to] = yield* run(exit);
  return yield* callLater(boundMethod(manager, "__enter__", "$__enter__"));
}

function* callLater(method: Step): Gen {
  return yield* run(call(yield* run(method), [], null));
}

/** __exit__(type, exc, None): true swallows the exception. */
export function* callExit(exit: Obj, self: Obj | undefined, exc: Obj | null): Gen {
  const args: Obj[] = exc === null ? [null, null, null] : [(exc as PyObj).type, exc, null];
  const value = yield* run(call(exit, self === undefined ? args : [self, ...args], null));
  return yield* run(isTrue(value));
}
