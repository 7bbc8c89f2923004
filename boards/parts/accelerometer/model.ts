// The accelerometer and the firmware's gesture recognition, after codal-core's Accelerometer.cpp: tilt beyond 800 mg,
// five samples of 20 ms until a posture counts, gestures latched one flag each and kept in a history of 16.
import type { Alarm, Clock } from "../../../interpreter/host.ts";
import type { RegisterMap } from "../../i2c-registers.ts";
import type { Peripheral } from "../../peripheral.ts";
import { type AccelerometerInput, type AccelerometerState, type Gesture, gestures } from "./state.ts";

const flat = { x: 0, y: 0, z: -1024 } as const;
const tiltMg = 800;
const freefallMg = 400;
const settleNs = 100e6;
const gestureNs = 500e6;
const historySize = 16;
const forces: readonly (readonly [Gesture, number])[] = [
  ["8g", 8192],
  ["6g", 6144],
  ["3g", 3072],
  ["2g", 2048],
];

export class Accelerometer implements Peripheral<AccelerometerState, AccelerometerInput> {
  state: AccelerometerState = { ...flat, gesture: "face up" };
  onChange: (() => void) | null = null;
  /** Its chip's registers, for a board that has it on its pins' bus. */
  chip: (RegisterMap & { configure?(rangeG: number): void }) | null = null;
  private readonly clock: Clock;
  private history: Gesture[] = [];
  private readonly latched = new Set<Gesture>();
  private settling: Alarm | null = null;
  private ending: Alarm | null = null;
  private rangeMg = 2000;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  input(event: AccelerometerInput): void {
    if ("gesture" in event) return this.perform(event.gesture);
    const { x, y, z } = event;
    if (![x, y, z].every(Number.isFinite)) throw new Error(`not an acceleration: ${JSON.stringify(event)}`);
    this.change({ x: Math.round(x), y: Math.round(y), z: Math.round(z) });
    this.settle();
  }

  /** How the board is held stays over a reset. */
  reset(): void {
    this.history = [];
    this.latched.clear();
    this.rangeMg = 2000;
    this.chip?.reset();
  }

  /** 2, 4 or 8 g: readings are cut beyond it. */
  setRange(g: number): void {
    this.rangeMg = g * 1000;
    this.chip?.configure?.(g);
  }
  read(axis: "x" | "y" | "z"): number {
    // The chip reads a little beyond its nominal range: 2 g is 2047 mg.
    const limit = (this.rangeMg * 1024) / 1000;
    return Math.max(-limit, Math.min(limit - 1, this.state[axis]));
  }
  get strength(): number {
    return Math.trunc(Math.hypot(this.read("x"), this.read("y"), this.read("z")));
  }

  takeWas(gesture: Gesture): boolean {
    const was = this.latched.has(gesture);
    this.latched.delete(gesture);
    this.history = [];
    return was;
  }
  takeHistory(): readonly Gesture[] {
    const taken = this.history;
    this.history = [];
    return taken;
  }

  private perform(gesture: Gesture): void {
    if (!gestures.includes(gesture)) throw new Error(`not a gesture: ${JSON.stringify(gesture)}`);
    this.settling?.cancel();
    this.settling = null;
    this.ending?.cancel();
    this.become(gesture);
    this.ending = this.clock.alarm(this.clock.ns + gestureNs, () => {
      this.ending = null;
      this.become(this.posture());
    });
  }

  private settle(): void {
    if (this.ending) return;
    this.settling?.cancel();
    this.settling = this.clock.alarm(this.clock.ns + settleNs, () => {
      this.settling = null;
      this.become(this.posture());
    });
  }

  private become(gesture: Gesture | null): void {
    if (gesture === this.state.gesture) return;
    this.change({ gesture });
    if (gesture === null) return;
    this.latched.add(gesture);
    if (this.history.length < historySize) this.history.push(gesture);
  }

  private posture(): Gesture | null {
    const { x, y, z } = this.state;
    const force = Math.hypot(x, y, z);
    if (force < freefallMg) return "freefall";
    for (const [gesture, mg] of forces) if (force > mg) return gesture;
    if (x < -tiltMg) return "left";
    if (x > tiltMg) return "right";
    if (y < -tiltMg) return "down";
    if (y > tiltMg) return "up";
    if (z < -tiltMg) return "face up";
    if (z > tiltMg) return "face down";
    return null;
  }

  private change(part: Partial<AccelerometerState>): void {
    this.state = { ...this.state, ...part };
    this.onChange?.();
  }
}
