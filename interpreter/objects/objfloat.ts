// float: the object, the board's precision, and MicroPython's digits (py/objfloat.c, py/formatfloat.c).
// A value is rounded to the configured precision when the object is made, so arithmetic needs no further care.
import { heap, allocate } from "./heap.ts";
import { formatApprox, parseApprox, REPR_PREC } from "./approxfloat.ts";
import { FLOAT_DOUBLE, floatMode, mp } from "./mpstate.ts";
import { formatSingle } from "./singlefloat.ts";
import { PyObj, typeFloat, type PyType } from "./obj.ts";

export class PyFloat extends PyObj {
  declare type: PyType;
  readonly v: number;
  /** Use PyFloat.of, which rounds; this is for values that are exact already. */
  constructor(v: number) {
    super();
    allocate(heap.floatBlocks);
    this.v = v;
  }
  static of(v: number): PyFloat {
    return new PyFloat(floatMode === FLOAT_DOUBLE ? v : roundFloat(v));
  }
}
PyFloat.prototype.type = typeFloat;

const f32 = new Float32Array(1);
const u32 = new Uint32Array(f32.buffer);

/** To 32 bits; with object representation C to 30 bits, the lowest two of the mantissa cut off. */
export function roundFloat(v: number): number {
  f32[0] = v;
  if (mp.config.floatImpl === "single30" && v === v) {
    u32[0]! &= ~3;
  }
  return f32[0];
}

/** A decimal number without sign, digits checked already, as the firmware reads it. */
export function floatOfText(text: string): number {
  return mp.config.floatImpl !== "double" && mp.config.release === "1.28" ? parseApprox(text) : Number(text);
}

/** repr(): the fewest digits that read back as the same value on new releases, a fixed number on old ones. */
export function reprFloat(v: number): string {
  const { floatImpl, floatDigits, release } = mp.config;
  if (release !== "1.28") return withPoint(formatFloat(v, "g", floatDigits, "", floatDigits, REPR_ROOM));
  if (v === 0 || !Number.isFinite(v)) return withPoint(formatFloat(v, "g", floatDigits, ""));
  const a = Math.abs(v);
  // As many digits as read back as the same number; plain up to 16 digits before the point.
  const text = floatImpl === "double" ? longDigits(a, "g", 19, PRINT_ROOM, 16)! : formatApprox(a, "g", REPR_PREC, PRINT_ROOM);
  return (v < 0 ? "-" : "") + withPoint(text);
}

/** C buffers that old releases print floats into: for repr, and for formatting. */
const REPR_ROOM = 16;
const FORMAT_ROOM = 32;

