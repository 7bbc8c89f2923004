// Against NXP's MMA8653FC rev. 7, on a whole micro:bit V1.
import { expect, test } from "vitest";
import { Bench } from "../../sim/bench.ts";

const run = (body: string, held = { x: 0, y: 0, z: -1024 }, board = "microbit-v1"): string[] => {
  const bench = new Bench(board, `from microbit import *\nsleep(50)\n${body}`, {});
  bench.give("accelerometer", held);
  return bench.run(500).split("\nMicroPython")[0]!.trim().split("\n");
};

test("the bus of a V1 has its two chips, and that of a V2 has none on its pins", () => {
  expect(run("print(i2c.scan())\n")).toEqual(["[14, 29]"]);
  expect(run("print(i2c.scan())\n", undefined, "microbit-v2")).toEqual(["[]"]);
});

test("WHO_AM_I is 0x5A, and it is awake (tables 11 and 13)", () =>
  expect(
    run(
      "i2c.write(0x1d, b'\\x0d', repeat=True)\nprint(i2c.read(0x1d, 1))\ni2c.write(0x1d, b'\\x0b', repeat=True)\nprint(i2c.read(0x1d, 1))\n",
    ),
  ).toEqual(["b'Z'", "b'\\x01'"]));

const axes = `def read():
    i2c.write(0x1d, b'\\x01', repeat=True)
    b = i2c.read(0x1d, 6)
    return [((b[i] << 8 | b[i + 1]) >> 6) - (1024 if b[i] > 127 else 0) for i in (0, 2, 4)]
`;

test("2 g: 256 counts a g, and what the firmware reads is four times that with x and y turned round", () =>
  expect(run(`${axes}print(read(), accelerometer.get_values())\n`, { x: 400, y: -200, z: -1024 })).toEqual([
    "[-100, 50, -256] (400, -200, -1024)",
  ]));

test("8 g: 64 counts a g (table 17); F_READ reads one byte an axis (table 10); in standby the last sample stays", () =>
  expect(
    run(
      `${axes}i2c.write(0x1d, b'\\x2a\\x00')\ni2c.write(0x1d, b'\\x0e\\x02')\ni2c.write(0x1d, b'\\x2a\\x01')\nprint(read())\n` +
        "i2c.write(0x1d, b'\\x2a\\x03')\ni2c.write(0x1d, b'\\x01', repeat=True)\nprint(i2c.read(0x1d, 3))\n",
      { x: 512, y: 0, z: -1024 },
    ),
  ).toEqual(["[-32, 0, -64]", "b'\\xf8\\x00\\xf0'"]));

test("accelerometer.set_range sets the chip's range, and the reset puts it back (XYZ_DATA_CFG)", () => {
  const main = `from microbit import *\nsleep(50)\n${axes}accelerometer.set_range(8)\nprint(read())\ni2c.write(0x1d, b'\\x0e', repeat=True)\nprint(i2c.read(0x1d, 1))\n`;
  const bench = new Bench("microbit-v1", main, {});
  expect(bench.run(300).split("\n").slice(0, 2)).toEqual(["[0, 0, -64]", "b'\\x02'"]);
  bench.machine.reset();
  const again = `i2c.write(0x1d, b'\\x0e', repeat=True); print(i2c.read(0x1d, 1))\r`;
  bench.run(20);
  expect(bench.output).not.toContain("-64");
  bench.machine.feed(new TextEncoder().encode(`\x03${again}`));
  expect(bench.run(300)).toContain("b'\\x00'");
});

test("the firmware has it measure 50 times a second in high resolution, data ready on INT1 (microbit-dal MMA8653.cpp)", () =>
  expect(run("i2c.write(0x1d, b'\\x2a', repeat=True)\nprint(i2c.read(0x1d, 5))\n")).toEqual(["b'!\\x10\\x00\\x01\\x01'"]));

test("the user's offsets count 1.96 mg each (OFF_X to OFF_Z)", () =>
  expect(
    run(`${axes}i2c.write(0x1d, b'\\x2f\\x40')\ni2c.write(0x1d, b'\\x31\\x80')\nprint(read())\n`, { x: 0, y: 0, z: -512 }),
  ).toEqual(["[32, 0, -192]"]));
