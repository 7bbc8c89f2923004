// A micro:bit's interface chip over WebUSB: the target's memory and core through CMSIS-DAP, whole hexes through DAPLink. dapjs speaks
// the protocols (MIT, 10 kB gzipped, any device object will do, which is how tests come in; the Foundation's own connection library brings
// Bluetooth and serial, and neither cancels nor reads back). Ours are time limits, pulled cables, stale answers and the routines.
import { CortexM, DAPLink, WebUSB, type Transport } from "dapjs";
import { FlashError, TargetFault } from "./fault.ts";
import type { Geometry } from "./image.ts";
import { layout, sumPages, writePage } from "./routines.ts";

const packetBytes = 64;
/** Answers that may be none of ours: so many may be left over from a page that went away in the middle. */
const staleLimit = 8;

// daplink_vendor_commands.h
const vendor = { uniqueId: 0x80, open: 0x8a, close: 0x8b, write: 0x8c } as const;
const streamHex = 1;
/** Of a packet's 64 bytes, command and length take two. */
const streamBytes = 62;

// ARMv6-M Architecture Reference Manual, C1.6
const dhcsr = { address: 0xe000_edf0, key: 0xa05f_0000, debugEnable: 1, halted: 1 << 17 } as const;
const dfsr = { address: 0xe000_ed30, all: 0x1f } as const;
const demcr = { address: 0xe000_edfc, catchReset: 1 } as const;
const aircr = { address: 0xe000_ed0c, reset: 0x05fa_0004 } as const;
const register = { sp: 13, pc: 15, xpsr: 16 } as const;

// Both chips: FICR and NVMC
const ficr = { pageBytes: 0x1000_0010, pages: 0x1000_0014 } as const;
const nvmc = { config: 0x4001_e504, ready: 0x4001_e400 } as const;

export interface ProbeOptions {
  readonly signal?: AbortSignal | undefined;
  /** Longest wait for an answer. Erasing a whole chip happens within one. */
  readonly answerMs?: number;
}

/** dapjs's WebUSB with an end to waiting. Once it has failed it fails at once: cleaning up must not wait again. */
class Line implements Transport {
  readonly packetSize = packetBytes;
  private readonly inner: WebUSB;
  private readonly answerMs: number;
  private isOpen = false;
  fault: FlashError | null = null;

  constructor(device: USBDevice, answerMs: number) {
    this.inner = new WebUSB(device);
    this.answerMs = answerMs;
  }

  async open(): Promise<void> {
    if (this.isOpen) return;
    try {
      await this.inner.open();
    } catch (cause) {
      throw openFault(cause);
    }
    this.isOpen = true;
  }
  async close(): Promise<void> {
    this.isOpen = false;
    await this.inner.close().catch(() => {}); // it may be gone, which is what is wanted
  }
  read(): Promise<DataView> {
    return this.limited(() => this.inner.read());
  }
  write(data: BufferSource): Promise<void> {
    const whole = new Uint8Array(packetBytes); // V1's control transfers want full reports
    whole.set(new Uint8Array(ArrayBuffer.isView(data) ? data.buffer : data).subarray(0, packetBytes));
    return this.limited(() => this.inner.write(whole));
  }

  private async limited<T>(work: () => Promise<T>): Promise<T> {
    if (this.fault) throw this.fault;
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      return await Promise.race([
        work(),
        new Promise<never>((_, reject) => {
          timer = setTimeout(() => reject(new FlashError("timeout", `no answer for ${this.answerMs} ms`)), this.answerMs);
        }),
      ]);
    } catch (cause) {
      this.fault = cause instanceof FlashError ? cause : new FlashError("lost", String(cause), { cause });
      throw this.fault;
    } finally {
      clearTimeout(timer);
    }
  }
}

function openFault(cause: unknown): FlashError {
  const text = String(cause);
  if (/No valid interfaces/.test(text)) return new FlashError("old-interface", text, { cause });
  const isGone = cause instanceof Error && (cause.name === "NotFoundError" || /disconnected/i.test(text));
  return new FlashError(isGone ? "lost" : "in-use", text, { cause });
}

/** Opens dapjs's protected requests: DAPLink's vendor commands are sent as any. */
class Interface extends DAPLink {
  ask(command: number, data?: Uint8Array): Promise<DataView> {
    return this.send(command, data as Uint8Array<ArrayBuffer> | undefined);
  }
}

