// The compiler: walks the parse tree once per pass and tells the emitter what to write (py/compile.c).
// Statements and scopes are here; expressions are in compile-expr.ts, constants in constant.ts.
import * as bc0 from "../bytecode/bc0.ts";
import { newRawCode, type ModuleContext, type RawCode } from "../bytecode/rawcode.ts";
import { ExprCompiler } from "./compile-expr.ts";
import { collectConsts, type FoldRules } from "./constant.ts";
import {
  BREAK_FROM_FOR,
  EmitBc,
  EmitCommon,
  PASS_CODE_SIZE,
  PASS_EMIT,
  PASS_SCOPE,
  PASS_STACK_SIZE,
  type Pass,
} from "./emitbc.ts";
import type { MpRelease } from "../mpconfig.ts";
import { EmitViper, isViperType, type ViperType } from "./emitviper.ts";
import type { EmitOptions, Scope } from "./scope.ts";
import { Scope as ScopeClass } from "./scope.ts";
import { PySyntaxError } from "./tree.ts";
import type * as ast from "./tree.ts";

export interface CompileOptions {
  /** Print the value of expression statements at module level, as the REPL does. */
  readonly isRepl: boolean;
  readonly kind: ast.InputKind;
  /** micropython.opt_level(): 1 and up drop assertions, 3 drops line numbers. */
  readonly optLevel: number;
  readonly smallIntBits: number;
  readonly release: MpRelease;
  /** There are @micropython.native and viper. */
  readonly emitsNative: boolean;
  /** There is an inline assembler, but not here. */
  readonly lacksAssembler?: boolean;
  /** A line for each class body and except clause, as builds with sys.settrace have it. */
  readonly settrace: boolean;
  readonly moduleConst?: FoldRules["moduleConst"];
}

export interface CompiledModule {
  readonly context: ModuleContext;
  readonly rc: RawCode;
  /** How many tokens its source had, when there was one. */
  readonly tokens?: number;
  /** How many functions, classes and comprehensions it has. */
  readonly scopes?: number;
}

/** Compiles a parse tree to bytecode. Throws PySyntaxError. */
export function compile(module: ast.Module, sourceFile: string, options: CompileOptions): CompiledModule {
  return new Compiler(module, sourceFile, options).run();
}

class Compiler extends ExprCompiler {
  private readonly module: ast.Module;
  private readonly bytecodeEmit: EmitBc;
  private readonly viperEmit: EmitViper;

  constructor(module: ast.Module, sourceFile: string, options: CompileOptions) {
    const consts = collectConsts(module, options.optLevel === 0, options);
    const scope = new ScopeClass("module", module, null);
    scope.rawCode = newRawCode();
    const common = new EmitCommon(sourceFile);
    const emitter = [common, scope, options.optLevel < 3, options.release !== "1.28"] as const;
    const emit = new EmitBc(...emitter);
    super(scope, emit, options, consts);
    this.bytecodeEmit = emit;
    this.viperEmit = new EmitViper(...emitter);
    this.module = module;
  }

  run(): CompiledModule {
    // New scopes are appended while the list is walked.
    for (let i = 0; i < this.scopes.length; i++) {
      const scope = this.scopes[i]!;
      this.compileScope(scope, PASS_SCOPE);
      for (const id of scope.ids) if (id.kind === "global_implicit") scope.checkToCloseOver(id);
    }
    for (const scope of this.scopes) scope.computeThings();
    for (const scope of this.scopes) {
      this.compileScope(scope, PASS_STACK_SIZE);
      this.checkTypes(scope);
      this.compileScope(scope, PASS_CODE_SIZE);
      while (!this.compileScope(scope, PASS_EMIT));
      if (this.emit.overflow) throw new PySyntaxError("RuntimeError", "bytecode overflow", scope.node.line, -1);
    }
    const { qstrs, objs } = this.emit.common;
    return { context: { qstrs, objs }, rc: this.scopes[0]!.rawCode!, tokens: this.module.tokens, scopes: this.scopes.length - 1 };
  }

  private checkTypes(scope: Scope): void {
    const { error } = this.viperEmit;
    if (error !== null) throw new PySyntaxError("ViperTypeError", error, scope.node.line, -1, "", scope.simpleName);
  }

