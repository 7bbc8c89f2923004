// framebuf: drawing into memory that a display shows (extmod/modframebuf.c). Big areas let the board breathe between rows.
import { getInt } from "../native.ts";
import { checkArgs, fun } from "../objects/objfun.ts";
import { raiseTypeError, raiseValueError } from "../objects/objexcept.ts";
import { PyList } from "../objects/objlist.ts";
import { PyTuple } from "../objects/objtuple.ts";
import { bufferOf } from "../objects/objbytes.ts";
import { nativeOf, PyObj, PyType, run, typeOf, type Gen, type Obj } from "../objects/obj.ts";
import { isTrue } from "../vm/operator.ts";
import { readBuffer, strData, writeBuffer } from "./buffer.ts";
import { fontPetme128 } from "./font-petme128.ts";
import { bufferItems } from "./modarray.ts";
import { register } from "./registry.ts";

const MVLSB = 0;
const RGB565 = 1;
const GS4_HMSB = 2;
const MHLSB = 3;
const MHMSB = 4;
const GS2_HMSB = 5;
const GS8 = 6;

class PyFrameBuffer extends PyObj {
  declare type: PyType;
  readonly buffer: Obj;
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly format: number;
  /** Pixels from one row to the next. */
  readonly stride: number;
  constructor(buffer: Obj, bytes: Uint8Array, width: number, height: number, format: number, stride: number) {
    super();
    this.buffer = buffer;
    this.bytes = bytes;
    this.width = width;
    this.height = height;
    this.format = format;
    this.stride = stride;
  }

  has(x: number, y: number): boolean {
    return x >= 0 && x < this.width && y >= 0 && y < this.height;
  }

  get(x: number, y: number): number {
    const { bytes, stride } = this;
    const at = x + y * stride;
    const byte = (i: number): number => bytes[i] ?? 0;
    switch (this.format) {
      case MVLSB:
        return (byte((y >> 3) * stride + x) >> (y & 7)) & 1;
      case MHLSB:
        return (byte(at >> 3) >> (7 - (x & 7))) & 1;
      case MHMSB:
        return (byte(at >> 3) >> (x & 7)) & 1;
      case GS2_HMSB:
        return (byte(at >> 2) >> ((x & 3) << 1)) & 3;
      case GS4_HMSB:
        return x % 2 !== 0 ? byte(at >> 1) & 15 : byte(at >> 1) >> 4;
      case GS8:
        return byte(at);
      default:
        return byte(2 * at) | (byte(2 * at + 1) << 8);
    }
  }

  set(x: number, y: number, color: number): void {
    const { bytes, stride } = this;
    const at = x + y * stride;
    const put = (i: number, shift: number, mask: number, value: number): void => {
      bytes[i] = (bytes[i]! & ~(mask << shift)) | ((value & mask) << shift);
    };
    switch (this.format) {
      case MVLSB:
        put((y >> 3) * stride + x, y & 7, 1, color === 0 ? 0 : 1);
        break;
      case MHLSB:
        put(at >> 3, 7 - (x & 7), 1, color === 0 ? 0 : 1);
        break;
      case MHMSB:
        put(at >> 3, x & 7, 1, color === 0 ? 0 : 1);
        break;
      case GS2_HMSB:
        put(at >> 2, (x & 3) << 1, 3, color);
        break;
      case GS4_HMSB:
        put(at >> 1, x % 2 !== 0 ? 0 : 4, 15, color);
        break;
      case GS8:
        bytes[at] = color;
        break;
      default:
        bytes[2 * at] = color;
        bytes[2 * at + 1] = color >> 8;
    }
  }

  setChecked(x: number, y: number, color: number): void {
    if (this.has(x, y)) this.set(x, y, color);
  }
}
const typeFrameBuffer = new PyType("FrameBuffer");
PyFrameBuffer.prototype.type = typeFrameBuffer;
typeFrameBuffer.buffer = (self: PyFrameBuffer) => bufferOf(self.buffer) ?? self.bytes;

