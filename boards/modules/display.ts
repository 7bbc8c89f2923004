// microbit.display: the LED matrix as Python sees it. Frames, animations and their timing are the part's.
import {
  collect,
  decodeUtf8,
  fun,
  funKw,
  type Gen,
  getInt,
  getIter,
  getStr,
  iterNext,
  type Obj,
  PyBytes,
  PyFloat,
  PyList,
  PyTuple,
  PyType,
  raiseTypeError,
  raiseValueError,
  run,
  sleepUntil,
  STOP,
  strOf,
} from "../../interpreter/native.ts";
import { columns, rows } from "../parts/led-matrix/geometry.ts";
import { charFrame, type Frame, framesAnimation, LedMatrix, scrollAnimation } from "../parts/led-matrix/model.ts";
import { LightSensor } from "../parts/light-sensor/model.ts";
import type { Hardware } from "../peripheral.ts";
import { Image } from "./image.ts";
import type { Pins } from "./pins.ts";
import { BoardObject, waitFor } from "./shape.ts";

const frameMs = 400;
const columnMs = 150;

export function makeDisplay(hw: Hardware, pins: Pins): BoardObject {
  const display = hw.part("display", LedMatrix);
  const light = hw.part("lightSensor", LightSensor);
  const type = new PyType("MicroBitDisplay");
  type.print = () => "<MicroBitDisplay>";

  const played = (): Gen<void> =>
    waitFor(
      () => !display.isPlaying,
      () => display.stepNs,
    );

  const methods = [
    fun("get_pixel", (_self: Obj, x: Obj, y: Obj) => {
      const [column, row] = place(x, y);
      return display.getPixel(column, row);
    }),
    fun("set_pixel", (_self: Obj, x: Obj, y: Obj, value: Obj) => {
      const [column, row] = place(x, y);
      const level = getInt(value);
      if (level < 0 || level > 9) raiseValueError("brightness out of bounds");
      display.setPixel(column, row, level);
      return null;
    }),
    funKw(
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
        const delayMs = getInt(delay);
        const image = isNumber(given) ? yield* run(strOf(given)) : given;
        const isAlone = loop !== true && clear !== true;
        if (image === "" || isEmptyList(image)) return null;
        if (image instanceof Image && isAlone) return show(display, frameOf(image) ?? charFrame(" "));
        if (typeof image === "string" && [...image].length === 1 && isAlone) return show(display, charFrame(image));
        const options = { text: typeof image === "string" ? image : "", delayMs, clear: clear === true, loop: loop === true };
        const isLazy = wait === true && !options.loop && !(image instanceof Image || typeof image === "string" || isList(image));
        if (isLazy) return yield* showOneByOne(display, image, delayMs, options.clear);
        const items = image instanceof Image ? [image] : typeof image === "string" ? [...image] : yield* collect(image);
        // A wrong item counts only when its turn comes.
        const frames: Frame[] = [];
        for (const item of items) {
          const frame = frameOf(item);
          if (!frame) break;
          frames.push(frame);
        }
        const isBroken = frames.length < items.length;
        if (isBroken && frames.length === 0) raiseTypeError("not an image");
        display.play(framesAnimation(frames, isBroken ? { ...options, loop: false, clear: false } : options));
        if (wait === true) {
          yield* played();
          if (isBroken) raiseTypeError("not an image");
        }
        return null;
      },
    ),
    funKw(
      "scroll",
      [
        { name: "self" },
        { name: "text" },
        { name: "delay", default: columnMs },
        { name: "wait", default: true, kwOnly: true },
        { name: "monospace", default: false, kwOnly: true },
        { name: "loop", default: false, kwOnly: true },
      ],
      function* (_self: Obj, given: Obj, delay: Obj, wait: Obj, monospace: Obj, loop: Obj) {
        const text = isNumber(given) ? yield* run(strOf(given)) : given;
        const options = { delayMs: getInt(delay), monospace: monospace === true, loop: loop === true };
        display.play(scrollAnimation(textOf(text), options));
        if (wait === true) yield* played();
        return null;
      },
    ),
    fun("clear", (self: Obj) => {
      void self;
      display.clear();
      return null;
    }),
    fun("on", (self: Obj) => {
      void self;
      display.setOn(true);
      pins.giveToDisplay(true);
      return null;
    }),
    fun("off", (self: Obj) => {
      void self;
      display.setOn(false);
      pins.giveToDisplay(false);
      return null;
    }),
    fun("is_on", (self: Obj) => {
      void self;
      return display.state.on;
    }),
    fun("read_light_level", (self: Obj) => {
      void self;
      return light.state.level;
    }),
  ];
  for (const method of methods) type.proto[`$${method.name}`] = method;
  return new BoardObject(type);
}

// Of a picture its upper left 5x5 corner. Null for anything that is no picture or character.
function frameOf(item: Obj): Frame | null {
  if (item instanceof Image)
    return Array.from({ length: columns * rows }, (_, i) => item.at(i % columns, Math.floor(i / columns)));
  if (typeof item === "string" && [...item].length === 1) return charFrame(item);
  return null;
}

function show(display: LedMatrix, frame: Frame): null {
  display.draw(frame);
  return null;
}

// An iterable that makes its pictures as it goes must not be asked for all of them first.
function* showOneByOne(display: LedMatrix, iterable: Obj, delayMs: number, clear: boolean): Gen {
  const iterator = yield* run(getIter(iterable));
  for (;;) {
    const item = yield* run(iterNext(iterator));
    if (item === STOP) break;
    const frame = frameOf(item);
    if (!frame) raiseTypeError("not an image");
    display.draw(frame);
    yield* sleepUntil(display.nextFrameNs(delayMs));
  }
  if (clear) {
    display.clear();
    yield* sleepUntil(display.nextFrameNs(delayMs));
  }
  return null;
}

function place(x: Obj, y: Obj): [number, number] {
  const [column, row] = [getInt(x), getInt(y)];
  if (column < 0 || column >= columns || row < 0 || row >= rows) raiseValueError("index out of bounds");
  return [column, row];
}

// Bytes will do as well as a str.
function textOf(o: Obj): string {
  return o instanceof PyBytes ? decodeUtf8(o.v) : getStr(o);
}

// A bool counts as an int: its name is shown.
function isNumber(o: Obj): boolean {
  return typeof o === "number" || typeof o === "bigint" || typeof o === "boolean" || o instanceof PyFloat;
}
function isList(o: Obj): o is PyList | PyTuple {
  return o instanceof PyList || o instanceof PyTuple;
}
function isEmptyList(o: Obj): boolean {
  return isList(o) && o.items.length === 0;
}
