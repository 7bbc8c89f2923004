// .mpy files, version 6.3: compiled modules to bytes and back (py/persistentcode.c). Only bytecode; machine code is refused
// with MicroPython's words. What is read is not trusted: verify.ts looks at every function before it may run.
import type { CompiledModule } from "../compiler/compile.ts";
import { decodeUtf8, encodeUtf8, PyBytes } from "../objects/objbytes.ts";
import { PyComplex } from "../objects/objcomplex.ts";
import { floatOfText, PyFloat, reprFloat } from "../objects/objfloat.ts";
import { raiseMsg, typeSyntaxError, typeValueError } from "../objects/objexcept.ts";
import { mp } from "../objects/mpstate.ts";
import { Ellipsis, type Obj } from "../objects/obj.ts";
import { PyTuple } from "../objects/objtuple.ts";
import { staticQstrs } from "./qstrs.ts";
import { newRawCode, type ModuleContext, type RawCode } from "./rawcode.ts";
import { verify } from "./verify.ts";

export const MPY_VERSION = 6;
export const MPY_SUB_VERSION = 3;

// MP_PERSISTENT_OBJ_...
const FUN_TABLE = 0;
const NONE = 1;
const FALSE = 2;
const TRUE = 3;
const ELLIPSIS = 4;
const STR = 5;
const BYTES = 6;
const INT = 7;
const FLOAT = 8;
const COMPLEX = 9;
const TUPLE = 10;

const staticIds = new Map(staticQstrs.map((name, id) => [name, id]));

// ---- saving

class Writer {
  readonly out: number[] = [];
  byte(b: number): void {
    this.out.push(b);
  }
  bytes(data: Uint8Array): void {
    for (const b of data) this.out.push(b);
  }
  uint(value: number): void {
    let shift = 0;
    while (value >>> shift > 0x7f) shift += 7;
    for (; shift > 0; shift -= 7) this.out.push(0x80 | ((value >>> shift) & 0x7f));
    this.out.push(value & 0x7f);
  }
  qstr(text: string): void {
    const id = staticIds.get(text);
    if (id !== undefined) {
      this.uint((id << 1) | 1);
      return;
    }
    const data = encodeUtf8(text);
    this.uint(data.length << 1);
    this.bytes(data);
    this.byte(0);
  }
  text(kind: number, data: Uint8Array): void {
    this.byte(kind);
    this.uint(data.length);
    this.bytes(data);
  }
  obj(o: Obj): void {
    if (o === null) this.byte(NONE);
    else if (o === false) this.byte(FALSE);
    else if (o === true) this.byte(TRUE);
    else if (o === Ellipsis) this.byte(ELLIPSIS);
    else if (typeof o === "string" || o instanceof PyBytes) {
      this.text(typeof o === "string" ? STR : BYTES, typeof o === "string" ? encodeUtf8(o) : o.v);
      this.byte(0);
    } else if (typeof o === "number" || typeof o === "bigint") this.text(INT, encodeUtf8(o.toString()));
    else if (o instanceof PyFloat) this.text(FLOAT, encodeUtf8(reprFloat(o.v)));
    else if (o instanceof PyComplex) this.text(COMPLEX, encodeUtf8(complexText(o)));
    else if (o instanceof PyTuple) {
      this.byte(TUPLE);
      this.uint(o.items.length);
      for (const item of o.items) this.obj(item);
    } else raiseMsg(typeSyntaxError, "invalid arch"); // what viper calls: MicroPython has machine code in its place
  }
  code(rc: RawCode): void {
    const hasChildren = rc.children.length > 0;
    this.uint((rc.bytes.length << 3) | (hasChildren ? 4 : 0));
    this.bytes(rc.bytes);
    if (!hasChildren) return;
    this.uint(rc.children.length);
    for (const child of rc.children) this.code(child);
  }
}

// The compiler only ever makes pure imaginary ones; repr() would add brackets to others, which nobody could read back.
function complexText(o: PyComplex): string {
  const im = reprFloat(o.im).replace(/\.0$/, "");
  return `${im}j`;
}

/** A compiled module as the bytes of a .mpy file for targets whose small ints have at least `smallIntBits`. */
export function saveRawCode(module: CompiledModule, smallIntBits: number): Uint8Array {
  const w = new Writer();
  w.bytes(Uint8Array.of(0x4d, MPY_VERSION, 0, smallIntBits));
  w.uint(module.context.qstrs.length);
  w.uint(module.context.objs.length);
  for (const qst of module.context.qstrs) w.qstr(qst);
  for (const o of module.context.objs) w.obj(o);
  w.code(module.rc);
  return Uint8Array.from(w.out);
}

