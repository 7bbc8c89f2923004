import { expect, test } from "vitest";
import { Machine } from "../../boards/sim/machine.ts";
import { modelById } from "../../boards/sim/models.ts";
import { plotLog, readLog } from "./log.ts";
import { Plot } from "./plot.ts";

/** What a program leaves in the log of a simulated V2. */
function logged(program: string): string {
  const files = { "main.py": new TextEncoder().encode(program) };
  const machine = new Machine(modelById("microbit-v2")!, { files });
  machine.reset();
  machine.runFor(5000);
  return machine.hw.parts["dataLog"]!.text!;
}

test("the board's CSV is a table, also when a column comes later", () => {
  const csv = logged("import log\nlog.add(a=1, b=2.5)\nlog.add(a=3)\nlog.add(c='x')\nlog.add(a=4, c=5)\n");
  expect(readLog(csv)).toEqual({
    columns: ["Time (seconds)", "a", "b", "c"],
    rows: [
      ["0.00", "1", "2.5", ""],
      ["0.00", "3", "", ""],
      ["0.00", "", "", "x"],
      ["0.00", "4", "", "5"],
    ],
  });
  expect(readLog("")).toEqual({ columns: [], rows: [] });
});

test("its numbers are drawn at the times that were logged", () => {
  const program = `import log
from microbit import sleep
log.set_labels('light', timestamp=log.SECONDS)
for i in range(5):
    log.add(light=i * i)
    sleep(500)
`;
  const table = readLog(logged(program));
  expect(table.columns).toEqual(["Time (seconds)", "light"]);
  const plot = new Plot();
  plotLog(table, plot);
  expect(plot.names).toEqual(["light"]);
  expect(plot.count).toBe(5);
  expect(plot.row(4).values).toEqual([16]);
  expect(Math.round(plot.row(4).atMs - plot.row(0).atMs)).toBeGreaterThanOrEqual(1990);
});

test("without times, a row is a second", () => {
  const plot = new Plot();
  plotLog(readLog("x,words\n1,hello\n2,\n4,\n"), plot);
  expect([plot.names, plot.row(2)]).toEqual([["x"], { atMs: 2000, values: [4] }]);
});
