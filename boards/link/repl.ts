// A client of MicroPython's REPL over a byte line: friendly to raw and back, soft reset, exec by raw paste or, on firmware
// before 1.14 (micro:bit V1), by plain raw mode in small pieces. Protocol: MicroPython's shared/runtime/pyexec.c.
import { aborted, concat, type Inbox, type Patience, pause } from "./inbox.ts";
import { LinkError, type LinePace } from "./transport.ts";

const encoder = new TextEncoder();
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));
const ctrl = { a: latin1("\x01"), b: latin1("\x02"), c: latin1("\x03"), d: latin1("\x04") } as const;
const rawBanner = latin1("raw REPL; CTRL-B to exit\r\n>");
const prompt = latin1(">>> ");
const end = latin1("\x04");

/** Longest silence of a board that is still alive, while it has something to answer. */
export const answerMs = 4500;

export interface ExecResult {
  /** The traceback the board printed, "" when the program ended well. "\r\n" is "\n" here. */
  readonly error: string;
}

export class Repl {
  /** What the board says that it is, once it has said it. */
  machine: string | null = null;

  private readonly inbox: Inbox;
  private readonly send: (bytes: Uint8Array) => Promise<void>;
  private readonly pace: LinePace;
  // null: not asked yet. Old firmware answers the question with its raw banner.
  private rawPaste: boolean | null = null;

  constructor(inbox: Inbox, send: (bytes: Uint8Array) => Promise<void>, pace: LinePace) {
    this.inbox = inbox;
    this.send = send;
    this.pace = pace;
  }

  /**
   * Stops whatever runs and enters raw mode. Within 5 s it throws "timeout" for silence, "no-repl" for nonsense, and "stubborn" for
   * a program that says the same again and again.
   */
  async enterRaw(signal?: AbortSignal): Promise<void> {
    this.rawPaste = null;
    const deadline = Date.now() + answerMs;
    const heard: Uint8Array[] = [this.inbox.takeAll()];
    // A program that catches KeyboardInterrupt, or a board still booting, needs to be asked more than once.
    for (let tries = 0; ; tries++) {
      await this.send(latin1("\r\x03\x03"));
      heard.push(await this.inbox.drain(60, { timeoutMs: 400, signal }));
      if (tries > 0) heard.push(await this.insist(signal));
      await this.send(latin1("\r\x01"));
      const left = deadline - Date.now();
      try {
        await this.inbox.takeUntil(rawBanner, { timeoutMs: Math.max(1, Math.min(1200, left)), signal });
        // Old firmware and several Ctrl-A may leave a second banner on its way.
        await this.inbox.drain(20, { timeoutMs: 100, signal });
        return;
      } catch (error) {
        if (!(error instanceof LinkError) || error.code !== "timeout") throw error;
        heard.push(this.inbox.takeAll());
        if (deadline - Date.now() > 200) continue;
        const text = new TextDecoder().decode(concat(heard));
        if (text === "") throw new LinkError("timeout", "the board is silent", { cause: error });
        throw new LinkError(isRepeating(text) ? "stubborn" : "no-repl", "no raw REPL: " + error.message, { cause: error });
      }
    }
  }

  // A board that resets itself over and over hears Ctrl-C only in the moment that its program runs, so all moments are tried.
  private async insist(signal: AbortSignal | undefined): Promise<Uint8Array> {
    const heard: Uint8Array[] = [];
    const stop = Date.now() + 800;
    while (Date.now() < stop) {
      await this.send(ctrl.c);
      await pause(15, signal);
      heard.push(this.inbox.takeAll());
      if (/>>> $/.test(new TextDecoder().decode(heard.at(-1)))) break;
    }
    return concat(heard);
  }

  /** Back to the friendly REPL. Takes the banner off the line; after it the board stands at ">>> ". */
  async leaveRaw(timeoutMs = answerMs): Promise<void> {
    await this.send(ctrl.b);
    const banner = await this.inbox.takeUntil(prompt, { timeoutMs });
    // "MicroPython v1.18 on 2023-10-30; micro:bit v2.1.2 with nRF52833"
    this.machine = /MicroPython [^;\r\n]*; ([^\r\n]+)/.exec(new TextDecoder().decode(banner))?.[1] ?? this.machine;
  }

  /** In raw mode: a fresh heap, without running main.py. `onOutput` gets what boot.py prints. */
  async softReset(signal?: AbortSignal, onOutput?: (bytes: Uint8Array) => void): Promise<void> {
    await this.send(ctrl.d);
    await this.inbox.takeUntil(latin1("soft reboot\r\n"), { timeoutMs: answerMs, signal });
    await this.inbox.takeUntil(rawBanner, { timeoutMs: answerMs, signal, code: "no-repl" }, onOutput);
  }

