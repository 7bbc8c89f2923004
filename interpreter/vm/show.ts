// What the command lines print of a VM's inside: addresses and values in bytecode dumps, and tracebacks without a running program.
import type { ShowNames } from "../bytecode/showbc.ts";
import { mp } from "../objects/mpstate.ts";
import { run, type Gen, type Obj } from "../objects/obj.ts";
import { NativeState } from "./codestate.ts";
import { reprOf, tracebackText } from "./print.ts";
import { Thread } from "./thread.ts";
import { execute } from "./vm.ts";

/** Constants and exceptions print without waiting; a bounded slice is enough for the largest. */
function textOf(gen: Gen<string>): string {
  const thread = new Thread(new NativeState(gen as unknown as Gen));
  thread.value = null;
  thread.budget = 1000000;
  const outcome = execute(thread);
  return outcome.kind === "return" ? String(outcome.value) : "";
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
