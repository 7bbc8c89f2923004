// WebSerialTransport against a port that is only streams, with the errors that browsers throw.
import { afterEach, expect, test, vi } from "vitest";
import { microbitV1, pyboardV11 } from "../index.ts";
import { openSession } from "./session.ts";
import { LinkError } from "./transport.ts";
import { type PortLike, serialSupport, WebSerialTransport } from "./webserial.ts";

class FakePort extends EventTarget {
  readable: ReadableStream<Uint8Array> | null = null;
  writable: WritableStream<Uint8Array> | null = null;
  readonly sent: number[] = [];
  readonly signals: object[] = [];
  openError: Error | null = null;
  /** Its board takes no bytes. */
  isDeaf = false;
  private feed: ReadableStreamDefaultController<Uint8Array> | null = null;
  readonly vendorId: number;

  constructor(vendorId = 0x0d28) {
    super();
    this.vendorId = vendorId;
  }
  getInfo(): { usbVendorId: number; usbProductId: number } {
    return { usbVendorId: this.vendorId, usbProductId: this.vendorId === 0x0d28 ? 0x0204 : 0x9800 };
  }
  async open(): Promise<void> {
    if (this.openError) throw this.openError;
    this.readable = new ReadableStream({ start: (feed) => void (this.feed = feed) });
    this.writable = new WritableStream({
      write: (bytes) => (this.isDeaf ? new Promise(() => {}) : void this.sent.push(...bytes)),
    });
  }
  async close(): Promise<void> {
    if (this.readable?.locked || this.writable?.locked) throw new TypeError("Cannot cancel a locked stream");
    this.readable = this.writable = null;
  }
  async setSignals(signals: object): Promise<void> {
    this.signals.push(signals);
  }
  say(text: string): void {
    this.feed?.enqueue(new TextEncoder().encode(text));
  }
  break(name: string): void {
    this.feed?.error(new DOMException("", name));
    this.readable = new ReadableStream({ start: (feed) => void (this.feed = feed) });
  }
  unplug(): void {
    this.feed?.error(new DOMException("The device has been lost.", "NetworkError"));
    this.readable = null;
    this.dispatchEvent(new Event("disconnect"));
  }
}

type Locks = Pick<LockManager, "request">;
/** The browser's locks as another tab leaves them. */
const heldLocks = {
  request: async (_: string, __: object, take: (lock: null) => unknown) => take(null),
} as unknown as Locks;
function freeLocks(): { locks: Locks; held: number } {
  const counter = {
    held: 0,
    locks: {
      async request(_: string, __: object, take: (lock: object) => Promise<void>) {
        if (counter.held > 0) return take(null as never);
        counter.held++;
        await take({});
        counter.held--;
      },
    } as unknown as Locks,
  };
  return counter;
}

