// int, bool, float and complex: constructors, parsing and methods (py/objint.c, py/objfloat.c, py/objcomplex.c, py/parsenum.c).
import { hasCpythonCompat, isCore } from "./features.ts";
import * as bc0 from "../bytecode/bc0.ts";
import { call } from "../vm/call.ts";
import { isTrue } from "../vm/operator.ts";
import { quoteBytes } from "../vm/print.ts";
import { floatHash, truncateHash } from "./hash.ts";
import { asComplex, asFloat, asInt, int, intBitLength, intFromFloat, type Int } from "./number.ts";
import { bufferOf, decodeUtf8, encodeUtf8, fromLatin1, latin1, PyBytes } from "./objbytes.ts";
import { PyComplex } from "./objcomplex.ts";
import { checkArgs, funVar } from "./objfun.ts";
import { floatOfText, PyFloat } from "./objfloat.ts";
import { raiseMsg, raiseTypeError, raiseValueError, typeOverflowError } from "./objexcept.ts";
import { checkAllocation } from "./heap.ts";
import { mp } from "./mpstate.ts";
import {
  andThen,
  nativeOf,
  PyInstance,
  run,
  typeBool,
  typeComplex,
  typeFloat,
  typeInt,
  typeOf,
  type Gen,
  type Obj,
  type Step,
} from "./obj.ts";
import { PyClassmethod } from "./objtype.ts";

typeBool.makeNew = (type, args, kw) => {
  checkArgs(args.length, kw, 0, 1);
  return args.length === 0 ? false : isTrue(args[0]!);
};

// ---- int

function textArg(o: Obj, asBytes = false): string | undefined {
  if (typeof o === "string") return o;
  if (typeof o !== "object" || o === null || o instanceof PyInstance) return undefined;
  const buffer = bufferOf(o);
  return buffer === undefined ? undefined : asBytes ? latin1(buffer) : decodeUtf8(buffer);
}

/** int(text, base): base 0 goes by the prefix. `isBytes`: a character a byte. Raises ValueError. */
export function parseInteger(text: string, baseIn: number, isBytes = false): Int {
  if (baseIn !== 0 && (baseIn < 2 || baseIn > 36)) raiseValueError("int() arg 2 must be >= 2 and <= 36");
  const [, mark, rest] = /^[ \t\n\r\v\f]*([+-]?)(.*)$/s.exec(text)!;
  let base = baseIn;
  let shown = rest!;
  const letter = /^0[xob]/i.test(shown) ? shown[1]!.toLowerCase() : "";
  const prefixBase = letter === "x" ? 16 : letter === "o" ? 8 : letter === "b" ? 2 : 0;
  if (prefixBase !== 0 && (base === 0 || base === prefixBase)) {
    base = prefixBase;
    shown = shown.slice(2);
    // Only zeros may begin with 0.
  } else if (base === 0) base = /^0./s.test(shown) ? 1 : 10;
  const fail = (): never => {
    const detail = mp.config.errorDetail === "detailed" ? `: ${quoteBytes(isBytes ? fromLatin1(shown) : encodeUtf8(shown))}` : "";
    raiseValueError(`invalid syntax for integer with base ${base === 1 ? 0 : base}${detail}`);
  };
  let body = shown.replace(/[ \t\n\r\v\f]+$/, "");
  if (mp.config.numericUnderscore) body = body.replace(/_/g, "");
  if (body === "") fail();
  for (const c of body) if (!(Number.parseInt(c, 36) < base) || c.charCodeAt(0) > 127) fail();
  const sign = mark === "-" ? -1 : 1;
  if (base === 1) return 0; // nothing but zeros
  if (body.length <= SHORT) return Number.parseInt(body, base) * sign + 0;
  checkAllocation(body.length >> 1);
  return int(digitsValue(body, base) * BigInt(sign));
}

/** So many digits of any base are a number that is exact. */
const SHORT = 10;

/** The value of digits, halves first: digit by digit would take time that goes with the square of their number. */
function digitsValue(digits: string, base: number): bigint {
  if (base === 10) return BigInt(digits);
  if (digits.length <= SHORT) return BigInt(Number.parseInt(digits, base));
  const low = digits.length >> 1;
  return digitsValue(digits.slice(0, -low), base) * BigInt(base) ** BigInt(low) + digitsValue(digits.slice(-low), base);
}

