import { describe, expect, test } from "vitest";
import { i2cRead, i2cWrite } from "../../bus.ts";
import { Net } from "../../net.ts";
import { SimClock } from "../../sim/clock.ts";
import { Machine } from "../../sim/machine.ts";
import { modelById } from "../../sim/models.ts";
import { Bme280 } from "./model.ts";
import type { Bme280State } from "./state.ts";

const ms = 1e6;

function bench() {
  const clock = new SimClock();
  const nets = { sda: new Net(clock), scl: new Net(clock) };
  const part = new Bme280(nets, clock);
  const set = (...pairs: number[]) => i2cWrite([part], 0x76, Uint8Array.from(pairs), false);
  const get = (register: number, count = 1): number[] => {
    i2cWrite([part], 0x76, Uint8Array.of(register), true);
    return [...i2cRead([part], 0x76, count, false)!];
  };
  const raw = () => {
    const [p0, p1, p2, t0, t1, t2, h0, h1] = get(0xf7, 8) as [number, number, number, number, number, number, number, number];
    return {
      pressure: (p0 << 12) | (p1 << 4) | (p2 >> 4),
      temperature: (t0 << 12) | (t1 << 4) | (t2 >> 4),
      humidity: (h0 << 8) | h1,
    };
  };
  const at = (time: number) => clock.moveTo(time * ms);
  clock.moveTo(10 * ms);
  return { clock, nets, part, set, get, raw, at };
}

// The sheet's formulas for whole numbers (4.2.3, table 16), on what is read from the chip: 100ths of a degree, pascals, percent.
function compensate(bytes88: number[], bytesE1: number[], raw: { temperature: number; pressure: number; humidity: number }) {
  const data = new DataView(Uint8Array.from(bytes88).buffer);
  const word = (i: number) => data.getInt16(2 * i, true);
  const [t1, p1] = [data.getUint16(0, true), data.getUint16(6, true)];
  const [h1, e] = [bytes88[25]!, new DataView(Uint8Array.from(bytesE1).buffer)];
  const [h2, h3, h6] = [e.getInt16(0, true), e.getUint8(2), e.getInt8(6)];
  const h4 = (e.getInt8(3) << 4) | (e.getUint8(4) & 15);
  const h5 = (e.getInt8(5) << 4) | (e.getUint8(4) >> 4);
  const fromT1 = (raw.temperature >> 4) - t1;
  const fine = ((((raw.temperature >> 3) - (t1 << 1)) * word(1)) >> 11) + ((((fromT1 * fromT1) >> 12) * word(2)) >> 14);
  const big = (i: number) => BigInt(word(i));
  const t = BigInt(fine) - 128000n;
  let offset = t * t * big(8) + ((t * big(7)) << 17n) + (big(6) << 35n);
  let slope = ((t * t * big(5)) >> 8n) + ((t * big(4)) << 12n);
  slope = (((1n << 47n) + slope) * BigInt(p1)) >> 33n;
  let p = ((((1048576n - BigInt(raw.pressure)) << 31n) - offset) * 3125n) / slope;
  offset = (big(11) * (p >> 13n) * (p >> 13n)) >> 25n;
  p = ((p + offset + ((big(10) * p) >> 19n)) >> 8n) + (big(9) << 4n);
  const ht = fine - 76800;
  let h = ((raw.humidity << 14) - (h4 << 20) - h5 * ht + 16384) >> 15;
  h = h * (((((((ht * h6) >> 10) * (((ht * h3) >> 11) + 32768)) >> 10) + 2097152) * h2 + 8192) >> 14);
  h -= ((((h >> 15) * (h >> 15)) >> 7) * h1) >> 4;
  return { celsius: ((fine * 5 + 128) >> 8) / 100, hectopascal: Number(p) / 25600, humidity: Math.max(0, h >> 12) / 1024 };
}

