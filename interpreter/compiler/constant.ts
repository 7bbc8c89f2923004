// Constant expressions: numbers folded as MicroPython's parser does, `NAME = const(...)`, constant tuples (py/parse.c).
import { binaryOpcodes } from "./compile-expr.ts";
import { PyBytes } from "../objects/objbytes.ts";
import { PyComplex } from "../objects/objcomplex.ts";
import { PyFloat } from "../objects/objfloat.ts";
import { PyTuple } from "../objects/objtuple.ts";
import { Ellipsis, PyObj, type Obj } from "../objects/obj.ts";
import { numberBinaryOp, numberUnaryOp, type Number_ } from "../objects/number.ts";
import { isTrueSync } from "../objects/truth.ts";
import type { MpRelease } from "../mpconfig.ts";
import { PySyntaxError } from "./tree.ts";
import type * as ast from "./tree.ts";

export interface Known {
  readonly value: Obj;
  /** LEAF: the emitter has an instruction for it. Else a constant object; its line, 0 when folding made it. */
  readonly line: number;
}

/** A name, a short string, a small int, None: a leaf of MicroPython's parse tree, which carries no line. */
export const LEAF = -1;

/** What `const()` defined: the value of each name node after it, and the assignments that leave no code. */
export interface ConstTable {
  readonly names: Map<ast.Name, Known>;
  readonly hidden: Set<ast.Stmt>;
  readonly calls: Map<ast.Call, Known>;
  readonly debug: boolean;
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
  if (a instanceof PyFloat && b instanceof PyFloat) return a.v === b.v && Object.is(a.v, b.v);
  if (a instanceof PyBytes && b instanceof PyBytes) return a.v.length === b.v.length && a.v.every((byte, i) => byte === b.v[i]);
  if (a instanceof PyTuple && b instanceof PyTuple)
    return a.items.length === b.items.length && a.items.every((item, i) => strictlyEqual(item, b.items[i]!));
  if (a instanceof PyComplex && b instanceof PyComplex) return Object.is(a.re, b.re) && Object.is(a.im, b.im);
  return false;
}

export interface FoldRules {
  readonly smallIntBits: number;
  readonly release: MpRelease;
  /** The value of `math.pi` and other members of modules that the parser knows, if they are numbers. */
  readonly moduleConst?: ((module: string, name: string) => Obj | undefined) | undefined;
}

const chains = ["|", "^", "&", "<< >>", "+ -", "* / // % @", "**"].map((ops) => ops.split(" "));

export class Constants {
  private readonly table: ConstTable;
  private readonly smallIntBits: number;
  private readonly foldsFloats: boolean;
  private readonly moduleConst: FoldRules["moduleConst"];
  private readonly known = new Map<ast.Expr, Known | undefined>();

  constructor(table: ConstTable, rules: FoldRules) {
    this.table = table;
    this.smallIntBits = rules.smallIntBits;
    this.foldsFloats = rules.release === "1.28";
    this.moduleConst = rules.moduleConst;
  }

  /** Whether two operators stand in one chain: a + b - c is one, a + b * c is not, and ** never chains. */
  static sameChain(a: ast.BinaryOp, b: ast.BinaryOp): boolean {
    return a !== "**" && chains.some((ops) => ops.includes(a) && ops.includes(b));
  }

