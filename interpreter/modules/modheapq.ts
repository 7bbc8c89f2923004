// heapq: a list kept as a heap, smallest first (extmod/modheapq.c).
import * as bc0 from "../bytecode/bc0.ts";
import { fun } from "../objects/objfun.ts";
import { PyList } from "../objects/objlist.ts";
import { raiseMsg, raiseTypeError, typeIndexError } from "../objects/objexcept.ts";
import { isPending, run, type Gen, type Obj } from "../objects/obj.ts";
import { binaryOp } from "../vm/operator.ts";
import { register } from "./registry.ts";

function heapOf(o: Obj): Obj[] {
  if (!(o instanceof PyList)) raiseTypeError("heap must be a list");
  return o.items;
}

function* isLess(a: Obj, b: Obj): Gen<boolean> {
  const less = binaryOp(bc0.BINARY_LESS, a, b);
  return (isPending(less) ? yield* run(less) : less) === true;
}

// A comparison is the program's own and may change the list: what is no longer there is None.
const at = (heap: readonly Obj[], i: number): Obj => heap[i] ?? null;

/** Moves the item at `from` towards the top while it is less than its parent. */
function* siftDown(heap: Obj[], top: number, from: number): Gen<void> {
  const item = at(heap, from);
  let i = from;
  while (i > top) {
    const parent = (i - 1) >> 1;
    if (!(yield* isLess(item, at(heap, parent)))) break;
    heap[i] = at(heap, parent);
    i = parent;
  }
  heap[i] = item;
}

/** Moves the item at `from` down to a leaf, smaller children up in its place, then back up to where it belongs. */
function* siftUp(heap: Obj[], from: number): Gen<void> {
  const end = heap.length;
  const item = at(heap, from);
  let i = from;
  for (let child = 2 * i + 1; child < end; child = 2 * i + 1) {
    if (child + 1 < end && !(yield* isLess(at(heap, child), at(heap, child + 1)))) child++;
    heap[i] = at(heap, child);
    i = child;
  }
  heap[i] = item;
  yield* siftDown(heap, from, i);
}

register("heapq", {
  isExtensible: true,
  members: () => ({
    heappush: fun("heappush", function* (list: Obj, item: Obj): Gen {
      const heap = heapOf(list);
      heap.push(item);
      yield* siftDown(heap, 0, heap.length - 1);
      return null;
    }),
    heappop: fun("heappop", function* (list: Obj): Gen {
      const heap = heapOf(list);
      const last = heap.pop();
      if (last === undefined) raiseMsg(typeIndexError, "empty heap");
      if (heap.length === 0) return last;
      const item = heap[0]!;
      heap[0] = last;
      yield* siftUp(heap, 0);
      return item;
    }),
    heapify: fun("heapify", function* (list: Obj): Gen {
      const heap = heapOf(list);
      for (let i = heap.length >> 1; i > 0;) {
        yield* siftUp(heap, --i);
        if (i % 64 === 0) yield { wait: "tick" };
      }
      return null;
    }),
  }),
});
