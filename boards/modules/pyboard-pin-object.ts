// A pin of the pyboard as an object of Python: what its registers hold, and the Pin part that has the levels.
import type { PyType } from "../../interpreter/native.ts";
import type { Pin } from "../parts/pin/model.ts";
import type { PinPull } from "../parts/pin/state.ts";
import { BoardObject } from "./shape.ts";

/** GPIO_MODE_* of ST's HAL: the values that programs print. */
export const modes = { IN: 0, OUT: 1, OPEN_DRAIN: 17, ALT: 2, ALT_OPEN_DRAIN: 18, ANALOG: 3 } as const;
/** By the value of Pin.PULL_*. */
export const pulls: readonly PinPull[] = ["none", "up", "down"];

export class PinObject extends BoardObject {
  readonly pin: Pin;
  readonly cpu: string;
  mode: number = modes.IN;
  pull = 0;
  af = 0;
  constructor(type: PyType, pin: Pin, cpu: string) {
    super(type);
    this.pin = pin;
    this.cpu = cpu;
  }

  /** HAL_GPIO_Init. What a peripheral does with the pin is its own, as long as the pin is connected to it. */
  configure(mode: number, pull: number, af: number): void {
    const isAlternate = mode === modes.ALT || mode === modes.ALT_OPEN_DRAIN;
    if (!isAlternate || af !== this.af) this.pin.lend(null);
    [this.mode, this.pull] = [mode, pull];
    if (isAlternate) this.af = af;
    this.pin.setMode(mode === modes.ANALOG ? "analog" : mode === modes.IN ? "read_digital" : "write_digital");
    this.pin.release(mode === modes.ANALOG ? "none" : pulls[pull]!);
    this.write(this.pin.latch);
  }

  /** The output latch takes a level in any mode; the pin shows it in those that drive. */
  write(level: 0 | 1): void {
    this.pin.latch = level;
    if (this.mode === modes.OUT) this.pin.drive(level);
    else if (this.mode === modes.OPEN_DRAIN) this.pin.driveOpenDrain(level);
  }

  read(): number {
    return this.mode === modes.ANALOG ? 0 : this.pin.read();
  }
}
