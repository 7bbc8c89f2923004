import { expect, test } from "vitest";
import { Net, Terminal } from "../../net.ts";
import { Bench, wired } from "../../sim/bench.ts";
import { SimClock } from "../../sim/clock.ts";
import { Buzzer } from "./model.ts";
import type { BuzzerState } from "./state.ts";

const heard = (bench: Bench, ms: number): number[] => {
  const seen: number[] = [];
  bench.machine.onPart = (part, state) => part === "it" && seen.push(Math.round((state as BuzzerState).frequency));
  bench.run(ms);
  return seen;
};

test.each(["microbit-v1", "microbit-v2"])("%s plays a tune on the pin", (board) => {
  const main = "import music\nmusic.play(['a4:4', 'r:4', 'c5:4'])\n";
  const tones = heard(new Bench(board, main, wired("buzzer", { signal: "P0" })), 3000).filter((hz) => hz > 0);
  // V1 pulses in steps of its timer.
  expect(tones.map((hz, i) => Math.abs(hz - [440, 523][i]!) <= 3)).toEqual([true, true]);
});

test("a pin that is toggled sounds at that frequency, and is silent soon after", () => {
  const main = `import pyb
pin = pyb.Pin('X1', pyb.Pin.OUT_PP)
for i in range(200):
    pin.high()
    pyb.udelay(1000)
    pin.low()
    pyb.udelay(1000)
`;
  const bench = new Bench("pyboard-v1.1", main, wired("buzzer", { signal: "X1" }));
  const seen = heard(bench, 350);
  expect(Math.abs(seen.at(-1)! - 500)).toBeLessThan(15);
  expect(heard(bench, 300).at(-1)).toBe(0);
  expect(bench.state<BuzzerState>("it")).toEqual({ frequency: 0 });
});

test("a level that stays, and a dimmed light too fast to hear, are silence", () => {
  const main =
    "from microbit import *\npin1.write_digital(1)\nsleep(100)\npin1.set_analog_period_microseconds(256)\npin1.write_analog(1023)\n";
  const bench = new Bench("microbit-v2", main, wired("buzzer", { signal: "P1" }));
  expect(heard(bench, 500)).toEqual([]);
});

test.each([
  ["low", 0, 0],
  ["high", 0, 1],
  ["low, and it was high before", 1, 0],
  ["high, and it was high before", 1, 1],
] as const)("is silent at once when the PWM ends %s", (_how, before, after) => {
  const clock = new SimClock();
  const signal = new Net(clock);
  const part = new Buzzer({ signal }, clock);
  const pin = new Terminal(signal);
  pin.set({ volts: before * 3.3, ohms: 100 });
  clock.moveTo(1e9);
  pin.set({ periodNs: 1e9 / 440, highNs: 5e8 / 440, startNs: 0, highAtEnd: false, ohms: 100 });
  expect(part.state.frequency).toBeCloseTo(440);
  pin.set({ volts: after * 3.3, ohms: 100 });
  expect(part.state.frequency).toBe(0);
});

test("a pitch is shown as it is, however near the last", () => {
  const main = "import music\nfrom microbit import pin1, sleep\nfor hz in (440, 442, 444):\n    music.pitch(hz, 200, pin=pin1)\n";
  expect(heard(new Bench("microbit-v2", main, wired("buzzer", { signal: "P1" })), 2000).filter((hz) => hz > 0)).toEqual([
    440, 442, 444,
  ]);
});
