// Text in, rows out: lines cut anywhere, names that come late, what is dropped, how much of it a picture gets, CSV.
import { describe, expect, test } from "vitest";
import { Plot, rowsKept } from "./plot.ts";

const rows = (plot: Plot) => Array.from({ length: plot.count }, (_, i) => [plot.row(i).atMs, ...plot.row(i).values]);

describe("plot", () => {
  test("takes lines as they come, cut anywhere, and leaves text out", () => {
    const plot = new Plot();
    for (const [text, ms] of [
      ["(1, ", 100],
      ["2)\r", 100],
      ["\nhello\r\n3", 200],
      [" 4\r\n>>> ", 300],
    ] as const) {
      plot.write(text, ms);
    }
    expect(plot.names).toEqual(["#1", "#2"]);
    expect(rows(plot)).toEqual([
      [0, 1, 2],
      [200, 3, 4],
    ]);
  });

  test("a series that comes late has a gap before it, and each keeps its own numbers", () => {
    const plot = new Plot();
    plot.write("light:5\nplain text\ntemp:20\nlight:6, temp:21\n", 0);
    expect(plot.names).toEqual(["light", "temp"]);
    expect(rows(plot)).toEqual([
      [0, 5, null],
      [0, null, 20],
      [0, 6, 21],
    ]);
    expect(plot.summary(0, 0)).toEqual([
      { name: "light", last: 6, min: 5, max: 6 },
      { name: "temp", last: 21, min: 20, max: 21 },
    ]);
  });

  test("a seventh series is named, not shown", () => {
    const plot = new Plot();
    plot.write("1 2 3 4 5 6 7\nextra:1\n", 0);
    expect(plot.names).toHaveLength(6);
    expect([...plot.leftOut]).toEqual(["#7", "extra"]);
    expect(plot.count).toBe(1);
  });

  test("keeps the newest rows and counts the others", () => {
    const plot = new Plot();
    const lines = rowsKept + 12_345;
    for (let i = 0; i < lines; i++) plot.write(`${i}\n`, i);
    expect(plot.count + plot.dropped).toBe(lines);
    expect(plot.count).toBeGreaterThanOrEqual(rowsKept);
    expect(plot.row(plot.count - 1)).toEqual({ atMs: lines - 1, values: [lines - 1] });
    expect(plot.row(0).values).toEqual([plot.dropped]);
  });

  test("a line without end is forgotten, not kept for ever", () => {
    const plot = new Plot();
    for (let i = 0; i < 1000; i++) plot.write("1 ", 0);
    plot.write("5\n6\n", 1);
    expect(rows(plot).map(([, value]) => value)).toEqual([6]);
  });

  test("time never goes back, and begins at 0 after clear", () => {
    const plot = new Plot();
    plot.write("1\n", 500);
    plot.write("2\n", 400);
    expect(rows(plot)).toEqual([
      [0, 1],
      [0, 2],
    ]);
    plot.clear(1000);
    plot.write("3\n", 1250);
    expect(rows(plot)).toEqual([[250, 3]]);
  });

  test("a picture gets all rows while they are few, and every peak when they are many", () => {
    const plot = new Plot();
    for (let i = 0; i < 50_000; i++) plot.write(`${i === 33_333 ? 1000 : i === 12_345 ? -1000 : i % 10}\n`, i);
    const few = plot.sample(100, 110, 300);
    expect(few.times.slice(1, -1)).toEqual([100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110]);
    const many = plot.sample(0, 50_000, 300);
    expect(many.times.length).toBeLessThanOrEqual(2 * 302);
    expect(many.columns[0]!.length).toBe(many.times.length);
    expect([Math.min(...(many.columns[0] as number[])), Math.max(...(many.columns[0] as number[]))]).toEqual([-1000, 1000]);
    const sorted = many.times.toSorted((a, b) => a - b);
    expect(many.times).toEqual(sorted);
  });

  test("saves what is kept as CSV", () => {
    const plot = new Plot();
    plot.write("light:5\n", 0);
    plot.write("{'temp': 1}\n", 1500);
    expect(plot.csv((name) => name)).toBe("s,light,temp\r\n0.000,5,\r\n1.500,,1\r\n");
    expect(plot.csv((name) => `"${name}", in lux`)).toContain('s,"""light"", in lux",');
  });

  test("10 000 lines cost little", () => {
    const plot = new Plot();
    const text = "(123, 456.5, -7)\r\n".repeat(100);
    const start = performance.now();
    for (let i = 0; i < 100; i++) plot.write(text, i);
    expect(plot.count).toBe(10_000);
    expect(performance.now() - start).toBeLessThan(100 * 5); // with room for a busy machine
  });
});
