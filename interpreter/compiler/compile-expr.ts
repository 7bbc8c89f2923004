// The compiler's expressions, names and assignment targets. Statements and scopes build on it in compile.ts.
import * as bc0 from "../bytecode/bc0.ts";
import { newRawCode } from "../bytecode/rawcode.ts";
import type { CompileOptions } from "./compile.ts";
import { Constants, isSmallInt, LEAF, type ConstTable, type Known } from "./constant.ts";
import { PASS_SCOPE, type EmitBc, type Pass } from "./emitbc.ts";
import { Scope, type IdInfo, type ScopeKind } from "./scope.ts";
import { PySyntaxError } from "./tree.ts";
import type * as ast from "./tree.ts";

type AssignKind = "store" | "aug_load" | "aug_store";

export const binaryOpcodes: Readonly<Record<ast.BinaryOp, number>> = {
  "|": bc0.BINARY_OR,
  "^": bc0.BINARY_XOR,
  "&": bc0.BINARY_AND,
  "<<": bc0.BINARY_LSHIFT,
  ">>": bc0.BINARY_RSHIFT,
  "+": bc0.BINARY_ADD,
  "-": bc0.BINARY_SUBTRACT,
  "*": bc0.BINARY_MULTIPLY,
  "@": bc0.BINARY_MAT_MULTIPLY,
  "//": bc0.BINARY_FLOOR_DIVIDE,
  "/": bc0.BINARY_TRUE_DIVIDE,
  "%": bc0.BINARY_MODULO,
  "**": bc0.BINARY_POWER,
};

const compareOpcodes: Readonly<Record<ast.CompareOp, number>> = {
  "<": bc0.BINARY_LESS,
  ">": bc0.BINARY_MORE,
  "==": bc0.BINARY_EQUAL,
  "<=": bc0.BINARY_LESS_EQUAL,
  ">=": bc0.BINARY_MORE_EQUAL,
  "!=": bc0.BINARY_NOT_EQUAL,
  in: bc0.BINARY_IN,
  "not in": bc0.BINARY_IN,
  is: bc0.BINARY_IS,
  "is not": bc0.BINARY_IS,
};

export abstract class ExprCompiler {
  protected readonly scopes: Scope[];
  protected scope: Scope;
  /** That of the scope at hand. */
  protected emit: EmitBc;
  protected readonly options: CompileOptions;
  protected readonly constants: Constants;
  protected pass: Pass = PASS_SCOPE;
  protected nextLabel = 0;
  protected breakLabel = -1;
  protected continueLabel = -1;
  protected exceptLevel = 0;
  protected breakContinueExceptLevel = 0;
  /** Line of the statement at hand: where an error without a node of its own is reported. */
  protected errorLine = 1;
  private readonly childScopes = new Map<object, Scope>();

  constructor(moduleScope: Scope, emit: EmitBc, options: CompileOptions, consts: ConstTable) {
    this.scopes = [moduleScope];
    this.scope = moduleScope;
    this.emit = emit;
    this.options = options;
    this.constants = new Constants(consts, options);
  }

  protected abstract block(body: readonly ast.Stmt[]): void;

  protected error(message: string, node: { readonly line: number; readonly start: number }): never {
    throw new PySyntaxError("SyntaxError", message, node.line, node.start, "", this.scope.simpleName);
  }

  protected newLabel(): number {
    return this.nextLabel++;
  }

  // ---- names

  protected loadId(qst: string): void {
    if (this.pass === PASS_SCOPE) this.scope.idForLoad(qst);
    else this.idOp(qst, bc0.LOAD_NAME, 1, bc0.LOAD_DEREF);
  }
  protected storeId(qst: string): void {
    if (this.pass === PASS_SCOPE) this.scope.idForModification(qst);
    else this.idOp(qst, bc0.STORE_NAME, -1, bc0.STORE_DEREF);
  }
  protected deleteId(qst: string): void {
    if (this.pass === PASS_SCOPE) this.scope.idForModification(qst);
    else this.idOp(qst, bc0.DELETE_NAME, 0, bc0.DELETE_DEREF);
  }

