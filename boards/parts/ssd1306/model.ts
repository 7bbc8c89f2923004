// An OLED module with the SSD1306 on I2C: its commands, after Solomon Systech's SSD1306 rev 1.1 (table 9-1, chapter 10).
// The module has no supply for the panel but the chip's charge pump: without 8Dh 14h it stays dark whatever is written.
// Not modelled: that greys differ with the precharge and VCOMH settings, and the 100 ms until the first light.
import type { Alarm, Clock } from "../../../interpreter/host.ts";
import { type I2cDevice, type I2cWires, joinI2c } from "../../bus.ts";
import type { Terminal } from "../../net.ts";
import type { Peripheral } from "../../peripheral.ts";
import { wiredKinds } from "../../wiring.ts";
import { columns, Gddram } from "./gddram.ts";
import { type Registers, resetRegisters, seenRows } from "./panel.ts";
import type { Ssd1306Input, Ssd1306State } from "./state.ts";

// Table 12-1: typically 370 kHz, which is what the usual setting gives; the sheet has no numbers for the others.
const oscillatorHz = 370e3;
// 8.3: a row takes phase 1, phase 2 and 50 clocks of the pulse.
const pulseClocks = 50;
// 10.2.1: frames between two steps of scrolling, by the command's three bits.
const scrollFrames = [5, 64, 128, 256, 3, 4, 25, 2] as const;
/** Bytes that follow a command; the others stand alone. */
const argumentCounts: Readonly<Record<number, number>> = {
  0x20: 1,
  0x21: 2,
  0x22: 2,
  0x26: 6,
  0x27: 6,
  0x29: 5,
  0x2a: 5,
  0x81: 1,
  0x8d: 1,
  0xa3: 2,
  0xa8: 1,
  0xd3: 1,
  0xd5: 1,
  0xd9: 1,
  0xda: 1,
  0xdb: 1,
};

interface Scroll {
  readonly isRight: boolean;
  readonly firstPage: number;
  readonly lastPage: number;
  readonly frames: number;
  readonly rows: number;
}

export class Ssd1306 implements Peripheral<Ssd1306State, Ssd1306Input>, I2cDevice {
  readonly address = 0x3c;
  readonly terminals: readonly Terminal[];
  onChange: (() => void) | null = null;
  private readonly clock: Clock;
  private readonly height: 32 | 64;
  private readonly ram = new Gddram();
  private readonly registers: Registers = { ...resetRegisters };
  private shown: Ssd1306State | null = null;
  private wasLit = false;
  // What may be seen otherwise since the last change was told: other dots surely, another register perhaps.
  private stale: "no" | "perhaps" | "surely" = "no";
  // What the next byte is: a control byte, or what the last control byte said, for one byte or to the end.
  private next: "control" | "command" | "data" = "control";
  private isContinued = false;
  private readonly command: number[] = [];
  private scroll: Scroll | null = null;
  private isScrolling = false;
  private scrolled = 0;
  private step: Alarm | null = null;

  constructor(nets: I2cWires, clock: Clock, options: { readonly height?: number | string } = {}) {
    this.clock = clock;
    this.height = (options.height ?? wiredKinds.ssd1306.options.height.default) === 32 ? 32 : 64;
    this.terminals = joinI2c(this, nets);
  }

  /** Made when somebody looks: a program changes many bytes for each picture that is seen. */
  get state(): Ssd1306State {
    return (this.shown ??= this.look());
  }

  input(event: Ssd1306Input): void {
    throw new Error(`nothing is done to a display: ${JSON.stringify(event)}`);
  }

  reset(): void {}

  close(): void {
    this.step?.cancel();
    this.step = null;
    for (const terminal of this.terminals) terminal.close();
  }

  start(): void {
    this.next = "control";
  }

  // 8.1.5.2: a control byte has Co (one byte follows, then the next control byte) and D/C (data, not a command).
  write(byte: number): boolean {
    if (this.next === "control") {
      this.isContinued = (byte & 0x80) === 0;
      this.next = (byte & 0x40) === 0 ? "command" : "data";
      return true;
    }
    if (this.next === "data") {
      if (this.ram.write(byte) && this.isLit) this.stale = "surely";
    } else this.take(byte);
    if (!this.isContinued) this.next = "control";
    return true;
  }

  // 8.1.5.2 and 9.1: what is read is the status, whose bit 6 says that the display is off.
  read(): number {
    return this.registers.isOn ? 0x00 : 0x40;
  }

  stop(): void {
    this.tell();
  }

  private take(byte: number): void {
    this.command.push(byte);
    const [code, ...given] = this.command as [number, ...number[]];
    if (given.length < (argumentCounts[code] ?? 0)) return;
    this.command.length = 0;
    this.obey(code, given);
    if (!isUnseen(code)) this.touch();
  }

