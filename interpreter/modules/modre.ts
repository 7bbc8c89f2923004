// re: regular expressions (extmod/modre.c). The patterns' compiler and matcher are in re-code.ts.
import { getInt } from "../native.ts";
import { decodeUtf8, PyBytes } from "../objects/objbytes.ts";
import { fun, PyBoundMethod, type PyNative } from "../objects/objfun.ts";
import { PyList } from "../objects/objlist.ts";
import { emptyTuple, PyTuple } from "../objects/objtuple.ts";
import { raiseArgs, raiseMsg, typeIndexError, typeNotImplementedError } from "../objects/objexcept.ts";
import { mp } from "../objects/mpstate.ts";
import { PyInstance, PyObj, PyType, run, type Gen, type Obj } from "../objects/obj.ts";
import { call, isCallable } from "../vm/call.ts";
import { address } from "../vm/print.ts";
import { strData } from "./buffer.ts";
import { compileRegex, dumpRegex, matchRegex, type RegCode } from "./re-code.ts";
import { register } from "./registry.ts";

const DEBUG = 0x1000;

class PyRe extends PyObj {
  declare type: PyType;
  readonly regex: RegCode;
  constructor(regex: RegCode) {
    super();
    this.regex = regex;
  }
}
const typeRe = new PyType("re");
PyRe.prototype.type = typeRe;
typeRe.print = (self: PyRe) => `<re ${address(self).slice(2)}>`;

class PyMatch extends PyObj {
  declare type: PyType;
  readonly subject: Uint8Array;
  readonly isText: boolean;
  /** Begin and end of each group in bytes, -1 for one that took no part. */
  readonly caps: Int32Array;
  constructor(subject: Uint8Array, isText: boolean, caps: Int32Array) {
    super();
    this.subject = subject;
    this.isText = isText;
    this.caps = caps;
  }
}
const typeMatch = new PyType("match");
PyMatch.prototype.type = typeMatch;
typeMatch.print = (self: PyMatch) => `<match num=${self.caps.length / 2}>`;

const isText = (o: Obj): boolean => typeof o === "string" || (o instanceof PyInstance && typeof o.subobj === "string");

function piece(bytes: Uint8Array, asText: boolean): Obj {
  return asText ? decodeUtf8(bytes) : new PyBytes(bytes.slice());
}

function group(self: PyMatch, index: Obj): Obj {
  const at = groupIndex(self, index);
  const start = self.caps[at]!;
  return start < 0 ? null : piece(self.subject.subarray(start, self.caps[at + 1]), self.isText);
}

function groupIndex(self: PyMatch, index: Obj): number {
  const n = getInt(index);
  if (n < 0 || n >= self.caps.length / 2) raiseArgs(typeIndexError, index);
  return 2 * n;
}

function span(self: PyMatch, index: Obj = 0): [number, number] {
  const at = groupIndex(self, index);
  return [position(self, self.caps[at]!), position(self, self.caps[at + 1]!)];
}

// Of a str, positions count characters.
function position(self: PyMatch, at: number): number {
  if (at < 0 || !self.isText) return at;
  let n = 0;
  for (let i = 0; i < at; i++) if ((self.subject[i]! & 0xc0) !== 0x80) n++;
  return n;
}

typeMatch.proto.$group = fun("group", group);
// prettier-ignore
const wholeMatch: Record<string, PyNative> = {
  groups: fun("groups", (self: PyMatch) =>
    self.caps.length === 2
      ? emptyTuple
      : new PyTuple(Array.from({ length: self.caps.length / 2 - 1 }, (_, i) => group(self, i + 1)))),
  span: fun("span", (self: PyMatch, index?: Obj) => new PyTuple(span(self, index)), 1, 2),
  start: fun("start", (self: PyMatch, index?: Obj) => span(self, index)[0], 1, 2),
  end: fun("end", (self: PyMatch, index?: Obj) => span(self, index)[1], 1, 2),
};
// What only builds with everything have.
typeMatch.attr = (self: PyMatch, name) => {
  const method = mp.config.romLevel === "everything" && Object.hasOwn(wholeMatch, name) ? wholeMatch[name] : undefined;
  return method === undefined ? undefined : new PyBoundMethod(method, self);
};

function compile(pattern: Obj, flags: Obj = 0): PyRe {
  const regex = compileRegex(strData(pattern));
  if (mp.config.romLevel === "everything" && (getInt(flags) & DEBUG) !== 0) mp.print(dumpRegex(regex));
  return new PyRe(regex);
}

