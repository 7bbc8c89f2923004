// The emitter for @micropython.viper: bytecode like the other one's, and beside it the types that py/emitnative.c works out for
// every value. Words stay ordinary ints; what has to wrap, convert or reach memory is a call of vm/nativeglue.ts.
// DIFFERS: viper runs as bytecode here, so it is as exact as machine code and no faster.
import * as bc0 from "../bytecode/bc0.ts";
import type { PyNative } from "../objects/objfun.ts";
import type { Obj } from "../objects/obj.ts";
import { stackEffect } from "../vm/flow.ts";
import { fromObj, memory, recast, wordOps } from "../vm/nativeglue.ts";
import { EmitBc, PASS_SCOPE, type Pass } from "./emitbc.ts";
import type { Scope } from "./scope.ts";
import { PySyntaxError } from "./tree.ts";

export type ViperType = "object" | "bool" | "int" | "uint" | "ptr" | "ptr8" | "ptr16" | "ptr32";

const types: readonly string[] = ["object", "bool", "int", "uint", "ptr", "ptr8", "ptr16", "ptr32"];

export function isViperType(name: string): name is ViperType {
  return types.includes(name);
}

/** A value on the stack. "None" is the constant; a cast is a type's name that waits to be called and is not on the real stack. */
interface Value {
  readonly type: ViperType | "None";
  readonly isConstant: boolean;
  readonly cast: ViperType | null;
}

const OBJECT: Value = { type: "object", isConstant: false, cast: null };
const value = (type: Value["type"], isConstant = false): Value => ({ type, isConstant, cast: null });

const wordSymbols = new Map<number, string>([
  [bc0.BINARY_OR, "|"],
  [bc0.BINARY_XOR, "^"],
  [bc0.BINARY_AND, "&"],
  [bc0.BINARY_LSHIFT, "<<"],
  [bc0.BINARY_RSHIFT, ">>"],
  [bc0.BINARY_ADD, "+"],
  [bc0.BINARY_SUBTRACT, "-"],
  [bc0.BINARY_MULTIPLY, "*"],
  [bc0.BINARY_FLOOR_DIVIDE, "//"],
  [bc0.BINARY_MODULO, "%"],
]);

const methodNames = new Map<number, string>([
  [bc0.BINARY_TRUE_DIVIDE, "__truediv__"],
  [bc0.BINARY_POWER, "__pow__"],
  [bc0.BINARY_MAT_MULTIPLY, "__matmul__"],
]);

export class EmitViper extends EmitBc {
  private values: Value[] = [];
  private locals: (ViperType | "None" | null)[] = [];
  /** Set while an instruction is written whose types have been seen to. */
  private isTyped = false;
  /** What a conditional jump left behind: the type at the label it leads to. */
  private saved: Value = OBJECT;
  /** The last fault of the pass: MicroPython tells that one, and where the function begins. */
  error: string | null = null;

  override startPass(pass: Pass, scope: Scope): void {
    super.startPass(pass, scope);
    this.values = [];
    this.saved = OBJECT;
    this.locals = new Array<ViperType>(scope.numPosArgs).fill("object");
    for (const id of scope.ids) if (id.isParam && id.kind === "local") this.locals[id.localNum] = id.viperType;
    if (pass === PASS_SCOPE) return;
    for (const id of scope.ids) {
      if (!id.isParam || id.kind !== "local" || id.viperType === "object") continue;
      this.raw(() => {
        super.loadConstObj(converter(id.viperType));
        super.loadFast(id.localNum);
        super.call(false, 1, 0, false);
        super.storeFast(id.localNum);
      });
    }
  }

  private fault(message: string): void {
    this.error = message;
  }

  /** Writes instructions whose effect on the types is known already. */
  private raw(write: () => void): void {
    const was = this.isTyped;
    this.isTyped = true;
    write();
    this.isTyped = was;
  }

  /** Calls a native with the top one or two words. */
  private glue(native: PyNative, n: 1 | 2): void {
    this.raw(() => {
      super.loadConstObj(native);
      super.op(n === 1 ? bc0.ROT_TWO : bc0.ROT_THREE, 0);
      super.call(false, n, 0, false);
    });
  }

