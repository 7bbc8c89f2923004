// Generators: a function's frame that is run in pieces (py/objgenerator.c).
import { allocate } from "./heap.ts";
import type { CodeState } from "../vm/codestate.ts";
import { PyObj, typeGenerator, type Obj, type PyType } from "./obj.ts";

/** How a generator's end reaches whoever resumed it. */
export const END_RAISES = 0; // as StopIteration(value)
export const END_STOPS = 1; // as STOP, the value kept in `returned`

export class PyGen extends PyObj {
  declare type: PyType;
  /** null once it has finished. */
  frame: CodeState | null;
  isRunning = false;
  isStarted = false;
  end = END_RAISES;
  /** What it returned, for `yield from`. */
  returned: Obj = null;
  /** What pend_throw() has put by for the next resumption; None: nothing. */
  pending: Obj = null;
  /** An exception to raise inside it when it is resumed. */
  inject: Obj | undefined = undefined;
  constructor(frame: CodeState) {
    super();
    allocate(3 + (frame.code.nState >> 2));
    this.frame = frame;
    frame.gen = this;
  }
}
PyGen.prototype.type = typeGenerator;
