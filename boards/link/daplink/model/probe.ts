// For tests: the micro:bit's interface chip: CMSIS-DAP commands over SWD to an Nrf, and DAPLink's vendor commands. Commands, fields and
// status codes are named as in the CMSIS-DAP documentation ("DAP_Transfer"...) and DAPLink's daplink_vendor_commands.h.
import { memoryOf, parseRecords, RecordError, type HexRecord } from "../../hex/records.ts";
import { BusFault, type Nrf } from "./nrf.ts";

const packetBytes = 64;
const ack = { ok: 1, wait: 2, fault: 4, none: 7 } as const;
/** error_t, as far as it is used; DAPLink's releases number the later ones differently. */
const error = { success: 0, internal: 2, done: 16 } as const;

export interface ProbeOptions {
  /** 48 hexadecimal digits. */
  readonly uniqueId: string;
  /** The chip refuses its debugger until it is erased, as with readback protection. */
  readonly isLocked?: boolean;
  /** DAPLink refuses to open its stream. */
  readonly refusesStream?: boolean;
  /** Answers left over from a page that went away in the middle. */
  readonly staleAnswers?: number;
}

export class Probe {
  readonly target: Nrf;
  readonly options: ProbeOptions;
  /** Whether the chip is locked now. */
  isLocked: boolean;
  /** Vendor commands that were taken, for tests that ask which way was taken. */
  readonly streams: string[] = [];

  private answers: Uint8Array[] = [];
  private isSwdOn = false;
  private select = 0;
  private tar = 0;
  private csw = 0;
  private isFaulty = false;
  private stream: { text: string; isDone: boolean; hasErased: boolean } | null = null;

  constructor(target: Nrf, options: ProbeOptions) {
    this.target = target;
    this.options = options;
    this.isLocked = options.isLocked ?? false;
    for (let i = 0; i < (options.staleAnswers ?? 0); i++) this.answers.push(packet(0x11, 0));
  }

  /** The cable was pulled: the interface chip and its target have no power, and begin anew. */
  powerCycle(): void {
    this.answers = [];
    this.isSwdOn = this.isFaulty = false;
    this.stream = null;
    this.target.powerCycle();
  }

  take(command: Uint8Array): void {
    const view = new Uint8Array(packetBytes);
    view.set(command.subarray(0, packetBytes));
    this.answers.push(this.answer(view));
  }

  /** The next answer; with none the transfer stays pending on a real device. */
  give(): Uint8Array | null {
    return this.answers.shift() ?? null;
  }

  private answer(command: Uint8Array): Uint8Array {
    const [id] = command;
    switch (id) {
      case 0x00: // DAP_Info
        return this.info(command[1]!);
      case 0x02: // DAP_Connect: 1 is SWD
        this.isSwdOn = true;
        this.isFaulty = false;
        this.select = this.tar = this.csw = 0;
        return packet(id, 1);
      case 0x03: // DAP_Disconnect
        this.isSwdOn = false;
        return packet(id, 0);
      case 0x04: // DAP_TransferConfigure
      case 0x11: // DAP_SWJ_Clock
      case 0x12: // DAP_SWJ_Sequence
      case 0x13: // DAP_SWD_Configure
        return packet(id, 0);
      case 0x08: // DAP_WriteABORT
        this.isFaulty = false;
        return packet(id, 0);
      case 0x0a: // DAP_ResetTarget
        this.target.reset();
        return packet(id, 0, 1);
      case 0x05:
        return this.transfer(command);
      case 0x06:
        return this.transferBlock(command);
      case 0x80: {
        const text = new TextEncoder().encode(this.options.uniqueId);
        return packet(id, text.length, ...text);
      }
      case 0x89: // ID_DAP_ResetTargetIfNoAutoReset
        this.target.reset();
        return packet(id, 1);
      case 0x8a:
        return packet(id, this.streamOpen(command[1]!));
      case 0x8b:
        return packet(id, this.streamClose());
      case 0x8c:
        return packet(id, this.streamWrite(command.subarray(2, 2 + command[1]!)));
      default:
        return packet(0xff); // ID_DAP_Invalid
    }
  }

  private info(id: number): Uint8Array {
    if (id === 0xff) return packet(0, 2, packetBytes, 0);
    if (id === 0xfe) return packet(0, 1, 1);
    const text = new TextEncoder().encode(id === 0x04 ? "2.0.0\0" : "");
    return packet(0, text.length, ...text);
  }

  /** DAP_Transfer: index, count, then requests with a word each if they write. Answers count, ack, the words read. */
  private transfer(command: Uint8Array): Uint8Array {
    const answer = new Uint8Array(packetBytes);
    const view = new DataView(command.buffer, command.byteOffset);
    let done = 0;
    let at = 3;
    let out = 3;
    let state: number = ack.ok;
    while (done < command[2]! && state === ack.ok) {
      const request = command[at++]!;
      const isRead = (request & 2) !== 0;
      const data = isRead ? 0 : view.getUint32(at, true);
      if (!isRead) at += 4;
      const result = this.access(request, data);
      state = result.ack;
      if (state !== ack.ok) break;
      if (isRead) new DataView(answer.buffer).setUint32((out += 4) - 4, result.data, true);
      done++;
    }
    answer.set([0x05, done, state]);
    return answer;
  }