  private pop(): Value {
    return this.values.pop() ?? OBJECT;
  }
  private peek(depth: number): Value {
    return this.values[this.values.length - 1 - depth] ?? OBJECT;
  }
  private push(type: Value["type"], isConstant = false): void {
    this.values.push(value(type, isConstant));
  }

  /** Something of Python's takes the value: words become ints by themselves, constant pointers nothing. */
  private toObject({ type, isConstant, cast }: Value): void {
    if (cast !== null || (isConstant && type.startsWith("ptr")))
      throw new PySyntaxError("NotImplementedError", "conversion to object", this.scope.node.line, -1);
  }

  override adjustStackSize(delta: number): void {
    super.adjustStackSize(delta);
    if (this.isTyped || this.pass === PASS_SCOPE) return;
    for (let n = delta; n < 0; n++) this.values.pop();
    for (let n = delta; n > 0; n--) this.values.push(this.saved);
    this.saved = OBJECT;
  }

  override op(opcode: number, stackAdjust: number, arg = 0): void {
    if (this.isTyped || this.pass === PASS_SCOPE) {
      super.op(opcode, stackAdjust, arg);
      return;
    }
    switch (opcode) {
      case bc0.LOAD_CONST_TRUE:
      case bc0.LOAD_CONST_FALSE:
        this.push("bool", true);
        break;
      case bc0.LOAD_CONST_NONE:
        this.push("None", true);
        break;
      case bc0.LOAD_SUBSCR:
        this.loadSubscr();
        return;
      case bc0.STORE_SUBSCR:
        this.storeSubscr();
        return;
      case bc0.DUP_TOP:
        this.values.push({ ...this.peek(0), isConstant: false });
        break;
      case bc0.DUP_TOP_TWO:
        this.values.push(this.peek(1), this.peek(0));
        break;
      case bc0.ROT_TWO: {
        const b = this.pop();
        const a = this.pop();
        this.values.push(b, a);
        break;
      }
      case bc0.ROT_THREE: {
        const c = this.pop();
        const b = this.pop();
        const a = this.pop();
        this.values.push(c, a, b);
        break;
      }
      case bc0.POP_TOP:
        if (this.pop().cast !== null) return;
        break;
      default:
        if (opcode >= bc0.UNARY_OP_MULTI && opcode < bc0.BINARY_OP_MULTI) {
          this.unaryOp(opcode);
          return;
        }
        this.generic(opcode, stackAdjust, arg);
    }
    super.op(opcode, stackAdjust, arg);
  }

  // Everything else takes objects and gives objects.
  private generic(opcode: number, stackAdjust: number, arg: number): void {
    const isClosure = opcode === bc0.MAKE_CLOSURE || opcode === bc0.MAKE_CLOSURE_DEFARGS;
    const { pops, pushes } = isClosure ? { pops: 1 - stackAdjust, pushes: 1 } : stackEffect(opcode, arg, 0);
    for (let n = 0; n < pops; n++) this.toObject(this.pop());
    for (let n = 0; n < pushes; n++) this.values.push(OBJECT);
  }

  override opLabel(opcode: number, stackAdjust: number, label: number): void {
    if (!this.isTyped && this.pass !== PASS_SCOPE) {
      if (opcode >= bc0.POP_JUMP_IF_TRUE && opcode <= bc0.JUMP_IF_FALSE_OR_POP) this.condition(opcode);
      else this.generic(opcode, stackAdjust, 0);
    }
    super.opLabel(opcode, stackAdjust, label);
  }

  private condition(opcode: number): void {
    const top = this.pop();
    if (top.type === "None" || top.type.startsWith("ptr")) this.fault(`can't implicitly convert '${top.type}' to 'bool'`);
    if (opcode >= bc0.JUMP_IF_TRUE_OR_POP) this.saved = value(top.type);
  }

