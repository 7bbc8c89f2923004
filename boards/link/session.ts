// One conversation with one board, real or simulated: run, interrupt, reset, type, files. A door.
// It owns the order of things on the line; the protocol is repl.ts, the bytes are a Transport.
import type { BoardDescriptor } from "../descriptor.ts";
import { boardByMachine } from "../index.ts";
import { Files, type RunSnippet, type WithBoard } from "./files.ts";
import { aborted, Inbox, pause } from "./inbox.ts";
import { answerMs, interruptBytes, Repl, softResetBytes } from "./repl.ts";
import { LinkError, type Transport, type World } from "./transport.ts";

/** "files": the board is busy with its files and hears neither keys nor programs. */
export type SessionState = "closed" | "opening" | "idle" | "running" | "files";
export type Ending = "done" | "raised" | "interrupted";

export interface RunResult {
  readonly ending: Ending;
  /** The traceback as the board printed it, "" unless `ending` is "raised" or "interrupted". */
  readonly error: string;
}

/** Makes a session; it is closed until `open`. */
export function openSession(board: BoardDescriptor, transport: Transport): Session {
  return new Session(board, transport);
}

export class Session {
  readonly board: BoardDescriptor;
  readonly files: Files;
  /** Everything the console shows, as on the wire: "\r\n", "\b" and "\x1b[K" are for the console to act on. */
  onOutput: ((text: string) => void) | null = null;
  onState: ((state: SessionState) => void) | null = null;
  /**
   * A program started by `run` has ended. Its traceback is not in `onOutput`: show it as you like, and then ">>> ", which
   * `onOutput` brings after every other ending.
   */
  onEnding: ((result: RunResult) => void) | null = null;
  /** The board went away by itself; the session is closed and may be opened again. */
  onLost: ((cause: LinkError) => void) | null = null;

  private readonly transport: Transport;
  private readonly inbox = new Inbox();
  private readonly repl: Repl;
  private current: SessionState = "closed";
  // Bytes go to the inbox while one of our own requests talks to the board, else to the console.
  private capturing = false;
  private decoder = new TextDecoder();
  private isAtLineStart = true;
  // Requests wait for each other in this chain.
  private queue: Promise<unknown> = Promise.resolve();
  private running: Running | null = null;

  constructor(board: BoardDescriptor, transport: Transport) {
    this.board = board;
    this.transport = transport;
    this.repl = new Repl(this.inbox, (bytes) => this.transport.write(bytes), transport.pace);
    this.files = new Files(this.withBoard, (machine) => (boardByMachine(machine) ?? board).files);
    transport.onBytes = (bytes) => this.receive(bytes);
    transport.onClose = (cause) => this.lost(cause);
  }

  get state(): SessionState {
    return this.current;
  }
  /** Null on a real board: its hardware is on the desk. */
  get world(): World | null {
    return this.transport.world;
  }

  /** What the board says of itself, "micro:bit v2.1.2 with nRF52833"; null until `identify`, a run or a file request has told. */
  get machine(): string | null {
    return this.repl.machine;
  }

  /**
   * Asks the board what it is, without stopping anything: a board that is busy says nothing, and `machine` stays as it is. A
   * prompt that somebody left in raw mode, a page that was reloaded for one, is put right.
   */
  async identify(): Promise<void> {
    await this.request("files", async () => {
      try {
        await this.repl.leaveRaw(500);
        this.onOutput?.(">>> ");
      } catch (error) {
        if (!(error instanceof LinkError) || error.code !== "timeout") throw error;
      }
    });
  }

  /** Opens the line and listens. What the board does at that moment goes on. Throws LinkError. */
  async open(signal?: AbortSignal): Promise<void> {
    if (this.current !== "closed") return;
    this.setState("opening");
    this.inbox.clear();
    this.repl.machine = null;
    this.decoder = new TextDecoder();
    this.capturing = false;
    try {
      await this.transport.open(signal);
    } catch (error) {
      this.setState("closed");
      throw error;
    }
    if (this.state === "opening") this.setState("idle"); // not when it was lost meanwhile
  }

  async close(): Promise<void> {
    this.inbox.fail(new LinkError("aborted", "the session was closed"));
    await this.transport.close();
    this.setState("closed");
  }

  /**
   * Stops what runs, then runs `source` in a fresh heap, and resolves when it has ended by itself or was interrupted.
   * Throws LinkError when the link fails; the program's own exceptions are results.
   */
  run(source: string): Promise<RunResult> {
    // A program still running would keep the queue waiting for ever.
    if (this.running) void this.interrupt().catch(() => {}); // its own run reports a lost link
    return this.request("running", async () => {
      const run = new Running();
      this.running = run;
      const { signal } = run.stop;
      let error: string;
      try {
        await this.repl.enterRaw(signal);
        this.isAtLineStart = true;
        await this.repl.softReset(signal, (bytes) => this.show(bytes));
        const onStarted = (): void => {
          run.started = true;
        };
        ({ error } = await this.repl.exec(source, (bytes) => this.show(bytes), { signal, onStarted }));
      } catch (failure) {
        if (!(failure instanceof LinkError) || failure.code !== "aborted" || !run.stopped) throw failure;
        await this.transport.write(interruptBytes);
        await this.inbox.drain(50, { timeoutMs: 500 });
        error = "KeyboardInterrupt: \n";
      } finally {
        clearTimeout(run.patience);
        this.running = null;
      }
      await this.repl.leaveRaw();
      const ending = error === "" ? "done" : isInterrupt(error) ? "interrupted" : "raised";
      const result = { ending, error } as const;
      this.flush();
      const prompt = ending === "raised" ? "" : ">>> ";
      const text = this.isAtLineStart ? prompt : `\r\n${prompt}`;
      if (text !== "") this.onOutput?.(text);
      this.onEnding?.(result);
      return result;
    });
  }

