// The micro:bit's packet radio: hears packets of its own channel, address, group and rate, and keeps a few of them.
import type { Clock } from "../../../interpreter/host.ts";
import type { Peripheral } from "../../peripheral.ts";
import type { RadioInput, RadioPacket, RadioState } from "./state.ts";

export interface RadioConfig {
  readonly length: number;
  readonly queue: number;
  readonly channel: number;
  readonly power: number;
  readonly address: number;
  readonly group: number;
  readonly rate: number;
}
export const radioDefaults: RadioConfig = { length: 32, queue: 3, channel: 7, power: 6, address: 0x75626974, group: 0, rate: 0 };

export interface Received {
  readonly bytes: Uint8Array;
  /** dBm, negative. */
  readonly rssi: number;
  readonly atUs: number;
}

// Two boards on one desk: -30 dBm at +4 dBm power, and less with each step down.
const dbmOfPower = [-30, -20, -16, -12, -8, -4, 0, 4];
const pathLossDb = 34;

export class Radio implements Peripheral<RadioState, RadioInput> {
  state: RadioState;
  onChange: (() => void) | null = null;
  /** Set by whoever carries packets to other boards. */
  onSend: ((packet: RadioPacket) => void) | null = null;
  config: RadioConfig = radioDefaults;
  private readonly clock: Clock;
  private queue: Received[] = [];

  constructor(clock: Clock) {
    this.clock = clock;
    this.state = { on: false, channel: radioDefaults.channel, group: radioDefaults.group, sent: 0, received: 0 };
  }

  input(event: RadioInput): void {
    const { packet } = event;
    const { channel, address, group, rate, length, queue } = this.config;
    if (!this.state.on || packet.channel !== channel || packet.address !== address) return;
    if (packet.group !== group || packet.rate !== rate || this.queue.length >= queue) return;
    const bytes = packet.bytes.slice(0, length);
    const rssi = (dbmOfPower[packet.power] ?? 0) - pathLossDb;
    this.queue.push({ bytes, rssi, atUs: Math.floor(this.clock.ns / 1000) });
    this.change({ received: this.state.received + 1 });
  }

  reset(): void {
    this.config = radioDefaults;
    this.queue = [];
    const { channel, group } = radioDefaults;
    this.change({ on: false, channel, group, sent: 0, received: 0 });
  }

  setOn(on: boolean): void {
    if (!on) this.queue = [];
    this.change({ on });
  }

  /** A new length or queue size empties the queue, as the firmware does when it allocates it anew. */
  configure(part: Partial<RadioConfig>): void {
    const before = this.config;
    this.config = { ...before, ...part };
    if (this.config.length !== before.length || this.config.queue !== before.queue) this.queue = [];
    this.change({ channel: this.config.channel, group: this.config.group });
  }

  send(bytes: Uint8Array): void {
    const { channel, address, group, rate, power, length } = this.config;
    this.onSend?.({ channel, address, group, rate, power, bytes: bytes.slice(0, length) });
    this.change({ sent: this.state.sent + 1 });
  }

  /** The oldest packet, or null. */
  receive(): Received | null {
    return this.queue.shift() ?? null;
  }

  private change(part: Partial<RadioState>): void {
    this.state = { ...this.state, ...part };
    this.onChange?.();
  }
}
