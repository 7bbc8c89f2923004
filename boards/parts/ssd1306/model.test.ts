import { describe, expect, test } from "vitest";
import { i2cRead, i2cWrite } from "../../bus.ts";
import { Net } from "../../net.ts";
import { SimClock } from "../../sim/clock.ts";
import { Machine } from "../../sim/machine.ts";
import { modelById } from "../../sim/models.ts";
import { Ssd1306 } from "./model.ts";
import type { Ssd1306State } from "./state.ts";

// What drivers send: upright as the modules are held, horizontal addressing, pump and display on.
const usual = [0x20, 0x00, 0xa1, 0xc8, 0x8d, 0x14, 0xaf];

function bench(height: 32 | 64 = 64) {
  const clock = new SimClock();
  const nets = { sda: new Net(clock), scl: new Net(clock) };
  const part = new Ssd1306(nets, clock, { height });
  const told: Ssd1306State[] = [];
  part.onChange = () => told.push(part.state);
  const send = (...bytes: number[]) => i2cWrite([part], 0x3c, Uint8Array.from(bytes), false);
  const command = (...bytes: number[]) => send(0x00, ...bytes);
  const data = (...bytes: number[]) => send(0x40, ...bytes);
  const clear = () => {
    command(0x20, 0x00, 0x21, 0, 127, 0x22, 0, 7);
    data(...new Array<number>(1024).fill(0));
  };
  /** Where it shines: [x, y]. */
  const dots = () => part.state.rows.flatMap((row, y) => [...row].flatMap((dot, x) => (dot === "1" ? [[x, y]] : [])));
  const upright = () => {
    command(...usual);
    clear();
  };
  return { clock, nets, part, told, send, command, data, clear, dots, upright };
}

describe("light", () => {
  test("after power-on it is off, and only with pump and display on does it shine", () => {
    const { part, command, data, clear } = bench();
    expect([part.state.on, part.state.rows.length, part.state.rows[0]!.length]).toEqual([false, 64, 128]);
    command(0xaf);
    expect(part.state.on).toBe(false);
    command(0x8d, 0x10);
    expect(part.state.on).toBe(false);
    command(0x8d, 0x14);
    expect(part.state.on).toBe(true);
    clear();
    data(0xff);
    command(0xae);
    expect([part.state.on, part.state.rows.join("").includes("1")]).toEqual([false, false]);
  });

  test("the memory is not empty after power-on, since no reset clears it (8.5)", () => {
    const { command, dots } = bench();
    command(...usual);
    expect(dots().length).toBeGreaterThan(3000);
    expect(dots().length).toBeLessThan(5200);
  });

  test("contrast, all dots on, inverse; the status read says whether it is off (8.1.5.2, table 9-1)", () => {
    const { part, upright, command, dots } = bench();
    expect([...i2cRead([part], 0x3c, 1, false)!]).toEqual([0x40]);
    upright();
    expect([...i2cRead([part], 0x3c, 1, false)!]).toEqual([0x00]);
    expect([part.state.contrast, dots().length]).toEqual([0x7f, 0]);
    command(0x81, 0xff);
    expect(part.state.contrast).toBe(255);
    command(0xa5);
    expect(dots().length).toBe(128 * 64);
    command(0xa4, 0xa7);
    expect(dots().length).toBe(128 * 64);
    command(0xa6);
    expect(dots().length).toBe(0);
  });

  test("says what changed, and nothing when nothing is seen of it", () => {
    const { part, told, upright, command, data } = bench();
    command(0xa1, 0xc8, 0x81, 0x10);
    data(1, 2, 3);
    expect(told.length).toBe(0);
    upright();
    told.length = 0;
    command(0x21, 0, 127, 0x22, 0, 7, 0xe3, 0xa6, 0x40);
    data(0, 0);
    expect(told.length).toBe(0);
    data(0x80);
    command(0xa7);
    expect([told.length, told[1] === part.state, told[0] === told[1]]).toEqual([2, true, false]);
  });
});

