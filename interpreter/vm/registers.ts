// Where values are while bytecode is translated to register code: the stack played through without values, and the instructions
// written so far. `stack` holds, for each value on the stack, the register it is in. Its place ("home") is a temporary of its
// own, but a local or a constant stays where it is until something would overwrite it, or until a jump or a label, where all
// values go home.
import type { ModuleContext } from "../bytecode/rawcode.ts";
import type { Obj } from "../objects/obj.ts";
import { analyse, type Flow } from "./flow.ts";
import type { Prelude } from "./prelude.ts";
import * as rc from "./rc.ts";

/** One instruction of register code: its opcode (rc.ts) and operands, and the offset of the bytecode that it comes from. */
export interface RegisterInstruction {
  readonly op: number;
  readonly x: number[];
  readonly offset: number;
  /** The first of the temporaries that hold nothing any more once its operands have been read. */
  readonly live: number;
  /** Index of the instruction after it. */
  readonly next: number;
}

/** Every frame carries its constants, so there is a limit to how many. */
const MOST_CONSTANTS = 20;

export class Registers {
  protected readonly bytes: Uint8Array;
  protected readonly isTraced: boolean;
  protected readonly context: ModuleContext;
  protected readonly prelude: Prelude;
  protected readonly flow: Flow;
  protected readonly instructions: RegisterInstruction[] = [];
  protected readonly labelAt: Int32Array;
  protected readonly jumps: [at: number, operand: number, target: number][] = [];
  protected readonly registers = new Map<Obj | undefined, number>();
  protected readonly consts: Obj[] = [];
  protected readonly scratch: number;
  protected readonly firstConstant: number;
  protected stack: number[] = [];
  /** Locals that are assigned for certain. */
  protected assigned: Uint8Array;
  protected offset = 0;
  /** The last instruction, while it may still be changed; null at labels. */
  protected last: RegisterInstruction | null = null;
  /** Which operands of the last instruction say what registers it writes. */
  protected readonly written = new Map<number, number>();
  /** A method that is looked up only when it is known whether the call follows at once. */
  protected method: { readonly object: number; readonly name: number; readonly depth: number } | null = null;

  constructor(bytes: Uint8Array, prelude: Prelude, context: ModuleContext, isTraced: boolean) {
    this.bytes = bytes;
    this.isTraced = isTraced;
    this.context = context;
    this.prelude = prelude;
    this.flow = analyse(bytes, prelude);
    this.labelAt = new Int32Array(this.flow.instructions.length).fill(-1);
    this.assigned = new Uint8Array(this.flow.nLocals);
    this.scratch = prelude.nState;
    this.firstConstant = prelude.nState + 1;
  }

  // ---- registers

  protected home(depth: number): number {
    return this.flow.nLocals + depth;
  }

  protected isTemporary(register: number): boolean {
    return register >= this.flow.nLocals && register < this.scratch;
  }

  protected push(register: number): void {
    this.stack.push(register);
  }

  protected constant(value: Obj | undefined): void {
    let register = this.registers.get(value);
    if (register === undefined) {
      if (value !== undefined && this.registers.size >= MOST_CONSTANTS) {
        const to = this.destination(0);
        this.emit(rc.LOAD_CONST, to, this.consts.push(value) - 1);
        this.push(to);
        return;
      }
      register = this.firstConstant + this.registers.size;
      this.registers.set(value, register);
    }
    this.push(register);
  }

  /** The register that "no value" is in. */
  protected nothing(): number {
    this.constant(undefined);
    return this.stack.pop()!;
  }

  /** Takes the top values off the stack: their registers, the lowest first. */
  protected pop(n: number): number[] {
    return n === 0 ? [] : this.stack.splice(-n);
  }

  /**
   * The home of the value that is pushed after the top `pops` values are gone, made free to be written. Called before those
   * are popped, so that making it free does not overwrite them.
   */
  protected destination(pops: number): number {
    this.settle();
    const to = this.home(this.stack.length - pops);
    for (let j = 0; j < this.stack.length - pops; j++) {
      // The place above counts too: methods take two.
      if (this.stack[j] === to || this.stack[j] === to + 1) {
        this.flush(pops);
        break;
      }
    }
    return to;
  }

  /** Sends values home, all but the top `keep` ones if that leaves those intact. */
  protected flush(keep: number): void {
    this.settle();
    let n = this.stack.length - keep;
    for (let j = 0; j < n; j++) {
      const to = this.home(j);
      if (this.stack[j] !== to && this.stack.includes(to, n)) n = this.stack.length;
    }
    const moves: [to: number, from: number][] = [];
    for (let j = 0; j < n; j++) if (this.stack[j] !== this.home(j)) moves.push([this.home(j), this.stack[j]!]);
    for (let j = 0; j < n; j++) this.stack[j] = this.home(j);
    while (moves.length > 0) {
      let free = moves.findIndex(([to], i) => !moves.some(([, from], k) => k !== i && from === to));
      if (free < 0) {
        // A circle: one value waits in the scratch register.
        const [, from] = moves[0]!;
        this.emit(rc.MOVE, this.scratch, from);
        for (const move of moves) if (move[1] === from) move[1] = this.scratch;
        free = moves.findIndex(([to]) => !moves.some(([, source]) => source === to));
      }
      const [move] = moves.splice(free, 1);
      this.emit(rc.MOVE, move![0], move![1]);
    }
  }

  protected isFlushed(keep: number): boolean {
    for (let j = 0; j < this.stack.length - keep; j++) if (this.stack[j] !== this.home(j)) return false;
    return true;
  }

  // ---- instructions

  protected emit(op: number, ...x: number[]): void {
    this.settle();
    this.last = { op, x, offset: this.offset, live: this.home(this.stack.length), next: this.instructions.length + 1 };
    this.instructions.push(this.last);
    this.written.clear();
  }

  /** An instruction whose first operand is the register that it writes. */
  protected emitValue(op: number, pops: number, operands: (registers: number[]) => readonly number[]): void {
    const to = this.destination(pops);
    const registers = this.pop(pops);
    this.emit(op, to, ...operands(registers));
    this.written.set(to, 0);
    this.push(to);
  }

  /** An instruction whose operand number `operand` is where to jump: 0 until that is known. */
  protected emitJump(op: number, operand: number, target: number, ...x: number[]): void {
    this.emit(op, ...x);
    this.jumps.push([this.instructions.length - 1, operand, target]);
  }

  // Looks up the method that has been waiting for its call.
  protected settle(): void {
    if (this.method === null) return;
    const { object, name, depth } = this.method;
    this.method = null;
    // The two places above belong to it; whatever else was left there goes home first.
    const above = this.stack.splice(depth);
    this.push(object);
    const to = this.destination(1);
    const [from] = this.pop(1);
    this.emit(rc.LOAD_METHOD, to, from!, name);
    this.stack.push(...above);
  }

  /** Removes the last instruction and gives its operands. */
  protected takeBack(): number[] {
    return this.instructions.pop()!.x;
  }
}