  private obey(code: number, [a = 0, b = 0, c = 0, d = 0, e = 0]: readonly number[]): void {
    const { ram, registers } = this;
    if (code <= 0x1f) ram.setPageModeColumn(code & 0x0f, code >= 0x10);
    else if (code >= 0x40 && code <= 0x7f) registers.startLine = code & 0x3f;
    else if (code >= 0xb0 && code <= 0xb7) ram.setPageModePage(code & 0x07);
    else if (code === 0xc0 || code === 0xc8) registers.isComReversed = (code & 0x08) !== 0;
    else this.obeyOne(code, a, b);
    if (code === 0x26 || code === 0x27) this.scroll = scrollOf(code === 0x26, b, c, d, 0);
    else if (code === 0x29 || code === 0x2a) this.scroll = scrollOf(code === 0x29, b, c, d, e & 0x3f);
    this.pace();
  }

  private obeyOne(code: number, a: number, b: number): void {
    const { ram, registers } = this;
    switch (code) {
      case 0x20:
        ram.addressing = (["horizontal", "vertical", "page"] as const)[a & 0x03] ?? ram.addressing;
        break;
      case 0x21:
        ram.setColumns(a & 0x7f, b & 0x7f);
        break;
      case 0x22:
        ram.setPages(a & 0x07, b & 0x07);
        break;
      case 0x2e:
      case 0x2f:
        this.isScrolling = code === 0x2f;
        this.scrolled = 0;
        // Stopping puts back the lines that were shifted vertically.
        this.touch();
        break;
      case 0x81:
        registers.contrast = a;
        break;
      case 0x8d:
        registers.hasPump = (a & 0x04) !== 0;
        break;
      case 0xa0:
      case 0xa1:
        ram.isRemapped = code === 0xa1;
        break;
      case 0xa3:
        [registers.fixedRows, registers.scrollRows] = [a & 0x3f, b & 0x7f];
        break;
      case 0xa4:
      case 0xa5:
        registers.isEntireOn = code === 0xa5;
        break;
      case 0xa6:
      case 0xa7:
        registers.isInverse = code === 0xa7;
        break;
      case 0xa8:
        // 10.1.11: 0 to 14 are invalid.
        if ((a & 0x3f) >= 15) registers.multiplex = (a & 0x3f) + 1;
        break;
      case 0xae:
      case 0xaf:
        registers.isOn = code === 0xaf;
        break;
      case 0xd3:
        registers.offset = a & 0x3f;
        break;
      case 0xd5:
        registers.divide = (a & 0x0f) + 1;
        break;
      case 0xd9:
        [registers.phase1, registers.phase2] = [a & 0x0f, a >> 4];
        break;
      case 0xda:
        [registers.isComAlternative, registers.isComSwapped] = [(a & 0x10) !== 0, (a & 0x20) !== 0];
        break;
    }
  }

  private get isLit(): boolean {
    return this.registers.isOn && this.registers.hasPump;
  }

  // 8.3: frames per second are the oscillator's, divided, by the clocks of a row and the rows there are.
  private get frameNs(): number {
    const { divide, phase1, phase2, multiplex } = this.registers;
    return (1e9 * divide * (phase1 + phase2 + pulseClocks) * multiplex) / oscillatorHz;
  }

  // Scrolling goes on by itself while there is a picture; the oscillator sleeps with the display (10.1.12).
  private pace(): void {
    const isMoving = this.isScrolling && this.scroll !== null && this.registers.isOn;
    if (!isMoving) {
      this.step?.cancel();
      this.step = null;
    } else this.step ??= this.clock.alarm(this.clock.ns + this.scroll!.frames * this.frameNs, () => this.scrollOn());
  }

  private scrollOn(): void {
    this.step = null;
    const { isRight, firstPage, lastPage, rows } = this.scroll!;
    this.ram.rotate(firstPage, lastPage, isRight);
    this.scrolled = (this.scrolled + rows) % Math.max(1, this.registers.scrollRows);
    this.pace();
    this.touch();
    this.tell();
  }

  private touch(): void {
    if (this.stale === "no") this.stale = "perhaps";
  }

  private tell(): void {
    const { stale } = this;
    this.stale = "no";
    if (stale === "no" || (!this.isLit && !this.wasLit)) return;
    this.wasLit = this.isLit;
    if (stale === "surely") this.shown = null;
    else {
      const now = this.look();
      if (this.shown !== null && isSame(now, this.shown)) return;
      this.shown = now;
    }
    this.onChange?.();
  }

  private look(): Ssd1306State {
    const { contrast } = this.registers;
    const on = this.isLit;
    const rows = on
      ? seenRows(this.ram.bytes, this.registers, this.height, this.scrolled)
      : Array.from({ length: this.height }, () => "0".repeat(columns));
    return { on, rows, contrast: on ? contrast : 0 };
  }
}

function scrollOf(isRight: boolean, firstPage: number, interval: number, lastPage: number, rows: number): Scroll {
  return { isRight, firstPage: firstPage & 7, lastPage: lastPage & 7, frames: scrollFrames[interval & 7]!, rows };
}

// Where the next byte goes and how fast rows are driven: drivers send these with every picture.
function isUnseen(code: number): boolean {
  return (
    code <= 0x2f || (code >= 0xb0 && code <= 0xb7) || code === 0xd5 || code === 0xd9 || code >= 0xdb || (code & 0xfe) === 0xa0
  );
}

function isSame(one: Ssd1306State, other: Ssd1306State): boolean {
  return one.on === other.on && one.contrast === other.contrast && one.rows.every((row, y) => row === other.rows[y]);
}
