// A tactile switch from a pin to ground or to 3.3 V. Its contacts bounce, as Omron's B3F datasheet allows: at most 5 ms
// ("Bounce time"), below 100 milliohms ("Contact resistance") when closed.
import type { Alarm, Clock } from "../../../interpreter/host.ts";
import { type Net, type Source, supplyVolts, Terminal } from "../../net.ts";
import type { Peripheral } from "../../peripheral.ts";
import { optionsOf } from "../../wiring.ts";
import type { PushButtonInput, PushButtonState } from "./state.ts";

const contactOhms = 0.1;
/** When the contact changes after a press or a release: it closes, opens again twice, and stays. The same every time. */
export const bouncesUs = [0, 250, 600, 1100, 1900] as const;

export class PushButton implements Peripheral<PushButtonState, PushButtonInput> {
  state: PushButtonState = { pressed: false };
  onChange: (() => void) | null = null;
  private readonly clock: Clock;
  private readonly terminal: Terminal;
  private readonly closed: Source;
  private alarms: Alarm[] = [];

  constructor(nets: { readonly signal: Net }, clock: Clock, options: Readonly<Record<string, number | string>> = {}) {
    this.clock = clock;
    this.closed = { volts: optionsOf("push-button", options)["to"] === "supply" ? supplyVolts : 0, ohms: contactOhms };
    this.terminal = new Terminal(nets.signal);
  }

  input(event: PushButtonInput): void {
    if (event !== "press" && event !== "release") throw new Error(`not a push button event: ${JSON.stringify(event)}`);
    const pressed = event === "press";
    if (pressed === this.state.pressed) return;
    this.state = { pressed };
    this.rest();
    const start = this.clock.ns;
    for (const [i, us] of bouncesUs.entries()) {
      const isClosed = (i % 2 === 0) === pressed;
      if (us === 0) this.contact(isClosed);
      else this.alarms.push(this.clock.alarm(start + us * 1000, () => this.contact(isClosed)));
    }
    this.onChange?.();
  }

  /** A finger stays where it is over the board's reset. */
  reset(): void {}

  close(): void {
    this.rest();
    this.terminal.close();
  }

  private contact(isClosed: boolean): void {
    this.terminal.set(isClosed ? this.closed : null);
  }

  private rest(): void {
    for (const alarm of this.alarms) alarm.cancel();
    this.alarms = [];
  }
}
