// An OLED display of 128 x 64 or 128 x 32 pixels with the controller SSD1306 on I2C (Solomon SSD1306 rev. 1.1). Modules feed it by its
// charge pump, so without the command for that nothing shines.
import type { Alarm, Clock } from "../../../interpreter/host.ts";
import type { I2cDevice } from "../../bus.ts";
import { type Net, Terminal } from "../../net.ts";
import type { Peripheral } from "../../peripheral.ts";
import { optionsOf } from "../../wiring.ts";
import { argumentsOf, atReset, frameNs, type Registers, rowsOnGlass, type Scroll, scrollOf, setRegister } from "./registers.ts";
import type { Ssd1306State } from "./state.ts";

const width = 128;
const pages = 8;

export class Ssd1306 implements Peripheral<Ssd1306State, never>, I2cDevice {
  onChange: (() => void) | null = null;
  /** SA0 is low on the usual modules (section 8.1.5). */
  readonly address = 0x3c;
  private readonly clock: Clock;
  private readonly height: number;
  private readonly terminals: readonly Terminal[];
  private readonly registers: Registers = atReset();
  /** Graphic display data RAM: a byte for eight pixels below each other, by page and segment. */
  private readonly ram = new Uint8Array(width * pages);
  private column = 0;
  private page = 0;
  private pageColumn = 0;
  /** Null: the next byte is a control byte. */
  private control: { readonly isData: boolean; readonly isLast: boolean } | null = null;
  private command: number[] = [];
  private scroll: Scroll | null = null;
  private scrolledRows = 0;
  private isScrolling = false;
  private alarm: Alarm | null = null;
  /** Whether something else may be seen: other dots surely, another setting perhaps. */
  private dirty: "no" | "perhaps" | "surely" = "no";
  private wasLit = false;
  private shown: Ssd1306State | null = null;

  constructor(
    nets: { readonly sda: Net; readonly scl: Net },
    clock: Clock,
    options: Readonly<Record<string, number | string>> = {},
  ) {
    this.clock = clock;
    this.height = Number(optionsOf("ssd1306", options)["height"]);
    this.terminals = [
      new Terminal(nets.sda, { line: "sda", device: this }),
      new Terminal(nets.scl, { line: "scl", device: this }),
    ];
  }

  /** Drawn when it is asked for: a picture comes in a thousand bytes. */
  get state(): Ssd1306State {
    this.shown ??= this.draw();
    return this.shown;
  }

  input(event: never): void {
    throw new Error(`nothing happens to a display: ${JSON.stringify(event)}`);
  }

  /** It has a supply of its own, and its reset pin is not the board's. */
  reset(): void {}

  close(): void {
    this.alarm?.cancel();
    for (const terminal of this.terminals) terminal.close();
  }

  // ---- I2C, section 8.1.5.2

  start(): void {
    this.control = null;
  }
  write(byte: number): boolean {
    if (this.control === null) this.control = { isData: (byte & 0x40) !== 0, isLast: (byte & 0x80) === 0 };
    else {
      if (this.control.isData) this.store(byte);
      else this.take(byte);
      if (!this.control.isLast) this.control = null;
    }
    return true;
  }
  /** The status register: bit 6 is 1 while the display is off. */
  read(): number {
    return this.registers.isOn ? 0 : 0x40;
  }
  stop(): void {
    this.control = null;
    this.tell();
  }

  // ---- commands

  private take(byte: number): void {
    this.command.push(byte);
    const [first] = this.command;
    if (this.command.length <= argumentsOf(first!)) return;
    const command = this.command;
    this.command = [];
    if (first! <= 0x0f) this.pageColumn = (this.pageColumn & 0xf0) | first!;
    else if (first! <= 0x1f) this.pageColumn = (this.pageColumn & 0x0f) | ((first! & 7) << 4);
    else if (first! >= 0xb0 && first! <= 0xb7) this.page = first! & 7;
    else if (first === 0x2e || first === 0x2f) this.isScrolling = first === 0x2f;
    else this.scroll = scrollOf(command) ?? this.scroll;
    setRegister(this.registers, command);
    if (first! <= 0x1f) this.column = this.pageColumn;
    if (first === 0x21) this.column = this.registers.columns[0];
    if (first === 0x22) this.page = this.registers.pages[0];
    this.pace();
    if (isSeen(first!) && this.dirty === "no") this.dirty = "perhaps";
  }

