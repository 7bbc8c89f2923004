// Leaving blocks: where return, break and continue go when a finally or a with is in the way (py/vm.c unwind_return, UNWIND_JUMP).
// What is under way waits in the register that would hold the exception, so END_FINALLY finds it there.
import { PyObj, type Obj, type PyType } from "../objects/obj.ts";
import { typeNone } from "../objects/obj.ts";
import type { CodeState } from "./codestate.ts";

/** A return that goes on when the finally block has run. */
export class PendingReturn extends PyObj {
  declare type: PyType;
  readonly value: Obj;
  constructor(value: Obj) {
    super();
    this.value = value;
  }
}
PendingReturn.prototype.type = typeNone;

/** A break or continue that goes on likewise, with so many blocks left to leave. */
export class PendingJump extends PyObj {
  declare type: PyType;
  readonly target: number;
  readonly blocks: number;
  constructor(target: number, blocks: number) {
    super();
    this.target = target;
    this.blocks = blocks;
  }
}
PendingJump.prototype.type = typeNone;

/**
 * A return with blocks around it, from index `ip`: the handler of the next finally, with the value put by for it, or -1 when the
 * frame may be left.
 */
export function unwindReturn(cs: CodeState, ip: number, value: Obj): number {
  for (let { block } = cs; block !== null; block = block.outer) {
    // A handler that lies behind is running itself: the return takes its place.
    if (block.isFinally && block.handler > ip) {
      cs.block = block;
      cs.state[block.register] = new PendingReturn(value);
      return block.handler;
    }
  }
  cs.block = null;
  return -1;
}

/** A jump out of `blocks` blocks: where to go on. */
export function unwindJump(cs: CodeState, ip: number, target: number, blocks: number): number {
  for (let left = blocks; left > 0; left--) {
    const block = cs.block!;
    if (block.isFinally && block.handler > ip) {
      cs.state[block.register] = new PendingJump(target, left - 1);
      return block.handler;
    }
    cs.block = block.outer;
  }
  return target;
}

/** Whether what a finally block found is an exception: not None, and nothing that is on its way. */
export function isException(what: Obj): boolean {
  return what !== null && !(what instanceof PendingReturn) && !(what instanceof PendingJump);
}
