// The cable is pulled at every byte of a run, a stop, a save and a load, in either direction. Each time the session says "lost"
// and is closed, the next one works, and a file on the board is whole unless the error names it. Likewise for every byte that an
// old interface chip may drop.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { BoardDescriptor } from "../descriptor.ts";
import { microbitV1, microbitV2, pyboardV11 } from "../index.ts";
import { Machine } from "../sim/machine.ts";
import { modelById } from "../sim/models.ts";
import { LoopbackTransport } from "./loopback.ts";
import { openSession, type Session } from "./session.ts";
import { LinkError } from "./transport.ts";

/** A line that breaks when so many bytes have gone over it, in the middle of a piece if need be, or loses one byte. */
class Cable extends LoopbackTransport {
  count = 0;
  cutAt = Infinity;
  dropAt = Infinity;

  override async open(): Promise<void> {
    await super.open();
    const { machine } = this;
    const deliver = machine.onSerial;
    machine.onSerial = (bytes) => {
      const whole = this.pass(bytes);
      if (whole.length > 0) deliver?.(whole);
      this.check();
    };
  }
  override async write(bytes: Uint8Array): Promise<void> {
    await super.write(this.pass(bytes));
    if (this.check()) throw new LinkError("lost", "pulled while writing");
  }
  private pass(bytes: Uint8Array): Uint8Array {
    const left = this.cutAt - this.count;
    const dropped = this.dropAt - 1 - this.count;
    this.count += Math.min(left, bytes.length);
    return bytes.subarray(0, left).filter((_, at) => at !== dropped);
  }
  private check(): boolean {
    if (this.count < this.cutAt) return false;
    this.cutAt = Infinity;
    this.unplug();
    return true;
  }
}

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (content: Uint8Array | null) => content && new TextDecoder().decode(content);
const before = "print('old')\n";
const after = "print('new')\n" + "#".repeat(60) + "\n"; // two pieces

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Lets time pass, as fast as it can, until `work` has ended. */
async function settle<T>(work: Promise<T>): Promise<T | LinkError> {
  let result: T | LinkError | undefined;
  void work.then(
    (value) => (result = value),
    (error: unknown) => {
      if (!(error instanceof LinkError)) throw error;
      result = error;
    },
  );
  for (let turns = 0; result === undefined; turns++) {
    if (turns > 20_000) throw new Error("it never ended");
    await vi.advanceTimersToNextTimerAsync();
  }
  return result;
}

const works: Readonly<Record<string, (session: Session) => Promise<unknown>>> = {
  run: (session) => session.run("for i in range(3):\n    print('line', i)\n"),
  async stop(session) {
    const ran = session.run("print('go')\nwhile True:\n    pass\n");
    const begun = new Promise<void>((resolve) => (session.onOutput = (output) => output.includes("go") && resolve()));
    await Promise.race([begun, ran]);
    await session.interrupt();
    return ran;
  },
  put: async (session) => (await session.files.write("main.py", bytes(after)), true),
  get: (session) => session.files.read("main.py"),
};

async function booted(id: string, board: BoardDescriptor) {
  const machine = new Machine(modelById(id)!, { files: { "main.py": bytes(before) }, seed: 1 });
  machine.reset();
  const line = new Cable(machine);
  const session = openSession(board, line);
  await session.open();
  await settle(new Promise((resolve) => setTimeout(() => resolve(true), 1000)));
  line.count = 0;
  return { machine, line, session };
}

test.each([microbitV1, microbitV2].flatMap((board) => Object.keys(works).map((work) => [work, board.id, board] as const)))(
  "a cable pulled at any byte of a %s on %s",
  async (work, id, board) => {
    let total = 0;
    let whole: unknown;
    const seen = { lost: 0, named: 0 };
    for (let cutAt = Infinity; cutAt >= 1; cutAt = cutAt === Infinity ? total : cutAt - 1) {
      const { machine, line, session } = await booted(id, board);
      const lost: string[] = [];
      session.onLost = ({ code }) => lost.push(code);
      line.cutAt = cutAt;
      const result = await settle(works[work]!(session));
      if (cutAt === Infinity) {
        [total, whole] = [line.count, result];
        expect(result).not.toBeInstanceOf(LinkError);
        expect(total).toBeGreaterThan(50);
        continue;
      }
      const where = `cut at byte ${cutAt} of ${total}`;
      // Once what was asked for is there, whole and compared, losing the line is no news.
      if (result instanceof LinkError) expect(result.code, where).toBe("lost");
      else expect(result, where).toEqual(whole);
      expect([session.state, lost], where).toEqual(["closed", ["lost"]]);
      seen.lost++;

      const content = text(machine.files.get("main.py"));
      if (work === "put" && result === true) expect(content, where).toBe(after);
      const half = result instanceof LinkError ? result.half : null;
      if (content !== before && content !== after) {
        expect(half, where).toBe("main.py");
        seen.named++;
      }
      if (work !== "put") expect([content, half], where).toEqual([before, null]);

      let output = "";
      session.onOutput = (more) => (output += more);
      await session.open();
      expect(await settle(session.run("print('again')")), where).toEqual({ ending: "done", error: "" });
      expect(output, where).toContain("again\r\n");
      await session.close();
    }
    expect(seen.lost).toBe(total);
    if (work === "put") expect(seen.named).toBeGreaterThan(0);
  },
  120_000,
);

test.each([microbitV1, pyboardV11].flatMap((board) => Object.keys(works).map((work) => [work, board.id, board] as const)))(
  "a byte lost anywhere in a %s on %s",
  async (work, id, board) => {
    const { session, line } = await booted(id, board);
    const whole = await settle(works[work]!(session));
    const total = line.count;
    await session.close();
    for (let dropAt = 1; dropAt <= total; dropAt++) {
      const { machine, line, session } = await booted(id, board);
      line.dropAt = dropAt;
      // Whoever waits for a program that seems to run for ever presses Stop.
      const impatience = setTimeout(() => session.state === "running" && void session.interrupt(), 2000);
      const result = await settle(works[work]!(session));
      clearTimeout(impatience);
      const where = `lost byte ${dropAt} of ${total}`;
      const content = text(machine.files.get("main.py"));
      // "full": a file that a lost letter opened for reading answers to writing as a full store does, OSError 9.
      if (result instanceof LinkError) expect(["timeout", "no-repl", "file", "full"], where).toContain(result.code);
      else if (work === "get" || work === "put") expect(result, where).toEqual(whole);
      if (work === "put" && result === true) expect(content, where).toBe(after);
      if (content !== before && content !== after) expect((result as LinkError).half, where).toBe("main.py");

      let output = "";
      session.onOutput = (more) => (output += more);
      expect(await settle(session.run("print('again')")), where).toEqual({ ending: "done", error: "" });
      expect(output, where).toContain("again\r\n");
      await session.close();
    }
  },
  120_000,
);
