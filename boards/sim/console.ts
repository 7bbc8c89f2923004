// The board's UART, which its console is on: at reset it goes to the USB interface, and a program may take it to pins and
// other speeds, where devices (bus.ts) are the other end.
import { type UartDevice, uartReceivers, uartSenders } from "../bus.ts";
import type { Net } from "../net.ts";
import type { ConsoleLine } from "../peripheral.ts";
import { UartReceiver } from "./uart-receiver.ts";

const ctrlC = 3;
// Start bit, eight bits, stop bit.
const bitsPerByte = 10;

interface Ends {
  toUsb(bytes: Uint8Array): void;
  toBoard(bytes: Uint8Array): void;
  /** Sending takes time. */
  takes(ns: number): void;
  /** Now; no reset sets it back. */
  ns(): number;
}

export class ConsoleUart implements ConsoleLine {
  private readonly ends: Ends;
  private readonly usbNsPerByte: number;
  private nsPerByte: number;
  private tx: Net | null = null;
  private senders: readonly UartDevice[] = [];
  private isOnPins = false;
  private readonly receivers = new WeakMap<UartDevice, UartReceiver>();

  constructor(usbNsPerByte: number, ends: Ends) {
    this.ends = ends;
    this.usbNsPerByte = usbNsPerByte;
    this.nsPerByte = usbNsPerByte;
  }

  reset(): void {
    this.disconnect();
    this.nsPerByte = this.usbNsPerByte;
    this.tx = null;
    this.isOnPins = false;
  }

  // DIFFERS: USB stays readable at another speed. The board's interface chip would have to be told the new one.
  open(baud: number, tx: Net | null, rx: Net | null): void {
    this.disconnect();
    this.nsPerByte = (bitsPerByte * 1e9) / baud;
    this.tx = tx;
    this.isOnPins = tx !== null || rx !== null;
    this.senders = rx === null ? [] : uartSenders(rx);
    const own = new UartReceiver();
    for (const sender of this.senders)
      sender.onSend = (bytes) => {
        // Told of at their end.
        const startNs = this.ends.ns() - (bytes.length * bitsPerByte * 1e9) / sender.baud;
        const received = own.receive(bytes, startNs, sender.baud, baud);
        if (received.length > 0) this.ends.toBoard(received);
      };
  }

  write(bytes: Uint8Array): void {
    const startNs = this.ends.ns();
    this.ends.takes(bytes.length * this.nsPerByte);
    if (this.tx === null) {
      if (!this.isOnPins) this.ends.toUsb(bytes);
      return;
    }
    const baud = (bitsPerByte * 1e9) / this.nsPerByte;
    for (const device of uartReceivers(this.tx)) {
      const received = this.receiverOf(device).receive(bytes, startNs, baud, device.baud);
      if (received.length > 0) device.receive(received);
    }
  }

  /** DIFFERS: Ctrl-C from USB is heard even when the port is on pins, so that Stop always works. */
  fromUsb(bytes: Uint8Array): void {
    const taken = this.isOnPins ? bytes.filter((byte) => byte === ctrlC) : bytes;
    if (taken.length > 0) this.ends.toBoard(taken);
  }

  private receiverOf(device: UartDevice): UartReceiver {
    const known = this.receivers.get(device) ?? new UartReceiver();
    this.receivers.set(device, known);
    return known;
  }

  private disconnect(): void {
    for (const sender of this.senders) sender.onSend = null;
    this.senders = [];
  }
}
