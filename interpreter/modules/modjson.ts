// json (extmod/modjson.c).
import { checkAllocation } from "../objects/heap.ts";
import { encodeUtf8, decodeUtf8, PyBytes } from "../objects/objbytes.ts";
import { PyDict } from "../objects/objdict.ts";
import { fun, funVar, parseArgs, type Param } from "../objects/objfun.ts";
import { PyFloat } from "../objects/objfloat.ts";
import { PyList } from "../objects/objlist.ts";
import { PyTuple } from "../objects/objtuple.ts";
import { raiseTypeError, raiseValueError } from "../objects/objexcept.ts";
import { parseFloating, parseInteger } from "../objects/numbermethods.ts";
import { nativeOf, PyInstance, pythonMethod, run, typeOf, typeTuple, type Gen, type Kw, type Obj } from "../objects/obj.ts";
import { dictStore } from "../vm/hashing.ts";
import { printOf } from "../vm/print.ts";
import { raiseRecursion } from "../vm/stackctrl.ts";
import { readBuffer, strData } from "./buffer.ts";
import { checkStream, streamRead, streamWrite } from "./stream.ts";
import { register } from "./registry.ts";

/** Nested containers are written this deep; one that holds itself ends here with RuntimeError, as on a board. */
const MAX_DEPTH = 150;

interface Separators {
  readonly item: string;
  readonly key: string;
}

function* toJson(o: Obj, by: Separators, depth = 0): Gen<string> {
  if (depth > MAX_DEPTH) raiseRecursion();
  if (typeof o === "string") return quoteJson(o);
  if (o instanceof PyBytes) return quoteJson(decodeUtf8(o.v));
  if (o instanceof PyList || (o instanceof PyTuple && o.type === typeTuple && o.fields === null)) {
    const parts: string[] = [];
    for (const part of o.items) {
      parts.push(yield* toJson(part, by, depth + 1));
      if (parts.length % 256 === 0) yield { wait: "tick" };
    }
    return `[${parts.join(by.item)}]`;
  }
  if (o instanceof PyDict) {
    const parts: string[] = [];
    for (const { key, value } of o.entries()) {
      const name = yield* toJson(key, by, depth + 1);
      const isText = typeof key === "string" || key instanceof PyBytes;
      parts.push((isText ? name : `"${name}"`) + by.key + (yield* toJson(value!, by, depth + 1)));
      if (parts.length % 256 === 0) yield { wait: "tick" };
    }
    return `{${parts.join(by.item)}}`;
  }
  // An instance of class L(list) is written as its list.
  if (o instanceof PyInstance && o.subobj !== undefined && pythonMethod(o.type, "$__repr__") === undefined)
    return yield* toJson(o.subobj, by, depth + 1);
  return yield* run(printOf(o, "json"));
}

function quoteJson(text: string): string {
  let out = '"';
  for (const c of text) {
    if (c === '"' || c === "\\") out += `\\${c}`;
    else if (c === "\n") out += "\\n";
    else if (c === "\r") out += "\\r";
    else if (c === "\t") out += "\\t";
    else if (c < " ") out += `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`;
    else out += c;
  }
  return `${out}"`;
}

function separators(given: Obj): Separators {
  if (given === null) return { item: ", ", key: ": " };
  const pair = nativeOf(given);
  if (!(pair instanceof PyTuple || pair instanceof PyList))
    raiseTypeError(`object '${typeOf(given).name}' isn't a tuple or list`);
  if (pair.items.length !== 2) raiseValueError(`requested length 2 but object has length ${pair.items.length}`);
  const text = (o: Obj): string => decodeUtf8(strData(o));
  return { item: text(pair.items[0]!), key: text(pair.items[1]!) };
}