  // x_GLOBAL follows x_NAME in the opcode table.
  private idOp(qst: string, nameOp: number, stackAdjust: number, derefOp: number): void {
    const id = this.scope.find(qst)!;
    const { emit } = this;
    switch (id.kind) {
      case "global_implicit":
      case "global_implicit_assigned":
        emit.opQstr(nameOp, stackAdjust, qst);
        break;
      case "global_explicit":
        emit.opQstr(nameOp + 1, stackAdjust, qst);
        break;
      case "local":
        if (nameOp === bc0.LOAD_NAME) emit.loadFast(id.localNum);
        else if (nameOp === bc0.STORE_NAME) emit.storeFast(id.localNum);
        else emit.deleteFast(id.localNum);
        break;
      default:
        emit.opUint(derefOp, stackAdjust, id.localNum);
    }
  }

  protected declareGlobalOrNonlocal(id: IdInfo, isGlobal: boolean, node: ast.Span): void {
    if (isGlobal) {
      if (id.kind !== "undecided" && id.kind !== "global_explicit") this.error("identifier redefined as global", node);
      id.kind = "global_explicit";
      const outer = this.scope.findGlobal(id.qst);
      if (outer !== undefined) outer.kind = "global_explicit";
    } else if (id.kind === "undecided") {
      id.kind = "global_implicit";
      this.scope.checkToCloseOver(id);
      if ((id.kind as string) === "global_implicit") this.error("no binding for nonlocal found", node);
    } else if (id.kind !== "free") this.error("identifier redefined as nonlocal", node);
  }

  // ---- functions

  protected childScope(kind: ScopeKind, node: ast.Def | ast.Class | ast.Lambda | ast.Comp): Scope {
    let scope = this.childScopes.get(node);
    if (scope === undefined) {
      scope = new Scope(kind, node, this.scope);
      scope.rawCode = newRawCode();
      this.childScopes.set(node, scope);
      this.scopes.push(scope);
    }
    return scope;
  }

  /** Leaves the function object of `scope` on the stack; defaults come as a tuple and a dict below it. */
  protected functionDefaults(scope: Scope, params: readonly ast.Param[]): void {
    const { emit } = this;
    let haveStar = false;
    let nDict = 0;
    let nDefault = 0;
    for (const param of params) {
      if (param.kind === "star") haveStar = true;
      if (param.kind !== "plain") continue;
      if (param.default === null) {
        if (!haveStar && nDefault !== 0) this.error("non-default argument follows default argument", param);
        continue;
      }
      if (!haveStar) {
        nDefault++;
        this.expr(param.default);
        continue;
      }
      if (++nDict === 1) {
        if (nDefault > 0) emit.opUint(bc0.BUILD_TUPLE, 1 - nDefault, nDefault);
        else emit.op(bc0.LOAD_NULL, 1);
        emit.opUint(bc0.BUILD_MAP, 1, 0);
      }
      this.expr(param.default);
      emit.opQstr(bc0.LOAD_CONST_STRING, 1, param.name!);
      emit.op(bc0.STORE_MAP, -2);
    }
    if (nDefault > 0 && nDict === 0) {
      emit.opUint(bc0.BUILD_TUPLE, 1 - nDefault, nDefault);
      emit.op(bc0.LOAD_NULL, 1);
    }
    this.closeOver(scope, nDefault, nDict);
  }

  protected closeOver(scope: Scope, nPosDefaults: number, nKwDefaults: number): void {
    const { emit } = this;
    if (nKwDefaults > 0) scope.flags |= bc0.SCOPE_FLAG_DEFKWARGS;
    scope.numDefPosArgs = nPosDefaults;
    let nFree = 0;
    if (this.scope.kind !== "module") {
      for (const id of this.scope.ids) {
        if (id.kind !== "cell" && id.kind !== "free") continue;
        if (scope.find(id.qst)?.kind !== "free") continue;
        emit.loadFast(id.localNum);
        nFree++;
      }
    }
    const hasDefaults = nPosDefaults > 0 || nKwDefaults > 0;
    if (nFree === 0) emit.makeFunction(scope, hasDefaults);
    else emit.makeClosure(scope, nFree, hasDefaults);
  }

