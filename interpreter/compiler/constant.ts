// Constant expressions: numbers folded as MicroPython's parser does, `NAME = const(...)`, constant tuples (py/parse.c).
import { binaryOpcodes } from "./compile-expr.ts";
import { PyBytes } from "../objects/objbytes.ts";
import { PyComplex } from "../objects/objcomplex.ts";
import { PyFloat } from "../objects/objfloat.ts";
import { PyTuple } from "../objects/objtuple.ts";
import { Ellipsis, PyObj, type Obj } from "../objects/obj.ts";
import { numberBinaryOp, numberUnaryOp, type Number_ } from "../objects/number.ts";
import { isTrueSync } from "../objects/truth.ts";
import { PySyntaxError } from "./tree.ts";
import type * as ast from "./tree.ts";

export interface Known {
  readonly value: Obj;
}

/** What `const()` defined: the value of each name node after it, and the assignments that leave no code. */
export interface ConstTable {
  readonly names: Map<ast.Name, Known>;
  readonly hidden: Set<ast.Assign>;
  readonly calls: Map<ast.Call, Known>;
  readonly debug: boolean;
}

/** Strings up to this many bytes are interned when parsed (MICROPY_ALLOC_PARSE_INTERN_STRING_LEN). */
const INTERN_STRING_LEN = 10;

export function isLeafString(text: string): boolean {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) bytes += text.charCodeAt(i) < 0x80 ? 1 : text.charCodeAt(i) < 0x800 ? 2 : 3;
  return bytes <= INTERN_STRING_LEN;
}

export function isSmallInt(value: unknown, bits: number): value is number | bigint {
  if (typeof value === "number") return bits > 53 || (value >= -(2 ** (bits - 1)) && value < 2 ** (bits - 1));
  if (typeof value !== "bigint") return false;
  const limit = 1n << BigInt(bits - 1);
  return value >= -limit && value < limit;
}

/** Same type and same value: 1, 1.0 and True differ, and so do 0.0 and -0.0. */
export function strictlyEqual(a: Obj, b: Obj): boolean {
  if (a === b) return true;
  if (a instanceof PyFloat && b instanceof PyFloat) return Object.is(a.v, b.v);
  if (a instanceof PyBytes && b instanceof PyBytes) return a.v.length === b.v.length && a.v.every((byte, i) => byte === b.v[i]);
  if (a instanceof PyTuple && b instanceof PyTuple)
    return a.items.length === b.items.length && a.items.every((item, i) => strictlyEqual(item, b.items[i]!));
  if (a instanceof PyComplex && b instanceof PyComplex) return Object.is(a.re, b.re) && Object.is(a.im, b.im);
  return false;
}

const chains = ["|", "^", "&", "<< >>", "+ -", "* / // % @", "**"].map((ops) => ops.split(" "));

export class Constants {
  private readonly table: ConstTable;
  private readonly smallIntBits: number;
  private readonly known = new Map<ast.Expr, Known | undefined>();

  constructor(table: ConstTable, smallIntBits: number) {
    this.table = table;
    this.smallIntBits = smallIntBits;
  }

  /** Whether two operators stand in one chain: a + b - c is one, a + b * c is not, and ** never chains. */
  static sameChain(a: ast.BinaryOp, b: ast.BinaryOp): boolean {
    return a !== "**" && chains.some((ops) => ops.includes(a) && ops.includes(b));
  }

  isHidden(stmt: ast.Assign): boolean {
    return this.table.hidden.has(stmt);
  }

  /** The value of a constant expression, or undefined. */
  fold(e: ast.Expr): Known | undefined {
    if (e.kind === "name") return this.table.names.get(e);
    if (this.known.has(e)) return this.known.get(e);
    const known = this.compute(e);
    this.known.set(e, known);
    return known;
  }

  /** The truth of a constant expression, or undefined. */
  truth(e: ast.Expr): boolean | undefined {
    const known = this.fold(e);
    return known === undefined ? undefined : isTrueSync(known.value);
  }

  /** The items of `and`/`or` that can matter: constants that decide nothing are gone, what follows a deciding one too. */
  boolItems(e: ast.BoolOp): readonly ast.Expr[] {
    const items: ast.Expr[] = [];
    for (const [i, item] of e.items.entries()) {
      const truth = this.truth(item);
      if (truth === undefined || i === e.items.length - 1) items.push(item);
      else if (truth === (e.op === "or")) {
        items.push(item);
        break;
      }
    }
    return items;
  }

