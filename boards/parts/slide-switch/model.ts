// A slide switch whose middle lead is on the pin and whose ends are on ground and 3.3 V. It breaks before it makes, as C&K's OS series
// does ("Contact timing: non-shorting"): for the moment of sliding nothing holds the pin.
import type { Alarm, Clock } from "../../../interpreter/host.ts";
import { type Net, supplyVolts, Terminal } from "../../net.ts";
import type { Peripheral } from "../../peripheral.ts";
import type { SlideSwitchInput, SlideSwitchState } from "./state.ts";

const contactOhms = 0.1;
const slidingNs = 3e6;

export class SlideSwitch implements Peripheral<SlideSwitchState, SlideSwitchInput> {
  state: SlideSwitchState = { on: false };
  onChange: (() => void) | null = null;
  private readonly clock: Clock;
  private readonly terminal: Terminal;
  private alarm: Alarm | null = null;

  constructor(nets: { readonly signal: Net }, clock: Clock) {
    this.clock = clock;
    this.terminal = new Terminal(nets.signal);
    this.make();
  }

  input({ on }: SlideSwitchInput): void {
    if (typeof on !== "boolean") throw new Error("a slide switch is on or off");
    if (on === this.state.on) return;
    this.state = { on };
    this.alarm?.cancel();
    this.terminal.set(null);
    this.alarm = this.clock.alarm(this.clock.ns + slidingNs, () => this.make());
    this.onChange?.();
  }

  /** It stays where it is over the board's reset. */
  reset(): void {}

  close(): void {
    this.alarm?.cancel();
    this.terminal.close();
  }

  private make(): void {
    this.terminal.set({ volts: this.state.on ? supplyVolts : 0, ohms: contactOhms });
  }
}
