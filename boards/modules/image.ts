// microbit.Image: pictures of any size with levels 0..9, the 64 built-in ones, and how they print.
// DIFFERS: Image('12!:/') raises here; the firmware lets characters below '0' through and makes levels that no LED has.
import {
  bufferOf,
  checkArgs,
  fun,
  funVar,
  getFloat,
  getInt,
  type Obj,
  operators,
  PyObj,
  PyTuple,
  PyType,
  raiseTypeError,
  raiseValueError,
} from "../../interpreter/native.ts";
import { images } from "../parts/led-matrix/images.ts";
import { charFrame } from "../parts/led-matrix/model.ts";

export const typeImage = new PyType("MicroBitImage");

export class Image extends PyObj {
  declare type: PyType;
  readonly width: number;
  readonly height: number;
  readonly levels: Uint8Array;
  /** A built-in one: it cannot be changed. */
  readonly isConstant: boolean;

  constructor(width: number, height: number, levels: Uint8Array = new Uint8Array(width * height), isConstant = false) {
    super();
    this.width = width;
    this.height = height;
    this.levels = levels;
    this.isConstant = isConstant;
  }

  /** The level there; 0 outside. */
  at(x: number, y: number): number {
    return x >= 0 && y >= 0 && x < this.width && y < this.height ? this.levels[y * this.width + x] : 0;
  }
}
Image.prototype.type = typeImage;

/** A picture of the same size, each level worked out from its place. */
function map(image: Image, level: (x: number, y: number) => number): Image {
  const made = new Image(image.width, image.height);
  for (let y = 0; y < image.height; y++) for (let x = 0; x < image.width; x++) made.levels[y * image.width + x] = level(x, y);
  return made;
}

const cut = (level: number): number => Math.max(0, Math.min(9, level));

/** The picture of a text such as "09090:99999". Raises ValueError. */
export function imageOfText(text: string, isConstant = false): Image {
  const lines = text.split(/[:\n]/);
  if (lines.at(-1) === "") lines.pop();
  const width = Math.max(0, ...lines.map((line) => line.length));
  const image = new Image(width, lines.length, new Uint8Array(width * lines.length), isConstant);
  lines.forEach((line, y) =>
    [...line].forEach((char, x) => {
      if (!/^[ 0-9]$/.test(char)) raiseValueError("unexpected character in Image definition");
      image.levels[y * width + x] = Number(char);
    }),
  );
  return image;
}

function make(args: Obj[]): Image {
  if (args.length > 3) raiseTypeError(`function expected at most 3 arguments, got ${args.length}`);
  if (args.length === 0) return new Image(5, 5);
  if (args.length === 1) {
    const [text] = args;
    if (typeof text !== "string") raiseTypeError("Image(s) takes a string");
    // The firmware counts bytes of UTF-8, so only ASCII characters are one; those without a glyph show as "?".
    if (text.length !== 1 || text > "\x7f") return imageOfText(text);
    return new Image(5, 5, Uint8Array.from(charFrame(text)));
  }
  const [width, height] = [getInt(args[0]), getInt(args[1])];
  if (width < 0 || height < 0) raiseValueError("size cannot be negative");
  if (args.length === 2) return new Image(width, height);
  const bytes = bufferOf(args[2]);
  if (!bytes) raiseTypeError("object with buffer protocol required");
  if (bytes.length !== width * height) raiseValueError("image data is incorrect size");
  return new Image(width, height, bytes.map(cut));
}

function mustBeOwn(image: Image): void {
  if (image.isConstant) raiseTypeError("image cannot be modified (try copying first)");
}

function place(image: Image, x: Obj, y: Obj): number {
  const [column, row] = [getInt(x), getInt(y)];
  if (column < 0 || row < 0) raiseValueError("index cannot be negative");
  if (column >= image.width || row >= image.height) raiseValueError("index too large");
  return row * image.width + column;
}

function level(value: Obj): number {
  const number = getInt(value);
  if (number < 0 || number > 9) raiseValueError("brightness out of bounds");
  return number;
}

const shift = (image: Image, dx: number, dy: number): Image => map(image, (x, y) => image.at(x - dx, y - dy));

function blit(args: Obj[]): null {
  checkArgs(args.length, null, 6, 8);
  const [self, src] = args as [Image, Obj];
  mustBeOwn(self);
  if (!(src instanceof Image)) raiseTypeError("expecting an image");
  if (args.length === 7) raiseTypeError("must specify both offsets");
  const [x, y, w, h] = args.slice(2, 6).map(getInt);
  const [xTo, yTo] = args.length === 8 ? args.slice(6).map(getInt) : [0, 0];
  if (w < 0 || h < 0) raiseValueError("size cannot be negative");
  const copied = new Image(w, h);
  for (let row = 0; row < h; row++)
    for (let column = 0; column < w; column++) copied.levels[row * w + column] = src.at(x + column, y + row);
  for (let row = 0; row < h; row++) {
    for (let column = 0; column < w; column++) {
      const [toX, toY] = [xTo + column, yTo + row];
      if (toX >= 0 && toY >= 0 && toX < self.width && toY < self.height) {
        self.levels[toY * self.width + toX] = copied.levels[row * w + column];
      }
    }
  }
  return null;
}

