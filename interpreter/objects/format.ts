// Formatting text: str.format() with its mini-language, and the % operator (py/objstr.c, py/mpprint.c).
import { allocate } from "./heap.ts";
import { asInt, intFromFloat, type Int } from "./number.ts";
import { bufferOf, decodeUtf8, encodeUtf8, isUtf8, latin1, PyBytes } from "./objbytes.ts";
import { PyDict } from "./objdict.ts";
import {
  raiseMsg,
  raiseTypeError,
  raiseValueError,
  typeIndexError,
  typeKeyError,
  PyExc,
  typeNotImplementedError,
  typeOverflowError,
  typeUnicodeError,
} from "./objexcept.ts";
import { formatFloat, PyFloat } from "./objfloat.ts";
import { PyComplex } from "./objcomplex.ts";
import { asFloat } from "./number.ts";
import { PyTuple } from "./objtuple.ts";
import { mp } from "./mpstate.ts";
import { PyInstance, run, typeOf, type Gen, type Kw, type Obj } from "./obj.ts";
import { call } from "../vm/call.ts";
import { strLength } from "../vm/operator.ts";
import { reprOf, strOf } from "../vm/print.ts";
import { checkName } from "../vm/qstr.ts";

/** A format specification: [[fill]align][sign][#][0][width][,][.precision][type] */
interface Spec {
  readonly fill: string;
  readonly align: string;
  readonly sign: string;
  readonly alternate: boolean;
  readonly zero: boolean;
  readonly width: number;
  readonly grouping: string;
  readonly precision: number;
  readonly type: string;
}

const DIGIT = /\d/;

function parseSpec(text: string, isText: boolean): Spec {
  const chars = [...text];
  let i = 0;
  let fill = "";
  let align = "";
  if (chars.length > 1 && "<>=^".includes(chars[1]!)) {
    fill = chars[0]!;
    align = chars[1]!;
    i = 2;
  } else if (chars.length > 0 && "<>=^".includes(chars[0]!)) align = chars[i++]!;
  let sign = "";
  if (i < chars.length && "+- ".includes(chars[i]!)) sign = chars[i++]!;
  let alternate = false;
  if (chars[i] === "#") {
    alternate = true;
    i++;
  }
  let zero = false;
  if (chars[i] === "0") {
    zero = true;
    // Text takes the zeros where its own alignment puts them; only a number keeps its sign before them.
    if (align === "" && !isText) align = "=";
    if (fill === "") fill = "0";
    i++;
  }
  const number = (): number => {
    let v = -1;
    while (i < chars.length && DIGIT.test(chars[i]!)) v = (v < 0 ? 0 : v) * 10 + Number(chars[i++]!);
    return v;
  };
  const width = number();
  let grouping = "";
  if (chars[i] === "," || (chars[i] === "_" && mp.config.release === "1.28")) grouping = chars[i++]!;
  let precision = -1;
  if (chars[i] === ".") {
    i++;
    precision = number();
  }
  let type = "";
  if (i < chars.length && "bcdeEfFgGnosxX%".includes(chars[i]!)) type = chars[i++]!;
  if (i < chars.length) raiseValueError("invalid format specifier");
  return { fill, align, sign, alternate, zero, width, grouping, precision, type };
}

/** Text in a field, as mp_print_strn puts it there. `by`: what groups digits, and so the zeros of the padding too. */
function pad(text: string, width: number, align: string, fill: string, isBytes = false, by = ""): string {
  // Widths count bytes.
  let missing = width - (!isBytes && /[^\x00-\x7f]/.test(text) ? encodeUtf8(text).length : text.length);
  let padding = fill === "" ? " " : fill;
  if (padding === "0" && by !== "" && mp.config.release === "1.28") {
    const size = by === "," ? 4 : 5;
    const zeros = "0".repeat(size - 1);
    const isSeparatorFirst = width % size === 0;
    if (isSeparatorFirst) missing++;
    padding = (zeros + by + zeros).slice(isSeparatorFirst ? size - 2 : size - 1 - (width % size)).slice(0, size);
  }
  if (missing <= 0) return text;
  if (missing > 1 << 26) raiseMsg(typeNotImplementedError, "field too wide");
  const spread = (n: number): string => padding.repeat(Math.ceil(n / padding.length)).slice(0, n);
  switch (align) {
    case ">":
      return spread(missing) + text;
    case "^":
      return spread(missing >> 1) + text + spread(missing - (missing >> 1));
    default:
      return text + spread(missing);
  }
}

/** The characters that fit into so many bytes. DIFFERS: MicroPython cuts a character in two. */
function firstBytes(text: string, n: number): string {
  if (!/[^\x00-\x7f]/.test(text)) return text.slice(0, n);
  let out = "";
  for (const c of text) {
    n -= encodeUtf8(c).length;
    if (n < 0) break;
    out += c;
  }
  return out;
}

