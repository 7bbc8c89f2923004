// The micro:bit V2's power management as a program sees it: on, in deep sleep with the display dark, or off until it is reset.
import type { Peripheral } from "../../peripheral.ts";
import type { PowerInput, PowerState } from "./state.ts";

export class Power implements Peripheral<PowerState, PowerInput> {
  state: PowerState = { mode: "on" };
  onChange: (() => void) | null = null;

  input(event: PowerInput): void {
    if (event !== "wake") throw new Error(`not a power event: ${JSON.stringify(event)}`);
    this.set("on");
  }

  reset(): void {
    this.set("on");
  }

  set(mode: PowerState["mode"]): void {
    if (mode === this.state.mode) return;
    this.state = { mode };
    this.onChange?.();
  }
}
