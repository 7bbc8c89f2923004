// Simulated time: nanoseconds since power-on and the alarms set in it. It moves only when the Machine moves it.
import type { Alarm, Clock } from "../../interpreter/host.ts";

interface Entry {
  readonly ns: number;
  readonly order: number;
  readonly callback: () => void;
  cancelled: boolean;
}

export class SimClock implements Clock {
  private base = 0;
  private alarms: Entry[] = [];
  private orders = 0;
  /** Nanoseconds that passed since `base` while the VM runs: it asks for the time between bytecodes. */
  private readonly running: () => number;

  constructor(running: () => number = () => 0) {
    this.running = running;
  }

  get ns(): number {
    return this.base + this.running();
  }

  /** Alarms for the same instant go off in the order they were set; one in the past goes off with the next step. */
  alarm(ns: number, callback: () => void): Alarm {
    const entry: Entry = { ns, order: this.orders++, callback, cancelled: false };
    // Few alarms are set at a time (a handful per part), so a sorted array is the fastest queue.
    let at = this.alarms.length;
    while (at > 0 && this.alarms[at - 1].ns > ns) at--;
    this.alarms.splice(at, 0, entry);
    return {
      cancel: () => {
        entry.cancelled = true;
        const index = this.alarms.indexOf(entry);
        if (index >= 0) this.alarms.splice(index, 1);
      },
    };
  }

  /** When the next alarm goes off, or Infinity. */
  get nextAlarm(): number {
    return this.alarms[0]?.ns ?? Infinity;
  }

  /** Sets the time to `ns`, letting every alarm up to then go off at its own instant. Never goes back. */
  moveTo(ns: number): void {
    for (let entry = this.alarms[0]; entry && entry.ns <= ns; entry = this.alarms[0]) {
      this.alarms.shift();
      this.base = Math.max(this.base, entry.ns);
      if (!entry.cancelled) entry.callback();
    }
    this.base = Math.max(this.base, ns);
  }

  /** The time the VM's run has taken, once it is over: counts it in without letting alarms go off. */
  settle(ns: number): void {
    this.base = ns;
  }
}
