// Bosch's sensor of temperature, pressure and humidity BME280 on I2C (BST-BME280-DS002): its registers, modes and measuring times. What
// it measures are the raw values from which a program's compensation makes the air that was set.
import type { Alarm, Clock } from "../../../interpreter/host.ts";
import type { I2cDevice } from "../../bus.ts";
import { type Net, Terminal } from "../../net.ts";
import type { Peripheral } from "../../peripheral.ts";
import { numberIn, optionsOf } from "../../wiring.ts";
import { celsiusOf, humidityOf, pascalOf, rawFor, trimmingBytes } from "./compensation.ts";
import type { Bme280Input, Bme280State } from "./state.ts";

const idAt = 0xd0;
const chipId = 0x60;
const resetAt = 0xe0;
const resetWord = 0xb6;
const ctrlHumAt = 0xf2;
const statusAt = 0xf3;
const ctrlMeasAt = 0xf4;
const configAt = 0xf5;
const dataAt = 0xf7;
const measuring = 8;
/** A value that was never measured, or is skipped (5.4.7..9). */
const noRaw20 = 0x80000;
const noRaw16 = 0x8000;
/** By the three bits of an oversampling setting (tables 20, 23, 24). */
const samples = [0, 1, 2, 4, 8, 16, 16, 16] as const;
/** Milliseconds between two measurements in normal mode (table 27). */
const standbyMs = [0.5, 62.5, 125, 250, 500, 1000, 10, 20] as const;
/** By the three bits of the filter setting (table 28). */
const filters = [1, 2, 4, 8, 16, 16, 16, 16] as const;
/** Start-up: the time until the first communication (table 1). */
const startUpNs = 2e6;

interface Raw {
  readonly temperature: number;
  readonly pressure: number;
  readonly humidity: number;
}
const nothing: Raw = { temperature: noRaw20, pressure: noRaw20, humidity: noRaw16 };

export class Bme280 implements Peripheral<Bme280State, Bme280Input>, I2cDevice {
  state: Bme280State = { celsius: 21, hectopascal: 1013, humidity: 45 };
  onChange: (() => void) | null = null;
  readonly address: number;
  private readonly clock: Clock;
  private readonly terminals: readonly Terminal[];
  private pointer = 0;
  private isAddressed = false;
  private ctrlHum = 0;
  private pendingHum = 0;
  private ctrlMeas = 0;
  private config = 0;
  private raw = nothing;
  private isMeasuring = false;
  private isStarting = false;
  private alarm: Alarm | null = null;

  constructor(
    nets: { readonly sda: Net; readonly scl: Net },
    clock: Clock,
    options: Readonly<Record<string, number | string>> = {},
  ) {
    this.clock = clock;
    this.address = Number(optionsOf("bme280", options)["address"]);
    this.terminals = [
      new Terminal(nets.sda, { line: "sda", device: this }),
      new Terminal(nets.scl, { line: "scl", device: this }),
    ];
  }

  input(event: Bme280Input): void {
    const [name] = Object.keys(event ?? {});
    this.state = { ...this.state, [name ?? ""]: numberIn("bme280", name ?? "", event) };
    this.onChange?.();
  }

  /** The board's reset is none of its own. */
  reset(): void {}

  close(): void {
    this.alarm?.cancel();
    for (const terminal of this.terminals) terminal.close();
  }

  // ---- I2C, section 6.2: pairs of register and value are written, reading goes on from the register

  start(isRead: boolean): void {
    this.isAddressed = isRead;
  }
  write(byte: number): boolean {
    if (!this.isAddressed) this.pointer = byte;
    else this.set(this.pointer, byte);
    this.isAddressed = !this.isAddressed;
    return true;
  }
  read(): number {
    const byte = this.get(this.pointer);
    this.pointer = (this.pointer + 1) & 0xff;
    return byte;
  }
  stop(): void {}

  // ---- registers, section 5

