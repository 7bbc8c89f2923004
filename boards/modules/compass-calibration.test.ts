// The tilting game, against microbit-dal's and CODAL's source: its text, its 25 places, its thresholds of 200 and 680 milli-g, its end.
import { describe, expect, test } from "vitest";
import { Compass } from "../parts/compass/model.ts";
import { LedMatrix } from "../parts/led-matrix/model.ts";
import { Machine } from "../sim/machine.ts";
import { modelById } from "../sim/models.ts";

const main =
  "from microbit import *\nprint('before', compass.is_calibrated())\nprint(compass.heading(), compass.is_calibrated(), running_time())\n";
const tilts = [-900, -400, 0, 400, 900];

function board(id: string) {
  const machine = new Machine(modelById(id)!, { files: { "main.py": new TextEncoder().encode(main) } });
  let output = "";
  machine.onSerial = (bytes) => (output += new TextDecoder().decode(bytes));
  machine.input("compass", { heading: 77 });
  machine.reset();
  const display = machine.hw.part("display", LedMatrix);
  const tilt = (x: number, y: number): void => {
    machine.input("accelerometer", { x, y, z: -500 });
    machine.runFor(120);
  };
  return { machine, display, tilt, compass: machine.hw.part("compass", Compass), said: () => output };
}

describe.each(["microbit-v1", "microbit-v2"])("%s", (id) => {
  test("asks for the game, and goes on when each LED has been lit", () => {
    const { machine, display, tilt, said, compass } = board(id);
    machine.runFor(1000);
    expect(said()).toBe("before False\r\n");
    expect(display.state.playing).toEqual({ kind: "scroll", text: "TILT TO FILL SCREEN " });
    for (const y of tilts) for (const x of tilts) tilt(x, y);
    machine.runFor(100);
    expect(compass.state.calibrated).toBe(true);
    expect(display.state.pixels.slice(5, 10)).toEqual([0, 9, 0, 9, 0]);
    machine.runFor(1100);
    expect(said()).toMatch(/^before False\r\n77 True \d+\r\n/);
    expect(display.state.pixels.every((level) => level === 0)).toBe(true);
  });

  test("shows what has been lit when the text is over, and says it again after half a minute", () => {
    const { machine, display, tilt } = board(id);
    machine.runFor(500);
    tilt(-900, -900);
    tilt(199, 0);
    machine.runFor(15_500);
    expect(display.state.playing).toBe(null);
    expect(display.state.pixels.slice(0, 5)).toEqual([9, 0, 0, 0, 0]);
    machine.runFor(30_000);
    expect(display.state.playing?.kind).toBe("scroll");
  });

  test("a tilt beyond 200 milli-g is one LED, beyond 680 two", () => {
    const { machine, display, tilt } = board(id);
    machine.runFor(300);
    for (const x of [201, 680, 681, -201]) tilt(x, 0);
    tilt(0, 900);
    machine.runFor(16_000);
    const [farLeft, left, , right, farRight] = display.state.pixels.slice(10, 15);
    expect([farLeft, left, right, farRight]).toEqual([0, 9, 9, 9]);
  });

  test("is skipped by who says that it has been calibrated", () => {
    const { machine, said } = board(id);
    machine.runFor(3000);
    machine.input("compass", { calibrated: true });
    machine.runFor(1200);
    expect(said()).toContain("77 True");
  });

  test("Ctrl-C ends it", () => {
    const { machine, display, said } = board(id);
    machine.runFor(3000);
    machine.feed(Uint8Array.of(3));
    machine.runFor(200);
    expect(said()).toContain("KeyboardInterrupt");
    expect(display.state.playing).toBe(null);
  });
});
