// The thermometer in the processor: whole degrees Celsius.
import type { Peripheral } from "../../peripheral.ts";
import { coldest, hottest, type ThermometerInput, type ThermometerState } from "./state.ts";

export class Thermometer implements Peripheral<ThermometerState, ThermometerInput> {
  state: ThermometerState = { celsius: 21 };
  onChange: (() => void) | null = null;

  input(event: ThermometerInput): void {
    const celsius = Math.round(Math.max(coldest, Math.min(hottest, event.celsius)));
    if (Number.isNaN(celsius)) throw new Error(`not a temperature: ${JSON.stringify(event)}`);
    if (celsius === this.state.celsius) return;
    this.state = { celsius };
    this.onChange?.();
  }

  reset(): void {}
}