  private compileScope(scope: Scope, pass: Pass): boolean {
    this.pass = pass;
    this.scope = scope;
    this.emit = scope.emitOptions === "viper" && pass !== PASS_SCOPE ? this.viperEmit : this.bytecodeEmit;
    this.nextLabel = 0;
    scope.rawCode!.isNative = scope.emitOptions !== "bytecode";
    scope.rawCode!.isViper = scope.emitOptions === "viper";
    this.emit.startPass(pass, scope);
    const node = scope.node;
    switch (node.kind) {
      case "module":
        if (this.options.kind === "eval") {
          this.expr((node.body[0] as ast.ExprStmt).value);
        } else {
          this.block(node.body);
          this.emit.loadNone();
        }
        this.emit.returnValue();
        break;
      case "def":
        if (pass === PASS_SCOPE) {
          this.scopeParams(node.params);
          if (scope.emitOptions === "viper") scope.viperReturn = this.viperType(node.returns);
        }
        this.block(node.body.body);
        if (!this.emit.isDead) {
          this.emit.loadNone();
          this.emit.returnValue();
        }
        break;
      case "lambda":
        this.emit.setSourceLine(node.line);
        if (pass === PASS_SCOPE) this.scopeParams(node.params);
        this.expr(node.body);
        if (scope.flags & bc0.SCOPE_FLAG_GENERATOR) {
          this.emit.op(bc0.POP_TOP, -1);
          this.emit.loadNone();
        }
        this.emit.returnValue();
        break;
      case "comp":
        this.scopeComp(scope, node);
        break;
      case "class":
        this.scopeClass(scope, node);
        break;
    }
    return this.emit.endPass();
  }

  private scopeClass(scope: Scope, node: ast.Class): void {
    if (this.pass === PASS_SCOPE) scope.findOrAdd("__class__", "local");
    if (this.options.settrace) this.emit.setSourceLine(node.line);
    this.loadId("__name__");
    this.storeId("__module__");
    this.emit.opQstr(bc0.LOAD_CONST_STRING, 1, node.name);
    this.storeId("__qualname__");
    this.block(node.body.body);
    const id = scope.find("__class__")!;
    if (id.kind === "local") this.emit.loadNone();
    else this.emit.loadFast(id.localNum);
    this.emit.returnValue();
  }

  // Names the parameters, in the order of the bytecode's argument slots.
  private scopeParams(params: readonly ast.Param[]): void {
    let haveStar = false;
    const { scope } = this;
    for (const param of params) {
      if (scope.flags & bc0.SCOPE_FLAG_VARKEYWORDS) this.error("invalid syntax", param);
      if (param.kind === "slash") continue;
      if (param.kind === "star") {
        if (haveStar) this.error("invalid syntax", param);
        haveStar = true;
        if (param.name !== null) scope.flags |= bc0.SCOPE_FLAG_VARARGS;
      } else if (param.kind === "doublestar") scope.flags |= bc0.SCOPE_FLAG_VARKEYWORDS;
      else if (haveStar) scope.numKwonlyArgs++;
      else scope.numPosArgs++;
      if (param.name === null) continue;
      const id = scope.findOrAdd(param.name, "undecided");
      if (id.kind !== "undecided") this.error("argument name reused", param);
      id.kind = "local";
      id.isParam = true;
      id.isStarParam = param.kind === "star";
      id.isDblStarParam = param.kind === "doublestar";
      if (scope.emitOptions === "viper" && param.kind === "plain") id.viperType = this.viperType(param.annotation);
    }
  }

  private viperType(annotation: ast.Expr | null): ViperType {
    if (annotation === null) return "object";
    if (annotation.kind !== "name") this.error("annotation must be an identifier", annotation);
    const { id, line, start } = annotation;
    if (isViperType(id)) return id;
    throw new PySyntaxError("ViperTypeError", `unknown type '${id}'`, line, start, "", this.scope.simpleName);
  }

  protected override block(body: readonly ast.Stmt[]): void {
    for (const stmt of body) this.stmt(stmt);
  }

  private suite(suite: ast.Suite): void {
    this.block(suite.body);
  }