  isHidden(stmt: ast.Stmt): boolean {
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

  private number(value: Obj, line: number): Known {
    return { value, line: isSmallInt(value, this.smallIntBits) ? LEAF : line };
  }

  private compute(e: ast.Expr): Known | undefined {
    switch (e.kind) {
      case "int":
        return this.number(e.value, e.line);
      case "str":
        return { value: e.value, line: e.isInterned ? LEAF : e.line };
      case "float":
        return { value: PyFloat.of(e.value), line: e.line };
      case "imag":
        return { value: new PyComplex(0, e.value), line: e.line };
      case "bytes":
        return { value: new PyBytes(e.value), line: e.line };
      case "const":
        return { value: { None: null, True: true, False: false, Ellipsis, __debug__: this.table.debug }[e.value], line: LEAF };
      case "call":
        return this.table.calls.get(e);
      case "attribute": {
        const value = e.value.kind === "name" ? this.moduleConst?.(e.value.id, e.attr) : undefined;
        return value === undefined ? undefined : this.number(value, 0);
      }
      case "tuple": {
        const items = e.items.map((item) => (item.kind === "star" ? undefined : this.fold(item)));
        return items.every((item) => item !== undefined)
          ? { value: new PyTuple(items.map((item) => item.value)), line: e.constLine }
          : undefined;
      }
      case "unary": {
        const operand = this.fold(e.operand);
        if (operand === undefined) return undefined;
        if (e.op === "not") return { value: !isTrueSync(operand.value), line: LEAF };
        if (!this.isNumber(operand.value) || (e.op === "~" && typeof operand.value === "object")) return undefined;
        return this.number(numberUnaryOp(e.op, operand.value), 0);
      }
      case "binary": {
        const left = this.fold(e.left);
        const right = left && this.fold(e.right);
        if (left === undefined || right === undefined || !this.isNumber(left.value) || !this.isNumber(right.value))
          return undefined;
        const value = foldBinary(e.op, left.value, right.value);
        return value === undefined || !this.isNumber(value) ? undefined : this.number(value, 0);
      }
      case "boolop": {
        const items = this.boolItems(e);
        return items.length === 1 ? this.fold(items[0]!) : undefined;
      }
      default:
        return undefined;
    }
  }

  // Complex numbers are never folded, floats since 1.26.
  private isNumber(value: Obj): value is number | bigint | PyFloat {
    return typeof value === "number" || typeof value === "bigint" || (this.foldsFloats && value instanceof PyFloat);
  }
}

/** Walks the program in the order of its text, as `const(...)` holds from its own line on. */
export function collectConsts(module: ast.Module, isDebug: boolean, rules: FoldRules): ConstTable {
  const table: ConstTable = { names: new Map(), hidden: new Set(), calls: new Map(), debug: isDebug };
  const values = new Map<string, Known>();
  const constants = new Constants(table, rules);

  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    if (Array.isArray(node)) {
      for (const item of node) visit(item);
      return;
    }
    const n = node as ast.Expr | ast.Stmt;
    if (n.kind === "name") {
      const known = values.get(n.id);
      if (known !== undefined)
        table.names.set(n, isSmallInt(known.value, rules.smallIntBits) ? known : { ...known, line: n.line });
      return;
    }
    const target = constTarget(n);
    if (target !== undefined && !values.has(target.id)) {
      const call = (n as ast.Assign).value as ast.Call;
      visit(call.args);
      const arg = call.args.length === 1 ? call.args[0]! : undefined;
      const known = arg?.kind === "positional" ? constants.fold(arg.value) : undefined;
      if (known === undefined) throw new PySyntaxError("SyntaxError", "not a constant", call.line, call.start);
      values.set(target.id, known);
      table.calls.set(call, known);
      if (target.id.startsWith("_")) table.hidden.add(n as ast.Stmt);
      return;
    }
    if ("decorators" in n) visit(n.decorators);
    for (const child of Object.values(n)) if (typeof child === "object") visit(child);
  };
  if (hasConst(module)) visit(module.body);
  return table;
}

/** The name in `NAME = const(...)` and `NAME: type = const(...)`. */
function constTarget(n: ast.Expr | ast.Stmt): ast.Name | undefined {
  if (n.kind !== "annassign" && (n.kind !== "assign" || n.targets.length !== 1)) return undefined;
  const { value } = n;
  if (value?.kind !== "call" || value.func.kind !== "name" || value.func.id !== "const") return undefined;
  const target = n.kind === "assign" ? n.targets[0]! : n.target;
  return target.kind === "name" ? target : undefined;
}

function hasConst(module: ast.Module): boolean {
  const search = (body: readonly ast.Stmt[]): boolean =>
    body.some((stmt) => constTarget(stmt) !== undefined || suitesOf(stmt).some(search));
  return search(module.body);
}

function suitesOf(stmt: ast.Stmt): (readonly ast.Stmt[])[] {
  const suites: (readonly ast.Stmt[])[] = [];
  if ("body" in stmt) suites.push(stmt.body.body);
  if ("handlers" in stmt) for (const handler of stmt.handlers) suites.push(handler.body.body);
  if ("finalbody" in stmt && stmt.finalbody !== null) suites.push(stmt.finalbody.body);
  if ("orelse" in stmt && stmt.orelse !== null) suites.push("kind" in stmt.orelse ? [stmt.orelse] : stmt.orelse.body);
  return suites;
}

/** Bits that a folded int may have; DIFFERS: MicroPython folds until its heap is full. */
const FOLD_BITS = 1 << 16;

/** undefined where the operation raises (1 / 0) or makes something too big to keep: then it runs as code. */
function foldBinary(op: ast.BinaryOp, left: Number_, right: Number_): Obj | undefined {
  if (op === "<<" && Number(right) > FOLD_BITS) return undefined;
  if (op === "**" && typeof left !== "object" && Number(right) * left.toString(2).length > FOLD_BITS) return undefined;
  try {
    return numberBinaryOp(binaryOpcodes[op], left, right);
  } catch (caught) {
    if (caught instanceof PyObj) return undefined;
    throw caught;
  }
}
