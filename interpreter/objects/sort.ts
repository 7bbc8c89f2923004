// Sorting: MicroPython's quicksort (py/objlist.c mp_quicksort), which is not stable and asks for keys again and again, so that
// equal items and what a key function prints come out as on the board. Ints, floats and strings that are compared by themselves
// cannot tell how they were sorted; JavaScript sorts those.
import * as bc0 from "../bytecode/bc0.ts";
import { binaryOp, compareStrings } from "../vm/operator.ts";
import { PyFloat } from "./objfloat.ts";
import { isPending, run, type Gen, type Obj, type Step } from "./obj.ts";

/** So many comparisons go without a look at the budget. */
const COMPARISONS = 256;

/** Sorts `items` in place. `keyOf` null: by the items themselves. */
export function* sortItems(items: Obj[], keyOf: ((item: Obj) => Step) | null, isReverse: boolean): Gen<void> {
  if (keyOf === null && items.every((item) => typeof item === "number")) {
    const sign = isReverse ? -1 : 1;
    (items as number[]).sort((a, b) => sign * (a - b));
  } else if (keyOf === null && items.every((item) => typeof item === "string")) {
    const sign = isReverse ? -1 : 1;
    (items as string[]).sort((a, b) => sign * compareStrings(a, b));
  } else if (keyOf === null && items.every((item) => item instanceof PyFloat && item.v === item.v && item.v !== 0)) {
    const sign = isReverse ? -1 : 1;
    (items as PyFloat[]).sort((a, b) => sign * (a.v - b.v));
  } else yield* quickSort(items, keyOf, !isReverse);
}

function swap(items: Obj[], i: number, j: number): void {
  const item = items[i]!;
  items[i] = items[j]!;
  items[j] = item;
}

// `goesOn`: what "less" has to be for an item to be on its side of the pivot already. A result that is no bool is neither.
function* quickSort(items: Obj[], keyOf: ((item: Obj) => Step) | null, goesOn: boolean): Gen<void> {
  const count = items.length;
  let comparisons = 0;
  // A part goes from the item after `head` to `tail`, the pivot.
  const parts: [head: number, tail: number][] = [[-1, count - 1]];
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    const [head, tail] = part;
    if (tail - head <= 1) continue;
    let up = head;
    let down = tail;
    let pivot: Step = items[tail]!;
    if (keyOf !== null) {
      pivot = keyOf(pivot);
      if (isPending(pivot)) pivot = yield* run(pivot);
    }
    for (;;) {
      for (const by of [1, -1]) {
        for (;;) {
          const at = by === 1 ? ++up : --down;
          if (up >= down) break;
          // A key or comparison that has taken items out of the list leaves nothing to sort.
          if (items.length < count) return;
          let key: Step = items[at]!;
          if (keyOf !== null) {
            key = keyOf(key);
            if (isPending(key)) key = yield* run(key);
          }
          let less = by === 1 ? binaryOp(bc0.BINARY_LESS, key, pivot) : binaryOp(bc0.BINARY_LESS, pivot, key);
          if (isPending(less)) less = yield* run(less);
          if (less !== goesOn) break;
          if (++comparisons % COMPARISONS === 0) yield { wait: "tick" };
        }
      }
      if (items.length < count) return;
      if (up >= down) break;
      swap(items, up, down);
    }
    swap(items, up, tail);
    // The smaller one next, so that few wait.
    const lower: [number, number] = [head, down];
    const upper: [number, number] = [up, tail];
    if (down - head < tail - up) parts.push(upper, lower);
    else parts.push(lower, upper);
  }
}