typeInt.makeNew = (type, args, kw) => {
  checkArgs(args.length, kw, 0, 2);
  if (args.length === 0) return 0;
  const arg = args[0]!;
  if (args.length === 2) {
    const text = textArg(nativeOf(arg), true);
    if (text === undefined) raiseTypeError(`can't convert '${typeOf(arg).name}' object to str implicitly`);
    return parseInteger(text, Number(asInt(args[1]!) ?? 10), typeof nativeOf(arg) !== "string");
  }
  const i = asInt(arg);
  if (i !== undefined) return i;
  if (arg instanceof PyFloat) return intFromFloat(arg.v);
  const convert = hasCpythonCompat() ? typeOf(arg).find("$__int__") : undefined;
  if (convert !== undefined) {
    return (function* (): Gen {
      const value = yield* run(call(convert, [arg], null));
      if (asInt(value) === undefined) raiseTypeError(`can't convert ${typeOf(value).name} to int`);
      return value;
    })();
  }
  const text = textArg(arg, true);
  if (text !== undefined) return parseInteger(text, 10, typeof arg !== "string");
  if (arg instanceof PyInstance && arg.subobj !== undefined) return typeInt.makeNew!(typeInt, [arg.subobj], null);
  raiseTypeError(`can't convert ${typeOf(arg).name} to int`);
};

function order(o: Obj | undefined): string {
  if (o === undefined) return "big";
  if (o !== "little" && o !== "big") raiseValueError("argument num/types mismatch");
  return o;
}

typeInt.proto.$from_bytes = new PyClassmethod(
  funVar("from_bytes", ([, ...args], kw) => {
    const source = args[0];
    const bytes = source === undefined || source === null ? undefined : bufferOf(source);
    if (bytes === undefined) raiseTypeError("object with buffer protocol required");
    const little = order(args[1] ?? kw?.get("byteorder")) === "little";
    let value = 0n;
    const isSigned = (args[2] ?? kw?.get("signed")) === true;
    for (let i = 0; i < bytes.length; i++) value = (value << 8n) | BigInt(bytes[little ? bytes.length - 1 - i : i]!);
    return int(isSigned ? BigInt.asIntN(bytes.length * 8, value) : value);
  }),
);
typeInt.proto.$to_bytes = funVar("to_bytes", (args, kw) => {
  const self = asInt(args[0]!)!;
  const n = Number(asInt(args[1] ?? kw?.get("length") ?? 1) ?? 0);
  const little = order(args[2] ?? kw?.get("byteorder")) === "little";
  const isSigned = (args[3] ?? kw?.get("signed")) === true;
  if (n < 0) raiseValueError("");
  const bits = intBitLength(self);
  if (
    (self < 0 && !isSigned && mp.config.release === "1.28") ||
    (self >= 0
      ? bits + (isSigned ? 1 : 0) > n * 8 && self !== 0
      : BigInt.asIntN(n * 8, BigInt(self)) !== BigInt(self) && isSigned)
  ) {
    raiseMsg(typeOverflowError, "buffer too small");
  }
  let value = BigInt.asUintN(n * 8, BigInt(self));
  const bytes = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    bytes[little ? i : n - 1 - i] = Number(value & 0xffn);
    value >>= 8n;
  }
  return new PyBytes(bytes);
});

// ---- float

// A number as mp_parse_num_float reads it, in pieces: space, sign, size, j, space. No digit is asked for, but something has to be
// there, and something has to follow an e.
const SPACE = String.raw`[ \t\n\r\v\f]*`;
const SIZE = String.raw`inf(?:inity)?|nan|[\d_]*(?:\.[\d_]*)?(?:e[+-]?(?!$)[\d_]*)?`;
const REAL = new RegExp(`^${SPACE}([+-]?)(${SIZE})${SPACE}$`, "i");
const PART = new RegExp(`^${SPACE}([+-]?)(${SIZE})(j?)${SPACE}`, "i");

