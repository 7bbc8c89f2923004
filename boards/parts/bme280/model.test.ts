// Against Bosch's BST-BME280-DS002.
import { describe, expect, test } from "vitest";
import { Net } from "../../net.ts";
import { Bench, wired } from "../../sim/bench.ts";
import { SimClock } from "../../sim/clock.ts";
import { Bme280 } from "./model.ts";

function bench() {
  const clock = new SimClock();
  const part = new Bme280({ sda: new Net(clock), scl: new Net(clock) }, clock);
  const set = (...bytes: number[]) => {
    part.start(false);
    for (const byte of bytes) part.write(byte);
    part.stop();
  };
  const get = (at: number, count: number) => {
    set(at);
    part.start(true);
    const bytes = Array.from({ length: count }, () => part.read());
    part.stop();
    return bytes;
  };
  return { part, clock, set, get };
}

describe("BME280", () => {
  test("its id is 0x60, and at first nothing is measured; for 2 ms it reads its trimming (5.4.1, 5.4.4, 5.4.7 to 9, table 1)", () => {
    const { clock, get } = bench();
    expect(get(0xd0, 1)).toEqual([0x60]);
    expect(get(0xf7, 8)).toEqual([0x80, 0, 0, 0x80, 0, 0, 0x80, 0]);
    expect(get(0xf2, 4)).toEqual([0, 1, 0, 0]);
    clock.moveTo(2e6);
    expect(get(0xf3, 1)).toEqual([0]);
  });

  test("a forced measurement takes its time, and it sleeps again (3.3.3, 9.1)", () => {
    const { clock, set, get } = bench();
    set(0xf2, 1, 0xf4, 0b001_001_01);
    // 1 + 2 + 2.5 + 2.5 ms.
    clock.moveTo(7.9e6);
    expect([get(0xf3, 1), get(0xf4, 1)]).toEqual([[8], [0b001_001_01]]);
    expect(get(0xf7, 2)).toEqual([0x80, 0]);
    clock.moveTo(8.1e6);
    expect([get(0xf3, 1), get(0xf4, 1)]).toEqual([[0], [0b001_001_00]]);
    expect(get(0xf7, 8)).not.toEqual([0x80, 0, 0, 0x80, 0, 0, 0x80, 0]);
  });

  test("humidity's setting counts with the next write to ctrl_meas (5.4.3), and what is skipped is 0x8000", () => {
    const { clock, set, get } = bench();
    set(0xf4, 0b001_001_01);
    clock.moveTo(20e6);
    expect(get(0xfd, 2)).toEqual([0x80, 0]);
  });

  test("in normal mode it measures again and again, in the standby time's steps (table 27)", () => {
    const { clock, set, get, part } = bench();
    set(0xf5, 0b001_000_00, 0xf4, 0b001_000_11);
    clock.moveTo(5e6);
    const first = get(0xfa, 3);
    part.input({ celsius: 80 });
    clock.moveTo(60e6);
    expect(get(0xfa, 3)).toEqual(first);
    // 3 + 62.5 + 3 ms.
    clock.moveTo(70e6);
    expect(get(0xfa, 3)).not.toEqual(first);
  });

  test("the filter comes nearer to a new value by a quarter each time (3.4.4)", () => {
    const { clock, set, get, part } = bench();
    const raw = () => {
      set(0xf4, 0b001_000_01);
      clock.moveTo(clock.absolute + 10e6);
      const [msb, lsb, xlsb] = get(0xfa, 3) as [number, number, number];
      return (msb << 12) | (lsb << 4) | (xlsb >> 4);
    };
    set(0xf5, 0b000_010_00);
    const before = raw();
    part.input({ celsius: 60 });
    const [one, two] = [raw(), raw()];
    expect((two - before) / (one - before)).toBeCloseTo(1.75, 2);
  });

  // 9.1: 1 + 2 * 16 + (2 * 16 + 0.5) + (2 * 16 + 0.5) = 98 ms with sixteen samples each.
  test.each([
    [0xb5, 5, 98],
    [0x21, 0, 3],
    [0x05, 1, 6],
  ])("with ctrl_meas %i and ctrl_hum %i a measurement takes %d ms", (ctrlMeas, ctrlHum, takesMs) => {
    const { clock, set, get } = bench();
    clock.moveTo(10e6);
    set(0xf2, ctrlHum, 0xf4, ctrlMeas);
    clock.moveTo((10 + takesMs - 0.1) * 1e6);
    expect(get(0xf3, 2)).toEqual([0x08, ctrlMeas]);
    clock.moveTo((10 + takesMs) * 1e6);
    expect(get(0xf3, 2)).toEqual([0x00, ctrlMeas & 0xfc]);
  });

  // Table 27: 1000 ms between two measurements of 5.5 ms.
  test("normal mode needs no timer, and after an hour it has measured what was there in between", () => {
    const { clock, set, get, part } = bench();
    set(0xf5, 0xa0, 0xf4, 0x27);
    clock.moveTo(3600e9);
    expect(clock.nextAlarm).toBe(Infinity);
    const before = get(0xf7, 6);
    part.input({ celsius: 30 });
    expect(get(0xf7, 6)).toEqual(before);
    clock.moveTo(3601.1e9);
    part.input({ celsius: -5 });
    const during = get(0xfa, 3);
    expect(during).not.toEqual(before.slice(3));
    clock.moveTo(3602.2e9);
    expect(get(0xfa, 3)).not.toEqual(during);
  });

  test("what is written to ctrl_meas during a measurement counts after it (3.3.1)", () => {
    const { clock, set, get } = bench();
    clock.moveTo(10e6);
    set(0xf4, 0x21);
    clock.moveTo(12e6);
    set(0xf4, 0x21);
    clock.moveTo(15.9e6);
    expect(get(0xf3, 1)).toEqual([8]);
    clock.moveTo(16e6);
    expect(get(0xf3, 2)).toEqual([0, 0x20]);
  });

  // 3.4.3: 16 bits with one sample, one more for each doubling.
  test("the last bits are there with more samples only", () => {
    const { clock, set, get, part } = bench();
    part.input({ celsius: 21.2343 });
    const spare = [1, 2, 3, 4].map((code) => {
      set(0xf4, (code << 5) | 1);
      clock.moveTo(clock.absolute + 50e6);
      return get(0xfc, 1)[0]! >> 4;
    });
    set(0xf4, (5 << 5) | 1);
    clock.moveTo(clock.absolute + 50e6);
    const exact = get(0xfc, 1)[0]! >> 4;
    expect([exact % 2, spare.map((bits, i) => bits % (16 >> i))]).toEqual([1, [0, 0, 0, 0]]);
  });

  test("the board's reset sets the clock back, and a measurement goes on to its end", () => {
    const { clock, set, get } = bench();
    clock.moveTo(5000e6);
    set(0xf4, 0x21);
    clock.restart();
    clock.moveTo(5001e6);
    expect(get(0xf3, 1)).toEqual([8]);
    clock.moveTo(5005e6);
    expect(get(0xf3, 1)).toEqual([0]);
  });

  test("it says what changed, and throws at what is no air", () => {
    const { part } = bench();
    let told = 0;
    part.onChange = () => told++;
    part.input({ celsius: 85 });
    part.input({ celsius: 100 });
    expect([told, part.state.celsius]).toEqual([1, 85]);
    for (const event of ["press", { lux: 3 }, { celsius: "x" }, {}, null])
      expect(() => part.input(event as never)).toThrow("not an input");
    part.close();
  });

  test("a soft reset puts all back (5.4.2)", () => {
    const { clock, set, get } = bench();
    set(0xf2, 1, 0xf5, 0x20, 0xf4, 0x27);
    set(0xe0, 0xb6);
    expect(get(0xf2, 4)).toEqual([0, 1, 0, 0]);
    clock.moveTo(3e6);
    expect(get(0xf3, 1)).toEqual([0]);
  });
});

