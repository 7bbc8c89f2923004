// How releases from 1.27 on read and print 32-bit floats (MICROPY_FLOAT_FORMAT_IMPL_APPROX in py/formatfloat.c and py/parsenum.c): in
// 32-bit arithmetic, with digits that are tried until they read back as the same number. They do so on the board only, so all is
// done in the board's precision here: math.pi is 3.1415928 on a pyboard.

const { fround, trunc, abs } = Math;
const f32 = new Float32Array(1);
const u32 = new Uint32Array(f32.buffer);
/** Digits that every float has for certain, and at most. */
const SURE = 6;
const MOST = 9;
/** Digits are taken in while the mantissa is below. */
const MANTISSA_MAX = 0x19999998;
/** 5 ** n is exact up to here. */
const MOST_EXACT_POWER = 10;
/** Prints as many digits as it takes to read the number back. */
export const REPR_PREC = -1;

/** num * 10 ** exp: two to that power goes straight into the exponent, five is multiplied. */
function decimalExp(num: number, exp: number): number {
  if (exp === 0 || num === 0) return fround(num);
  f32[0] = num;
  const bits = u32[0]!;
  const e = (((bits >>> 23) & 0xff) + exp) & 0xff;
  u32[0] = (bits & ~(0xff << 23)) | (e << 23);
  const moved = f32[0]!;
  return exp < 0 && exp >= -MOST_EXACT_POWER ? fround(moved / fround(5 ** -exp)) : fround(moved * fround(5 ** exp));
}

/** A decimal number without sign, digits checked already. */
export function parseApprox(text: string): number {
  const [digits, power] = text.toLowerCase().replaceAll("_", "").split("e") as [string, string | undefined];
  const [whole, fraction = ""] = digits.split(".") as [string, string | undefined];
  let mantissa = 0;
  let extra = 0;
  let wholeZeros = 0;
  let fractionZeros = 0;
  const accept = (digit: number, inFraction: boolean): void => {
    if (mantissa < MANTISSA_MAX) {
      if (inFraction) extra--;
      mantissa = mantissa * 10 + digit;
    } else if (!inFraction) extra++;
  };
  for (const part of [whole, fraction]) {
    const inFraction = part === fraction && part !== whole;
    for (const c of part) {
      if (c === "0" || mantissa >= MANTISSA_MAX) {
        if (inFraction) fractionZeros++;
        else wholeZeros++;
        continue;
      }
      for (; wholeZeros > 0; wholeZeros--) accept(0, false);
      for (; fractionZeros > 0; fractionZeros--) accept(0, true);
      accept(Number(c), inFraction);
    }
  }
  return decimalExp(fround(mantissa), Number(/\d/.test(power ?? "") ? power : 0) + extra + wholeZeros);
}

interface Plan {
  readonly mode: string;
  readonly prefix: string;
  readonly digits: number;
  /** Exponents that g writes as zeros. */
  readonly zeros: number;
  readonly trailing: number;
  /** Digits before the point, less one; 255: the prefix has the point. */
  readonly dec: number;
  readonly e: number;
}

function assemble(mantissaIn: number, { mode, prefix, digits, zeros, trailing, dec: decIn, e: eIn }: Plan): string {
  let mantissa = mantissaIn;
  let n = digits;
  let dec = decIn;
  let e = eIn;
  let tail = trailing;
  let head = prefix;
  if (mantissa >= 10 ** digits) {
    if (mode === "f") {
      n++;
      dec++;
    } else {
      mantissa = trunc(mantissa / 10);
      e++;
    }
  }
  if (mode === "g" && e > 0 && e < zeros) {
    dec += e;
    if (dec >= n) tail = dec - (n - 1);
    e = 0;
  } else if (mode === "g" && e < 0 && e >= -4) {
    let dropped = 0;
    for (; e < 0 && mantissa % 10 === 0; e++) {
      mantissa /= 10;
      dropped++;
    }
    n -= dropped;
    head += `0.${"0".repeat(dropped - e - 1)}`;
    dec = 255;
    e = 0;
  }
  const text = String(mantissa % 10 ** n).padStart(n, "0");
  let out = dec + 1 < n ? `${text.slice(0, dec + 1)}.${text.slice(dec + 1)}` : text;
  if (tail > 0) {
    const before = dec === 255 ? tail : dec - (n - 1);
    out += before >= 0 && before < tail ? `${"0".repeat(before)}.${"0".repeat(tail - before)}` : "0".repeat(tail);
  }
  out = head + out;
  if (mode === "g" && out.includes(".")) out = out.replace(/\.?0+$/, "");
  if (mode === "e" || (e !== 0 && mode !== "f")) out += `e${e < 0 ? "-" : "+"}${String(abs(e)).padStart(2, "0")}`;
  return out;
}

