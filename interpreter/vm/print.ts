// str() and repr() of any object (py/obj.c mp_obj_print_helper and the print slots of py/obj*.c).
import { hasCpythonCompat } from "../objects/features.ts";
import { PyBytearray, PyBytes } from "../objects/objbytes.ts";
import { PyComplex } from "../objects/objcomplex.ts";
import { PyDict } from "../objects/objdict.ts";
import { excOf, printExc, usePrinter } from "../objects/objexcept.ts";
import { PyFloat, reprFloat } from "../objects/objfloat.ts";
import { PyBoundMethod, PyFun, PyNative } from "../objects/objfun.ts";
import { PyGen } from "../objects/objgenerator.ts";
import { PyList, PySlice } from "../objects/objlist.ts";
import { PyModule } from "../objects/objmodule.ts";
import { PyFrozenset, PySet } from "../objects/objset.ts";
import { PyTuple } from "../objects/objtuple.ts";
import { mp } from "../objects/mpstate.ts";
import {
  Ellipsis,
  isPending,
  NotImplemented,
  PyInstance,
  PyType,
  run,
  type Gen,
  typeObject,
  type Obj,
  type PrintKind,
  type Step,
} from "../objects/obj.ts";
import { call } from "./call.ts";
import { codeOf } from "./code.ts";
import { raiseRecursion } from "./stackctrl.ts";

export function strOf(o: Obj): Step<string> {
  return printOf(o, "str");
}

export function reprOf(o: Obj): Step<string> {
  return printOf(o, "repr");
}

/** An object's text if no Python code is needed for it, else what has to run. */
export function printOf(o: Obj, kind: PrintKind): Step<string> {
  switch (typeof o) {
    case "string":
      return kind === "str" || kind === "exc" ? o : quote(o);
    case "number":
    case "bigint":
      return String(o);
    case "boolean":
      return kind === "json" ? String(o) : o ? "True" : "False";
    default:
      if (o === null) return kind === "json" ? "null" : "None";
      if (o instanceof PyFloat) return reprFloat(o.v);
      return printObject(o, kind);
  }
}

let depth = 0;
/** Nested containers print this deep; a container that holds itself ends here with RuntimeError, as on a board. */
const MAX_DEPTH = 150;

function printObject(o: Exclude<Obj, null | boolean | number | bigint | string>, kind: PrintKind): Step<string> {
  if (o instanceof PyInstance) return printInstance(o, kind);
  const { print } = o.type;
  if (print !== null) return print(o, kind);
  if (o instanceof PyList) return printItems("[", o.items, "]", kind);
  if (o instanceof PyTuple)
    return o.fields === null
      ? printItems("(", o.items, o.items.length === 1 && kind !== "json" ? ",)" : ")", kind)
      : printFields(o);
  if (o instanceof PyDict) return printDict(o, kind);
  if (o instanceof PySet) return printSet(o, kind);
  return plainText(o);
}

function* closureText(o: PyFun): Gen<string> {
  let cells = "";
  for (const { value } of o.closed!) {
    if (value === undefined) cells += "(nil) ";
    else cells += `<cell ${address(o).slice(2)} ${yield* run(reprOf(value))}> `;
  }
  return `<closure <function ${nameOfFun(o)} at ${address(o)}> at ${address(o).slice(2)}, n_closed=${o.closed!.length} ${cells}>`;
}

function* boundMethodText(o: PyBoundMethod): Gen<string> {
  const self = yield* run(reprOf(o.self));
  return `<bound_method ${mp.idOf(o).toString(16)} ${self}.${yield* run(reprOf(o.meth))}>`;
}

