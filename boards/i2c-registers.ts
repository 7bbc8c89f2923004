// A chip of registers on an I2C bus, as most are: the first byte of a write is the register, what follows are its values and those of
// the next ones, and reading goes on from there. A door.
import type { I2cDevice } from "./bus.ts";
import { type Net, Terminal } from "./net.ts";

export interface RegisterMap {
  /** As the board has it after its reset. */
  reset(): void;
  get(register: number): number;
  set(register: number, value: number): void;
  /** The register after that one. */
  next(register: number): number;
}

export class RegisterChip implements I2cDevice {
  readonly address: number;
  private readonly map: RegisterMap;
  private readonly terminals: readonly Terminal[];
  private pointer = 0;
  private isPointed = false;

  constructor(address: number, nets: { readonly sda: Net; readonly scl: Net }, map: RegisterMap) {
    this.address = address;
    this.map = map;
    this.terminals = [
      new Terminal(nets.sda, { line: "sda", device: this }),
      new Terminal(nets.scl, { line: "scl", device: this }),
    ];
  }

  start(isRead: boolean): void {
    this.isPointed = isRead;
  }
  write(byte: number): boolean {
    if (this.isPointed) {
      this.map.set(this.pointer, byte);
      this.pointer = this.map.next(this.pointer);
    } else this.pointer = byte;
    this.isPointed = true;
    return true;
  }
  read(): number {
    const byte = this.map.get(this.pointer);
    this.pointer = this.map.next(this.pointer);
    return byte;
  }
  stop(): void {}

  close(): void {
    for (const terminal of this.terminals) terminal.close();
  }
}
