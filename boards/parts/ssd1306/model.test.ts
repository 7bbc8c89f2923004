// Against Solomon Systech's SSD1306 rev. 1.1.
import { describe, expect, test } from "vitest";
import { Net } from "../../net.ts";
import { Bench, wired } from "../../sim/bench.ts";
import { SimClock } from "../../sim/clock.ts";
import { Ssd1306 } from "./model.ts";
import { frameNs, atReset } from "./registers.ts";
import type { Ssd1306State } from "./state.ts";

function bench(height = 64) {
  const clock = new SimClock();
  const part = new Ssd1306({ sda: new Net(clock), scl: new Net(clock) }, clock, { height });
  const send = (control: number, bytes: readonly number[]) => {
    part.start();
    for (const byte of [control, ...bytes]) part.write(byte);
    part.stop();
  };
  const command = (...bytes: number[]) => send(0x00, bytes);
  const data = (...bytes: number[]) => send(0x40, bytes);
  // As modules are used: pump on, picture upright.
  command(0x8d, 0x14, 0xa1, 0xc8, 0xaf);
  /** The places of what shines: [x, y]. */
  const lit = () => part.state.rows.flatMap((row, y) => [...row].flatMap((pixel, x) => (pixel === "1" ? [[x, y]] : [])));
  return { part, clock, command, data, lit };
}

describe("SSD1306", () => {
  test("is dark until it is on with its charge pump (application note, 'Command table for charge pump setting')", () => {
    const clock = new SimClock();
    const part = new Ssd1306({ sda: new Net(clock), scl: new Net(clock) }, clock);
    expect([part.state.on, part.state.contrast, part.read()]).toEqual([false, 0x7f, 0x40]);
    part.start();
    for (const byte of [0x00, 0xaf]) part.write(byte);
    part.stop();
    expect([part.state.on, part.read()]).toEqual([false, 0]);
    expect(bench().part.state.on).toBe(true);
  });

  test("a byte is eight pixels below each other, its lowest bit on top (figure 8-14)", () => {
    const { command, data, lit } = bench();
    command(0xb2, 0x03, 0x11);
    data(0b1000_0101);
    expect(lit()).toEqual([
      [19, 16],
      [19, 18],
      [19, 23],
    ]);
  });

  test("page, horizontal and vertical addressing (10.1.3)", () => {
    const page = bench();
    page.command(0xb0, 0x0e, 0x17);
    page.data(1, 1, 1);
    expect(page.lit()).toEqual([
      [0, 0],
      [126, 0],
      [127, 0],
    ]);
    const horizontal = bench();
    horizontal.command(0x20, 0, 0x21, 10, 11, 0x22, 1, 2);
    horizontal.data(1, 1, 1, 1, 2);
    expect(horizontal.lit()).toEqual([
      [11, 8],
      [10, 9],
      [10, 16],
      [11, 16],
    ]);
    const vertical = bench();
    vertical.command(0x20, 1, 0x21, 5, 6, 0x22, 0, 7);
    vertical.data(...Array.from({ length: 9 }, () => 1));
    expect(vertical.lit()).toEqual([[5, 0], [6, 0], ...[1, 2, 3, 4, 5, 6, 7].map((row) => [5, row * 8])]);
  });

  test("Co set: one command or datum, then another control byte (8.1.5.2)", () => {
    const { part, lit } = bench();
    part.start();
    for (const byte of [0x80, 0xb1, 0x80, 0x04, 0x80, 0x10, 0xc0, 0x01, 0x40, 0x01, 0x01]) part.write(byte);
    part.stop();
    expect(lit()).toEqual([
      [4, 8],
      [5, 8],
      [6, 8],
    ]);
  });

  test("remap, scan direction, start line, offset, inverse, all on", () => {
    const { command, data, lit, part } = bench();
    command(0xb0, 0x00, 0x10);
    data(1);
    expect(lit()).toEqual([[0, 0]]);
    command(0xc0);
    expect(lit()).toEqual([[0, 63]]);
    command(0xc8, 0x40 | 1);
    expect(lit()).toEqual([[0, 63]]);
    command(0x40, 0xd3, 4);
    expect(lit()).toEqual([[0, 60]]);
    command(0xd3, 0, 0xa7);
    expect(lit()).toHaveLength(128 * 64 - 1);
    command(0xa6, 0xa5);
    expect(lit()).toHaveLength(128 * 64);
    command(0xa4, 0xae);
    expect(part.state.on).toBe(false);
    // Only what is written later is mirrored (10.1.8).
    command(0xaf, 0xa0);
    expect(lit()).toEqual([[0, 0]]);
    data(1);
    expect(lit()).toEqual([
      [0, 0],
      [126, 0],
    ]);
  });

  test("glass of 32 lines wants a multiplex of 32 and sequential COM pins", () => {
    const { command, data, lit } = bench(32);
    command(0xa8, 31, 0xda, 0x02, 0xb3, 0x00, 0x10);
    data(0x80);
    expect(lit()).toEqual([[0, 31]]);
  });

  test("scrolls a column every so many frames of its oscillator's 370 kHz (10.2.1)", () => {
    const { clock, command, data, lit } = bench();
    // 54 clocks for each of 64 rows: 107 frames a second.
    expect(1e9 / frameNs(atReset())).toBeCloseTo(107, 0);
    command(0xb0, 0x00, 0x10);
    data(1);
    command(0x26, 0, 0, 7, 7, 0, 0xff, 0x2f);
    clock.moveTo(2.5 * 2 * frameNs(atReset()));
    expect(lit()).toEqual([[2, 0]]);
    command(0x2e);
    clock.moveTo(1e9);
    expect(lit()).toEqual([[2, 0]]);
  });

  test("scrolls only while it is on, since its oscillator sleeps otherwise (10.1.12), and needs no timer then", () => {
    const { clock, command, data, lit } = bench();
    command(0xb0, 0x00, 0x10);
    data(1);
    command(0x26, 0, 0, 7, 7, 0, 0xff, 0x2f);
    clock.moveTo(2.5 * frameNs(atReset()));
    command(0xae);
    expect(clock.nextAlarm).toBe(Infinity);
    clock.moveTo(1e9);
    command(0xaf);
    expect(lit()).toEqual([[1, 0]]);
    clock.moveTo(1e9 + 2.5 * frameNs(atReset()));
    expect(lit()).toEqual([[2, 0]]);
  });

  test("says what changed once a transfer, and nothing of what is not seen", () => {
    const { part, command, data } = bench();
    const told: Ssd1306State[] = [];
    part.onChange = () => told.push(part.state);
    command(0xb0, 0x00, 0x10);
    data(1, 2, 3);
    expect(told.length).toBe(1);
    command(0x20, 0, 0x21, 0, 127, 0x22, 0, 7, 0xd5, 0x80, 0xd9, 0x22, 0xe3);
    data(1, 2, 3);
    command(0xa6, 0x40, 0x81, 0x7f);
    expect(told.length).toBe(1);
    command(0xa7);
    command(0xae);
    expect([told.length, part.state.on]).toEqual([3, false]);
    data(7, 7, 7);
    command(0xa6, 0xa5);
    expect(told.length).toBe(3);
    command(0xaf);
    expect([told.length, told[3] === part.state]).toEqual([4, true]);
  });
});