  private stmt(stmt: ast.Stmt): void {
    const { emit } = this;
    this.errorLine = stmt.line;
    switch (stmt.kind) {
      case "pass":
        emit.setSourceLine(stmt.line);
        break;
      case "expr":
        this.exprStmt(stmt);
        break;
      case "assign":
        this.assignStmt(stmt);
        break;
      case "augassign":
        emit.setSourceLine(stmt.line);
        this.assign(stmt.target, "aug_load");
        this.expr(stmt.value);
        emit.binaryOp(this.binaryOpcode(stmt.op) - bc0.INPLACE_TO_NORMAL);
        this.assign(stmt.target, "aug_store");
        break;
      case "annassign":
        if (this.constants.isHidden(stmt)) break;
        emit.setSourceLine(stmt.line);
        if (stmt.value !== null) {
          this.expr(stmt.value);
          this.assign(stmt.target, "store");
        } else if (this.scope.kind === "function" && stmt.target.kind === "name") {
          this.scope.findOrAdd(stmt.target.id, "local");
        }
        break;
      case "del":
        emit.setSourceLine(stmt.line);
        if (stmt.target.kind === "tuple" && !stmt.target.parens) for (const item of stmt.target.items) this.del(item);
        else this.del(stmt.target);
        break;
      case "break":
      case "continue": {
        emit.setSourceLine(stmt.line);
        const label = stmt.kind === "break" ? this.breakLabel : this.continueLabel;
        if (label < 0)
          this.error(this.options.release === "1.9.2" ? `'${stmt.kind}' outside loop` : "'break'/'continue' outside loop", stmt);
        emit.unwindJump(label, this.exceptLevel - this.breakContinueExceptLevel);
        break;
      }
      case "return":
        emit.setSourceLine(stmt.line);
        this.returnStmt(stmt);
        break;
      case "raise":
        emit.setSourceLine(stmt.line);
        if ((stmt.exc === null || stmt.cause !== null) && this.scope.emitOptions !== "bytecode" && this.pass !== PASS_SCOPE)
          throw new PySyntaxError("NotImplementedError", "native raise", stmt.line, -1, "", this.scope.simpleName);
        if (stmt.exc === null) emit.raiseVarargs(0);
        else {
          this.expr(stmt.exc);
          if (stmt.cause !== null) this.expr(stmt.cause);
          emit.raiseVarargs(stmt.cause !== null ? 2 : 1);
        }
        break;
      case "global":
      case "nonlocal":
        emit.setSourceLine(stmt.line);
        this.globalStmt(stmt);
        break;
      case "assert":
        emit.setSourceLine(stmt.line);
        this.assertStmt(stmt);
        break;
      case "import":
        emit.setSourceLine(stmt.line);
        for (const name of stmt.names) {
          emit.loadConstSmallInt(0);
          emit.loadNone();
          emit.opQstr(bc0.IMPORT_NAME, -1, name.path.join("."));
          if (name.asname !== null) for (const attr of name.path.slice(1)) emit.opQstr(bc0.LOAD_ATTR, 0, attr);
          this.storeId(name.asname ?? name.path[0]!);
        }
        break;
      case "from":
        emit.setSourceLine(stmt.line);
        this.importFrom(stmt);
        break;
      case "if":
        emit.setSourceLine(stmt.line);
        this.ifStmt(stmt);
        break;
      case "while":
        emit.setSourceLine(stmt.line);
        this.whileStmt(stmt);
        break;
      case "for":
        emit.setSourceLine(stmt.line);
        if (stmt.isAsync) this.asyncForStmt(stmt);
        else this.forStmt(stmt);
        break;
      case "try":
        emit.setSourceLine(stmt.line);
        if (stmt.finalbody !== null) this.tryFinally(stmt, stmt.finalbody);
        else this.tryExcept(stmt);
        break;
      case "with":
        emit.setSourceLine(stmt.line);
        if (stmt.isAsync) this.asyncWith(stmt, 0);
        else this.withItems(stmt, 0);
        break;
      case "def":
      case "class":
        emit.setSourceLine(stmt.decorators[0]?.line ?? stmt.line);
        this.definition(stmt);
        break;
      default:
        stmt satisfies never;
    }
  }

  private exprStmt(stmt: ast.ExprStmt): void {
    this.emit.setSourceLine(stmt.line);
    if (this.options.isRepl && this.scope.kind === "module") {
      this.loadId("__repl_print__");
      this.expr(stmt.value);
      this.emit.call(false, 1, 0, false);
    } else {
      if (this.constants.fold(stmt.value) !== undefined) return; // a lonely constant does nothing
      this.expr(stmt.value);
    }
    this.emit.op(bc0.POP_TOP, -1);
  }