  /**
   * In raw mode: runs `source` to its end, however long that takes, and hands over its output as it comes.
   * With `answerWithinMs` silence for that long is a "timeout": for our own short snippets.
   */
  async exec(
    source: string,
    onOutput: (bytes: Uint8Array) => void,
    options: {
      readonly signal?: AbortSignal | undefined;
      readonly answerWithinMs?: number;
      readonly onStarted?: () => void;
    } = {},
  ): Promise<ExecResult> {
    const { signal, onStarted } = options;
    const soon: Patience = { timeoutMs: answerMs, signal };
    const bytes = encoder.encode(source);
    if (!(await this.execRawPaste(bytes, soon))) await this.execRaw(bytes, soon);
    onStarted?.();
    const patience: Patience = { timeoutMs: options.answerWithinMs ?? Infinity, signal };
    await this.inbox.takeUntil(end, patience, onOutput);
    const error = await this.inbox.takeUntil(end, soon);
    await this.inbox.takeUntil(latin1(">"), soon);
    return { error: new TextDecoder().decode(error).replaceAll("\r\n", "\n") };
  }

  private async execRaw(bytes: Uint8Array, soon: Patience): Promise<void> {
    await this.sendPaced(bytes, soon.signal);
    await this.send(ctrl.d);
    const answer = await this.inbox.takeWhenThere(2, soon);
    if (answer[0] !== 0x4f || answer[1] !== 0x4b) {
      throw new LinkError("no-repl", `expected OK, got ${JSON.stringify(String.fromCharCode(...answer))}`);
    }
  }

  /** False: this firmware has no raw paste, and stands ready for plain raw mode. */
  private async execRawPaste(bytes: Uint8Array, soon: Patience): Promise<boolean> {
    if (this.rawPaste === false) return false;
    await this.send(latin1("\x05A\x01"));
    const answer = await this.inbox.takeWhenThere(2, soon);
    if (answer[0] !== 0x52) {
      // Plain raw mode took "A" for source; its Ctrl-A threw that away and prints the banner.
      await this.inbox.takeUntil(latin1("REPL; CTRL-B to exit\r\n>"), { ...soon, code: "no-repl" });
      this.rawPaste = false;
      return false;
    }
    this.rawPaste = answer[1] === 1;
    if (!this.rawPaste) return false;
    const size = await this.inbox.takeWhenThere(2, soon);
    const windowBytes = size[0] | (size[1] << 8);
    if (windowBytes === 0) throw new LinkError("no-repl", "raw paste window of 0");
    let room = windowBytes;
    for (let at = 0; at < bytes.length;) {
      while (room === 0 || this.inbox.size > 0) {
        const sign = (await this.inbox.takeWhenThere(1, soon))[0];
        if (sign === 1) room += windowBytes;
        else if (sign === 4) {
          // The compiler gave up early; the error follows as after a run.
          await this.send(ctrl.d);
          return true;
        } else throw new LinkError("no-repl", `unexpected byte ${sign} in raw paste`);
      }
      // The firmware has asked for so many: they need no pacing.
      const piece = bytes.subarray(at, at + room);
      await this.send(piece);
      if (soon.signal?.aborted) throw aborted(soon.signal);
      at += piece.length;
      room -= piece.length;
    }
    await this.send(ctrl.d);
    for (;;) {
      const sign = (await this.inbox.takeWhenThere(1, soon))[0];
      if (sign === 4) return true;
      if (sign !== 1) throw new LinkError("no-repl", `unexpected byte ${sign} after raw paste`);
    }
  }

  private async sendPaced(bytes: Uint8Array, signal: AbortSignal | undefined): Promise<void> {
    const { chunkBytes, gapMs } = this.pace;
    let dueMs = performance.now();
    for (let at = 0; at < bytes.length; at += chunkBytes) {
      await this.send(bytes.subarray(at, at + chunkBytes));
      if (gapMs === 0 || at + chunkBytes >= bytes.length) continue;
      // Timers come late: what one gap was too long the next is shorter by, but never by more than a half.
      const now = performance.now();
      dueMs = Math.max(dueMs + gapMs, now + gapMs / 2);
      await pause(dueMs - now, signal);
    }
  }
}

/** The same line three times. */
function isRepeating(text: string): boolean {
  const counts = new Map<string, number>();
  for (const line of text.split("\n").slice(0, -1)) counts.set(line, (counts.get(line) ?? 0) + 1);
  return [...counts].some(([line, count]) => count >= 3 && /\w/.test(line));
}

export const interruptBytes = ctrl.c;
export const softResetBytes = ctrl.d;
