// A passive infrared motion sensor HC-SR501 with its jumper on H (repeatable trigger): its output is 3.3 V for a set time after the last
// motion, then it notices nothing for 2.5 s (datasheet: "Lockout time"). The minute that it takes to get used to a room is over.
import type { Alarm, Clock } from "../../../interpreter/host.ts";
import { type Net, supplyVolts, Terminal } from "../../net.ts";
import type { Peripheral } from "../../peripheral.ts";
import { optionsOf } from "../../wiring.ts";
import type { PirInput, PirState } from "./state.ts";

const lockoutNs = 2.5e9;
// The output of its BISS0001 chip goes over a resistor.
const outputOhms = 1000;

export class Pir implements Peripheral<PirState, PirInput> {
  state: PirState = { isHigh: false };
  onChange: (() => void) | null = null;
  private readonly clock: Clock;
  private readonly terminal: Terminal;
  private readonly holdNs: number;
  private isLocked = false;
  private alarm: Alarm | null = null;

  constructor(nets: { readonly signal: Net }, clock: Clock, options: Readonly<Record<string, number | string>> = {}) {
    this.clock = clock;
    this.holdNs = Number(optionsOf("pir", options)["holdMs"]) * 1e6;
    this.terminal = new Terminal(nets.signal);
    this.drive(false);
  }

  input(event: PirInput): void {
    if (event !== "motion") throw new Error(`not a motion: ${JSON.stringify(event)}`);
    if (this.isLocked) return;
    this.alarm?.cancel();
    this.alarm = this.clock.alarm(this.clock.ns + this.holdNs, () => this.lock());
    if (!this.state.isHigh) this.change(true);
  }

  /** It has a supply of its own: the board's reset is none of it. */
  reset(): void {}

  close(): void {
    this.alarm?.cancel();
    this.terminal.close();
  }

  private lock(): void {
    this.change(false);
    this.isLocked = true;
    this.alarm = this.clock.alarm(this.clock.ns + lockoutNs, () => (this.isLocked = false));
  }

  private change(isHigh: boolean): void {
    this.state = { isHigh };
    this.drive(isHigh);
    this.onChange?.();
  }

  private drive(isHigh: boolean): void {
    this.terminal.set({ volts: isHigh ? supplyVolts : 0, ohms: outputOhms });
  }
}
