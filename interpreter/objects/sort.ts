// Sorting as list.sort and sorted() do it (py/objlist.c mp_quicksort): a quicksort, so equal items may change places, which asks
// the key function anew for each comparison. JavaScript's own sort where nobody can see the difference.
import * as bc0 from "../bytecode/bc0.ts";
import { binaryOp, compareStrings } from "../vm/operator.ts";
import { PyFloat } from "./objfloat.ts";
import { isPending, run, type Gen, type Obj, type Step } from "./obj.ts";

type KeyOf = ((item: Obj) => Step) | null;

/** Sorts `items` in place. `keyOf` null: by the items themselves. What is raised meanwhile leaves them sorted in part. */
export function* sortItems(items: Obj[], keyOf: KeyOf, isReverse: boolean): Gen<void> {
  if (keyOf === null && sortPlain(items, isReverse ? -1 : 1)) return;
  // On a copy: what Python does to the list meanwhile must not lead outside of it.
  const sorted = items.slice();
  try {
    yield* quicksort(sorted, keyOf, !isReverse);
  } finally {
    for (let i = 0; i < sorted.length; i++) items[i] = sorted[i]!;
  }
}

/** Items that are the same wherever they are equal. */
function sortPlain(items: Obj[], sign: number): boolean {
  if (items.every((item) => typeof item === "number")) (items as number[]).sort((a, b) => sign * (a - b));
  else if (items.every((item) => typeof item === "string")) (items as string[]).sort((a, b) => sign * compareStrings(a, b));
  else if (items.every((item) => item instanceof PyFloat && Math.abs(item.v) > 0))
    (items as PyFloat[]).sort((a, b) => sign * (a.v < b.v ? -1 : a.v > b.v ? 1 : 0));
  else return false;
  return true;
}

function* quicksort(items: Obj[], keyOf: KeyOf, isLess: boolean): Gen<void> {
  /** Parts still to do: from the item after the first number to the second one. */
  const parts: [number, number][] = [[-1, items.length - 1]];
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    const [head, tail] = part;
    if (tail - head < 2) continue;
    const pivot = yield* keyed(items[tail]!, keyOf);
    let h = head;
    let t = tail;
    for (;;) {
      do h++;
      while (h < t && (yield* less(yield* keyed(items[h]!, keyOf), pivot)) === isLess);
      do t--;
      while (h < t && (yield* less(pivot, yield* keyed(items[t]!, keyOf))) === isLess);
      if (h >= t) break;
      [items[h], items[t]] = [items[t]!, items[h]!];
    }
    [items[h], items[tail]] = [items[tail]!, items[h]!];
    // The smaller part first.
    if (t - head < tail - h) parts.push([h, tail], [head, t]);
    else parts.push([head, t], [h, tail]);
  }
}

function* keyed(item: Obj, keyOf: KeyOf): Gen {
  if (keyOf === null) return item;
  const key = keyOf(item);
  return isPending(key) ? yield* run(key) : key;
}

function* less(a: Obj, b: Obj): Gen {
  const result = binaryOp(bc0.BINARY_LESS, a, b);
  return isPending(result) ? yield* run(result) : result;
}
