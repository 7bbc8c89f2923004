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

test("WHO_AM_I is 0xC4, and a count is 0.1 microtesla, with y turned round", () => {
  const bench = new Bench("microbit-v1", `${read}print(get(7, 1), field())\n`, {});
  bench.give("compass", { x: 12_300, y: -4500, z: -44_000 });
  expect(bench.run(300).split("\n")[0]).toBe("b'\\xc4' [123, 45, -440]");
});

test("in standby the last sample stays, and read-only registers stay as they are", () => {
  const main = `${read}i2c.write(0x0e, b'\\x07\\x00')\nprint(get(7, 1), get(8, 1))\ni2c.write(0x0e, b'\\x10\\x00')\nprint(get(8, 1))\nsleep(200)\nprint(field())\n`;
  const bench = new Bench("microbit-v1", main, {});
  bench.give("compass", { x: 10_000, y: 0, z: 0 });
  bench.run(100);
  bench.give("compass", { x: 20_000, y: 0, z: 0 });
  expect(bench.run(300).split("\n")[0]).toBe("[100, 0, 0]");
});
