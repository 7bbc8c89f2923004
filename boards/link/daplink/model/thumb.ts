// For tests: an ARMv6-M core as far as flash routines need one, Thumb instructions of 16 bits over a bus. No exceptions, no
// interrupts, no 32-bit instructions: meeting one throws, so that a routine is never half understood. ARMv6-M Reference Manual, A5.

export interface Bus {
  read(address: number, bytes: 1 | 2 | 4): number;
  write(address: number, bytes: 1 | 2 | 4, value: number): void;
}

const sp = 13;
const lr = 14;
const pc = 15;

export class Thumb {
  /** r0 to r15; r15 is the address of the next instruction. */
  readonly registers = new Uint32Array(16);
  private n = false;
  private z = false;
  private c = false;
  private v = false;
  private readonly bus: Bus;

  constructor(bus: Bus) {
    this.bus = bus;
  }

  /** Only the flags: the rest of xPSR is not kept. */
  set xpsr(value: number) {
    this.n = (value >>> 31 & 1) === 1; // prettier-ignore
    this.z = ((value >>> 30) & 1) === 1;
    this.c = ((value >>> 29) & 1) === 1;
    this.v = ((value >>> 28) & 1) === 1;
  }
  get xpsr(): number {
    const flags = (Number(this.n) << 31) | (Number(this.z) << 30) | (Number(this.c) << 29) | (Number(this.v) << 28);
    return (flags | 0x0100_0000) >>> 0;
  }

  /** Runs one instruction. True when it was BKPT, on which the core stands still. */
  step(): boolean {
    const { registers: r, bus } = this;
    const at = r[pc]!;
    const op = bus.read(at, 2);
    if (op >>> 8 === 0xbe) return true;
    r[pc] = at + 2;
    const low = op & 7;
    const middle = (op >>> 3) & 7;
    const high = (op >>> 6) & 7;
    const imm5 = (op >>> 6) & 31;
    const imm8 = op & 0xff;
    const named = (op >>> 8) & 7;
    switch (op >>> 11) {
      case 0b00000: // LSLS (MOVS)
        if (imm5 > 0) this.c = ((r[middle]! >>> (32 - imm5)) & 1) === 1;
        r[low] = this.flags(r[middle]! << imm5);
        break;
      case 0b00001: // LSRS
        this.c = ((r[middle]! >>> (imm5 === 0 ? 31 : imm5 - 1)) & 1) === 1;
        r[low] = this.flags(imm5 === 0 ? 0 : r[middle]! >>> imm5);
        break;
      case 0b00011: {
        // ADDS, SUBS of a register or three bits
        const operand = (op & 0x400) !== 0 ? high : r[high]!;
        r[low] = (op & 0x200) === 0 ? this.add(r[middle]!, operand, 0) : this.add(r[middle]!, ~operand, 1);
        break;
      }
      case 0b00100: // MOVS
        r[named] = this.flags(imm8);
        break;
      case 0b00101: // CMP
        this.add(r[named]!, ~imm8, 1);
        break;
      case 0b00110: // ADDS
        r[named] = this.add(r[named]!, imm8, 0);
        break;
      case 0b00111: // SUBS
        r[named] = this.add(r[named]!, ~imm8, 1);
        break;
      case 0b01000:
        if ((op & 0x400) === 0) this.dataProcessing((op >>> 6) & 15, low, middle);
        else this.highRegisters(op);
        break;
      case 0b01001: // LDR, literal
        r[named] = bus.read(((at + 4) & ~3) + imm8 * 4, 4);
        break;
      case 0b01100: // STR
        bus.write(r[middle]! + imm5 * 4, 4, r[low]!);
        break;
      case 0b01101: // LDR
        r[low] = bus.read(r[middle]! + imm5 * 4, 4);
        break;
      case 0b01110: // STRB
        bus.write(r[middle]! + imm5, 1, r[low]! & 0xff);
        break;
      case 0b01111: // LDRB
        r[low] = bus.read(r[middle]! + imm5, 1);
        break;
      case 0b11000: // STM, with writeback
        this.eachOf(imm8, (i) => this.next(named, (address) => bus.write(address, 4, r[i]!)));
        break;
      case 0b11001: // LDM; the base is not in the list
        if (((imm8 >>> named) & 1) !== 0) throw this.unknown(at, op);
        this.eachOf(imm8, (i) => this.next(named, (address) => (r[i] = bus.read(address, 4))));
        break;
      case 0b11010:
      case 0b11011: // B, conditional
        if (((op >>> 8) & 15) >= 14) throw this.unknown(at, op);
        if (this.holds((op >>> 8) & 15)) r[pc] = at + 4 + ((imm8 << 24) >> 23);
        break;
      case 0b11100: // B
        r[pc] = at + 4 + (((op & 0x7ff) << 21) >> 20);
        break;
      default:
        throw this.unknown(at, op);
    }
    return false;
  }

  private dataProcessing(operation: number, d: number, m: number): void {
    const { registers: r } = this;
    switch (operation) {
      case 0b0000:
        r[d] = this.flags(r[d]! & r[m]!);
        break;
      case 0b0001:
        r[d] = this.flags(r[d]! ^ r[m]!);
        break;
      case 0b1000: // TST
        this.flags(r[d]! & r[m]!);
        break;
      case 0b1010: // CMP
        this.add(r[d]!, ~r[m]!, 1);
        break;
      case 0b1100:
        r[d] = this.flags(r[d]! | r[m]!);
        break;
      case 0b1110: // BICS
        r[d] = this.flags(r[d]! & ~r[m]!);
        break;
      case 0b1111: // MVNS
        r[d] = this.flags(~r[m]!);
        break;
      default:
        throw this.unknown(r[pc]! - 2, 0x4000 | (operation << 6));
    }
  }

  private highRegisters(op: number): void {
    const { registers: r } = this;
    const m = (op >>> 3) & 15;
    const d = (op & 7) | ((op >>> 4) & 8);
    if (((op >>> 8) & 3) === 2 && d !== pc && m !== pc)
      r[d] = r[m]!; // MOV
    else if (((op >>> 7) & 7) === 6)
      r[pc] = r[m]! & ~1; // BX
    else throw this.unknown(r[pc]! - 2, op);
  }

  private eachOf(list: number, act: (register: number) => void): void {
    for (let i = 0; i < 8; i++) if (((list >>> i) & 1) === 1) act(i);
  }

  private next(base: number, act: (address: number) => void): void {
    const address = this.registers[base]!;
    act(address);
    this.registers[base] = address + 4;
  }

  private flags(value: number): number {
    this.n = value < 0 || value >>> 31 === 1;
    this.z = value >>> 0 === 0;
    return value;
  }

  private add(a: number, b: number, carry: number): number {
    const sum = (a >>> 0) + (b >>> 0) + carry;
    const result = sum >>> 0;
    this.c = sum > 0xffff_ffff;
    this.v = ((~(a ^ b) & (a ^ result)) >>> 31) === 1; // prettier-ignore
    this.flags(result);
    return result;
  }

  private holds(condition: number): boolean {
    const { n, z, c, v } = this;
    const base = [z, c, n, v, c && !z, n === v, !z && n === v][condition >>> 1]!;
    return (condition & 1) === 0 ? base : !base;
  }

  private unknown(at: number, op: number): Error {
    return new Error(
      `thumb: ${op.toString(16).padStart(4, "0")} at ${at.toString(16)} is not modelled (sp ${this.registers[sp]}, lr ${this.registers[lr]})`,
    );
  }
}
