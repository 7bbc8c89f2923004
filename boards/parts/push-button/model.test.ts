import { expect, test } from "vitest";
import { Bench, wired } from "../../sim/bench.ts";
import type { PushButtonState } from "./state.ts";

const level =
  "from microbit import *\npin1.set_pull(pin1.PULL_UP)\nwhile True:\n    print(pin1.read_digital(), end='')\n    sleep(50)\n";

test("to ground: 1 by the pull-up, 0 while it is pressed", () => {
  const bench = new Bench("microbit-v2", level, wired("push-button", { signal: "P1" }));
  expect(bench.run(300)).toMatch(/^1{4,}$/);
  bench.give("it", "press");
  expect(bench.state<PushButtonState>("it")).toEqual({ pressed: true });
  expect(bench.run(300).slice(1)).toMatch(/^0{4,}$/);
  bench.give("it", "release");
  expect(bench.run(300).slice(1)).toMatch(/^1{4,}$/);
});

test("to 3.3 V: 1 while it is pressed, and nothing else holds the pin but its pull-down", () => {
  const main = level.replaceAll("PULL_UP", "PULL_DOWN");
  const bench = new Bench("microbit-v1", main, wired("push-button", { signal: "P1" }, { to: "supply" }));
  expect(bench.run(300)).toMatch(/^0{4,}$/);
  bench.give("it", "press");
  expect(bench.run(300).slice(1)).toMatch(/^1{4,}$/);
});

// Omron B3F, "Bounce time": 5 ms max.
test("bounces for less than 5 ms, which a program that counts edges sees and one that waits does not", () => {
  const count = (waitMs: number) => {
    const main = `import pyb
pin = pyb.Pin('X1', pyb.Pin.IN, pyb.Pin.PULL_UP)
presses = 0
was = 1
while True:
    now = pin.value()
    if was and not now:
        presses += 1
        print(presses)
    was = now
    pyb.udelay(${waitMs * 1000} or 20)
`;
    const bench = new Bench("pyboard-v1.1", main, wired("push-button", { signal: "X1" }));
    bench.run(200);
    bench.give("it", "press");
    return bench.run(100).trim().split("\n").length;
  };
  expect([count(0), count(6)]).toEqual([3, 1]);
});
