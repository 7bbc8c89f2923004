// Simulated time: nanoseconds since the board's last hard reset, and the alarms set in it. Only the Machine moves it.
import type { Alarm, Clock } from "../../interpreter/host.ts";

interface Entry {
  readonly at: number;
  readonly callback: () => void;
}

export class SimClock implements Clock {
  // Absolute: since the Machine was made. A hard reset only moves `origin`, so alarms of the world go on over it.
  private base = 0;
  private origin = 0;
  private readonly alarms: Entry[] = [];
  /** What has passed since `base` while the VM runs: programs ask for the time between two bytecodes. */
  private readonly running: () => number;

  /** Told of an alarm that is the next one now, with its absolute time. */
  onNext: ((absolute: number) => void) | null = null;

  constructor(running: () => number = () => 0) {
    this.running = running;
  }

  get ns(): number {
    return this.base + this.running() - this.origin;
  }

  /** Alarms for the same instant go off in the order they were set; one in the past goes off with the next move. */
  alarm(ns: number, callback: () => void): Alarm {
    const entry: Entry = { at: ns + this.origin, callback };
    // Few alarms are set at a time (a handful per part), so a sorted array is the fastest queue.
    let index = this.alarms.length;
    while (index > 0 && this.alarms[index - 1].at > entry.at) index--;
    this.alarms.splice(index, 0, entry);
    if (index === 0) this.onNext?.(entry.at);
    return {
      cancel: () => {
        const found = this.alarms.indexOf(entry);
        if (found >= 0) this.alarms.splice(found, 1);
      },
    };
  }

  /** Since the Machine was made; resets do not touch it. */
  get absolute(): number {
    return this.base + this.running();
  }
  /** When the next alarm goes off, absolute, or Infinity. */
  get nextAlarm(): number {
    return this.alarms[0]?.at ?? Infinity;
  }
  toAbsolute(ns: number): number {
    return ns + this.origin;
  }

  /** Sets the absolute time, letting every alarm up to then go off at its own instant. Never goes back. */
  moveTo(absolute: number): void {
    for (let entry = this.alarms[0]; entry && entry.at <= absolute; entry = this.alarms[0]) {
      this.alarms.shift();
      this.base = Math.max(this.base, entry.at);
      entry.callback();
    }
    this.base = Math.max(this.base, absolute);
  }

  /** From here on `ns` counts from 0. */
  restart(): void {
    this.origin = this.base;
  }
}