/** Sign (and prefix), then the padding, then the digits: what "=" alignment does. */
function padNumber(sign: string, digits: string, width: number, align: string, fill: string, by = ""): string {
  if (align === "=") return sign + pad(digits, width - sign.length, ">", fill, false, by);
  return pad(sign + digits, width, align === "" ? ">" : align, fill, false, by);
}

const bases: Readonly<Record<string, readonly [base: number, prefix: string]>> = {
  b: [2, "0b"],
  o: [8, "0o"],
  x: [16, "0x"],
  X: [16, "0X"],
  d: [10, ""],
};

export function intToText(v: Int, base: number): string {
  return v.toString(base);
}

function groupDigits(digits: string, by: string, every: number): string {
  if (by === "") return digits;
  let out = "";
  for (let i = 0; i < digits.length; i++) {
    if (i > 0 && (digits.length - i) % every === 0) out += by;
    out += digits[i]!;
  }
  return out;
}

function formatInt(v: Int, spec: Spec): string {
  const type = spec.type === "" || spec.type === "n" ? "d" : spec.type;
  const [base, prefix] = bases[type]!;
  const negative = v < 0;
  let digits = (negative ? -v : v).toString(base);
  if (type === "X") digits = digits.toUpperCase();
  const every = base === 10 ? 3 : 4;
  digits = groupDigits(digits, spec.grouping, every);
  const sign = negative ? "-" : spec.sign === "+" || spec.sign === " " ? spec.sign : "";
  const head = sign + (spec.alternate ? prefix : "");
  return padNumber(head, digits, spec.width, spec.align, spec.fill, spec.grouping);
}

function formatNumber(v: number, spec: Spec): string {
  let type = spec.type;
  let precision = spec.precision;
  let suffix = "";
  if (type === "%") {
    v *= 100;
    type = "f";
    suffix = "%";
    if (precision < 0) precision = mp.config.release === "1.9.2" ? 0 : 6;
    if (spec.precision < 0 && mp.config.release === "1.9.2") precision = 6;
  }
  if (type === "" || type === "n") type = "g";
  if (precision < 0) precision = 6;
  const text = formatFloat(v, type, precision, spec.sign === "-" ? "" : spec.sign);
  const hasSign = /^[-+ ]/.test(text);
  const sign = hasSign ? text[0]! : "";
  const digits = hasSign ? text.slice(1) : text;
  // A float's own digits are not grouped, only the zeros before them.
  return padNumber(sign, digits + suffix, spec.width, spec.align, spec.fill, spec.grouping);
}

/** One value by a specification already expanded: what format() and {} fields do with it. */
export function* formatValue(arg: Obj, specText: string): Gen<string> {
  if (specText === "") return yield* run(strOf(arg));
  const i = asInt(arg);
  const isNumber = i !== undefined || arg instanceof PyFloat;
  const spec = parseSpec(specText, !isNumber && mp.config.release === "1.28");
  const { type } = spec;
  const isSigned = spec.sign === "+" || spec.sign === " ";
  if (isSigned && type === "s") raiseValueError("sign not allowed in string format specifier");
  if (isSigned && type === "c") raiseValueError("sign not allowed with integer format specifier 'c'");
  if (i !== undefined) {
    if (type === "" || "bdoxXn".includes(type)) return formatInt(i, spec);
    if (type === "c" && (i < 0 || i > 0x10ffff)) raiseMsg(typeOverflowError, "char not in range(0x110000)");
    if (type === "c")
      return pad(
        String.fromCodePoint(Number(i)),
        spec.width,
        spec.align === "" || spec.align === "=" ? ">" : spec.align,
        spec.fill,
      );
    if ("eEfFgG%".includes(type)) return formatNumber(Number(i), spec);
    unknownFormat(type, arg);
  }
  if (arg instanceof PyFloat) {
    if (type === "" || "eEfFgGn%".includes(type)) {
      return formatNumber(arg.v, spec);
    }
    unknownFormat(type, arg);
  }
  // Everything else is text.
  if (spec.align === "=") raiseValueError("'=' alignment not allowed in string format specifier");
  if (type !== "" && type !== "s") unknownFormat(type, arg);
  let text = typeof arg === "string" ? arg : textOfBytes(arg);
  if (spec.precision >= 0) text = firstBytes(text, spec.precision);
  return pad(text, spec.width, spec.align, spec.fill, false, spec.grouping);
}

function textOfBytes(arg: Obj): string {
  if (!(arg instanceof PyBytes)) raiseTypeError(`can't convert '${typeOf(arg).name}' object to str implicitly`);
  // DIFFERS: MicroPython makes a str of them all the same, and raises where that is used.
  if (!isUtf8(arg.v)) raiseMsg(typeUnicodeError, "");
  return decodeUtf8(arg.v);
}

