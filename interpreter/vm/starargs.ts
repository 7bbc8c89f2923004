// Calls with keywords, *args and **kwargs: the arguments collected from their registers (py/runtime.c mp_call_prepare_args_n_kw_var).
import { PyDict } from "../objects/objdict.ts";
import { asInt } from "../objects/number.ts";
import { raiseTypeError } from "../objects/objexcept.ts";
import { PyInstance, pythonMethod, run, typeOf, type Gen, type Kw, type Obj } from "../objects/obj.ts";
import { loadAttr } from "./attr.ts";
import { call } from "./call.ts";
import { collect } from "./iter.ts";
import { lenOf, subscr } from "./operator.ts";

/** A keyword that came again, after so many others. */
export interface Repeated {
  readonly key: string;
  readonly at: number;
}

/** Keywords may come twice; the function called says so, if it has nothing else to say. */
class Keywords extends Map<string, Obj> {
  repeated: Repeated | undefined = undefined;
}

function addKeyword(kw: Kw, key: Obj, value: Obj): void {
  if (typeof key !== "string") raiseTypeError(`can't convert '${typeOf(key).name}' object to str implicitly`);
  if (kw.has(key)) (kw as Keywords).repeated ??= { key, at: kw.size };
  else kw.set(key, value);
}

/** Keyword arguments from pairs of values, key first. */
export function keywords(pairs: readonly (Obj | undefined)[]): Kw {
  const kw = new Keywords();
  for (let i = 0; i < pairs.length; i += 2) addKeyword(kw, pairs[i]!, pairs[i + 1]!);
  return kw;
}

/**
 * Calls `fun` with `nPos` positional arguments, those that `bitmap` marks being *iterables, and pairs of keywords, where no key
 * means **mapping.
 */
export function* callStar(fun: Obj, self: Obj | undefined, given: readonly (Obj | undefined)[], nPos: number, bitmap: Obj): Gen {
  const args: Obj[] = self === undefined ? [] : [self];
  const bits = BigInt(bitmap as number | bigint);
  for (let i = 0; i < nPos; i++) {
    const arg = given[i]!;
    if ((bits >> BigInt(i)) & 1n) {
      if (arg instanceof PyInstance && pythonMethod(arg.type, "$__len__") !== undefined) {
        // How long it is makes room in C, so it is asked, and has to answer.
        const n = yield* run(lenOf(arg));
        if (asInt(n) === undefined) raiseTypeError(`can't convert ${typeOf(n).name} to int`);
      }
      for (const item of yield* collect(arg)) args.push(item);
    } else args.push(arg);
  }
  let kw: Kw | null = null;
  for (let i = nPos; i < given.length; i += 2) {
    kw ??= new Keywords();
    const key = given[i];
    const value = given[i + 1]!;
    if (key !== undefined) addKeyword(kw, key, value);
    else if (value instanceof PyDict) for (const entry of value.entries()) addKeyword(kw, entry.key, entry.value!);
    else {
      const keys = yield* collect(yield* run(call(yield* run(loadAttr(value, "keys")), [], null)));
      for (const k of keys) addKeyword(kw, k, yield* run(subscr(value, k)));
    }
  }
  return yield* run(call(fun, args, kw !== null && kw.size === 0 ? null : kw));
}
