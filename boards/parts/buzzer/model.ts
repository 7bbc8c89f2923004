// A passive piezo buzzer: its disc moves at each change of the level, so what is heard is the frequency at which the pin changes. A level
// that stays is silence.
import type { Alarm, Clock } from "../../../interpreter/host.ts";
import { type Net, supplyVolts, Terminal } from "../../net.ts";
import type { Peripheral } from "../../peripheral.ts";
import type { BuzzerState } from "./state.ts";

/** Below this one hears clicks and no tone; above it nobody hears anything. */
const audibleHz = { least: 20, most: 20_000 };
/** A toggled tone that goes on is the same tone within this share: programs that toggle a pin are a little uneven. */
const sameShare = 0.01;

export class Buzzer implements Peripheral<BuzzerState, never> {
  state: BuzzerState = { frequency: 0 };
  onChange: (() => void) | null = null;
  private readonly clock: Clock;
  private readonly terminal: Terminal;
  private wasHigh = false;
  private wasPwm = false;
  private roseNs = NaN;
  private silence: Alarm | null = null;

  constructor(nets: { readonly signal: Net }, clock: Clock) {
    this.clock = clock;
    this.terminal = new Terminal(nets.signal);
    this.terminal.onSettle = () => this.look();
    this.look();
  }

  input(event: never): void {
    throw new Error(`nothing happens to a buzzer: ${JSON.stringify(event)}`);
  }

  /** The board's reset is none of its own. */
  reset(): void {}

  close(): void {
    this.silence?.cancel();
    this.terminal.close();
  }

  private look(): void {
    const { pwm } = this.terminal.net;
    if (pwm !== null) {
      this.silence?.cancel();
      this.silence = null;
      this.wasPwm = true;
      const sounds = pwm.highNs > 0 && pwm.highNs < pwm.periodNs;
      return this.sound(sounds ? 1e9 / pwm.periodNs : 0, 0);
    }
    const isHigh = (this.terminal.volts ?? 0) > supplyVolts / 2;
    if (this.wasPwm) {
      // A PWM has ended and left some level.
      this.wasPwm = false;
      this.wasHigh = isHigh;
      this.roseNs = NaN;
      return this.sound(0, 0);
    }
    if (isHigh === this.wasHigh) return;
    this.wasHigh = isHigh;
    if (!isHigh) return;
    const { ns } = this.clock;
    const hz = 1e9 / (ns - this.roseNs);
    this.roseNs = ns;
    this.silence?.cancel();
    this.silence = this.clock.alarm(ns + 2e9 / audibleHz.least, () => {
      this.silence = null;
      this.roseNs = NaN;
      this.sound(0, 0);
    });
    if (hz > 0) this.sound(hz, sameShare);
  }

  private sound(hz: number, tolerance: number): void {
    const frequency = hz < audibleHz.least || hz > audibleHz.most ? 0 : hz;
    const before = this.state.frequency;
    if (frequency === before || Math.abs(frequency - before) < before * tolerance) return;
    this.state = { frequency };
    this.onChange?.();
  }
}