describe("what is read", () => {
  test("chip id 0x60, and after reset the registers of table 18", () => {
    const { get, set, at } = bench();
    expect([get(0xd0), get(0xf2, 4), get(0xf7, 8)]).toEqual([[0x60], [0, 0, 0, 0], [0x80, 0, 0, 0x80, 0, 0, 0x80, 0]]);
    set(0xf2, 1, 0xf4, 0x27, 0xf5, 0xa0);
    at(11);
    expect(get(0xf2, 4)).toEqual([1, 0x08, 0x27, 0xa0]);
    set(0xe0, 0x00);
    expect(get(0xf4)).toEqual([0x27]);
    set(0xe0, 0xb6);
    expect([get(0xf2, 4), get(0xf7)]).toEqual([[0, 1, 0, 0], [0x80]]);
  });

  test("for 2 ms after power-on the status says that the trimming is read (table 1, 5.4.4)", () => {
    const clock = new SimClock();
    const part = new Bme280({ sda: new Net(clock), scl: new Net(clock) }, clock, { address: 0x77 });
    const status = () => {
      i2cWrite([part], 0x77, Uint8Array.of(0xf3), true);
      return i2cRead([part], 0x77, 1, false)![0];
    };
    clock.moveTo(1.8 * ms);
    expect(status()).toBe(1);
    clock.moveTo(2 * ms);
    expect(status()).toBe(0);
  });

  test.each([
    [21, 1013, 45],
    [-40, 300, 0],
    [85, 1100, 100],
    [-12.3, 845.6, 78.9],
    [0, 1000, 20],
    [50.55, 950.5, 99],
  ])("the sheet's formulas give back %d °C, %d hPa and %d %%, with one sample of each", (celsius, hectopascal, humidity) => {
    const { part, set, get, raw, at } = bench();
    for (const event of [{ celsius }, { hectopascal }, { humidity }]) part.input(event);
    set(0xf2, 1, 0xf4, 0x25);
    at(30);
    const seen = compensate(get(0x88, 26), get(0xe1, 7), raw());
    expect(Math.abs(seen.celsius - celsius)).toBeLessThanOrEqual(0.01);
    expect(Math.abs(seen.hectopascal - hectopascal)).toBeLessThan(0.1);
    expect(Math.abs(seen.humidity - humidity)).toBeLessThan(0.1);
  });

  test("16 bits with one sample, one more for each doubling, all 20 with the filter (3.4.3, 3.4.4)", () => {
    const { part, set, raw, at } = bench();
    part.input({ celsius: 21.234 });
    const low = [1, 2, 3, 4, 5].map((code, i) => {
      set(0xf4, (code << 5) | 0x01);
      at(100 * (i + 1));
      return raw().temperature;
    });
    const exact = low[4]!;
    expect(low.map((value, i) => value % (16 >> i))).toEqual([0, 0, 0, 0, 0]);
    expect(low.every((value, i) => Math.abs(value - exact) <= 8 >> i)).toBe(true);
    set(0xf5, 0x04, 0xf4, 0x21);
    at(700);
    set(0xf4, 0x21);
    at(800);
    expect(raw().temperature % 16).not.toBe(0);
  });
});

describe("modes", () => {
  test("asleep it measures nothing", () => {
    const { part, raw, at } = bench();
    part.input({ celsius: 30 });
    at(5000);
    expect(raw()).toEqual({ pressure: 0x80000, temperature: 0x80000, humidity: 0x8000 });
  });

  // 9.1: 1 + 2 + (2 + 0.5) + (2 + 0.5) = 8 ms with one sample each, 1 + 32 + 32.5 + 32.5 = 98 with sixteen.
  test.each([
    [0x25, 1, 8],
    [0xb5, 5, 98],
    [0x21, 0, 3],
    [0x05, 1, 6],
  ])("forced with ctrl_meas %i and ctrl_hum %i it takes %d ms and sleeps again", (ctrlMeas, ctrlHum, takes) => {
    const { get, set, at } = bench();
    set(0xf2, ctrlHum, 0xf4, ctrlMeas);
    // The fourth byte, after the address, is there after 0.45 ms.
    const begun = 10 + 0.45;
    at(begun + takes - 0.3);
    expect(get(0xf3, 2)).toEqual([0x08, ctrlMeas]);
    at(begun + takes);
    expect(get(0xf3, 2)).toEqual([0x00, ctrlMeas & 0xfc]);
  });

  test("what is skipped is read as 0x80000 and 0x8000, and ctrl_hum waits for ctrl_meas (5.4.3)", () => {
    const { get, set, raw, at } = bench();
    set(0xf4, 0x21, 0xf2, 0x01);
    at(50);
    const { temperature, ...others } = raw();
    expect([temperature === 0x80000, others, get(0xf2)]).toEqual([false, { pressure: 0x80000, humidity: 0x8000 }, [1]]);
    set(0xf4, 0x21);
    at(100);
    expect(raw().humidity).not.toBe(0x8000);
  });

  // Table 27: t_sb = 5 is 1000 ms; a cycle is 8 ms longer.
  test("normal mode measures once a cycle, costs no timer, and a burst is of one measurement", () => {
    const { clock, part, get, set, raw, at } = bench();
    set(0xf5, 0xa0, 0xf2, 1, 0xf4, 0x27);
    at(19);
    const before = raw();
    part.input({ celsius: 40 });
    part.input({ hectopascal: 900 });
    at(1018);
    expect([raw(), get(0xf3)]).toEqual([before, [0x00]]);
    at(1020);
    expect([raw(), get(0xf3)]).toEqual([before, [0x08]]);
    at(1027);
    expect(raw().temperature).toBeGreaterThan(before.temperature);
    expect(raw().pressure).toBeGreaterThan(before.pressure);
    expect(clock.nextAlarm).toBe(Infinity);
    at(3600e3);
    const hour = raw();
    part.input({ celsius: 41 });
    expect(raw()).toEqual(hour);
  });

  test("a mode that is written while it measures begins after that (3.3.1)", () => {
    const { get, set, at } = bench();
    set(0xf4, 0x21);
    at(12);
    set(0xf4, 0x21);
    at(15);
    expect(get(0xf3)).toEqual([0x08]);
    at(17);
    expect(get(0xf3, 2)).toEqual([0, 0x20]);
  });

  // 3.4.4: each sample counts for one part of the coefficient.
  test("the filter follows a step slowly", () => {
    const { part, set, raw, at } = bench();
    part.input({ celsius: 0 });
    set(0xf5, 0x10, 0xf4, 0x21);
    at(20);
    const from = raw().temperature;
    part.input({ celsius: 16 });
    set(0xf4, 0x21);
    at(30);
    const first = raw().temperature - from;
    set(0xf4, 0x23);
    at(5000);
    const all = raw().temperature - from;
    expect(first / all).toBeCloseTo(1 / 16, 3);
    expect(all / (16 * 5120 * (16384 / 26435))).toBeCloseTo(1, 2);
  });

  test("the board's reset sets the clock back, and the chip goes on", () => {
    const { clock, part, set, get, raw, at } = bench();
    at(5000);
    set(0xf4, 0x21);
    clock.restart();
    clock.moveTo(5003 * ms);
    expect(get(0xf3)).toEqual([0x08]);
    clock.moveTo(5008 * ms);
    expect([get(0xf3), raw().temperature === 0x80000]).toEqual([[0], false]);
    part.close();
  });
});