/** (buffer, width, height, format[, stride]) as a frame buffer. Raises ValueError when the memory is too small. */
function create(args: readonly Obj[], bytesOf: (o: Obj) => Uint8Array): PyFrameBuffer {
  const width = getInt(args[1]!);
  const height = getInt(args[2]!);
  const format = getInt(args[3]!);
  let stride = args[4] === undefined ? width : getInt(args[4]);
  if (width < 1 || height < 1 || width > 0xffff || height > 0xffff || stride > 0xffff || stride < width) raiseValueError("");
  let bits = 1;
  let rows = height;
  let perRow = width;
  // Rows that need a whole stride of memory: all but the last.
  let strides = height - 1;
  const align = (to: number): void => {
    stride = Math.ceil(stride / to) * to;
    perRow = Math.ceil(width / to) * to;
  };
  switch (format) {
    case MVLSB:
      rows = Math.ceil(height / 8) * 8;
      strides = rows - 8;
      break;
    case MHLSB:
    case MHMSB:
      align(8);
      break;
    case GS2_HMSB:
      align(4);
      bits = 2;
      break;
    case GS4_HMSB:
      align(2);
      bits = 4;
      break;
    case GS8:
      bits = 8;
      break;
    case RGB565:
      bits = 16;
      break;
    default:
      raiseValueError("invalid format");
  }
  const bytes = bytesOf(args[0]!);
  if (Math.floor(((strides * stride + (rows - strides) * perRow) * bits) / 8) > bytes.length) raiseValueError("");
  return new PyFrameBuffer(args[0]!, bytes, width, height, format, stride);
}

typeFrameBuffer.makeNew = (type, args, kw) => {
  checkArgs(args.length, kw, 4, 5);
  return create(args, writeBuffer);
};

/** A frame buffer to read from: one, or the tuple of what makes one. */
function source(o: Obj): PyFrameBuffer {
  const native = nativeOf(o);
  if (native instanceof PyFrameBuffer) return native;
  if (!(native instanceof PyTuple || native instanceof PyList))
    raiseTypeError(`object '${typeOf(o).name}' isn't a tuple or list`);
  if (native.items.length < 4 || native.items.length > 5) raiseValueError("");
  return create(native.items, readBuffer);
}

/** Pixels drawn between two pauses. */
const PIXELS_PER_TICK = 1 << 14;

function* fillRect(fb: PyFrameBuffer, x: number, y: number, w: number, h: number, color: number): Gen<void> {
  const right = Math.min(fb.width, x + w);
  const bottom = Math.min(fb.height, y + h);
  const left = Math.max(0, x);
  let drawn = 0;
  for (let row = Math.max(0, y); row < bottom; row++) {
    for (let column = left; column < right; column++) fb.set(column, row, color);
    if (right > left && (drawn += right - left) > PIXELS_PER_TICK) {
      drawn = 0;
      yield { wait: "tick" };
    }
  }
}

// Bresenham; the last point is always drawn.
function* line(fb: PyFrameBuffer, x1: number, y1: number, x2: number, y2: number, color: number): Gen<void> {
  const isSteep = Math.abs(y2 - y1) > Math.abs(x2 - x1);
  // u runs along the longer side.
  let [u, v] = isSteep ? [y1, x1] : [x1, y1];
  const [u2, v2] = isSteep ? [y2, x2] : [x2, y2];
  const du = Math.abs(u2 - u);
  const dv = Math.abs(v2 - v);
  const su = u2 > u ? 1 : -1;
  const sv = v2 > v ? 1 : -1;
  let error = 2 * dv - du;
  for (let i = 1; i <= du; i++) {
    if (isSteep) fb.setChecked(v, u, color);
    else fb.setChecked(u, v, color);
    while (error >= 0) {
      v += sv;
      error -= 2 * du;
    }
    u += su;
    error += 2 * dv;
    if (i % PIXELS_PER_TICK === 0) yield { wait: "tick" };
  }
  fb.setChecked(x2, y2, color);
}