  private get(at: number): number {
    for (const [base, bytes] of Object.entries(trimmingBytes)) {
      const byte = bytes[at - Number(base)];
      if (byte !== undefined) return byte;
    }
    const { temperature, pressure, humidity } = this.raw;
    switch (at) {
      case idAt:
        return chipId;
      case ctrlHumAt:
        return this.pendingHum;
      case statusAt:
        return (this.isMeasuring ? measuring : 0) | (this.isStarting ? 1 : 0);
      case ctrlMeasAt:
        return this.ctrlMeas;
      case configAt:
        return this.config;
    }
    const bytes = [pressure, temperature].flatMap((value) => [value >> 12, (value >> 4) & 0xff, (value & 15) << 4]);
    return [...bytes, humidity >> 8, humidity & 0xff][at - dataAt] ?? 0;
  }

  private set(at: number, value: number): void {
    if (at === resetAt && value === resetWord) this.restart();
    else if (at === ctrlHumAt) this.pendingHum = value & 7;
    else if (at === configAt) this.config = value & 0xfd;
    else if (at === ctrlMeasAt) {
      // Only now the setting for humidity counts (5.4.3).
      this.ctrlHum = this.pendingHum;
      this.ctrlMeas = value;
      this.begin();
    }
  }

  private restart(): void {
    this.alarm?.cancel();
    this.ctrlHum = this.pendingHum = this.ctrlMeas = this.config = 0;
    this.raw = nothing;
    this.isMeasuring = false;
    this.isStarting = true;
    this.alarm = this.clock.alarm(this.clock.ns + startUpNs, () => (this.isStarting = false));
  }

  // ---- measuring, section 3.3

  private begin(): void {
    this.alarm?.cancel();
    this.isMeasuring = this.isStarting = false;
    if ((this.ctrlMeas & 3) !== 0) this.measure();
  }

  /** Typical time of a measurement in ms (9.1). */
  get measureMs(): number {
    const { temperature, pressure, humidity } = this.oversampling;
    return 1 + 2 * temperature + (pressure > 0 ? 2 * pressure + 0.5 : 0) + (humidity > 0 ? 2 * humidity + 0.5 : 0);
  }

  private measure(): void {
    this.isMeasuring = true;
    this.alarm = this.clock.alarm(this.clock.ns + this.measureMs * 1e6, () => {
      this.isMeasuring = false;
      this.raw = this.sample();
      const isNormal = (this.ctrlMeas & 3) === 3;
      if (!isNormal) this.ctrlMeas &= ~3;
      this.alarm = isNormal ? this.clock.alarm(this.clock.ns + standbyMs[this.config >> 5]! * 1e6, () => this.measure()) : null;
    });
  }

  private get oversampling(): Readonly<Record<keyof Raw, number>> {
    const of = (bits: number): number => samples[bits & 7]!;
    return { temperature: of(this.ctrlMeas >> 5), pressure: of(this.ctrlMeas >> 2), humidity: of(this.ctrlHum) };
  }

  private sample(): Raw {
    const { celsius, hectopascal, humidity } = this.state;
    const temperature = rawFor(celsius, 20, celsiusOf);
    const pressure = rawFor(hectopascal * 100, 20, (raw) => pascalOf(raw, temperature));
    const { oversampling } = this;
    return {
      temperature: this.settled("temperature", temperature),
      pressure: this.settled("pressure", pressure),
      humidity: oversampling.humidity === 0 ? noRaw16 : rawFor(humidity, 16, (raw) => humidityOf(raw, temperature)),
    };
  }

  /** Filtered (3.4.4), and with as many bits as the oversampling gives while the filter is off (3.4.1, 3.4.2). */
  private settled(name: "temperature" | "pressure", raw: number): number {
    const count = this.oversampling[name];
    if (count === 0) return noRaw20;
    const filter = filters[(this.config >> 2) & 7]!;
    const before = this.raw[name];
    if (filter > 1) return before === noRaw20 ? raw : Math.round((before * (filter - 1) + raw) / filter);
    const spare = Math.max(0, 4 - Math.log2(count));
    return Math.min(0xfffff, Math.round(raw / 2 ** spare) * 2 ** spare);
  }
}
