// Against Hitachi's HD44780U datasheet rev. 0.0.
import { describe, expect, test } from "vitest";
import { Net } from "../../net.ts";
import { Bench, wired } from "../../sim/bench.ts";
import { SimClock } from "../../sim/clock.ts";
import { Lcd1602 } from "./model.ts";
import { ownCharacter, type Lcd1602State } from "./state.ts";

function bench() {
  const clock = new SimClock();
  const part = new Lcd1602({ sda: new Net(clock), scl: new Net(clock) }, clock);
  const pass = (us: number) => clock.moveTo(clock.absolute + us * 1000);
  const nibble = (bits: number, rs: number) => {
    for (const e of [4, 0]) part.write((bits << 4) | 8 | e | rs);
  };
  const instruct = (byte: number, us = 2000) => {
    nibble(byte >> 4, 0);
    nibble(byte & 15, 0);
    pass(us);
  };
  const write = (text: string) => {
    for (const c of text) {
      nibble(c.charCodeAt(0) >> 4, 1);
      nibble(c.charCodeAt(0) & 15, 1);
      pass(50);
    }
  };
  const read = (rs: number) => {
    let byte = 0;
    for (let i = 0; i < 2; i++) {
      part.write(0xf8 | 2 | rs);
      part.write(0xf8 | 2 | 4 | rs);
      byte = (byte << 4) | (part.read() >> 4);
      part.write(0xf8 | 2 | rs);
    }
    return byte;
  };
  /** "Initializing by Instruction", figure 24. */
  const begin = () => {
    pass(40_000);
    for (const us of [4100, 100, 100]) {
      nibble(3, 0);
      pass(us);
    }
    nibble(2, 0);
    pass(100);
    for (const byte of [0x28, 0x0c, 0x01, 0x06]) instruct(byte);
  };
  return { part, clock, pass, nibble, instruct, write, read, begin };
}
const blank = " ".repeat(16);

describe("LCD1602", () => {
  test("shows what is written after it is initialised by instructions (figure 24)", () => {
    const { part, begin, write, instruct } = bench();
    expect(part.state).toMatchObject({ lines: [blank, blank], backlight: true });
    begin();
    write("Hello");
    instruct(0x80 | 0x40 | 3);
    write("world!");
    expect(part.state.lines).toEqual(["Hello".padEnd(16), "   world!".padEnd(16)]);
  });

  test("what comes while it is busy is lost: 1.52 ms for clearing, 37 us for others (table 6)", () => {
    const { part, begin, write, instruct } = bench();
    begin();
    write("A");
    instruct(0x01, 1000);
    write("B");
    expect(part.state.lines[0].trim()).toBe("");
    instruct(0x02, 1600);
    write("C");
    instruct(0x80, 20);
    write("D");
    expect(part.state.lines[0].trim()).toBe("C");
  });

  test("the busy flag and the address counter are read, and data too", () => {
    const { begin, write, instruct, read, pass } = bench();
    begin();
    write("xyz");
    expect(read(0)).toBe(3);
    instruct(0x81, 10);
    expect(read(0) & 0x80).toBe(0x80);
    pass(100);
    expect(String.fromCharCode(read(1))).toBe("y");
    pass(100);
    expect(read(0)).toBe(2);
  });

  test("lines go on for 40 characters, and the counter goes from 0x27 to 0x40 (figures 4 to 6)", () => {
    const { part, begin, write, instruct } = bench();
    begin();
    write("0123456789".repeat(4) + "second");
    expect(part.state.lines[1].trim()).toBe("second");
    for (let i = 0; i < 3; i++) instruct(0x18);
    expect(part.state.lines[0]).toBe("3456789012345678");
    instruct(0x1c);
    expect(part.state.lines[0][0]).toBe("2");
  });

  test("a program's own characters (table 5), the cursor, and signs of ROM A00 (table 4)", () => {
    const { part, begin, write, instruct } = bench();
    begin();
    instruct(0x40 | 8);
    for (const row of [0, 0b01010, 0b11111, 0b11111, 0b01110, 0b00100, 0, 0]) write(String.fromCharCode(row));
    instruct(0x80);
    write("\x01~\x7f\\\xdf\xf4");
    instruct(0x0f);
    const { lines, glyphs, cursor } = part.state;
    expect(lines[0].trimEnd()).toBe(`${String.fromCharCode(ownCharacter + 1)}→←¥°Ω`);
    expect(glyphs[1]).toEqual([0, 10, 31, 31, 14, 4, 0, 0]);
    expect(cursor).toEqual({ row: 0, column: 6, isBlinking: true });
  });

  // DC characteristics, "Pull-up MOS current": what has no wire is high.
  test("while it takes eight bits the low four are 1, so that 0x2 at the start is 0x2F", () => {
    const { part, pass, nibble, instruct, write } = bench();
    pass(40_000);
    for (const us of [4100, 100, 100]) {
      nibble(3, 0);
      pass(us);
    }
    nibble(2, 0);
    pass(100);
    for (const byte of [0x0c, 0x01, 0xc0]) instruct(byte);
    write("below");
    expect(part.state.lines).toEqual([blank, "below".padEnd(16)]);
  });

  test("says what changed, and nothing while nothing else is seen", () => {
    const { part, begin, instruct, write } = bench();
    begin();
    const told: Lcd1602State[] = [];
    part.onChange = () => told.push(part.state);
    for (const byte of [0x06, 0x80, 0x0c, 0x01, 0x28]) instruct(byte);
    write(" ");
    instruct(0x80 | 30);
    write("x");
    part.write(0x08);
    expect(told).toEqual([]);
    instruct(0x80);
    write("x");
    part.write(0x00);
    expect([told.length, told[0]!.lines[0].trim(), told[1]!.backlight]).toEqual([2, "x", false]);
  });

  test("writing right to left, and shifting the display instead (table 6, entry mode)", () => {
    const { part, begin, write, instruct } = bench();
    begin();
    instruct(0x80 | 5);
    instruct(0x04);
    write("abc");
    expect(part.state.lines[0].trim()).toBe("cba");
    instruct(0x01);
    instruct(0x07);
    write("hi");
    expect(part.state.lines[0]).toBe(blank);
  });
});

