// The collector, as far as a program can tell that there is one (py/gc.c): a walk over all that is live, from the VM's roots. It
// gives the size of what is live, and finds the objects with a finaliser or a weak reference that are not. JavaScript's
// own collector frees the memory; when it does so is nobody's business.
//
// DIFFERS: what only a native in the middle of its work holds (a local of a JavaScript function) is not seen. It is not counted then.
import { heap } from "../objects/heap.ts";
import { mp } from "../objects/mpstate.ts";
import { PyBytearray, PyBytes } from "../objects/objbytes.ts";
import { PyDict } from "../objects/objdict.ts";
import { raiseMsg, typeMemoryError } from "../objects/objexcept.ts";
import { Cell, PyBoundMethod, PyFun, PyNative } from "../objects/objfun.ts";
import { PyGen } from "../objects/objgenerator.ts";
import { PyFloat } from "../objects/objfloat.ts";
import { PyList } from "../objects/objlist.ts";
import { PyModule } from "../objects/objmodule.ts";
import { PyInstance, PyObj, PyType, type Gen, type Obj } from "../objects/obj.ts";
import { PyTuple } from "../objects/objtuple.ts";
import { CodeState, Frame } from "./codestate.ts";
import { current } from "./current.ts";

/** Bytes of string in one block beside its header. */
function textBlocks(length: number): number {
  return 1 + Math.ceil((length + 1) / heap.blockBytes);
}

function memberCount(o: object): number {
  let count = 0;
  for (const key of Object.keys(o)) if (key.startsWith("$")) count++;
  return count;
}

/** Blocks of an object itself, not of what it holds. What firmware has in flash takes none. */
export function blocksOf(o: unknown): number {
  if (typeof o === "string") return textBlocks(o.length);
  if (typeof o === "bigint") return 1 + Math.ceil(o.toString(16).length / 2 / heap.blockBytes);
  if (o instanceof PyList) return 1 + Math.ceil(Math.max(o.room, o.items.length) / 4);
  if (o instanceof PyTuple) return o.items.length === 0 ? 0 : Math.ceil((2 + o.items.length) / 4);
  if (o instanceof PyFloat) return heap.floatBlocks;
  if (o instanceof PyDict) return 1 + o.tableBlocks;
  if (o instanceof PyBytes || o instanceof PyBytearray) return textBlocks(o.v.length);
  if (o instanceof PyGen) return o.frame === null ? 1 : 3 + Math.ceil(o.frame.code.nState / 4);
  if (o instanceof PyFun) return 1 + Math.ceil(((o.closed?.length ?? 0) + (o.defaults?.length ?? 0)) / 4);
  if (o instanceof PyInstance) return 1 + Math.ceil(memberCount(o) / 2);
  if (o instanceof PyNative) return 0;
  if (o instanceof PyType) return o.isInstanceType ? 4 + Math.ceil(memberCount(o.proto) / 2) : 0;
  if (o instanceof PyModule) return o.isBuiltin ? 0 : 1;
  return 1;
}

interface Walk {
  readonly seen: Set<object>;
  readonly todo: object[];
  blocks: number;
  /** The size of each object that takes any room. */
  readonly sizes: number[];
}

function visit(walk: Walk, o: unknown): void {
  if (typeof o === "string" || typeof o === "bigint") {
    if (typeof o === "bigint" || o.length > 10) walk.blocks += blocksOf(o);
    return;
  }
  if (typeof o !== "object" || o === null || walk.seen.has(o) || mp.inFlash.has(o)) return;
  walk.seen.add(o);
  walk.todo.push(o);
}

/** Notes that a module and all that it has are part of the firmware. */
export function putInFlash(module: PyModule): void {
  const walk: Walk = { seen: new Set(), todo: [], blocks: 0, sizes: [] };
  visit(walk, module);
  for (let o = walk.todo.pop(); o !== undefined; o = walk.todo.pop()) trace(walk, o);
  for (const o of walk.seen) mp.inFlash.add(o);
}

