// The data log's CSV as a table, and as rows for the plotter. A heading row comes again in the middle when a column was added.
import type { Plot } from "./plot.ts";

export interface LogTable {
  readonly columns: readonly string[];
  /** One cell per column; "" where nothing was logged. */
  readonly rows: readonly (readonly string[])[];
}

/** What a unit of the board's time column is in ms. */
const units: Readonly<Record<string, number>> = {
  "Time (milliseconds)": 1,
  "Time (seconds)": 1e3,
  "Time (minutes)": 6e4,
  "Time (hours)": 3.6e6,
  "Time (days)": 8.64e7,
};

/** Fields hold no commas: the board's firmware replaces them. */
export function readLog(csv: string): LogTable {
  let heading: readonly string[] = [];
  const columns: string[] = [];
  const rows: string[][] = [];
  for (const line of csv.split("\n")) {
    if (line === "") continue;
    const cells = line.split(",");
    if (heading.length === 0 || (cells.length > heading.length && heading.every((name) => cells.includes(name)))) {
      heading = cells;
      for (const name of cells) if (!columns.includes(name)) columns.push(name);
      continue;
    }
    const row = new Map(heading.map((name, i) => [name, cells[i] ?? ""]));
    rows.push(columns.map((name) => row.get(name) ?? ""));
  }
  return { columns, rows: rows.map((row) => columns.map((_, i) => row[i] ?? "")) };
}

/** Draws the numbers over the time column, or over the number of the row, a second for each. */
export function plotLog({ columns, rows }: LogTable, plot: Plot): void {
  plot.clear();
  const time = columns.findIndex((name) => name in units);
  const values = columns.flatMap((name, i) => (i === time ? [] : [[name.replace(/[^\p{L}\p{N}_ ]/gu, "_"), i] as const]));
  for (const [i, row] of rows.entries()) {
    const text = values.flatMap(([name, column]) => (isNumber(row[column]!) ? [`${name}:${row[column]}`] : [])).join(" ");
    const at = time < 0 ? NaN : Number(row[time]) * units[columns[time]!]!;
    plot.write(`${text}\n`, Number.isFinite(at) ? at : i * 1000);
  }
}

const isNumber = (cell: string): boolean => cell.trim() !== "" && Number.isFinite(Number(cell));
