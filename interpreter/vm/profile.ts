// sys.settrace (py/profile.c): frame objects, and when the trace function is called. Functions that are called while there is one
// run their traced variant, which translate.ts makes: ENTER where a frame is entered, TRACE before each bytecode. Frames that run
// already go on as they are; generators change over when they are resumed (`retrace`).
import { PyCode } from "../objects/objcode.ts";
import { isExc, typeException } from "../objects/objexcept.ts";
import { mp } from "../objects/mpstate.ts";
import { PyObj, PyType, run, type Gen, type Obj } from "../objects/obj.ts";
import { call, isCallable } from "./call.ts";
import { sourceLine, tracedCodeOf } from "./code.ts";
import { Block, CodeState, NativeState, RESUME_EXCEPTION, type Frame } from "./codestate.ts";
import { address } from "./print.ts";
import * as rc from "./rc.ts";
import { lineOf } from "./prelude.ts";
import { PendingJump } from "./unwind.ts";

const typeFrame = new PyType("frame");

export class PyFrame extends PyObj {
  declare type: PyType;
  readonly cs: CodeState;
  readonly code: PyCode;
  /** Offset and line of what ran last, as far as MicroPython has noticed; isLive: its frame is asked. */
  lasti = 0;
  lineno = 0;
  isLive = true;
  /** What the trace function gave when the frame was entered, called from then on; undefined: nobody is. */
  callback: Obj | undefined = undefined;
  /** The exception that the trace function has been told of. */
  told: Obj | undefined = undefined;
  constructor(cs: CodeState) {
    super();
    this.cs = cs;
    this.code = new PyCode({ context: cs.fun.context, rc: cs.fun.rc });
  }
}
PyFrame.prototype.type = typeFrame;

function frameOf(cs: CodeState): PyFrame {
  return (cs.frame ??= new PyFrame(cs));
}

/** The Python frame that called this one. What asks to be machine code has none. */
function caller(cs: CodeState): CodeState | null {
  for (let frame: Frame | null = cs.prev; frame !== null; frame = frame.prev)
    if (frame instanceof CodeState && !frame.fun.rc.isNative) return frame;
  return null;
}

function lineno({ isLive, cs, lineno: line }: PyFrame): number {
  return isLive ? sourceLine(cs.code, cs.ip) : line;
}

typeFrame.print = (self: PyFrame) => {
  const { code, fun } = self.cs;
  return `<frame at ${address(self)}, file '${fun.context.qstrs[0]!}', line ${lineno(self)}, code ${code.name}>`;
};

typeFrame.attr = (self: PyFrame, name) => {
  const { cs } = self;
  switch (name) {
    case "f_back": {
      const back = caller(cs);
      return back === null ? null : frameOf(back);
    }
    case "f_code":
      return self.code;
    case "f_globals":
      return cs.fun.globals;
    case "f_lasti":
      return self.isLive ? (cs.code.instructions[cs.ip]?.offset ?? 0) : self.lasti;
    case "f_lineno":
      return lineno(self);
    default:
      return undefined;
  }
};

// Where the trace function itself runs, nothing is traced. If it raises, that stays so: MicroPython does not notice its end.
function* invoke(callback: Obj, frame: PyFrame, event: string): Gen {
  mp.isTraceRunning = true;
  mp.isTracing = false;
  const top = yield* run(call(callback, [frame, event, null], null));
  mp.isTraceRunning = false;
  mp.isTracing = mp.traceFunction !== null;
  return top;
}

/** sys.settrace: anything that cannot be called turns it off. */
export function settrace(callback: Obj): Obj {
  mp.traceFunction = isCallable(callback) ? callback : null;
  mp.isTracing = mp.traceFunction !== null && !mp.isTraceRunning;
  return null;
}

/** What ENTER does: a new frame object, and the event "call". `offset`: where the frame begins or goes on. */
export function* enterFrame(cs: CodeState, offset: number, raises: boolean): Gen {
  if (!mp.isTraceRunning && mp.heapLocked === 0) {
    const { code, fun } = cs;
    const frame = new PyFrame(cs);
    const isCall = offset === 0 && caller(cs) !== null;
    frame.isLive = false;
    frame.lasti = offset;
    frame.lineno = (isCall && fun.rc.line) || lineOf(code.bytes, code, isCall ? 0 : offset);
    cs.frame = frame;
    if (mp.traceFunction !== null) {
      const top = yield* invoke(mp.traceFunction, frame, "call");
      frame.callback = isCallable(top) ? top : undefined;
      frame.lineno = 0;
    }
  }
  const { gen } = cs;
  if (raises && gen?.inject !== undefined) {
    const { inject } = gen;
    gen.inject = undefined;
    throw inject;
  }
  return null;
}

/**
 * What TRACE does when there is something to tell: the events "line" and "return". `returns`: 1 before a return, 2 before a yield.
 * `lasti`: what the frame object has for it once that is done.
 */
export function* tick(frame: PyFrame, line: number, returns: number, lasti: number): Gen {
  const callback = frame.callback!;
  if (frame.lineno !== line) {
    frame.lineno = line;
    yield* invoke(callback, frame, "line");
  }
  if (returns !== 0) {
    yield* invoke(callback, frame, "return");
    // A finally that runs on the way out is not followed any more.
    if (returns === 1 && caller(frame.cs) !== null) frame.callback = undefined;
  }
  frame.lasti = lasti;
  return null;
}

/** The event "exception", to run before the frame deals with it; null: nobody wants to be told, or has been. */
export function exceptionEvent(cs: CodeState, raised: Obj): NativeState | null {
  const { frame } = cs;
  if (frame?.callback === undefined || mp.isTraceRunning) return null;
  if (frame.told === raised) {
    frame.told = undefined;
    return null;
  }
  if (!isExc(raised, typeException)) return null;
  frame.told = raised;
  cs.resume = RESUME_EXCEPTION;
  const native = new NativeState(invoke(frame.callback, frame, "exception"));
  native.prev = cs;
  return native;
}

/** Has a generator's frame, which waits or has not begun, run its traced variant from now on. */
export function retrace(cs: CodeState): void {
  const { code, fun, ip } = cs;
  if (code.isTraced || fun.rc.isNative) return;
  const traced = tracedCodeOf(fun.rc, fun.context);
  // Locals and the stack's places are the same; all that waits is in its place (translate.ts, YIELD_VALUE).
  const state = traced.template.slice();
  for (let i = 0; i < code.nState; i++) state[i] = cs.state[i];
  cs.code = traced;
  cs.state = state;
  if (!cs.gen!.isStarted) return;
  const { op, offset } = code.instructions[ip]!;
  cs.ip = traced.instructions.findIndex((instruction) => instruction.offset === offset && instruction.op === op);
  // ENTER comes after a yield, and before a `yield from` and its TRACE.
  cs.next = op === rc.YIELD_FROM ? cs.ip - 2 : cs.ip + 1;
  const moved = (index: number): number => traced.labels[code.labels.indexOf(index)]!;
  for (let i = 0; i < code.nState; i++) {
    const value = state[i];
    if (value instanceof PendingJump) state[i] = new PendingJump(moved(value.target), value.blocks);
  }
  const blocks: Block[] = [];
  for (let { block } = cs; block !== null; block = block.outer) blocks.unshift(block);
  cs.block = null;
  for (const { handler, register, isFinally, exc } of blocks) {
    cs.block = new Block(cs.block, moved(handler), register, isFinally);
    cs.block.exc = exc;
  }
}
