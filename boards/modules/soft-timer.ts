// microbit.run_every and the timers behind it, which power.deep_sleep pauses: V2's drv_softtimer. A timer's times are fixed when
// it starts, whatever its callback takes; it ends with the program that started it, with a reset, or when its callback raises.
import {
  call,
  checkArgs,
  fun,
  funKw,
  type Gen,
  getInt,
  isExc,
  type Obj,
  PyExc,
  type PyType,
  run,
  typeKeyboardInterrupt,
  typeSystemExit,
} from "../../interpreter/native.ts";
import type { Hardware } from "../peripheral.ts";
import { BoardObject, newType } from "./shape.ts";

const units = { days: 86400000, h: 3600000, min: 60000, s: 1000, ms: 1 } as const;

interface Timer {
  readonly callback: Obj;
  readonly periodNs: number;
  /** What ran when it was started: see Hardware.run. */
  readonly run: number;
  dueNs: number;
}

export class SoftTimers {
  private readonly hw: Hardware;
  private timers: Timer[] = [];
  private isPaused = false;

  constructor(hw: Hardware) {
    this.hw = hw;
  }

  start(callback: Obj, periodMs: number): void {
    const { clock, run: current } = this.hw;
    const timer: Timer = { callback, periodNs: periodMs * 1e6, run: current, dueNs: clock.ns + periodMs * 1e6 };
    this.timers.push(timer);
    this.arm(timer);
  }

  /** When the next one is due, in clock ns. */
  get nextNs(): number {
    return Math.min(Infinity, ...this.timers.filter((timer) => this.lives(timer)).map(({ dueNs }) => dueNs));
  }

  pause(): void {
    this.isPaused = true;
  }

  /** Goes on; what came due meanwhile runs now, once each, or not at all. */
  resume(runsMissed: boolean): void {
    this.isPaused = false;
    for (const timer of this.timers.filter((candidate) => this.lives(candidate))) {
      if (timer.dueNs > this.hw.clock.ns) continue;
      while (timer.dueNs <= this.hw.clock.ns && timer.periodNs > 0) timer.dueNs += timer.periodNs;
      if (runsMissed) this.call(timer);
      this.arm(timer);
    }
  }

  private lives(timer: Timer): boolean {
    return timer.run === this.hw.run && this.timers.includes(timer);
  }

  private arm(timer: Timer): void {
    this.hw.clock.alarm(timer.dueNs, () => {
      if (this.isPaused || !this.lives(timer)) return;
      // A period of 0 comes with every tick of the system's timer.
      timer.dueNs += Math.max(timer.periodNs, 1e6);
      this.call(timer);
      this.arm(timer);
    });
  }

  private call(timer: Timer): void {
    const { hw } = this;
    const guarded = fun("run_every", (_unused: Obj) => this.guard(timer));
    void hw.schedule(guarded, null);
  }

  private *guard(timer: Timer): Gen {
    if (!this.lives(timer)) return null;
    try {
      yield* run(call(timer.callback, [], null));
    } catch (caught) {
      this.timers = this.timers.filter((other) => other !== timer);
      if (isExc(caught, typeKeyboardInterrupt) || !this.hw.isMain) throw caught;
      // Ends the program, past any `except Exception`; the board then shows what was raised (interpreter/vm/core.ts).
      throw new PyExc(typeSystemExit, [null, caught as Obj]);
    }
    return null;
  }
}

class RunEvery extends BoardObject {
  readonly periodMs: number;
  constructor(type: PyType, periodMs: number) {
    super(type);
    this.periodMs = periodMs;
  }
}

/** run_every(f, ms=...), or @run_every(ms=...): an object that starts a timer for what it is called with, and gives itself. */
export function runEvery(timers: SoftTimers): Obj {
  const type = newType("run_every", {});
  type.call = (self: RunEvery, args, kw) => {
    checkArgs(args.length, kw, 1);
    timers.start(args[0], self.periodMs);
    return self;
  };
  return funKw(
    "run_every",
    [{ name: "callback", default: null }, ...Object.keys(units).map((name) => ({ name, default: 0 as Obj, kwOnly: true }))],
    (callback: Obj, ...times: Obj[]) => {
      const periodMs = Object.values(units).reduce((sum, unit, i) => sum + unit * getInt(times[i]), 0);
      const made = new RunEvery(type, periodMs);
      if (callback !== null) timers.start(callback, periodMs);
      return made;
    },
  );
}