describe("addressing", () => {
  test("page mode is the one after power-on and stays on its page (10.1.3)", () => {
    const { clear, command, data, dots } = bench();
    clear();
    command(...usual.slice(2), 0x20, 0x02, 0xb2, 0x0e, 0x17);
    data(1, 2, 4);
    // The start column 0x7e comes again after column 127.
    expect(dots()).toEqual([
      [127, 17],
      [126, 18],
    ]);
  });

  test("horizontal mode goes through its window line by line, vertical mode column by column (figures 10-2, 10-3)", () => {
    const { upright, command, data, dots } = bench();
    upright();
    command(0x21, 10, 11, 0x22, 6, 7);
    data(1, 2, 4, 8);
    expect(dots()).toEqual([
      [10, 48],
      [11, 49],
      [10, 58],
      [11, 59],
    ]);
    data(0, 0, 0, 0);
    command(0x20, 0x01, 0x21, 10, 11, 0x22, 6, 7);
    data(1, 2, 4, 8, 0x10);
    expect(dots()).toEqual([
      [11, 50],
      [10, 52],
      [10, 57],
      [11, 59],
    ]);
  });

  test("a control byte with Co holds for one byte (8.1.5.2)", () => {
    const { upright, send, dots } = bench();
    upright();
    send(0x80, 0x21, 0x80, 5, 0x80, 5, 0xc0, 0x01, 0x80, 0x22, 0x80, 1, 0x80, 1, 0x40, 0x01, 0x80);
    // The window is one column on page 1: the second byte has replaced the first.
    expect(dots()).toEqual([
      [5, 0],
      [5, 15],
    ]);
  });

  test("a command's bytes may come in transfers of their own", () => {
    const { part, upright, send } = bench();
    upright();
    send(0x80, 0x81);
    send(0x80, 0x33);
    expect(part.state.contrast).toBe(0x33);
  });
});

describe("the picture on the glass", () => {
  test("without segment remap and with COM from 0 it stands on its head, as the modules are built", () => {
    const { upright, command, data, dots } = bench();
    upright();
    data(1);
    expect(dots()).toEqual([[0, 0]]);
    // Segment remap counts only for what is written from then on (10.1.8).
    command(0xa0, 0xc0);
    expect(dots()).toEqual([[0, 63]]);
    data(0);
    command(0x21, 0, 127, 0x22, 0, 7);
    data(2);
    expect(dots()).toEqual([
      [127, 62],
      [0, 63],
    ]);
  });

  // Table 10-1 (C0h): what COM0 shows, here the lowest row.
  test.each([
    [[0xa8, 63, 0xd3, 0, 0x40], 0],
    [[0xa8, 63, 0xd3, 8, 0x40], 8],
    [[0xa8, 63, 0xd3, 0, 0x48], 8],
    [[0xa8, 55, 0xd3, 0, 0x40], 0],
    [[0xa8, 55, 0xd3, 8, 0x40], 8],
    [[0xa8, 55, 0xd3, 0, 0x48], 8],
  ])("with %j COM0 shows line %i", (settings, line) => {
    const { upright, command, data, dots } = bench();
    upright();
    command(0xc0, ...settings, 0x21, 0, 0, 0x22, 0, 7);
    data(...Array.from({ length: 8 }, (_, page) => (page === line >> 3 ? 1 << (line & 7) : 0)));
    expect(dots()).toEqual([[0, 63]]);
  });

  // Table 10-2 (C8h): the COM that shows line 0, counted from below.
  test.each([
    [[0xa8, 63, 0xd3, 0], 63],
    [[0xa8, 63, 0xd3, 8], 7],
    [[0xa8, 47, 0xd3, 0], 47],
    [[0xa8, 47, 0xd3, 8], 55],
  ])("with %j, scanned backwards, line 0 is on COM%i", (settings, com) => {
    const { upright, command, data, dots } = bench();
    upright();
    command(...settings);
    data(1);
    expect(dots()).toEqual([[0, 63 - com]]);
  });

  test("rows beyond the multiplex ratio are dark even with all dots on", () => {
    const { part, upright, command } = bench();
    upright();
    command(0xa8, 15, 0xa5);
    expect(part.state.rows.filter((row) => row.includes("1")).length).toBe(16);
    command(0xa8, 14);
    expect(part.state.rows.filter((row) => row.includes("1")).length).toBe(16);
  });

  test("a glass of 32 rows wants COM pins in sequence; otherwise every other line is lost", () => {
    const { part, upright, command, data } = bench(32);
    upright();
    command(0xa8, 31, 0xda, 0x02);
    data(...new Array<number>(128).fill(0xff));
    const litRows = () => part.state.rows.flatMap((row, y) => (row[0] === "1" ? [y] : []));
    expect([part.state.rows.length, litRows()]).toEqual([32, [0, 1, 2, 3, 4, 5, 6, 7]]);
    command(0xda, 0x12);
    expect(litRows().length).toBe(4);
  });
});

