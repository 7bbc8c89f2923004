import { expect, test } from "vitest";
import { Net } from "../../net.ts";
import { Bench, wired } from "../../sim/bench.ts";
import { SimClock } from "../../sim/clock.ts";
import { Neopixel } from "./model.ts";
import type { NeopixelState } from "./state.ts";

// Worldsemi WS2812B: "Composition of 24bit data" G7..G0 R7..R0 B7..B0; each pixel keeps the first 24 bits and hands on the others.
test("takes green first, and pixels for which nothing comes keep theirs", () => {
  const clock = new SimClock();
  const part = new Neopixel({ din: new Net(clock) }, clock, { count: 3 });
  let changes = 0;
  part.onChange = () => changes++;
  part.show(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
  expect(part.state.pixels).toEqual([
    [2, 1, 3],
    [5, 4, 6],
    [8, 7, 9],
  ]);
  part.show(Uint8Array.of(0, 0, 255, 9, 9));
  expect(part.state.pixels).toEqual([
    [0, 0, 255],
    [5, 4, 6],
    [8, 7, 9],
  ]);
  part.show(Uint8Array.of(0, 0, 255));
  expect(changes).toBe(2);
});

test.each(["microbit-v1", "microbit-v2"])("%s lights it with the neopixel module", (board) => {
  const main = `from microbit import *
import neopixel
np = neopixel.NeoPixel(pin8, 8)
for i in range(8):
    np[i] = (i * 30, 0, 255 - i * 30)
np.show()
`;
  const bench = new Bench(board, main, wired("neopixel", { din: "P8" }));
  bench.run(200);
  expect(bench.state<NeopixelState>("it").pixels).toEqual(Array.from({ length: 8 }, (_, i) => [i * 30, 0, 255 - i * 30]));
});

test("ws2812_write on V2 sends bytes as they are; what is too much for the chain goes on to nobody", () => {
  const main = "from microbit import *\nws2812_write(pin8, bytes([0, 255, 0, 0, 0, 255, 9, 9, 9]))\nprint('done')\n";
  const bench = new Bench("microbit-v2", main, wired("neopixel", { din: "P8" }, { count: 2 }));
  expect(bench.run(200)).toContain("done");
  expect(bench.state<NeopixelState>("it").pixels).toEqual([
    [255, 0, 0],
    [0, 0, 255],
  ]);
});

test("goes dark only when it is told to", () => {
  const main = `from microbit import *
import neopixel
np = neopixel.NeoPixel(pin8, 2)
np[1] = (1, 2, 3)
np.show()
pin8.write_digital(0)
sleep(500)
np.clear()
`;
  const bench = new Bench("microbit-v1", main, wired("neopixel", { din: "P8" }, { count: 2 }));
  bench.run(400);
  expect(bench.state<NeopixelState>("it").pixels[1]).toEqual([1, 2, 3]);
  bench.run(600);
  expect(bench.state<NeopixelState>("it").pixels[1]).toEqual([0, 0, 0]);
});
