// The board's UART, which its console is on: at reset it goes to the USB interface, and a program may take it to pins and
// other speeds, where devices (bus.ts) are the other end.
import { type UartDevice, uartReceivers, uartSenders } from "../bus.ts";
import type { Net } from "../net.ts";
import type { ConsoleLine } from "../peripheral.ts";

const ctrlC = 3;
// Start bit, eight bits, stop bit.
const bitsPerByte = 10;

interface Ends {
  toUsb(bytes: Uint8Array): void;
  toBoard(bytes: Uint8Array): void;
  /** Sending takes time. */
  takes(ns: number): void;
}

export class ConsoleUart implements ConsoleLine {
  private readonly ends: Ends;
  private readonly usbNsPerByte: number;
  private nsPerByte: number;
  private tx: Net | null = null;
  private senders: readonly UartDevice[] = [];
  private isOnPins = false;

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
    for (const sender of this.senders) sender.onSend = (bytes) => this.ends.toBoard(heard(bytes, sender.baud, baud));
  }

  write(bytes: Uint8Array): void {
    this.ends.takes(bytes.length * this.nsPerByte);
    if (this.tx === null) {
      if (!this.isOnPins) this.ends.toUsb(bytes);
      return;
    }
    const baud = (bitsPerByte * 1e9) / this.nsPerByte;
    for (const receiver of uartReceivers(this.tx)) receiver.receive(heard(bytes, baud, receiver.baud));
  }

  /** DIFFERS: Ctrl-C from USB is heard even when the port is on pins, so that Stop always works. */
  fromUsb(bytes: Uint8Array): void {
    const taken = this.isOnPins ? bytes.filter((byte) => byte === ctrlC) : bytes;
    if (taken.length > 0) this.ends.toBoard(taken);
  }

  private disconnect(): void {
    for (const sender of this.senders) sender.onSend = null;
    this.senders = [];
  }
}

// At the wrong speed the bits are read at the wrong places: what arrives is as many or fewer bytes, and wrong ones.
function heard(bytes: Uint8Array, sent: number, read: number): Uint8Array {
  if (Math.abs(sent / read - 1) < 0.04) return bytes;
  return bytes.filter((_, i) => sent <= read || i % Math.ceil(sent / read) === 0).map((byte) => (byte << 1) ^ 0xe1);
}
