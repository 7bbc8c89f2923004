// The Python frame that runs now, for natives that ask about it: globals(), locals(), eval(), dir().
import { mp } from "../objects/mpstate.ts";
import type { PyDict } from "../objects/objdict.ts";
import type { CodeState } from "./codestate.ts";

/** Set by the dispatch loop whenever it enters a frame. */
export const current: { frame: CodeState | null } = { frame: null };

export function currentGlobals(): PyDict {
  return current.frame?.globals ?? mp.mainGlobals;
}

/** The names of a class body or exec(); null where they are the globals. MicroPython has no dict of a function's locals. */
export function currentLocals(): PyDict | null {
  return current.frame?.locals ?? null;
}
