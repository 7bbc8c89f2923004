// The neopixel module: V1 has a built-in class, V2 one written in Python over microbit.ws2812_write. Bits go to whatever
// pixels sit on the pin's net (bus.ts), 1.25 us each.
import {
  freeze,
  fun,
  type Gen,
  getInt,
  type ModuleDef,
  type Obj,
  parseArgs,
  PyList,
  PyTuple,
  PyType,
  raiseMsg,
  raiseTypeError,
  raiseValueError,
  sleepUntil,
  typeIndexError,
  typeOf,
} from "../../interpreter/native.ts";
import { pixelDevices } from "../bus.ts";
import type { Pin } from "../parts/pin/model.ts";
import type { Binding, Hardware } from "../peripheral.ts";
import { bytesOf } from "./buffer.ts";
import { pinOf } from "./pins.ts";
import { BoardObject, isnt, newType, tuple } from "./shape.ts";

const bitNs = 1250;
// Which byte of a pixel holds red, green, blue, white.
const order = [1, 0, 2, 3];

/** Sends bytes as they are; the processor does nothing else meanwhile. */
function* send(hw: Hardware, pin: Pin, bytes: Uint8Array): Gen<void> {
  pin.drive(0);
  for (const device of pixelDevices(pin.net)) device.show(bytes.slice());
  yield* sleepUntil(hw.clock.ns + bytes.length * 8 * bitNs);
}

/** V2's microbit.ws2812_write. */
export function ws2812Write(hw: Hardware): Obj {
  return fun("ws2812_write", function* (pin: Obj, buffer: Obj) {
    const { pin: output } = pinOf(pin);
    yield* send(hw, output, bytesOf(buffer));
    return null;
  });
}

freeze(
  "neopixel.py",
  `from microbit import ws2812_write
class NeoPixel:
    ORDER = (1, 0, 2, 3)
    def __init__(self, pin, n, bpp=3):
        self.buf = bytearray(n * bpp)
        self.pin = pin
        self.bpp = bpp
        self.n = n
    def __len__(self):
        return self.n
    def __getitem__(self, index):
        first = self.bpp * index
        return tuple([self.buf[first + place] for place in self.ORDER[:self.bpp]])
    def __setitem__(self, index, color):
        first = self.bpp * index
        for channel in range(self.bpp):
            self.buf[first + self.ORDER[channel]] = color[channel]
    def fill(self, color):
        for index in range(self.n):
            self[index] = color
    def show(self):
        ws2812_write(self.pin, self.buf)
    write = show
    def clear(self):
        for place in range(len(self.buf)):
            self.buf[place] = 0
        self.show()
`,
  (config) => config.platform === "microbit" && config.release === "1.18",
);

class NeoPixel extends BoardObject {
  readonly pin: Pin;
  readonly bpp: number;
  readonly data: Uint8Array;
  constructor(type: PyType, pin: Pin, count: number, bpp: number) {
    super(type);
    this.pin = pin;
    this.bpp = bpp;
    this.data = new Uint8Array(count * bpp);
  }
  get count(): number {
    return this.data.length / this.bpp;
  }
}

/** V1's module. */
export const modneopixelV1: Binding = (hw): ModuleDef => {
  const show = function* (self: NeoPixel): Gen {
    yield* send(hw, self.pin, self.data);
    return null;
  };
  const type = newType("NeoPixel", {
    clear(self: NeoPixel) {
      self.data.fill(0);
      return show(self);
    },
    show,
  });
  type.makeNew = (_type, args, kw) => {
    const [pin, n, bpp] = parseArgs([{ name: "" }, { name: "" }, { name: "bpp", default: 3 }], args, kw);
    const { pin: output } = pinOf(pin);
    const [count, bytes] = [getInt(n), getInt(bpp)];
    if (count <= 0) raiseValueError("invalid number of pixels");
    if (bytes !== 3 && bytes !== 4) raiseValueError("invalid bpp");
    output.drive(0);
    return new NeoPixel(type, output, count, bytes);
  };
  type.len = (self: NeoPixel) => self.count;
  type.subscr = (self: NeoPixel, index) => {
    const first = place(self, index);
    return tuple(order.slice(0, self.bpp).map((byte) => self.data[first + byte]));
  };
  type.storeSubscr = (self: NeoPixel, index, value) => {
    const first = place(self, index);
    if (value === undefined) raiseTypeError(`'NeoPixel' object doesn't support item deletion`);
    colour(self, value).forEach((level, i) => {
      if (level < 0 || level > 255) raiseValueError("invalid colour");
      self.data[first + order[i]] = level;
    });
    return null;
  };
  return { name: "neopixel", globals: { NeoPixel: type } };
};

function place(self: NeoPixel, index: Obj): number {
  let i = getInt(index);
  if (i < 0) i += self.count;
  if (i < 0 || i >= self.count) raiseMsg(typeIndexError, "NeoPixel index out of range");
  return i * self.bpp;
}

function colour(self: NeoPixel, value: Obj): readonly number[] {
  if (!(value instanceof PyTuple || value instanceof PyList))
    raiseTypeError(`object '${typeOf(value).name}' ${isnt("microbit-v1")} a tuple or list`);
  const { length } = value.items;
  if (length !== self.bpp) raiseValueError(`requested length ${self.bpp} but object has length ${length}`);
  return value.items.map(getInt);
}
