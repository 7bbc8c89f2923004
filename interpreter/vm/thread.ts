// What runs: a chain of frames, and the natives in it that wait. Several of them, taking turns, are mpthread.ts's matter.
import { newExcMsg, typeRuntimeError } from "../objects/objexcept.ts";
import { mp } from "../objects/mpstate.ts";
import { isPending, PyObj, type Gen, type Obj, type Request, type Wait } from "../objects/obj.ts";
import { NativeState, type CodeState, type Frame } from "./codestate.ts";
import type { ConsumeState } from "./consume.ts";
import { machine } from "./ops/op.ts";
import { checkDepth } from "./stackctrl.ts";

/** One chain of frames and what is to happen to its innermost one next. */
export class Thread {
  frame: Frame | null;
  /** The value that `frame` waits for; undefined: it waits for none. */
  value: Obj | undefined = undefined;
  /** An exception to raise in `frame`. */
  exc: Obj | undefined = undefined;
  /** What it waits for; null: it can go on at once. */
  wait: Wait | null = null;
  /** The number that _thread.get_ident() gives. */
  readonly ident: number;
  /** Bytes of C stack that it may use. */
  readonly stackLimit: number;
  /** The function that it was started with and what that was called with, kept alive until it ends. */
  readonly arg: readonly Obj[];
  // What mpstate.h has for each thread (mp_state_thread_t), while another one runs.
  depth = 0;
  heapLocked = 0;
  traceFunction: Obj = null;
  isTraceRunning = false;
  isTracing = false;
  codeState: CodeState | null = null;
  constructor(frame: Frame | null, ident = 0, stackLimit = Infinity, arg: readonly Obj[] = []) {
    this.frame = frame;
    this.ident = ident;
    this.stackLimit = stackLimit;
    this.arg = arg;
  }
}

/** Why `execute` returned: the chain is at its end, it waits, or its budget is used up. */
export type Outcome =
  | { readonly kind: "return"; readonly value: Obj }
  | { readonly kind: "raise"; readonly exc: Obj }
  | { readonly kind: "wait"; readonly wait: Wait }
  | { readonly kind: "budget" };

export const BUDGET: Outcome = { kind: "budget" };

/** A Python exception from whatever was thrown; our own bugs are thrown on. */
export function toPython(caught: unknown): Obj {
  if (caught instanceof PyObj) return caught;
  if (caught instanceof RangeError && /call stack/i.test(caught.message))
    return newExcMsg(typeRuntimeError, "maximum recursion depth exceeded");
  throw caught;
}

/** Does what a native asks for; null: `thread` says what is next. */
export function serve(thread: Thread, frame: NativeState, request: Request): Outcome | null {
  if ("wait" in request) {
    thread.frame = frame;
    if (request.wait !== "tick") return { kind: "wait", wait: request };
    thread.value = null;
    return (machine.budget -= 100) <= 0 ? BUDGET : null;
  }
  try {
    mp.depth++;
    checkDepth();
  } catch (caught) {
    mp.depth--;
    thread.frame = frame;
    thread.exc = toPython(caught);
    return null;
  }
  request.prev = frame;
  thread.frame = request;
  return --machine.budget <= 0 ? BUDGET : null;
}

/** Runs a native until it is done, waits, or has something else to run first; null: `thread` says what is next. */
export function stepNative(thread: Thread, frame: NativeState): Outcome | null {
  const { exc, value } = thread;
  thread.exc = undefined;
  thread.value = undefined;
  let result: IteratorResult<Frame | Wait, Obj>;
  try {
    result = exc !== undefined ? frame.gen.throw(exc) : frame.gen.next(value ?? null);
  } catch (caught) {
    thread.exc = toPython(caught);
    thread.frame = frame.prev;
    mp.depth--;
    return null;
  }
  if (result.done === true) {
    thread.value = result.value;
    thread.frame = frame.prev;
    mp.depth--;
    return null;
  }
  return serve(thread, frame, result.value);
}

/** Begins a consumer's generator, or passes on what ended it. */
export function stepConsumer(thread: Thread, frame: ConsumeState): void {
  if (frame.isBegun) {
    thread.frame = frame.prev;
    mp.depth--;
    if (frame.finish === null || thread.exc !== undefined) return;
    try {
      const result = frame.finish(thread.value!);
      thread.value = undefined;
      if (!isPending(result)) thread.value = result;
      else {
        const next = (result as Frame).isFrame ? (result as Frame) : new NativeState(result as Gen);
        next.prev = frame.prev;
        thread.frame = next;
        mp.depth++;
      }
    } catch (caught) {
      thread.value = undefined;
      thread.exc = toPython(caught);
    }
    return;
  }
  frame.isBegun = true;
  frame.producer.prev = frame;
  thread.frame = frame.producer;
  thread.value = undefined;
  mp.depth++;
}
