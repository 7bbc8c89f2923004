// Scopes and their identifiers: which name is local, cell, free or global, and at which index of the frame it lives.
// After py/scope.c; filled in the compiler's first pass, numbered by `computeThings` before the others.
import type { Class, Comp, Def, Lambda, Module } from "./tree.ts";
import type { RawCode } from "../bytecode/rawcode.ts";
import type { ViperType } from "./emitviper.ts";

export type ScopeKind = "module" | "class" | "lambda" | "list" | "dict" | "set" | "generator" | "function";

export type IdKind = "undecided" | "global_implicit" | "global_implicit_assigned" | "global_explicit" | "local" | "cell" | "free";

export interface IdInfo {
  qst: string;
  kind: IdKind;
  isParam: boolean;
  isStarParam: boolean;
  isDblStarParam: boolean;
  localNum: number;
  /** What a parameter of a viper function is annotated with. */
  viperType: ViperType;
}

/** What a decorator asks for: @micropython.native or viper. */
export type EmitOptions = "bytecode" | "native" | "viper";

const simpleNames: Partial<Record<ScopeKind, string>> = {
  module: "<module>",
  lambda: "<lambda>",
  list: "<listcomp>",
  dict: "<dictcomp>",
  set: "<setcomp>",
  generator: "<genexpr>",
};

export class Scope {
  readonly kind: ScopeKind;
  readonly node: Module | Def | Class | Lambda | Comp;
  readonly parent: Scope | null;
  readonly simpleName: string;
  readonly ids: IdInfo[] = [];
  private readonly byName = new Map<string, IdInfo>();
  flags = 0;
  numPosArgs = 0;
  numKwonlyArgs = 0;
  numDefPosArgs = 0;
  numLocals = 0;
  stackSize = 0;
  excStackSize = 0;
  rawCode: RawCode | null = null;
  emitOptions: EmitOptions;
  viperReturn: ViperType = "object";

  constructor(kind: ScopeKind, node: Scope["node"], parent: Scope | null) {
    this.kind = kind;
    this.node = node;
    this.parent = parent;
    this.emitOptions = parent?.emitOptions ?? "bytecode";
    this.simpleName = simpleNames[kind] ?? (node as Def | Class).name;
  }

  /** Functions, lambdas and comprehensions: what has fast locals. */
  get isFuncLike(): boolean {
    return this.kind !== "module" && this.kind !== "class";
  }
  get isCompLike(): boolean {
    return this.kind === "list" || this.kind === "dict" || this.kind === "set" || this.kind === "generator";
  }

  find(qst: string): IdInfo | undefined {
    return this.byName.get(qst);
  }

  findOrAdd(qst: string, kind: IdKind): IdInfo {
    const found = this.byName.get(qst);
    if (found !== undefined) return found;
    const id: IdInfo = { qst, kind, isParam: false, isStarParam: false, isDblStarParam: false, localNum: 0, viperType: "object" };
    this.ids.push(id);
    this.byName.set(qst, id);
    return id;
  }

  findGlobal(qst: string): IdInfo | undefined {
    let scope: Scope = this;
    while (scope.parent !== null) scope = scope.parent;
    return scope.find(qst);
  }

  idForLoad(qst: string): IdInfo {
    return this.findOrAdd(qst, "global_implicit");
  }

  idForModification(qst: string): IdInfo {
    const id = this.findOrAdd(qst, "global_implicit");
    if (id.kind === "global_implicit") id.kind = this.isFuncLike ? "local" : "global_implicit_assigned";
    return id;
  }

  /** Turns `id` into a free variable when an enclosing function has it. */
  checkToCloseOver(id: IdInfo): void {
    for (let s = this.parent; s !== null && s.parent !== null; s = s.parent) {
      const outer = s.find(id.qst);
      if (outer === undefined) continue;
      if (outer.kind === "local" || outer.kind === "cell" || outer.kind === "free") {
        id.kind = "free";
        this.closeOverInParents(id.qst);
      }
      break;
    }
  }

  private closeOverInParents(qst: string): void {
    for (let s = this.parent; s !== null; s = s.parent) {
      const id = s.findOrAdd(qst, "undecided");
      if (id.kind === "undecided") {
        id.kind = "free";
      } else {
        if (id.kind === "local") id.kind = "cell";
        return;
      }
    }
  }

  /** Numbers the locals: free variables first, then parameters and locals, then cells. */
  computeThings(): void {
    this.moveStarParamLast();
    this.numLocals = 0;
    for (const id of this.ids) {
      if (this.kind === "class" && id.qst === "__class__") continue;
      if (this.isFuncLike && id.kind === "global_implicit") id.kind = "global_explicit";
      if (id.kind === "local" || id.isParam) id.localNum = this.numLocals++;
    }
    for (const id of this.ids) {
      if (id.kind === "cell" && !id.isParam) id.localNum = this.numLocals++;
    }
    if (this.parent === null) return;
    let numFree = 0;
    for (const outer of this.parent.ids) {
      if (outer.kind !== "cell" && outer.kind !== "free") continue;
      const id = this.find(outer.qst);
      if (id !== undefined && id.kind === "free") id.localNum = numFree++;
    }
    if (numFree === 0) return;
    for (const id of this.ids) {
      if (id.kind !== "free" || id.isParam) id.localNum += numFree;
    }
    this.numPosArgs += numFree; // free variables are passed in as the first arguments
    this.numLocals += numFree;
  }

  /** *args takes its place after the keyword-only parameters, where the VM puts the tuple. */
  private moveStarParamLast(): void {
    let last = -1;
    for (let i = this.ids.length - 1; i >= 0; i--) {
      const id = this.ids[i]!;
      if (id.isStarParam) {
        if (last >= 0) [this.ids[last], this.ids[i]] = [id, this.ids[last]!];
        return;
      }
      if (last < 0 && id.isParam && !id.isDblStarParam) last = i;
    }
  }
}
