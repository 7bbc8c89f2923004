// What chips on a bus answer: I2C, SPI, UART and the one-wire protocol of WS2812 pixels, a byte at a time. A door.
// Chips sit on nets (net.ts); a master finds those that share its wires. Levels and clock edges are not modelled for them.
import type { Net } from "./net.ts";

/**
 * A chip with a 7-bit address. A transfer happens at one instant of the clock; `afterNs` says how much later a byte that is written is
 * there, or one that is read begins.
 */
export interface I2cDevice {
  readonly address: number;
  /** It is addressed, to be read or written. */
  start(isRead: boolean): void;
  /** Takes a byte; false does not acknowledge it. */
  write(byte: number, afterNs: number): boolean;
  read(afterNs: number): number;
  stop(): void;
}

// A byte and its acknowledge at the standard mode's 100 kHz.
const standardByteNs = 9 * 10_000;

/** A chip that shifts a byte out while it takes one in. It looks at its own select pin. */
export interface SpiDevice {
  readonly isSelected: boolean;
  transfer(byte: number): number;
}

/** Something with a serial line of its own. */
export interface UartDevice {
  readonly baud: number;
  receive(bytes: Uint8Array): void;
  /** Set by whoever listens on the other end. */
  onSend: ((bytes: Uint8Array) => void) | null;
}

/** A chain of WS2812 pixels: green, red, blue (and white) for each. */
export interface PixelDevice {
  show(bytes: Uint8Array): void;
}

/** The chips that have both wires. */
export function i2cDevices(sda: Net, scl: Net): readonly I2cDevice[] {
  return onBoth(sda.speakers("sda"), scl.speakers("scl")) as readonly I2cDevice[];
}

export interface SpiWires {
  readonly sclk: Net;
  readonly mosi: Net;
  readonly miso: Net;
}

/** The chips on the clock and on one data wire at least. */
export function spiDevices({ sclk, mosi, miso }: SpiWires): readonly SpiDevice[] {
  const data = new Set([...mosi.speakers("mosi"), ...miso.speakers("miso")]);
  return sclk.speakers("sclk").filter((device) => data.has(device)) as readonly SpiDevice[];
}

/** Who receives on the wire that we send on. */
export function uartReceivers(tx: Net): readonly UartDevice[] {
  return tx.speakers("rx") as readonly UartDevice[];
}
/** Who sends on the wire that we receive on. */
export function uartSenders(rx: Net): readonly UartDevice[] {
  return rx.speakers("tx") as readonly UartDevice[];
}

export function pixelDevices(din: Net): readonly PixelDevice[] {
  return din.speakers("din") as readonly PixelDevice[];
}

function onBoth(one: readonly object[], other: readonly object[]): readonly object[] {
  return one.filter((device) => other.includes(device));
}

/** A whole I2C transfer: the bytes it gave, or null when nobody acknowledged. */
export function i2cRead(
  devices: readonly I2cDevice[],
  address: number,
  length: number,
  keep: boolean,
  byteNs = standardByteNs,
): Uint8Array | null {
  const device = devices.find((candidate) => candidate.address === address);
  if (!device) return null;
  device.start(true);
  const bytes = Uint8Array.from({ length }, (_, index) => device.read((index + 1) * byteNs) & 0xff);
  if (!keep) device.stop();
  return bytes;
}

/** Writes; how many bytes were acknowledged, or null when the address was not. */
export function i2cWrite(
  devices: readonly I2cDevice[],
  address: number,
  bytes: Uint8Array,
  keep: boolean,
  byteNs = standardByteNs,
): { readonly taken: number } | null {
  const device = devices.find((candidate) => candidate.address === address);
  if (!device) return null;
  device.start(false);
  let taken = 0;
  for (const byte of bytes) {
    // The address went before it.
    if (!device.write(byte, (taken + 2) * byteNs)) break;
    taken++;
  }
  if (!keep || taken < bytes.length) device.stop();
  return { taken };
}
