// audio.SoundEffect and microbit.Sound of the V2. A SoundEffect is the 72 characters of a sound expression and nothing else;
// its attributes are read from them and written into them (microbit_soundeffect.c).
import {
  allocate,
  fun,
  getInt,
  bufferOf,
  type Obj,
  parseArgs,
  PyObj,
  PyStaticmethod,
  PyType,
  raiseTypeError,
  raiseValueError,
  typeOf,
} from "../../interpreter/native.ts";
import { builtInSounds, type BuiltInSound, expressionLength, fields } from "../parts/speaker/expression.ts";
import { BoardObject } from "./shape.ts";

const zero = 48;
// The 72 characters, a flag and a pointer to the type, in blocks of 16.
const heapBlocks = 5;
const waveforms = ["WAVEFORM_SINE", "WAVEFORM_SAWTOOTH", "WAVEFORM_TRIANGLE", "WAVEFORM_SQUARE", "WAVEFORM_NOISE"];
const fxs = ["FX_NONE", "FX_VIBRATO", "FX_TREMOLO", "FX_WARBLE"];
const shapes: Readonly<Record<number, string>> = { 1: "SHAPE_LINEAR", 2: "SHAPE_CURVE", 18: "SHAPE_LOG" };

/** In the order of the constructor: attribute, field, value if none is given. */
const attributes = [
  ["freq_start", "hz", 500],
  ["freq_end", "endHz", 2500],
  ["duration", "ms", 500],
  ["vol_start", "volume", 255],
  ["vol_end", "endVolume", 0],
  ["waveform", "waveform", 3],
  ["fx", "fx", 0],
  ["shape", "shape", 18],
] as const satisfies readonly (readonly [string, keyof typeof fields, number])[];
type Field = keyof typeof fields;
const fieldOf = new Map<string, Field>(attributes.map(([name, field]) => [name, field]));
const isVolume = (field: Field): boolean => field === "volume" || field === "endVolume";

export const typeSoundEffect = new PyType("MicroBitSoundEffect");

export class SoundEffect extends PyObj {
  declare type: PyType;
  readonly chars: Uint8Array;
  constructor(chars: Uint8Array) {
    super();
    allocate(heapBlocks);
    this.chars = chars;
  }
  get expression(): string {
    return String.fromCharCode(...this.chars);
  }

  // What is no digit counts as the firmware counts it.
  read(field: Field): number {
    const [start, digits] = fields[field];
    let value = 0;
    for (let i = start; i < start + digits; i++) value = (Math.imul(value, 10) + this.chars[i]! - zero) >>> 0;
    return isVolume(field) ? Math.floor(((value * 255 + 511) >>> 0) / 1023) : value;
  }

  /** Raises ValueError for too much; the digits that fit are written all the same. */
  write(field: Field, given: number): void {
    const [start, digits] = fields[field];
    let value = given >>> 0;
    if (isVolume(field)) {
      if (value > 255) raiseValueError("maximum value is 255");
      value = Math.floor((value * 1023 + 127) / 255);
    }
    for (let i = start + digits - 1; i >= start; i--) {
      this.chars[i] = zero + (value % 10);
      value = Math.floor(value / 10);
    }
    if (value !== 0) raiseValueError(`maximum value is ${"9".repeat(digits)}`);
  }
}
SoundEffect.prototype.type = typeSoundEffect;

const blank = (): SoundEffect => new SoundEffect(new Uint8Array(expressionLength).fill(zero));

typeSoundEffect.makeNew = (_type, args, kw) => {
  const values = parseArgs(
    attributes.map(([name, , value]) => ({ name, default: value })),
    args,
    kw,
  ).map(getInt);
  const effect = blank();
  effect.write("steps", 128);
  effect.write("fxParam", 1);
  effect.write("fxSteps", 24);
  attributes.forEach(([, field], i) => effect.write(field, values[i]!));
  return effect;
};
typeSoundEffect.attr = (self: SoundEffect, name) => {
  const field = fieldOf.get(name);
  return field === undefined ? undefined : self.read(field);
};
typeSoundEffect.attrNames = [...fieldOf.keys()].sort();
typeSoundEffect.storeAttr = (self: SoundEffect, name, value) => {
  const field = fieldOf.get(name);
  if (field === undefined || value === undefined) return false;
  self.write(field, getInt(value));
  return null;
};
typeSoundEffect.print = (self: SoundEffect, kind) => {
  const values = attributes.map(([, field]) => self.read(field) | 0);
  if (kind !== "str") return `SoundEffect(${values.join(", ")})`;
  const [waveform, fx, shape] = values.slice(5) as [number, number, number];
  const words = [
    ...values.slice(0, 5),
    // DIFFERS: a number without a name prints as it is; the firmware reads past its table of names.
    waveforms[waveform] ?? waveform,
    fxs[fx] ?? fx,
    shapes[shape] ?? shape,
  ];
  return `SoundEffect(${attributes.map(([name], i) => `${name}=${words[i]}`).join(", ")})`;
};

typeSoundEffect.proto.$_from_string = new PyStaticmethod(
  fun("_from_string", (text: Obj) => {
    const bytes = typeof text === "string" || typeOf(text).name === "bytes" ? bufferOf(text) : undefined;
    if (!bytes) raiseTypeError(`can't convert '${typeOf(text).name}' object to str implicitly`);
    const effect = blank();
    effect.chars.set(bytes.subarray(0, expressionLength));
    return effect;
  }),
);
typeSoundEffect.proto.$copy = fun("copy", (self: SoundEffect) => new SoundEffect(self.chars.slice()));
// In the order of the firmware's table, as help() lists them.
waveforms.forEach((name, value) => (typeSoundEffect.proto[`$${name}`] = value));
for (const [value, name] of Object.entries(shapes)) typeSoundEffect.proto[`$${name}`] = Number(value);
for (const name of ["FX_NONE", "FX_TREMOLO", "FX_VIBRATO", "FX_WARBLE"]) typeSoundEffect.proto[`$${name}`] = fxs.indexOf(name);

/** One of the built-in sounds. */
export class Sound extends BoardObject {
  readonly name: BuiltInSound;
  constructor(name: BuiltInSound) {
    super(typeSound);
    this.name = name;
  }
}
export const typeSound = new PyType("MicroBitSound");
typeSound.print = (self: Sound) => `Sound('${self.name}')`;
for (const name of Object.keys(builtInSounds) as BuiltInSound[]) typeSound.proto[`$${name.toUpperCase()}`] = new Sound(name);