// A driver with the 32-bit and 64-bit integer formulas of 4.2.3, which are not those of the model.
const main = `from microbit import *
A = 0x76
def get(at, n):
    i2c.write(A, bytes([at]))
    return i2c.read(A, n)
def s16(b, i):
    v = b[i] | b[i + 1] << 8
    return v - 65536 if v > 32767 else v
def s8(v):
    return v - 256 if v > 127 else v
c = get(0x88, 26)
T = [c[0] | c[1] << 8, s16(c, 2), s16(c, 4)]
P = [c[6] | c[7] << 8] + [s16(c, i) for i in range(8, 24, 2)]
e = get(0xe1, 7)
H = [c[25], s16(e, 0), e[2], s8(e[3]) << 4 | e[4] & 15, s8(e[5]) << 4 | e[4] >> 4, s8(e[6])]
i2c.write(A, b'\\xf2\\x05')
i2c.write(A, b'\\xf4\\xb7')
while True:
    sleep(1200)
    d = get(0xf7, 8)
    p, t, h = d[0] << 12 | d[1] << 4 | d[2] >> 4, d[3] << 12 | d[4] << 4 | d[5] >> 4, d[6] << 8 | d[7]
    a = ((t >> 3) - (T[0] << 1)) * T[1] >> 11
    b = (((t >> 4) - T[0]) * ((t >> 4) - T[0]) >> 12) * T[2] >> 14
    f = a + b
    celsius = (f * 5 + 128) >> 8
    v = f - 128000
    w = v * v * P[5] + (v * P[4] << 17) + (P[3] << 35)
    v = (v * v * P[2] >> 8) + (v * P[1] << 12)
    v = ((1 << 47) + v) * P[0] >> 33
    q = ((1048576 - p << 31) - w) * 3125 // v
    v = P[8] * (q >> 13) * (q >> 13) >> 25
    w = P[7] * q >> 19
    q = (q + v + w >> 8) + (P[6] << 4)
    x = f - 76800
    x = (((h << 14) - (H[3] << 20) - H[4] * x) + 16384 >> 15) * (((((x * H[5] >> 10) * ((x * H[2] >> 11) + 32768) >> 10) + 2097152) * H[1] + 8192) >> 14)
    x = x - (((x >> 15) * (x >> 15) >> 7) * H[0] >> 4)
    print(celsius, q // 256, (x >> 12) * 100 // 1024)
`;

test.each([
  [21, 1013, 45],
  [-12.3, 870, 12],
  [40, 1050, 98],
])("a program with the datasheet's integer formulas reads %f degrees, %f hPa, %f %%", (celsius, hectopascal, humidity) => {
  const bench = new Bench("microbit-v2", main, wired("bme280", { sda: "P20", scl: "P19" }));
  bench.give("it", { celsius });
  bench.give("it", { hectopascal });
  bench.give("it", { humidity });
  const [t, p, h] = bench.run(6000).trim().split("\n").at(-1)!.split(" ").map(Number) as [number, number, number];
  expect(Math.abs(t / 100 - celsius)).toBeLessThanOrEqual(0.02);
  expect(Math.abs(p / 100 - hectopascal)).toBeLessThanOrEqual(0.15);
  expect(Math.abs(h / 100 - humidity)).toBeLessThanOrEqual(0.3);
});