/** Visits what an object refers to. */
function trace(walk: Walk, o: object): void {
  if (o instanceof PyList || o instanceof PyTuple) {
    for (const item of o.items) visit(walk, item);
  } else if (o instanceof PyDict) {
    for (const entry of o.map.values()) {
      if (typeof entry.key !== "string") visit(walk, entry.key);
      visit(walk, entry.value);
    }
  } else if (o instanceof PyInstance) {
    visit(walk, o.type);
    for (const value of Object.values(o)) visit(walk, value);
  } else if (o instanceof PyType) {
    for (const base of o.bases) visit(walk, base);
    if (o.isInstanceType) for (const value of Object.values(o.proto)) visit(walk, value);
  } else if (o instanceof PyFun) {
    visit(walk, o.globals);
    for (const cell of o.closed ?? []) visit(walk, cell);
    for (const value of o.defaults ?? []) visit(walk, value);
    visit(walk, o.kwDefaults);
    if (!walk.seen.has(o.rc)) {
      walk.seen.add(o.rc);
      walk.blocks += 1 + Math.ceil(o.rc.bytes.length / heap.blockBytes);
    }
  } else if (o instanceof Cell) visit(walk, o.value);
  else if (o instanceof PyBoundMethod) {
    visit(walk, o.meth);
    visit(walk, o.self);
  } else if (o instanceof PyModule) {
    visit(walk, o.globals);
  } else if (o instanceof PyGen || o instanceof Frame) traceFrames(walk, o);
  else {
    // Whatever else: its fields, arrays and maps of values.
    for (const value of Object.values(o)) {
      if (value instanceof PyObj || value instanceof Frame || typeof value === "string") visit(walk, value);
      else if (Array.isArray(value)) for (const item of value) visit(walk, item);
      else if (value instanceof Map) for (const item of value.values()) visit(walk, item);
    }
  }
}

function traceFrames(walk: Walk, from: PyGen | Frame): void {
  let frame: Frame | null = from instanceof PyGen ? from.frame : from;
  if (from instanceof PyGen) visit(walk, from.returned);
  for (; frame !== null; frame = frame.prev) {
    if (!(frame instanceof CodeState)) continue;
    const { state, code, ip } = frame;
    // Of the temporaries only those that the stack would still hold.
    const live = code.instructions[ip]?.live ?? state.length;
    for (let i = 0; i < live; i++) visit(walk, state[i]);
    visit(walk, frame.fun);
    visit(walk, frame.globals);
    visit(walk, frame.locals);
    visit(walk, frame.gen);
    visit(walk, frame.instance);
    for (let { block } = frame; block !== null; block = block.outer) visit(walk, block.exc);
  }
}

/** An object about which something is to be done once nothing refers to it. */
export interface Watch {
  readonly target: PyObj;
  /** What the watch itself keeps alive, such as a callback and its arguments. */
  readonly holds: readonly Obj[];
  /** A weakref.finalize: those go first, the latest before the others; then references, the latest first, too. */
  readonly isFinaliser: boolean;
  /** The reference itself: if nothing refers to that any more, nothing is done. null: it does not matter. */
  readonly self: PyObj | null;
  /** Runs once the object is known to be gone. */
  readonly gone: () => Gen;
}

const watches = new WeakMap<object, Set<Watch>>();

/** The watches of the current VM. */
function watchesOfVm(): Set<Watch> {
  let own = watches.get(mp);
  if (own === undefined) {
    own = new Set();
    watches.set(mp, own);
  }
  return own;
}

export function watch(entry: Watch): void {
  watchesOfVm().add(entry);
}

export function unwatch(entry: Watch): void {
  watchesOfVm().delete(entry);
}