  // ---- conditions

  /** Jumps to `label` when the truth of `test` is `jumpIf`; falls through otherwise. */
  protected ifCond(test: ast.Expr, jumpIf: boolean, label: number): void {
    const known = this.constants.truth(test);
    if (known !== undefined) {
      if (known === jumpIf) this.emit.jump(label);
      return;
    }
    if (test.kind === "boolop") {
      const items = this.constants.boolItems(test);
      if (items.length === 1) {
        this.ifCond(items[0]!, jumpIf, label);
      } else if ((test.op === "or") === jumpIf) {
        for (const item of items) this.ifCond(item, jumpIf, label);
      } else {
        const skip = this.newLabel();
        for (const item of items.slice(0, -1)) this.ifCond(item, !jumpIf, skip);
        this.ifCond(items[items.length - 1]!, jumpIf, label);
        this.emit.labelAssign(skip);
      }
      return;
    }
    if (test.kind === "unary" && test.op === "not") {
      this.ifCond(test.operand, !jumpIf, label);
      return;
    }
    this.expr(test);
    this.emit.popJumpIf(jumpIf, label);
  }

  // ---- assignment

  protected assign(target: ast.Expr, kind: AssignKind): void {
    const { emit } = this;
    switch (target.kind) {
      case "name":
        if (this.constants.fold(target) !== undefined) break;
        if (kind === "aug_load") this.loadId(target.id);
        else this.storeId(target.id);
        return;
      case "subscript":
        if (kind === "aug_store") emit.op(bc0.ROT_THREE, 0);
        else {
          this.expr(target.value);
          this.expr(target.index);
          if (kind === "aug_load") {
            emit.op(bc0.DUP_TOP_TWO, 2);
            emit.op(bc0.LOAD_SUBSCR, -1);
            return;
          }
        }
        emit.op(bc0.STORE_SUBSCR, -3);
        return;
      case "attribute":
        if (kind === "aug_load") {
          this.expr(target.value);
          emit.op(bc0.DUP_TOP, 1);
          emit.opQstr(bc0.LOAD_ATTR, 0, target.attr);
          return;
        }
        if (kind === "aug_store") emit.op(bc0.ROT_TWO, 0);
        else this.expr(target.value);
        emit.opQstr(bc0.STORE_ATTR, -2, target.attr);
        return;
      case "tuple":
      case "list":
        if (kind !== "store" || (target.kind === "tuple" && target.items.length === 0)) break;
        this.assignSequence(target.items);
        return;
    }
    this.error(
      this.options.release === "1.9.2" && isLiteral(target) ? "can't assign to literal" : "can't assign to expression",
      target,
    );
  }

  private assignSequence(items: readonly ast.Expr[]): void {
    const { emit } = this;
    const star = items.findIndex((item) => item.kind === "star");
    const second = items.findIndex((item, i) => i > star && item.kind === "star");
    if (star >= 0) {
      const right = items.length - star - 1;
      emit.opUint(bc0.UNPACK_EX, star + right, star | (right << 8));
      if (second >= 0) this.error("multiple *x in assignment", items[second]!);
    } else emit.opUint(bc0.UNPACK_SEQUENCE, items.length - 1, items.length);
    for (const item of items) this.assign(item.kind === "star" ? item.value : item, "store");
  }

  // ---- expressions

  protected isSmallIntConst(e: ast.Expr): boolean {
    const known = this.constants.fold(e);
    return known !== undefined && isSmallInt(known.value, this.options.smallIntBits);
  }

  protected binaryOpcode(op: ast.BinaryOp): number {
    return binaryOpcodes[op];
  }

