// A capacitive touch pad that is no pin: the micro:bit V2 logo.
import type { Peripheral } from "../../peripheral.ts";
import type { TouchInput, TouchState } from "./state.ts";

export class Touch implements Peripheral<TouchState, TouchInput> {
  state: TouchState = { touched: false };
  onChange: (() => void) | null = null;

  input(event: TouchInput): void {
    if (event !== "press" && event !== "release") throw new Error(`not a touch event: ${JSON.stringify(event)}`);
    const touched = event === "press";
    if (touched === this.state.touched) return;
    this.state = { touched };
    this.onChange?.();
  }

  reset(): void {}
}
