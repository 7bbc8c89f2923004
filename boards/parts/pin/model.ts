// One pin of the processor: drive, pull, open drain, PWM and the levels it reads, on a net (net.ts) that parts share with it.
// Who may use it for what is the binding's business (`mode`). nRF51822 PS v3.3 and nRF52833 PS v1.6: thresholds and pulls.
import type { Peripheral } from "../../peripheral.ts";
import { type Drive, type Net, supplyVolts, Terminal } from "../../net.ts";
import type { Debounce } from "../button/debounce.ts";
import type { PinInput, PinOutside, PinPull, PinState } from "./state.ts";

const untouched: PinOutside = { level: null, analog: null, touched: false };
const full = 1023;
// VIH is 0.7 VDD and VIL 0.3 VDD; in between the input keeps what it read (GPIO electrical specification).
const highVolts = 0.7 * supplyVolts;
const lowVolts = 0.3 * supplyVolts;
const pullOhms = 13000;
const outputOhms = 100;
// A level that a hand puts there is as good as a short; a finger is not.
const handOhms = 1;
const fingerOhms = 200000;
// The converter's own input takes more than a source of this resistance gives.
const analogOhms = 1e6;

export class Pin implements Peripheral<PinState, PinInput> {
  state: PinState;
  onChange: (() => void) | null = null;
  /** The level as the board reads it has changed. */
  onEdge: ((level: 0 | 1) => void) | null = null;
  readonly name: string;
  /** Whether its pulses come at the end of the period, as V1's software PWM makes them. */
  pulsesAtEnd = false;
  /** Debounces touches while the pin is used for that; null where a pin cannot. */
  touch: Debounce | null = null;
  touchMode: "resistive" | "capacitive" = "resistive";
  /** Whether the PWM is still connected, be it at 0. */
  hasPwm = false;
  /** What other parts reach the pin by. */
  readonly terminal: Terminal;
  private readonly initialMode: string;
  private readonly hand: Terminal;
  private readonly finger: Terminal;
  /** What it drives as soon as it is an output: the OUT register's bit. */
  latch: 0 | 1 = 0;
  private isOpenDrain = false;
  private lent: Drive = null;
  private lastRead: 0 | 1 = 0;

  constructor(name: string, initialMode: string, net: Net) {
    this.name = name;
    this.initialMode = initialMode;
    this.state = this.idle(untouched);
    this.terminal = new Terminal(net);
    this.hand = new Terminal(net);
    this.finger = new Terminal(net);
    this.terminal.onSettle = () => this.look();
  }

  /** The net it is on now. */
  get net(): Net {
    return this.terminal.net;
  }

  input(event: PinInput): void {
    const { outside } = this.state;
    if (event === "press" || event === "release") this.setTouched(event === "press");
    else if ("level" in event) this.change({ outside: { ...outside, level: event.level, analog: null } });
    else if ("analog" in event) {
      const analog = event.analog === null ? null : Math.round(Math.max(0, Math.min(full, event.analog)));
      this.change({ outside: { ...outside, level: null, analog } });
    } else if ("touched" in event) this.setTouched(event.touched);
    else throw new Error(`not a pin event: ${JSON.stringify(event)}`);
    const { level, analog } = this.state.outside;
    const volts = level !== null ? level * supplyVolts : analog !== null ? (analog / full) * supplyVolts : null;
    this.hand.set(volts === null ? null : { volts, ohms: handOhms });
  }

  /** What is wired to it from outside stays over a reset. */
  reset(): void {
    this.onEdge = null;
    this.isOpenDrain = false;
    this.lent = null;
    this.hasPwm = false;
    this.latch = 0;
    this.touchMode = "resistive";
    this.touch?.run(false);
    this.touch?.reset();
    this.state = this.idle(this.state.outside);
    this.apply();
    this.onChange?.();
  }

  /** The level on the pin as its input buffer sees it now. */
  read(): 0 | 1 {
    const volts = this.net.volts();
    if (volts !== null && volts >= highVolts) this.lastRead = 1;
    else if (volts !== null && volts <= lowVolts) this.lastRead = 0;
    else if (volts === null) this.lastRead = this.state.level ?? 0;
    return this.lastRead;
  }

