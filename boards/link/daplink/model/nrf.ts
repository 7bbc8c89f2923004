// For tests: the chip of a micro:bit as its debug port sees it: flash and UICR behind an NVMC, RAM, FICR, and the core with its debug
// registers. Sources: nRF51 Reference Manual and nRF52833 Product Specification (NVMC, FICR, UICR), ARMv6-M Reference Manual C1.
import { Thumb, type Bus } from "./thumb.ts";

export interface Chip {
  readonly pageBytes: number;
  readonly pages: number;
  /** nRF51 keeps its UICR until the whole chip is erased; nRF52 can erase it alone. Neither matters here but for its size. */
  readonly uicrBytes: number;
}
export const nrf51822: Chip = { pageBytes: 0x400, pages: 256, uicrBytes: 0x100 };
export const nrf52833: Chip = { pageBytes: 0x1000, pages: 128, uicrBytes: 0x400 };

const ficrBase = 0x1000_0000;
const uicrBase = 0x1000_1000;
const ramBase = 0x2000_0000;
const nvmc = { ready: 0x4001_e400, config: 0x4001_e504, erasePage: 0x4001_e508, eraseAll: 0x4001_e50c };
const scs = {
  aircr: 0xe000_ed0c,
  dfsr: 0xe000_ed30,
  dhcsr: 0xe000_edf0,
  dcrsr: 0xe000_edf4,
  dcrdr: 0xe000_edf8,
  demcr: 0xe000_edfc,
};
/** How often READY is asked before the NVMC has done its work. */
const busyReads = 2;

/** An access that the bus answers with an error. */
export class BusFault extends Error {}

export class Nrf implements Bus {
  readonly chip: Chip;
  readonly flash: Uint8Array;
  readonly uicr: Uint8Array;
  readonly ram = new Uint8Array(0x4000);
  /** How often the target came out of reset, and was left to run. */
  resets = 0;
  isHalted = false;
  /** Words that were written where a bit would have had to become 1 again, and erased pages. */
  badWrites = 0;
  erasedPages = 0;
  /** Called when the target runs on its own: its program may write to its flash. */
  onRun: (() => void) | null = null;
  /** Pages that will not be what is written to them: worn flash. */
  readonly worn = new Set<number>();

  private readonly core: Thumb;
  private config = 0;
  private busy = 0;
  private isDebugged = false;
  private catchesReset = false;
  private wasReset = true;
  private dcrdr = 0;
  private dfsr = 0;

  constructor(chip: Chip) {
    this.chip = chip;
    this.flash = new Uint8Array(chip.pageBytes * chip.pages).fill(0xff);
    this.uicr = new Uint8Array(chip.uicrBytes).fill(0xff);
    this.core = new Thumb(this);
  }

  /** Power off and on: RAM and debug state go, flash stays. */
  powerCycle(): void {
    this.ram.fill(0xa5);
    this.config = this.busy = this.dcrdr = this.dfsr = 0;
    this.isDebugged = this.catchesReset = false;
    this.reset();
  }

  /** As the reset pin or SYSRESETREQ do. */
  reset(): void {
    this.resets++;
    this.wasReset = true;
    this.config = 0;
    this.isHalted = this.isDebugged && this.catchesReset;
    if (!this.isHalted) this.onRun?.();
  }

  eraseAll(): void {
    this.flash.fill(0xff);
    this.uicr.fill(0xff);
  }

  read(address: number, bytes: 1 | 2 | 4): number {
    // A million instructions come here to be fetched.
    const inRam = address - ramBase;
    if (inRam >= 0 && inRam < this.ram.length) return value(this.ram, inRam, bytes);
    if (address < this.flash.length) return value(this.flash, address, bytes);
    const inUicr = address - uicrBase;
    if (inUicr >= 0 && inUicr < this.uicr.length) return value(this.uicr, inUicr, bytes);
    switch (address) {
      case ficrBase + 0x10:
        return this.chip.pageBytes;
      case ficrBase + 0x14:
        return this.chip.pages;
      case nvmc.ready:
        if (this.busy > 0) this.busy--;
        return this.busy === 0 ? 1 : 0;
      case nvmc.config:
        return this.config;
      case scs.dhcsr: {
        const reset = this.wasReset ? 1 << 25 : 0;
        this.wasReset = false;
        return (Number(this.isDebugged) | (this.isHalted ? 1 << 17 : 0) | (1 << 16) | reset) >>> 0;
      }
      case scs.dcrdr:
        return this.dcrdr;
      case scs.demcr:
        return Number(this.catchesReset);
      case scs.dfsr:
        return this.dfsr;
      case scs.aircr:
        return 0xfa05_0000;
      default:
        throw new BusFault(`read of ${address.toString(16)}`);
    }
  }

