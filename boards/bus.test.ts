// The micro:bit's buses with chips on them: what is transferred, and how long that takes, against the buses' specifications.
import { describe, expect, test } from "vitest";
import { type I2cDevice, i2cRead, i2cWrite, type PixelDevice, type SpiDevice, type UartDevice } from "./bus.ts";
import { Terminal } from "./net.ts";
import { Bench } from "./sim/bench.ts";

const boards = ["microbit-v1", "microbit-v2"] as const;

/** Puts a chip on the nets of these pins, each by its line. */
function attach(bench: Bench, lines: Readonly<Record<string, string>>, device: object): void {
  for (const [line, pin] of Object.entries(lines)) new Terminal(bench.machine.hw.pins.get(pin)!.net, { line, device });
}

/** Prints how many microseconds `deed` takes; the loop is the program's own time. */
const timed = (setUp: string, deed: string) => `from microbit import *
from utime import ticks_us, ticks_diff
${setUp}
sleep(100)
start = ticks_us()
${deed}
print(ticks_diff(ticks_us(), start))
`;
const microseconds = (bench: Bench) => Number(/-?\d+/.exec(bench.run(5000))![0]);

class Memory implements I2cDevice {
  readonly address = 0x50;
  readonly written: number[] = [];
  readonly marks: string[] = [];
  private next = 0;
  start(isRead: boolean): void {
    this.marks.push(isRead ? "read" : "write");
  }
  write(byte: number, _afterNs?: number): boolean {
    this.written.push(byte);
    return this.written.length <= 200;
  }
  read(_afterNs?: number): number {
    return this.next++;
  }
  stop(): void {
    this.marks.push("stop");
  }
}

describe.each(boards)("I2C of %s", (board) => {
  // NXP UM10204 3.1.5 and 3.1.6: eight bits and an acknowledge for each byte, the address byte too.
  test.each([
    [100_000, 90],
    [400_000, 22.5],
  ])("a byte takes nine clocks of %i Hz", (hz, usPerByte) => {
    const bench = new Bench(board, timed(`i2c.init(${hz})\nb = bytes(100)`, "i2c.write(0x50, b)"), {});
    attach(bench, { sda: "P20", scl: "P19" }, new Memory());
    expect(microseconds(bench) / 101 / usPerByte).toBeCloseTo(1, 1);
  });

  test("reads, keeps the bus for a repeated start, and says who does not answer", () => {
    const main = `from microbit import *
sleep(50)
i2c.write(0x50, b'\\x07\\x08', repeat=True)
print(i2c.read(0x50, 3))
try:
    i2c.read(0x51, 1)
except OSError as e:
    print('nobody')
try:
    i2c.write(0x50, bytes(300))
except OSError as e:
    print('refused')
`;
    const bench = new Bench(board, main, {});
    const chip = new Memory();
    attach(bench, { sda: "P20", scl: "P19" }, chip);
    expect(bench.run(500).split("\n").slice(0, 3)).toEqual(["b'\\x00\\x01\\x02'", "nobody", "refused"]);
    expect(chip.marks).toEqual(["write", "read", "stop", "write", "stop"]);
    expect(chip.written.slice(0, 2)).toEqual([7, 8]);
  });
});

// A transfer happens at one instant of the clock, so a chip with a time of its own has to be told (NXP UM10204 3.1.5).
test("an I2C chip is told when in the transfer each byte comes: after the address, nine clocks each", () => {
  const usAfter: number[] = [];
  const chip = new Memory();
  chip.write = (_: number, ns = 0) => usAfter.push(ns / 1000) > 0;
  chip.read = (ns = 0) => usAfter.push(ns / 1000);
  i2cWrite([chip], 0x50, Uint8Array.of(1, 2, 3), false);
  expect(usAfter.splice(0)).toEqual([180, 270, 360]);
  i2cWrite([chip], 0x50, Uint8Array.of(1), false, 22_500);
  expect(usAfter.splice(0)).toEqual([45]);
  i2cRead([chip], 0x50, 2, false);
  // A byte is read as it is when its first bit goes.
  expect(usAfter).toEqual([90, 180]);
});

class Inverter implements SpiDevice {
  isSelected = true;
  readonly taken: number[] = [];
  transfer(byte: number): number {
    this.taken.push(byte);
    return byte ^ 0xff;
  }
}
const spi = { sclk: "P13", mosi: "P15", miso: "P14" };

describe.each(boards)("SPI of %s", (board) => {
  // nRF51822 PS 8.11 and nRF52833 PS 6.23: a bit for each clock.
  test("a byte takes eight clocks", () => {
    const bench = new Bench(board, timed("spi.init(baudrate=125000)\nb = bytes(200)", "spi.write(b)"), {});
    attach(bench, spi, new Inverter());
    expect(microseconds(bench) / 200 / 64).toBeCloseTo(1, 1);
  });

  test("both ways at once, and only who is selected", () => {
    const main = `from microbit import *
spi.init()
b = bytearray(3)
spi.write_readinto(b'\\x01\\x02\\x03', b)
print(b, spi.read(2, 0xf0))
`;
    const bench = new Bench(board, main, {});
    const chip = new Inverter();
    attach(bench, spi, chip);
    attach(bench, spi, Object.assign(new Inverter(), { isSelected: false, transfer: () => 0x77 }));
    expect(bench.run(300).split("\n")[0]).toBe("bytearray(b'\\xfe\\xfd\\xfc') b'\\x0f\\x0f'");
    expect(chip.taken).toEqual([1, 2, 3, 0xf0, 0xf0]);
  });
});

class Listener implements UartDevice {
  readonly baud: number;
  heard: number[] = [];
  onSend: ((bytes: Uint8Array) => void) | null = null;
  constructor(baud: number) {
    this.baud = baud;
  }
  receive(bytes: Uint8Array): void {
    this.heard.push(...bytes);
  }
}

describe.each(boards)("UART of %s", (board) => {
  // nRF51822 PS 8.10 and nRF52833 PS 6.32: start bit, eight bits, stop bit.
  test.each([9600, 115_200])("a byte takes ten bits of %i baud", (baud) => {
    const main = `${timed(`b = 'x' * 100\nuart.init(${baud}, tx=pin8, rx=pin12)`, "uart.write(b)").replace(/print.*/, "d = ticks_diff(ticks_us(), start)\nuart.init(115200)\nprint(d)")}`;
    const bench = new Bench(board, main, {});
    const listener = new Listener(baud);
    attach(bench, { rx: "P8" }, listener);
    expect(microseconds(bench) / (100 * (1e7 / baud))).toBeCloseTo(1, 1);
    expect(listener.heard).toHaveLength(100);
  });
});

describe.each(boards)("NeoPixels of %s", (board) => {
  // Worldsemi WS2812B, "Data transfer time": 1.25 us a bit, 24 bits a pixel.
  test("a pixel takes 30 us", () => {
    const bench = new Bench(board, timed("import neopixel\nnp = neopixel.NeoPixel(pin0, 100)", "np.show()"), {});
    const shown: number[] = [];
    attach(bench, { din: "P0" }, { show: (bytes) => shown.push(bytes.length) } satisfies PixelDevice);
    expect(microseconds(bench) / 100 / 30).toBeCloseTo(1, 1);
    expect(shown.at(-1)).toBe(300);
  });
});