describe("scrolling", () => {
  // 8.3: a frame is 54 clocks of 370 kHz for each of 64 rows: 9.34 ms.
  const frameNs = (54 * 64 * 1e9) / 370e3;

  test("two frames for each step with interval 7, within its pages, and round (10.2.1)", () => {
    const { clock, upright, command, data, dots } = bench();
    upright();
    command(0x21, 126, 127, 0x22, 0, 7);
    data(0, 1, 0, 1);
    command(0x26, 0, 1, 7, 1, 0, 0xff, 0x2f);
    clock.moveTo(1.9 * frameNs);
    expect(dots()).toEqual([
      [127, 0],
      [127, 8],
    ]);
    clock.moveTo(2.1 * frameNs);
    expect(dots()).toEqual([
      [127, 0],
      [0, 8],
    ]);
    clock.moveTo(8.1 * frameNs);
    expect(dots()).toEqual([
      [127, 0],
      [3, 8],
    ]);
    command(0x2e, 0x27, 0, 0, 0, 0, 0, 0xff, 0x2f);
    clock.moveTo(13.3 * frameNs);
    expect(dots()).toEqual([
      [126, 0],
      [3, 8],
    ]);
    command(0x2e);
    expect(clock.nextAlarm).toBe(Infinity);
  });

  test("vertically within the area, by so many rows a step (10.2.2, 10.2.5)", () => {
    const { clock, part, upright, command, data, dots } = bench();
    upright();
    command(0x21, 0, 0, 0x22, 0, 7);
    data(1, 0, 8);
    command(0xa3, 8, 56, 0x29, 0, 7, 7, 7, 5, 0x2f);
    clock.moveTo(2.1 * frameNs);
    expect(dots()).toEqual([
      [0, 0],
      [0, 14],
    ]);
    command(0xae);
    expect([clock.nextAlarm, part.state.on]).toEqual([Infinity, false]);
  });
});

test("nothing is done to it, and closed it is off its wires", () => {
  const { part, nets } = bench();
  expect(() => part.input("press" as never)).toThrow("nothing is done");
  part.reset();
  part.close();
  expect([nets.sda.speakers("sda"), nets.scl.speakers("scl")]).toEqual([[], []]);
});

const driver = `
from microbit import *

class Oled:
    def __init__(self):
        self.buf = bytearray(1025)
        self.buf[0] = 0x40
        for c in (0xae, 0x20, 0, 0x40, 0xa1, 0xa8, 63, 0xc8, 0xd3, 0, 0xda, 0x12,
                  0xd5, 0x80, 0xd9, 0xf1, 0xdb, 0x30, 0x81, 0xff, 0xa4, 0xa6, 0x8d, 0x14, 0xaf):
            i2c.write(0x3c, bytes([0x80, c]))
        self.show()

    def dot(self, x, y):
        self.buf[1 + x + 128 * (y // 8)] |= 1 << (y % 8)

    def show(self):
        for c in (0x21, 0, 127, 0x22, 0, 7):
            i2c.write(0x3c, bytes([0x80, c]))
        i2c.write(0x3c, self.buf)

print([hex(a) for a in i2c.scan()])
i2c.init(freq=400000)
oled = Oled()
for x in range(128):
    oled.dot(x, x // 2)
t = running_time()
oled.show()
print(running_time() - t, 'ms')
`;

test.each(["microbit-v1", "microbit-v2"])("a driver on a %s draws a line from corner to corner", (board) => {
  const files = { "main.py": new TextEncoder().encode(driver) };
  const wired = { oled: { kind: "ssd1306", pins: { sda: "P20", scl: "P19" } } } as const;
  const machine = new Machine(modelById(board)!, { files, wired });
  let output = "";
  machine.onSerial = (bytes) => (output += new TextDecoder().decode(bytes));
  machine.reset();
  machine.runFor(1000);
  expect(output).toContain("'0x3c'");
  // 1026 bytes of 9 bits at 400 kHz are 23 ms.
  expect(output).toMatch(/(23|24|25|26|27) ms/);
  const { on, rows } = machine.hw.parts["oled"]!.state as Ssd1306State;
  expect(on).toBe(true);
  expect(rows).toEqual(Array.from({ length: 64 }, (_, y) => `${"0".repeat(2 * y)}11`.padEnd(128, "0")));
});
