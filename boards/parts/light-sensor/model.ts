// The light level around the board, as the display's LEDs measure it.
import type { Peripheral } from "../../peripheral.ts";
import type { LightSensorInput, LightSensorState } from "./state.ts";

export class LightSensor implements Peripheral<LightSensorState, LightSensorInput> {
  state: LightSensorState = { level: 127 };
  onChange: (() => void) | null = null;

  input(event: LightSensorInput): void {
    const level = Math.round(Math.max(0, Math.min(255, event.level)));
    if (Number.isNaN(level)) throw new Error(`not a light level: ${JSON.stringify(event)}`);
    if (level === this.state.level) return;
    this.state = { level };
    this.onChange?.();
  }

  reset(): void {}
}