  private compute(e: ast.Expr): Known | undefined {
    switch (e.kind) {
      case "int":
      case "str":
        return { value: e.value };
      case "float":
        return { value: PyFloat.of(e.value) };
      case "imag":
        return { value: new PyComplex(0, e.value) };
      case "bytes":
        return { value: new PyBytes(e.value) };
      case "const":
        return { value: { None: null, True: true, False: false, Ellipsis, __debug__: this.table.debug }[e.value] };
      case "call":
        return this.table.calls.get(e);
      case "tuple": {
        if (e.items.length === 0) return undefined;
        const items = e.items.map((item) => (item.kind === "star" ? undefined : this.fold(item)));
        return items.every((item) => item !== undefined) ? { value: new PyTuple(items.map((item) => item.value)) } : undefined;
      }
      case "unary": {
        const operand = this.fold(e.operand);
        if (operand === undefined) return undefined;
        if (e.op === "not") return { value: !isTrueSync(operand.value) };
        if (!isNumber(operand.value) || (e.op === "~" && typeof operand.value === "object")) return undefined;
        return { value: numberUnaryOp(e.op, operand.value) };
      }
      case "binary": {
        const left = this.fold(e.left);
        const right = left && this.fold(e.right);
        if (left === undefined || right === undefined || !isNumber(left.value) || !isNumber(right.value)) return undefined;
        const value = foldBinary(e.op, left.value, right.value);
        return value === undefined ? undefined : { value };
      }
      case "boolop": {
        const items = this.boolItems(e);
        return items.length === 1 ? this.fold(items[0]!) : undefined;
      }
      default:
        return undefined;
    }
  }
}

function isNumber(value: Obj): value is number | bigint | PyFloat | PyComplex {
  return typeof value === "number" || typeof value === "bigint" || value instanceof PyFloat || value instanceof PyComplex;
}

/** Walks the program in the order of its text, as `const(...)` holds from its own line on. */
export function collectConsts(module: ast.Module, optLevel: number): ConstTable {
  const table: ConstTable = { names: new Map(), hidden: new Set(), calls: new Map(), debug: optLevel === 0 };
  const values = new Map<string, Known>();
  const constants = new Constants(table, 64);

  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    if (Array.isArray(node)) {
      for (const item of node) visit(item);
      return;
    }
    const n = node as ast.Expr | ast.Stmt;
    if (n.kind === "name") {
      const known = values.get(n.id);
      if (known !== undefined) table.names.set(n, known);
      return;
    }
    if (n.kind === "assign" && n.targets.length === 1 && n.targets[0]!.kind === "name" && isConstCall(n.value)) {
      const target = n.targets[0] as ast.Name;
      visit(n.targets);
      visit(n.value.args);
      const arg = n.value.args[0]!;
      const known = arg.kind === "positional" ? constants.fold(arg.value) : undefined;
      if (known === undefined) throw new PySyntaxError("SyntaxError", "not a constant", n.value.line, n.value.start);
      values.set(target.id, known);
      table.calls.set(n.value, known);
      if (target.id.startsWith("_")) table.hidden.add(n);
      return;
    }
    for (const child of Object.values(n)) if (typeof child === "object") visit(child);
  };
  if (hasConst(module)) visit(module.body);
  return table;
}

function isConstCall(e: ast.Expr): e is ast.Call {
  return e.kind === "call" && e.func.kind === "name" && e.func.id === "const" && e.args.length === 1;
}

function hasConst(module: ast.Module): boolean {
  const search = (body: readonly ast.Stmt[]): boolean =>
    body.some((stmt) => {
      if (stmt.kind === "assign") return isConstCall(stmt.value);
      if ("body" in stmt && search((stmt.body as ast.Suite).body)) return true;
      if (stmt.kind === "if" && stmt.orelse !== null) return search("kind" in stmt.orelse ? [stmt.orelse] : stmt.orelse.body);
      if (stmt.kind === "try")
        return [stmt.orelse, stmt.finalbody, ...stmt.handlers.map((h) => h.body)].some((s) => s !== null && search(s.body));
      return false;
    });
  return search(module.body);
}

/** undefined where the operation raises (1 / 0) or makes something too big to keep: then it runs as code. */
function foldBinary(op: ast.BinaryOp, left: Number_, right: Number_): Obj | undefined {
  if ((op === "<<" || op === "**") && typeof right === "number" && right > 1000) return undefined;
  try {
    return numberBinaryOp(binaryOpcodes[op], left, right);
  } catch (caught) {
    if (caught instanceof PyObj) return undefined;
    throw caught;
  }
}
