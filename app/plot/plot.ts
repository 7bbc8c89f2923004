// What the plotter has to show: text of a console in, rows of numbers with their times kept, the newest of them. No DOM, no clock of
// its own: whoever writes says when. The picture is elements/chart.ts.
import { lineLimit, readNumbers } from "./numbers.ts";

/** More lines than this cannot be told apart in one picture. */
export const seriesMost = 6;
/** Rows kept; older ones go, and are counted. */
export const rowsKept = 100_000;
// Rows go in bulk: moving the rest down costs too much for each.
const dropStep = 10_000;
const leftOutMost = 50;
// How many rows back a series' number still stands beside another's: series may be printed in turn.
const lookBack = 50;

type Cell = number | null;

/** Rows of a stretch of time, one column per series; a null is no number at that time. */
export interface Rows {
  readonly times: readonly number[];
  readonly columns: readonly (readonly Cell[])[];
}
export interface Summary {
  readonly name: string;
  readonly last: number;
  readonly min: number;
  readonly max: number;
}

export class Plot {
  /** The series, in the order in which they first came. */
  readonly names: string[] = [];
  /** Names that came when there were six already. */
  readonly leftOut = new Set<string>();
  /** Rows that are gone. */
  dropped = 0;
  onChange: (() => void) | null = null;

  private readonly times: number[] = [];
  private readonly columns: Cell[][] = [];
  private rest = "";
  private isSkipping = false;
  private base: number | null = null;

  /** How many rows there are. */
  get count(): number {
    return this.times.length;
  }
  /** When the newest row came, ms since the beginning; 0 without one. */
  get lastMs(): number {
    return this.times.at(-1) ?? 0;
  }
  get firstMs(): number {
    return this.times[0] ?? 0;
  }

  /** Text as it comes from the board, at `ms` of the board's clock or the wall's. */
  write(text: string, ms: number): void {
    this.base ??= ms;
    const atMs = Math.max(this.lastMs, ms - this.base);
    const before = this.count + this.dropped;
    const lines = text.split(/[\r\n]+/);
    lines[0] = this.rest + lines[0]!;
    this.rest = lines.pop()!;
    for (const line of lines) {
      const numbers = this.isSkipping ? null : readNumbers(line);
      this.isSkipping = false;
      if (numbers) this.add(numbers, atMs);
    }
    if (this.rest.length > lineLimit) {
      this.rest = "";
      this.isSkipping = true;
    }
    if (this.count + this.dropped !== before) this.onChange?.();
  }

  /** Begins anew; `ms` is the time that will be 0, by default that of the next text. */
  clear(ms: number | null = null): void {
    this.names.length = this.times.length = this.columns.length = 0;
    this.leftOut.clear();
    this.dropped = 0;
    this.rest = "";
    this.isSkipping = false;
    this.base = ms;
    this.onChange?.();
  }

  /** The row at `index`, counted from the oldest kept. */
  row(index: number): { readonly atMs: number; readonly values: readonly Cell[] } {
    return { atMs: this.times[index]!, values: this.columns.map((column) => column[index]!) };
  }

  /** At the row `index`, what each series' newest number is. */
  valuesAt(index: number): readonly Cell[] {
    return this.columns.map((column) => {
      for (let i = index; i >= Math.max(0, index - lookBack); i--) if (column[i] !== null) return column[i]!;
      return null;
    });
  }

  /** The first row at or after `ms`. */
  indexAt(ms: number): number {
    let [low, high] = [0, this.times.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.times[middle]! < ms) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * The rows from one time to another, for a picture so many columns wide: where there are many more rows than columns, each
   * column gets the smallest and the largest of its rows, so that no peak is lost.
   */
  sample(fromMs: number, toMs: number, width: number): Rows {
    // One row before and after, so that lines go on to the edges.
    const start = Math.max(0, this.indexAt(fromMs) - 1);
    const end = Math.min(this.count, this.indexAt(toMs) + 2);
    if (end - start <= 4 * width) {
      return { times: this.times.slice(start, end), columns: this.columns.map((column) => column.slice(start, end)) };
    }
    const span = (toMs - fromMs) / width;
    const times: number[] = [];
    const columns: Cell[][] = this.columns.map(() => []);
    for (let from = start; from < end;) {
      // A bucket ends where the clock says, not where a count of rows would: it then stays the same while the window moves on.
      const untilMs = (Math.floor(this.times[from]! / span) + 1) * span;
      let to = from + 1;
      while (to < end && this.times[to]! < untilMs) to++;
      times.push(this.times[from]!, this.times[to - 1]!);
      for (const [i, column] of this.columns.entries()) columns[i]!.push(...extremes(column, from, to));
      from = to;
    }
    return { times, columns };
  }

  /** Each series' newest, lowest and highest number from `fromMs` to `toMs`; series without one there are left out. */
  summary(fromMs: number, toMs: number): readonly Summary[] {
    const start = this.indexAt(fromMs);
    const end = this.times.at(-1)! <= toMs ? this.count : this.indexAt(toMs + 1e-6);
    return this.names.flatMap((name, i) => {
      let [min, max, last] = [Infinity, -Infinity, null as Cell];
      for (let row = start; row < end; row++) {
        const value = this.columns[i]![row]!;
        if (value === null) continue;
        last = value;
        if (value < min) min = value;
        if (value > max) max = value;
      }
      return last === null ? [] : [{ name, last, min, max }];
    });
  }

  /** Everything kept, as RFC 4180 has it: seconds, then a column per series named by `label`. */
  csv(label: (name: string) => string): string {
    const quote = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    const lines = [["s", ...this.names.map((name) => quote(label(name)))].join(",")];
    for (let i = 0; i < this.count; i++) {
      lines.push([(this.times[i]! / 1000).toFixed(3), ...this.columns.map((column) => column[i] ?? "")].join(","));
    }
    return lines.join("\r\n") + "\r\n";
  }

  private add(numbers: readonly { readonly name: string; readonly value: Cell }[], atMs: number): void {
    const row: Cell[] = this.names.map(() => null);
    for (const { name, value } of numbers) {
      let at = this.names.indexOf(name);
      if (at < 0) {
        if (this.names.length === seriesMost) {
          if (this.leftOut.size < leftOutMost) this.leftOut.add(name);
          continue;
        }
        at = this.names.push(name) - 1;
        this.columns.push(Array.from({ length: this.count }, () => null));
      }
      row[at] = value;
    }
    if (row.every((value) => value === null)) return;
    this.times.push(atMs);
    for (const [i, column] of this.columns.entries()) column.push(row[i]!);
    if (this.count < rowsKept + dropStep) return;
    this.times.splice(0, dropStep);
    for (const column of this.columns) column.splice(0, dropStep);
    this.dropped += dropStep;
  }
}

/** The smallest and the largest number of a stretch, in the order in which they came. */
function extremes(column: readonly Cell[], from: number, to: number): [Cell, Cell] {
  let [low, high] = [-1, -1];
  for (let i = from; i < to; i++) {
    const value = column[i]!;
    if (value === null) continue;
    if (low < 0 || value < column[low]!) low = i;
    if (high < 0 || value > column[high]!) high = i;
  }
  if (low < 0) return [null, null];
  return low < high ? [column[low]!, column[high]!] : [column[high]!, column[low]!];
}
