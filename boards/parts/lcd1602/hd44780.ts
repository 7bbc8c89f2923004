// The display controller HD44780U (Hitachi datasheet rev. 0.0): instructions, display data and character generator RAM, busy times.
import type { Alarm, Clock } from "../../../interpreter/host.ts";

/** Execution times at 270 kHz (table 6). */
const homeNs = 1.52e6;
const otherNs = 37e3;
const dataNs = 41e3;
/** It is busy with its own reset for so long after the supply is there ("Initializing by Internal Reset Circuit"). */
const startNs = 10e6;
const lineLength = 40;

export class Hd44780 {
  /** Something that is seen may have changed. */
  onChange: (() => void) | null = null;
  private readonly clock: Clock;
  /** Set while it is busy, and until when; the alarm alone would be blind to the times within a transfer. */
  private busy: Alarm | null = null;
  private busyUntilNs = 0;
  /** Two lines of 40 characters; in one-line mode they follow each other. */
  readonly ddram = new Uint8Array(2 * lineLength).fill(0x20);
  readonly cgram = new Uint8Array(64);
  /** The address counter, and which RAM it counts in. */
  private address = 0;
  private isInCgram = false;
  private increment: 1 | -1 = 1;
  private shiftsDisplay = false;
  isOn = false;
  hasCursor = false;
  isBlinking = false;
  hasTwoLines = false;
  /** How far the display is shifted to the left. */
  shift = 0;
  /** 8 or 4 data wires. */
  wires: 8 | 4 = 8;

  constructor(clock: Clock) {
    this.clock = clock;
    this.work(startNs, 0);
  }

  /** What comes while it is busy is lost. It comes so much after the clock's now. */
  instruct(byte: number, afterNs: number): void {
    if (this.isBusy(afterNs)) return;
    this.work(byte > 0 && byte < 4 ? homeNs : otherNs, afterNs);
    if (byte >= 0x80) this.goTo(byte & 0x7f, false);
    else if (byte >= 0x40) this.goTo(byte & 0x3f, true);
    else if (byte >= 0x20) {
      this.wires = byte & 0x10 ? 8 : 4;
      this.hasTwoLines = (byte & 8) !== 0;
    } else if (byte >= 0x10) {
      const by = byte & 4 ? 1 : -1;
      if (byte & 8) this.shiftBy(-by);
      else this.step(by);
    } else if (byte >= 8) [this.isOn, this.hasCursor, this.isBlinking] = [(byte & 4) !== 0, (byte & 2) !== 0, (byte & 1) !== 0];
    else if (byte >= 4) [this.increment, this.shiftsDisplay] = [byte & 2 ? 1 : -1, (byte & 1) !== 0];
    else if (byte >= 1) {
      if (byte === 1) {
        this.ddram.fill(0x20);
        this.increment = 1;
      }
      this.goTo(0, false);
      this.shift = 0;
    }
    this.onChange?.();
  }

  write(byte: number, afterNs: number): void {
    if (this.isBusy(afterNs)) return;
    this.work(dataNs, afterNs);
    if (this.isInCgram) this.cgram[this.address & 0x3f] = byte;
    else this.ddram[this.cell(this.address)] = byte;
    this.step(this.increment);
    if (this.shiftsDisplay && !this.isInCgram) this.shiftBy(this.increment);
    this.onChange?.();
  }

  close(): void {
    this.busy?.cancel();
  }

  /** Busy flag and address counter. */
  status(afterNs: number): number {
    return (this.isBusy(afterNs) ? 0x80 : 0) | this.address;
  }

  read(afterNs: number): number {
    if (this.isBusy(afterNs)) return 0;
    this.work(dataNs, afterNs);
    const byte = this.isInCgram ? this.cgram[this.address & 0x3f]! : this.ddram[this.cell(this.address)]!;
    this.step(this.increment);
    return byte;
  }

  /** The place in `ddram` of a column of the glass. */
  cellOnGlass(row: number, column: number): number {
    if (!this.hasTwoLines) return (column + this.shift) % (2 * lineLength);
    return row * lineLength + ((column + this.shift) % lineLength);
  }
  /** Where the cursor is in `ddram`; null while the address is one of the character generator's. */
  get cursorCell(): number | null {
    return this.isInCgram ? null : this.cell(this.address);
  }

  private isBusy(afterNs: number): boolean {
    return this.busy !== null && this.clock.ns + afterNs < this.busyUntilNs;
  }

  private work(ns: number, afterNs: number): void {
    this.busy?.cancel();
    this.busyUntilNs = this.clock.ns + afterNs + ns;
    this.busy = this.clock.alarm(this.busyUntilNs, () => (this.busy = null));
  }

  private goTo(address: number, isInCgram: boolean): void {
    this.address = address;
    this.isInCgram = isInCgram;
  }

  /** In two-line mode the lines begin at 0x00 and 0x40, and the counter goes from one to the other. */
  private cell(address: number): number {
    if (!this.hasTwoLines) return address % (2 * lineLength);
    return (address & 0x40 ? lineLength : 0) + ((address & 0x3f) % lineLength);
  }

  private step(by: 1 | -1): void {
    if (this.isInCgram) this.address = (this.address + by) & 0x3f;
    else {
      const cell = (this.cell(this.address) + by + 2 * lineLength) % (2 * lineLength);
      this.address = this.hasTwoLines && cell >= lineLength ? 0x40 + cell - lineLength : cell;
    }
  }

  private shiftBy(columns: number): void {
    const length = this.hasTwoLines ? lineLength : 2 * lineLength;
    this.shift = (this.shift + columns + length) % length;
  }
}