// A byte at 100 kHz takes 90 us (NXP UM10204 3.1.5), so that four for a character are more than its 37 us.
test.each([
  [100_000, "Text in one go"],
  [400_000, "Text in one go"],
])("a whole text may come in one transfer at %i Hz, but not after clearing", (hz, text) => {
  const main = `from microbit import *
A = 0x27
def halves(b, rs):
    out = []
    for h in (b & 0xf0 | rs, b << 4 & 0xf0 | rs):
        out += [h | 12, h | 8]
    return bytes(out)
i2c.init(${hz})
sleep(50)
for v in (0x3c, 0x38) * 3 + (0x2c, 0x28):
    i2c.write(A, bytes([v]))
    sleep(5)
for c in (0x28, 0x0c, 0x06, 0x01):
    i2c.write(A, halves(c, 0))
    sleep(2)
i2c.write(A, b''.join([halves(ord(c), 1) for c in '${text}']))
sleep(500)
i2c.write(A, halves(1, 0) + halves(65, 1))
sleep(2)
i2c.write(A, halves(66, 1))
`;
  const bench = new Bench("microbit-v2", main, wired("lcd1602", { sda: "P20", scl: "P19" }));
  bench.run(400);
  expect(bench.state<Lcd1602State>("it").lines).toEqual([text.padEnd(16), blank]);
  bench.run(1000);
  expect(bench.state<Lcd1602State>("it").lines).toEqual(["B".padEnd(16), blank]);
});

test.each(["microbit-v1", "microbit-v2"])("%s writes on it", (board) => {
  const main = `from microbit import *
A = 0x27
def half(v):
    i2c.write(A, bytes([v | 12]))
    i2c.write(A, bytes([v | 8]))
def send(b, rs=0):
    half(b & 0xf0 | rs)
    half(b << 4 & 0xf0 | rs)
    sleep(2)
sleep(50)
for v in (0x30, 0x30, 0x30, 0x20):
    half(v)
    sleep(5)
for c in (0x28, 0x0c, 0x06, 0x01):
    send(c)
for c in 'Temp: %d' % temperature():
    send(ord(c), 1)
i2c.write(A, b'\\x00')
`;
  const bench = new Bench(board, main, wired("lcd1602", { sda: "P20", scl: "P19" }));
  bench.run(2000);
  expect(bench.state<Lcd1602State>("it")).toMatchObject({ lines: ["Temp: 21".padEnd(16), blank], backlight: false });
});