const driver = `
class Display:
    def __init__(self, write):
        self.write = write
        for c in (0xae, 0x20, 0, 0x40, 0xa1, 0xa8, 63, 0xc8, 0xd3, 0, 0xda, 0x12, 0xd5, 0x80, 0xd9, 0xf1, 0xdb, 0x30, 0x81, 255, 0xa4, 0xa6, 0x8d, 0x14, 0xaf):
            write(bytes([0x80, c]))
    def show(self, page, data):
        for c in (0x21, 0, 127, 0x22, page, page):
            self.write(bytes([0x80, c]))
        self.write(b'\\x40' + data)
`;

describe("programs", () => {
  test.each(["microbit-v1", "microbit-v2"])("%s draws a line over microbit.i2c", (board) => {
    const main = `from microbit import *
${driver}
print(60 in i2c.scan())
d = Display(lambda b: i2c.write(60, b))
d.show(2, bytes([1]) * 128)
`;
    const bench = new Bench(board, main, wired("ssd1306", { sda: "P20", scl: "P19" }));
    expect(bench.run(3000)).toContain("True");
    const { on, rows, contrast } = bench.state<Ssd1306State>("it");
    expect([on, contrast, rows.filter((row) => row.includes("1")).length, rows[16]]).toEqual([true, 255, 1, "1".repeat(128)]);
  });
});
