// Test support, Node only: real micro:bit V1 firmware under qemu-system-arm, its serial port as a Transport over loopback TCP.
// Debian packages qemu-system-arm and firmware-microbit-micropython (release 1.0.1, MicroPython 1.9.2). Not part of the page.
import { type ChildProcess, spawn } from "node:child_process";
import { connect, createServer, type Socket } from "node:net";
import { findFirmware, findQemu } from "../../.ci/find.mjs";
import { LinkError, type LinePace, type Transport } from "./transport.ts";

const firmware = findFirmware();
const emulator = findQemu();

/** Whether both are here, wherever `npm test` found them. */
export const qemuIsHere = firmware !== null && emulator !== null;

export interface QemuBoard {
  readonly port: number;
  /** Ends this emulator and waits for it. */
  stop(): Promise<void>;
}

/**
 * Boots the firmware; its serial port waits for one client at a time on `port`. With `waits` it boots when one comes.
 * With `isFast` no time is waited for: where nothing is to do, the board's clock jumps. It keeps a core busy all the time.
 */
export async function startQemu(
  options: { readonly waits?: boolean; readonly isFast?: boolean; readonly hex?: string } = {},
): Promise<QemuBoard> {
  const hex = options.hex ?? firmware;
  if (emulator === null || hex === null) throw new Error("needs qemu-system-arm and firmware-microbit-micropython");
  const port = await freePort();
  const serial = `tcp:127.0.0.1:${port},server=on,wait=${options.waits ? "on" : "off"}`;
  // Time goes by instructions, 64 ns each as at the board's 16 MHz: however busy this machine is, no timer is late, and a program
  // takes the milliseconds that it takes on a board.
  const child: ChildProcess = spawn(
    emulator,
    [
      "-M",
      "microbit",
      "-icount",
      `shift=6,sleep=${options.isFast ? "off" : "on"}`,
      "-display",
      "none",
      "-monitor",
      "none",
      "-device",
      `loader,file=${hex}`,
      "-serial",
      serial,
    ],
    { stdio: "ignore" },
  );
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const endWithUs = (): void => void child.kill("SIGKILL");
  process.once("exit", endWithUs);
  return {
    port,
    async stop() {
      process.removeListener("exit", endWithUs);
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** A serial line over loopback TCP, as QEMU and `board.mjs --tcp` offer it. */
export class TcpTransport implements Transport {
  onBytes: ((bytes: Uint8Array) => void) | null = null;
  onClose: ((cause: LinkError) => void) | null = null;
  readonly world = null;
  // Slower than a real line needs: an emulator that gets no processor time for a while takes several pieces at once,
  // and the firmware's receive buffer has 64 bytes.
  readonly pace: LinePace = { chunkBytes: 16, gapMs: 6 };
  private readonly port: number;
  private socket: Socket | null = null;

  constructor(port: number) {
    this.port = port;
  }

  async open(signal?: AbortSignal): Promise<void> {
    // The emulator takes a moment until it listens.
    for (let tries = 0; ; tries++) {
      try {
        this.socket = await this.connectOnce();
        break;
      } catch (error) {
        if (tries === 100 || signal?.aborted)
          throw new LinkError("no-device", `nobody listens on port ${this.port}`, { cause: error });
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
    const { socket } = this;
    socket.setNoDelay(true);
    socket.on("data", (data: Uint8Array) => this.onBytes?.(new Uint8Array(data)));
    socket.on("error", () => {}); // "close" follows and tells
    socket.on("close", () => {
      if (this.socket !== socket) return;
      this.socket = null;
      this.onClose?.(new LinkError("lost", "the connection was closed"));
    });
  }

  async close(): Promise<void> {
    const { socket } = this;
    this.socket = null;
    socket?.destroy();
  }

  write(bytes: Uint8Array): Promise<void> {
    const { socket } = this;
    if (!socket) return Promise.reject(new LinkError("lost", "the connection is closed"));
    return new Promise((resolve, reject) => {
      socket.write(bytes, (error) => (error ? reject(new LinkError("lost", error.message, { cause: error })) : resolve()));
    });
  }

  private connectOnce(): Promise<Socket> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: "127.0.0.1", port: this.port }, () => {
        socket.removeListener("error", reject);
        resolve(socket);
      });
      socket.once("error", reject);
    });
  }
}

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