function unknownFormat(type: string, arg: Obj): never {
  raiseValueError(`unknown format code '${type}' for object of type '${typeOf(arg).name}'`);
}

interface FormatState {
  next: number;
  readonly args: readonly Obj[];
  readonly kw: Kw | null;
}

/** str.format(*args, **kw). */
export function* formatString(template: string, args: readonly Obj[], kw: Kw | null): Gen<string> {
  allocate(2);
  return yield* formatParts(template, { next: 0, args, kw }, 0);
}

function* formatParts(template: string, state: FormatState, level: number): Gen<string> {
  let out = "";
  for (let i = 0; i < template.length; i++) {
    const c = template[i]!;
    if (c === "}") {
      if (template[i + 1] !== "}") raiseValueError("single '}' encountered in format string");
      out += "}";
      i++;
      continue;
    }
    if (c !== "{") {
      out += c;
      continue;
    }
    if (template[i + 1] === "{") {
      out += "{";
      i++;
      continue;
    }
    i++;
    // field name, !conversion, :specification (which may have fields of its own)
    let name = "";
    while (i < template.length && !"}!:".includes(template[i]!)) {
      if (template[i] === "[") while (i < template.length && template[i] !== "]") name += template[i++]!;
      if (i < template.length) name += template[i++]!;
    }
    let conversion = "";
    if (template[i] === "!") {
      i++;
      conversion = template[i++] ?? "";
      if (conversion !== "r" && conversion !== "s") {
        if (conversion === "}" || conversion === "") raiseValueError("end of format while looking for conversion specifier");
        raiseValueError(`unknown conversion specifier ${conversion}`);
      }
      if (template[i] !== "}" && template[i] !== ":") raiseValueError("expected ':' after format specifier");
    }
    let spec = "";
    if (template[i] === ":") {
      i++;
      let nesting = 0;
      while (i < template.length && (template[i] !== "}" || nesting > 0)) {
        if (template[i] === "{") nesting++;
        else if (template[i] === "}") nesting--;
        spec += template[i++]!;
      }
    }
    if (i >= template.length) raiseValueError("unmatched '{' in format");
    const value = yield* fieldValue(name, state);
    if (spec.includes("{")) {
      if (level > 0) raiseValueError("unmatched '{' in format");
      spec = yield* formatParts(spec, state, level + 1);
    }
    let arg = value;
    if (conversion === "r") arg = yield* run(reprOf(value));
    else if (conversion === "s") arg = yield* run(strOf(value));
    out += yield* formatValue(arg, spec);
  }
  return out;
}

