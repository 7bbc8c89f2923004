import { expect, test } from "vitest";
import { Bench, wired } from "../../sim/bench.ts";
import type { ServoState } from "./state.ts";

const at = (bench: Bench): number => bench.state<ServoState>("it").angle;

// Pulses of 0.5 to 2.4 ms of 20 ms, as the SG90 takes them.
test.each(["microbit-v1", "microbit-v2"])("%s turns it by PWM of 20 ms", (board) => {
  const main = `from microbit import *
pin1.set_analog_period(20)
for us in (500, 1450, 2400):
    pin1.write_analog(us * 1023 // 20000)
    sleep(1000)
`;
  const bench = new Bench(board, main, wired("servo", { signal: "P1" }));
  const seen = [950, 1000, 1000].map((ms) => {
    bench.run(ms);
    return at(bench);
  });
  for (const [i, angle] of [0, 90, 180].entries()) expect(Math.abs(seen[i]! - angle)).toBeLessThan(4);
});

// "Operating speed: 0.1 s/60 degree".
test("takes three tenths of a second for 180 degrees", () => {
  const main = `from microbit import *
pin1.set_analog_period(20)
pin1.write_analog(25)
sleep(1000)
pin1.write_analog(123)
`;
  const bench = new Bench("microbit-v2", main, wired("servo", { signal: "P1" }));
  const moves: [number, number][] = [];
  bench.machine.onPart = (part, state) => part === "it" && moves.push([bench.machine.ms, (state as ServoState).angle]);
  bench.run(3000);
  const [start] = moves.find(([ms]) => ms > 1000)!;
  const [end, angle] = moves.at(-1)!;
  expect(angle).toBeGreaterThan(175);
  expect(end - start).toBeGreaterThanOrEqual(280);
  expect(end - start).toBeLessThanOrEqual(320);
});

test("follows pulses made by hand, and lets go a while after the last", () => {
  const main = `import pyb
pin = pyb.Pin('X1', pyb.Pin.OUT_PP)
for i in range(40):
    pin.high()
    pyb.udelay(1000)
    pin.low()
    pyb.delay(19)
`;
  const bench = new Bench("pyboard-v1.1", main, wired("servo", { signal: "X1" }));
  bench.run(700);
  expect(bench.state<ServoState>("it").isPowered).toBe(true);
  expect(Math.abs(at(bench) - (500 / 1900) * 180)).toBeLessThan(3);
  bench.run(400);
  expect(bench.state<ServoState>("it").isPowered).toBe(false);
  expect(Math.abs(at(bench) - (500 / 1900) * 180)).toBeLessThan(3);
});

test("a pulse that is none of a servo's, and full light, do not move it", () => {
  const main = "from microbit import *\npin1.write_digital(1)\nsleep(200)\npin1.write_analog(512)\nsleep(500)\n";
  const bench = new Bench("microbit-v2", main, wired("servo", { signal: "P1" }));
  bench.run(1000);
  expect(bench.state<ServoState>("it")).toEqual({ angle: 90, target: 90, isPowered: false });
});
