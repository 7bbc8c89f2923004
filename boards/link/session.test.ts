// Session against a scripted board: what it must bear from boards that hang, answer nonsense or go away.
import { expect, test, vi } from "vitest";
import { microbitV1, microbitV2, pyboardV11 } from "../index.ts";
import { Machine } from "../sim/machine.ts";
import { modelById } from "../sim/models.ts";
import { parseBytes } from "./files.ts";
import { LoopbackTransport } from "./loopback.ts";
import { openSession, type Session } from "./session.ts";
import { LinkError, type Transport } from "./transport.ts";

const encoder = new TextEncoder();
const banner = "raw REPL; CTRL-B to exit\r\n>";

/** A board that answers by a function of what it was sent. */
class Script implements Transport {
  onBytes: ((bytes: Uint8Array) => void) | null = null;
  onClose: ((cause: LinkError) => void) | null = null;
  readonly pace = { chunkBytes: 1000, gapMs: 0 };
  readonly world = null;
  sent = "";
  private readonly answer: (sent: string, board: Script) => string | void;

  constructor(answer: (sent: string, board: Script) => string | void) {
    this.answer = answer;
  }
  async open(): Promise<void> {}
  async close(): Promise<void> {}
  async write(bytes: Uint8Array): Promise<void> {
    const text = new TextDecoder().decode(bytes);
    this.sent += text;
    const reply = this.answer(text, this);
    if (reply) queueMicrotask(() => this.say(reply));
  }
  say(text: string): void {
    this.onBytes?.(encoder.encode(text));
  }
  pull(): void {
    this.onClose?.(new LinkError("lost", "pulled"));
  }
}

/** MicroPython's raw REPL in miniature; `run` answers a program. */
function micropython(run: (source: string, board: Script) => string | void, options: { paste?: boolean } = {}): Script {
  let source = "";
  let pasting = false;
  return new Script((sent, board) => {
    if (sent.endsWith("\x01") && !sent.startsWith("\x05")) return banner;
    if (sent === "\x05A\x01") {
      if (!options.paste) return banner;
      pasting = true;
      return "R\x01\x10\x00\x01";
    }
    if (sent === "\x02") return '\r\nMicroPython\r\nType "help()" for more information.\r\n>>> ';
    if (sent === "\x04") {
      if (source === "" && !pasting) return `OK\r\nsoft reboot\r\n${banner}`;
      const program = source;
      const started = pasting ? "\x04" : "OK";
      source = "";
      pasting = false;
      const result = run(program, board);
      return result === undefined ? started : started + result;
    }
    if (sent.includes("\x03")) return "\r\n>>> ";
    source += sent;
    return pasting ? "\x01".repeat(Math.floor(source.length / 16) - Math.floor((source.length - sent.length) / 16)) : undefined;
  });
}

async function open(board: Script): Promise<Session> {
  const session = openSession(microbitV1, board);
  await session.open();
  return session;
}

test("runs on firmware without raw paste", async () => {
  const board = micropython(() => "hi\r\n\x04\x04>");
  const session = await open(board);
  const output: string[] = [];
  session.onOutput = (text) => output.push(text);
  expect(await session.run("print('hi')")).toEqual({ ending: "done", error: "" });
  expect(output.join("")).toBe("hi\r\n>>> ");
});

test("sends no more than the window allows with raw paste", async () => {
  let received = "";
  const board = micropython(
    (source) => {
      received = source;
      return "\x04\x04>";
    },
    { paste: true },
  );
  const session = await open(board);
  const source = "x = 1\n".repeat(30);
  expect((await session.run(source)).ending).toBe("done");
  expect(received).toBe(source);
});

test("keeps states in order and tells the ending", async () => {
  const session = await open(micropython(() => "\x04Traceback\r\nValueError: no\r\n\x04>"));
  const states: string[] = [];
  const endings: unknown[] = [];
  session.onState = (state) => states.push(state);
  session.onEnding = (ending) => endings.push(ending);
  await session.run("raise ValueError('no')");
  expect(states).toEqual(["running", "idle"]);
  expect(endings).toEqual([{ ending: "raised", error: "Traceback\nValueError: no\n" }]);
});

test("shows a character that arrives in two pieces whole", async () => {
  const board = new Script(() => {});
  const session = await open(board);
  const output: string[] = [];
  session.onOutput = (text) => output.push(text);
  board.onBytes?.(Uint8Array.of(0x61, 0xc3));
  board.onBytes?.(Uint8Array.of(0xa9));
  expect(output).toEqual(["a", "é"]);
});

test("says timeout within 5 s when the board is silent", async () => {
  vi.useFakeTimers();
  try {
    const session = await open(new Script(() => {}));
    const ran = session.run("print(1)").catch((error: unknown) => error);
    const start = Date.now();
    await vi.runAllTimersAsync();
    expect(await ran).toMatchObject({ code: "timeout" });
    expect(Date.now() - start).toBeLessThanOrEqual(5000);
    expect(session.state).toBe("idle");
  } finally {
    vi.useRealTimers();
  }
});

test("says no-repl within 5 s when the board talks nonsense", async () => {
  vi.useFakeTimers();
  try {
    const session = await open(new Script(() => "AT+OK?\xff\xfe"));
    const ran = session.run("print(1)").catch((error: unknown) => error);
    await vi.runAllTimersAsync();
    expect(await ran).toMatchObject({ code: "no-repl" });
  } finally {
    vi.useRealTimers();
  }
});

test("stops an upload, and a program that never answers", async () => {
  const board = micropython(() => undefined);
  const session = await open(board);
  const ran = session.run("while True: pass");
  await vi.waitFor(() => expect(board.sent).toContain("while True"));
  await new Promise((resolve) => setTimeout(resolve, 20));
  await session.interrupt();
  board.say("\x04Traceback\r\nKeyboardInterrupt: \r\n\x04>");
  expect((await ran).ending).toBe("interrupted");
});