  private constant({ value, line }: Known): void {
    const { emit } = this;
    if (line !== LEAF) {
      emit.setSourceLine(line);
      emit.loadConstObj(value);
    } else if (value === null) emit.loadNone();
    else if (value === true) emit.op(bc0.LOAD_CONST_TRUE, 1);
    else if (value === false) emit.op(bc0.LOAD_CONST_FALSE, 1);
    else if (isSmallInt(value, this.options.smallIntBits)) emit.loadConstSmallInt(value);
    else if (typeof value === "string") emit.opQstr(bc0.LOAD_CONST_STRING, 1, value);
    else emit.loadConstObj(value);
  }

  protected expr(e: ast.Expr): void {
    const known = this.constants.fold(e);
    if (known !== undefined && !(e.kind === "tuple" && e.items.length === 0)) this.constant(known);
    else if (e.kind === "name") this.loadId(e.id);
    else if (e.kind === "boolop" && this.constants.boolItems(e).length === 1) this.expr(this.constants.boolItems(e)[0]!);
    else {
      this.emit.setSourceLine(e.line);
      this.compound(e);
    }
  }

  private compound(e: ast.Expr): void {
    const { emit } = this;
    switch (e.kind) {
      case "fstring":
        this.fstring(e);
        break;
      case "tuple":
      case "list":
        for (const item of e.items) this.item(item);
        emit.opUint(e.kind === "tuple" ? bc0.BUILD_TUPLE : bc0.BUILD_LIST, 1 - e.items.length, e.items.length);
        break;
      case "dict":
        emit.opUint(bc0.BUILD_MAP, 1, e.items.length);
        for (const { key, value, line } of e.items) {
          if (key === null) this.error("invalid syntax", e);
          emit.setSourceLine(line);
          this.expr(value);
          this.expr(key);
          emit.op(bc0.STORE_MAP, -2);
        }
        break;
      case "invalid":
        this.error(e.message, e);
      case "set":
        for (const item of e.items) this.item(item);
        emit.opUint(bc0.BUILD_SET, 1 - e.items.length, e.items.length);
        break;
      case "comp":
        this.comprehension(e);
        break;
      case "unary":
        this.expr(e.operand);
        emit.op(bc0.UNARY_OP_MULTI + ["+", "-", "~", "not"].indexOf(e.op), 0);
        break;
      case "binary":
        this.binary(e);
        break;
      case "boolop": {
        const items = this.constants.boolItems(e);
        const end = items.length > 1 ? this.newLabel() : -1;
        items.forEach((item, i) => {
          this.expr(item);
          if (i + 1 < items.length) emit.jumpIfOrPop(e.op === "or", end);
        });
        if (end >= 0) emit.labelAssign(end);
        break;
      }
      case "compare":
        this.compare(e);
        break;
      case "conditional": {
        const fail = this.newLabel();
        const end = this.newLabel();
        this.ifCond(e.test, false, fail);
        this.expr(e.body);
        emit.jump(end);
        emit.labelAssign(fail);
        emit.adjustStackSize(-1);
        this.expr(e.orelse);
        emit.labelAssign(end);
        break;
      }
      case "lambda":
        this.functionDefaults(this.childScope("lambda", e), e.params);
        break;
      case "call":
        this.call(e);
        break;
      case "attribute":
        this.expr(e.value);
        emit.setSourceLine(e.opLine);
        emit.opQstr(bc0.LOAD_ATTR, 0, e.attr);
        break;
      case "subscript":
        this.expr(e.value);
        emit.setSourceLine(e.opLine);
        this.expr(e.index);
        emit.op(bc0.LOAD_SUBSCR, -1);
        break;
      case "slice":
        for (const bound of [e.lower, e.upper]) {
          if (bound === null) emit.loadNone();
          else this.expr(bound);
        }
        if (e.step !== null) this.expr(e.step);
        emit.opUint(bc0.BUILD_SLICE, e.step === null ? -1 : -2, e.step === null ? 2 : 3);
        break;
      case "star":
        this.error("*x must be assignment target", e);
        break;
      case "await":
        this.checkInFunction("'await' outside function", e);
        this.expr(e.value);
        this.yieldFrom();
        break;
      case "yield":
        this.checkInFunction("'yield' outside function", e);
        if (e.value === null) emit.loadNone();
        else this.expr(e.value);
        emit.yieldOp(bc0.YIELD_VALUE);
        break;
      case "yieldfrom":
        this.checkInFunction("'yield' outside function", e);
        this.expr(e.value);
        this.yieldFrom();
        break;
      case "walrus":
        this.walrus(e);
        break;
    }
  }

