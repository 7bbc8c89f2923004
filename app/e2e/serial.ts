// A double of navigator.serial that only carries bytes: what the page writes goes to a Transport in Node (real firmware in QEMU),
// what that sends comes back to the page. `unplug` does what pulling the cable does.
import type { Page } from "playwright-core";
import { startQemu, TcpTransport, type QemuBoard } from "../../boards/link/qemu.ts";

export interface Cable {
  readonly qemu: QemuBoard;
  /** Pulls the cable: streams fail, the port tells its "disconnect". The board keeps its power. */
  unplug(): Promise<void>;
  plugIn(): Promise<void>;
  /** Bytes the page has sent so far. */
  readonly sent: () => number;
  close(): Promise<void>;
}

/** Boots a board and gives it to the page as a serial port. Call before the page is opened. */
export async function plugBoard(page: Page): Promise<Cable> {
  const qemu = await startQemu();
  const line = new TcpTransport(qemu.port);
  let sent = 0;
  let isPlugged = true;
  line.onBytes = (bytes) => {
    if (!isPlugged) return;
    void page
      .evaluate((text) => (globalThis as unknown as { serialTake(text: string): void }).serialTake(text), toBinary(bytes))
      .catch(() => {}); // the page is closed
  };
  await line.open();
  await page.exposeFunction("serialGive", async (text: string) => {
    if (!isPlugged) throw new Error("unplugged");
    sent += text.length;
    await line.write(fromBinary(text));
  });
  await page.addInitScript(installDouble);
  return {
    qemu,
    sent: () => sent,
    async unplug() {
      isPlugged = false;
      await page.evaluate(() => (globalThis as unknown as { serialUnplug(): void }).serialUnplug());
    },
    async plugIn() {
      isPlugged = true;
      await page.evaluate(() => (globalThis as unknown as { serialPlugIn(): void }).serialPlugIn());
    },
    async close() {
      await line.close();
      await qemu.stop();
    },
  };
}

const toBinary = (bytes: Uint8Array) => String.fromCharCode(...bytes);
const fromBinary = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** Runs in the page, before its own scripts. */
function installDouble(): void {
  const page = globalThis as unknown as {
    serialGive(text: string): Promise<void>;
    serialTake(text: string): void;
    serialUnplug(): void;
    serialPlugIn(): void;
  };
  let isPlugged = true;
  let isAllowed = false;
  let reader: ReadableStreamDefaultController<Uint8Array> | null = null;
  let writer: WritableStreamDefaultController | null = null;

  class Port extends EventTarget {
    readable: ReadableStream<Uint8Array> | null = null;
    writable: WritableStream<Uint8Array> | null = null;
    getInfo() {
      return { usbVendorId: 0x0d28, usbProductId: 0x0204 };
    }
    async open() {
      if (!isPlugged) throw new DOMException("Failed to open serial port.", "NetworkError");
      if (this.readable) throw new DOMException("The port is already open.", "InvalidStateError");
      this.readable = new ReadableStream({ start: (controller) => void (reader = controller) });
      this.writable = new WritableStream({
        start: (controller) => void (writer = controller),
        write: (bytes) => page.serialGive(String.fromCharCode(...bytes)),
      });
    }
    async close() {
      this.readable = this.writable = null;
      reader = null;
    }
    async setSignals() {}
    async forget() {}
  }
  const port = new Port();
  const serial = Object.assign(new EventTarget(), {
    async requestPort() {
      if (!isPlugged) throw new DOMException("No port selected by the user.", "NotFoundError");
      isAllowed = true;
      return port;
    },
    getPorts: async () => (isAllowed && isPlugged ? [port] : []),
  });
  Object.defineProperty(navigator, "serial", { value: serial, configurable: true });
  page.serialTake = (text) => reader?.enqueue(Uint8Array.from(text, (character) => character.charCodeAt(0)));
  page.serialUnplug = () => {
    isPlugged = false;
    const gone = new DOMException("The device has been lost.", "NetworkError");
    reader?.error(gone);
    writer?.error(gone);
    reader = writer = null;
    port.dispatchEvent(new Event("disconnect"));
  };
  page.serialPlugIn = () => {
    isPlugged = true;
  };
}
