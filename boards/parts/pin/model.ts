// One pin: what the board drives, what the world puts on it, what either side reads. Who may use it for what is the
// binding's business (`mode`).
import type { Peripheral } from "../../peripheral.ts";
import type { PinInput, PinOutside, PinPull, PinState } from "./state.ts";

const untouched: PinOutside = { level: null, analog: null, touched: false };
const full = 1023;

export class Pin implements Peripheral<PinState, PinInput> {
  state: PinState;
  onChange: (() => void) | null = null;
  /** The level as the board reads it has changed. */
  onEdge: ((level: 0 | 1) => void) | null = null;
  readonly name: string;
  private readonly initialMode: string;

  constructor(name: string, initialMode: string) {
    this.name = name;
    this.initialMode = initialMode;
    this.state = this.idle(untouched);
  }

  input(event: PinInput): void {
    const before = this.read();
    const { outside } = this.state;
    if (event === "press" || event === "release") this.change({ outside: { ...outside, touched: event === "press" } });
    else if ("level" in event) this.change({ outside: { ...outside, level: event.level, analog: null } });
    else if ("analog" in event) {
      const analog = event.analog === null ? null : Math.round(Math.max(0, Math.min(full, event.analog)));
      this.change({ outside: { ...outside, level: null, analog } });
    } else if ("touched" in event) this.change({ outside: { ...outside, touched: event.touched } });
    else throw new Error(`not a pin event: ${JSON.stringify(event)}`);
    const after = this.read();
    if (after !== before) this.onEdge?.(after);
  }

  /** What is wired to it from outside stays over a reset. */
  reset(): void {
    this.onEdge = null;
    this.state = this.idle(this.state.outside);
    this.onChange?.();
  }

  /** The level on the pin: the world's wins over a pull resistor and over our own drive, as a short would. */
  read(): 0 | 1 {
    const { outside, level, pull } = this.state;
    if (outside.level !== null) return outside.level;
    if (outside.analog !== null) return outside.analog > full / 2 ? 1 : 0;
    if (level !== null) return level;
    return pull === "up" ? 1 : 0;
  }

  /** 0..1023. */
  readAnalog(): number {
    const { outside } = this.state;
    return outside.analog ?? (this.read() === 1 ? full : 0);
  }

  drive(level: 0 | 1): void {
    this.change({ level, duty: null });
  }

  pwm(duty: number): void {
    this.change({ duty, level: null });
  }

  setPeriodUs(periodUs: number): void {
    this.change({ periodUs });
  }

  setPull(pull: PinPull): void {
    this.change({ pull });
  }

  /** Gives the pin a new use; what it drove before ends. */
  setMode(mode: string): void {
    if (mode === this.state.mode) return;
    this.change({ mode, level: null, duty: null });
  }

  private idle(outside: PinOutside): PinState {
    return { mode: this.initialMode, level: null, duty: null, periodUs: 20000, pull: "none", outside };
  }

  private change(part: Partial<PinState>): void {
    this.state = { ...this.state, ...part };
    this.onChange?.();
  }
}
