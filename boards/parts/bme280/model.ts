// Bosch's BME280 on I2C, after BST-BME280-DS002: modes (3.3), oversampling and filter (3.4), registers (chapter 5), times (9.1).
// Nothing runs while nobody looks: what has been measured is worked out when a register is read or the air changes.
import type { Clock } from "../../../interpreter/host.ts";
import type { I2cDevice } from "../../bus.ts";
import { type Net, Terminal } from "../../net.ts";
import type { Peripheral } from "../../peripheral.ts";
import { numberIn, optionsOf } from "../../wiring.ts";
import { celsiusOf, humidityOf, pascalOf, rawFor, trimmingBytes } from "./compensation.ts";
import type { Bme280Input, Bme280State } from "./state.ts";

const reg = { id: 0xd0, reset: 0xe0, ctrlHum: 0xf2, status: 0xf3, ctrlMeas: 0xf4, config: 0xf5, data: 0xf7 } as const;
const chipId = 0x60;
const resetWord = 0xb6;
// Table 1: the chip reads its trimming for 2 ms after power-on or reset.
const startupNs = 2e6;
// Table 27, t_sb.
const standbyMs = [0.5, 62.5, 125, 250, 500, 1000, 10, 20] as const;
// What stands for a measurement that was skipped (5.4.7 to 5.4.9).
const skipped = { temperature: 0x80000, pressure: 0x80000, humidity: 0x8000 } as const;
// After so many samples of the same air the strongest filter has settled.
const settledSamples = 500;

interface Run {
  readonly mode: "forced" | "normal";
  from: number;
  done: number;
}

export class Bme280 implements Peripheral<Bme280State, Bme280Input>, I2cDevice {
  state: Bme280State = { celsius: 21, hectopascal: 1013, humidity: 45 };
  onChange: (() => void) | null = null;
  readonly address: number;
  private readonly terminals: readonly Terminal[];
  private readonly clock: Clock;
  private lastNs: number;
  private startedNs = 0;
  private ctrlHum = 0;
  // A new ctrl_hum counts from the next write of ctrl_meas on (5.4.3).
  private humidityInUse = 0;
  private ctrlMeas = 0;
  private config = 0;
  private data: Record<keyof typeof skipped, number> = { ...skipped };
  private filtered: { temperature: number; pressure: number } | null = null;
  private run: Run | null = null;
  // A ctrl_meas that is written while the chip measures counts when it has done (3.3.1).
  private queued: number | null = null;
  private pointer = 0;
  private takesPointer = true;
  private latched: Uint8Array = new Uint8Array(8);

  constructor(
    nets: { readonly sda: Net; readonly scl: Net },
    clock: Clock,
    options: Readonly<Record<string, number | string>> = {},
  ) {
    this.address = Number(optionsOf("bme280", options)["address"]);
    this.clock = clock;
    this.lastNs = clock.ns;
    this.powerOn(clock.ns);
    this.terminals = [
      new Terminal(nets.sda, { line: "sda", device: this }),
      new Terminal(nets.scl, { line: "scl", device: this }),
    ];
  }

  input(event: Bme280Input): void {
    const name = Object.keys(event ?? {})[0] as keyof Bme280State;
    const value = numberIn("bme280", name, event);
    // What has been measured until now was of the air as it was.
    this.advance(0);
    if (value === this.state[name]) return;
    this.state = { ...this.state, [name]: value };
    this.onChange?.();
  }

  /** The board's reset is none of its own. */
  reset(): void {}

  close(): void {
    for (const terminal of this.terminals) terminal.close();
  }

  // 4.1: a burst gives the numbers of one measurement, whatever ends meanwhile.
  start(isRead: boolean): void {
    this.takesPointer = true;
    if (!isRead) return;
    this.advance(0);
    const { temperature: t, pressure: p, humidity: h } = this.data;
    this.latched = Uint8Array.of(p >> 12, p >> 4, p << 4, t >> 12, t >> 4, t << 4, h >> 8, h);
  }

  // 6.2.1: register and value in turn.
  write(byte: number, afterNs = 0): boolean {
    if (this.takesPointer) this.pointer = byte;
    else this.set(this.pointer, byte, this.advance(afterNs));
    this.takesPointer = !this.takesPointer;
    return true;
  }

  // 6.2.2: the register goes up by itself.
  read(afterNs = 0): number {
    const register = this.pointer;
    this.pointer = (register + 1) & 0xff;
    if (register >= reg.data && register < reg.data + this.latched.length) return this.latched[register - reg.data]!;
    return this.get(register, this.advance(afterNs));
  }

  stop(): void {}

  private get(register: number, now: number): number {
    switch (register) {
      case reg.id:
        return chipId;
      case reg.ctrlHum:
        return this.ctrlHum;
      case reg.status:
        return (this.isMeasuring(now) ? 0x08 : 0) | (now < this.startedNs ? 0x01 : 0);
      case reg.ctrlMeas:
        return this.ctrlMeas;
      case reg.config:
        return this.config;
    }
    for (const [base, bytes] of Object.entries(trimmingBytes)) {
      const byte = bytes[register - Number(base)];
      if (byte !== undefined) return byte;
    }
    return 0;
  }

