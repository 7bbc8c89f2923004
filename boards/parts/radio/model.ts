// The micro:bit's packet radio, as the firmwares of V1 and V2 drive the nRF's RADIO: they do it alike. It hears packets of its own
// channel, address, group and rate that are strong enough, and keeps them in a buffer of so many bytes.
import type { Clock } from "../../../interpreter/host.ts";
import type { Peripheral } from "../../peripheral.ts";
import { airtime, chanceOf, deskMetres, receivedDbm } from "./propagation.ts";
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

const shown = ({ channel, group, power, rate }: RadioConfig) => ({ channel, group, power, rate });

// Beside its payload each packet in the buffer has its length, the RSSI and four bytes of time.
const overheadBytes = 6;

export class Radio implements Peripheral<RadioState, RadioInput> {
  state: RadioState;
  onChange: (() => void) | null = null;
  /** Set by whoever carries packets to other boards. Called when a packet leaves; it arrives `heardNs` later. */
  onSend: ((packet: RadioPacket, heardNs: number) => void) | null = null;
  /** A packet was received and is in the buffer. */
  onHeard: ((packet: RadioPacket, rssi: number) => void) | null = null;
  /** What the program has asked for. */
  config: RadioConfig = radioDefaults;
  // What the hardware is set to: `reset` changes only what is asked for, until the next `on` or `config`.
  private live: RadioConfig = radioDefaults;
  private readonly clock: Clock;
  private readonly seed: number;
  private noise: number;
  private queue: Received[] = [];
  private used = 0;

  /** The seed decides which packets at the edge of hearing are lost. */
  constructor(clock: Clock, seed = 1) {
    this.clock = clock;
    this.seed = seed;
    this.noise = seed;
    this.state = { on: false, ...shown(radioDefaults), sent: 0, received: 0 };
  }

  input(event: RadioInput): void {
    const { packet } = event;
    const { channel, address, group, rate, length, queue } = this.live;
    if (!this.state.on || packet.channel !== channel || packet.address !== address) return;
    if (packet.group !== group || packet.rate !== rate) return;
    const rssi = packet.rssi ?? receivedDbm(packet.power, deskMetres);
    if (!this.understands(rssi, rate)) return;
    // The hardware stops at its own length and takes what follows for the CRC (nRF52833 PS, RADIO, MAXLEN): such a packet is lost.
    if (packet.bytes.length > length) return;
    const size = packet.bytes.length + overheadBytes;
    if (this.used + size > queue * (length + overheadBytes)) return;
    this.used += size;
    this.queue.push({ bytes: Uint8Array.from(packet.bytes), rssi, atUs: Math.floor(this.clock.ns / 1000) });
    this.onHeard?.(packet, rssi);
    this.change({ received: this.state.received + 1 });
  }

  reset(): void {
    this.config = this.live = radioDefaults;
    this.noise = this.seed;
    this.empty();
    this.change({ on: false, ...shown(radioDefaults), sent: 0, received: 0 });
  }

  /** On allocates the buffer anew, so what was in it is lost, also when it was on before. */
  setOn(on: boolean): void {
    this.empty();
    if (on) this.live = this.config;
    this.change({ on, ...shown(this.live) });
  }

  /** Back to the defaults, for the next `setOn` or `configure`. */
  forget(): void {
    this.config = radioDefaults;
  }

  /** Another length or queue empties the buffer, as it is allocated anew; anything else is set without that. */
  configure(part: Partial<RadioConfig>): void {
    const before = this.config;
    this.config = { ...before, ...part };
    if (!this.state.on) return;
    if (this.config.length !== before.length || this.config.queue !== before.queue) return this.setOn(true);
    const { length, queue } = this.live;
    this.live = { ...this.config, length, queue };
    this.change(shown(this.live));
  }

  /** Sends what fits into a packet; returns for how long the board is busy with it. */
  send(bytes: Uint8Array): number {
    const { channel, address, group, rate, power, length } = this.live;
    const packet = { channel, address, group, rate, power, bytes: bytes.slice(0, length) };
    const { heardNs, busyNs } = airtime(packet.bytes.length, rate);
    this.onSend?.(packet, heardNs);
    this.change({ sent: this.state.sent + 1 });
    return busyNs;
  }

  /** The oldest packet, or null. */
  receive(): Received | null {
    const packet = this.queue.shift() ?? null;
    if (packet) this.used -= packet.bytes.length + overheadBytes;
    return packet;
  }

  private empty(): void {
    this.queue = [];
    this.used = 0;
  }

  /** Only at the edge of hearing a die is thrown (a linear congruential one, Numerical Recipes). */
  private understands(rssi: number, rate: number): boolean {
    const chance = chanceOf(rssi, rate);
    if (chance === 0 || chance === 1) return chance === 1;
    this.noise = (Math.imul(this.noise, 1664525) + 1013904223) >>> 0;
    return this.noise / 2 ** 32 < chance;
  }

  private change(part: Partial<RadioState>): void {
    this.state = { ...this.state, ...part };
    this.onChange?.();
  }
}