function plainText(o: Exclude<Obj, null | boolean | number | bigint | string>): Step<string> {
  if (o instanceof PyBytes) return `b${quoteBytes(o.v)}`;
  if (o instanceof PyBytearray) return `bytearray(b${quoteBytes(o.v)})`;
  if (o instanceof PyComplex) return printComplex(o);
  if (o instanceof PyType) return `<class '${o.name}'>`;
  if (o === Ellipsis) return "Ellipsis";
  if (o === NotImplemented) return "NotImplemented";
  if (o instanceof PyFun && o.closed !== null && mp.config.errorDetail === "detailed") return closureText(o);
  if (o instanceof PyFun && mp.config.release !== "1.28") return oldFunText(o);
  if (o instanceof PyFun)
    return `<${codeOf(o.rc, o.context).isGenerator && o.closed === null ? "generator" : o.closed === null ? "function" : "closure"}${o.closed === null ? ` ${nameOfFun(o)}` : ""} at ${address(o)}>`;
  if (o instanceof PyNative) return "<function>";
  if (o instanceof PyBoundMethod) {
    if (mp.config.errorDetail !== "detailed") return "<bound_method>";
    return boundMethodText(o);
  }
  if (o instanceof PyGen) return `<generator object '${o.frame?.code.name ?? ""}' at ${pointer(o)}>`;
  if (o instanceof PyModule) {
    const file = o.globals.getStr("__file__");
    return `<module '${String(o.globals.getStr("__name__"))}'${typeof file === "string" ? ` from '${file}'` : ""}>`;
  }
  if (o instanceof PySlice) return `slice(${[o.start, o.stop, o.step].map((part) => textNow(reprOf(part))).join(", ")})`;
  return `<${o.type.name}>`;
}

// V1 knows no names of functions (MICROPY_CPYTHON_COMPAT).
function oldFunText(o: PyFun): string {
  if (o.closed !== null) return "<closure>";
  if (codeOf(o.rc, o.context).isGenerator) return "<generator>";
  return hasCpythonCompat() ? `<function ${nameOfFun(o)} at ${address(o)}>` : "<function>";
}

function textNow(step: Step<string>): string {
  return isPending(step) ? "..." : step;
}

export function nameOfFun(f: PyFun): string {
  return codeOf(f.rc, f.context).name;
}

export function address(o: Obj): string {
  return `0x${mp.idOf(o).toString(16).padStart(8, "0")}`;
}

/** An address as %p prints it: boards' printf has no 0x for that. */
export function pointer(o: Obj): string {
  return mp.config.release === "1.28" ? address(o) : mp.idOf(o).toString(16);
}

function printComplex(o: PyComplex): string {
  const part = (v: number): string => reprFloat(v).replace(/\.0$/, "");
  if (o.re === 0) return `${part(o.im)}j`;
  const im = part(o.im);
  return `(${part(o.re)}${im.startsWith("-") ? "" : "+"}${im}j)`;
}

function printItems(open: string, items: readonly Obj[], close: string, kind: PrintKind): Step<string> {
  // JSON knows no tuples.
  if (kind === "json" && open === "(") {
    open = "[";
    close = "]";
  }
  const inner = kind === "json" ? "json" : "repr";
  const parts: string[] = [];
  enter();
  try {
    for (let i = 0; i < items.length; i++) {
      const text = printOf(items[i]!, inner);
      if (isPending(text)) return printItemsSlow(open, items, close, inner, parts, text);
      parts.push(text);
    }
  } finally {
    depth--;
  }
  return open + parts.join(", ") + close;
}

function* printItemsSlow(
  open: string,
  items: readonly Obj[],
  close: string,
  kind: PrintKind,
  parts: string[],
  first: Gen<string> | Step<string>,
): Gen<string> {
  enter();
  try {
    parts.push((yield* run(first as Step<Obj>)) as string);
    for (let i = parts.length; i < items.length; i++) parts.push(yield* run(printOf(items[i]!, kind)));
  } finally {
    depth--;
  }
  return open + parts.join(", ") + close;
}

function enter(): void {
  if (++depth > MAX_DEPTH) {
    depth = 1;
    raiseRecursion();
  }
}

function printFields(o: PyTuple): Step<string> {
  return (function* (): Gen<string> {
    const parts: string[] = [];
    for (const [i, field] of o.fields!.entries()) parts.push(`${field}=${yield* run(reprOf(o.items[i]!))}`);
    return `(${parts.join(", ")})`;
  })();
}

function* printDict(o: PyDict, kind: PrintKind): Gen<string> {
  const parts: string[] = [];
  const inner = kind === "json" ? "json" : "repr";
  enter();
  try {
    for (const { key, value } of o.entries()) {
      let k: string;
      if (kind === "json" && typeof key !== "string") k = `"${jsonKey(key, yield* run(strOf(key)))}"`;
      else k = yield* run(printOf(key, inner));
      parts.push(`${k}: ${yield* run(printOf(value!, inner))}`);
    }
  } finally {
    depth--;
  }
  const body = `{${parts.join(", ")}}`;
  return o.isOrdered && kind !== "json" ? `OrderedDict(${body})` : body;
}