function walkAll(): Walk {
  const walk: Walk = { seen: new Set(), todo: [], blocks: mp.heapAtBoot + mp.heapHeld + mp.qstrBlocks, sizes: [] };
  visit(walk, mp.mainGlobals);
  visit(walk, mp.loadedModules);
  walk.blocks -= blocksOf(mp.loadedModules);
  for (const root of mp.roots()) visit(walk, root);
  if (current.frame !== null) visit(walk, current.frame);
  for (const { holds } of watchesOfVm()) for (const held of holds) visit(walk, held);
  for (let o = walk.todo.pop(); o !== undefined; o = walk.todo.pop()) {
    const blocks = o instanceof PyObj ? blocksOf(o) : 0;
    walk.blocks += blocks;
    if (blocks > 0) walk.sizes.push(blocks);
    trace(walk, o);
  }
  return walk;
}

/** Blocks of the current board's heap; Infinity where it has no limit. */
export function heapBlocks(): number {
  return Math.floor(mp.config.heapSize / heap.blockBytes);
}

/** Walks what is live. Gives what is to be done about the watched objects that are not: their watches have ended. */
export function collectGarbage(): Watch[] {
  const walk = walkAll();
  const left = Math.max(0, heapBlocks() - walk.blocks);
  mp.heapReclaimed += left - Math.max(0, freeBlocks());
  if (mp.heapLocked > 0) mp.heapLeftUnlocked = left;
  else heap.left = left;
  const dead: Watch[] = [];
  const own = watchesOfVm();
  for (const entry of own) {
    const isKept = entry.self === null || walk.seen.has(entry.self);
    if (!isKept || !walk.seen.has(entry.target)) own.delete(entry);
    if (isKept && !walk.seen.has(entry.target)) dead.unshift(entry);
  }
  return [...dead.filter((entry) => entry.isFinaliser), ...dead.filter((entry) => !entry.isFinaliser)];
}

/** Blocks that are free now, as gc.mem_free() has it: garbage counts as taken until somebody looks. */
export function freeBlocks(): number {
  return mp.heapLocked > 0 ? mp.heapLeftUnlocked : heap.left;
}

/** Blocks that have been handed out since power-on, reclaimed or not. */
export function totalBlocks(): number {
  return heapBlocks() - mp.heapAtBoot - freeBlocks() + mp.heapReclaimed;
}

function exhausted(blocks: number, bytes = blocks * heap.blockBytes): void {
  if (mp.heapLocked > 0) {
    heap.left = -1;
    raiseMsg(typeMemoryError, "memory allocation failed, heap is locked");
  }
  if (blocks <= heapBlocks()) {
    heap.left = 0;
    // Python cannot run here: finalisers and callbacks have to wait.
    const dead = collectGarbage();
    if (dead.length > 0) mp.later(dead.map(({ gone }) => gone));
    heap.left -= blocks;
    if (heap.left >= 0) return;
  }
  heap.left = Math.max(0, heap.left);
  raiseMsg(typeMemoryError, `memory allocation failed, allocating ${bytes} bytes`);
}

export function lockHeap(): void {
  if (mp.heapLocked++ > 0) return;
  mp.heapLeftUnlocked = heap.left;
  heap.left = -1;
}

/** Gives how often the heap is locked still. */
export function unlockHeap(): number {
  if (mp.heapLocked > 0 && --mp.heapLocked === 0) heap.left = mp.heapLeftUnlocked;
  return mp.heapLocked;
}

/** Makes the heap that of the VM which now runs: `left` is what it had when it last ran. */
export function useHeap(left: number): void {
  heap.blockBytes = mp.config.smallIntBits > 31 ? 32 : 16;
  heap.floatBlocks = mp.config.floatImpl === "single30" ? 0 : 1;
  heap.left = left;
  heap.exhausted = exhausted;
}

/** The sizes in blocks of all objects that are live, for mem_info(). */
export function liveSizes(): readonly number[] {
  return walkAll().sizes;
}