class Core extends CortexM {
  /** Core registers, three to a packet. */
  async setRegisters(values: readonly (readonly [register: number, value: number])[]): Promise<void> {
    await this.transferSequence(values.map(([to, value]) => this.writeCoreRegisterCommand(to, value)));
  }
}

export class Probe {
  private readonly line: Line;
  private readonly signal: AbortSignal | undefined;
  private dap: Interface;
  private core: Core | null = null;
  private loaded: Uint32Array | null = null;

  private constructor(line: Line, signal: AbortSignal | undefined) {
    this.line = line;
    this.signal = signal;
    this.dap = new Interface(line);
  }

  /** Takes the device. Throws FlashError; the device is let go then. */
  static async open(device: USBDevice, { signal, answerMs = 10_000 }: ProbeOptions = {}): Promise<Probe> {
    const line = new Line(device, answerMs);
    const probe = new Probe(line, signal);
    try {
      await line.open();
      await probe.synchronise();
    } catch (error) {
      await line.close();
      throw error;
    }
    return probe;
  }

  /** Lets the device go. Never throws. */
  async close(): Promise<void> {
    this.core = null;
    if (this.dap.connected && !this.line.fault) await this.dap.disconnect().catch(() => {});
    await this.line.close();
  }

  /** Takes what is left over from others off the line: an answer to DAP_Info(packet size) is known when it is seen. */
  private async synchronise(): Promise<void> {
    await this.line.write(Uint8Array.of(0x00, 0xff));
    for (let i = 0; i < staleLimit; i++) {
      const answer = await this.line.read();
      if (answer.getUint8(0) === 0x00 && answer.getUint8(1) === 2) return;
    }
    throw new FlashError("protocol", "DAP_Info is answered with something else");
  }

  /** What is also the USB serial number, which a browser may hide. */
  async uniqueId(): Promise<string> {
    const answer = await this.vendor(vendor.uniqueId);
    return String.fromCharCode(...new Uint8Array(answer.buffer, answer.byteOffset + 2, answer.getUint8(1)));
  }

  /** Connects to the target, which runs on. Throws TargetFault when it does not answer. */
  async attach(): Promise<void> {
    await this.detach();
    await this.swd(async () => {
      const core = new Core(this.dap);
      await core.connect();
      this.core = core;
    });
  }

  /** dapjs remembers what it has selected, which a reset of the debug port undoes: each connection begins with new objects. */
  private async detach(): Promise<void> {
    this.core = this.loaded = null;
    if (this.dap.connected) await this.dap.ask(0x03).catch(() => {});
    this.dap = new Interface(this.line);
    if (this.line.fault) throw this.line.fault;
  }

  async geometry(): Promise<Geometry> {
    return { pageBytes: await this.readWord(ficr.pageBytes), pages: await this.readWord(ficr.pages) };
  }

  readWord(address: number): Promise<number> {
    return this.swd((core) => core.readMem32(address));
  }

  /** Bytes of the target's memory. */
  async read(address: number, length: number): Promise<Uint8Array> {
    const start = address & ~3;
    const words: number[] = [];
    const count = Math.ceil((address + length - start) / 4);
    await this.inKilobytes(start, count, async (at, from, n) => {
      words.push(...(await this.swd((core) => core.readBlock(at, n))).subarray(0, n));
    });
    return new Uint8Array(Uint32Array.from(words).buffer).slice(address - start, address - start + length);
  }

  private async writeWords(address: number, words: Uint32Array): Promise<void> {
    await this.inKilobytes(address, words.length, (at, from, n) =>
      this.swd((core) => core.writeBlock(at, words.slice(from, from + n))),
    );
  }

  /** The memory port counts its address up only within 1 kB (ARM Debug Interface v5, 7.2.2). */
  private async inKilobytes(
    address: number,
    count: number,
    act: (at: number, from: number, count: number) => Promise<void>,
  ): Promise<void> {
    for (let from = 0; from < count;) {
      const at = address + from * 4;
      const n = Math.min(count - from, (0x400 - (at % 0x400)) / 4);
      await act(at, from, n);
      from += n;
    }
  }

  /** Resets the target and holds it before its first instruction: no interrupt, no program in the way of routines. */
  async haltAtReset(): Promise<void> {
    this.loaded = null;
    await this.swd(async (core) => {
      await core.writeMem32(dhcsr.address, dhcsr.key | dhcsr.debugEnable);
      await core.writeMem32(demcr.address, demcr.catchReset);
      await core.writeMem32(aircr.address, aircr.reset);
    });
    await this.untilHalted(2000);
    await this.swd((core) => core.writeMem32(demcr.address, 0));
  }

