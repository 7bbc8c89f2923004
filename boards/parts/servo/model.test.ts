import { expect, test } from "vitest";
import { Net, Terminal } from "../../net.ts";
import { Bench, wired } from "../../sim/bench.ts";
import { SimClock } from "../../sim/clock.ts";
import { Servo } from "./model.ts";
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

function alone() {
  const clock = new SimClock();
  const signal = new Net(clock);
  const part = new Servo({ signal }, clock);
  const pin = new Terminal(signal);
  const pass = (ms: number) => clock.moveTo(clock.absolute + ms * 1e6);
  const set = (level: 0 | 1) => pin.set({ volts: level * 3.3, ohms: 100 });
  const pwm = (us: number) => pin.set({ periodNs: 20e6, highNs: us * 1000, startNs: 0, highAtEnd: false, ohms: 100 });
  const pulse = (us: number) => {
    set(1);
    pass(us / 1000);
    set(0);
    pass(20 - us / 1000);
  };
  return { part, pin, pass, set, pwm, pulse };
}

// Tower Pro MG90S: "Dead band width: 5 us".
test("does not tremble when pulses made by hand differ by less than its dead band", () => {
  const { part, pulse } = alone();
  for (let i = 0; i < 30; i++) pulse(1000);
  let changes = 0;
  part.onChange = () => changes++;
  for (let i = 0; i < 30; i++) pulse(1000 + (i % 5));
  expect(changes).toBe(0);
  pulse(1020);
  expect(changes).toBeGreaterThan(0);
});

test.each([
  ["low", 0, 0],
  ["high", 0, 1],
  ["low, and it was high before", 1, 0],
  ["high, and it was high before", 1, 1],
] as const)("lets go when the PWM ends %s", (_how, before, after) => {
  const { part, pass, set, pwm } = alone();
  set(before);
  pass(100);
  pwm(1450);
  pass(500);
  expect(part.state.isPowered).toBe(true);
  set(after);
  pass(500);
  expect(part.state.isPowered).toBe(false);
});

test("a PWM that is none of a servo's is as good as no pulses", () => {
  const { part, pass, pwm } = alone();
  pwm(1000);
  pass(1000);
  const { angle } = part.state;
  pwm(10_000);
  pass(500);
  expect(part.state).toEqual({ angle, target: angle, isPowered: false });
});

test("costs nothing at rest, and nothing after it is taken away", () => {
  const { part, pass, pwm } = alone();
  pwm(2400);
  pass(1000);
  let changes = 0;
  part.onChange = () => changes++;
  pass(10_000);
  pwm(500);
  part.close();
  changes = 0;
  pass(1000);
  expect(changes).toBe(0);
});

test("the pyboard's own Servo turns it", () => {
  const main = "import pyb\nservo = pyb.Servo(1)\nservo.pulse_width(1000)\npyb.delay(800)\nservo.angle(45)\n";
  const bench = new Bench("pyboard-v1.1", main, wired("servo", { signal: "X1" }));
  bench.run(700);
  expect(Math.abs(at(bench) - (500 / 1900) * 180)).toBeLessThan(1);
  bench.run(1000);
  // Its 45 degrees are 1980 us.
  expect(Math.abs(at(bench) - (1480 / 1900) * 180)).toBeLessThan(1);
});
