// microbit.panic(): a sad face and then the digits of the number, again and again, until the board is reset.
import { type Gen, sleepMs } from "../../interpreter/native.ts";
import { charFrame, darkFrame, type Frame, LedMatrix } from "../parts/led-matrix/model.ts";
import type { Hardware } from "../peripheral.ts";

const face: Frame = [..."9909999099000000999090009"].map(Number);
const onMs = 600;
const offMs = 60;

/** Never returns. DIFFERS: Ctrl-C ends it here, so that Stop always works; on a board only a reset does. */
export function* panic(hw: Hardware, code: number): Gen<never> {
  const display = hw.part("display", LedMatrix);
  const digits = [...String(Math.abs(code) % 1000).padStart(3, "0")].map(charFrame);
  for (;;) {
    for (const frame of [face, ...digits]) {
      display.draw(frame);
      yield* sleepMs(onMs);
      display.draw(darkFrame);
      yield* sleepMs(offMs);
    }
  }
}
