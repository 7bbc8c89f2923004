// Threads that take turns (py/mpthread.h, ports/unix/mpthreadport.c, with the GIL). One runs until its turn is over or it waits;
// then what mpstate.h keeps per thread is put away, and the thread that has not run for longest goes on. core.ts asks here who.
import { heap } from "../objects/heap.ts";
import { mp, type MpState } from "../objects/mpstate.ts";
import type { Gen, Obj } from "../objects/obj.ts";
import type { Frame } from "./codestate.ts";
import { current } from "./current.ts";
import type { Thread } from "./thread.ts";

/** Budget of one turn, where there is more than one thread. */
export const TURN = 1000;

/** A lock that threads wait for in the order they came (mp_thread_mutex_t). */
export class Mutex {
  isLocked = false;
  private readonly waiting: Thread[] = [];
  /** Somebody took it while the first one waited. That happens once: a loop that always holds it would let nobody in. */
  private hasBarged = false;

  /** Takes it if it is free. */
  tryLock(): boolean {
    if (this.isLocked) return false;
    this.isLocked = true;
    if (this.waiting.length > 0) this.hasBarged = true;
    return true;
  }

  /** Takes it, waiting if need be. Gives true. */
  lock(): true | Gen {
    return !this.hasBarged && this.tryLock() ? true : this.lockLater();
  }

  private *lockLater(): Gen {
    const { thread } = mp;
    this.waiting.push(thread);
    try {
      while (!this.isFor(thread)) yield { wait: "mutex", mutex: this };
      this.isLocked = true;
    } finally {
      this.waiting.splice(this.waiting.indexOf(thread), 1);
      this.hasBarged = false;
    }
    return true;
  }

  unlock(): void {
    this.isLocked = false;
  }

  /** It is free, and this thread is the first of those that wait. */
  isFor(thread: Thread): boolean {
    return !this.isLocked && this.waiting[0] === thread;
  }
}

/** Makes `to` the thread whose state the VM has, instead of `from`. */
export function switchThread(state: MpState, from: Thread, to: Thread): void {
  if (state.heapLocked > 0) heap.left = state.heapLeftUnlocked;
  from.depth = state.depth;
  from.heapLocked = state.heapLocked;
  from.traceFunction = state.traceFunction;
  from.isTraceRunning = state.isTraceRunning;
  from.isTracing = state.isTracing;
  from.codeState = current.frame;
  state.depth = to.depth;
  state.stackLimit = to.stackLimit;
  state.heapLocked = to.heapLocked;
  state.traceFunction = to.traceFunction;
  state.isTraceRunning = to.isTraceRunning;
  state.isTracing = to.isTracing;
  current.frame = to.codeState;
  if (to.heapLocked > 0) {
    state.heapLeftUnlocked = heap.left;
    heap.left = -1;
  }
}

function isReady(thread: Thread, ns: number): boolean {
  const { wait } = thread;
  switch (wait?.wait) {
    case "until":
      return ns >= wait.ns || wait.sooner?.() === true;
    case "stdin":
      return mp.stdin.length > 0 || mp.stdinEnded;
    case "mutex":
      return wait.mutex.isFor(thread);
    default:
      return true;
  }
}

/** The instant at which a thread wants to go on. */
function timeOf({ wait }: Thread): number {
  return wait?.wait === "until" ? wait.ns : Infinity;
}

/** The thread that goes on next; null: all wait. They are in the order in which they last ran. */
export function nextThread(threads: readonly Thread[]): Thread | null {
  const { ns } = mp.host.clock;
  let next: Thread | null = null;
  for (const thread of threads) {
    // Who was to wake up first goes first, though the host may have slept for longer than it should.
    if (next !== null && timeOf(thread) >= timeOf(next)) continue;
    if (!isReady(thread, ns)) continue;
    next = thread;
    if (timeOf(thread) === Infinity) break;
  }
  return next;
}

/** When the first of the threads, which all wait, wants to go on. */
export function firstTime(threads: readonly Thread[]): number {
  return threads.reduce((first, thread) => Math.min(first, timeOf(thread)), Infinity);
}

/** What a thread keeps alive while another one runs. */
export function* threadRoots({ frame, value, exc, traceFunction, codeState }: Thread): Iterable<Obj | Frame | undefined> {
  yield* [frame, value, exc, traceFunction, codeState];
}