function jsonKey(key: Obj, text: string): string {
  if (typeof key === "boolean") return String(key);
  return key === null ? "null" : text;
}

function* printSet(o: PySet, kind: PrintKind): Gen<string> {
  const items = o.items();
  const isFrozen = o instanceof PyFrozenset;
  if (items.length === 0) return isFrozen ? "frozenset()" : "set()";
  const body = yield* run(printItems("{", items, "}", kind));
  return isFrozen ? `frozenset(${body})` : body;
}

function* printInstance(o: PyInstance, kind: PrintKind): Gen<string> {
  const { type } = o;
  const exc = excOf(o);
  if (kind === "json") {
    if (o.subobj !== undefined) return yield* run(printOf(o.subobj, kind));
  }
  const isStr = kind === "str" || kind === "exc";
  const method =
    (isStr ? type.find("$__str__") : undefined) ??
    (isStr && (exc !== null || o.subobj !== undefined) ? undefined : type.find("$__repr__"));
  if (method !== undefined && !(method instanceof PyNative)) {
    const text = yield* run(call(method, [o], null));
    // Whatever it returns is printed.
    const shown = typeof text === "string" ? text : yield* run(printOf(text, "str"));
    return kind === "exc" ? `${type.name}: ${shown}` : shown;
  }
  if (exc !== null) return yield* printExc(exc, kind, type.name);
  if (o.subobj !== undefined) return yield* run(printOf(o.subobj, kind));
  if (type === typeObject && mp.config.release !== "1.28") return "<object>";
  return `<${type.name} object at ${pointer(o)}>`;
}

// The newest firmware shows every character but surrogates; up to 1.28 only ASCII is.
function isShown(code: number): boolean {
  return mp.config.showsUnicode === true && (code < 0xd800 || code >= 0xe000);
}

/** A string as a program would write it: single quotes unless it has them and no double ones (py/objstr.c). */
export function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = mark;
  for (const c of text) {
    const code = c.codePointAt(0)!;
    if (c === mark || c === "\\") out += `\\${c}`;
    else if (code === 10) out += "\\n";
    else if (code === 13) out += "\\r";
    else if (code === 9) out += "\\t";
    else if (code < 32 || code === 127) out += `\\x${hex(code, 2)}`;
    else if (code < 127 || (code > 127 && isShown(code))) out += c;
    else if (code <= 0xff) out += `\\x${hex(code, 2)}`;
    else if (code <= 0xffff) out += `\\u${hex(code, 4)}`;
    else out += `\\U${hex(code, 8)}`;
  }
  return out + mark;
}

export function quoteBytes(bytes: Uint8Array): string {
  const mark = bytes.includes(39) && !bytes.includes(34) ? '"' : "'";
  let out = mark;
  for (const c of bytes) {
    const char = String.fromCharCode(c);
    if (char === mark || c === 92) out += `\\${char}`;
    else if (c === 10) out += "\\n";
    else if (c === 13) out += "\\r";
    else if (c === 9) out += "\\t";
    else if (c < 32 || c >= 127) out += `\\x${hex(c, 2)}`;
    else out += char;
  }
  return out + mark;
}

function hex(v: number, width: number): string {
  return v.toString(16).padStart(width, "0");
}

usePrinter({ reprOf, strOf });

/** The lines of an uncaught exception, traceback and all, each ended by "\n" (py/obj.c mp_obj_print_exception). */
export function* tracebackText(excObj: Obj): Gen<string> {
  const exc = excOf(excObj);
  let out = "";
  if (exc !== null && exc.traceback.length > 0) {
    out = "Traceback (most recent call last):\n";
    for (const { file, line, block } of exc.traceback.toReversed()) {
      out += `  File "${file}", line ${line}${block === "" ? "" : `, in ${block}`}\n`;
    }
  }
  return `${out}${yield* run(printOf(excObj, "exc"))}\n`;
}