// 1 prints as 1.0 unless it has a point, an exponent, or is inf or nan.
function withPoint(text: string): string {
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** Bytes that mp_print_float has for a number. */
const PRINT_ROOM = 33;

/**
 * A float as C's printf has it: format e f g (or E F G), `precision` digits, `sign` "" "+" or " ".
 * `significant`: digits that carry information, where fewer than the precision do.
 */
export function formatFloat(
  v: number,
  format: string,
  precision: number,
  sign: string,
  significant = precision,
  room = FORMAT_ROOM,
): string {
  const upper = format !== format.toLowerCase();
  const negative = v < 0 || Object.is(v, -0);
  const mark = negative ? "-" : sign;
  const a = Math.abs(v);
  let text: string;
  if (v !== v) return sign + (upper ? "NAN" : "nan");
  if (a === Infinity) return mark + (upper ? "INF" : "inf");
  const { release, floatImpl } = mp.config;
  if (release !== "1.28" && floatImpl !== "double") {
    text = formatSingle(v, format.toLowerCase(), precision, sign, room, release === "1.9.2");
    return upper ? text.toUpperCase() : text;
  }
  const space = mark === "" ? PRINT_ROOM : PRINT_ROOM - 1;
  if (floatImpl !== "double") {
    text = formatApprox(a, format.toLowerCase(), precision, space);
    return mark + (upper ? text.toUpperCase() : text);
  }
  const isLong = release === "1.28" && significant === precision;
  if (format.toLowerCase() === "f" && release === "1.28") {
    // What the C code has room for: longer numbers are shown as "g" does, and no more decimals than fit.
    const exp = a === 0 ? 0 : Number(a.toExponential().split("e")[1]);
    if (exp > 0 && exp + precision + 2 > space) {
      text = longDigits(a, "g", precision + 1, space, precision) ?? formatG(a, precision + 1, false);
      return mark + (upper ? text.toUpperCase() : text);
    }
    precision = Math.min(precision, space - 3);
  }
  const long = isLong ? longDigits(a, format.toLowerCase(), precision, space) : undefined;
  if (long !== undefined) return mark + (upper ? long.toUpperCase() : long);
  switch (format.toLowerCase()) {
    case "e":
      text = exponent(a.toExponential(Math.min(precision, 100)));
      break;
    case "f":
      text = fixedInRoom(a, precision, space);
      break;
    default:
      text = formatG(a, precision === 0 ? 1 : precision, false, significant);
  }
  return mark + (upper ? text.toUpperCase() : text);
}

/** In scientific notation. A power of ten is one, even if the nearest float is a little less: MicroPython compares floats. */
function scientific(a: number, decimals: number): string {
  const text = a.toExponential(decimals);
  if (!text.startsWith("9.99")) return text;
  const exp = Number(text.split("e")[1]) + 1;
  return Number(`1e${exp}`) === a ? `1.${"0".repeat(decimals)}e${exp < 0 ? "" : "+"}${exp}` : text;
}

/**
 * A number in more digits than a float is sure to have: those that it takes to read the number back, at least the sure ones, then
 * zeros (py/formatfloat.c since 1.27). `room`: bytes of the C buffer. `zeros`: exponents that g still writes as zeros.
 * undefined: fewer digits are asked for.
 */
function longDigits(a: number, format: string, precision: number, room: number, zeros = precision): string | undefined {
  if (a === 0) return undefined;
  const exp = Number(scientific(a, 17).split("e")[1]);
  // Fixed notation counts the zero before the point of a small number among its digits.
  const zero = format === "f" && exp < 0 ? 1 : 0;
  const wanted = format === "f" ? precision + exp + 1 : format === "e" ? precision + 1 : precision;
  const sure = 16 - zero;
  if (wanted <= sure) return undefined;
  const most = Math.min(19 - zero, wanted);
  const isExact = (text: string): boolean => Number(text) === a;
  let text = scientific(a, sure - 1);
  for (let n = sure; n < most && !isExact(text); n++) text = scientific(a, n);
  const [mantissa, e] = text.split("e") as [string, string];
  const fitting = Math.min(wanted, room - zero - (format === "f" ? 3 : 8));
  const digits = mantissa.replace(".", "").padEnd(fitting, "0");
  if (format === "e" || (format === "g" && (exp < -4 || exp >= Math.min(zeros, room - 3)))) {
    const all = `${digits[0]!}.${digits.slice(1)}`;
    return exponent(`${format === "e" ? all : strip(all)}e${e}`);
  }
  const plain =
    exp < 0 ? `0.${"0".repeat(-exp - 1)}${digits}` : `${digits.slice(0, exp + 1).padEnd(exp + 1, "0")}.${digits.slice(exp + 1)}`;
  return (format === "g" ? strip(plain) : plain).replace(/\.$/, "");
}

// C has a buffer of 33 bytes: a number too long for it is shown as %g would, and digits after the point are cut.
function fixedInRoom(a: number, precision: number, room: number): string {
  const exp = a === 0 ? 0 : Number(a.toExponential().split("e")[1]);
  if (exp > 0 && exp + precision + 2 > room) return formatG(a, precision + 1, false);
  return fixed(a, Math.min(precision, room - 3));
}

function fixed(a: number, precision: number): string {
  if (a >= 1e21) {
    const [digits, exp] = a.toExponential(20).split("e+") as [string, string];
    const all = digits.replace(".", "");
    const whole = Number(exp) + 1 <= all.length ? all.slice(0, Number(exp) + 1) : BigInt(a).toString();
    return precision > 0 ? `${whole}.${"0".repeat(precision)}` : whole;
  }
  return a.toFixed(Math.min(precision, 100));
}

// Two digits of exponent at least.
function exponent(text: string): string {
  return text.replace(/e([+-])(\d)$/, "e$10$2");
}

function formatG(v: number, precision: number, alternate: boolean, significant = precision): string {
  const a = Math.abs(v);
  const sign = v < 0 ? "-" : "";
  if (a === 0) return `${sign}0`;
  if (!Number.isFinite(a)) return String(v);
  const digits = Math.min(Math.max(significant, 1), 100);
  const shown = scientific(a, digits - 1);
  const exp = Number(shown.slice(shown.indexOf("e") + 1));
  if (exp < -4 || exp >= precision) {
    const [mantissa, e] = shown.split("e") as [string, string];
    return sign + exponent(`${alternate ? mantissa : strip(mantissa)}e${e}`);
  }
  const text = digits - 1 - exp >= 0 ? a.toFixed(Math.min(digits - 1 - exp, 100)) : Number(shown).toFixed(0);
  return sign + (alternate ? text : strip(text));
}

function strip(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