  private item(item: ast.Expr): void {
    if (item.kind === "star") this.error("*x must be assignment target", item);
    this.expr(item);
  }

  private checkInFunction(message: string, node: ast.Span): void {
    if (this.scope.kind !== "function" && this.scope.kind !== "lambda") this.error(message, node);
  }

  protected yieldFrom(): void {
    this.emit.op(bc0.GET_ITER, 0);
    this.emit.loadNone();
    this.emit.yieldOp(bc0.YIELD_FROM);
  }

  // A chain of one precedence folds as a whole or not at all, as MicroPython's parser has it in one node.
  private binary(e: ast.Binary): void {
    const left = e.left;
    if (left.kind === "binary" && left.outer === undefined && Constants.sameChain(e.op, left.op)) this.binary(left);
    else this.expr(left);
    this.expr(e.right);
    this.emit.binaryOp(binaryOpcodes[e.op]);
  }

  private compare(e: ast.Compare): void {
    const { emit } = this;
    this.expr(e.left);
    const multi = e.rest.length > 1;
    const fail = multi ? this.newLabel() : -1;
    e.rest.forEach(({ op, right }, i) => {
      const more = i + 1 < e.rest.length;
      this.expr(right);
      if (more) {
        emit.op(bc0.DUP_TOP, 1);
        emit.op(bc0.ROT_THREE, 0);
      }
      emit.binaryOp(compareOpcodes[op]);
      if (op === "not in" || op === "is not") emit.op(bc0.UNARY_OP_MULTI + bc0.UNARY_NOT, 0);
      if (more) emit.jumpIfOrPop(false, fail);
    });
    if (!multi) return;
    const end = this.newLabel();
    emit.jump(end);
    emit.labelAssign(fail);
    emit.adjustStackSize(1);
    emit.op(bc0.ROT_TWO, 0);
    emit.op(bc0.POP_TOP, -1);
    emit.labelAssign(end);
  }

  private call(e: ast.Call): void {
    const { emit, scope } = this;
    const func = e.func;
    if (func.kind === "attribute" && func.outer === undefined) {
      const object = func.value;
      if (this.isSuper(object)) {
        this.superArguments(object as ast.Call);
        emit.opQstr(bc0.LOAD_SUPER_METHOD, -1, func.attr);
      } else {
        this.expr(object);
        emit.opQstr(bc0.LOAD_METHOD, 1, func.attr);
      }
      this.callArguments(e.args, true, 0);
    } else if (this.isSuper(e)) {
      this.superArguments(e);
      emit.call(false, 2, 0, false);
    } else if (
      func.kind === "name" &&
      func.id === "OrderedDict" &&
      scope !== null &&
      e.args.length === 1 &&
      e.args[0]!.kind === "positional" &&
      e.args[0]!.value.kind === "dict"
    ) {
      // OrderedDict({...}): filled in the order of the text
      this.expr(func);
      emit.call(false, 0, 0, false);
      for (const { key, value } of e.args[0]!.value.items) {
        this.expr(value);
        this.expr(key!);
        emit.op(bc0.STORE_MAP, -2);
      }
    } else {
      this.expr(func);
      emit.setSourceLine(e.opLine);
      this.callArguments(e.args, false, 0);
    }
  }

  private isSuper(e: ast.Expr): boolean {
    return (
      e.kind === "call" &&
      e.outer === undefined &&
      this.scope.kind === "function" &&
      e.func.kind === "name" &&
      e.func.id === "super" &&
      e.args.length === 0
    );
  }