const FILL = 0x10;
const ALL_QUADRANTS = 0x0f;

// The four points, or the lines between them, at (x, y) from the centre; quadrants counted from the right top leftwards.
function* ellipsePoints(fb: PyFrameBuffer, cx: number, cy: number, x: number, y: number, color: number, mask: number): Gen<void> {
  for (let quadrant = 0; quadrant < 4; quadrant++) {
    if ((mask & (1 << quadrant)) === 0) continue;
    const isRight = quadrant === 0 || quadrant === 3;
    const row = quadrant < 2 ? cy - y : cy + y;
    if ((mask & FILL) !== 0) yield* fillRect(fb, isRight ? cx : cx - x, row, x + 1, 1, color);
    else fb.setChecked(isRight ? cx + x : cx - x, row, color);
  }
}

function* ellipse(fb: PyFrameBuffer, cx: number, cy: number, a: number, b: number, color: number, mask: number): Gen<void> {
  if (a === 0 && b === 0) {
    if ((mask & ALL_QUADRANTS) !== 0) fb.setChecked(cx, cy, color);
    return;
  }
  let steps = 0;
  // Two arcs: the flat one is the steep one with the axes exchanged.
  for (const isFlat of [false, true]) {
    const [p, q] = isFlat ? [b, a] : [a, b];
    let u = p;
    let v = 0;
    let uChange = q * q * (1 - 2 * p);
    let vChange = p * p;
    let error = 0;
    let uStop = 2 * q * q * p;
    let vStop = 0;
    while (uStop >= vStop) {
      yield* isFlat ? ellipsePoints(fb, cx, cy, v, u, color, mask) : ellipsePoints(fb, cx, cy, u, v, color, mask);
      v++;
      vStop += 2 * p * p;
      error += vChange;
      vChange += 2 * p * p;
      if (2 * error + uChange > 0) {
        u--;
        uStop -= 2 * q * q;
        error += uChange;
        uChange += 2 * q * q;
      }
      if (++steps % 1024 === 0) yield { wait: "tick" };
    }
  }
}

function* outline(fb: PyFrameBuffer, x: number, y: number, points: readonly Point[], color: number): Gen<void> {
  let from = points[0]!;
  for (let i = points.length - 1; i >= 0; i--) {
    const to = points[i]!;
    yield* line(fb, x + from.x, y + from.y, x + to.x, y + to.y, color);
    from = to;
  }
}

interface Point {
  readonly x: number;
  readonly y: number;
}

// Row by row: where the edges cross it, sorted, and filled between each two. An edge leaves out its lowest point, which would
// else count twice; where both edges end in it, it is set by hand.
function* fillPoly(fb: PyFrameBuffer, x: number, y: number, points: readonly Point[], color: number): Gen<void> {
  let top = Infinity;
  let bottom = -Infinity;
  for (const point of points) {
    top = Math.min(top, point.y);
    bottom = Math.max(bottom, point.y);
  }
  let steps = 0;
  for (let row = top; row <= bottom; row++) {
    const nodes: number[] = [];
    let a = points[0]!;
    for (let i = points.length - 1; i >= 0; i--) {
      const b = points[i]!;
      if (++steps % 4096 === 0) yield { wait: "tick" };
      if (a.y > row !== b.y > row) {
        const slope = Math.trunc((32 * (b.x - a.x) * (row - a.y)) / (b.y - a.y));
        nodes.push(Math.trunc((32 * a.x + slope + 16) / 32));
      } else if (row === Math.max(a.y, b.y)) {
        if (a.y < b.y) fb.setChecked(x + b.x, y + b.y, color);
        else if (b.y < a.y) fb.setChecked(x + a.x, y + a.y, color);
        else yield* line(fb, x + a.x, y + a.y, x + b.x, y + b.y, color);
      }
      a = b;
    }
    nodes.sort((m, n) => m - n);
    for (let i = 0; i + 1 < nodes.length; i += 2)
      yield* fillRect(fb, x + nodes[i]!, y + row, nodes[i + 1]! - nodes[i]! + 1, 1, color);
  }
}

