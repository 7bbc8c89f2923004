// The last step from bytecode to register code (translate.ts): the same in fewer instructions. Every instruction keeps its place,
// so that whatever jumps to one still finds it; the one before does the work of those after it too, and leaves them out.
import { lineOf, type Prelude } from "./prelude.ts";
import * as rc from "./rc.ts";
import type { RegisterInstruction } from "./registers.ts";

const isConditional = (op: number): boolean => op >= rc.JUMP_IF && op <= rc.JUMP_IS;

/** What may stand in the place of a jump to it: it goes on at its own `next` and does not care where it stands itself. */
function isMovable(op: number): boolean {
  if (op <= rc.STORE_DEREF || isConditional(op) || op === rc.RETURN) return true;
  return op >= rc.ADD && op <= rc.FOR_ITER;
}

export class Fuser {
  private readonly instructions: RegisterInstruction[];
  private readonly isTarget: Uint8Array;
  private readonly template: readonly unknown[];
  private readonly lineAt: (i: number) => number;

  constructor(
    instructions: RegisterInstruction[],
    targets: Int32Array,
    template: readonly unknown[],
    bytes: Uint8Array,
    prelude: Prelude,
  ) {
    this.instructions = instructions;
    this.template = template;
    this.isTarget = new Uint8Array(instructions.length + 1);
    for (const target of targets) if (target >= 0) this.isTarget[target] = 1;
    this.lineAt = (i) => lineOf(bytes, prelude, instructions[i]!.offset);
  }

  fuse(): void {
    const { instructions } = this;
    for (let i = 0; i < instructions.length; i++) this.rangeLoop(i);
    for (let i = 0; i + 1 < instructions.length; i++) this.callOfGlobal(i);
    for (let i = 0; i < instructions.length; i++) this.jump(i);
  }

  /** Where a jump to `target` ends up, over jumps that only go on forward. */
  private end(target: number): number {
    let at = target;
    for (;;) {
      const { op, x } = this.instructions[at]!;
      if (op !== rc.JUMP || x[0]! <= at) return at;
      at = x[0]!;
    }
  }

  // A jump is what it jumps to. Back-edges stay, since that is where a frame may pause; FOR_ITER sees to that itself.
  private jump(i: number): void {
    const { op, x } = this.instructions[i]!;
    if (isConditional(op)) x[0] = this.end(x[0]!);
    else if (op === rc.FOR_ITER) x[2] = this.end(x[2]!);
    else if (op === rc.JUMP) {
      const target = this.end(x[0]!);
      const there = this.instructions[target]!;
      if (target > i && isMovable(there.op)) this.instructions[i] = { ...there, x: there.x.slice() };
      else if (target <= i && there.op === rc.FOR_ITER) this.instructions[i] = { ...there, x: [...there.x, target] };
      else x[0] = target;
    }
  }

  // The end of `for v in range(...)`: ADD d d k, JUMP_LESS t 1 d b, and at t MOVE v d.
  private rangeLoop(i: number): void {
    const { instructions, template } = this;
    const add = instructions[i]!;
    const back = instructions[i + 1];
    if (add.op !== rc.ADD || (back?.op !== rc.JUMP_LESS && back?.op !== rc.JUMP_MORE)) return;
    const [d, a, k] = add.x;
    const [t, sense, left, b] = back.x;
    const move = instructions[t!]!;
    if (d !== a || left !== d || sense !== 1 || t! > i || typeof template[k!] !== "number") return;
    if (move.op !== rc.MOVE || move.x[1] !== d) return;
    const op = back.op === rc.JUMP_LESS ? rc.STEP_UP : rc.STEP_DOWN;
    instructions[i] = { ...add, op, x: [d!, a!, k!, add.x[3]!, b!, move.x[0]!, t! + 1, i + 2] };
  }

  // LOAD_GLOBAL f, CALL d f ...: where both stand on one line, so that either may raise there.
  private callOfGlobal(i: number): void {
    const load = this.instructions[i]!;
    const call = this.instructions[i + 1]!;
    if (load.op !== rc.LOAD_GLOBAL || call.op !== rc.CALL || this.isTarget[i + 1] === 1) return;
    const [to, name] = load.x;
    const [d, f, ...rest] = call.x;
    if (f !== to || rest.slice(1).includes(to!) || this.lineAt(i) !== this.lineAt(i + 1)) return;
    this.instructions[i] = { ...call, op: rc.CALL_GLOBAL, x: [d!, name!, ...rest], next: i + 2 };
  }
}