  private assignStmt(stmt: ast.Assign): void {
    const { emit } = this;
    const first = stmt.targets[0]!;
    if (this.constants.isHidden(stmt)) return; // _X = const(...)
    emit.setSourceLine(stmt.line);
    if (stmt.targets.length > 1) {
      this.expr(stmt.value);
      stmt.targets.forEach((target, i) => {
        if (i + 1 < stmt.targets.length) emit.op(bc0.DUP_TOP, 1);
        this.assign(target, "store");
      });
      return;
    }
    if (
      first.kind === "tuple" &&
      !first.parens &&
      stmt.value.kind === "tuple" &&
      !stmt.value.parens &&
      first.items.length === stmt.value.items.length &&
      (first.items.length === 2 || first.items.length === 3) &&
      !first.items.some((item) => item.kind === "star") &&
      this.constants.fold(stmt.value) === undefined
    ) {
      // a, b = c, d without building a tuple
      for (const item of stmt.value.items) this.expr(item);
      if (first.items.length === 3) emit.op(bc0.ROT_THREE, 0);
      emit.op(bc0.ROT_TWO, 0);
      for (const item of first.items) this.assign(item, "store");
      return;
    }
    this.expr(stmt.value);
    this.assign(first, "store");
  }

  private del(target: ast.Expr): void {
    if (target.kind === "name" && this.constants.fold(target) === undefined) this.deleteId(target.id);
    else if (target.kind === "subscript") {
      this.expr(target.value);
      this.expr(target.index);
      this.emit.subscrDelete();
    } else if (target.kind === "attribute") {
      this.expr(target.value);
      this.emit.attrDelete(target.attr);
    } else if (target.kind === "tuple" && target.items.length > 0) for (const item of target.items) this.del(item);
    else this.error("can't delete expression", target);
  }

  private returnStmt(stmt: ast.Return): void {
    const { emit } = this;
    if (this.scope.kind !== "function") this.error("'return' outside function", stmt);
    if (stmt.value === null) emit.loadNone();
    else if (stmt.value.kind === "conditional" && stmt.value.outer === undefined) {
      const fail = this.newLabel();
      this.ifCond(stmt.value.test, false, fail);
      this.expr(stmt.value.body);
      emit.returnValue();
      emit.labelAssign(fail);
      this.expr(stmt.value.orelse);
    } else this.expr(stmt.value);
    emit.returnValue();
  }

  private globalStmt(stmt: ast.Global): void {
    if (this.pass !== PASS_SCOPE) return;
    if (stmt.kind === "nonlocal" && this.scope.kind === "module") this.error("can't declare nonlocal in outer code", stmt);
    for (const name of stmt.names)
      this.declareGlobalOrNonlocal(this.scope.findOrAdd(name, "undecided"), stmt.kind === "global", stmt);
  }

  private assertStmt(stmt: ast.Assert): void {
    if (this.options.optLevel !== 0) return;
    const end = this.newLabel();
    this.ifCond(stmt.test, true, end);
    this.emit.opQstr(bc0.LOAD_GLOBAL, 1, "AssertionError");
    if (stmt.message !== null) {
      this.expr(stmt.message);
      this.emit.call(false, 1, 0, false);
    }
    this.emit.raiseVarargs(1);
    this.emit.labelAssign(end);
  }

  private importFrom(stmt: ast.ImportFrom): void {
    const { emit } = this;
    const path = stmt.module.join(".");
    if (stmt.names === null && this.scope.kind !== "module") this.error("import * not at module level", stmt);
    emit.loadConstSmallInt(stmt.level);
    const names = stmt.names?.map((n) => n.name) ?? ["*"];
    for (const name of names) emit.opQstr(bc0.LOAD_CONST_STRING, 1, name);
    emit.opUint(bc0.BUILD_TUPLE, 1 - names.length, names.length);
    emit.opQstr(bc0.IMPORT_NAME, -1, path);
    if (stmt.names === null) emit.op(bc0.IMPORT_STAR, -1);
    else {
      for (const { name, asname } of stmt.names) {
        emit.opQstr(bc0.IMPORT_FROM, 1, name);
        this.storeId(asname ?? name);
      }
      emit.op(bc0.POP_TOP, -1);
    }
  }