function* poly(self: PyFrameBuffer, xArg: Obj, yArg: Obj, coords: Obj, colorArg: Obj, fill: Obj = false): Gen {
  const x = getInt(xArg);
  const y = getInt(yArg);
  const items = bufferItems(coords);
  if (items.length < 2) return null;
  const color = getInt(colorArg);
  const isFilled = yield* run(isTrue(fill));
  const points: Point[] = [];
  for (let i = 0; i + 1 < items.length; i += 2) points.push({ x: getInt(items[i]!), y: getInt(items[i + 1]!) });
  yield* isFilled ? fillPoly(self, x, y, points, color) : outline(self, x, y, points, color);
  return null;
}

function* blit(self: PyFrameBuffer, from: Obj, xArg: Obj, yArg: Obj, keyArg: Obj = -1, paletteArg: Obj = null): Gen {
  const picture = source(from);
  const x = getInt(xArg);
  const y = getInt(yArg);
  const key = getInt(keyArg);
  const palette = paletteArg === null ? null : source(paletteArg);
  const right = Math.min(self.width, x + picture.width);
  const bottom = Math.min(self.height, y + picture.height);
  let drawn = 0;
  for (let row = Math.max(0, y); row < bottom; row++) {
    for (let column = Math.max(0, x); column < right; column++) {
      let color = picture.get(column - x, row - y);
      if (palette !== null) color = palette.get(color, 0);
      if (color !== key) self.set(column, row, color);
      if (++drawn % PIXELS_PER_TICK === 0) yield { wait: "tick" };
    }
  }
  return null;
}

function* scroll(self: PyFrameBuffer, dxArg: Obj, dyArg: Obj): Gen {
  const dx = getInt(dxArg);
  const dy = getInt(dyArg);
  if (Math.abs(dx) >= self.width || Math.abs(dy) >= self.height) return null;
  // What is uncovered keeps its pixels; the order is such that nothing is overwritten before it has moved.
  let drawn = 0;
  const rows = self.height - Math.abs(dy);
  const columns = self.width - Math.abs(dx);
  for (let i = 0; i < rows; i++) {
    const y = dy < 0 ? i : self.height - 1 - i;
    for (let k = 0; k < columns; k++) {
      const x = dx < 0 ? k : self.width - 1 - k;
      self.set(x, y, self.get(x - dx, y - dy));
      if (++drawn % PIXELS_PER_TICK === 0) yield { wait: "tick" };
    }
  }
  return null;
}

function* text(self: PyFrameBuffer, str: Obj, xArg: Obj, yArg: Obj, colorArg: Obj = 1): Gen {
  const bytes = strData(str);
  let x = getInt(xArg);
  const top = getInt(yArg);
  const color = getInt(colorArg);
  for (const [i, byte] of bytes.entries()) {
    if (byte === 0) break;
    const glyph = (byte < 32 || byte > 127 ? 127 : byte) - 32;
    for (let column = 0; column < 8; column++, x++) {
      let pixels = fontPetme128[glyph * 8 + column]!;
      for (let y = top; pixels !== 0; pixels >>= 1, y++) if ((pixels & 1) !== 0) self.setChecked(x, y, color);
    }
    if (i % 256 === 255) yield { wait: "tick" };
  }
  return null;
}

// Rectangles take 32-bit numbers.
const ints = (args: readonly Obj[]): number[] => args.map((arg) => getInt(arg) | 0);