function floatOfSize(sizeIn: string): number {
  const size = sizeIn.toLowerCase();
  if (size === "nan") return NaN;
  if (size.startsWith("inf")) return Infinity;
  if (size.includes("_") && !mp.config.numericUnderscore) raiseValueError("invalid syntax for number");
  const [mantissa, exponent] = size.replaceAll("_", "").split("e") as [string, string | undefined];
  return /\d/.test(mantissa) ? floatOfText(`${mantissa}e${/\d/.test(exponent ?? "") ? exponent : 0}`) : 0;
}

/** float(text). Raises ValueError. */
export function parseFloating(text: string): number {
  const [, sign, size] = REAL.exec(text) ?? [];
  if (size === undefined || size === "") raiseValueError("invalid syntax for number");
  return sign === "-" ? -floatOfSize(size) : floatOfSize(size);
}

typeFloat.makeNew = (type, args, kw) => {
  checkArgs(args.length, kw, 0, 1);
  if (args.length === 0) return PyFloat.of(0);
  const arg = args[0]!;
  if (arg instanceof PyFloat) return arg;
  const f = asFloat(arg);
  if (f !== undefined) return PyFloat.of(f);
  const text = textArg(arg);
  if (text !== undefined) return PyFloat.of(parseFloating(text));
  if (arg instanceof PyInstance) {
    const convert = isCore() ? undefined : arg.type.find("$__float__");
    if (convert !== undefined) {
      return (function* (): Gen {
        const value = yield* run(call(convert, [arg], null));
        if (!(value instanceof PyFloat)) raiseTypeError(`can't convert ${typeOf(value).name} to float`);
        return value;
      })();
    }
    if (arg.subobj !== undefined) return typeFloat.makeNew!(typeFloat, [arg.subobj], null);
  }
  raiseTypeError(`can't convert ${typeOf(arg).name} to float`);
};

// ---- complex

typeComplex.makeNew = (type, args, kw): Step => {
  checkArgs(args.length, kw, 0, 2);
  if (args.length === 0) return new PyComplex(0, 0);
  const part = (o: Obj): PyComplex => asComplex(o) ?? raiseTypeError(`can't convert ${typeOf(o).name} to complex`);
  if (args.length === 1) {
    const arg = args[0]!;
    const text = textArg(arg);
    if (text !== undefined) return parseComplex(text);
    if (arg instanceof PyInstance) {
      const convert = arg.type.find("$__complex__");
      if (convert !== undefined) return complexOf(call(convert, [arg], null));
      const real = arg.type.find("$__float__");
      if (real !== undefined) return andThen(call(real, [arg], null), part);
    }
    return part(arg);
  }
  const re = part(args[0]!);
  const im = part(args[1]!);
  return new PyComplex(re.re - im.im, re.im + im.re);
};

// What __complex__ gives has to be a complex.
function complexOf(step: Step): Step {
  return andThen(step, (value) =>
    value instanceof PyComplex ? value : raiseTypeError(`can't convert ${typeOf(value).name} to complex`),
  );
}

// A real part, then, with or without a sign or a space between, an imaginary one.
function parseComplex(text: string): PyComplex {
  let rest = text;
  let re = 0;
  for (let isFirst = true; ; isFirst = false) {
    const [all, sign, size, imag] = PART.exec(rest)!;
    rest = rest.slice(all.length);
    if (size === "" && imag === "") break;
    const value = (sign === "-" ? -1 : 1) * (size === "" ? 1 : floatOfSize(size!));
    if (rest === "" && imag !== "") return new PyComplex(re, value);
    if (rest === "" && isFirst) return new PyComplex(value, 0);
    if (imag !== "" || !isFirst) break;
    re = value;
  }
  raiseValueError("invalid syntax for number");
}

typeComplex.attr = (self: PyComplex, name) =>
  name === "real" ? PyFloat.of(self.re) : name === "imag" ? PyFloat.of(self.im) : undefined;
typeComplex.binaryOp = (op, self: PyComplex, other) => {
  if (op === bc0.BINARY_EQUAL) {
    const o = asComplex(other);
    return o !== undefined && o.re === self.re && o.im === self.im;
  }
  if (op === bc0.BINARY_FLOOR_DIVIDE) raiseTypeError("can't truncate-divide a complex number");
  return undefined;
};
typeComplex.hash = (self: PyComplex) => truncateHash(BigInt(floatHash(self.re)) ^ BigInt(floatHash(self.im)));
