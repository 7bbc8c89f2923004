// How one instruction of register code (rc.ts) is run: as a function of its own, made for that instruction, with its operands as
// captured constants. The loop in vm.ts calls one after the other. Many small functions, because V8 makes each of them fast
// within milliseconds and on its own, where one big switch takes it a tenth of a second each time something new occurs.
import { PyObj, type Gen, type Obj, type Request, type Step } from "../../objects/obj.ts";
import type { Code } from "../code.ts";
import type { CodeState, Frame } from "../codestate.ts";

export type State = (Obj | undefined)[];

/** Executes one instruction on a frame's registers. Gives the index of the next one, or an event, which is negative. */
export type Handler = (state: State, cs: CodeState) => number;

/** Makes an instruction's handler from its operands. `next` is the index of the instruction after it. */
export type Make = (x: readonly number[], next: number, code: Code) => Handler;

// Events. `cs.next` says where the frame goes on.
/** cs.callee has to run first. */
export const CALL = -1;
/** machine.native has to run first. */
export const WAIT = -2;
/** The frame returns machine.value. */
export const RETURN = -3;
/** The frame yields machine.value. */
export const YIELD = -4;
/** A back-edge has used up the budget. */
export const PAUSE = -5;
/** machine.value is what the frame waits for. */
export const RESUME = -6;
/** machine.value is raised. */
export const RAISE = -7;

/** What passes between handlers and the loop, besides their result. There is one loop, so there is one of these. */
export const machine: {
  /** Bytecodes left in this slice, roughly: back-edges and calls count. */
  budget: number;
  /** A native and what it asks for first. */
  native: Gen | null;
  request: Request | null;
  value: Obj;
} = { budget: 0, native: null, request: null, value: null };

/** Enters a frame; the instruction goes on at `next` with its value. */
export function enter(cs: CodeState, frame: CodeState, next: number): number {
  cs.callee = frame;
  cs.next = next;
  return CALL;
}

/** Raises an exception, sooner than by JavaScript's throw. */
export function raise(exc: Obj): number {
  machine.value = exc;
  return RAISE;
}

/**
 * Begins a native that is a generator. Its value, if it needs nothing to run; undefined when it does, and machine.native and
 * machine.request say what.
 */
export function begin(native: Gen): Obj | undefined {
  const first = native.next();
  if (first.done === true) return first.value;
  machine.native = native;
  machine.request = first.value;
  return undefined;
}

/** Has something else run first, and then does with its value what `resume` says (codestate.ts). */
export function wait(cs: CodeState, step: Step, next: number, resume: number): number {
  cs.next = next;
  cs.resume = resume;
  if ((step as Frame).isFrame) {
    cs.callee = step as Frame;
    return CALL;
  }
  const value = begin(step as Gen);
  if (value === undefined) return WAIT;
  machine.value = value;
  return RESUME;
}

/** Stores a value in register `d`, now or when it comes. */
export function give(state: State, cs: CodeState, d: number, step: Step, next: number): number {
  if (typeof step !== "object" || step === null || step instanceof PyObj) {
    state[d] = step;
    return next;
  }
  cs.next = next;
  if ((step as Frame).isFrame) {
    cs.callee = step as Frame;
    return CALL;
  }
  const value = begin(step as Gen);
  if (value === undefined) return WAIT;
  state[d] = value;
  return next;
}

/** Goes on at `target`, which lies before the instruction at hand: the place where a frame may pause. */
export function jumpBack(cs: CodeState, target: number): number {
  if (--machine.budget > 0) return target;
  cs.next = target;
  return PAUSE;
}

/** The values of registers, as a new array. */
export function gather(state: State, registers: readonly number[]): Obj[] {
  switch (registers.length) {
    case 0:
      return [];
    case 1:
      return [state[registers[0]!]!];
    case 2:
      return [state[registers[0]!]!, state[registers[1]!]!];
    case 3:
      return [state[registers[0]!]!, state[registers[1]!]!, state[registers[2]!]!];
  }
  const values: Obj[] = [];
  for (let i = 0; i < registers.length; i++) values.push(state[registers[i]!]!);
  return values;
}
