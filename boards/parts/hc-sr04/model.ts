// The ultrasonic distance sensor HC-SR04: after a trigger pulse it sends eight periods of 40 kHz and holds its echo lead high until the
// echo is back. ElecFreaks' datasheet: trigger 10 us, range 2 cm to 4 m; that the echo lead stays high for 38 ms when nothing comes
// back is in sellers' descriptions (Haitronic's "Operating Sequence"). Its echo lead is taken to be divided down to 3.3 V.
import type { Alarm, Clock } from "../../../interpreter/host.ts";
import { type Net, supplyVolts, Terminal } from "../../net.ts";
import type { Peripheral } from "../../peripheral.ts";
import { numberIn } from "../../wiring.ts";
import type { HcSr04Input, HcSr04State } from "./state.ts";

const triggerNs = 10_000;
/**
 * Eight periods of 40 kHz (datasheet, "Timing diagram"), and what the module's processor takes besides: no datasheet says how long,
 * and modules differ. 450 us together is a usual one.
 */
const burstNs = 8 * 25_000 + 250_000;
/** "Max Range 4 m": what is farther away is nothing to it. */
const farthestCm = 400;
const noEchoNs = 38e6;
const echoOhms = 1000;
// The program may be a little late in its own clock's steps.
const slackNs = 500;

export class HcSr04 implements Peripheral<HcSr04State, HcSr04Input> {
  state: HcSr04State = { distanceCm: 50, celsius: 20 };
  onChange: (() => void) | null = null;
  private readonly clock: Clock;
  private readonly trigger: Terminal;
  private readonly echo: Terminal;
  private wasHigh = false;
  private roseNs = NaN;
  private alarm: Alarm | null = null;

  constructor(nets: { readonly trigger: Net; readonly echo: Net }, clock: Clock) {
    this.clock = clock;
    this.trigger = new Terminal(nets.trigger);
    this.echo = new Terminal(nets.echo);
    this.drive(false);
    this.trigger.onSettle = () => this.look();
    this.look();
  }

  /** How long the echo lead is high, in ns: there and back at 331.3 + 0.606 T metres a second. */
  get echoNs(): number {
    const { distanceCm, celsius } = this.state;
    if (distanceCm > farthestCm) return noEchoNs;
    return ((2 * distanceCm) / 100 / (331.3 + 0.606 * celsius)) * 1e9;
  }

  input(event: HcSr04Input): void {
    const name = "celsius" in event ? "celsius" : "distanceCm";
    const value = numberIn("hc-sr04", name, event);
    if (value === this.state[name]) return;
    this.state = { ...this.state, [name]: value };
    this.onChange?.();
  }

  /** What stands before it stays over the board's reset. */
  reset(): void {}

  close(): void {
    this.alarm?.cancel();
    this.trigger.close();
    this.echo.close();
  }

  private look(): void {
    const isHigh = (this.trigger.volts ?? 0) > supplyVolts / 2;
    if (isHigh === this.wasHigh) return;
    this.wasHigh = isHigh;
    const { ns } = this.clock;
    if (isHigh) this.roseNs = ns;
    // While it measures it hears no trigger.
    else if (ns - this.roseNs >= triggerNs - slackNs && this.alarm === null) this.measure();
  }

  private measure(): void {
    this.alarm = this.clock.alarm(this.clock.ns + burstNs, () => {
      this.drive(true);
      this.alarm = this.clock.alarm(this.clock.ns + this.echoNs, () => {
        this.alarm = null;
        this.drive(false);
      });
    });
  }

  private drive(isHigh: boolean): void {
    this.echo.set({ volts: isHigh ? supplyVolts : 0, ohms: echoOhms });
  }
}