  private set(register: number, value: number, now: number): void {
    if (register === reg.reset && value === resetWord) this.powerOn(now);
    else if (register === reg.ctrlHum) this.ctrlHum = value & 0x07;
    else if (register === reg.config) {
      // Another cycle, in which what goes on now began when it did.
      if (this.run) this.run = { ...this.run, from: this.run.from + this.run.done * this.cycleNs, done: 0 };
      this.config = value & 0xfd;
    } else if (register === reg.ctrlMeas) {
      if (this.isMeasuring(now)) this.queued = value;
      else this.begin(value, now);
    }
  }

  private begin(ctrlMeas: number, from: number): void {
    const mode = ctrlMeas & 0x03;
    this.ctrlMeas = ctrlMeas;
    this.humidityInUse = this.ctrlHum;
    this.run = mode === 0 ? null : { mode: mode === 3 ? "normal" : "forced", from, done: 0 };
    this.queued = null;
  }

  private powerOn(now: number): void {
    this.startedNs = now + startupNs;
    [this.ctrlHum, this.humidityInUse, this.ctrlMeas, this.config] = [0, 0, 0, 0];
    this.data = { ...skipped };
    this.filtered = null;
    this.run = null;
    this.queued = null;
  }

  private isMeasuring(now: number): boolean {
    if (this.run === null) return false;
    const { mode, from } = this.run;
    const since = mode === "forced" ? now - from : (now - from) % this.cycleNs;
    return since >= 0 && since < this.measureNs;
  }

  private get samples(): Record<keyof typeof skipped, number> {
    return {
      temperature: times(this.ctrlMeas >> 5),
      pressure: times((this.ctrlMeas >> 2) & 0x07),
      humidity: times(this.humidityInUse),
    };
  }

  // 9.1, typically: 1 ms, 2 ms for each sample, and half a millisecond each for pressure and humidity.
  private get measureNs(): number {
    const { temperature, pressure, humidity } = this.samples;
    const half = (count: number): number => (count > 0 ? 0.5 : 0);
    return (1 + 2 * (temperature + pressure + humidity) + half(pressure) + half(humidity)) * 1e6;
  }
  private get cycleNs(): number {
    return this.measureNs + standbyMs[this.config >> 5]! * 1e6;
  }

  // Table 28: the filter's coefficient; 1 is none.
  private get strength(): number {
    return 2 ** Math.min(4, (this.config >> 2) & 0x07);
  }

  /** Does what was to be done up to so much after the clock's now; that instant. */
  private advance(afterNs: number): number {
    const { ns } = this.clock;
    // The board's clock starts anew with its reset; the chip goes on where it was.
    if (ns < this.lastNs) {
      const back = ns - this.lastNs;
      this.startedNs += back;
      if (this.run) this.run.from = Math.min(this.run.from + back, ns);
    }
    this.lastNs = ns;
    const now = ns + afterNs;
    while (this.run !== null) {
      const { mode, from, done } = this.run;
      const whole = mode === "forced" ? 1 : Number.MAX_SAFE_INTEGER;
      const ended = Math.min(whole, Math.floor((now - from - this.measureNs) / this.cycleNs) + 1);
      if (ended <= done) break;
      const most = this.queued === null ? ended : done + 1;
      const telling = this.strength === 1 ? 1 : settledSamples;
      for (let i = Math.max(done, most - telling); i < most; i++) this.measure();
      this.run.done = most;
      if (this.queued !== null) this.begin(this.queued, from + done * this.cycleNs + this.measureNs);
      else if (mode === "forced") this.begin(this.ctrlMeas & 0xfc, now);
      else break;
    }
    return now;
  }

  private measure(): void {
    const { samples, strength } = this;
    const { celsius, hectopascal, humidity } = this.state;
    // 3.4.4: 16 bits with one sample, one more for each doubling; with the filter always 20.
    const rounded = (raw: number, count: number): number => {
      const step = strength > 1 ? 1 : 16 / count;
      return Math.round(raw / step) * step;
    };
    const temperature = rounded(rawFor(celsius, 20, celsiusOf), Math.max(1, samples.temperature));
    const pascal = (raw: number): number => pascalOf(raw, temperature);
    const pressure = rounded(rawFor(hectopascal * 100, 20, pascal), Math.max(1, samples.pressure));
    const before = this.filtered ?? { temperature, pressure };
    const filter = (old: number, raw: number): number => (old * (strength - 1) + raw) / strength;
    this.filtered = {
      temperature: filter(before.temperature, temperature),
      pressure: filter(before.pressure, pressure),
    };
    const result = (name: keyof typeof skipped, raw: number): number => (samples[name] === 0 ? skipped[name] : Math.round(raw));
    this.data = {
      temperature: result("temperature", this.filtered.temperature),
      pressure: result("pressure", this.filtered.pressure),
      humidity: result(
        "humidity",
        rawFor(humidity, 16, (raw) => humidityOf(raw, temperature)),
      ),
    };
  }
}

// Tables 20, 23 and 24: skipped, or 1, 2, 4, 8, 16 samples.
function times(code: number): number {
  return code === 0 ? 0 : 2 ** (Math.min(5, code) - 1);
}
