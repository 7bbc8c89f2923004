// The magnetometer lying flat in the earth's field. A heading gives the field and a field gives the heading.
import type { RegisterMap } from "../../i2c-registers.ts";
import type { Peripheral } from "../../peripheral.ts";
import type { CompassInput, CompassState } from "./state.ts";

// Middle Europe: 20 uT along the ground, 44 uT into it.
const alongGround = 20000;
const intoGround = -44000;

export class Compass implements Peripheral<CompassState, CompassInput> {
  state: CompassState = { ...fieldOf(0), heading: 0, calibrated: false };
  onChange: (() => void) | null = null;
  /** Its chip's registers, for a board that has it on its pins' bus. */
  chip: RegisterMap | null = null;

  input(event: CompassInput): void {
    if ("calibrated" in event) return this.setCalibrated(event.calibrated);
    if ("heading" in event) {
      const heading = ((Math.round(event.heading) % 360) + 360) % 360;
      if (Number.isNaN(heading)) throw new Error(`not a heading: ${JSON.stringify(event)}`);
      this.state = { ...this.state, ...fieldOf(heading), heading };
    } else {
      const { x, y, z } = event;
      if (![x, y, z].every(Number.isFinite)) throw new Error(`not a field: ${JSON.stringify(event)}`);
      const heading = (Math.round((Math.atan2(x, -y) * 180) / Math.PI) + 360) % 360;
      this.state = { ...this.state, x, y, z, heading };
    }
    this.onChange?.();
  }

  reset(): void {
    this.chip?.reset();
  }

  setCalibrated(calibrated: boolean): void {
    if (calibrated === this.state.calibrated) return;
    this.state = { ...this.state, calibrated };
    this.onChange?.();
  }

  get strength(): number {
    const { x, y, z } = this.state;
    return Math.trunc(Math.hypot(x, y, z));
  }
}

function fieldOf(heading: number): { x: number; y: number; z: number } {
  const angle = (heading * Math.PI) / 180;
  return { x: Math.round(alongGround * Math.sin(angle)), y: Math.round(-alongGround * Math.cos(angle)), z: intoGround };
}
