// A hobby servo like the SG90: the length of the pulse that comes every 20 ms is the angle, and it gets there at 0.1 s for 60 degrees
// (Tower Pro SG90 data: "Operating speed: 0.1 s/60 degree", 50 Hz). Without pulses it stays where it is, without force.
import type { Alarm, Clock } from "../../../interpreter/host.ts";
import { type Net, supplyVolts, Terminal } from "../../net.ts";
import type { Peripheral } from "../../peripheral.ts";
import { optionsOf } from "../../wiring.ts";
import type { ServoState } from "./state.ts";

const fullDegrees = 180;
const degreesPerMs = 60 / 100;
const stepMs = 10;
/** Its electronics take no pulse for one that lies this far outside. */
const slackUs = 200;
/**
 * A pulse this much longer or shorter than the last is the same to it: "Dead band width: 5 us" (Tower Pro MG90S data, the same servo
 * with metal gears; what we have of the SG90's own names none).
 */
const deadBandUs = 5;
/** Analog servos want a pulse every 20 ms; after three missing ones it lets go. */
const patienceMs = 60;
/** Shorter than this from one pulse to the next there is no time for the motor, and it does not follow. */
const shortestPeriodUs = 2500;

export class Servo implements Peripheral<ServoState, never> {
  state: ServoState = { angle: 90, target: 90, isPowered: false };
  onChange: (() => void) | null = null;
  private readonly clock: Clock;
  private readonly terminal: Terminal;
  private readonly minUs: number;
  private readonly maxUs: number;
  private wasHigh = false;
  private wasPwm = false;
  private takenUs = NaN;
  private roseNs = NaN;
  private moving: Alarm | null = null;
  private letting: Alarm | null = null;

  constructor(nets: { readonly signal: Net }, clock: Clock, options: Readonly<Record<string, number | string>> = {}) {
    this.clock = clock;
    const { minUs, maxUs } = optionsOf("servo", options);
    [this.minUs, this.maxUs] = [Number(minUs), Number(maxUs)];
    this.terminal = new Terminal(nets.signal);
    this.terminal.onSettle = () => this.look();
    this.look();
  }

  input(event: never): void {
    throw new Error(`nothing happens to a servo: ${JSON.stringify(event)}`);
  }

  /** It has a supply of its own; a board that is reset sends no pulses. */
  reset(): void {}

  close(): void {
    this.moving?.cancel();
    this.letting?.cancel();
    this.terminal.close();
  }

  private look(): void {
    const { pwm } = this.terminal.net;
    if (pwm !== null) {
      this.wasPwm = true;
      // The pulses go on by themselves until somebody changes the net.
      const isPulse = pwm.highNs > 0 && pwm.highNs < pwm.periodNs && pwm.periodNs >= shortestPeriodUs * 1000;
      const us = pwm.highNs / 1000;
      if (isPulse && this.takes(us)) this.pulse(us, false);
      else if (this.letting === null) this.letGoSoon();
      return;
    }
    const isHigh = (this.terminal.volts ?? 0) > supplyVolts / 2;
    if (this.wasPwm) {
      // A PWM has ended and left some level; when that began is not known, so it is no pulse.
      this.wasPwm = false;
      this.wasHigh = isHigh;
      this.roseNs = NaN;
      if (this.letting === null) this.letGoSoon();
      return;
    }
    if (isHigh === this.wasHigh) return;
    this.wasHigh = isHigh;
    if (isHigh) this.roseNs = this.clock.ns;
    else {
      const us = (this.clock.ns - this.roseNs) / 1000;
      if (this.takes(us)) this.pulse(us, true);
    }
  }

  private takes(us: number): boolean {
    return us >= this.minUs - slackUs && us <= this.maxUs + slackUs;
  }

  private pulse(us: number, isOne: boolean): void {
    this.letting?.cancel();
    this.letting = null;
    if (!(Math.abs(us - this.takenUs) <= deadBandUs)) this.takenUs = us;
    const share = Math.max(0, Math.min(1, (this.takenUs - this.minUs) / (this.maxUs - this.minUs)));
    const target = Math.round(share * fullDegrees * 10) / 10;
    this.change({ target, isPowered: true });
    this.moving ??= this.clock.alarm(this.clock.ns + stepMs * 1e6, () => this.move());
    if (isOne) this.letGoSoon();
  }

  private letGoSoon(): void {
    this.letting?.cancel();
    this.letting = null;
    if (!this.state.isPowered) return;
    this.letting = this.clock.alarm(this.clock.ns + patienceMs * 1e6, () => {
      this.letting = null;
      this.change({ isPowered: false });
    });
  }

  private move(): void {
    this.moving = null;
    const { angle, target, isPowered } = this.state;
    if (!isPowered || angle === target) return;
    const step = degreesPerMs * stepMs;
    this.change({ angle: Math.abs(target - angle) <= step ? target : angle + Math.sign(target - angle) * step });
    this.moving = this.clock.alarm(this.clock.ns + stepMs * 1e6, () => this.move());
  }

  private change(change: Partial<ServoState>): void {
    const next = { ...this.state, ...change };
    if (next.angle === this.state.angle && next.target === this.state.target && next.isPowered === this.state.isPowered) return;
    this.state = next;
    this.onChange?.();
  }
}
