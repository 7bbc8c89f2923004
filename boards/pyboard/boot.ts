// What the pyboard's firmware does from reset to the REPL: boot.py with the green LED on, then main.py. After an error in one
// of them red and green flash in turn, and main.py is left out after a broken boot.py. Times: ports/stm32/boardctrl.c.
import type { Raised } from "../../interpreter/index.ts";
import { linesOf } from "../modules/pyboard-extint.ts";
import { interruptsOf } from "../modules/pyboard-irq.ts";
import { pyboardPins } from "../modules/pyboard-pin.ts";
import { stopTimers } from "../modules/pyboard-timer.ts";
import { Led } from "../parts/led/model.ts";
import type { BootContext, BootStep, Hardware } from "../peripheral.ts";

const halfFlashMs = 250;
const bootFlashes = 4;
const mainFlashes = 3;
const mainByHardware = new WeakMap<Hardware, string>();

/** pyb.main(): the script to run after boot.py instead of main.py. */
export function setMain(hw: Hardware, filename: string): void {
  mainByHardware.set(hw, filename);
}

export function* bootPyboard(context: BootContext): Generator<BootStep, void, Raised | null> {
  const { hw, kind } = context;
  setMain(hw, "main.py");
  // A new life of the interpreter: what the last one's programs had set up is gone.
  pyboardPins(hw).forget(kind);
  stopTimers(hw);
  linesOf(hw).forget();
  interruptsOf(hw).forget();
  const led = (number: number): Led => hw.part(`led${number}`, Led);
  for (const number of [1, 3, 4]) led(number).set(0);
  led(2).set(255);
  const bootIsFine = yield* runScript(context, "boot.py", bootFlashes);
  led(2).set(0);
  const main = mainByHardware.get(hw) ?? "main.py";
  if (bootIsFine && context.replMode === "friendly") yield* runScript(context, main, mainFlashes);
  yield { step: "repl" };
}

function* runScript(context: BootContext, filename: string, flashes: number): Generator<BootStep, boolean, Raised | null> {
  const source = context.readFile(filename);
  if (source === null) return true;
  const error = yield { step: "program", source, filename };
  if (!error || error.type === "SystemExit") return true;
  context.print(error.traceback.replaceAll("\n", "\r\n"));
  if (error.type !== "KeyboardInterrupt") yield* flash(context, flashes);
  return false;
}

function* flash(context: BootContext, times: number): Generator<BootStep, void, Raised | null> {
  const { clock } = context.hw;
  const [red, green] = [1, 2].map((number) => context.hw.part(`led${number}`, Led));
  for (let i = 0; i < 2 * times; i++) {
    red.set(i % 2 === 0 ? 255 : 0);
    green.set(i % 2 === 0 ? 0 : 255);
    const until = clock.ns + halfFlashMs * 1e6;
    clock.alarm(until, () => {}); // makes the machine look again then
    yield { step: "wait", done: () => clock.ns >= until, interruptible: false };
  }
  red.set(0);
  green.set(0);
}
