// A relay module with a transistor: a Songle SRD whose coil a high pin switches on. Its datasheet gives at most 10 ms until the contact
// closes and 5 ms until it opens ("Operation time", "Releasing time"). Between the levels of the transistor's base it stays as it is.
import type { Alarm, Clock } from "../../../interpreter/host.ts";
import { type Net, Terminal } from "../../net.ts";
import type { Peripheral } from "../../peripheral.ts";
import type { RelayState } from "./state.ts";

const onVolts = 2;
const offVolts = 0.8;
const operateNs = 10e6;
const releaseNs = 5e6;

export class Relay implements Peripheral<RelayState, never> {
  state: RelayState = { isOn: false };
  onChange: (() => void) | null = null;
  private readonly clock: Clock;
  private readonly terminal: Terminal;
  private isPowered = false;
  private alarm: Alarm | null = null;

  constructor(nets: { readonly coil: Net }, clock: Clock) {
    this.clock = clock;
    this.terminal = new Terminal(nets.coil);
    this.terminal.onSettle = () => this.look();
    this.look();
  }

  input(event: never): void {
    throw new Error(`nothing happens to a relay: ${JSON.stringify(event)}`);
  }

  /** The board's reset is none of its own; its pins let go, and so does the coil. */
  reset(): void {}

  close(): void {
    this.alarm?.cancel();
    this.terminal.close();
  }

  // The coil is slow and has its diode: of a PWM it feels the mean.
  private look(): void {
    const volts = this.terminal.net.meanVolts;
    const isPowered = volts >= onVolts || (this.isPowered && volts > offVolts);
    if (isPowered === this.isPowered) return;
    this.isPowered = isPowered;
    this.alarm?.cancel();
    this.alarm = this.clock.alarm(this.clock.ns + (isPowered ? operateNs : releaseNs), () => this.contact(isPowered));
  }

  private contact(isOn: boolean): void {
    this.alarm = null;
    if (isOn === this.state.isOn) return;
    this.state = { isOn };
    this.onChange?.();
  }
}
