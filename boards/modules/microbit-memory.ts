// machine.mem8, mem16 and mem32 of the micro:bit: the chip's identity, its GPIO registers wired to the pins, and memory elsewhere.
// nRF51 Series Reference Manual v3.0 and nRF52833 PS v1.6, FICR and GPIO chapters. Other peripherals' registers keep what is
// written and do nothing.
import { getInt, type Obj, PyObj, PyType, raiseTypeError, raiseValueError } from "../../interpreter/native.ts";
import { Pin } from "../parts/pin/model.ts";
import type { Hardware } from "../peripheral.ts";

interface Chip {
  readonly codePageSize: number;
  readonly codeSize: number;
  readonly ramBytes: number;
  /** Base addresses of the GPIO ports. */
  readonly ports: readonly number[];
}
const nrf51: Chip = { codePageSize: 1024, codeSize: 256, ramBytes: 16 * 1024, ports: [0x50000000] };
const nrf52: Chip = { codePageSize: 4096, codeSize: 128, ramBytes: 128 * 1024, ports: [0x50000000, 0x50000300] };

const ficr = { codePageSize: 0x10000010, codeSize: 0x10000014, deviceId: 0x10000060 };
const gpio = { out: 0x504, outSet: 0x508, outClr: 0x50c, in: 0x510, dir: 0x514, dirSet: 0x518, dirClr: 0x51c, cnf: 0x700 };
const pulls = ["none", "down", "none", "up"] as const;

/** The 64 bits that FICR.DEVICEID gives; every simulated board of a kind has the same. */
export function deviceId(hw: Hardware): Uint8Array {
  return Uint8Array.from([0x42, 0x6c, 0x69, 0x6e, 0x6b, 0x79, 0x61, hw.descriptor.id === "microbit-v1" ? 1 : 2]);
}

class Memory {
  private readonly hw: Hardware;
  private readonly chip: Chip;
  private readonly words = new Map<number, number>();
  // P0.02 to its pin.
  private readonly pins = new Map<string, Pin>();

  constructor(hw: Hardware) {
    this.hw = hw;
    this.chip = hw.descriptor.id === "microbit-v1" ? nrf51 : nrf52;
    for (const { name, cpu } of hw.descriptor.pins) this.pins.set(cpu, hw.part(name, Pin));
  }

  read(address: number): number {
    const id = deviceId(this.hw);
    if (address === ficr.codePageSize) return this.chip.codePageSize;
    if (address === ficr.codeSize) return this.chip.codeSize;
    if (address === ficr.deviceId || address === ficr.deviceId + 4)
      return new DataView(id.buffer).getUint32(address - ficr.deviceId, true);
    const port = this.portOf(address);
    if (port !== null) return this.readPort(port.index, port.offset);
    // Erased flash reads as ones; RAM and registers as they were left.
    return this.words.get(address) ?? (address < 0x10000000 ? 0xffffffff : 0);
  }

  write(address: number, value: number): void {
    const port = this.portOf(address);
    if (port !== null) this.writePort(port.index, port.offset, value);
    // Flash is written by its controller only.
    else if (address >= 0x20000000) this.words.set(address, value >>> 0);
  }

  private portOf(address: number): { readonly index: number; readonly offset: number } | null {
    const index = this.chip.ports.findLastIndex((base) => address >= base + gpio.out);
    if (index < 0 || address >= this.chip.ports[index] + gpio.cnf + 32 * 4) return null;
    return { index, offset: address - this.chip.ports[index] };
  }

  private pin(port: number, bit: number): Pin | undefined {
    return this.pins.get(`P${port}.${String(bit).padStart(2, "0")}`);
  }

  private bits(port: number, of: (pin: Pin) => boolean): number {
    let word = 0;
    for (let bit = 0; bit < 32; bit++) {
      const pin = this.pin(port, bit);
      if (pin && of(pin)) word |= 1 << bit;
    }
    return word >>> 0;
  }

