// The magnetometer chip of the micro:bit V1 as a program finds it on the board's own I2C bus: NXP MAG3110, rev. 9.2, address 0x0E. All
// its axes lie the other way round than the firmware's.
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
const trigger = 2;
const fastRead = 4;
const autoReset = 0x80;
const raw = 0x20;
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
    this.registers.set(ctrlReg1At, 0x60 | active);
    this.registers.set(ctrlReg2At, autoReset | raw);
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
    // TM has it measure once and is cleared by that.
    const isTriggered = at === ctrlReg1At && (value & (active | trigger)) === trigger;
    this.registers.set(at, at === ctrlReg1At ? value & ~trigger : value);
    if (this.isActive) this.frozen = null;
    else this.frozen = isTriggered ? this.sample() : before;
  }

  /** It goes through all registers; with FR the low bytes of the data are left out (register address map). */
  next(at: number): number {
    const isFast = ((this.registers.get(ctrlReg1At) ?? 0) & fastRead) !== 0;
    return (at + (isFast && at >= 1 && at <= 5 ? 2 : 1)) & 0xff;
  }

  private get isActive(): boolean {
    return ((this.registers.get(ctrlReg1At) ?? 0) & active) !== 0;
  }

  /** Less the user's offsets, unless RAW is set. Signs as microbit-dal turns them back (CoordinateSystem.cpp). */
  private sample(): readonly number[] {
    const { x, y, z } = this.part.state;
    const isRaw = ((this.registers.get(ctrlReg2At) ?? 0) & raw) !== 0;
    return [-x, -y, -z].flatMap((nanotesla, axis) => {
      const offset = isRaw ? 0 : this.offset(offsetAt + 2 * axis);
      const count = Math.max(-32_768, Math.min(32_767, Math.round(nanotesla / nanoteslaPerCount) - offset));
      return [(count >> 8) & 0xff, count & 0xff];
    });
  }

  // Fifteen bits, left in two bytes.
  private offset(at: number): number {
    const bits = ((this.registers.get(at) ?? 0) << 8) | (this.registers.get(at + 1) ?? 0);
    return (bits << 16) >> 17;
  }
}