  private ifStmt(stmt: ast.If): void {
    const { emit } = this;
    const end = this.newLabel();
    let branch: ast.If | ast.Suite | null = stmt;
    for (;;) {
      if (branch === null) break;
      if (!("kind" in branch)) {
        this.suite(branch);
        break;
      }
      const known = this.constants.truth(branch.test);
      if (known !== false) {
        const fail = this.newLabel();
        this.ifCond(branch.test, false, fail);
        this.suite(branch.body);
        if (known === true) break;
        if ((branch !== stmt || branch.orelse !== null) && !emit.isDead) emit.jump(end);
        emit.labelAssign(fail);
      }
      branch = branch.orelse;
    }
    emit.labelAssign(end);
  }

  /** Runs `body` with break and continue bound to fresh labels; gives them back to the enclosing loop afterwards. */
  private loop(isFor: boolean, body: (breakLabel: number, continueLabel: number) => void): void {
    const saved = [this.breakLabel, this.continueLabel, this.breakContinueExceptLevel] as const;
    const breakLabel = this.newLabel();
    const continueLabel = this.newLabel();
    this.breakLabel = isFor ? breakLabel | BREAK_FROM_FOR : breakLabel;
    this.continueLabel = continueLabel;
    this.breakContinueExceptLevel = this.exceptLevel;
    this.endLoop = () => {
      [this.breakLabel, this.continueLabel, this.breakContinueExceptLevel] = saved;
    };
    body(breakLabel, continueLabel);
  }
  private endLoop: () => void = () => {};

  private whileStmt(stmt: ast.While): void {
    const { emit } = this;
    const known = this.constants.truth(stmt.test);
    this.loop(false, (breakLabel, continueLabel) => {
      const end = this.endLoop;
      if (known !== false) {
        const top = this.newLabel();
        if (known !== true) emit.jump(continueLabel);
        emit.labelAssign(top);
        this.suite(stmt.body);
        emit.labelAssign(continueLabel);
        this.ifCond(stmt.test, true, top);
      }
      end();
      if (stmt.orelse !== null) this.suite(stmt.orelse);
      emit.labelAssign(breakLabel);
    });
  }

  private forStmt(stmt: ast.For): void {
    const range = this.rangeArguments(stmt);
    if (range !== null) {
      this.forRange(stmt, range);
      return;
    }
    const { emit } = this;
    this.loop(true, (breakLabel, continueLabel) => {
      const end = this.endLoop;
      const pop = this.newLabel();
      this.expr(stmt.iter);
      emit.op(bc0.GET_ITER_STACK, bc0.ITER_BUF_NSLOTS - 1);
      emit.labelAssign(continueLabel);
      emit.opLabel(bc0.FOR_ITER, 1, pop);
      this.assign(stmt.target, "store");
      this.suite(stmt.body);
      if (!emit.isDead) emit.jump(continueLabel);
      emit.labelAssign(pop);
      emit.adjustStackSize(-bc0.ITER_BUF_NSLOTS);
      end();
      if (stmt.orelse !== null) this.suite(stmt.orelse);
      emit.labelAssign(breakLabel);
    });
  }

  /** `for name in range(...)` that can count on the stack: its arguments, the step a non-zero small int. */
  private rangeArguments(stmt: ast.For): { start: ast.Expr | null; end: ast.Expr; step: number } | null {
    const { iter } = stmt;
    if (stmt.target.kind !== "name" || this.constants.fold(stmt.target) !== undefined) return null;
    if (iter.kind !== "call" || iter.func.kind !== "name" || iter.func.id !== "range") return null;
    const args = iter.args;
    if (args.length < 1 || args.length > 3 || args.some((a) => a.kind !== "positional")) return null;
    if (args.some((a) => a.value.kind === "comp" && a.value.isArgument)) return null;
    if (args.length === 1) return { start: null, end: args[0]!.value, step: 1 };
    if (args.length === 2) return { start: args[0]!.value, end: args[1]!.value, step: 1 };
    const step = this.constants.fold(args[2]!.value)?.value;
    if (typeof step !== "number" || step === 0) return null;
    return { start: args[0]!.value, end: args[1]!.value, step };
  }

