// display.show: pictures one after the other, from a string, a list or whatever makes them as it goes. As in the firmware the display's
// tick takes the next one while the program goes on, so what goes wrong there is raised later, and nothing can be allocated there.
import {
  fun,
  funKw,
  type Gen,
  getInt,
  getIter,
  isExc,
  iterNext,
  lenOf,
  lockHeap,
  type Obj,
  printText,
  PyExc,
  PyFloat,
  PyList,
  type PyNative,
  PyTuple,
  raiseLater,
  run,
  type Step,
  STOP,
  strOf,
  subscr,
  typeMemoryError,
  typeTypeError,
  unlockHeap,
} from "../../interpreter/native.ts";
import { columns, rows } from "../parts/led-matrix/geometry.ts";
import { type Animation, charFrame, type Frame, LedMatrix } from "../parts/led-matrix/model.ts";
import type { Hardware } from "../peripheral.ts";
import { Image } from "./image.ts";
import { waitFor } from "./shape.ts";

const frameMs = 400;
const retryNs = 6e6;

export function makeShow(hw: Hardware): PyNative {
  const display = hw.part("display", LedMatrix);
  // V1 raises in `show`, V2 returns first.
  const raisesInside = hw.descriptor.id === "microbit-v1";
  return funKw(
    "show",
    [
      { name: "self" },
      { name: "image" },
      { name: "delay", default: frameMs },
      { name: "wait", default: true, kwOnly: true },
      { name: "loop", default: false, kwOnly: true },
      { name: "clear", default: false, kwOnly: true },
    ],
    function* (_self: Obj, given: Obj, delay: Obj, wait: Obj, loop: Obj, clear: Obj) {
      const delayMs = getDelay(delay);
      const image = isNumber(given) ? yield* run(strOf(given)) : given;
      if (image === "") return null;
      const single = loop === true || clear === true ? null : frameOf(image);
      if (single) {
        display.draw(single);
        return null;
      }
      const show = new Show(hw, display, image, { delayMs, loop: loop === true, clear: clear === true });
      yield* show.start();
      if (raisesInside) show.raise();
      show.holdsError = wait === true;
      if (wait === true) yield* played(display);
      if (raisesInside) show.raise();
      show.raiseLater();
      return null;
    },
  );
}

/** Waits until the animation is over; an exception meanwhile, as Ctrl-C's, ends it. */
export function* played(display: LedMatrix): Gen<void> {
  try {
    yield* waitFor(
      () => !display.isPlaying,
      () => display.stepNs,
    );
  } catch (exc) {
    display.stop();
    throw exc;
  }
}

/** Milliseconds as the firmware counts them: a negative number is a very large one. */
export function getDelay(delay: Obj): number {
  return getInt(delay) >>> 0;
}

/** A bool counts as an int: its name is shown. */
export function isNumber(o: Obj): boolean {
  return typeof o === "number" || typeof o === "bigint" || typeof o === "boolean" || o instanceof PyFloat;
}

interface ShowOptions {
  readonly delayMs: number;
  readonly loop: boolean;
  readonly clear: boolean;
}

class Show {
  /** Whether an error waits to be raised. */
  holdsError = true;
  private readonly hw: Hardware;
  private readonly display: LedMatrix;
  private readonly image: Obj;
  private readonly isLoop: boolean;
  private readonly animation: Animation;
  private readonly fetcher: PyNative;
  // What needs no Python to be asked: null for other iterables.
  private readonly items: readonly Obj[] | null;
  private iterator: Obj = null;
  private index = 0;
  private error: Obj | undefined;

  constructor(hw: Hardware, display: LedMatrix, image: Obj, { delayMs, loop, clear }: ShowOptions) {
    this.hw = hw;
    this.display = display;
    this.image = image;
    this.isLoop = loop;
    this.items = itemsOf(image);
    const text = typeof image === "string" ? image : "";
    this.animation = { kind: "show", text, delayMs, clear, next: () => this.next() };
    const fetch = (): Gen => this.fetch();
    this.fetcher = fun("fetch", function* (what: Obj) {
      void what;
      return yield* fetch();
    });
  }

  /** The first picture shows at once. Raises what the iterable raises. */
  *start(): Gen<void> {
    if (!this.items && !this.isLoop) this.iterator = yield* run(getIter(this.image));
    let first: Obj;
    if (this.items && !this.isLoop) first = this.items[this.index++] ?? STOP;
    else first = yield* run(this.nextItem());
    this.display.play(this.animation, () => this.frame(first));
  }

  raise(): void {
    if (this.error !== undefined) throw this.error;
  }
  raiseLater(): void {
    if (this.error !== undefined) raiseLater(this.error);
  }

  private next(): Frame | null | "later" {
    if (this.items) {
      if (this.isLoop && this.index >= this.items.length) this.index = 0;
      const item = this.items[this.index];
      if (item === undefined && !this.isLoop) return null;
      const frame = item === undefined ? null : frameOf(item);
      if (frame) {
        this.index++;
        return frame;
      }
    }
    // Python code and exceptions have their place between two bytecodes.
    if (!this.hw.schedule(this.fetcher, null)) this.hw.clock.alarm(this.hw.clock.ns + retryNs, () => this.again());
    return "later";
  }

  private again(): void {
    if (!this.display.plays(this.animation)) return;
    const frame = this.next();
    if (frame !== "later") this.display.deliver(this.animation, frame);
  }

  private *fetch(): Gen {
    if (!this.display.plays(this.animation)) return null;
    let item: Obj = STOP;
    lockHeap();
    try {
      item = yield* run(this.nextItem());
    } catch (caught) {
      if (isExc(caught, typeMemoryError)) printText("Allocation in interrupt handler");
      // There was no memory for its text and the places either.
      this.fail(caught instanceof PyExc ? new PyExc(caught.type, []) : (caught as Obj));
    } finally {
      unlockHeap();
    }
    this.display.deliver(this.animation, this.frame(item));
    return null;
  }

  // As the firmware's iterators: one that repeats goes by index, whatever the iterable is.
  private nextItem(): Step {
    if (this.isLoop) return this.repeated();
    if (this.items) return this.items[this.index++] ?? STOP;
    return iterNext(this.iterator);
  }

  private *repeated(): Gen {
    const { image } = this;
    const length = this.items ? this.items.length : yield* run(lenOf(image));
    if (this.index >= (length as number)) this.index = 0;
    const at = this.index++;
    if (!(image instanceof Image)) return yield* run(subscr(image, at));
    return image;
  }

  private fail(exc: Obj): void {
    if (this.holdsError) this.error = exc;
    else raiseLater(exc);
  }

  // A text that is no single character only ends it.
  private frame(item: Obj): Frame | null {
    if (item === STOP) return null;
    const frame = frameOf(item);
    if (frame) return frame;
    if (typeof item !== "string") this.fail(new PyExc(typeTypeError, ["not an image"]));
    this.display.stop();
    return null;
  }
}

function itemsOf(image: Obj): readonly Obj[] | null {
  if (image instanceof Image) return [image];
  if (typeof image === "string") return [...image];
  return image instanceof PyList || image instanceof PyTuple ? image.items : null;
}

/** Of a picture its upper left 5x5 corner, of a character its dots; null for anything else. */
function frameOf(item: Obj): Frame | null {
  if (item instanceof Image) {
    // Programs show the same picture over and over.
    const frame = new Array<number>(columns * rows);
    for (let y = 0, i = 0; y < rows; y++) for (let x = 0; x < columns; x++, i++) frame[i] = item.at(x, y);
    return frame;
  }
  return typeof item === "string" && [...item].length === 1 ? charFrame(item) : null;
}