  /** DAP_TransferBlock: index, count in two bytes, one request, then its words. */
  private transferBlock(command: Uint8Array): Uint8Array {
    const answer = new Uint8Array(packetBytes);
    const view = new DataView(command.buffer, command.byteOffset);
    const count = view.getUint16(2, true);
    const request = command[4]!;
    const isRead = (request & 2) !== 0;
    let state: number = ack.ok;
    let done = 0;
    for (; done < count; done++) {
      const result = this.access(request, isRead ? 0 : view.getUint32(5 + done * 4, true));
      state = result.ack;
      if (state !== ack.ok) break;
      if (isRead) new DataView(answer.buffer).setUint32(4 + done * 4, result.data, true);
    }
    answer.set([0x06, done & 0xff, done >> 8, state]);
    return answer;
  }

  /** One SWD access: debug port or access port, register by A3:A2. ARM Debug Interface v5, chapters 6 and 7. */
  private access(request: number, data: number): { readonly ack: number; readonly data: number } {
    if (!this.isSwdOn || this.stream) return { ack: ack.none, data: 0 };
    const isRead = (request & 2) !== 0;
    const register = request & 0x0c;
    if ((request & 1) === 0) {
      if (!isRead && register === 0) this.isFaulty = false; // ABORT
      if (!isRead && register === 8) this.select = data;
      if (isRead && register === 0) return { ack: ack.ok, data: 0x0bb1_1477 }; // DPIDR
      if (isRead && register === 4) return { ack: ack.ok, data: 0xf000_0000 }; // CTRL/STAT: powered up
      return { ack: ack.ok, data: 0 };
    }
    if (this.isFaulty) return { ack: ack.fault, data: 0 };
    try {
      return { ack: ack.ok, data: this.memoryPort((this.select & 0xf0) | register, isRead, data) };
    } catch (failure) {
      if (!(failure instanceof BusFault)) throw failure;
      this.isFaulty = true; // sticky until ABORT
      return { ack: ack.fault, data: 0 };
    }
  }

  private memoryPort(register: number, isRead: boolean, data: number): number {
    switch (register) {
      case 0x00:
        if (!isRead) this.csw = data;
        return this.csw;
      case 0x04:
        if (!isRead) this.tar = data >>> 0;
        return this.tar;
      case 0x0c: {
        if (this.isLocked) throw new BusFault("readback protection");
        const bytes = (this.csw & 7) === 2 ? 4 : 2;
        const value = isRead ? this.target.read(this.tar, bytes) : 0;
        if (!isRead) this.target.write(this.tar, bytes, data >>> 0);
        // Auto-increment is only promised within 1 kB.
        if ((this.csw & 0x30) === 0x10) this.tar = ((this.tar & ~0x3ff) | ((this.tar + bytes) & 0x3ff)) >>> 0;
        return value;
      }
      case 0xfc:
        return 0x0477_0021; // IDR: an AHB-AP
      default:
        return 0;
    }
  }

  private streamOpen(type: number): number {
    this.streams.push(`open ${type}`);
    if (this.options.refusesStream) return error.internal;
    this.stream = { text: "", isDone: false, hasErased: false };
    return error.success;
  }

  private streamWrite(bytes: Uint8Array): number {
    const { stream } = this;
    if (!stream) return error.internal;
    stream.text += new TextDecoder().decode(bytes);
    const end = stream.text.lastIndexOf("\n") + 1;
    if (end === 0) return error.success;
    const lines = stream.text.slice(0, end);
    stream.text = stream.text.slice(end);
    if (lines.trim() === "") return error.success;
    try {
      return this.program(parseRecords(lines));
    } catch (failure) {
      if (!(failure instanceof RecordError)) throw failure;
      return error.internal;
    }
  }

  private base: readonly HexRecord[] = [];

  private program(records: readonly HexRecord[]): number {
    const stream = this.stream!;
    if (!stream.hasErased) {
      this.target.eraseAll();
      this.isLocked = false;
      stream.hasErased = true;
      this.base = [];
    }
    const high = [...this.base, ...records].filter(({ type }) => type === 4);
    for (const { address, data } of memoryOf([...this.base, ...records])) {
      const { flash, uicr, worn, chip } = this.target;
      for (const [i, byte] of data.entries()) {
        const to = address + i;
        const isWorn = worn.has(Math.floor(to / chip.pageBytes));
        if (to < flash.length) flash[to] = isWorn ? byte & ~0x10 : byte;
        else if (to >= 0x1000_1000 && to < 0x1000_1000 + uicr.length) uicr[to - 0x1000_1000] = byte;
      }
    }
    this.base = high.slice(-1);
    stream.isDone ||= records.some(({ type }) => type === 1);
    return stream.isDone ? error.done : error.success;
  }

  private streamClose(): number {
    const { stream } = this;
    this.streams.push("close");
    this.stream = null;
    this.isSwdOn = false; // the flash manager leaves SWD switched off
    this.target.powerCycle(); // and the target running
    return stream?.isDone ? error.success : error.internal;
  }
}

function packet(...bytes: number[]): Uint8Array {
  const full = new Uint8Array(packetBytes);
  full.set(bytes);
  return full;
}
