// A real board over the browser's serial port: Web Serial, or where that is missing WebUSB through web-serial-polyfill.
// Every DOMException becomes a LinkError here. Nothing above knows which of the two is used.
import type { BoardDescriptor } from "../descriptor.ts";
import { LinkError, type LinePace, type LinkErrorCode, type Transport } from "./transport.ts";

/** The part of Web Serial that is used; the polyfill gives it too. */
export interface SerialLike {
  requestPort(options: { filters: { usbVendorId: number; usbProductId?: number }[] }): Promise<PortLike>;
  getPorts(): Promise<PortLike[]>;
}
export interface PortLike {
  readonly readable: ReadableStream<Uint8Array> | null;
  readonly writable: WritableStream<Uint8Array> | null;
  open(options: { baudRate: number; bufferSize?: number }): Promise<void>;
  close(): Promise<void>;
  getInfo(): { usbVendorId?: number | undefined; usbProductId?: number | undefined };
  setSignals?(signals: { dataTerminalReady?: boolean; requestToSend?: boolean; break?: boolean }): Promise<void>;
  addEventListener?(type: "disconnect", listener: () => void): void;
  removeEventListener?(type: "disconnect", listener: () => void): void;
}

const armVendorId = 0x0d28;
const lockName = "blinkyard-serial";
const writeMs = 4500;
const closeMs = 1000;

/** Whether this browser can reach a board at all; when not, offer to save a file. */
export function serialSupport(): "serial" | "usb" | "none" {
  if (typeof navigator === "undefined") return "none";
  if ("serial" in navigator) return "serial";
  return "usb" in navigator ? "usb" : "none";
}

async function serialOfBrowser(): Promise<SerialLike> {
  switch (serialSupport()) {
    case "serial":
      return navigator.serial as unknown as SerialLike;
    case "usb":
      return (await import("web-serial-polyfill")).serial as unknown as SerialLike;
    case "none":
      throw new LinkError("unsupported", "neither Web Serial nor WebUSB in this browser");
  }
}

/** When `open` shows the browser's chooser, which must come from a click; without it only a port that was allowed before is opened. */
export type Asking = "if-needed" | "always" | "never";

/** A line to one of `boards`. */
export class WebSerialTransport implements Transport {
  onBytes: ((bytes: Uint8Array) => void) | null = null;
  onClose: ((cause: LinkError) => void) | null = null;
  readonly world = null;
  // The micro:bit's interface chip has no flow control towards the target, whose receive buffer is 64 bytes.
  readonly pace: LinePace = { chunkBytes: 32, gapMs: 5 };
  hardReset?: () => Promise<void>;

  private readonly filters: { usbVendorId: number; usbProductId?: number }[];
  private readonly asking: Asking;
  private port: PortLike | null = null;
  private reader: ReadableStreamDefaultReader<Uint8Array> | null = null;
  private writer: WritableStreamDefaultWriter<Uint8Array> | null = null;
  private reading: Promise<void> = Promise.resolve();
  private closing = false;
  /** Which `open` is the current one; null after `close`. */
  private opening: object | null = null;
  private releaseLock: (() => void) | null = null;
  private leaving: Promise<void> = Promise.resolve();

  constructor(boards: readonly BoardDescriptor[], asking: Asking = "if-needed") {
    const seen = new Map<string, { usbVendorId: number; usbProductId?: number }>();
    for (const { vendorId, productId } of boards.flatMap((board) => board.usb)) {
      const filter = productId === undefined ? { usbVendorId: vendorId } : { usbVendorId: vendorId, usbProductId: productId };
      seen.set(`${vendorId}:${productId}`, filter);
    }
    this.filters = [...seen.values()];
    this.asking = asking;
  }

  async open(signal?: AbortSignal): Promise<void> {
    const opening = (this.opening = {});
    const mustGoOn = (): void => {
      if (signal?.aborted || this.opening !== opening) throw new LinkError("aborted", "stopped by the caller");
    };
    await this.leaving; // a port that was just lost is still being closed
    mustGoOn();
    this.closing = false;
    const serial = await serialOfBrowser();
    const port = (await this.allowedPort(serial)) ?? (await this.choose(serial));
    mustGoOn();
    const lock = await this.takeLock();
    try {
      await port.open({ baudRate: 115200, bufferSize: 4096 });
      // A pyboard's USB console stays silent without DTR.
      await port.setSignals?.({ dataTerminalReady: true, requestToSend: true }).catch(() => {}); // old interface chips lack it
    } catch (error) {
      lock?.();
      const failure = linkError(error, "in-use", "opening the port");
      if (lock || failure.code !== "in-use") throw failure;
      throw new LinkError("other-tab", failure.message, { cause: error });
    }
    try {
      mustGoOn();
    } catch (error) {
      await withinMs(closeMs, port.close()).catch(() => {}); // closed while it opened
      lock?.();
      throw error;
    }
    this.releaseLock = lock;
    this.port = port;
    this.writer = port.writable?.getWriter() ?? null;
    if (port.getInfo().usbVendorId === armVendorId && port.setSignals) this.hardReset = () => this.sendBreak();
    port.addEventListener?.("disconnect", this.unplugged);
    this.reading = this.readOn(port);
  }

