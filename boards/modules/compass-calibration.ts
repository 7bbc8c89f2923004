// The game that calibrates a compass: tilt the board until each LED has been lit. The runtime under MicroPython plays it (microbit-dal and
// CODAL, MicroBitCompassCalibrator), so its pace, its text and its thresholds are theirs.
import { type Gen, sleepMs } from "../../interpreter/native.ts";
import { Accelerometer } from "../parts/accelerometer/model.ts";
import { Compass } from "../parts/compass/model.ts";
import { columns, rows } from "../parts/led-matrix/geometry.ts";
import { darkFrame, type Frame, LedMatrix, scrollAnimation } from "../parts/led-matrix/model.ts";
import type { Hardware } from "../peripheral.ts";

const text = "TILT TO FILL SCREEN ";
const columnMs = 120;
const stepMs = 100;
// The text has so long, then the screen; after half a minute of that it comes again.
const textMs = 155 * stepMs;
const screenMs = 30_000;
// Whoever has begun by then has understood.
const begunLeds = 15;
// Milli-g that move the light by one and by two LEDs.
const [oneLed, twoLeds] = [200, 680];
const brightest = 9;
const smiley: Frame = [0, 9, 0, 9, 0, 0, 9, 0, 9, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 9, 0, 9, 9, 9, 0];
const smileyMs = 1000;

/** Returns when the compass is calibrated: by the game, or because somebody said so from outside. Ctrl-C ends it. */
export function* calibrate(hw: Hardware): Gen<void> {
  const display = hw.part("display", LedMatrix);
  const accelerometer = hw.part("accelerometer", Accelerometer);
  const compass = hw.part("compass", Compass);
  const lightOf = lights[hw.descriptor.id === "microbit-v1" ? "v1" : "v2"];
  compass.setCalibrated(false);
  yield* sleepMs(stepMs);
  display.stop();
  const visited = new Set<number>();
  let left = textMs;
  let begun = 0;
  let step = 0;
  try {
    while (visited.size < columns * rows && !compass.state.calibrated) {
      if (left === textMs || left <= -screenMs) {
        display.clear();
        display.play(scrollAnimation(text, { delayMs: columnMs, monospace: true, loop: false }));
        left = textMs;
        begun = 0;
      } else if (left === 0 || begun === begunLeds) display.stop();
      step++;
      const place = led(accelerometer.read("y")) * columns + led(accelerometer.read("x"));
      if (left < 0 || begun > begunLeds) {
        const frame: number[] = darkFrame.map((_, i) => (visited.has(i) ? brightest : 0));
        frame[place] = lightOf(step);
        display.draw(frame);
      }
      if (!visited.has(place)) {
        visited.add(place);
        begun++;
      }
      yield* sleepMs(stepMs);
      left -= stepMs;
    }
    compass.setCalibrated(true);
    display.draw(smiley);
    yield* sleepMs(smileyMs);
  } finally {
    display.clear();
  }
}

function led(milliG: number): number {
  const size = Math.abs(milliG);
  return 2 + Math.sign(milliG) * (size > twoLeds ? 2 : size > oneLed ? 1 : 0);
}

// The light that is tilted about: V2's swells from step to step, V1's is too weak to be seen.
const lights = {
  v1: () => 0,
  v2: (step: number) => Math.round((((step * 40) % 200) / 255) * brightest),
} as const;
