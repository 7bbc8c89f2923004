// micropython: the interpreter's own workings, as far as a program may touch them (py/modmicropython.c).
import { heap } from "../objects/heap.ts";
import { raiseMsg, typeRuntimeError } from "../objects/objexcept.ts";
import { fun } from "../objects/objfun.ts";
import { mp } from "../objects/mpstate.ts";
import type { Obj } from "../objects/obj.ts";
import { getInt } from "../native.ts";
import { freeBlocks, heapBlocks, liveSizes, lockHeap, totalBlocks, unlockHeap } from "../vm/gc.ts";
import { typeRingIO } from "./objringio.ts";
import { poolInfo } from "../vm/qstr.ts";
import { register } from "./registry.ts";

const BLOCKS_PER_LINE = 64;

/** What is live, one object after the other as if there were no gaps; `h` is where an object begins. */
function allocationTable(sizes: readonly number[], total: number): string {
  let table = "";
  for (const size of sizes) table += `h${"=".repeat(size - 1)}`;
  let text = "GC memory layout; from 0:";
  for (let at = 0; at < table.length; at += BLOCKS_PER_LINE) {
    const line = table.slice(at, at + BLOCKS_PER_LINE).padEnd(BLOCKS_PER_LINE, ".");
    text += `\n${(at * heap.blockBytes).toString(16).padStart(8, "0")}: ${line}`;
  }
  const free = Math.floor((total - table.length) / BLOCKS_PER_LINE);
  return `${text}\n${free > 0 ? `       (${free} lines all free)\n` : ""}`;
}

function memInfo(withTable?: Obj): Obj {
  const total = heapBlocks();
  const free = freeBlocks();
  const { release } = mp.config;
  const bytes = (blocks: number): number => blocks * heap.blockBytes;
  const sizes = liveSizes();
  const count = (size: number): number => sizes.filter((s) => s === size).length;
  const largest = sizes.reduce((most, s) => Math.max(most, s), 0);
  if (mp.config.platform === "linux")
    mp.print(`mem: total=${bytes(totalBlocks())}, current=${bytes(total - free)}, peak=${bytes(total - free)}\n`);
  mp.print(release === "1.18" ? `stack: ${mp.stackUse()}\n` : `stack: ${mp.stackUse()} out of ${mp.stackLimit}\n`);
  mp.print(`GC: total: ${bytes(total)}, used: ${bytes(total - free)}, free: ${bytes(free)}\n`);
  mp.print(` No. of 1-blocks: ${count(1)}, 2-blocks: ${count(2)}, max blk sz: ${largest}, max free sz: ${free}\n`);
  if (withTable !== undefined) mp.print(allocationTable(sizes, total));
  return null;
}

function qstrInfo(withNames?: Obj): Obj {
  const { pools, names, dataBytes, totalBytes } = poolInfo();
  mp.print(`qstr pool: n_pool=${pools}, n_qstr=${names.length}, n_str_data_bytes=${dataBytes}, n_total_bytes=${totalBytes}\n`);
  if (withNames !== undefined) for (const name of names) mp.print(`Q(${name})\n`);
  return null;
}

register("micropython", {
  isExtensible: false,
  members: () => {
    const { release } = mp.config;
    const kbdIntr = fun("kbd_intr", (c: Obj) => {
      mp.kbdIntr = getInt(c);
      return null;
    });
    const since118 = {
      alloc_emergency_exception_buf: fun("alloc_emergency_exception_buf", (size: Obj) => {
        // The buffer holds a traceback of three entries, too.
        const word = heap.blockBytes / 4;
        mp.emergencyArgs = Math.max(0, Math.floor(getInt(size) / word) - 12);
        return null;
      }),
      schedule: fun("schedule", (f: Obj, arg: Obj) => {
        if (release === "1.28" && f === kbdIntr) mp.scheduleInterrupt();
        else if (!mp.schedule(f, arg)) raiseMsg(typeRuntimeError, "schedule queue full");
        return null;
      }),
    };
    const stats = {
      mem_total: fun("mem_total", () => totalBlocks() * heap.blockBytes),
      mem_current: fun("mem_current", () => (heapBlocks() - freeBlocks()) * heap.blockBytes),
      mem_peak: fun("mem_peak", () => (heapBlocks() - freeBlocks()) * heap.blockBytes),
    };
    const since128 = {
      RingIO: typeRingIO,
      heap_locked: fun("heap_locked", () => mp.heapLocked),
      native: fun("native", (f: Obj) => f),
      viper: fun("viper", (f: Obj) => f),
    };
    return {
      const: fun("const", (o: Obj) => o),
      opt_level: fun(
        "opt_level",
        (level?: Obj) => {
          if (level === undefined) return mp.optLevel;
          mp.optLevel = getInt(level);
          return null;
        },
        0,
        1,
      ),
      mem_info: fun("mem_info", memInfo, 0, 1),
      qstr_info: fun("qstr_info", qstrInfo, 0, 1),
      stack_use: fun("stack_use", () => mp.stackUse()),
      heap_lock: fun("heap_lock", () => {
        lockHeap();
        return null;
      }),
      heap_unlock: fun("heap_unlock", () => {
        const depth = unlockHeap();
        return release === "1.28" ? depth : null;
      }),
      kbd_intr: kbdIntr,
      ...(release === "1.9.2" ? {} : since118),
      ...(release === "1.28" ? since128 : {}),
      ...(mp.config.platform === "linux" ? stats : {}),
    };
  },
});
