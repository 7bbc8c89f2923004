// audio.AudioFrame: 32 samples of a byte each around 128, with the sums, differences and products of the firmware (modaudio.c).
import {
  allocate,
  bufferOf,
  checkArgs,
  fun,
  getFloat,
  getInt,
  type Obj,
  operators,
  PyObj,
  PyType,
  raiseTypeError,
  raiseValueError,
} from "../../interpreter/native.ts";

export const frameSize = 32;
const middle = 128;
// 32 bytes and a pointer to the type, in blocks of 16.
const heapBlocks = 3;

export const typeAudioFrame = new PyType("AudioFrame");

export class AudioFrame extends PyObj {
  declare type: PyType;
  readonly samples: Uint8Array;
  constructor(samples: Uint8Array = new Uint8Array(frameSize).fill(middle)) {
    super();
    allocate(heapBlocks);
    this.samples = samples;
  }
}
AudioFrame.prototype.type = typeAudioFrame;

const cut = (value: number): number => Math.max(0, Math.min(255, value));

function add(frame: AudioFrame, other: AudioFrame, sign: 1 | -1): void {
  frame.samples.forEach((sample, i) => (frame.samples[i] = cut(sample + sign * (other.samples[i]! - middle))));
}

const single = new DataView(new ArrayBuffer(4));

/** A float as a fixed-point number with 15 bits after the point, cut towards zero as the firmware cuts it. */
function fixed15(factor: number): number {
  single.setFloat32(0, factor);
  const bits = single.getInt32(0);
  const mantissa = 0x800000 | (bits & 0x7fffff);
  const shift = 15 + ((bits >> 23) & 255) - 150;
  const sign = bits < 0 ? -1 : 1;
  if (shift < -31) return 0;
  if (shift > 31) return 0;
  return (shift > 0 ? sign * (mantissa << shift) : sign * (mantissa >> -shift)) | 0;
}

function scale(frame: AudioFrame, factor: number): void {
  const by = fixed15(factor);
  frame.samples.forEach((sample, i) => (frame.samples[i] = cut((Math.imul(sample - middle, by) >> 15) + middle)));
}

function binary(op: number, self: AudioFrame, other: Obj): Obj | undefined {
  switch (op) {
    case operators.BINARY_ADD:
    case operators.BINARY_SUBTRACT:
    case operators.BINARY_INPLACE_ADD:
    case operators.BINARY_INPLACE_SUBTRACT: {
      if (!(other instanceof AudioFrame)) return undefined;
      const isInPlace = op === operators.BINARY_INPLACE_ADD || op === operators.BINARY_INPLACE_SUBTRACT;
      const isSum = op === operators.BINARY_ADD || op === operators.BINARY_INPLACE_ADD;
      const frame = isInPlace ? self : new AudioFrame(self.samples.slice());
      add(frame, other, isSum ? 1 : -1);
      return frame;
    }
    case operators.BINARY_MULTIPLY:
    case operators.BINARY_INPLACE_MULTIPLY: {
      const frame = op === operators.BINARY_INPLACE_MULTIPLY ? self : new AudioFrame(self.samples.slice());
      scale(frame, getFloat(other));
      return frame;
    }
    default:
      return undefined;
  }
}

function place(index: Obj): number {
  const at = getInt(index);
  if (at < 0 || at >= frameSize) raiseValueError("index out of bounds");
  return at;
}

typeAudioFrame.makeNew = (_type, args, kw) => {
  checkArgs(args.length, kw, 0);
  return new AudioFrame();
};
typeAudioFrame.print = () => "<AudioFrame>";
typeAudioFrame.isHashable = false;
typeAudioFrame.binaryOp = binary;
typeAudioFrame.len = () => frameSize;
typeAudioFrame.buffer = (self: AudioFrame) => self.samples;
typeAudioFrame.subscr = (self: AudioFrame, index) => self.samples[place(index)]!;
typeAudioFrame.storeSubscr = (self: AudioFrame, index, value) => {
  const at = place(index);
  if (value === undefined) raiseTypeError("cannot delete elements of AudioFrame");
  const sample = getInt(value);
  if (sample < 0 || sample > 255) raiseValueError("value out of range");
  self.samples[at] = sample;
  return null;
};
typeAudioFrame.proto.$copyfrom = fun("copyfrom", (self: AudioFrame, other: Obj) => {
  const bytes = bufferOf(other);
  if (!bytes) raiseTypeError("object with buffer protocol required");
  self.samples.set(bytes.subarray(0, frameSize));
  return null;
});
