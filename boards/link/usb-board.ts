// For tests, in Node and in a page: what `navigator.usb` gives of a micro:bit. Every transfer counts, so that a cable can be pulled at any.
import { memoryOf, parseRecords } from "./hex/records.ts";
import { Nrf, nrf51822, nrf52833, type Chip } from "./daplink/model/nrf.ts";
import { Probe, type ProbeOptions } from "./daplink/model/probe.ts";

export interface UsbOptions extends Partial<ProbeOptions> {
  readonly board?: "V1" | "V2";
  readonly chip?: Chip;
  /** Bulk endpoints as newer DAPLink has them, or control transfers as V1's. */
  readonly hasEndpoints?: boolean;
  /** DAPLink before 0249 has no interface for WebUSB. */
  readonly isOld?: boolean;
  /** Another program or tab holds the device. */
  readonly isHeld?: boolean;
}

const ids = { V1: "9900", V2: "9904" } as const;

export class UsbBoard {
  readonly target: Nrf;
  readonly probe: Probe;
  readonly options: UsbOptions;
  readonly serialNumber: string;
  readonly vendorId = 0x0d28;
  readonly productId = 0x0204;
  readonly productName = "BBC micro:bit CMSIS-DAP";
  opened = false;
  configuration: USBConfiguration | null = null;
  isPlugged = true;
  /** Counts what is plugged in anew: a page gets another USBDevice then, and the old one stays dead. */
  generation = 0;
  /** Transfers so far, and after which of them the cable is pulled. */
  transfers = 0;
  pullAt = Infinity;
  /** From this transfer on the device takes commands and never answers. */
  silentFrom = Infinity;
  /** Set by the one that plays the bus: tells pages that the device is gone. */
  onPulled: (() => void) | null = null;
  /** Before each transfer, for tests that do something at one. */
  onTransfer: (() => void) | null = null;
  private isClaimed = false;

  constructor(options: UsbOptions = {}) {
    this.options = options;
    const board = options.board ?? "V1";
    this.serialNumber = options.uniqueId ?? `${ids[board]}0000${"4e45".repeat(8)}97969901`.padEnd(48, "0");
    this.target = new Nrf(options.chip ?? (board === "V1" ? nrf51822 : nrf52833));
    this.probe = new Probe(this.target, { ...options, uniqueId: this.serialNumber });
  }

  pull(): void {
    this.isPlugged = this.opened = this.isClaimed = false;
    this.probe.powerCycle();
    this.onPulled?.();
  }
  plugIn(): void {
    this.isPlugged = true;
    this.generation++;
    this.pullAt = this.silentFrom = Infinity;
  }

  async open(): Promise<void> {
    this.mustBePlugged();
    if (this.options.isHeld) throw new DOMException("Access denied.", "SecurityError");
    this.opened = true;
  }
  async close(): Promise<void> {
    this.opened = this.isClaimed = false;
  }
  async selectConfiguration(): Promise<void> {
    this.mustBePlugged();
    const endpoints = this.options.hasEndpoints
      ? [
          { endpointNumber: 4, direction: "out", type: "bulk", packetSize: 64 },
          { endpointNumber: 5, direction: "in", type: "bulk", packetSize: 64 },
        ]
      : [];
    const mine = { interfaceNumber: 4, alternates: [{ interfaceClass: 0xff, endpoints }] };
    const cdc = { interfaceNumber: 1, alternates: [{ interfaceClass: 2, endpoints: [] }] };
    this.configuration = { interfaces: this.options.isOld ? [cdc] : [cdc, mine] } as unknown as USBConfiguration;
  }
  async claimInterface(): Promise<void> {
    this.mustBePlugged();
    this.isClaimed = true;
  }
  async releaseInterface(): Promise<void> {
    this.isClaimed = false;
  }

  async transferOut(_endpoint: number, data: BufferSource): Promise<USBOutTransferResult> {
    return this.take(data);
  }
  async controlTransferOut(_setup: USBControlTransferParameters, data?: BufferSource): Promise<USBOutTransferResult> {
    return this.take(data!);
  }
  async transferIn(): Promise<USBInTransferResult> {
    return this.give();
  }
  async controlTransferIn(): Promise<USBInTransferResult> {
    return this.give();
  }

  private take(data: BufferSource): USBOutTransferResult {
    this.count();
    const bytes = ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data);
    this.probe.take(bytes);
    return { status: "ok", bytesWritten: bytes.length } as USBOutTransferResult;
  }

  private give(): Promise<USBInTransferResult> {
    this.count();
    const answer = this.transfers >= this.silentFrom ? null : this.probe.give();
    if (!answer) return new Promise(() => {}); // nothing comes
    return Promise.resolve({ status: "ok", data: new DataView(answer.buffer as ArrayBuffer) } as USBInTransferResult);
  }

  private count(): void {
    this.mustBePlugged();
    if (!this.isClaimed) throw new DOMException("The interface is not claimed.", "InvalidStateError");
    this.onTransfer?.();
    if (++this.transfers >= this.pullAt) {
      this.pull();
      throw new DOMException("The device was disconnected.", "NetworkError");
    }
  }

  private mustBePlugged(): void {
    if (!this.isPlugged) throw new DOMException("The device was disconnected.", "NotFoundError");
  }
}

/** The bus that a page sees: `requestDevice` is the chooser, in which the user takes the first board that is plugged in. */
export class UsbBus extends EventTarget {
  readonly boards: readonly UsbBoard[];
  private readonly allowed = new Set<UsbBoard>();

  constructor(boards: readonly UsbBoard[]) {
    super();
    this.boards = boards;
    for (const board of boards) {
      board.onPulled = () => this.dispatchEvent(Object.assign(new Event("disconnect"), { device: board }));
    }
  }

  async requestDevice(): Promise<USBDevice> {
    const board = this.boards.find(({ isPlugged }) => isPlugged);
    if (!board) throw new DOMException("No device selected.", "NotFoundError");
    this.allowed.add(board);
    return handle(board);
  }
  async getDevices(): Promise<USBDevice[]> {
    return this.boards.filter((board) => board.isPlugged && this.allowed.has(board)).map(handle);
  }
}

/** What a page holds of a board: it does not come back to life with the board. */
function handle(board: UsbBoard): USBDevice {
  const { generation } = board;
  const facade = new Proxy(board, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== "function") return value;
      if (generation === target.generation) return value.bind(target) as unknown;
      return () => Promise.reject(new DOMException("The device was disconnected.", "NotFoundError"));
    },
  });
  return facade as unknown as USBDevice;
}

/** A flash of so many bytes as an Intel hex wants it, blank elsewhere. */
export function flashOfHex(hex: string, length: number): Uint8Array {
  const flash = new Uint8Array(length).fill(0xff);
  for (const { address, data } of memoryOf(parseRecords(hex))) if (address < length) flash.set(data, address);
  return flash;
}
