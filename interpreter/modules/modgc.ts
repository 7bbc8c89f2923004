// gc: the collector as a program sees it (py/modgc.c). What there is to collect, vm/gc.ts finds out.
import { heap } from "../objects/heap.ts";
import { fun } from "../objects/objfun.ts";
import { mp } from "../objects/mpstate.ts";
import type { Gen, Obj } from "../objects/obj.ts";
import { getInt } from "../native.ts";
import { collectGarbage, freeBlocks, heapBlocks } from "../vm/gc.ts";
import { register } from "./registry.ts";

function* collect(): Gen {
  // The frame that asks is left in order, so that what it has on its stack is known.
  yield { wait: "tick" };
  for (const { gone } of collectGarbage()) yield* gone();
  // DIFFERS: how many objects are freed is not known; JavaScript frees them.
  return mp.config.platform === "linux" ? 0 : null;
}

register("gc", {
  isExtensible: false,
  members: () => {
    let isEnabled = true;
    let threshold = -1;
    return {
      collect: fun("collect", collect, 0),
      enable: fun("enable", () => {
        isEnabled = true;
        return null;
      }),
      disable: fun("disable", () => {
        isEnabled = false;
        return null;
      }),
      isenabled: fun("isenabled", () => isEnabled),
      mem_free: fun("mem_free", () => freeBlocks() * heap.blockBytes),
      mem_alloc: fun("mem_alloc", () => (heapBlocks() - freeBlocks()) * heap.blockBytes),
      threshold: fun(
        "threshold",
        (amount?: Obj) => {
          if (amount === undefined) return threshold < 0 ? -1 : threshold * heap.blockBytes;
          const bytes = getInt(amount);
          threshold = bytes < 0 ? -1 : Math.floor(bytes / heap.blockBytes);
          return null;
        },
        0,
        1,
      ),
    };
  },
});