  // Stack during the loop: the current value, below it the end unless that is a small int constant.
  private forRange(stmt: ast.For, range: { start: ast.Expr | null; end: ast.Expr; step: number }): void {
    const { emit } = this;
    this.loop(false, (breakLabel, continueLabel) => {
      const endLoop = this.endLoop;
      const top = this.newLabel();
      const entry = this.newLabel();
      const endOnStack = !this.isSmallIntConst(range.end);
      if (endOnStack) this.expr(range.end);
      if (range.start === null) emit.loadConstSmallInt(0);
      else this.expr(range.start);
      emit.jump(entry);
      emit.labelAssign(top);
      emit.op(bc0.DUP_TOP, 1);
      this.assign(stmt.target, "store");
      this.suite(stmt.body);
      emit.labelAssign(continueLabel);
      emit.loadConstSmallInt(range.step);
      emit.binaryOp(bc0.BINARY_INPLACE_ADD);
      emit.labelAssign(entry);
      if (endOnStack) {
        emit.op(bc0.DUP_TOP_TWO, 2);
        emit.op(bc0.ROT_TWO, 0);
      } else {
        emit.op(bc0.DUP_TOP, 1);
        this.expr(range.end);
      }
      emit.binaryOp(range.step >= 0 ? bc0.BINARY_LESS : bc0.BINARY_MORE);
      emit.popJumpIf(true, top);
      endLoop();
      let endLabel = -1;
      if (stmt.orelse !== null) {
        emit.op(bc0.POP_TOP, -1);
        if (endOnStack) emit.op(bc0.POP_TOP, -1);
        this.suite(stmt.orelse);
        endLabel = this.newLabel();
        emit.jump(endLabel);
        emit.adjustStackSize(endOnStack ? 2 : 1);
      }
      emit.labelAssign(breakLabel);
      emit.op(bc0.POP_TOP, -1);
      if (endOnStack) emit.op(bc0.POP_TOP, -1);
      if (endLabel >= 0) emit.labelAssign(endLabel);
    });
  }

  private setupBlock(opcode: number, label: number): void {
    this.emit.opLabel(opcode, opcode === bc0.SETUP_WITH ? 2 : 0, label);
    this.exceptLevel++;
    if (this.exceptLevel > this.scope.excStackSize) this.scope.excStackSize = this.exceptLevel;
  }

  private endBlock(): void {
    this.exceptLevel--;
    this.emit.op(bc0.END_FINALLY, -1);
  }

  private tryExcept(stmt: ast.Try): void {
    const { emit } = this;
    const handlerLabel = this.newLabel();
    const success = this.newLabel();
    this.setupBlock(bc0.SETUP_EXCEPT, handlerLabel);
    this.suite(stmt.body);
    emit.popExceptJump(success);
    emit.labelAssign(handlerLabel);
    emit.adjustStackSize(4); // the exception, and room for the state of an unwind jump
    const end = this.newLabel();
    stmt.handlers.forEach((handler, i) => {
      const next = this.newLabel();
      if (this.options.settrace) emit.setSourceLine(handler.line);
      if (handler.type === null) {
        if (i + 1 !== stmt.handlers.length) this.error("default 'except' must be last", handler);
      } else {
        emit.op(bc0.DUP_TOP, 1);
        this.expr(handler.type);
        emit.binaryOp(bc0.BINARY_EXCEPTION_MATCH);
        emit.popJumpIf(false, next);
      }
      if (handler.name === null) emit.op(bc0.POP_TOP, -1);
      else this.storeId(handler.name);
      // `except E as e`: the body is wrapped in try/finally that unbinds e
      const unbind = handler.name === null ? -1 : this.newLabel();
      if (handler.name !== null) this.setupBlock(bc0.SETUP_FINALLY, unbind);
      this.suite(handler.body);
      if (handler.name !== null) {
        emit.loadNone();
        emit.labelAssign(unbind);
        emit.adjustStackSize(1);
        emit.loadNone();
        this.storeId(handler.name);
        this.deleteId(handler.name);
        emit.adjustStackSize(-1);
        this.endBlock();
      }
      emit.popExceptJump(end);
      emit.labelAssign(next);
      emit.adjustStackSize(1);
    });
    this.endBlock();
    emit.adjustStackSize(-3);
    emit.labelAssign(success);
    if (stmt.orelse !== null) this.suite(stmt.orelse);
    emit.labelAssign(end);
  }

