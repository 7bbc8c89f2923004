// The micro:bit V2's data log in its interface chip's flash: CSV with a heading row whenever columns are new, after codal's
// MicroBitLog (log file system 2). It survives resets, as the MY_DATA.HTM file on the MICROBIT drive does.
import type { Clock } from "../../../interpreter/host.ts";
import type { Peripheral } from "../../peripheral.ts";
import { capacity, type DataLogInput, type DataLogState } from "./state.ts";

/** What a unit of the time column is in milliseconds, times its two decimals; 0 is no column. */
export type TimestampFormat = number;
const units: Readonly<Record<number, string>> = {
  1: "milliseconds",
  10: "seconds",
  600: "minutes",
  36000: "hours",
  864000: "days",
};

interface Column {
  readonly key: string;
  value: string;
}

export class DataLog implements Peripheral<DataLogState, DataLogInput> {
  state: DataLogState = { columns: [], rows: 0, bytes: 0, isFull: false };
  onChange: (() => void) | null = null;
  /** A whole line without its end, for whoever mirrors the log to the serial line. */
  onMirror: ((line: string) => void) | null = null;
  private readonly clock: Clock;
  private lines: string[] = [];
  private columns: Column[] = [];
  private format: TimestampFormat = 0;
  private isTimeColumnDue = false;
  private areColumnsNew = false;
  private isRowOpen = false;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  input(event: DataLogInput): void {
    if (event !== "clear") throw new Error(`not a log event: ${JSON.stringify(event)}`);
    this.clear();
  }

  /** The log is kept over a reset; what the firmware had in memory is not. */
  reset(): void {
    this.isRowOpen = false;
    this.onMirror = null;
    this.format = 0;
    this.isTimeColumnDue = false;
  }

  /** Everything logged, as CSV. */
  get text(): string {
    return this.lines.map((line) => line + "\n").join("");
  }

  clear(): void {
    this.lines = [];
    this.columns = [];
    this.areColumnsNew = false;
    this.isTimeColumnDue = false;
    this.publish({ columns: [], rows: 0, bytes: 0, isFull: false });
    this.setTimestamp(this.format);
  }

  setTimestamp(format: TimestampFormat): void {
    if (format === 0 && this.format === 0) return;
    const heading = this.heading(format);
    // Before anything is logged, a new unit replaces the old column.
    if (this.state.bytes === 0 && this.columns.length > 0) {
      if (this.columns[0].key === heading) return;
      if (this.format !== 0) this.columns.shift();
    }
    this.format = format;
    this.isTimeColumnDue = true;
  }

  beginRow(): void {
    if (this.isRowOpen) this.endRow();
    for (const column of this.columns) column.value = "";
    this.isRowOpen = true;
  }

  add(key: string, value: string): void {
    if (!this.isRowOpen) this.beginRow();
    this.set(clean(key, true), clean(value, true), false);
  }

  /** False: the log is full. */
  endRow(): boolean {
    if (!this.isRowOpen) return true;
    const heading = this.heading(this.format);
    if (this.isTimeColumnDue) {
      this.isTimeColumnDue = false;
      if (this.format !== 0 && !this.columns.some((column) => column.key === heading)) {
        this.set(heading, "", this.state.bytes === 0);
      }
    }
    const hasData = this.columns.some((column) => column.value !== "");
    if (hasData && this.format !== 0) this.set(heading, this.now(), false);
    if (this.areColumnsNew) this.line(this.columns.map((column) => column.key).join(","), false);
    this.areColumnsNew = false;
    if (this.columns.some((column) => column.value !== "")) this.line(this.columns.map((column) => column.value).join(","), true);
    this.isRowOpen = false;
    return !this.state.isFull;
  }

  private set(key: string, value: string, atFront: boolean): void {
    const known = this.columns.find((column) => column.key === key);
    if (known) {
      known.value = value;
      return;
    }
    if (atFront) this.columns.unshift({ key, value });
    else this.columns.push({ key, value });
    this.areColumnsNew = true;
  }

  private line(text: string, isRow: boolean): void {
    const line = clean(text, false);
    const bytes = this.state.bytes + line.length + 1;
    if (this.state.isFull || bytes > capacity) return this.publish({ ...this.state, isFull: true });
    this.lines.push(line);
    this.onMirror?.(line);
    const columns = isRow ? this.state.columns : this.columns.map((column) => column.key);
    this.publish({ columns, rows: this.state.rows + (isRow ? 1 : 0), bytes, isFull: false });
  }

  private heading(format: TimestampFormat): string {
    return `Time (${units[format] ?? ""})`;
  }

  private now(): string {
    const ticks = Math.floor(this.clock.ns / 1e6 / this.format);
    if (this.format <= 1) return String(ticks);
    return `${Math.floor(ticks / 100)}.${String(ticks % 100).padStart(2, "0")}`;
  }

  private publish(state: DataLogState): void {
    this.state = state;
    this.onChange?.();
  }
}

// What would end a field, a row or the page that MY_DATA.HTM is.
function clean(text: string, isField: boolean): string {
  return text.replaceAll("-->", "___").replace(isField ? /[\t,\n]/g : /\t/g, "_");
}