/** The power of ten of a number, by comparing it with powers that are as inexact as it is. */
function exponentOf(f: number): number {
  f32[0] = f;
  const isLarge = f >= 1;
  const step = isLarge ? 1 : 0;
  let e = trunc(fround((((u32[0]! >>> 23) & 0xff) - 127) * fround(0.3010299956639812)));
  while (f >= decimalExp(1, e + step) === isLarge) e += isLarge ? 1 : -1;
  return e;
}

/** A finite number that is not negative as text. `format`: e, f or g. `room`: bytes of the C buffer. */
export function formatApprox(f: number, format: string, precision: number, room: number): string {
  let mode = format;
  let prec = precision === REPR_PREC ? MOST : precision;
  const zeros = precision === REPR_PREC ? 16 : Math.min(prec, room - 3);
  const e = f === 0 ? 0 : exponentOf(f);
  if (mode === "f" && e > 0 && e + prec + 2 > room) {
    mode = "g";
    prec++;
  }
  let most = prec;
  let leading = 0;
  if (mode === "f") {
    most = Math.min(most, room - 3);
    if (e >= 0) most += e + 1;
    else if (most > 2 && e < -2) {
      leading = Math.min(-e, most) - 2;
      most -= leading;
    } else most++;
  } else if (mode === "e" || most === 0) most++;
  let trailing = Math.max(0, most - MOST);
  most = Math.min(most, MOST);
  trailing = Math.min(trailing, room - most - (mode === "f" ? 3 : 7));
  for (let digits = Math.min(SURE, most); ; digits++) {
    let power = digits - e - 1;
    let dec = 0;
    let prefix = "";
    if (f === 0) power = 0;
    else if (mode === "f") {
      power = digits - 1;
      if (e >= 0) {
        power -= e;
        dec = e;
      } else if (leading > 0) {
        prefix = `0.${"0".repeat(leading)}`;
        power += leading + 1;
        dec = 255;
      }
    }
    let scale = 1;
    if (digits > SURE && power > 1) scale = digits > SURE + 1 && power > 2 ? 100 : 10;
    power -= scale === 100 ? 2 : scale === 10 ? 1 : 0;
    let mantissa = trunc(fround(decimalExp(f, power) + 0.5)) * scale;
    const plan: Plan = { mode, prefix, digits, zeros, trailing: trailing + (most - digits), dec, e };
    let text = assemble(mantissa, plan);
    let diff = fround(parseApprox(text) - f);
    if (diff === 0) return text;
    let best = mantissa;
    let bestDiff = diff;
    let range = digits > SURE ? 1 << (3 * (digits - SURE)) : 1;
    let isOver = false;
    for (let runs = 3 + 3 * (MOST - SURE); runs > 0; runs--) {
      mantissa += diff < 0 ? range : -range;
      text = assemble(mantissa, plan);
      diff = fround(parseApprox(text) - f);
      if (diff === 0) return text;
      const delta = fround(abs(diff) - abs(bestDiff));
      if (delta < 0 || (delta === 0 && mantissa % 10 === 0)) {
        bestDiff = diff;
        best = mantissa;
      }
      if (range > 1) range >>= 1;
      else {
        isOver = true;
        break;
      }
    }
    if (!isOver) return text;
    if (digits >= most) return assemble(best, plan);
  }
}