  private tryFinally(stmt: ast.Try, finalbody: ast.Suite): void {
    const { emit } = this;
    const finallyLabel = this.newLabel();
    this.setupBlock(bc0.SETUP_FINALLY, finallyLabel);
    if (stmt.handlers.length === 0) {
      emit.adjustStackSize(3); // room for the state of an unwind jump
      this.suite(stmt.body);
      emit.adjustStackSize(-3);
    } else this.tryExcept(stmt);
    emit.loadNone();
    emit.labelAssign(finallyLabel);
    emit.adjustStackSize(1); // a return value may be below the state
    this.suite(finalbody);
    emit.adjustStackSize(-1);
    this.endBlock();
  }

  private withItems(stmt: ast.With, i: number): void {
    const item = stmt.items[i];
    if (item === undefined) {
      this.suite(stmt.body);
      return;
    }
    const end = this.newLabel();
    this.expr(item.value);
    this.setupBlock(bc0.SETUP_WITH, end);
    if (item.target !== null) this.assign(item.target, "store");
    else this.emit.op(bc0.POP_TOP, -1);
    this.withItems(stmt, i + 1);
    this.emit.withCleanup(end);
    this.endBlock();
  }

  private awaitMethod(method: string): void {
    this.emit.opQstr(bc0.LOAD_METHOD, 1, method);
    this.emit.call(true, 0, 0, false);
    this.yieldFrom();
  }

  private checkAsync(what: ast.Stmt): void {
    if (!(this.scope.flags & bc0.SCOPE_FLAG_GENERATOR)) this.error("async for/with outside async function", what);
  }

  private asyncForStmt(stmt: ast.For): void {
    this.checkAsync(stmt);
    const { emit } = this;
    const whileElse = this.newLabel();
    const exception = this.newLabel();
    const tryElse = this.newLabel();
    const reraise = this.newLabel();
    this.expr(stmt.iter);
    emit.opQstr(bc0.LOAD_METHOD, 1, "__aiter__");
    emit.call(true, 0, 0, false);
    this.loop(false, (breakLabel, continueLabel) => {
      const endLoop = this.endLoop;
      emit.labelAssign(continueLabel);
      this.setupBlock(bc0.SETUP_EXCEPT, exception);
      emit.op(bc0.DUP_TOP, 1);
      this.awaitMethod("__anext__");
      this.assign(stmt.target, "store");
      emit.popExceptJump(tryElse);
      emit.labelAssign(exception);
      emit.adjustStackSize(4);
      emit.op(bc0.DUP_TOP, 1);
      emit.opQstr(bc0.LOAD_GLOBAL, 1, "StopAsyncIteration");
      emit.binaryOp(bc0.BINARY_EXCEPTION_MATCH);
      emit.popJumpIf(false, reraise);
      emit.op(bc0.POP_TOP, -1);
      emit.popExceptJump(whileElse);
      emit.labelAssign(reraise);
      emit.adjustStackSize(1);
      this.endBlock();
      emit.adjustStackSize(-3);
      emit.labelAssign(tryElse);
      this.suite(stmt.body);
      emit.jump(continueLabel);
      endLoop();
      emit.labelAssign(whileElse);
      if (stmt.orelse !== null) this.suite(stmt.orelse);
      emit.labelAssign(breakLabel);
      emit.op(bc0.POP_TOP, -1);
    });
  }