test("unplugged in the middle of a run: lost, closed, and open again later", async () => {
  const board: Script = micropython((source) => (source.includes("pull") ? board.pull() : "\x04\x04>"));
  const session = await open(board);
  const lost = vi.fn();
  session.onLost = lost;
  await expect(session.run("pull")).rejects.toMatchObject({ code: "lost" });
  expect([session.state, lost.mock.calls.length]).toEqual(["closed", 1]);
  await session.open();
  expect((await session.run("ok")).ending).toBe("done");
});

test("a board whose program says the same whatever is sent is stubborn", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  const board = new Script(() => "starting\r\n");
  const session = await open(board);
  const failing = expect(session.run("print(1)")).rejects.toMatchObject({ code: "stubborn" });
  await vi.advanceTimersByTimeAsync(6000);
  await failing;
  expect(session.state).toBe("idle");
  vi.useRealTimers();
});

test.each([
  [microbitV1, "from microbit import *\nreset()"],
  [microbitV2, "import machine\nmachine.reset()"],
  [pyboardV11, "import machine\nmachine.soft_reset()"],
])("a board in a reset loop is caught: %s", async (board, main) => {
  const machine = new Machine(modelById(board.id)!, { files: { "main.py": encoder.encode(main) } });
  machine.reset();
  const session = openSession(board, new LoopbackTransport(machine));
  await session.open();
  expect((await session.run("print('caught')")).ending).toBe("done");
  await session.close();
});

test("in a hidden tab, whose timers hardly fire, a program still gets to the board", async () => {
  const board = Object.assign(
    micropython(() => "\x04\x04>"),
    { pace: { chunkBytes: 32, gapMs: 2 } },
  );
  const session = await open(board);
  vi.stubGlobal("document", { hidden: true });
  vi.stubGlobal("setTimeout", () => 0);
  const { ending } = await session.run("x = 1  # and so on\n".repeat(40));
  vi.unstubAllGlobals();
  expect(ending).toBe("done");
  expect(board.sent.length).toBeGreaterThan(700);
});

test("an hour of sleep in the middle of a request is not taken for the board's silence", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  const board = micropython((source) => {
    if (!source.includes("listdir")) return "\x04\x04>";
    // The computer sleeps; the answer comes a moment after it has woken.
    setTimeout(() => vi.setSystemTime(Date.now() + 3_600_000), 1000);
    setTimeout(() => board.say("micro:bit with nRF51822\r\n3 a.py\r\n\x04\x04>"), 4700);
    return undefined;
  });
  const session = await open(board);
  const listed = session.files.list();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(await listed).toEqual([{ name: "a.py", size: 3 }]);
  vi.useRealTimers();
});

test("a board reset by its own button while a program runs: Stop ends the waiting", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  const board = micropython(() => undefined);
  const session = await open(board);
  const ran = session.run("while True: pass");
  await vi.advanceTimersByTimeAsync(1000);
  expect(session.state).toBe("running");
  board.say("MicroPython\r\n>>> ");
  void session.interrupt();
  await vi.advanceTimersByTimeAsync(10_000);
  expect((await ran).ending).toBe("interrupted");
  expect(session.state).toBe("idle");
  vi.useRealTimers();
});

test("a file that reads back otherwise is an error", async () => {
  const board = micropython((source) => (source.includes("f.read(") ? "0 b''\r\n\x04\x04>" : "\x04\x04>"));
  const session = openSession(pyboardV11, board);
  await session.open();
  await expect(session.files.write("main.py", encoder.encode("x"))).rejects.toMatchObject({ code: "file" });
});

test("a full board is told apart", async () => {
  const board = micropython((source) =>
    source.includes("f.write(") ? "\x04OSError: no more storage space\r\n\x04>" : "\x04\x04>",
  );
  const session = await open(board);
  await expect(session.files.write("main.py", encoder.encode("x"))).rejects.toMatchObject({ code: "full" });
});

test("a save can be stopped, and the board is usable after it", async () => {
  const board = micropython(() => "\x04\x04>");
  const session = await open(board);
  const stop = new AbortController();
  const saving = session.files.write("main.py", new Uint8Array(4000), {
    signal: stop.signal,
    onProgress: (done) => done > 0.1 && stop.abort(),
  });
  await expect(saving).rejects.toMatchObject({ code: "aborted" });
  expect((await session.run("ok")).ending).toBe("done");
});

test.each([
  ["b'a\\n\\xff\\\\'", [97, 10, 255, 92]],
  ['b"it\'s"', [105, 116, 39, 115]],
  ["b''", []],
])("reads %s as bytes", (shown, bytes) => expect([...(parseBytes(shown) ?? [])]).toEqual(bytes));

test.each([
  [microbitV2, 160 * 126 - 2 * 126],
  [pyboardV11, null],
])("lists files with their sizes and what is free: %s", async (board, free) => {
  const files = { "main.py": encoder.encode("pass\n"), "a b.csv": new Uint8Array(100) };
  const machine = new Machine(modelById(board.id)!, { files });
  machine.reset();
  const session = openSession(microbitV1, new LoopbackTransport(machine));
  await session.open();
  const found = await session.files.look();
  expect(found.files).toEqual([
    { name: "a b.csv", size: 100 },
    { name: "main.py", size: 5 },
  ]);
  if (free === null) expect(found.freeBytes).toBeGreaterThan(50_000);
  else expect(found.freeBytes).toBe(free);
  expect(session.machine).toContain(board.mcu);
  await session.close();
});
