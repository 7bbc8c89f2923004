// A display of two lines of 16 characters, HD44780U behind a PCF8574 port expander on I2C, as it is sold: P0 is RS, P1 R/W, P2 E, P3 the
// backlight's transistor, P4..P7 are D4..D7 (PCF8574: NXP datasheet rev. 5, "Quasi-bidirectional I/Os").
import type { Clock } from "../../../interpreter/host.ts";
import type { I2cDevice } from "../../bus.ts";
import { type Net, Terminal } from "../../net.ts";
import type { Peripheral } from "../../peripheral.ts";
import { optionsOf } from "../../wiring.ts";
import { characterOf } from "./characters.ts";
import { Hd44780 } from "./hd44780.ts";
import type { Lcd1602State } from "./state.ts";

const rs = 1;
const rw = 2;
const enable = 4;
const light = 8;
const columns = 16;

export class Lcd1602 implements Peripheral<Lcd1602State, never>, I2cDevice {
  onChange: (() => void) | null = null;
  readonly address: number;
  private readonly terminals: readonly Terminal[];
  private readonly chip: Hd44780;
  /** The expander's latch. All ports are high after power-on, so the backlight is on. */
  private port = 0xff;
  /** With four wires a byte comes in two halves; the first of one that is under way, or null. */
  private half: number | null = null;
  private reading: number | null = null;
  private shown: Lcd1602State;

  constructor(
    nets: { readonly sda: Net; readonly scl: Net },
    clock: Clock,
    options: Readonly<Record<string, number | string>> = {},
  ) {
    this.address = Number(optionsOf("lcd1602", options)["address"]);
    this.chip = new Hd44780(clock);
    this.chip.onChange = () => this.tell();
    this.shown = this.draw();
    this.terminals = [
      new Terminal(nets.sda, { line: "sda", device: this }),
      new Terminal(nets.scl, { line: "scl", device: this }),
    ];
  }

  get state(): Lcd1602State {
    return this.shown;
  }

  input(event: never): void {
    throw new Error(`nothing happens to a display: ${JSON.stringify(event)}`);
  }

  /** The board's reset is none of its own: what is on it stays. */
  reset(): void {}

  close(): void {
    this.chip.close();
    for (const terminal of this.terminals) terminal.close();
  }

  // ---- the port expander

  start(): void {}
  stop(): void {}
  write(byte: number, afterNs = 0): boolean {
    const before = this.port;
    this.port = byte;
    if ((before ^ byte) & light) this.tell();
    if (!(before & enable) && byte & enable && byte & rw) this.put(afterNs);
    if (before & enable && !(byte & enable) && !(before & rw)) this.take(before >> 4, (before & rs) !== 0, afterNs);
    return true;
  }
  /** Its ports as they are: while the display is read, it pulls those low that are 0. */
  read(): number {
    return this.reading === null || !(this.port & enable) ? this.port : this.port & ((this.reading << 4) | 0x0f);
  }

  // ---- the display's side

  private take(nibble: number, isData: boolean, afterNs: number): void {
    if (this.chip.wires === 8) {
      // D0..D3 are not connected, and the chip's own pull-ups hold them high ("Pull-up MOS current").
      this.half = null;
      return this.give((nibble << 4) | 0x0f, isData, afterNs);
    }
    if (this.half === null) {
      this.half = nibble;
      return;
    }
    const byte = (this.half << 4) | nibble;
    this.half = null;
    this.give(byte, isData, afterNs);
  }

  private give(byte: number, isData: boolean, afterNs: number): void {
    if (isData) this.chip.write(byte, afterNs);
    else this.chip.instruct(byte, afterNs);
  }

  /** E goes high with R/W high: it drives its data wires, the high half first. */
  private put(afterNs: number): void {
    if (this.half === null) {
      const byte = this.port & rs ? this.chip.read(afterNs) : this.chip.status(afterNs);
      this.reading = byte >> 4;
      this.half = this.chip.wires === 8 ? null : byte & 15;
    } else {
      this.reading = this.half;
      this.half = null;
    }
  }

  // Much of what it is told is not seen yet: where to write next, or what lies beside the glass.
  private tell(): void {
    const now = this.draw();
    if (JSON.stringify(now) === JSON.stringify(this.shown)) return;
    this.shown = now;
    this.onChange?.();
  }

  private draw(): Lcd1602State {
    const { chip } = this;
    const codesOf = (row: number): readonly number[] => {
      const isSeen = chip.isOn && (row === 0 || chip.hasTwoLines);
      return Array.from({ length: columns }, (_, x) => (isSeen ? chip.ddram[chip.cellOnGlass(row, x)]! : 0x20));
    };
    const rows = [codesOf(0), codesOf(1)];
    const [first, second] = rows.map((row) => row.map(characterOf).join("")) as [string, string];
    const glyphs = Array.from({ length: 8 }, (_, i) => Array.from({ length: 8 }, (_, y) => chip.cgram[i * 8 + y]! & 0x1f));
    const backlight = (this.port & light) !== 0;
    return { lines: [first, second], codes: rows.flat(), glyphs, backlight, cursor: this.cursor() };
  }

  private cursor(): Lcd1602State["cursor"] {
    const { chip } = this;
    const cell = chip.cursorCell;
    if (!chip.isOn || !(chip.hasCursor || chip.isBlinking) || cell === null) return null;
    for (const row of chip.hasTwoLines ? [0, 1] : [0])
      for (let column = 0; column < columns; column++)
        if (chip.cellOnGlass(row, column) === cell) return { row, column, isBlinking: chip.isBlinking };
    return null;
  }
}