const { proto } = typeFrameBuffer;
proto.$fill = fun("fill", function* (self: PyFrameBuffer, color: Obj): Gen {
  yield* fillRect(self, 0, 0, self.width, self.height, getInt(color));
  return null;
});
proto.$fill_rect = fun(
  "fill_rect",
  function* (self: PyFrameBuffer, ...args: Obj[]): Gen {
    const [x, y, w, h, color] = ints(args);
    yield* fillRect(self, x!, y!, w!, h!, color!);
    return null;
  },
  6,
);
proto.$pixel = fun(
  "pixel",
  (self: PyFrameBuffer, xArg: Obj, yArg: Obj, color?: Obj) => {
    const x = getInt(xArg);
    const y = getInt(yArg);
    if (!self.has(x, y)) return null;
    if (color === undefined) return self.get(x, y);
    self.set(x, y, getInt(color));
    return null;
  },
  3,
  4,
);
proto.$hline = fun(
  "hline",
  function* (self: PyFrameBuffer, ...args: Obj[]): Gen {
    const [x, y, w, color] = ints(args);
    yield* fillRect(self, x!, y!, w!, 1, color!);
    return null;
  },
  5,
);
proto.$vline = fun(
  "vline",
  function* (self: PyFrameBuffer, ...args: Obj[]): Gen {
    const [x, y, h, color] = ints(args);
    yield* fillRect(self, x!, y!, 1, h!, color!);
    return null;
  },
  5,
);
proto.$rect = fun(
  "rect",
  function* (self: PyFrameBuffer, ...args: Obj[]): Gen {
    const [x, y, w, h, color] = ints(args.slice(0, 5)) as [number, number, number, number, number];
    if (args[5] !== undefined && (yield* run(isTrue(args[5])))) yield* fillRect(self, x, y, w, h, color);
    else {
      yield* fillRect(self, x, y, w, 1, color);
      yield* fillRect(self, x, y + h - 1, w, 1, color);
      yield* fillRect(self, x, y, 1, h, color);
      yield* fillRect(self, x + w - 1, y, 1, h, color);
    }
    return null;
  },
  6,
  7,
);
proto.$line = fun(
  "line",
  function* (self: PyFrameBuffer, ...args: Obj[]): Gen {
    const [x1, y1, x2, y2, color] = args.map(getInt);
    yield* line(self, x1!, y1!, x2!, y2!, color!);
    return null;
  },
  6,
);
proto.$ellipse = fun(
  "ellipse",
  function* (self: PyFrameBuffer, ...args: Obj[]): Gen {
    const [cx, cy, a, b, color] = args.slice(0, 5).map(getInt);
    const fill = args[5] !== undefined && (yield* run(isTrue(args[5]))) ? FILL : 0;
    const quadrants = args[6] === undefined ? ALL_QUADRANTS : getInt(args[6]) & ALL_QUADRANTS;
    yield* ellipse(self, cx!, cy!, a!, b!, color!, fill | quadrants);
    return null;
  },
  6,
  8,
);
proto.$poly = fun("poly", poly, 5, 6);
proto.$blit = fun("blit", blit, 4, 6);
proto.$scroll = fun("scroll", scroll);
proto.$text = fun("text", text, 4, 5);

register("framebuf", {
  isExtensible: false,
  when: (config) => config.romLevel !== "core",
  members: () => ({
    FrameBuffer: typeFrameBuffer,
    // As the class without a format was called.
    FrameBuffer1: fun(
      "FrameBuffer1",
      (buffer: Obj, width: Obj, height: Obj, stride: Obj = width) => create([buffer, width, height, MVLSB, stride], writeBuffer),
      3,
      4,
    ),
    MVLSB,
    MONO_VLSB: MVLSB,
    RGB565,
    GS2_HMSB,
    GS4_HMSB,
    GS8,
    MONO_HLSB: MHLSB,
    MONO_HMSB: MHMSB,
  }),
});