  /**
   * Ctrl-C: stops the program that runs, whoever started it. A program that catches KeyboardInterrupt goes on, but `run` waits no
   * longer for it: it throws "timeout". When the board was reset meanwhile it is "interrupted".
   */
  async interrupt(): Promise<void> {
    this.mustBeOpen();
    const run = this.running;
    if (run && !run.started) return run.giveUp();
    await this.transport.write(interruptBytes);
    if (run) run.patience ??= setTimeout(run.giveUp, answerMs);
  }

  /** "soft" starts boot.py and main.py anew in a fresh heap; "hard" is the reset button, which also clears the hardware. */
  async reset(kind: "soft" | "hard"): Promise<void> {
    this.mustBeOpen();
    if (kind === "hard" && this.transport.hardReset) {
      this.inbox.fail(new LinkError("aborted", "the board was reset"));
      await this.queue;
      this.inbox.clear();
      const isDone = await this.transport.hardReset().then(
        () => true,
        () => false, // an old interface chip has no reset line; a line that is gone fails below
      );
      if (isDone) return;
    }
    if (this.running) await this.interrupt();
    await this.request("files", async () => {
      await this.repl.enterRaw();
      await this.repl.leaveRaw();
      if (kind === "hard") await this.transport.write(new TextEncoder().encode("import machine\rmachine.reset()\r"));
    });
    if (kind === "soft") await this.transport.write(softResetBytes);
  }

  /** Keys, as a terminal sends them: "\r" for Enter, "\x1b[A" for Up. */
  async type(text: string): Promise<void> {
    this.mustBeOpen();
    const { chunkBytes, gapMs } = this.transport.pace;
    const bytes = new TextEncoder().encode(text);
    for (let at = 0; at < bytes.length; at += chunkBytes) {
      await this.transport.write(bytes.subarray(at, at + chunkBytes));
      if (gapMs > 0 && at + chunkBytes < bytes.length) await pause(gapMs);
    }
  }

  private readonly withBoard: WithBoard = (signal, work) => {
    if (this.running) void this.interrupt().catch(() => {}); // its own run reports a lost link
    return this.request("files", async () => {
      await this.repl.enterRaw(signal);
      await this.repl.softReset(signal);
      const run: RunSnippet = async (source) => {
        if (signal?.aborted) throw aborted(signal);
        const parts: string[] = [];
        const decoder = new TextDecoder();
        const { error } = await this.repl.exec(source, (bytes) => parts.push(decoder.decode(bytes, { stream: true })), {
          signal,
          answerWithinMs: answerMs,
        });
        return { output: parts.join("").replaceAll("\r\n", "\n"), error };
      };
      try {
        const result = await work(run);
        if (this.state !== "closed") await this.repl.leaveRaw();
        return result;
      } catch (error) {
        // The board may be in the middle of a snippet. Whether or not it can be brought back, the first failure is what matters.
        if (this.state !== "closed") {
          await this.repl
            .enterRaw()
            .then(() => this.repl.leaveRaw())
            .catch(() => {});
        }
        throw error;
      }
    });
  };

  /** Runs `work` alone on the line, its bytes captured, the board at the friendly prompt before and after. */
  private request<T>(state: "running" | "files", work: () => Promise<T>): Promise<T> {
    const turn = this.queue.then(async () => {
      this.mustBeOpen();
      this.flush();
      this.capturing = true;
      this.setState(state);
      try {
        const result = await work();
        return result;
      } finally {
        this.capturing = false;
        if (this.inbox.size > 0) this.show(this.inbox.takeAll());
        if (this.state !== "closed") this.setState("idle");
      }
    });
    this.queue = turn.catch(() => {}); // the caller of `turn` handles it; the queue only waits
    return turn;
  }

  private receive(bytes: Uint8Array): void {
    if (this.capturing) this.inbox.push(bytes);
    else this.show(bytes);
  }

  private show(bytes: Uint8Array): void {
    const text = this.decoder.decode(bytes, { stream: true });
    if (text === "") return;
    this.isAtLineStart = text.endsWith("\n");
    this.onOutput?.(text);
  }

  private flush(): void {
    const rest = this.decoder.decode();
    if (rest !== "") this.onOutput?.(rest);
  }

  private lost(cause: LinkError): void {
    this.inbox.fail(cause);
    this.running = null;
    this.setState("closed");
    this.onLost?.(cause);
  }

  private setState(state: SessionState): void {
    if (state === this.current) return;
    this.current = state;
    this.onState?.(state);
  }

  private mustBeOpen(): void {
    if (this.current === "closed") throw new LinkError("lost", "the session is closed");
  }
}

/** A program on its way to the board or running there. */
class Running {
  readonly stop = new AbortController();
  started = false;
  stopped = false;
  patience: ReturnType<typeof setTimeout> | undefined;
  readonly giveUp = (): void => {
    this.stopped = true;
    this.stop.abort();
  };
}

function isInterrupt(error: string): boolean {
  return /^KeyboardInterrupt\b/.test(error.trimEnd().split("\n").at(-1) ?? "");
}