// ---- loading

/** Deeper tuples and functions than any compiler writes are refused, so that reading needs a bounded stack. */
const MAX_DEPTH = 100;

class Reader {
  private readonly data: Uint8Array;
  private at = 0;
  constructor(data: Uint8Array) {
    this.data = data;
  }
  byte(): number {
    if (this.at >= this.data.length) incompatible();
    return this.data[this.at++]!;
  }
  bytes(length: number): Uint8Array {
    if (length > this.data.length - this.at) incompatible();
    const slice = this.data.slice(this.at, this.at + length);
    this.at += length;
    return slice;
  }
  uint(): number {
    let value = 0;
    for (;;) {
      const b = this.byte();
      value = value * 128 + (b & 0x7f);
      if (value > 0x7fffffff) incompatible();
      if ((b & 0x80) === 0) return value;
    }
  }
  /** A count of things that take at least one byte each. */
  count(): number {
    const n = this.uint();
    if (n > this.data.length - this.at) incompatible();
    return n;
  }
  qstr(): string {
    const head = this.uint();
    if (head & 1) {
      const name = staticQstrs[head >> 1];
      if (name === undefined) incompatible();
      return name;
    }
    const text = decodeUtf8(this.bytes(head >> 1));
    this.byte();
    return text;
  }
  obj(depth: number): Obj {
    const kind = this.byte();
    switch (kind) {
      case NONE:
        return null;
      case FALSE:
        return false;
      case TRUE:
        return true;
      case ELLIPSIS:
        return Ellipsis;
      case TUPLE: {
        if (depth > MAX_DEPTH) incompatible();
        const items: Obj[] = [];
        for (let n = this.count(); n > 0; n--) items.push(this.obj(depth + 1));
        return new PyTuple(items);
      }
      case FUN_TABLE:
        return incompatible();
    }
    const data = this.bytes(this.uint());
    if (kind === STR || kind === BYTES) {
      this.byte();
      return kind === STR ? decodeUtf8(data) : new PyBytes(data);
    }
    const text = decodeUtf8(data);
    if (kind === INT && /^-?\d+$/.test(text)) {
      const value = Number(text);
      return Number.isSafeInteger(value) ? value : BigInt(text);
    }
    if (kind === FLOAT) return PyFloat.of(numberOf(text));
    if (kind === COMPLEX && text.endsWith("j")) return new PyComplex(0, PyFloat.of(numberOf(text.slice(0, -1))).v);
    return incompatible();
  }
  code(context: ModuleContext, depth: number): RawCode {
    const head = this.uint();
    if (depth > MAX_DEPTH || (head & 3) !== 0) incompatible();
    const rc = newRawCode();
    rc.bytes = this.bytes(head >> 3);
    if (head & 4) for (let n = this.count(); n > 0; n--) rc.children.push(this.code(context, depth + 1));
    return rc;
  }
}

function numberOf(text: string): number {
  if (text === "inf" || text === "-inf") return text === "inf" ? Infinity : -Infinity;
  if (text === "nan" || text === "-nan") return NaN;
  if (!/^-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/.test(text)) incompatible();
  return text.startsWith("-") ? -floatOfText(text.slice(1)) : floatOfText(text);
}

function incompatible(): never {
  raiseMsg(typeValueError, "incompatible .mpy file");
}

/** Reads a .mpy file. Raises ValueError for one of another version, of machine code, or damaged. */
export function loadRawCode(data: Uint8Array): CompiledModule {
  const r = new Reader(data);
  const head = [r.byte(), r.byte(), r.byte(), r.byte()] as const;
  const arch = (head[2] >> 2) & 0x0f;
  if (head[0] !== 0x4d || head[1] !== MPY_VERSION || head[3] > mp.config.smallIntBits) incompatible();
  if (arch !== 0) {
    if ((head[2] & 3) !== MPY_SUB_VERSION) incompatible();
    raiseMsg(typeValueError, "incompatible .mpy arch");
  }
  if (head[2] & 0x40) incompatible();
  const nQstrs = r.count();
  const nObjs = r.count();
  const context: ModuleContext = { qstrs: [], objs: [] };
  for (let i = 0; i < nQstrs; i++) context.qstrs.push(r.qstr());
  for (let i = 0; i < nObjs; i++) context.objs.push(r.obj(0));
  if (nQstrs === 0) incompatible();
  const rc = r.code(context, 0);
  if (!verify(rc, context)) incompatible();
  return { context, rc };
}