  async close(): Promise<void> {
    this.closing = true;
    this.opening = null;
    await this.letGo();
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (!this.writer) throw new LinkError("lost", "the port is not open");
    try {
      // A board that hangs may stop taking bytes, and then this would wait for ever.
      await withinMs(writeMs, this.writer.write(bytes));
    } catch (error) {
      throw linkError(error, "lost", "write failed");
    }
  }

  // DAPLink turns a serial break into a reset of its target.
  private async sendBreak(): Promise<void> {
    const port = this.port;
    if (!port?.setSignals) throw new LinkError("lost", "the port is not open");
    try {
      await port.setSignals({ break: true });
      await new Promise((resolve) => setTimeout(resolve, 100));
      await port.setSignals({ break: false });
    } catch (error) {
      throw linkError(error, "lost", "reset failed");
    }
  }

  private choose(serial: SerialLike): Promise<PortLike> {
    if (this.asking === "never") return Promise.reject(new LinkError("no-device", "no port that was allowed before"));
    return serial.requestPort({ filters: this.filters }).catch(fail("no-device"));
  }

  private async allowedPort(serial: SerialLike): Promise<PortLike | null> {
    if (this.asking === "always") return null;
    const ports = await serial.getPorts().catch(fail("unsupported"));
    return (
      ports.find((port) => {
        const { usbVendorId, usbProductId } = port.getInfo();
        return this.filters.some((f) => f.usbVendorId === usbVendorId && (f.usbProductId ?? usbProductId) === usbProductId);
      }) ?? null
    );
  }

  private async readOn(port: PortLike): Promise<void> {
    // A framing or overrun error ends the stream but not the port: it gives a new one.
    while (port.readable && !this.closing) {
      const reader = port.readable.getReader();
      this.reader = reader;
      try {
        for (;;) {
          const { value, done } = await reader.read();
          if (done) break;
          this.onBytes?.(value);
        }
        if (!this.closing) break;
      } catch (error) {
        if (!isLineNoise(error)) break;
      } finally {
        reader.releaseLock();
        this.reader = null;
      }
    }
    if (!this.closing && this.port === port) this.unplugged();
  }

  private readonly unplugged = (): void => {
    if (this.closing || !this.port) return;
    this.closing = true;
    void this.letGo();
    this.onClose?.(new LinkError("lost", "the board was unplugged"));
  };

  private letGo(): Promise<void> {
    this.leaving = this.leaving.then(() => this.leave());
    return this.leaving;
  }

  private async leave(): Promise<void> {
    const { port, writer, reader, reading, releaseLock } = this;
    this.port = this.writer = this.releaseLock = null;
    delete this.hardReset;
    port?.removeEventListener?.("disconnect", this.unplugged);
    // Each of these fails on a port that is already gone, which is what we want of it; on one that hangs it takes for ever.
    await withinMs(closeMs, reader?.cancel()).catch(() => {});
    await withinMs(closeMs, reading).catch(() => {});
    try {
      writer?.releaseLock();
    } catch {
      // an unplugged port's writer is already free
    }
    await withinMs(closeMs, port?.close()).catch(() => {});
    releaseLock?.();
  }

  // Two tabs may have two boards, so the lock is no bar: it tells who holds a port that cannot be opened. Resolves to what frees it,
  // or null when another tab has it.
  private takeLock(): Promise<(() => void) | null> {
    const { locks } = navigator;
    const nothing = (): void => {};
    if (!locks) return Promise.resolve(nothing);
    return new Promise((resolve) => {
      void locks
        .request(lockName, { ifAvailable: true }, (lock) => {
          if (!lock) return resolve(null);
          return new Promise<void>((release) => resolve(release));
        })
        .catch(() => resolve(nothing)); // a document that may not use locks
    });
  }
}

/** What `work` gives, or "timeout" when it takes too long. */
async function withinMs<T>(ms: number, work: Promise<T> | undefined): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new LinkError("timeout", `the port did not answer in ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

// What Chromium and Firefox throw where: https://wicg.github.io/serial/
const codeByName: Readonly<Record<string, LinkErrorCode>> = {
  NotFoundError: "no-device",
  SecurityError: "unsupported",
  NotSupportedError: "unsupported",
  NetworkError: "in-use",
  InvalidStateError: "in-use",
  NotAllowedError: "in-use",
  AbortError: "aborted",
};

function linkError(error: unknown, otherwise: LinkErrorCode, doing: string): LinkError {
  if (error instanceof LinkError) return error;
  const name = error instanceof Error ? error.name : "";
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const code = otherwise === "lost" ? "lost" : (codeByName[name] ?? otherwise);
  return new LinkError(code, `${doing}: ${text}`, { cause: error });
}

function fail(otherwise: LinkErrorCode): (error: unknown) => never {
  return (error) => {
    throw linkError(error, otherwise, "choosing a port");
  };
}

function isLineNoise(error: unknown): boolean {
  return error instanceof Error && ["BufferOverrunError", "BreakError", "FramingError", "ParityError"].includes(error.name);
}