  private store(byte: number): void {
    const { registers } = this;
    const segment = registers.isRemapped ? width - 1 - this.column : this.column;
    const at = this.page * width + segment;
    if (this.ram[at] !== byte && this.isLit) this.dirty = "surely";
    this.ram[at] = byte;
    const [firstColumn, lastColumn] = registers.columns;
    const [firstPage, lastPage] = registers.pages;
    if (registers.addressing === 2) {
      this.column = (this.column + 1) % width;
      return;
    }
    const nextColumn = (): boolean => {
      const isOver = this.column === lastColumn;
      this.column = isOver ? firstColumn : (this.column + 1) % width;
      return isOver;
    };
    const nextPage = (): boolean => {
      const isOver = this.page === lastPage;
      this.page = isOver ? firstPage : (this.page + 1) % pages;
      return isOver;
    };
    if (registers.addressing === 0) {
      if (nextColumn()) nextPage();
    } else if (nextPage()) nextColumn();
  }

  // ---- scrolling, section 10.2

  /** Steps follow each other while the display is on: its oscillator sleeps with it (10.1.12). */
  private pace(): void {
    if (!this.isScrolling || this.scroll === null || !this.registers.isOn) {
      this.alarm?.cancel();
      this.alarm = null;
    } else
      this.alarm ??= this.clock.alarm(this.clock.ns + this.scroll.frames * frameNs(this.registers), () => {
        this.alarm = null;
        this.move(this.scroll!);
        this.pace();
      });
  }

  /** Columns move in the RAM, so that after the scroll it holds something else than was written. */
  private move({ step, pages: [first, last], rows }: Scroll): void {
    for (let page = first; page <= last; page++) {
      const line = this.ram.subarray(page * width, (page + 1) * width);
      const before = line.slice();
      // To the right on the glass, whose first segment is on the right.
      for (let i = 0; i < width; i++) line[i] = before[(i + step + width) % width]!;
    }
    this.scrolledRows = (this.scrolledRows + rows) % 64;
    this.dirty = "perhaps";
    this.tell();
  }

  // ---- the glass

  private get isLit(): boolean {
    return this.registers.isOn && this.registers.hasPump;
  }

  private tell(): void {
    const { dirty } = this;
    this.dirty = "no";
    if (dirty === "no") return;
    if (!this.isLit && !this.wasLit) {
      this.shown = null;
      return;
    }
    this.wasLit = this.isLit;
    if (dirty === "surely") this.shown = null;
    else {
      const before = this.shown;
      this.shown = this.draw();
      if (before !== null && isSame(before, this.shown)) {
        this.shown = before;
        return;
      }
    }
    this.onChange?.();
  }

  private draw(): Ssd1306State {
    const { registers, height } = this;
    const on = this.isLit;
    const rows = rowsOnGlass(registers, height).map((row) => {
      if (!on || row < 0) return "0".repeat(width);
      if (registers.isEntireOn) return "1".repeat(width);
      const line = this.lineOf(row);
      const [base, bit] = [(line >> 3) * width, line & 7];
      let text = "";
      for (let x = 0; x < width; x++) {
        const isSet = ((this.ram[base + width - 1 - x]! >> bit) & 1) === 1;
        text += isSet !== registers.isInverse ? "1" : "0";
      }
      return text;
    });
    return { on, rows, contrast: registers.contrast };
  }

  private lineOf(row: number): number {
    const { startLine, area } = this.registers;
    const [fixed, scrolling] = area;
    const isScrolled = this.scrolledRows > 0 && row >= fixed && row < fixed + scrolling;
    const shifted = isScrolled ? fixed + ((row - fixed + this.scrolledRows) % Math.max(1, scrolling)) : row;
    return (shifted + startLine) % 64;
  }
}

/** Not seen is where the next byte goes and how rows are driven; drivers send that with every picture. */
function isSeen(command: number): boolean {
  return command > 0x2f && !(command >= 0xb0 && command <= 0xb7) && command !== 0xd5 && command !== 0xd9 && command < 0xdb;
}

function isSame(one: Ssd1306State, other: Ssd1306State): boolean {
  return one.on === other.on && one.contrast === other.contrast && one.rows.every((row, y) => row === other.rows[y]);
}