/** match and search, of the module and of a compiled pattern; only the latter takes positions. */
function exec(isAnchored: boolean) {
  return function* (pattern: Obj, subject: Obj, from?: Obj, to?: Obj): Gen {
    const isCompiled = pattern instanceof PyRe;
    const self = isCompiled ? pattern : compile(pattern);
    const bytes = strData(subject);
    let begin = 0;
    let end = bytes.length;
    if (isCompiled && from !== undefined) {
      begin = Math.max(0, Math.min(getInt(from), bytes.length));
      if (to !== undefined) end = Math.max(begin, Math.min(getInt(to), bytes.length));
    }
    const caps = yield* matchRegex(self.regex, { bytes, begin, end }, isAnchored);
    return caps === null ? null : new PyMatch(bytes, isText(subject), caps);
  };
}

function* split(self: PyRe, subject: Obj, most: Obj = 0): Gen {
  const bytes = strData(subject);
  const asText = isText(subject);
  let left = getInt(most);
  const parts: Obj[] = [];
  let begin = 0;
  for (;;) {
    const caps = yield* matchRegex(self.regex, { bytes, begin, end: bytes.length }, false);
    if (caps === null || caps[0] === caps[1]) break;
    parts.push(piece(bytes.subarray(begin, caps[0]), asText));
    if (self.regex.groups > 0) raiseMsg(typeNotImplementedError, "splitting with sub-captures");
    begin = caps[1]!;
    if (left > 0 && --left === 0) break;
    if (parts.length % 64 === 0) yield { wait: "tick" };
  }
  parts.push(piece(bytes.subarray(begin), asText));
  return new PyList(parts);
}

function* sub(pattern: Obj, replace: Obj, subject: Obj, count: Obj = 0): Gen {
  const self = pattern instanceof PyRe ? pattern : compile(pattern);
  const bytes = strData(subject);
  const asText = isText(subject);
  let left = getInt(count);
  const out: number[] = [];
  const add = (part: Uint8Array): void => {
    for (const byte of part) out.push(byte);
  };
  const isCalled = isCallable(replace);
  let begin = 0;
  for (let n = 1; ; n++) {
    const caps = yield* matchRegex(self.regex, { bytes, begin, end: bytes.length }, false);
    if (caps === null || caps[0] === caps[1]) break;
    add(bytes.subarray(begin, caps[0]));
    const text = isCalled ? yield* run(call(replace, [new PyMatch(bytes, asText, caps)], null)) : replace;
    expand(strData(text), bytes, caps, add);
    begin = caps[1]!;
    if (left > 0 && --left === 0) break;
    if (n % 64 === 0) yield { wait: "tick" };
  }
  if (begin === 0) return subject;
  add(bytes.subarray(begin));
  return piece(Uint8Array.from(out), asText);
}

// \1 and \g<1> in a replacement are groups, \\ is a backslash; a backslash before anything else is dropped.
function expand(text: Uint8Array, subject: Uint8Array, caps: Int32Array, add: (part: Uint8Array) => void): void {
  const isDigit = (byte: number | undefined): byte is number => byte !== undefined && byte >= 0x30 && byte <= 0x39;
  const end = text.indexOf(0);
  const repl = end < 0 ? text : text.subarray(0, end);
  for (let i = 0; i < repl.length;) {
    if (repl[i] !== 0x5c) {
      add(repl.subarray(i, ++i));
      continue;
    }
    i++;
    const isNamed = repl[i] === 0x67 && repl[i + 1] === 0x3c;
    if (isNamed) i += 2;
    if (isDigit(repl[i])) {
      let n = 0;
      // The number wraps at 32 bits.
      for (; isDigit(repl[i]); i++) n = (Math.imul(n, 10) + repl[i]! - 0x30) >>> 0;
      if (isNamed && repl[i] === 0x3e) i++;
      if (n >= caps.length / 2) raiseArgs(typeIndexError, n);
      if (caps[2 * n]! >= 0) add(subject.subarray(caps[2 * n], caps[2 * n + 1]));
    } else if (repl[i] === 0x5c) add(repl.subarray(i, ++i));
  }
}

typeRe.proto.$match = fun("match", exec(true), 2, 4);
typeRe.proto.$search = fun("search", exec(false), 2, 4);
typeRe.proto.$split = fun("split", split, 2, 3);
typeRe.proto.$sub = fun("sub", sub, 3, 5);

register("re", {
  isExtensible: true,
  members: () => ({
    compile: fun("compile", compile, 1, 2),
    match: typeRe.proto.$match!,
    search: typeRe.proto.$search!,
    sub: typeRe.proto.$sub!,
    ...(mp.config.romLevel === "everything" ? { DEBUG } : {}),
  }),
});
