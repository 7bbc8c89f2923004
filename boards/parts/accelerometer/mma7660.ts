// The pyboard's accelerometer chip on its first I2C bus: Freescale MMA7660FC rev. 7, address 0x4C. It measures 1.5 g in six bits, and is
// in standby until its MODE register says otherwise.
import type { RegisterMap } from "../../i2c-registers.ts";
import type { AccelerometerState } from "./state.ts";

const tiltAt = 3;
const samplesAt = 4;
const modeAt = 7;
const lastAt = 10;
const active = 1;
/** 21.33 counts a g (table 9, "Acceleration lookup table"); our units are 1024 a g. */
const countsPerUnit = 21.33 / 1024;
/** A quarter of a g or more in one axis tells how it is held (table 7: about 20 degrees from an axis). */
const tiltUnits = 400;
const shakeBit = 0x80;

export class Mma7660 implements RegisterMap {
  private readonly part: { readonly state: AccelerometerState };
  private readonly registers = new Uint8Array(lastAt + 1);

  constructor(part: { readonly state: AccelerometerState }) {
    this.part = part;
  }

  /** Its supply was switched off. */
  reset(): void {
    this.registers.fill(0);
  }

  get(at: number): number {
    if (at > lastAt || at === samplesAt) return 0;
    if (at > tiltAt) return this.registers[at]!;
    if (!this.isActive) return 0;
    const { x, y, z } = this.part.state;
    if (at === tiltAt) return this.tilt;
    return count([x, y, -z][at]!) & 0x3f;
  }

  /** Other registers than MODE are written in standby only (section "Register definitions"). */
  set(at: number, value: number): void {
    if (at === modeAt || (!this.isActive && at > samplesAt && at <= lastAt)) this.registers[at] = value;
  }

  next(at: number): number {
    return at >= lastAt ? 0 : at + 1;
  }

  private get isActive(): boolean {
    return (this.registers[modeAt]! & active) !== 0;
  }

  /** TILT (table 12): back or front, then left, right, down, up; the shake alert. */
  private get tilt(): number {
    const { x, y, z, gesture } = this.part.state;
    const front = z < -tiltUnits ? 1 : z > tiltUnits ? 2 : 0;
    const side = x < -tiltUnits ? 1 : x > tiltUnits ? 2 : y < -tiltUnits ? 5 : y > tiltUnits ? 6 : 0;
    return front | (side << 2) | (gesture === "shake" ? shakeBit : 0);
  }
}

function count(units: number): number {
  return Math.max(-32, Math.min(31, Math.round(units * countsPerUnit)));
}
