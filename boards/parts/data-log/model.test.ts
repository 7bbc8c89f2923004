import { expect, test } from "vitest";
import { SimClock } from "../../sim/clock.ts";
import { DataLog } from "./model.ts";
import { capacity } from "./state.ts";

const row = (log: DataLog, values: Readonly<Record<string, string>>): boolean => {
  log.beginRow();
  for (const [key, value] of Object.entries(values)) log.add(key, value);
  return log.endRow();
};

test("writes a heading row once, then values, with the time in front", () => {
  const clock = new SimClock();
  const log = new DataLog(clock);
  log.setTimestamp(10);
  clock.moveTo(1234e6);
  row(log, { light: "12", temperature: "20" });
  clock.moveTo(2500e6);
  row(log, { temperature: "21" });
  expect(log.text).toBe("Time (seconds),light,temperature\n1.23,12,20\n2.50,,21\n");
  expect(log.state).toEqual({
    columns: ["Time (seconds)", "light", "temperature"],
    rows: 2,
    bytes: log.text.length,
    isFull: false,
  });
});

test("a new column gives another heading row", () => {
  const log = new DataLog(new SimClock());
  row(log, { a: "1" });
  row(log, { b: "2" });
  expect(log.text).toBe("a\n1\na,b\n,2\n");
});

test("labels alone write their heading row and no time", () => {
  const log = new DataLog(new SimClock());
  log.setTimestamp(1);
  row(log, { a: "", b: "" });
  expect(log.text).toBe("Time (milliseconds),a,b\n");
});

test("separators in values become underscores", () => {
  const log = new DataLog(new SimClock());
  row(log, { "a,b": "x\ty\nz-->" });
  expect(log.text).toBe("a_b\nx_y_z___\n");
});

test("says when it is full, and clearing makes room", () => {
  const log = new DataLog(new SimClock());
  const long = "x".repeat(9998);
  let rows = 0;
  while (row(log, { a: long })) rows++;
  expect([rows, log.state.isFull]).toEqual([Math.floor((capacity - 2) / 9999), true]);
  log.input("clear");
  expect([log.text, row(log, { a: "1" })]).toEqual(["", true]);
});

test("a reset keeps what was logged", () => {
  const log = new DataLog(new SimClock());
  row(log, { a: "1" });
  log.reset();
  expect(log.text).toBe("a\n1\n");
});
