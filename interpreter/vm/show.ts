// What the command lines print of a VM's inside: addresses and values in bytecode dumps, and tracebacks without a running program.
import type { ShowNames } from "../bytecode/showbc.ts";
import { mp } from "../objects/mpstate.ts";
import { run, type Gen, type Obj } from "../objects/obj.ts";
import { reprOf, tracebackText } from "./print.ts";

/** Constants and the compiler's exceptions print without calling Python, so nothing has to run. */
function textOf(gen: Gen<string>): string {
  const { done, value } = gen.next(null);
  return done === true ? value : "...";
}

export const showNames: ShowNames = {
  address: (of) => mp.idOf(of as Obj).toString(16),
  repr: (o) =>
    textOf(
      (function* (): Gen<string> {
        return yield* run(reprOf(o));
      })(),
    ),
};

/** An exception as the console shows it. */
export function tracebackOf(exc: Obj): string {
  return textOf(tracebackText(exc));
}
