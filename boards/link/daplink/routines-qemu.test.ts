// The same routines on a core and an NVMC that are not ours: QEMU's nRF51 through its gdb stub. Skipped where QEMU is missing.
import { type ChildProcess, spawn } from "node:child_process";
import { createServer, connect, type Socket } from "node:net";
import { crc32 } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findQemu } from "../../../.ci/find.mjs";
import { layout, sumPages, writePage } from "./routines.ts";

const emulator = findQemu();

/** As much of the GDB Remote Serial Protocol as loading, running to a breakpoint and reading take. */
class Debugger {
  private readonly socket: Socket;
  private received = "";
  private wake: (() => void) | null = null;

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on("data", (data: Uint8Array) => {
      this.received += Buffer.from(data).toString("latin1");
      this.wake?.();
    });
  }

  async ask(command: string): Promise<string> {
    const sum = [...command].reduce((all, character) => (all + character.charCodeAt(0)) & 0xff, 0);
    this.socket.write(`$${command}#${sum.toString(16).padStart(2, "0")}`);
    for (;;) {
      const [whole, content] = /\$([^#]*)#../.exec(this.received) ?? [];
      if (whole !== undefined) {
        this.received = this.received.slice(this.received.indexOf(whole) + whole.length);
        this.socket.write("+");
        return content!;
      }
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }

  async write(address: number, bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; at += 256) {
      const piece = bytes.subarray(at, at + 256);
      const hex = Buffer.from(piece).toString("hex");
      expect(await this.ask(`M${(address + at).toString(16)},${piece.length.toString(16)}:${hex}`)).toBe("OK");
    }
  }

  async read(address: number, length: number): Promise<Uint8Array> {
    const parts: string[] = [];
    for (let at = 0; at < length; at += 256)
      parts.push(await this.ask(`m${(address + at).toString(16)},${Math.min(256, length - at).toString(16)}`));
    return new Uint8Array(Buffer.from(parts.join(""), "hex"));
  }

  /** Runs a routine to its BKPT. */
  async execute(routine: Uint32Array, values: readonly number[]): Promise<void> {
    const bytes = new Uint8Array(routine.buffer);
    await this.write(layout.code, bytes);
    const end = layout.code + 2 * new Uint16Array(routine.buffer).indexOf(0xbe00);
    const word = (value: number) => Buffer.from(Uint32Array.of(value).buffer).toString("hex");
    for (const [register, value] of [...values.entries(), [13, layout.stack], [15, layout.code], [25, 0x0100_0000]] as const) {
      expect(await this.ask(`P${register.toString(16)}=${word(value)}`), `register ${register}`).toBe("OK");
    }
    await this.ask(`Z0,${end.toString(16)},2`);
    expect(await this.ask("c")).toMatch(/^[ST]05/);
    await this.ask(`z0,${end.toString(16)},2`);
  }
}

const some = (length: number, seed: number) =>
  Uint8Array.from({ length }, (_, i) => (Math.imul(i + seed, 2654435761) >>> 13) & 0xff);

describe.skipIf(emulator === null)("the routines on QEMU's nRF51", { retry: 2 }, () => {
  let child: ChildProcess;
  let board: Debugger;
  let socket: Socket;

  beforeAll(async () => {
    const port = await freePort();
    child = spawn(
      emulator!,
      ["-M", "microbit", "-display", "none", "-monitor", "none", "-serial", "none", "-S", "-gdb", `tcp:127.0.0.1:${port}`],
      {
        stdio: "ignore",
      },
    );
    socket = await reach(port);
    board = new Debugger(socket);
    // Single registers are only for those who know the target's description.
    await board.ask("qSupported:xmlRegisters=arm");
    await board.ask("qXfer:features:read:target.xml:0,1000");
  }, 20_000);
  afterAll(() => {
    socket.destroy();
    child.kill("SIGKILL");
  });

  test("a page is erased and written, its neighbours are not; the sums are zlib's", async () => {
    const page = some(1024, 3);
    for (const seed of [9, 3]) {
      // Twice: the second has to erase what the first wrote.
      await board.write(layout.data, some(1024, seed));
      await board.execute(writePage, [0x3_8400, layout.data, 1024, 0x4001_e504, 0x4001_e400]);
    }
    expect(await board.read(0x3_8400, 1024)).toEqual(page);
    const blank = new Uint8Array(await board.read(0x3_8000, 1024));
    const after = await board.read(0x3_8800, 1024);
    await board.execute(sumPages, [0x3_8000, 1024, 3, layout.data]);
    const sums = new Uint32Array((await board.read(layout.data, 12)).buffer.slice(0, 12));
    expect([...sums]).toEqual([blank, page, after].map((bytes) => crc32(bytes)));
    expect(new Set(blank).size).toBe(1);
  }, 20_000);
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port"))));
    });
  });
}

async function reach(port: number): Promise<Socket> {
  for (let tries = 0; ; tries++) {
    try {
      return await new Promise<Socket>((resolve, reject) => {
        const socket = connect({ host: "127.0.0.1", port }, () => resolve(socket));
        socket.once("error", reject);
      });
    } catch (error) {
      if (tries === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
