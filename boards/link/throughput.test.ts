// How fast a program gets to a board, in virtual time: bytes go over a line of 115200 baud in USB frames of a millisecond, and the
// simulated board reads them as its firmware would. At least nine tenths of what its flow control allows.
import { afterEach, expect, test, vi } from "vitest";
import { boardById, microbitV1, microbitV2, pyboardV11 } from "../index.ts";
import { Machine } from "../sim/machine.ts";
import { modelById } from "../sim/models.ts";
import { openSession } from "./session.ts";
import type { Transport } from "./transport.ts";
import { WebSerialTransport } from "./webserial.ts";

const program = (lines: number) => "x = [1, 2, 3]  # a line of a program\n".repeat(lines);
const source = program(120);
/** V1 keeps the text while it compiles: its heap has no room for twice as much. */
const shortSource = program(60);

/** A serial line that carries so many bytes a millisecond to a simulated board. */
class Wire implements Transport {
  onBytes: ((bytes: Uint8Array) => void) | null = null;
  onClose: Transport["onClose"] = null;
  readonly world = null;
  readonly pace = new WebSerialTransport([]).pace;
  readonly machine: Machine;
  readonly bytesPerMs: number;
  sent = "";
  /** When each byte reached the board, in milliseconds. */
  readonly arrivedMs: number[] = [];
  private readonly queue: number[] = [];
  private budget = 0;
  private ms = 0;
  private answers: Uint8Array[] = [];

  constructor(board: string) {
    this.machine = new Machine(modelById(board)!, { files: {}, seed: 1 });
    this.machine.reset();
    this.bytesPerMs = 1e6 / boardById(board)!.serialNsPerByte;
    this.machine.onSerial = (bytes) => this.answers.push(bytes.slice());
  }
  async open(): Promise<void> {
    await this.frames(200);
  }
  async close(): Promise<void> {}
  async write(bytes: Uint8Array): Promise<void> {
    this.queue.push(...bytes);
  }

  async frames(count: number): Promise<void> {
    for (let i = 0; i < count; i++) {
      this.ms++;
      this.budget = Math.min(this.budget + this.bytesPerMs, this.bytesPerMs + 1);
      const part = this.queue.splice(0, Math.floor(this.budget));
      this.budget -= part.length;
      for (const byte of part) {
        this.sent += String.fromCharCode(byte);
        this.arrivedMs.push(this.ms);
      }
      if (part.length > 0) this.machine.feed(Uint8Array.from(part));
      const ready = this.answers;
      this.answers = [];
      this.machine.runFor(1);
      for (const bytes of ready) this.onBytes?.(bytes);
      await vi.advanceTimersByTimeAsync(1);
    }
  }

  /** Milliseconds from the first byte of the source to the last. */
  msOf(text: string): number {
    const start = this.sent.indexOf(text.slice(0, 40));
    expect(this.sent.slice(start)).toContain(text);
    return this.arrivedMs[start + text.length - 1]! - this.arrivedMs[start]! + 1;
  }
}

afterEach(() => void vi.useRealTimers());

async function withRun(board: string, text = source): Promise<number> {
  const wire = new Wire(board);
  const session = openSession(boardById(board)!, wire);
  await session.open();
  let ending = "";
  void session.run(text).then((result) => (ending = result.ending));
  while (ending === "") await wire.frames(1);
  expect(ending).toBe("done");
  return wire.msOf(text);
}

/** Sends by raw paste whatever the window allows, as soon as it does. */
async function atOnce(board: string): Promise<number> {
  const wire = new Wire(board);
  await wire.open();
  await wire.write(Uint8Array.of(13, 3, 3, 1));
  await wire.frames(50);
  let [room, window, at, answer] = [0, 0, 0, ""];
  wire.onBytes = (bytes) => {
    for (const byte of bytes) {
      if (answer.length < 4) answer += String.fromCharCode(byte);
      else if (byte === 1) room += window;
      if (answer.length === 4 && window === 0) window = room = answer.charCodeAt(2) | (answer.charCodeAt(3) << 8);
    }
  };
  await wire.write(Uint8Array.of(5, 65, 1));
  while (at < source.length) {
    const piece = source.slice(at, at + room);
    room -= piece.length;
    at += piece.length;
    await wire.write(new TextEncoder().encode(piece));
    await wire.frames(1);
  }
  await wire.frames(500);
  return wire.msOf(source);
}

const fake = { toFake: ["setTimeout", "clearTimeout", "Date", "performance"] } as const;
const told = (board: string, ms: number, least: number, text = source) => {
  const perSecond = (time: number) => `${((text.length / time) * 1000).toFixed(0)} B/s`;
  console.log(`${board}: ${perSecond(ms)} of ${perSecond(least)} that are allowed, ${((100 * least) / ms).toFixed(0)} %`);
};

test.each([microbitV2.id, pyboardV11.id])("raw paste fills the window of %s", async (board) => {
  vi.useFakeTimers({ ...fake, toFake: [...fake.toFake] });
  const least = await atOnce(board);
  const ms = await withRun(board);
  told(board, ms, least);
  expect(least / ms).toBeGreaterThanOrEqual(0.9);
});

test("raw mode keeps the pace of a buffer of 64 bytes without flow control", async () => {
  vi.useFakeTimers({ ...fake, toFake: [...fake.toFake] });
  const { pace } = new WebSerialTransport([]);
  const ms = await withRun(microbitV1.id, shortSource);
  const least = (shortSource.length / pace.chunkBytes) * pace.gapMs;
  told(microbitV1.id, ms, least, shortSource);
  expect(least / ms).toBeGreaterThanOrEqual(0.9);
  // Two pieces fit the buffer, in case the firmware is collecting garbage when they come.
  expect(2 * pace.chunkBytes).toBeLessThanOrEqual(64);
});
