// What the micro:bit's firmware does from reset to the REPL: run main.py, or import everything for the learner; when the
// program crashes, print the traceback and scroll it over the display. V1 and V2 differ in small ways, recorded from both.
import type { Raised } from "../../interpreter/index.ts";
import { images } from "../parts/led-matrix/images.ts";
import { type Frame, LedMatrix, scrollAnimation } from "../parts/led-matrix/model.ts";
import { Speaker } from "../parts/speaker/model.ts";
import type { BootContext, BootStep } from "../peripheral.ts";

const sadFaceMs = 1000;
const scrollDelayMs = 150;
const sadFace: Frame = [...images["SAD"].replaceAll(":", "")].map(Number);

// Only these are named on a V2 display: for a class of the program's own it shows the line alone.
const builtIn = new Set(
  (
    "ArithmeticError AssertionError AttributeError EOFError Exception GeneratorExit ImportError IndentationError IndexError " +
    "KeyError LookupError MemoryError NameError NotImplementedError OSError OverflowError RuntimeError StopAsyncIteration " +
    "StopIteration SyntaxError TypeError UnicodeError ValueError ZeroDivisionError"
  ).split(" "),
);

export function* bootV1(context: BootContext): Generator<BootStep, void, Raised | null> {
  yield* runMain(context, "__main__", function* (error) {
    context.print(toWire(error.traceback));
    if (!isQuiet(error)) yield* scroll(context, crashText(error, true));
  });
}

export function* bootV2(context: BootContext): Generator<BootStep, void, Raised | null> {
  yield* runMain(context, "main.py", function* (error) {
    if (error.type === "SystemExit") return;
    context.print(toWire(error.traceback));
    if (isQuiet(error)) return;
    const display = context.hw.part("display", LedMatrix);
    display.draw(sadFace);
    const until = context.hw.clock.ns + sadFaceMs * 1e6;
    context.hw.clock.alarm(until, () => {}); // makes the machine look again then
    yield { step: "wait", done: () => context.hw.clock.ns >= until, interruptible: true };
    display.clear();
    yield* scroll(context, crashText(error, builtIn.has(error.type)));
  });
}

type Crash = (error: Raised) => Generator<BootStep, void, Raised | null>;

function* runMain(context: BootContext, filename: string, crash: Crash): Generator<BootStep, void, Raised | null> {
  // What the program left playing went with its heap.
  if (context.kind === "soft") context.hw.part("speaker", Speaker).hush();
  if (context.replMode === "friendly") {
    const main = context.readFile("main.py");
    if (main === null) yield { step: "program", source: "from microbit import *\n", filename: "__main__" };
    else {
      const error = yield { step: "program", source: main, filename };
      if (error) yield* crash(error);
    }
  }
  yield { step: "repl" };
}

function* scroll(context: BootContext, text: string): Generator<BootStep, void, Raised | null> {
  const display = context.hw.part("display", LedMatrix);
  display.play(scrollAnimation(text, { delayMs: scrollDelayMs, monospace: false, loop: false }));
  yield { step: "wait", done: () => !display.isPlaying, interruptible: true };
  display.stop();
}

function isQuiet(error: Raised): boolean {
  return error.type === "KeyboardInterrupt" || error.type === "SystemExit";
}

function crashText(error: Raised, named: boolean): string {
  const line = error.line > 0 ? `line ${error.line} ` : "";
  return named ? `${line}${error.type} ${error.message}` : line;
}

function toWire(text: string): string {
  return text.replaceAll("\n", "\r\n");
}