  private readPort(port: number, offset: number): number {
    switch (offset) {
      case gpio.out:
      case gpio.outSet:
      case gpio.outClr:
        return this.bits(port, (pin) => pin.latch === 1);
      case gpio.in:
        return this.bits(port, (pin) => pin.read() === 1);
      case gpio.dir:
      case gpio.dirSet:
      case gpio.dirClr:
        return this.bits(port, (pin) => pin.state.level !== null || pin.state.duty !== null);
    }
    const pin = offset >= gpio.cnf ? this.pin(port, (offset - gpio.cnf) / 4) : undefined;
    if (!pin) return 0;
    return (pin.state.level !== null ? 1 : 0) | (pulls.lastIndexOf(pin.state.pull) << 2);
  }

  private writePort(port: number, offset: number, value: number): void {
    const each = (act: (pin: Pin, isSet: boolean) => void): void => {
      for (let bit = 0; bit < 32; bit++) {
        const pin = this.pin(port, bit);
        if (pin) act(pin, ((value >>> bit) & 1) === 1);
      }
    };
    switch (offset) {
      case gpio.out:
        return each((pin, isSet) => pin.setLatch(isSet ? 1 : 0));
      case gpio.outSet:
        return each((pin, isSet) => isSet && pin.setLatch(1));
      case gpio.outClr:
        return each((pin, isSet) => isSet && pin.setLatch(0));
      case gpio.dir:
        return each((pin, isSet) => (isSet ? pin.drive(pin.latch) : pin.release(pin.state.pull)));
      case gpio.dirSet:
        return each((pin, isSet) => isSet && pin.drive(pin.latch));
      case gpio.dirClr:
        return each((pin, isSet) => isSet && pin.release(pin.state.pull));
    }
    const pin = offset >= gpio.cnf ? this.pin(port, (offset - gpio.cnf) / 4) : undefined;
    if (!pin) return;
    pin.release(pulls[(value >> 2) & 3]);
    if ((value & 1) === 1) pin.drive(pin.latch);
  }
}

class Mem extends PyObj {
  override readonly type: PyType;
  readonly bytes: number;
  constructor(type: PyType, bytes: number) {
    super();
    this.type = type;
    this.bytes = bytes;
  }
}

/** mem8, mem16 and mem32. */
export function memoryObjects(hw: Hardware): Record<"mem8" | "mem16" | "mem32", Obj> {
  const memory = new Memory(hw);
  const type = new PyType("mem");
  const addressOf = (self: Mem, index: Obj): number => {
    const address = typeof index === "bigint" ? Number(BigInt.asUintN(32, index)) : getInt(index) >>> 0;
    if (address % self.bytes !== 0)
      raiseValueError(`address ${address.toString(16).padStart(8, "0")} is not aligned to ${self.bytes} bytes`);
    return address;
  };
  const mask = (self: Mem): number => (self.bytes === 4 ? 0xffffffff : 2 ** (self.bytes * 8) - 1);
  const shift = (address: number): number => (address & 3) * 8;
  type.print = (self: Mem) => `<${self.bytes * 8}-bit memory>`;
  type.subscr = (self: Mem, index) => {
    const address = addressOf(self, index);
    return ((memory.read(address & ~3) >>> shift(address)) & mask(self)) >>> 0;
  };
  type.storeSubscr = (self: Mem, index, value) => {
    const address = addressOf(self, index);
    if (value === undefined) raiseTypeError("'mem' object doesn't support item deletion");
    const given = typeof value === "bigint" ? Number(BigInt.asUintN(32, value)) : getInt(value) >>> 0;
    const kept = self.bytes === 4 ? 0 : memory.read(address & ~3) & ~(mask(self) << shift(address));
    memory.write((address & ~3) >>> 0, (kept | ((given & mask(self)) << shift(address))) >>> 0);
    return null;
  };
  return { mem8: new Mem(type, 1), mem16: new Mem(type, 2), mem32: new Mem(type, 4) };
}