  override opQstr(opcode: number, stackAdjust: number, qst: string): void {
    const isGlobal = opcode === bc0.LOAD_NAME || opcode === bc0.LOAD_GLOBAL;
    if (isGlobal && !this.isTyped && this.pass !== PASS_SCOPE && qst !== "object" && isViperType(qst)) {
      this.values.push({ type: "object", isConstant: true, cast: qst });
      return;
    }
    super.opQstr(opcode, stackAdjust, qst);
  }

  override loadConstSmallInt(v: number | bigint): void {
    if (!this.isTyped) this.push("int", true);
    this.raw(() => super.loadConstSmallInt(v));
  }

  override loadConstObj(o: Obj): void {
    if (!this.isTyped) this.push("object");
    this.raw(() => super.loadConstObj(o));
  }

  override loadFast(local: number): void {
    if (!this.isTyped) {
      const isCell = this.scope.ids.some((id) => id.localNum === local && (id.kind === "cell" || id.kind === "free"));
      const type = isCell ? "object" : (this.locals[local] ?? null);
      if (type === null) this.fault(`local '${this.nameOf(local)}' used before type known`);
      this.push(type ?? "object");
    }
    this.raw(() => super.loadFast(local));
  }

  override storeFast(local: number): void {
    if (!this.isTyped) {
      const top = this.pop();
      this.toLocal(top);
      const type = this.locals[local] ?? null;
      if (type === null) this.locals[local] = top.type;
      else if (type !== top.type) this.fault(`local '${this.nameOf(local)}' has type '${type}' but source is '${top.type}'`);
    }
    this.raw(() => super.storeFast(local));
  }

  private toLocal(top: Value): void {
    if (top.cast !== null) this.toObject(top);
  }

  override deleteFast(local: number): void {
    // MicroPython cannot tell a local that is gone from one that is there, so it gets None.
    this.loadNone();
    this.storeFast(local);
  }

  private nameOf(local: number): string {
    return this.scope.ids.find((id) => id.localNum === local && id.kind === "local")?.qst ?? "";
  }

  private unaryOp(opcode: number): void {
    const op = opcode - bc0.UNARY_OP_MULTI;
    const { type, cast } = this.pop();
    if ((type === "int" || type === "uint") && cast === null) {
      if (op === bc0.UNARY_NOT) this.fault("'not' not implemented");
      else if (op !== bc0.UNARY_POSITIVE) this.glue(wordOps[type][op === bc0.UNARY_NEGATIVE ? "neg" : "invert"]!, 1);
      this.push(type);
    } else {
      if (type !== "object") this.fault(`can't do unary op of '${type}'`);
      this.raw(() => super.op(opcode, 0));
      this.push("object");
    }
  }

  override binaryOp(op: number): void {
    if (this.isTyped || this.pass === PASS_SCOPE) {
      super.binaryOp(op);
      return;
    }
    const right = this.pop().type;
    const left = this.pop().type;
    const isWord = (type: string): type is "int" | "uint" => type === "int" || type === "uint";
    if (!isWord(left) || !isWord(right)) {
      if (left !== "object" || right !== "object") this.fault(`can't do binary op between '${left}' and '${right}'`);
      this.raw(() => super.binaryOp(op));
      this.push(left);
      return;
    }
    const normal = op >= bc0.BINARY_INPLACE_OR && op <= bc0.BINARY_INPLACE_POWER ? op + bc0.INPLACE_TO_NORMAL : op;
    if (normal <= bc0.BINARY_NOT_EQUAL) {
      if (left !== right) this.fault("comparison of int and uint");
      this.raw(() => super.binaryOp(op));
      this.push("bool");
      return;
    }
    const isDivision = normal === bc0.BINARY_FLOOR_DIVIDE || normal === bc0.BINARY_MODULO;
    if (isDivision && left === "uint") this.fault("div/mod not implemented for uint");
    const symbol = wordSymbols.get(normal);
    if (symbol === undefined) {
      this.fault(`binary op ${methodNames.get(normal) ?? ""} not implemented`);
      this.raw(() => super.binaryOp(op));
    } else this.glue(wordOps[left][symbol]!, 2);
    this.push(left);
  }

  private checkIndex(index: Value, what: string): void {
    if (!(index.isConstant && index.type === "int") && index.type !== "int" && index.type !== "uint")
      this.fault(`can't ${what} with '${index.type}' index`);
  }

