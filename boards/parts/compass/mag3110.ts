// The magnetometer chip of the micro:bit V1 as a program finds it on the board's own I2C bus: NXP MAG3110, rev. 9.2, address 0x0E. Its y
// axis lies the other way round than the firmware's.
import type { RegisterMap } from "../../i2c-registers.ts";
import type { CompassState } from "./state.ts";

const statusAt = 0x00;
const lastDataAt = 0x06;
const whoAmIAt = 0x07;
const whoAmI = 0xc4;
const sysmodAt = 0x08;
const offsetAt = 0x09;
const dieTempAt = 0x0f;
const ctrlReg1At = 0x10;
const ctrlReg2At = 0x11;
const active = 1;
const newData = 0x0f;
/** "Sensitivity": 0.1 microtesla. */
const nanoteslaPerCount = 100;
const roomCelsius = 21;

export class Mag3110 implements RegisterMap {
  private readonly part: { readonly state: CompassState };
  private readonly registers = new Map<number, number>();
  private frozen: readonly number[] | null = null;

  constructor(part: { readonly state: CompassState }) {
    this.part = part;
    this.reset();
  }

  /** As the firmware sets it up: it measures ten times a second, and resets its own coil itself. */
  reset(): void {
    this.registers.clear();
    this.registers.set(ctrlReg1At, 0x20 | active);
    this.registers.set(ctrlReg2At, 0x80);
    this.frozen = null;
  }

  get(at: number): number {
    if (at === statusAt) return this.isActive ? newData : 0;
    if (at > statusAt && at <= lastDataAt) return (this.frozen ?? this.sample())[at - 1]!;
    if (at === whoAmIAt) return whoAmI;
    if (at === sysmodAt) return this.isActive ? 2 : 0;
    if (at === dieTempAt) return roomCelsius;
    return this.registers.get(at) ?? 0;
  }

  set(at: number, value: number): void {
    if (at < offsetAt || at === dieTempAt || at > ctrlReg2At) return; // read only
    const before = this.isActive ? this.sample() : this.frozen;
    this.registers.set(at, value);
    this.frozen = this.isActive ? null : before;
  }

  /** After the data it begins anew (section 4.2.1, auto-increment). */
  next(at: number): number {
    return at === lastDataAt ? 0 : (at + 1) & 0xff;
  }

  private get isActive(): boolean {
    return ((this.registers.get(ctrlReg1At) ?? 0) & active) !== 0;
  }

  private sample(): readonly number[] {
    const { x, y, z } = this.part.state;
    return [x, -y, z].flatMap((nanotesla) => {
      const count = Math.max(-32_768, Math.min(32_767, Math.round(nanotesla / nanoteslaPerCount)));
      return [(count >> 8) & 0xff, count & 0xff];
    });
  }
}
