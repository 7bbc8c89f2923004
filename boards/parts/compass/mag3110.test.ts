// Against NXP's MAG3110 rev. 9.2, on a whole micro:bit V1.
import { expect, test } from "vitest";
import { Bench } from "../../sim/bench.ts";

const read = `from microbit import *
sleep(50)
def get(at, n):
    i2c.write(0x0e, bytes([at]), repeat=True)
    return i2c.read(0x0e, n)
def field():
    b = get(1, 6)
    return [(b[i] << 8 | b[i + 1]) - (65536 if b[i] > 127 else 0) for i in (0, 2, 4)]
`;

// microbit-dal turns what it reads by MAG3110.cpp and CoordinateSystem.cpp: upside down, then SIMPLE_CARTESIAN, which is -x, -y, -z.
test("WHO_AM_I is 0xC4, and a count is 0.1 microtesla, with all axes turned round", () => {
  const bench = new Bench("microbit-v1", `${read}print(get(7, 1), field())\n`, {});
  bench.give("compass", { x: 12_300, y: -4500, z: -44_000 });
  expect(bench.run(300).split("\n")[0]).toBe("b'\\xc4' [-123, 45, 440]");
});

test("in standby the last sample stays, and read-only registers stay as they are", () => {
  const main = `${read}i2c.write(0x0e, b'\\x07\\x00')\nprint(get(7, 1), get(8, 1))\ni2c.write(0x0e, b'\\x10\\x00')\nprint(get(8, 1))\nsleep(200)\nprint(field())\n`;
  const bench = new Bench("microbit-v1", main, {});
  bench.give("compass", { x: 10_000, y: 0, z: 0 });
  bench.run(100);
  bench.give("compass", { x: 20_000, y: 0, z: 0 });
  expect(bench.run(300).split("\n")[0]).toBe("[-100, 0, 0]");
});

const printed = (body: string, field = { x: -12_300, y: -4500, z: 44_000 }): string[] => {
  const bench = new Bench("microbit-v1", `${read}${body}`, {});
  bench.give("compass", field);
  return bench.run(500).split("\nMicroPython")[0]!.trim().split("\n");
};
const put = "def put(at, v):\n    i2c.write(0x0e, bytes([at, v]))\n";

test("the firmware has it measure ten times a second, with AUTO_MRST_EN and RAW (microbit-dal MAG3110.cpp)", () =>
  expect(printed("print(get(0x10, 2), get(8, 1))\n")).toEqual(["b'a\\xa0' b'\\x02'"]));

test("reading goes on after the data to WHO_AM_I; with FR it leaves the low bytes out (register address map)", () =>
  expect(printed(`${put}print(get(6, 2))\nput(0x10, 0x65)\nprint(get(1, 4))\n`)).toEqual([
    "b'H\\xc4'",
    "b'\\x00\\x00\\xfe\\xc4'",
  ]));

test("TM in standby measures once, and then it waits again (CTRL_REG1)", () => {
  const main = `${read}${put}put(0x10, 0)\nsleep(100)\nprint(field())\nput(0x10, 2)\nprint(field(), get(0x10, 1), get(8, 1))\n`;
  const bench = new Bench("microbit-v1", main, {});
  bench.give("compass", { x: 0, y: 0, z: 0 });
  bench.run(80);
  bench.give("compass", { x: -10_000, y: 0, z: 0 });
  expect(bench.output + bench.run(300)).toContain("[0, 0, 0]\n[100, 0, 0] b'\\x00' b'\\x00'\n");
});

test("the user's offsets are taken off, unless RAW is set (OFF_X_MSB and CTRL_REG2)", () =>
  expect(
    printed(`${put}put(9, 0)\nput(10, 46)\nput(11, 0xff)\nput(12, 0xce)\nprint(field())\nput(0x11, 0x80)\nprint(field())\n`),
  ).toEqual(["[123, 45, -440]", "[100, 70, -440]"]));