  // super() in a method: super, __class__ and the first argument.
  private superArguments(e: ast.Call): void {
    this.expr(e.func);
    this.loadId("__class__");
    const self = this.scope.ids.find((id) => id.isParam);
    if (self === undefined) this.error("super() can't find self", e);
    this.loadId(self.qst);
  }

  protected callArguments(args: readonly ast.Argument[], isMethod: boolean, nExtra: number): void {
    const { emit } = this;
    let nPos = nExtra;
    let nKw = 0;
    let hasStar = false;
    let hasDoubleStar = false;
    let starBits = 0n;
    const ordered = this.options.release === "1.28" ? args : this.oldStars(args);
    ordered.forEach((arg, i) => {
      switch (arg.kind) {
        case "star":
          if (hasDoubleStar) this.error("* arg after **", arg);
          if (nKw > 0) this.error("* arg after kwarg", arg);
          if (i >= this.options.smallIntBits - 1) this.error("too many args", arg);
          hasStar = true;
          starBits |= 1n << BigInt(i);
          this.expr(arg.value);
          nPos++;
          break;
        case "doublestar":
          hasDoubleStar = true;
          emit.op(bc0.LOAD_NULL, 1);
          this.expr(arg.value);
          nKw++;
          break;
        case "keyword":
          emit.opQstr(bc0.LOAD_CONST_STRING, 1, arg.name!);
          this.expr(arg.value);
          nKw++;
          break;
        default:
          if (hasDoubleStar) this.error("positional arg after **", arg);
          if (nKw > 0) this.error("positional arg after keyword arg", arg);
          this.expr(arg.value);
          nPos++;
      }
    });
    const star = hasStar || hasDoubleStar;
    if (star) emit.loadConstSmallInt(starBits);
    emit.call(isMethod, nPos, nKw, star);
  }

  // Up to 1.18 a call has one *x and one **x, wherever they stand behind the positional arguments (py/compile.c).
  private oldStars(args: readonly ast.Argument[]): readonly ast.Argument[] {
    const star = args.filter((arg) => arg.kind === "star");
    const doubleStar = args.filter((arg) => arg.kind === "doublestar");
    if (star.length > 1) this.error("can't have multiple *x", star[1]);
    if (doubleStar.length > 1) this.error("can't have multiple **x", doubleStar[1]);
    const named = args.filter((arg) => arg.kind === "keyword");
    const last = args.findLastIndex((arg) => arg.kind !== "star" && arg.kind !== "doublestar" && arg.kind !== "keyword");
    const before = args.slice(0, Math.max(0, last));
    if (before.some((arg) => arg.kind === "star" || arg.kind === "doublestar"))
      this.error("non-keyword arg after */**", args[last]);
    if (before.some((arg) => arg.kind === "keyword")) this.error("non-keyword arg after keyword arg", args[last]);
    return [...args.slice(0, last + 1), ...star, ...named, ...doubleStar];
  }

  private comprehension(e: ast.Comp): void {
    this.closeOver(this.childScope(e.of, e), 0, 0);
    const first = e.clauses[0] as ast.CompClause & { kind: "for" };
    this.expr(first.iter);
    if (e.of === "generator") this.emit.op(bc0.GET_ITER, 0);
    this.emit.call(false, 1, 0, false);
  }

  /** The body of a comprehension's own function; its argument, the iterable, is named "". */
  protected scopeComp(scope: Scope, node: ast.Comp): void {
    const { emit } = this;
    if (this.pass === PASS_SCOPE) {
      scope.findOrAdd("", "local");
      scope.numPosArgs = 1;
    }
    emit.setSourceLine(node.bodyLine);
    if (scope.kind === "list") emit.opUint(bc0.BUILD_LIST, 1, 0);
    else if (scope.kind === "dict") emit.opUint(bc0.BUILD_MAP, 1, 0);
    else if (scope.kind === "set") emit.opUint(bc0.BUILD_SET, 1, 0);
    if (scope.kind === "generator") {
      emit.op(bc0.LOAD_NULL, 1);
      this.loadId("");
      emit.op(bc0.LOAD_NULL, 1);
      emit.op(bc0.LOAD_NULL, 1);
    } else {
      this.loadId("");
      emit.op(bc0.GET_ITER_STACK, bc0.ITER_BUF_NSLOTS - 1);
    }
    this.compClause(scope, node, 0, 0);
    if (scope.kind === "generator") emit.loadNone();
    emit.returnValue();
  }

