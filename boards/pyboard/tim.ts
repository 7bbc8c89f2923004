// The STM32F405's timers TIM1 to TIM14 as counters in virtual time (RM0090 chapters 17 to 20): prescaler, auto-reload, direction, what
// their channels put on pins, when they overflow and when they match. No Python.
import type { Alarm, Clock } from "../../interpreter/host.ts";
import { supplyVolts, type Drive } from "../net.ts";

/** TIM_COUNTERMODE_* of ST's HAL. */
export const counterModes = { UP: 0, DOWN: 0x10, CENTER: 0x20 } as const;
/** In the order of the firmware's numbers. */
export const channelModes = [
  "PWM",
  "PWM_INVERTED",
  "OC_TIMING",
  "OC_ACTIVE",
  "OC_INACTIVE",
  "OC_TOGGLE",
  "OC_FORCED_ACTIVE",
  "OC_FORCED_INACTIVE",
  "IC",
  "ENC_A",
  "ENC_B",
  "ENC_AB",
] as const;
export type ChannelMode = (typeof channelModes)[number];

const outputOhms = 100;
const wide: ReadonlySet<number> = new Set([2, 5]);
const onApb2: ReadonlySet<number> = new Set([1, 8, 9, 10, 11]);
const apb2Hz = 168_000_000;
const apb1Hz = 84_000_000;

/** What a channel drives, by its mode; the pins that show it are the binding's business. */
export interface Output {
  readonly mode: ChannelMode;
  compare: number;
  /** Active low. */
  readonly isInverted: boolean;
  /** The level of OC_ACTIVE, OC_INACTIVE and the first of OC_TOGGLE. */
  isActive: boolean;
}

export class Tim {
  readonly id: number;
  /** 0xffff, or 32 bits. */
  readonly mask: number;
  readonly sourceHz: number;
  prescaler = 0;
  period = 0;
  mode: number = counterModes.UP;
  isOn = false;
  /** The counter has overflowed, or come back to 0. */
  onUpdate: (() => void) | null = null;
  private readonly clock: Clock;
  /** When the counter was, or would have been, at its beginning. */
  private startNs = 0;
  /** Instead of time, encoders count. */
  private encoded: number | null = null;
  private alarm: Alarm | null = null;

  constructor(clock: Clock, id: number) {
    this.clock = clock;
    this.id = id;
    this.mask = wide.has(id) ? 0xffffffff : 0xffff;
    this.sourceHz = onApb2.has(id) ? apb2Hz : apb1Hz;
  }

  get tickNs(): number {
    return ((this.prescaler + 1) * 1e9) / this.sourceHz;
  }
  /** Ticks until the counter is where it was. */
  get cycle(): number {
    return this.mode === counterModes.CENTER ? 2 * Math.max(1, this.period) : this.period + 1;
  }
  get cycleNs(): number {
    return this.cycle * this.tickNs;
  }
  /** Since the beginning of the cycle that runs. */
  private get phaseNs(): number {
    const { cycleNs } = this;
    const phase = (this.clock.ns - this.startNs) % cycleNs;
    return phase < 0 ? phase + cycleNs : phase;
  }

  get counter(): number {
    if (this.encoded !== null) return this.encoded;
    if (!this.isOn) return 0;
    const ticks = Math.floor(this.phaseNs / this.tickNs + 1e-6);
    if (this.mode === counterModes.DOWN) return this.period - ticks;
    if (this.mode === counterModes.CENTER && ticks > this.period) return this.cycle - ticks;
    return ticks;
  }
  set counter(value: number) {
    const wanted = value & this.mask;
    if (this.encoded !== null) this.encoded = wanted >>> 0;
    else this.startNs = this.clock.ns - (this.mode === counterModes.DOWN ? this.period - wanted : wanted) * this.tickNs;
    this.watch();
  }

  /** Begins to count, from the beginning. */
  start(prescaler: number, period: number, mode: number): void {
    [this.prescaler, this.period, this.mode] = [prescaler & 0xffff, (period & this.mask) >>> 0, mode];
    this.encoded = null;
    this.isOn = true;
    this.startNs = this.clock.ns;
    this.watch();
  }

