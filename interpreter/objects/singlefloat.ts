// How releases up to 1.18 print 32-bit floats: digit by digit, in 32-bit arithmetic, its rounding errors included
// (py/formatfloat.c of those releases). 999999.9 prints as 1000000.0 on a micro:bit V1 because of them.

const { fround } = Math;
const STEPS = [32, 16, 8, 4, 2, 1];
const UP = [1e32, 1e16, 1e8, 1e4, 1e2, 1e1].map(fround);
const DOWN = [1e-32, 1e-16, 1e-8, 1e-4, 1e-2, 1e-1].map(fround);
const TEN = 10;
const TENTH = fround(0.1);
/** From here on a number below one counts as one. */
const ROUND_TO_ONE = fround(0.9999995);
/** Room for sign, digit, exponent and end, which is kept free in the C buffer: +9e+99. */
const LEAST = 6;

/**
 * A finite float as text. `format`: e, f or g. `room`: bytes of the C buffer, which cuts the precision of long texts.
 * `isOldest`: release 1.9.2, whose rounding of `f` differs.
 */
export function formatSingle(
  v: number,
  format: string,
  precisionIn: number,
  sign: string,
  room: number,
  isOldest: boolean,
): string {
  const negative = v < 0 || Object.is(v, -0);
  const mark = negative ? "-" : sign;
  let f = fround(Math.abs(v));
  const left = room - 1 - mark.length;
  let fmt = format;
  let precision = format === "g" && precisionIn === 0 ? 1 : precisionIn;
  let e = 0;
  let point = 0; // digits before the decimal point, less one
  let expSign = "";
  let count = 0;
  const out: string[] = [];

  if (f === 0) {
    if (fmt === "f") {
      precision = Math.min(precision, left - 2);
      count = precision + 1;
    } else {
      precision = Math.min(precision, left - 6);
      if (fmt === "e") expSign = "+";
    }
  } else if (f < 1) {
    let first = f >= ROUND_TO_ONE ? "1" : "0";
    STEPS.forEach((step, i) => {
      if (DOWN[i]! > f) {
        e += step;
        f = fround(f * UP[i]!);
      }
    });
    let mantissaSign = "-";
    if (f < 1 && f >= ROUND_TO_ONE) {
      f = 1;
      if (e === 0) mantissaSign = "+";
    } else if (f < 1) {
      e++;
      f = fround(f * TEN);
    }
    if (fmt === "f" || (fmt === "g" && e <= 4)) {
      fmt = "f";
      point = -1;
      out.push(first);
      if (format === "g") precision += e - 1;
      precision = Math.min(precision, left - 2);
      count = precision;
      if (count > 0) {
        out.push(".");
        while (--e > 0 && count > 0) {
          out.push("0");
          count--;
        }
      }
    } else {
      expSign = mantissaSign;
      if (precision > left - LEAST) precision = left - LEAST + (fmt === "g" ? 1 : 0);
    }
    first = "";
  } else {
    STEPS.forEach((step, i) => {
      if (UP[i]! <= f) {
        e += step;
        f = fround(f * DOWN[i]!);
      }
    });
    if (isOldest ? f >= TEN : Math.trunc(f) >= TEN) {
      e++;
      f = fround(f * TENTH);
    }
    if (fmt === "f") {
      if (e >= left) fmt = "e";
      else if (e + precision + 2 > left) {
        precision = left - e - 2;
        if (precision < 0) precision++;
      }
    }
    if (fmt === "e") precision = Math.min(precision, left - LEAST);
    if (fmt === "g") precision = Math.min(precision, left - (LEAST - 1));
    if (fmt === "g" && e < precision) {
      fmt = "f";
      precision -= e + 1;
    }
    if (fmt === "f") {
      point = e;
      count = precision + e + 1;
    } else expSign = "+";
  }
  precision = Math.max(precision, 0);
  if (fmt === "e") count = precision + 1;
  else if (fmt === "g") {
    precision = Math.max(precision, 1);
    count = precision;
  }
  const digits = count;
  for (let i = 0; i < count; i++, point--) {
    const digit = Math.trunc(f);
    out.push(String(Math.max(0, digit)));
    if (point === 0 && precision > 0) out.push(".");
    f = fround(fround(f - digit) * TEN);
  }
  if ((format !== "f" || e <= (isOldest ? 1 : digits)) && f >= 5) [e, expSign] = roundUp(out, fmt, e, expSign);
  let text = out.join("");
  if (format === "g" && precision > 0) text = text.replace(/0+$/, "").replace(/\.$/, "");
  return mark + text + (expSign === "" ? "" : `e${expSign}${String(e).padStart(2, "0")}`);
}

// Adds one to the last digit; a carry out of the first makes the number one digit longer, or its exponent one more.
function roundUp(out: string[], fmt: string, eIn: number, signIn: string): [number, string] {
  let at = out.length - 1;
  for (; at >= 0; at--) {
    const c = out[at]!;
    if (c === ".") continue;
    if (c !== "9") {
      out[at] = String(Number(c) + 1);
      return [eIn, signIn];
    }
    out[at] = "0";
  }
  let e = eIn;
  let sign = signIn;
  if (out[1] === "." && fmt !== "f") {
    if (sign === "-") {
      e--;
      if (e === 0) sign = "+";
    } else e++;
  } else if (fmt !== "f") {
    e += sign === "-" ? -1 : 1;
    out.pop();
  }
  if (out[1] === "." && fmt !== "f") {
    out[0] = "1";
  } else out.unshift("1");
  return [e, sign];
}