  private asyncWith(stmt: ast.With, i: number): void {
    this.checkAsync(stmt);
    const item = stmt.items[i];
    if (item === undefined) {
      this.suite(stmt.body);
      return;
    }
    const { emit } = this;
    const finallyLabel = this.newLabel();
    const noExc = this.newLabel();
    const unwind = this.newLabel();
    const end = this.newLabel();
    this.expr(item.value);
    emit.op(bc0.DUP_TOP, 1);
    this.awaitMethod("__aenter__");
    if (item.target !== null) this.assign(item.target, "store");
    else emit.op(bc0.POP_TOP, -1);
    this.setupBlock(bc0.SETUP_FINALLY, finallyLabel);
    emit.adjustStackSize(3);
    this.asyncWith(stmt, i + 1);
    emit.adjustStackSize(-3);
    // No exception: ctx_mgr on the stack
    emit.loadNone();
    emit.op(bc0.ROT_TWO, 0);
    emit.jump(noExc);
    // An exception, a return or a jump: tell them apart by what is on top
    emit.labelAssign(finallyLabel);
    emit.op(bc0.DUP_TOP, 1);
    emit.opQstr(bc0.LOAD_GLOBAL, 1, "BaseException");
    emit.binaryOp(bc0.BINARY_EXCEPTION_MATCH);
    emit.popJumpIf(false, unwind);
    // ctx_mgr exc -- exc __aexit__ ctx_mgr type exc None
    emit.op(bc0.DUP_TOP, 1);
    emit.op(bc0.ROT_THREE, 0);
    emit.op(bc0.ROT_TWO, 0);
    emit.opQstr(bc0.LOAD_METHOD, 1, "__aexit__");
    emit.op(bc0.ROT_THREE, 0);
    emit.op(bc0.ROT_THREE, 0);
    emit.op(bc0.DUP_TOP, 1);
    emit.opQstr(bc0.LOAD_ATTR, 0, "__class__");
    emit.op(bc0.ROT_TWO, 0);
    emit.loadNone();
    emit.call(true, 3, 0, false);
    this.yieldFrom();
    emit.popJumpIf(false, end);
    emit.op(bc0.POP_TOP, -1);
    emit.loadNone();
    emit.jump(end);
    emit.adjustStackSize(2);
    emit.labelAssign(unwind);
    emit.op(bc0.ROT_THREE, 0);
    emit.op(bc0.ROT_THREE, 0);
    emit.labelAssign(noExc);
    emit.opQstr(bc0.LOAD_METHOD, 1, "__aexit__");
    emit.loadNone();
    emit.op(bc0.DUP_TOP, 1);
    emit.op(bc0.DUP_TOP, 1);
    emit.call(true, 3, 0, false);
    this.yieldFrom();
    emit.op(bc0.POP_TOP, -1);
    emit.adjustStackSize(-1);
    emit.labelAssign(end);
    this.endBlock();
  }

  private definition(stmt: ast.Def | ast.Class): void {
    const { emit } = this;
    let nCalls = 0;
    let { emitOptions } = this.scope;
    for (const decorator of stmt.decorators) {
      const asked = this.builtInDecorator(decorator);
      if (asked !== null) {
        emitOptions = asked;
        continue;
      }
      // A dotted name is loaded attribute by attribute, never as a method.
      if (decorator.kind === "call") {
        this.expr(decorator.func);
        emit.setSourceLine(decorator.opLine);
        this.callArguments(decorator.args, false, 0);
      } else this.expr(decorator);
      nCalls++;
    }
    const scope = this.childScope(stmt.kind === "def" ? "function" : "class", stmt);
    scope.emitOptions = emitOptions;
    if (stmt.kind === "def") {
      this.functionDefaults(scope, stmt.params);
      if (stmt.isAsync) scope.flags |= bc0.SCOPE_FLAG_GENERATOR;
    } else {
      this.emit.op(bc0.LOAD_BUILD_CLASS, 1);
      this.closeOver(scope, 0, 0);
      this.emit.opQstr(bc0.LOAD_CONST_STRING, 1, stmt.name);
      this.callArguments(stmt.args, false, 2);
    }
    for (let i = 0; i < nCalls; i++) this.emit.call(false, 1, 0, false);
    this.storeId(stmt.name);
  }

  /** @micropython.bytecode, native and viper; null: an ordinary decorator. */
  private builtInDecorator(decorator: ast.Expr): EmitOptions | null {
    // What they are called with does not matter.
    const name = decorator.kind === "call" ? decorator.func : decorator;
    let base: ast.Expr = name;
    let depth = 1;
    while (base.kind === "attribute") {
      base = base.value;
      depth++;
    }
    if (base.kind !== "name" || base.id !== "micropython") return null;
    if (name.kind !== "attribute" || depth !== 2) this.error("invalid micropython decorator", decorator);
    const { attr } = name;
    if (attr === "bytecode") return attr;
    if (this.options.emitsNative && (attr === "native" || attr === "viper")) return attr;
    if (this.options.lacksAssembler && attr === "asm_thumb") this.error("the inline assembler is not simulated", decorator);
    this.error("invalid micropython decorator", decorator);
  }
}