  private loadSubscr(): void {
    const index = this.pop();
    const base = this.pop();
    if (base.type === "object") {
      this.toObject(index);
      this.raw(() => super.op(bc0.LOAD_SUBSCR, -1));
      this.push("object");
      return;
    }
    this.checkIndex(index, "load");
    if (base.type === "ptr8" || base.type === "ptr16" || base.type === "ptr32") this.glue(memory[base.type].load, 2);
    else {
      this.fault(`can't load from '${base.type}'`);
      this.raw(() => super.op(bc0.LOAD_SUBSCR, -1));
    }
    this.push("int");
  }

  private storeSubscr(): void {
    const index = this.pop();
    const base = this.pop();
    const stored = this.pop();
    if (base.type === "object") {
      this.toObject(index);
      this.toObject(stored);
      this.raw(() => super.op(bc0.STORE_SUBSCR, -3));
      return;
    }
    this.checkIndex(index, "store");
    if (stored.type !== "bool" && stored.type !== "int" && stored.type !== "uint") this.fault(`can't store '${stored.type}'`);
    const native = base.type === "ptr8" || base.type === "ptr16" || base.type === "ptr32" ? memory[base.type].store : null;
    if (native === null) this.fault(`can't store to '${base.type}'`);
    // value base index -- : there is no rotation of four, so they travel as one tuple to store(*them).
    this.raw(() => {
      super.opUint(bc0.BUILD_TUPLE, -2, 3);
      super.loadConstObj(native ?? memory.ptr8.store);
      super.op(bc0.ROT_TWO, 0);
      super.loadConstSmallInt(1);
      super.call(false, 1, 0, true);
      super.op(bc0.POP_TOP, -1);
    });
  }

  override call(isMethod: boolean, nPos: number, nKw: number, hasStar: boolean): void {
    if (this.isTyped || this.pass === PASS_SCOPE) {
      super.call(isMethod, nPos, nKw, hasStar);
      return;
    }
    const cast = isMethod || hasStar ? null : this.peek(nPos + 2 * nKw).cast;
    if (cast === null) {
      super.call(isMethod, nPos, nKw, hasStar);
      return;
    }
    const from = this.pop();
    this.pop();
    if (from.cast !== null || nPos !== 1 || nKw !== 0)
      throw new PySyntaxError("NotImplementedError", "casting", this.scope.node.line, -1);
    if (from.type === "object") this.glue(converter(cast), 1);
    else if (from.type !== cast) this.glue(recast[cast === "bool" || cast === "int" ? cast : "uint"], 1);
    this.push(cast, from.isConstant);
  }

  override returnValue(): void {
    if (this.isTyped || this.pass === PASS_SCOPE) {
      super.returnValue();
      return;
    }
    const expected = this.scope.viperReturn;
    const top = this.pop();
    if (top.type === "None") {
      if (expected !== "object" || !top.isConstant) {
        this.raw(() => {
          super.op(bc0.POP_TOP, -1);
          if (expected === "object") super.op(bc0.LOAD_CONST_NONE, 1);
          else if (expected === "bool") super.op(bc0.LOAD_CONST_FALSE, 1);
          else super.loadConstSmallInt(0);
        });
      }
    } else {
      this.toLocal(top);
      if (top.type !== expected) this.fault(`return expected '${expected}' but got '${top.type}'`);
    }
    this.raw(() => super.returnValue());
  }

  override raiseVarargs(nArgs: number): void {
    if (!this.isTyped && this.pass !== PASS_SCOPE && this.pop().type !== "object") this.fault("must raise an object");
    this.raw(() => super.raiseVarargs(nArgs));
  }

  override yieldOp(opcode: number): void {
    if (this.pass !== PASS_SCOPE) throw new PySyntaxError("NotImplementedError", "native yield", this.scope.node.line, -1);
    super.yieldOp(opcode);
  }
}

function converter(type: ViperType): PyNative {
  return type === "bool" || type === "int" || type === "uint" ? fromObj[type] : fromObj.ptr;
}