  /** 0..1023 of the supply. */
  readAnalog(): number {
    const volts = this.net.volts(analogOhms) ?? 0;
    return Math.round((Math.max(0, Math.min(supplyVolts, volts)) / supplyVolts) * full);
  }

  /** When the level changes by itself next, in clock ns. */
  get nextEdgeNs(): number {
    return this.net.nextEdgeNs;
  }

  /** Drives the pin high or low. */
  drive(level: 0 | 1): void {
    this.latch = level;
    this.isOpenDrain = false;
    this.hasPwm = false;
    this.change({ level, duty: null });
    this.apply();
  }

  /** Another level, whether it is an output now or later. */
  setLatch(level: 0 | 1): void {
    this.latch = level;
    if (this.state.level !== null) this.drive(level);
  }

  /** Lets go of the pin, to read it. */
  release(pull: PinPull): void {
    this.isOpenDrain = false;
    this.hasPwm = false;
    this.change({ level: null, duty: null, pull });
    this.apply();
  }

  /** Drives low, or lets go. */
  driveOpenDrain(level: 0 | 1): void {
    this.isOpenDrain = true;
    this.change({ level, duty: null });
    this.apply();
  }

  /** Pulses: so many 1023rds of the period high. */
  pwm(duty: number): void {
    this.hasPwm = true;
    this.change({ duty, level: null });
    this.apply();
  }

  /** The firmware's sound on the pin: pulses that belong to no program; low where there is no tone. */
  tone(hz: number | null, duty: number): void {
    const periodNs = hz === null ? 0 : 1e9 / hz;
    this.lend(
      hz === null
        ? { volts: 0, ohms: outputOhms }
        : { periodNs, highNs: periodNs * duty, startNs: 0, highAtEnd: this.pulsesAtEnd, ohms: outputOhms },
    );
  }

  /** A peripheral has the pin, and drives it with this; null: none has. */
  lend(drive: Drive): void {
    this.lent = drive;
    this.apply();
  }

  setPeriodUs(periodUs: number): void {
    this.change({ periodUs });
    this.apply();
  }

  setPull(pull: PinPull): void {
    this.change({ pull });
    this.apply();
  }

  /** Gives the pin a new use; what it drove before ends. */
  setMode(mode: string): void {
    if (mode === this.state.mode) return;
    this.isOpenDrain = false;
    this.lent = null;
    this.touch?.run(mode === "touch");
    this.change({ mode, level: null, duty: null });
    this.apply();
  }

  /** What a touch sensor on the pin finds: a finger's capacity, or a level pulled low by it. */
  get isTouchActive(): boolean {
    return this.touchMode === "capacitive" ? this.state.outside.touched : this.read() === 0;
  }

  private setTouched(touched: boolean): void {
    this.change({ outside: { ...this.state.outside, touched } });
    this.finger.set(touched ? { volts: 0, ohms: fingerOhms } : null);
    this.touch?.look();
  }

  private apply(): void {
    this.terminal.set(this.driven());
  }

  private driven(): Drive {
    if (this.lent !== null) return this.lent;
    const { level, duty, periodUs, pull } = this.state;
    if (duty !== null) {
      const periodNs = periodUs * 1000;
      return { periodNs, highNs: (periodNs * duty) / full, startNs: 0, highAtEnd: this.pulsesAtEnd, ohms: outputOhms };
    }
    if (level !== null && !(this.isOpenDrain && level === 1)) return { volts: level * supplyVolts, ohms: outputOhms };
    if (pull === "none") return null;
    return { volts: pull === "up" ? supplyVolts : 0, ohms: pullOhms };
  }

  private look(): void {
    const before = this.lastRead;
    const now = this.read();
    if (now === before) return;
    this.touch?.look();
    this.onEdge?.(now);
  }

  private idle(outside: PinOutside): PinState {
    return { mode: this.initialMode, level: null, duty: null, periodUs: 20000, pull: "none", outside };
  }

  private change(part: Partial<PinState>): void {
    this.state = { ...this.state, ...part };
    this.onChange?.();
  }
}