test("the world sets the air, within what the chip measures, and anything else throws", () => {
  const { part, nets } = bench();
  const told: Bme280State[] = [];
  part.onChange = () => told.push(part.state);
  part.input({ celsius: 100 });
  part.input({ celsius: 85 });
  part.input({ humidity: 12 });
  part.reset();
  expect(told).toEqual([
    { celsius: 85, hectopascal: 1013, humidity: 45 },
    { celsius: 85, hectopascal: 1013, humidity: 12 },
  ]);
  for (const event of ["press", { lux: 3 }, { celsius: "x" }, { celsius: NaN }]) {
    expect(() => part.input(event as never)).toThrow("not an event");
  }
  part.close();
  expect([nets.sda.speakers("sda"), nets.scl.speakers("scl")]).toEqual([[], []]);
});

const driver = `
from microbit import *
import struct

def get(reg, n):
    i2c.write(0x76, bytes([reg]), repeat=True)
    return i2c.read(0x76, n)

T1, T2, T3, P1, P2, P3, P4, P5, P6, P7, P8, P9 = struct.unpack('<HhhHhhhhhhhh', get(0x88, 24))
H1 = get(0xA1, 1)[0]
e = get(0xE1, 7)
H2 = e[0] | e[1] << 8
H3, H6 = e[2], e[6]
H4 = e[3] << 4 | e[4] & 15
H5 = e[5] << 4 | e[4] >> 4

def measure():
    i2c.write(0x76, b'\\xf2\\x01')
    i2c.write(0x76, b'\\xf4\\x25')
    while get(0xF3, 1)[0] & 8:
        sleep(1)
    d = get(0xF7, 8)
    adc_p = d[0] << 12 | d[1] << 4 | d[2] >> 4
    adc_t = d[3] << 12 | d[4] << 4 | d[5] >> 4
    adc_h = d[6] << 8 | d[7]
    fine = (adc_t / 16384 - T1 / 1024) * T2 + (adc_t / 131072 - T1 / 8192) ** 2 * T3
    v1 = fine / 2 - 64000
    v2 = v1 * v1 * P6 / 32768 + v1 * P5 * 2
    v2 = v2 / 4 + P4 * 65536
    v1 = (P3 * v1 * v1 / 524288 + P2 * v1) / 524288
    v1 = (1 + v1 / 32768) * P1
    p = (1048576 - adc_p - v2 / 4096) * 6250 / v1
    p += (P9 * p * p / 2147483648 + p * P8 / 32768 + P7) / 16
    h = fine - 76800
    h = (adc_h - (H4 * 64 + H5 / 16384 * h)) * (H2 / 65536 * (1 + H6 / 67108864 * h * (1 + H3 / 67108864 * h)))
    h *= 1 - H1 * h / 524288
    return fine / 5120, p / 100, h

print(i2c.scan(), get(0xD0, 1))
while True:
    print('%.1f C %.0f hPa %.0f %%' % measure())
    sleep(1000)
`;

test.each(["microbit-v1", "microbit-v2"])("a weather station on a %s prints the air that there is", (board) => {
  const files = { "main.py": new TextEncoder().encode(driver) };
  const wired = { air: { kind: "bme280", pins: { sda: "P20", scl: "P19" } } } as const;
  const machine = new Machine(modelById(board)!, { files, wired });
  let output = "";
  machine.onSerial = (bytes) => (output += new TextDecoder().decode(bytes));
  machine.reset();
  machine.runFor(900);
  machine.input("air", { celsius: -7.5 });
  machine.input("air", { hectopascal: 960 });
  machine.input("air", { humidity: 80 });
  machine.runFor(1000);
  expect(output).toContain("[118] b'`'\r\n21.0 C 1013 hPa 45 %\r\n");
  // V1's floats have 30 bits, which these formulas show.
  expect(output).toMatch(/-7\.5 C (960|959) hPa 80 %\r\n$/);
});