function browser(options: { readonly allowed?: FakePort[]; readonly chosen?: FakePort | Error; readonly locks?: Locks }): {
  filters: unknown[];
} {
  const asked = { filters: [] as unknown[] };
  const serial = {
    getPorts: async () => options.allowed ?? [],
    requestPort: async ({ filters }: { filters: unknown[] }) => {
      asked.filters = filters;
      if (options.chosen instanceof FakePort) return options.chosen;
      throw options.chosen ?? new DOMException("No port selected by the user.", "NotFoundError");
    },
  };
  vi.stubGlobal("navigator", { serial, locks: options.locks });
  return asked;
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const codeOf = async (opening: Promise<void>): Promise<string> => {
  try {
    await opening;
  } catch (error) {
    if (error instanceof LinkError) return error.code;
    throw error;
  }
  return "none";
};

test("asks only for the boards it is for", async () => {
  const asked = browser({ chosen: new FakePort() });
  const line = new WebSerialTransport([microbitV1, pyboardV11]);
  await line.open();
  expect(asked.filters).toEqual([
    { usbVendorId: 0x0d28, usbProductId: 0x0204 },
    { usbVendorId: 0xf055, usbProductId: 0x9800 },
    { usbVendorId: 0xf055, usbProductId: 0x9801 },
    { usbVendorId: 0xf055, usbProductId: 0x9802 },
  ]);
  await line.close();
});

test("takes a port that was allowed before without asking, unless told to choose", async () => {
  const [old, fresh] = [new FakePort(), new FakePort()];
  const asked = browser({ allowed: [new FakePort(0x1234), old], chosen: fresh });
  const line = new WebSerialTransport([microbitV1]);
  await line.open();
  expect([asked.filters.length, old.readable !== null]).toEqual([0, true]);
  await line.close();
  const other = new WebSerialTransport([microbitV1], "always");
  await other.open();
  expect(fresh.readable).not.toBe(null);
  await other.close();
  const quiet = new WebSerialTransport([pyboardV11], "never");
  expect([await codeOf(quiet.open()), asked.filters.length]).toEqual(["no-device", 1]);
});

test("carries bytes both ways, and closes so that it can be opened again", async () => {
  const port = new FakePort();
  browser({ allowed: [port] });
  const line = new WebSerialTransport([microbitV1]);
  const heard: string[] = [];
  line.onBytes = (bytes) => heard.push(new TextDecoder().decode(bytes));
  for (const word of ["one", "two"]) {
    await line.open();
    port.say(word);
    await line.write(Uint8Array.of(1, 2));
    await vi.waitFor(() => expect(heard).toContain(word));
    await line.close();
    expect(port.readable).toBe(null);
  }
  expect(port.sent).toEqual([1, 2, 1, 2]);
  await expect(line.write(Uint8Array.of(1))).rejects.toMatchObject({ code: "lost" });
});

test.each([
  ["NotFoundError", "no-device"],
  ["SecurityError", "unsupported"],
] as const)("choosing fails with %s: %s", async (name, code) => {
  browser({ chosen: new DOMException("", name) });
  expect(await codeOf(new WebSerialTransport([microbitV1]).open())).toBe(code);
});

test.each([
  ["NetworkError", "in-use"],
  ["InvalidStateError", "in-use"],
  ["NotAllowedError", "in-use"],
] as const)("opening fails with %s: %s", async (name, code) => {
  const port = new FakePort();
  port.openError = new DOMException("Failed to open serial port.", name);
  browser({ allowed: [port] });
  expect(await codeOf(new WebSerialTransport([microbitV1]).open())).toBe(code);
});

const held = () => {
  const port = new FakePort();
  port.openError = new DOMException("Failed to open serial port.", "NetworkError");
  return port;
};

test("a port that another tab of the page holds is told from one that another program holds", async () => {
  browser({ allowed: [held()], locks: heldLocks });
  expect(await codeOf(new WebSerialTransport([microbitV1]).open())).toBe("other-tab");
  browser({ allowed: [held()], locks: freeLocks().locks });
  expect(await codeOf(new WebSerialTransport([microbitV1]).open())).toBe("in-use");
});

test("two tabs may have a board each, and the lock is free when the line is closed, lost or never opened", async () => {
  browser({ allowed: [new FakePort()], locks: heldLocks });
  const second = new WebSerialTransport([microbitV1]);
  expect(await codeOf(second.open())).toBe("none");
  await second.close();

  const locks = freeLocks();
  const port = new FakePort();
  browser({ allowed: [port], locks: locks.locks });
  const line = new WebSerialTransport([microbitV1]);
  await line.open();
  expect(locks.held).toBe(1);
  await line.close();
  await vi.waitFor(() => expect(locks.held).toBe(0));
  await line.open();
  port.unplug();
  await vi.waitFor(() => expect(locks.held).toBe(0));
  port.openError = new DOMException("", "NetworkError");
  expect(await codeOf(line.open())).toBe("in-use");
  await vi.waitFor(() => expect(locks.held).toBe(0));
});

test("closing while the port opens leaves no port open behind", async () => {
  const port = new FakePort();
  let goOn = (): void => {};
  const open = port.open.bind(port);
  port.open = () => new Promise((resolve) => (goOn = () => resolve(open())));
  browser({ allowed: [port] });
  const line = new WebSerialTransport([microbitV1]);
  const opening = codeOf(line.open());
  await new Promise((resolve) => setTimeout(resolve, 5));
  await line.close();
  goOn();
  expect(await opening).toBe("aborted");
  expect(port.readable).toBe(null);
});

test("a board that takes no more bytes is a timeout, and a port that does not close holds nobody up", async () => {
  const port = new FakePort();
  browser({ allowed: [port] });
  const line = new WebSerialTransport([microbitV1]);
  await line.open();
  vi.useFakeTimers();
  port.isDeaf = true;
  const writing = expect(line.write(Uint8Array.of(1))).rejects.toMatchObject({ code: "timeout" });
  await vi.advanceTimersByTimeAsync(5000);
  await writing;
  port.close = () => new Promise(() => {});
  const closing = line.close();
  await vi.advanceTimersByTimeAsync(5000);
  await closing;
});

test("a board that was just unplugged can be opened again at once", async () => {
  const port = new FakePort();
  browser({ allowed: [port] });
  const line = new WebSerialTransport([microbitV1]);
  await line.open();
  port.unplug();
  port.readable = null;
  await line.open();
  await line.write(Uint8Array.of(7));
  expect(port.sent.at(-1)).toBe(7);
  await line.close();
});

test("an old interface chip without signals works, and its board is reset through the REPL", async () => {
  const port = new FakePort();
  port.setSignals = () => Promise.reject(new DOMException("Failed to set control signals.", "NetworkError"));
  browser({ allowed: [port] });
  const session = openSession(microbitV1, new WebSerialTransport([microbitV1]));
  await session.open();
  const reset = session.reset("hard");
  const answers = { "\x01": "raw REPL; CTRL-B to exit\r\n>", "\x02": "\r\nMicroPython\r\n>>> " };
  const answer = setInterval(() => {
    const last = String.fromCharCode(port.sent.at(-1) ?? 0) as keyof typeof answers;
    if (last in answers) port.say(answers[last]);
  }, 5);
  await reset;
  clearInterval(answer);
  expect(String.fromCharCode(...port.sent)).toContain("machine.reset()\r");
  await session.close();
});

test("says lost once when the board is unplugged", async () => {
  const port = new FakePort();
  browser({ allowed: [port] });
  const line = new WebSerialTransport([microbitV1]);
  const lost: string[] = [];
  line.onClose = (cause) => lost.push(cause.code);
  await line.open();
  port.unplug();
  await vi.waitFor(() => expect(lost).toEqual(["lost"]));
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(lost).toEqual(["lost"]);
});

test("reads on after line noise", async () => {
  const port = new FakePort();
  browser({ allowed: [port] });
  const line = new WebSerialTransport([microbitV1]);
  let heard = "";
  line.onBytes = (bytes) => (heard += new TextDecoder().decode(bytes));
  await line.open();
  port.break("FramingError");
  await new Promise((resolve) => setTimeout(resolve, 5));
  port.say("still here");
  await vi.waitFor(() => expect(heard).toBe("still here"));
  await line.close();
});

test("only a micro:bit's interface chip has a reset line: a break", async () => {
  const port = new FakePort();
  browser({ allowed: [port] });
  const line = new WebSerialTransport([microbitV1]);
  await line.open();
  await line.hardReset?.();
  expect(port.signals.slice(-2)).toEqual([{ break: true }, { break: false }]);
  await line.close();
  browser({ allowed: [new FakePort(0xf055)] });
  const pyboard = new WebSerialTransport([pyboardV11]);
  await pyboard.open();
  expect(pyboard.hardReset).toBe(undefined);
  await pyboard.close();
});

test("a session over it says lost in the middle of a run", async () => {
  const port = new FakePort();
  browser({ allowed: [port] });
  const session = openSession(microbitV1, new WebSerialTransport([microbitV1]));
  await session.open();
  const ran = session.run("print(1)");
  await vi.waitFor(() => expect(port.sent.length).toBeGreaterThan(0));
  port.unplug();
  await expect(ran).rejects.toMatchObject({ code: "lost" });
  expect(session.state).toBe("closed");
});

test("knows what the browser has", async () => {
  vi.stubGlobal("navigator", {});
  expect(serialSupport()).toBe("none");
  expect(await codeOf(new WebSerialTransport([microbitV1]).open())).toBe("unsupported");
  vi.stubGlobal("navigator", { usb: {} });
  expect(serialSupport()).toBe("usb");
});

// The fake has what the transport needs of a port.
const shape: PortLike = new FakePort();
void shape;
