// The accelerometer chip of the micro:bit V1 as a program finds it on the board's own I2C bus: NXP MMA8653FC, rev. 7, address 0x1D.
// The firmware has set it up before main.py. Its axes lie the other way round than the firmware's x and y.
import type { RegisterMap } from "../../i2c-registers.ts";
import type { AccelerometerState } from "./state.ts";

const statusAt = 0x00;
const lastDataAt = 0x06;
const sysmodAt = 0x0b;
const whoAmIAt = 0x0d;
const whoAmI = 0x5a;
const xyzDataCfgAt = 0x0e;
const ctrlReg1At = 0x2a;
const ctrlReg2At = 0x2b;
const active = 1;
const fastRead = 2;
const softReset = 0x40;
const highResolution = 0x10;
const ctrlReg4At = 0x2d;
const ctrlReg5At = 0x2e;
const dataReady = 1;
const offsetAt = 0x2f;
// 1.96 mg, in the 1024ths of g that the part has.
const unitsPerOffset = 2;
/** ZYXDR and the three bits of the axes: there is new data (table 12). */
const newData = 0x0f;

export class Mma8653 implements RegisterMap {
  private readonly part: { readonly state: AccelerometerState };
  private readonly registers = new Map<number, number>();
  /** What the data registers keep while it is in standby. */
  private frozen: readonly number[] | null = null;

  constructor(part: { readonly state: AccelerometerState }) {
    this.part = part;
    this.reset();
  }

  /** As the firmware sets it up: awake, 50 samples a second, 2 g. */
  reset(): void {
    this.registers.clear();
    this.configure(2);
  }

  /** What the firmware writes to begin with, and for a new range of so many g (microbit-dal, MMA8653.cpp). */
  configure(rangeG: number): void {
    for (const [at, value] of [
      [ctrlReg2At, highResolution],
      [ctrlReg4At, dataReady],
      [ctrlReg5At, dataReady],
      [xyzDataCfgAt, Math.log2(rangeG) - 1],
      [ctrlReg1At, 0x20 | active],
    ] as const)
      this.registers.set(at, value);
    this.frozen = null;
  }

  get(at: number): number {
    if (at === statusAt) return this.isActive ? newData : 0;
    if (at > statusAt && at <= lastDataAt) return (this.frozen ?? this.sample())[at - 1]!;
    if (at === sysmodAt) return this.isActive ? 1 : 0;
    if (at === whoAmIAt) return whoAmI;
    return this.registers.get(at) ?? 0;
  }

  set(at: number, value: number): void {
    if (at === ctrlReg2At && value & softReset) {
      this.registers.clear();
      this.frozen = [0, 0, 0, 0, 0, 0];
      return;
    }
    if (at < xyzDataCfgAt) return; // read only
    const before = this.isActive ? this.sample() : this.frozen;
    this.registers.set(at, value);
    this.frozen = this.isActive ? null : before;
  }

  /** With F_READ the low bytes are left out; after the data it begins anew (table 10). */
  next(at: number): number {
    const isFast = ((this.registers.get(ctrlReg1At) ?? 0) & fastRead) !== 0;
    if (isFast && at >= 1 && at <= 5) return at === 5 ? 0 : at + 2;
    return at === lastDataAt ? 0 : (at + 1) & 0xff;
  }

  private get isActive(): boolean {
    return ((this.registers.get(ctrlReg1At) ?? 0) & active) !== 0;
  }

  /** Ten bits for each axis, left in two bytes; full scale by XYZ_DATA_CFG: 2, 4 or 8 g (table 17). */
  private sample(): readonly number[] {
    const { x, y, z } = this.part.state;
    const unitsPerCount = 4 << Math.min(2, (this.registers.get(xyzDataCfgAt) ?? 0) & 3);
    return [-x, -y, z].flatMap((value, axis) => {
      const offset = (((this.registers.get(offsetAt + axis) ?? 0) << 24) >> 24) * unitsPerOffset;
      const count = Math.max(-512, Math.min(511, Math.round((value + offset) / unitsPerCount)));
      return [(count >> 2) & 0xff, (count & 3) << 6];
    });
  }
}
