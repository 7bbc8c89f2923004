// Keeps a Machine in step with the wall clock, a turn at a time. Used by the worker and the command line; the time is given to it.
import type { Machine } from "./machine.ts";

// One turn computes for at most so long, so that keys, inputs and Ctrl-C are heard in between.
const turnMs = 10;
const sliceNs = 2e6;
const sliceOps = 20000;
// A board that fell behind by more than this goes on from where it is instead of catching up.
const patienceMs = 100;

export class Pacer {
  private readonly machine: Machine;
  private factor = 1;
  private wallMark: number;
  private simMark: number;

  constructor(machine: Machine, nowMs: number) {
    this.machine = machine;
    this.wallMark = nowMs;
    this.simMark = machine.clock.absolute;
  }

  /** 1 is real time, 0 paused, Infinity as fast as it goes. */
  setSpeed(speed: number, nowMs: number): void {
    this.factor = speed;
    this.mark(nowMs);
  }

  /** Runs the board up to now, unless `mayRun` says stop or the turn is over. */
  turn(now: () => number, mayRun: () => boolean): void {
    if (this.factor === 0) return;
    const { machine } = this;
    const start = now();
    const target = this.target(start);
    while (machine.clock.absolute < target && mayRun()) {
      machine.runUntil(Math.min(target, machine.clock.absolute + sliceNs), sliceOps);
      if (now() - start > turnMs) break;
      if (target === Infinity && machine.nextEvent === Infinity) break;
    }
    if (target - machine.clock.absolute > patienceMs * 1e6 * Math.max(1, this.factor)) this.mark(now());
  }

  /** Milliseconds until the next turn has something to do: 0 at once, Infinity not without input. */
  dueIn(nowMs: number): number {
    if (this.factor === 0) return Infinity;
    const { clock, nextEvent } = this.machine;
    if (nextEvent === Infinity) return Infinity;
    if (this.factor === Infinity || clock.absolute < this.target(nowMs)) return 0;
    // A board that computes has always something to do, but not before the wall clock has come to where it is.
    const due = Math.max(nextEvent, clock.absolute);
    return Math.max(0, (due - this.simMark) / 1e6 / this.factor - (nowMs - this.wallMark));
  }

  private target(nowMs: number): number {
    // Whole nanoseconds: an input that comes now is taped at this instant.
    return this.factor === Infinity ? Infinity : Math.floor(this.simMark + (nowMs - this.wallMark) * 1e6 * this.factor);
  }

  private mark(nowMs: number): void {
    this.wallMark = nowMs;
    this.simMark = this.machine.clock.absolute;
  }
}
