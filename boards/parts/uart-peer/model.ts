// Some device with a serial line of its own, 8 bits, no parity: it keeps what it hears and sends what it is told to, byte after byte at
// its baud rate.
import type { Alarm, Clock } from "../../../interpreter/host.ts";
import type { UartDevice } from "../../bus.ts";
import { type Net, supplyVolts, Terminal } from "../../net.ts";
import type { Peripheral } from "../../peripheral.ts";
import { optionsOf } from "../../wiring.ts";
import type { UartPeerInput, UartPeerState } from "./state.ts";

const keptCharacters = 4096;
// Start bit, eight bits, stop bit.
const bitsPerByte = 10;
const outputOhms = 100;

export class UartPeer implements Peripheral<UartPeerState, UartPeerInput>, UartDevice {
  state: UartPeerState = { received: "" };
  onChange: (() => void) | null = null;
  onSend: ((bytes: Uint8Array) => void) | null = null;
  readonly baud: number;
  private readonly clock: Clock;
  private readonly terminals: readonly Terminal[];
  private readonly decoder = new TextDecoder();
  private readonly queue: number[] = [];
  private alarm: Alarm | null = null;

  /** Its own leads: it listens on rx, where the board's tx is, and talks on tx. */
  constructor(
    nets: { readonly rx: Net; readonly tx: Net },
    clock: Clock,
    options: Readonly<Record<string, number | string>> = {},
  ) {
    this.clock = clock;
    this.baud = Number(optionsOf("uart-peer", options)["baud"]);
    const tx = new Terminal(nets.tx, { line: "tx", device: this });
    // A line at rest is high.
    tx.set({ volts: supplyVolts, ohms: outputOhms });
    this.terminals = [new Terminal(nets.rx, { line: "rx", device: this }), tx];
  }

  receive(bytes: Uint8Array): void {
    const text = this.decoder.decode(bytes, { stream: true });
    if (text === "") return; // the rest of a character is still to come
    // The first may be the second half of one.
    const received = (this.state.received + text).slice(-keptCharacters).replace(/^[\udc00-\udfff]/, "");
    this.state = { received };
    this.onChange?.();
  }

  input(event: UartPeerInput): void {
    if (typeof event?.send !== "string") throw new Error(`not something to send: ${JSON.stringify(event)}`);
    this.queue.push(...new TextEncoder().encode(event.send));
    if (this.queue.length > 0) this.alarm ??= this.clock.alarm(this.clock.ns + this.byteNs, () => this.shift());
  }

  /** It has a supply of its own: the board's reset is none of it. */
  reset(): void {}

  close(): void {
    this.alarm?.cancel();
    for (const terminal of this.terminals) terminal.close();
  }

  private get byteNs(): number {
    return (bitsPerByte * 1e9) / this.baud;
  }

  private shift(): void {
    this.alarm = null;
    this.onSend?.(Uint8Array.of(this.queue.shift()!));
    if (this.queue.length > 0) this.alarm = this.clock.alarm(this.clock.ns + this.byteNs, () => this.shift());
  }
}