  private compClause(scope: Scope, node: ast.Comp, index: number, depth: number): void {
    const { emit } = this;
    const clause = node.clauses[index] as ast.CompClause & { kind: "for" };
    const top = this.newLabel();
    const end = this.newLabel();
    emit.labelAssign(top);
    emit.opLabel(bc0.FOR_ITER, 1, end);
    this.assign(clause.target, "store");
    let next = index + 1;
    for (let inner = node.clauses[next]; inner?.kind === "if"; inner = node.clauses[++next]) this.ifCond(inner.test, false, top);
    const inner = node.clauses[next];
    if (inner === undefined) {
      if (scope.kind === "dict") this.expr(node.value!);
      this.expr(node.element);
      if (scope.kind === "generator") {
        emit.yieldOp(bc0.YIELD_VALUE);
        emit.op(bc0.POP_TOP, -1);
      } else emit.storeComp(scope.kind, 4 * depth + 5);
    } else {
      this.expr((inner as ast.CompClause & { kind: "for" }).iter);
      emit.op(bc0.GET_ITER_STACK, bc0.ITER_BUF_NSLOTS - 1);
      this.compClause(scope, node, next, depth + 1);
    }
    emit.jump(top);
    emit.labelAssign(end);
    emit.adjustStackSize(-bc0.ITER_BUF_NSLOTS);
  }

  private walrus(e: ast.Walrus): void {
    if (e.target.kind !== "name") this.error("can't assign to expression", e.target);
    const name = e.target.id;
    this.expr(e.value);
    this.emit.op(bc0.DUP_TOP, 1);
    const { scope } = this;
    if (this.pass === PASS_SCOPE && scope.isCompLike) {
      // Inside a comprehension the name is bound in the function around it (PEP 572).
      const outer = scope.parent!.idForModification(name);
      if (outer.kind === "global_explicit") scope.findOrAdd(name, "global_explicit");
      else {
        const id = scope.findOrAdd(name, "undecided");
        const isGlobal = scope.parent!.parent === null;
        if (!isGlobal && id.kind === "global_implicit") id.kind = "undecided";
        this.declareGlobalOrNonlocal(id, isGlobal, e);
      }
    }
    this.storeId(name);
  }

  // f"a{b!r:>{w}}c" is '{!r:>{}}'.format(b, w), the way MicroPython's lexer rewrites it.
  private fstring(e: ast.FString): void {
    if (e.templateArgs !== null) {
      this.loadId("__template__");
      this.emit.setSourceLine(e.templateArgs[0]!.line);
      for (const arg of e.templateArgs) this.expr(arg);
      this.emit.call(false, e.templateArgs.length, 0, false);
      return;
    }
    if (e.args.length === 0 && this.options.release !== "1.28") {
      const value = e.format.replace(/\{\{|\}\}/g, (m) => m[0]!);
      this.constant({ value, line: e.isInterned ? LEAF : e.line });
      return;
    }
    this.constant({ value: e.format, line: e.isInterned ? LEAF : e.line });
    this.emit.opQstr(bc0.LOAD_METHOD, 1, "format");
    for (const arg of e.args) this.expr(arg);
    this.emit.call(true, e.args.length, 0, false);
  }
}

/** What 1.9.2 has folded into a constant when it looks at the target. */
function isLiteral(e: ast.Expr): boolean {
  if (e.kind === "unary") return isLiteral(e.operand);
  if (e.kind === "tuple") return e.items.length > 0 && e.items.every(isLiteral);
  return ["int", "float", "imag", "str", "bytes", "const"].includes(e.kind);
}