function scaled(image: Image, factor: number): Image {
  if (factor < 0) raiseValueError("brightness multiplier must not be negative");
  // 0 times infinity counts as too much.
  const level = (x: number, y: number): number => image.at(x, y) * factor;
  return map(image, (x, y) => (Number.isNaN(level(x, y)) ? 9 : cut(Math.floor(Math.min(10, level(x, y)) + 0.5))));
}

function combined(a: Image, b: Image, sign: 1 | -1): Image {
  if (a.width !== b.width || a.height !== b.height) raiseValueError("images must be the same size");
  return map(a, (x, y) => cut(a.at(x, y) + sign * b.at(x, y)));
}

function binary(op: number, self: Image, other: Obj): Obj | undefined {
  switch (op) {
    case operators.BINARY_ADD:
    case operators.BINARY_INPLACE_ADD:
      return other instanceof Image ? combined(self, other, 1) : undefined;
    case operators.BINARY_SUBTRACT:
    case operators.BINARY_INPLACE_SUBTRACT:
      return other instanceof Image ? combined(self, other, -1) : undefined;
    case operators.BINARY_MULTIPLY:
    case operators.BINARY_INPLACE_MULTIPLY:
      return scaled(self, getFloat(other));
    case operators.BINARY_TRUE_DIVIDE:
    case operators.BINARY_INPLACE_TRUE_DIVIDE:
      return scaled(self, 1 / getFloat(other));
    default:
      return undefined;
  }
}

function rowTexts(image: Image): string[] {
  return Array.from({ length: image.height }, (_, y) =>
    Array.from({ length: image.width }, (_unused, x) => image.at(x, y)).join(""),
  );
}

typeImage.makeNew = (_type, args, kw) => {
  if (kw !== null && kw.size > 0) raiseTypeError("function doesn't take keyword arguments");
  return make(args);
};
typeImage.binaryOp = binary;
typeImage.isHashable = false;
typeImage.print = (self: Image, kind) => {
  const lines = rowTexts(self);
  if (kind !== "str") return `Image('${lines.map((line) => line + ":").join("")}')`;
  return `Image(\n    '${lines.map((line) => line + ":").join("'\n    '")}'\n)`;
};

const methods = [
  fun("width", (self: Image) => self.width),
  fun("height", (self: Image) => self.height),
  fun("get_pixel", (self: Image, x: Obj, y: Obj) => self.levels[place(self, x, y)]),
  fun("set_pixel", (self: Image, x: Obj, y: Obj, value: Obj) => {
    mustBeOwn(self);
    const at = place(self, x, y);
    self.levels[at] = level(value);
    return null;
  }),
  fun("shift_left", (self: Image, n: Obj) => shift(self, -getInt(n), 0)),
  fun("shift_right", (self: Image, n: Obj) => shift(self, getInt(n), 0)),
  fun("shift_up", (self: Image, n: Obj) => shift(self, 0, -getInt(n))),
  fun("shift_down", (self: Image, n: Obj) => shift(self, 0, getInt(n))),
  fun("copy", (self: Image) => map(self, (x, y) => self.at(x, y))),
  fun("crop", (self: Image, x: Obj, y: Obj, w: Obj, h: Obj) => {
    const [left, top, width, height] = [x, y, w, h].map(getInt);
    const blank = new Image(Math.max(0, width), Math.max(0, height));
    return map(blank, (column, row) => self.at(left + column, top + row));
  }),
  fun("invert", (self: Image) => map(self, (x, y) => 9 - self.at(x, y))),
  fun("fill", (self: Image, value: Obj) => {
    mustBeOwn(self);
    self.levels.fill(level(value));
    return null;
  }),
  funVar("blit", blit),
];
for (const method of methods) typeImage.proto[`$${method.name}`] = method;

const constants = Object.entries(images).map(([name, text]) => [name, imageOfText(text, true)] as const);
for (const [name, image] of constants) typeImage.proto[`$${name}`] = image;
const allOf = (prefix: RegExp): PyTuple => new PyTuple(constants.filter(([name]) => prefix.test(name)).map(([, image]) => image));
typeImage.proto.$ALL_CLOCKS = allOf(/^CLOCK/);
typeImage.proto.$ALL_ARROWS = allOf(/^ARROW/);
