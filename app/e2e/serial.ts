// A double of navigator.serial that only carries bytes: what a page writes goes to a Transport in Node (real firmware in QEMU, or a
// simulated board), what that sends comes back to the page that has the port open. One board for all tabs of a context, of which one
// at a time can hold it, as with a real port.
import type { Page } from "playwright-core";
import { boardById } from "../../boards/index.ts";
import { LoopbackTransport } from "../../boards/link/loopback.ts";
import { startQemu, TcpTransport, type QemuBoard } from "../../boards/link/qemu.ts";
import type { Transport } from "../../boards/link/transport.ts";
import { Machine } from "../../boards/sim/machine.ts";
import { modelById } from "../../boards/sim/models.ts";

export interface Cable {
  /** The simulated board at the other end, if it is one. */
  readonly machine: Machine | null;
  /** Pulls the cable: streams fail, the port tells its "disconnect", unless the page is not there to hear it. The board keeps its power. */
  unplug(isHeard?: boolean): Promise<void>;
  plugIn(): Promise<void>;
  /** Another program takes the port, or gives it back. */
  seize(isSeized: boolean): void;
  /** Bytes the pages have sent so far. */
  readonly sent: () => number;
  close(): Promise<void>;
}

/** Gives a board to the tabs of the page's context as a serial port. Call before the page is opened. */
export async function plugBoard(page: Page, board = "qemu"): Promise<Cable> {
  const { line, machine, end } = board === "qemu" ? await realFirmware() : simulated(board);
  const context = page.context();
  const state = { isPlugged: true, isSeized: false, isAllowed: false };
  let sent = 0;
  let holder: Page | null = null;
  const tell = (name: string, text = "") =>
    holder
      ?.evaluate(
        ([name, text]) => (globalThis as unknown as Record<string, (text: string) => void>)[name!]?.(text!),
        [name, text],
      )
      .catch(() => {}); // the page is closed
  line.onBytes = (bytes) => {
    if (state.isPlugged) void tell("serialTake", toBinary(bytes));
  };
  await line.open();

  const letGo = (gone: Page) => {
    if (holder === gone) holder = null;
  };
  await context.exposeBinding("serialOpen", ({ page }) => {
    if (!state.isPlugged || state.isSeized || holder) return false;
    holder = page;
    page.once("close", letGo);
    // A page that is reloaded loses its port.
    page.once("domcontentloaded", letGo);
    return true;
  });
  await context.exposeBinding("serialClose", ({ page }) => letGo(page));
  await context.exposeBinding("serialState", (_, isAllowed?: boolean) => {
    state.isAllowed ||= isAllowed ?? false;
    return { isPlugged: state.isPlugged, isAllowed: state.isAllowed };
  });
  await context.exposeBinding("serialGive", async ({ page }, text: string) => {
    if (!state.isPlugged || holder !== page) throw new Error("unplugged");
    sent += text.length;
    await line.write(fromBinary(text));
  });
  const close = async () => {
    await line.close();
    await end();
  };
  // A test that fails leaves its cable where it is.
  context.once("close", () => void close());
  const usb = (boardById(board) ?? boardById("microbit-v1"))!.usb[0]!;
  await context.addInitScript(installDouble, { usbVendorId: usb.vendorId, usbProductId: usb.productId ?? 0 });
  return {
    machine,
    sent: () => sent,
    async unplug(isHeard = true) {
      state.isPlugged = false;
      if (isHeard) await tell("serialUnplug");
      holder = null;
    },
    async plugIn() {
      state.isPlugged = true;
    },
    seize(isSeized) {
      state.isSeized = isSeized;
    },
    close,
  };
}

interface End {
  readonly line: Transport;
  readonly machine: Machine | null;
  end(): Promise<void>;
}
async function realFirmware(): Promise<End> {
  const qemu: QemuBoard = await startQemu();
  return { line: new TcpTransport(qemu.port), machine: null, end: () => qemu.stop() };
}
function simulated(board: string): End {
  const machine = new Machine(modelById(board)!, { files: {}, seed: 1 });
  machine.reset();
  return { line: new LoopbackTransport(machine), machine, end: async () => {} };
}

const toBinary = (bytes: Uint8Array) => String.fromCharCode(...bytes);
const fromBinary = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** Runs in every page, before its own scripts. */
function installDouble(info: { readonly usbVendorId: number; readonly usbProductId: number }): void {
  const page = globalThis as unknown as {
    serialOpen(): Promise<boolean>;
    serialClose(): Promise<void>;
    serialState(isAllowed?: boolean): Promise<{ isPlugged: boolean; isAllowed: boolean }>;
    serialGive(text: string): Promise<void>;
    serialTake(text: string): void;
    serialUnplug(): void;
  };
  let reader: ReadableStreamDefaultController<Uint8Array> | null = null;
  let writer: WritableStreamDefaultController | null = null;

  class Port extends EventTarget {
    readable: ReadableStream<Uint8Array> | null = null;
    writable: WritableStream<Uint8Array> | null = null;
    getInfo() {
      return info;
    }
    async open() {
      if (this.readable) throw new DOMException("The port is already open.", "InvalidStateError");
      if (!(await page.serialOpen())) throw new DOMException("Failed to open serial port.", "NetworkError");
      this.readable = new ReadableStream({ start: (controller) => void (reader = controller) });
      this.writable = new WritableStream({
        start: (controller) => void (writer = controller),
        write: (bytes) => page.serialGive(String.fromCharCode(...bytes)),
      });
    }
    async close() {
      this.readable = this.writable = null;
      reader = null;
      await page.serialClose();
    }
    async setSignals() {}
    async forget() {}
  }
  const port = new Port();
  const serial = Object.assign(new EventTarget(), {
    async requestPort() {
      if (!(await page.serialState()).isPlugged) throw new DOMException("No port selected by the user.", "NotFoundError");
      await page.serialState(true);
      return port;
    },
    async getPorts() {
      const { isAllowed, isPlugged } = await page.serialState();
      return isAllowed && isPlugged ? [port] : [];
    },
  });
  Object.defineProperty(navigator, "serial", { value: serial, configurable: true });
  page.serialTake = (text) => reader?.enqueue(Uint8Array.from(text, (character) => character.charCodeAt(0)));
  page.serialUnplug = () => {
    const gone = new DOMException("The device has been lost.", "NetworkError");
    reader?.error(gone);
    writer?.error(gone);
    reader = writer = null;
    port.dispatchEvent(new Event("disconnect"));
  };
}