  /** Another prescaler or period. Both are buffered and count from the next cycle on (ARPE); it begins now at the same count. */
  set(prescaler: number, period: number): void {
    const { counter } = this;
    [this.prescaler, this.period] = [prescaler & 0xffff, (period & this.mask) >>> 0];
    if (this.isOn && this.encoded === null) this.counter = Math.min(counter, this.period);
  }

  stop(): void {
    this.isOn = false;
    this.encoded = null;
    this.watch();
  }

  /** From now on it counts steps of an encoder, from 0. */
  encode(): void {
    this.encoded = 0;
    this.isOn = true;
    this.watch();
  }
  step(by: 1 | -1): void {
    if (this.encoded === null) return;
    const next = this.encoded + by;
    this.encoded = next > this.period ? 0 : next < 0 ? this.period : next;
    if (next !== this.encoded) this.onUpdate?.();
  }

  /** Sets or takes away what wants to know of updates. */
  listen(onUpdate: (() => void) | null): void {
    this.onUpdate = onUpdate;
    this.watch();
  }

  /** When the counter is at `compare` next, in clock ns; Infinity when never. */
  nextMatchNs(compare: number): number {
    if (!this.isOn || this.encoded !== null || compare > this.period) return Infinity;
    const at = (this.mode === counterModes.DOWN ? this.period - compare : compare) * this.tickNs;
    const ahead = at - this.phaseNs;
    return this.clock.ns + (ahead > 1e-3 ? ahead : ahead + this.cycleNs);
  }

  /** What a channel's pins are driven to. */
  drive(output: Output): Drive {
    const level = (isHigh: boolean): Drive => ({ volts: isHigh !== output.isInverted ? supplyVolts : 0, ohms: outputOhms });
    if (!this.isOn) return level(false);
    switch (output.mode) {
      case "PWM":
      case "PWM_INVERTED":
        return this.pulses(output, output.mode === "PWM_INVERTED");
      case "OC_TOGGLE":
        return this.toggles(output);
      case "OC_ACTIVE":
      case "OC_INACTIVE":
        return level(output.isActive);
      case "OC_FORCED_ACTIVE":
        return level(true);
      case "OC_FORCED_INACTIVE":
        return level(false);
      default:
        return null;
    }
  }

  /** PWM mode 1: active while the counter is below the compare value; mode 2 is its opposite (RM0090 17.3.10). */
  private pulses({ compare, isInverted }: Output, isOpposite: boolean): Drive {
    const { cycleNs, tickNs, cycle } = this;
    const isCenter = this.mode === counterModes.CENTER;
    const ticks = Math.min(cycle, isCenter ? 2 * compare : compare);
    const startsLow = isOpposite !== isInverted;
    if (ticks === 0 || ticks >= cycle) return { volts: ticks > 0 !== startsLow ? supplyVolts : 0, ohms: outputOhms };
    const activeNs = ticks * tickNs;
    // Counting down it is active at the end, counting both ways around the turn at 0.
    const shift = isCenter ? -compare * tickNs : this.mode === counterModes.DOWN ? cycleNs - activeNs : 0;
    const startNs = this.startNs + shift;
    return {
      periodNs: cycleNs,
      highNs: startsLow ? cycleNs - activeNs : activeNs,
      startNs,
      highAtEnd: startsLow,
      ohms: outputOhms,
    };
  }

  /** The output changes at each match: half the timer's frequency. */
  private toggles({ compare, isInverted, isActive }: Output): Drive {
    const { cycleNs, tickNs } = this;
    const at = (this.mode === counterModes.DOWN ? this.period - compare : compare) * tickNs;
    const startsLow = isActive !== isInverted;
    return { periodNs: 2 * cycleNs, highNs: cycleNs, startNs: this.startNs + at, highAtEnd: startsLow, ohms: outputOhms };
  }

  private watch(): void {
    this.alarm?.cancel();
    this.alarm = null;
    if (!this.isOn || this.onUpdate === null || this.encoded !== null) return;
    // Counting both ways, it updates at either end.
    const between = this.mode === counterModes.CENTER ? this.cycleNs / 2 : this.cycleNs;
    const next = this.clock.ns + between - (this.phaseNs % between);
    this.alarm = this.clock.alarm(next, () => {
      this.onUpdate?.();
      this.watch();
    });
  }
}