  /** Lets the target run from its reset vector, without a debugger. Also after the caller has said stop. */
  async run(): Promise<void> {
    await this.tried(async (core) => {
      await core.writeMem32(demcr.address, 0);
      await core.writeMem32(dhcsr.address, dhcsr.key);
      await core.writeMem32(aircr.address, aircr.reset);
    });
  }

  /** The CRC-32 of every page, made by the board itself. */
  async sums({ pageBytes, pages }: Geometry): Promise<Uint32Array> {
    await this.execute(sumPages, [0, pageBytes, pages, layout.data]);
    const bytes = await this.read(layout.data, pages * 4);
    return new Uint32Array(bytes.buffer);
  }

  async writePage(address: number, bytes: Uint8Array): Promise<void> {
    await this.writeWords(layout.data, new Uint32Array(bytes.slice().buffer));
    await this.execute(writePage, [address, layout.data, bytes.length, nvmc.config, nvmc.ready]);
  }

  private async execute(routine: Uint32Array, values: readonly number[]): Promise<void> {
    if (this.loaded !== routine) await this.writeWords(layout.code, routine);
    this.loaded = routine;
    await this.swd(async (core) => {
      await core.setRegisters([
        [register.xpsr, 0x0100_0000],
        [register.sp, layout.stack],
        [register.pc, layout.code],
        ...values.map((value, i) => [i, value] as const),
      ]);
      await core.writeMem32(dfsr.address, dfsr.all);
      await core.writeMem32(dhcsr.address, dhcsr.key | dhcsr.debugEnable);
    });
    await this.untilHalted(10_000);
  }

  private async untilHalted(limitMs: number): Promise<void> {
    for (const stop = Date.now() + limitMs; ;) {
      if (((await this.readWord(dhcsr.address)) & dhcsr.halted) !== 0) return;
      if (Date.now() > stop) throw new TargetFault("the core does not halt");
    }
  }

  /** Sends a whole hex to DAPLink, which erases the chip and writes it. What it said when it was not content, or null. */
  async stream(hex: string, onProgress: (done: number) => void): Promise<string | null> {
    await this.detach();
    let complaint: string | null = null;
    const status = async (command: number, data?: Uint8Array) => (await this.vendor(command, data)).getUint8(1);
    const opened = await status(vendor.open, Uint8Array.of(streamHex, 0, 0, 0));
    if (opened !== 0) throw new FlashError("refused", `DAPLink opens no stream: status ${opened}`);
    try {
      const bytes = new TextEncoder().encode(hex);
      for (let at = 0; at < bytes.length; at += streamBytes) {
        this.stopIfAsked();
        const piece = bytes.subarray(at, at + streamBytes);
        const code = await status(vendor.write, Uint8Array.of(piece.length, ...piece));
        // Releases number their codes differently, and V1's complain about sectors that are fine. Reading back decides.
        if (code !== 0 && at + streamBytes < bytes.length) complaint ??= `status ${code} at byte ${at}`;
        onProgress((at + piece.length) / bytes.length);
      }
    } catch (error) {
      // DAPLink must not be left in the middle of a file.
      if (!this.line.fault) await this.vendor(vendor.close).catch(() => {});
      throw error;
    }
    const closed = await status(vendor.close);
    return closed === 0 ? complaint : (complaint ?? `status ${closed} at the end`);
  }

  stopIfAsked(): void {
    if (this.signal?.aborted) throw new FlashError("aborted", "stopped by the caller");
  }

  private async vendor(command: number, data?: Uint8Array): Promise<DataView> {
    try {
      return await this.dap.ask(command, data);
    } catch (cause) {
      throw this.line.fault ?? new FlashError("protocol", String(cause), { cause });
    }
  }

  private async swd<T>(work: (core: Core) => Promise<T>): Promise<T> {
    this.stopIfAsked();
    return this.tried(work);
  }

  /** Work with the target. What is no fault of the line is the target's. */
  private async tried<T>(work: (core: Core) => Promise<T>): Promise<T> {
    try {
      return await work(this.core!);
    } catch (cause) {
      if (this.line.fault) throw this.line.fault;
      if (cause instanceof FlashError) throw cause;
      if (/Bad response/.test(String(cause))) throw new FlashError("protocol", String(cause), { cause });
      throw new TargetFault(String(cause), { cause });
    }
  }
}