  write(address: number, bytes: 1 | 2 | 4, data: number): void {
    const inRam = address - ramBase;
    if (inRam >= 0 && inRam < this.ram.length) return put(this.ram, inRam, bytes, data);
    if (address < this.flash.length) return this.program(this.flash, address, bytes, data);
    const inUicr = address - uicrBase;
    if (inUicr >= 0 && inUicr < this.uicr.length) return this.program(this.uicr, inUicr, bytes, data);
    switch (address) {
      case nvmc.config:
        this.config = data & 3;
        return;
      case nvmc.erasePage:
        return this.erase(data);
      case nvmc.eraseAll:
        if (this.config === 2 && data === 1) this.eraseAll();
        return;
      case scs.dhcsr:
        if (data >>> 16 !== 0xa05f) return;
        this.isDebugged = (data & 1) === 1;
        if (!this.isDebugged) this.isHalted = false;
        else if ((data & 2) !== 0) this.isHalted = true;
        else if (this.isHalted) this.resume();
        return;
      case scs.dcrsr:
        return this.moveRegister(data & 0x1f, (data & 0x1_0000) !== 0);
      case scs.dcrdr:
        this.dcrdr = data;
        return;
      case scs.demcr:
        this.catchesReset = (data & 1) === 1;
        return;
      case scs.dfsr:
        this.dfsr &= ~data;
        return;
      case scs.aircr:
        if (data >>> 16 === 0x05fa && (data & 4) !== 0) this.reset();
        return;
      default:
        throw new BusFault(`write to ${address.toString(16)}`);
    }
  }

  /** Flash takes whole words, only when writing is enabled, and only turns ones into zeros. */
  private program(memory: Uint8Array, at: number, bytes: number, data: number): void {
    if (this.config !== 1 || bytes !== 4 || at % 4 !== 0 || this.busy > 0) throw new BusFault("flash is not open for writing");
    const before = value(memory, at, 4);
    if ((data & ~before) !== 0) this.badWrites++;
    const isWorn = memory === this.flash && this.worn.has(Math.floor(at / this.chip.pageBytes));
    put(memory, at, 4, before & (isWorn ? data & ~0x10 : data));
    this.busy = busyReads;
  }

  private erase(address: number): void {
    if (this.config !== 2 || this.busy > 0 || address % this.chip.pageBytes !== 0) throw new BusFault("erasing is not enabled");
    this.flash.fill(0xff, address, address + this.chip.pageBytes);
    this.erasedPages++;
    this.busy = busyReads;
  }

  private moveRegister(register: number, isWrite: boolean): void {
    if (!this.isHalted) throw new BusFault("the core runs");
    if (register === 16) {
      if (isWrite) this.core.xpsr = this.dcrdr;
      else this.dcrdr = this.core.xpsr;
    } else if (isWrite) {
      // The debug return address has bit 0 clear.
      this.core.registers[register] = register === 15 ? this.dcrdr & ~1 : this.dcrdr;
    } else {
      this.dcrdr = this.core.registers[register]!;
    }
  }

  /** Code in RAM is a routine of ours and runs to its BKPT at once; anything else is the board's own program, which is not modelled. */
  private resume(): void {
    const { core } = this;
    this.isHalted = false;
    if (core.registers[15]! < ramBase) return this.onRun?.();
    for (let left = 100_000_000; !core.step(); left--) {
      if (left === 0) return; // it never stops: the debugger has to notice
    }
    this.isHalted = true;
    this.dfsr |= 2;
  }
}

function value(memory: Uint8Array, at: number, bytes: number): number {
  if (bytes === 2) return memory[at]! | (memory[at + 1]! << 8);
  let sum = 0;
  for (let i = bytes - 1; i >= 0; i--) sum = sum * 256 + memory[at + i]!;
  return sum;
}

function put(memory: Uint8Array, at: number, bytes: number, data: number): void {
  for (let i = 0; i < bytes; i++) memory[at + i] = (data >>> (i * 8)) & 0xff;
}