function fail(): never {
  raiseValueError("syntax error in JSON");
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
const isSpace = (byte: number): boolean => byte === 0x20 || (byte >= 9 && byte <= 13);
const constants: readonly (readonly [string, Obj])[] = [
  ["null", null],
  ["false", false],
  ["true", true],
];
const escapes: Readonly<Record<string, number>> = { b: 8, f: 12, n: 10, r: 13, t: 9 };

/** The text of a string literal whose opening quote is at `from`, and where it ends. A NUL is the end of the text. */
function stringAt(bytes: Uint8Array, from: number): { text: string; end: number } {
  const out: number[] = [];
  let i = from + 1;
  for (;;) {
    const c = bytes[i++] ?? 0;
    if (c === 0) fail();
    if (c === QUOTE) return { text: decodeUtf8(Uint8Array.from(out)), end: i };
    if (c !== BACKSLASH) {
      out.push(c);
      continue;
    }
    const e = bytes[i++] ?? 0;
    if (e !== 0x75) {
      if (e === 0) fail();
      out.push(escapes[String.fromCharCode(e)] ?? e);
      continue;
    }
    // Four digits, whatever they are: letters count from "a", in either case.
    let code = 0;
    for (let k = 0; k < 4; k++) {
      let digit = (((bytes[i++] ?? 0) | 0x20) - 0x30) & 0xff;
      if (digit > 9) digit = (digit - 39) & 0xff;
      code = (code << 4) | digit;
    }
    // What is no hexadecimal digit may take the code beyond Unicode.
    if (code < 0x10000) out.push(...encodeUtf8(String.fromCharCode(code)));
    else out.push(0xf0 | ((code >> 18) & 7), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
}

/**
 * Reads one JSON value without recursion. As lenient as MicroPython: commas and colons are white space, and brackets need not
 * match in kind. Raises ValueError.
 */
function* parseJson(bytes: Uint8Array): Gen {
  const outer: (PyList | PyDict)[] = [];
  let top: PyList | PyDict | null = null;
  let key: Obj | undefined;
  let result: Obj | undefined;
  let i = 0;
  for (let steps = 1; result === undefined; steps++) {
    if (steps % 256 === 0) yield { wait: "tick" };
    const c = bytes[i] ?? 0;
    if (c === 0) fail();
    let next: Obj;
    if (c === 0x2c || c === 0x3a || c === 0x20 || c === 9 || c === 10 || c === 13) {
      i++;
      continue;
    } else if (c === 0x5d || c === 0x7d) {
      i++;
      if (top === null) fail();
      if (outer.length === 0) result = top;
      else top = outer.pop()!;
      continue;
    } else if (c === QUOTE) {
      const { text, end } = stringAt(bytes, i);
      next = text;
      i = end;
    } else if (c === 0x2d || isDigit(c)) {
      const from = i++;
      while (isDigit(bytes[i] ?? 0) || "+-.eE".includes(String.fromCharCode(bytes[i] ?? 0))) i++;
      const text = decodeUtf8(bytes.subarray(from, i));
      next = /[.eE]/.test(text) ? PyFloat.of(parseFloating(text)) : parseInteger(text, 10);
    } else if (c === 0x5b || c === 0x7b) {
      i++;
      next = c === 0x5b ? new PyList([]) : new PyDict();
    } else {
      const found = constants.find(([name]) => [...name].every((char, k) => bytes[i + k] === char.charCodeAt(0)));
      if (found === undefined) fail();
      i += found[0].length;
      next = found[1];
    }
    const isContainer = next instanceof PyList || next instanceof PyDict;
    if (top === null) {
      if (!isContainer) result = next;
    } else if (top instanceof PyList) top.items.push(next);
    else if (key === undefined) {
      if (isContainer) fail();
      key = next;
    } else {
      yield* run(dictStore(top, key, next));
      key = undefined;
    }
    if (isContainer) {
      if (top !== null) outer.push(top);
      top = next as PyList | PyDict;
    }
  }
  while (isSpace(bytes[i] ?? 0)) i++;
  if ((bytes[i] ?? 0) !== 0) fail();
  return result;
}

function* readAll(stream: Obj): Gen<Uint8Array> {
  checkStream(stream, "read");
  const out: number[] = [];
  // A stream written in Python is asked byte by byte, as the C code does.
  const size = stream instanceof PyInstance ? 1 : 256;
  for (;;) {
    const part = yield* streamRead(stream, size);
    for (const byte of part ?? []) out.push(byte);
    // A NUL ends the text, whatever follows.
    if (part === null || part.length === 0 || part.includes(0)) return Uint8Array.from(out);
    checkAllocation(out.length);
    yield { wait: "tick" };
  }
}

const PARAMS: readonly Param[] = [{ name: "separators", default: null, kwOnly: true }];
const howOf = (args: readonly Obj[], nPos: number, kw: Kw | null): Separators =>
  separators(parseArgs(PARAMS, args.slice(nPos), kw)[0]!);

register("json", {
  isExtensible: true,
  members: () => ({
    dumps: funVar("dumps", (args, kw) => toJson(args[0]!, howOf(args, 1, kw)), 1),
    dump: funVar(
      "dump",
      function* (args, kw): Gen {
        const how = howOf(args, 2, kw);
        checkStream(args[1]!, "write");
        yield* streamWrite(args[1]!, yield* toJson(args[0]!, how));
        return null;
      },
      2,
    ),
    loads: fun("loads", (source: Obj) => parseJson(readBuffer(source))),
    load: fun("load", function* (stream: Obj): Gen {
      return yield* parseJson(yield* readAll(stream));
    }),
  }),
});