function* fieldValue(name: string, state: FormatState): Gen {
  const match = /^([^.[]*)(.*)$/s.exec(name)!;
  const head = match[1]!;
  let value: Obj | undefined;
  if (head === "") {
    if (state.next < 0) raiseValueError("can't switch from manual field specification to automatic field numbering");
    value = state.args[state.next++];
    if (value === undefined) raiseMsg(typeIndexError, "tuple index out of range");
  } else if (DIGIT.test(head[0]!)) {
    if (state.next > 0) raiseValueError("can't switch from automatic field numbering to manual field specification");
    state.next = -1;
    value = state.args[Number(head)];
    if (value === undefined) raiseMsg(typeIndexError, "tuple index out of range");
  } else {
    checkName(head);
    value = state.kw?.get(head);
    if (value === undefined) throw new PyExc(typeKeyError, [head]);
  }
  if (match[2] !== "")
    raiseMsg(typeNotImplementedError, mp.config.release === "1.28" ? "attributes not supported" : "attributes not supported yet");
  return value;
}

/** What __int__ of a program's class gives. */
function* intOf(arg: Obj): Gen<Int> {
  const method = arg instanceof PyInstance ? arg.type.lookup("__int__") : undefined;
  const value = method === undefined ? undefined : asInt(yield* run(call(method, [arg], null)));
  return value ?? raiseTypeError(`can't convert ${typeOf(arg).name} to int`);
}

function* floatOf(arg: Obj): Gen<number> {
  const method = arg instanceof PyInstance ? arg.type.lookup("__float__") : undefined;
  const value = method === undefined ? undefined : yield* run(call(method, [arg], null));
  return value instanceof PyFloat ? value.v : raiseTypeError(`can't convert ${typeOf(arg).name} to float`);
}

/** template % args. `isBytes`: for bytes, whose text is one character a byte. */
export function* percentFormat(template: string, args: Obj, isBytes: boolean): Gen<string> {
  allocate(2);
  const dict = args instanceof PyDict ? args : null;
  const items: readonly Obj[] = args instanceof PyTuple ? args.items : [args];
  let at = 0;
  const nextArg = (): Obj => {
    if (at >= items.length) raiseTypeError("format string needs more arguments");
    return items[at++]!;
  };
  let out = "";
  for (let i = 0; i < template.length; i++) {
    if (template[i] !== "%") {
      out += template[i]!;
      continue;
    }
    i++;
    if (i >= template.length) raiseValueError("incomplete format");
    if (template[i] === "%") {
      out += "%";
      continue;
    }
    let value: Obj | undefined;
    if (template[i] === "(") {
      if (dict === null) raiseTypeError("format needs a dict");
      const end = template.indexOf(")", i);
      if (end < 0) raiseValueError("incomplete format key");
      const key = template.slice(i + 1, end);
      checkName(key);
      value = dict.getStr(key);
      if (value === undefined) throw new PyExc(typeKeyError, [key]);
      i = end + 1;
      // Once asked for by name, the dict is no positional argument any more.
      at = 1;
    }
    let flags = "";
    while (i < template.length && "-+ #0".includes(template[i]!)) flags += template[i++]!;
    const number = (): number => {
      if (template[i] === "*") {
        i++;
        const n = nextArg();
        return Number(asInt(n) ?? raiseTypeError(`can't convert ${typeOf(n).name} to int`));
      }
      let v = 0;
      while (i < template.length && DIGIT.test(template[i]!)) v = v * 10 + Number(template[i++]!);
      return v;
    };
    let width = i < template.length && (DIGIT.test(template[i]!) || template[i] === "*") ? number() : 0;
    let precision = -1;
    if (template[i] === ".") {
      i++;
      precision = number();
    }
    if (i >= template.length) raiseValueError("incomplete format");
    let align = flags.includes("-") ? "<" : ">";
    if (width < 0) {
      width = -width;
      align = "<";
    }
    const zero = flags.includes("0") && align === ">";
    const sign = flags.includes("+") ? "+" : flags.includes(" ") ? " " : "";
    const type = template[i]!;
    const arg = value ?? nextArg();
    switch (type) {
      case "c": {
        let text: string;
        if (typeof arg === "string") {
          if (strLength(arg) !== 1) raiseTypeError("%c needs int or char");
          text = arg;
        } else {
          const c = asInt(arg);
          if (c === undefined) raiseTypeError("integer needed");
          if (!isBytes && (c < 0 || c > 0x10ffff)) raiseMsg(typeOverflowError, "char not in range(0x110000)");
          text = isBytes ? String.fromCharCode(Number(c) & 0xff) : String.fromCodePoint(Number(c));
        }
        out += pad(text, width, align, " ", isBytes);
        break;
      }
      case "d":
      case "i":
      case "u":
      case "o":
      case "x":
      case "X": {
        let v: Int | undefined = asInt(arg);
        if (v === undefined && arg instanceof PyFloat && "diu".includes(type)) v = intFromFloat(arg.v);
        if (v === undefined) v = yield* intOf(arg);
        const [base, prefix] = bases["diu".includes(type) ? "d" : type]!;
        let digits = (v < 0 ? -v : v).toString(base);
        if (type === "X") digits = digits.toUpperCase();
        if (precision > digits.length) digits = digits.padStart(precision, "0");
        out += padNumber(
          (v < 0 ? "-" : sign) + (flags.includes("#") ? prefix : ""),
          digits,
          width,
          zero ? "=" : align,
          zero ? "0" : " ",
        );
        break;
      }
      case "e":
      case "E":
      case "f":
      case "F":
      case "g":
      case "G": {
        let f = arg instanceof PyComplex ? undefined : asFloat(arg);
        if (f === undefined) f = yield* floatOf(arg);
        const text = formatFloat(f, type, precision < 0 ? 6 : precision, sign);
        const hasSign = /^[-+ ]/.test(text);
        out += padNumber(hasSign ? text[0]! : "", hasSign ? text.slice(1) : text, width, zero ? "=" : align, zero ? "0" : " ");
        break;
      }
      case "r":
      case "s": {
        let text: string;
        if (type === "s" && isBytes) {
          const bytes = bufferOf(arg);
          text = bytes === undefined ? latin1(encodeUtf8(yield* run(strOf(arg)))) : latin1(bytes);
        } else text = type === "s" ? yield* run(strOf(arg)) : yield* run(reprOf(arg));
        if (isBytes && type !== "s") text = latin1(encodeUtf8(text));
        if (precision >= 0) text = isBytes ? text.slice(0, precision) : firstBytes(text, precision);
        out += pad(text, width, align, " ", isBytes);
        break;
      }
      default:
        raiseValueError(`unsupported format character '${type}' (0x${type.charCodeAt(0).toString(16)}) at index ${i}`);
    }
  }
  if (dict === null && at < items.length) raiseTypeError("format string didn't convert all arguments");
  return out;
}
