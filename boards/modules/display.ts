// microbit.display: the LED matrix as Python sees it. Frames, animations and their timing are the part's.
import {
  decodeUtf8,
  fun,
  funKw,
  getInt,
  getStr,
  type Obj,
  PyBytes,
  PyType,
  raiseValueError,
  run,
  strOf,
} from "../../interpreter/native.ts";
import { columns, rows } from "../parts/led-matrix/geometry.ts";
import { LedMatrix, scrollAnimation } from "../parts/led-matrix/model.ts";
import { LightSensor } from "../parts/light-sensor/model.ts";
import type { Hardware } from "../peripheral.ts";
import type { Pins } from "./pins.ts";
import { BoardObject } from "./shape.ts";
import { getDelay, isNumber, makeShow, played } from "./show.ts";

const columnMs = 150;

export function makeDisplay(hw: Hardware, pins: Pins): BoardObject {
  const display = hw.part("display", LedMatrix);
  const light = hw.part("lightSensor", LightSensor);
  const type = new PyType("MicroBitDisplay");
  type.print = () => "<MicroBitDisplay>";

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
    makeShow(hw),
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
        const options = { delayMs: getDelay(delay), monospace: monospace === true, loop: loop === true };
        display.play(scrollAnimation(textOf(text), options));
        if (wait === true) yield* played(display);
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

function place(x: Obj, y: Obj): [number, number] {
  const [column, row] = [getInt(x), getInt(y)];
  if (column < 0 || column >= columns || row < 0 || row >= rows) raiseValueError("index out of bounds");
  return [column, row];
}

// Bytes will do as well as a str.
function textOf(o: Obj): string {
  return o instanceof PyBytes ? decodeUtf8(o.v) : getStr(o);
}
