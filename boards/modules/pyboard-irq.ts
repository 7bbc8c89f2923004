// The processor's interrupts as programs switch them: while they are off, what would interrupt waits; each thing waits once.
import { type Gen, isCallable, isTrue, type Obj, raiseValueError, run } from "../../interpreter/native.ts";
import type { Hardware } from "../peripheral.ts";

export class Interrupts {
  private readonly hw: Hardware;
  private isEnabled = true;
  private readonly waiting = new Set<Obj>();

  constructor(hw: Hardware) {
    this.hw = hw;
  }

  /** Calls a handler between two bytecodes, or when interrupts are on again. */
  raise(handler: Obj): void {
    if (this.isEnabled) void this.hw.schedule(handler, null);
    else this.waiting.add(handler);
  }

  /** Whether they were on. */
  disable(): boolean {
    const was = this.isEnabled;
    this.isEnabled = false;
    return was;
  }

  enable(isEnabled: boolean): void {
    this.isEnabled = isEnabled;
    if (!isEnabled) return;
    for (const handler of this.waiting) void this.hw.schedule(handler, null);
    this.waiting.clear();
  }

  /** enable_irq(state=True). */
  *enableBy(state: Obj | undefined): Gen {
    this.enable(state === undefined || (yield* run(isTrue(state))));
    return null;
  }

  /** Reset: on, and nothing waits. */
  forget(): void {
    this.isEnabled = true;
    this.waiting.clear();
  }
}

const byHardware = new WeakMap<Hardware, Interrupts>();

export function interruptsOf(hw: Hardware): Interrupts {
  let interrupts = byHardware.get(hw);
  if (!interrupts) {
    interrupts = new Interrupts(hw);
    byHardware.set(hw, interrupts);
  }
  return interrupts;
}

/** A callback, or None for none. */
export function callable(callback: Obj): Obj {
  if (callback !== null && !isCallable(callback)) raiseValueError("callback must be None or a callable object");
  return callback;
}
