// The C stack that a board has, as far as programs notice: nested calls and nested data end in RuntimeError (py/stackctrl.c).
import { mp } from "../objects/mpstate.ts";
import { raiseMsg, typeRuntimeError } from "../objects/objexcept.ts";

export function raiseRecursion(): never {
  raiseMsg(typeRuntimeError, "maximum recursion depth exceeded");
}

/** Raises RuntimeError when the frames that run now need more stack than the board has. */
export function checkDepth(): void {
  if (mp.depth * mp.config.stackPerCall > mp.stackLimit) raiseRecursion();
}
