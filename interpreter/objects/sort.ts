// Sorting: JavaScript's own for values that compare without Python, a merge sort in steps where Python decides.
import * as bc0 from "../bytecode/bc0.ts";
import { binaryOp, compareStrings, isTrue } from "../vm/operator.ts";
import { PyFloat } from "./objfloat.ts";
import { isPending, run, type Gen, type Obj, type Step } from "./obj.ts";

type Keyed = { readonly item: Obj; readonly key: Obj };

/** Sorts `items` in place. `keyOf` null: by the items themselves. Stable; `isReverse` keeps equal items in order too. */
export function* sortItems(items: Obj[], keyOf: ((item: Obj) => Step) | null, isReverse: boolean): Gen<void> {
  let keyed: Keyed[] = [];
  for (const item of items) {
    const step = keyOf === null ? item : keyOf(item);
    keyed.push({ item, key: isPending(step) ? yield* run(step) : step });
  }
  const first = keyed[0]?.key;
  const sign = isReverse ? -1 : 1;
  if (keyed.every(({ key }) => typeof key === "number")) keyed.sort((a, b) => sign * ((a.key as number) - (b.key as number)));
  else if (typeof first === "string" && keyed.every(({ key }) => typeof key === "string")) {
    keyed.sort((a, b) => sign * compareStrings(a.key as string, b.key as string));
  } else if (keyed.every(({ key }) => (key instanceof PyFloat && key.v === key.v) || typeof key === "number")) {
    const value = (o: Obj): number => (o instanceof PyFloat ? o.v : (o as number));
    keyed.sort((a, b) => sign * (value(a.key) - value(b.key)));
  } else keyed = yield* mergeSort(keyed, isReverse);
  for (let i = 0; i < keyed.length; i++) items[i] = keyed[i]!.item;
}

function* mergeSort(items: Keyed[], isReverse: boolean): Gen<Keyed[]> {
  if (items.length < 2) return items;
  const middle = items.length >> 1;
  const left = yield* mergeSort(items.slice(0, middle), isReverse);
  const right = yield* mergeSort(items.slice(middle), isReverse);
  const out: Keyed[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length && j < right.length) {
    // Only < is asked for, the later item first, as sorted() does.
    const a = isReverse ? left[i]!.key : right[j]!.key;
    const b = isReverse ? right[j]!.key : left[i]!.key;
    const less = binaryOp(bc0.BINARY_LESS, a, b);
    const takeRight = yield* run(isTrue(isPending(less) ? yield* run(less) : less));
    out.push(takeRight ? right[j++]! : left[i++]!);
  }
  while (i < left.length) out.push(left[i++]!);
  while (j < right.length) out.push(right[j++]!);
  return out;
}
