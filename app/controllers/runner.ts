// Runs programs: one Session over the simulator or a real board, and what the page shows of it. It never asks which of the two it is
// except to word things; `session.world` is what only a simulation has.
import type { BoardDescriptor } from "../../boards/descriptor.ts";
import { boardByMachine } from "../../boards/index.ts";
import type { SimOptions } from "../../boards/sim/transport.ts";
import type { TimedEvent } from "../../boards/tape.ts";
import type { Wiring } from "../../boards/wiring.ts";
import { openSession, type Session } from "../../boards/link/session.ts";
import type { TimedSound } from "../../boards/parts/speaker/state.ts";
import type { Asking } from "../../boards/link/webserial.ts";
import { LinkError, type LinkErrorCode, type Transport } from "../../boards/link/transport.ts";
import { readTraceback, type Report } from "../explain/traceback.ts";
import { mainFile } from "../store/project.ts";
import type { RunState } from "../elements/run.ts";
import type { TargetState } from "../elements/target.ts";
import { Screen } from "../elements/screen.ts";

/** How lines to boards are made; tests give their own. */
export interface Lines {
  simulate(board: BoardDescriptor, options?: SimOptions): Transport;
  serial(boards: readonly BoardDescriptor[], asking: Asking): Transport;
}
/** "crashed": a bug of ours in the simulator. */
export type TroubleCode = LinkErrorCode | "crashed";

export interface Trouble {
  readonly code: TroubleCode;
  readonly text: string;
  /** The file on the board that may be half there. */
  readonly half: string | null;
}

/** What a running program came to. */
export type Outcome = "done" | "stopped" | "raised";

type Files = Readonly<Record<string, string>>;

/** A simulated board that does not answer to Ctrl-C within this time is switched off and on. */
const deafMs = 1000;

export class Runner {
  board: BoardDescriptor;
  wired: Wiring = {};
  state: RunState = "idle";
  target: TargetState = "sim";
  /** 0..1 while something is sent. */
  progress = 0;
  /** The latest state of every part of the simulated board. */
  parts: Readonly<Record<string, unknown>> = {};
  /** The error that ended the last program, until the next run. */
  report: Report | null = null;
  /** What went wrong with the link, until the next thing works. */
  trouble: Trouble | null = null;
  readonly screen = new Screen();
  /** Something above has changed. */
  onChange: (() => void) | null = null;
  /** For the live region: a program has started or ended. */
  onOutcome: ((outcome: "running" | Outcome) => void) | null = null;
  /** A link failed. Once more, with the name, when it turns out that a file on the board is half there. */
  onTrouble: ((code: TroubleCode, half: string | null) => void) | null = null;
  /** What the board prints, as it comes; `clockMs` says when. */
  onPrint: ((text: string) => void) | null = null;
  /** A program starts, or the board itself: what is printed from here on is new. */
  onBegin: (() => void) | null = null;
  /** Something happened to a board that `boot` switched on. */
  onHappened: ((event: TimedEvent) => void) | null = null;
  /** A part of the simulated board has changed: a fast path that does not render the page. */
  onParts: ((changed: Readonly<Record<string, unknown>>) => void) | null = null;
  /** What happened to the simulated board's sound, and its time now. */
  onSound: ((events: readonly TimedSound[], ms: number) => void) | null = null;

  private readonly lines: Lines;
  private session: Session | null = null;
  private opening: Promise<Session> | null = null;
  private sending: AbortController | null = null;
  private stopTimer: ReturnType<typeof setTimeout> | undefined;
  private files: Files = {};
  /** The board was switched on by `boot` and has not come to its prompt yet. */
  isBooted = false;
  /** Which run is the current one: an ended one must not change the state of the next. */
  private turn = 0;

  constructor(board: BoardDescriptor, lines: Lines) {
    this.board = board;
    this.lines = lines;
  }

  get isReal(): boolean {
    return this.target === "real";
  }
  get isOpen(): boolean {
    return this.session !== null && this.session.state !== "closed";
  }

  /** The simulated board's own clock; a real board's is not known, so the wall's. */
  get clockMs(): number {
    return this.session?.world?.ms ?? performance.now();
  }

  /** Chooses the simulated board. A real one is let go. */
  async simulate(board: BoardDescriptor): Promise<void> {
    if (this.target === "sim" && board.id === this.board.id && !this.trouble) return;
    await this.close();
    this.board = board;
    this.set({ target: "sim", state: "idle", trouble: null, report: null });
  }

  /** What is wired to the simulated board. One that is on is switched off for it: nobody moves wires on a board that runs. */
  async wire(wiring: Wiring): Promise<void> {
    if (JSON.stringify(wiring) === JSON.stringify(this.wired)) return;
    this.wired = wiring;
    if (this.target === "sim" && this.session) await this.close();
  }

  /** Ends the conversation and forgets the board's state; the choice of board stays. */
  async close(): Promise<void> {
    this.turn++;
    clearTimeout(this.stopTimer);
    this.sending?.abort();
    const { session } = this;
    this.session = this.opening = null;
    if (session) {
      session.onOutput = session.onState = session.onLost = null;
      if (session.world) session.world.onChange = session.world.onCrash = session.world.onSound = null;
      if (session.world) session.world.onHappened = session.world.onPrompt = null;
      await session.close();
    }
    this.parts = {};
    this.isBooted = false;
    this.set({ state: "idle", target: "sim", progress: 0, report: null });
  }

  /** Switches the simulated board on, so that its console and buttons work before any program does. */
  async wake(): Promise<void> {
    await this.guard(() => this.open());
  }

  /**
   * Asks for a real board and talks to it from now on. Must come from a click, unless `asking` is "never". `board` is what it is taken
   * for until it has said what it is.
   */
  async connect(boards: readonly BoardDescriptor[], board: BoardDescriptor, asking: Asking = "if-needed"): Promise<boolean> {
    await this.close();
    this.board = board;
    this.set({ target: "connecting", state: "connecting", trouble: null });
    const turn = this.turn;
    const session = openSession(board, this.lines.serial(boards, asking));
    try {
      this.listen(session);
      this.session = session;
      await session.open();
      await session.identify();
      if (turn !== this.turn) return false;
      this.takeIdentity(session);
      this.set({ target: "real", state: "idle" });
      return true;
    } catch (error) {
      if (turn !== this.turn) return false;
      this.session = null;
      this.set({ target: "sim", state: "idle" });
      this.fail(error);
      return false;
    }
  }

  /** Which board it is that is connected, if it has said so; a program that runs on it is stopped to ask. */
  async identify(): Promise<BoardDescriptor | null> {
    const { session } = this;
    if (!this.isReal || !session) return null;
    await this.guard(async () => {
      if (session.machine === null) {
        await session.interrupt();
        await session.identify();
      }
      this.takeIdentity(session);
    });
    return boardByMachine(session.machine ?? "");
  }

  private takeIdentity(session: Session): void {
    const found = boardByMachine(session.machine ?? "");
    if (found && session === this.session) this.board = found;
  }

  /** Stops what runs and runs these files. Resolves when the program has ended. */
  async run(files: Files): Promise<void> {
    const turn = ++this.turn;
    this.files = files;
    this.isBooted = false;
    clearTimeout(this.stopTimer);
    this.set({ state: "starting", report: null, trouble: null });
    await this.guard(async () => {
      const session = await this.open();
      await this.sendModules(session, files);
      if (turn !== this.turn) return;
      this.set({ state: "running" });
      this.onBegin?.();
      this.onOutcome?.("running");
      const { ending, error } = await session.run(files[mainFile] ?? "");
      if (turn !== this.turn) return;
      clearTimeout(this.stopTimer);
      const report = ending === "raised" ? readTraceback(error, files) : null;
      if (error && ending === "raised") this.screen.write(`\r\x1b[K${error.trimEnd()}\r\n>>> `);
      this.set({ state: "idle", report });
      this.onOutcome?.(ending === "raised" ? "raised" : ending === "interrupted" ? "stopped" : "done");
    });
  }

  /**
   * Switches a new simulated board on with these files on it: it starts main.py by itself, at the same moment each time, and then
   * the tape happens to it. The world around it stays as it is when there is no tape.
   */
  async boot(files: Files, tape: readonly TimedEvent[] | null): Promise<void> {
    const world = tape ?? this.session?.world?.lasting().map((level) => ({ atMs: 0, ...level })) ?? [];
    await this.close();
    const turn = this.turn;
    this.files = files;
    this.isBooted = true;
    this.set({ state: "starting", trouble: null });
    const encoder = new TextEncoder();
    const bytes = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, encoder.encode(text)]));
    await this.guard(async () => {
      this.session = openSession(
        this.board,
        this.lines.simulate(this.board, { wired: this.wired, files: bytes, tape: world, isTaping: true, isDeaf: tape !== null }),
      );
      await this.open();
      if (turn !== this.turn) return;
      this.set({ state: "running" });
      this.onBegin?.();
      if (tape === null) for (const event of world) this.onHappened?.(event);
      this.onOutcome?.("running");
    });
  }

  /** The program of `boot` is over. */
  private onPrompt(error: string): void {
    if (!this.isBooted) return;
    clearTimeout(this.stopTimer);
    this.isBooted = false;
    const report = error === "" ? null : readTraceback(error, this.files);
    this.set({ state: "idle", report });
    this.onOutcome?.(report ? "raised" : /KeyboardInterrupt/.test(error) ? "stopped" : "done");
  }

  /** Stops the program. A simulated board that is deaf is switched off and on; a real one is told to be. */
  async stop(): Promise<void> {
    const { session } = this;
    if (this.sending) return this.sending.abort();
    if (!session || session.state === "closed") return;
    clearTimeout(this.stopTimer);
    if (this.state === "running" || this.state === "starting") {
      this.stopTimer = setTimeout(() => {
        if (this.state !== "running") return;
        if (session.world) void this.restart();
        else this.fail(new LinkError("timeout", "no answer to Ctrl-C"));
      }, deafMs);
    }
    await this.guard(() => session.interrupt());
  }

  /** The reset button. */
  async restart(): Promise<void> {
    this.turn++;
    clearTimeout(this.stopTimer);
    const session = this.session;
    if (!session) return;
    if (this.isBooted) {
      // It would start its program and its tape again.
      await this.close();
      await this.wake();
      return this.onOutcome?.("stopped");
    }
    await this.guard(async () => {
      await session.reset("hard");
      this.onBegin?.();
      this.set({ state: "idle", trouble: null, report: null });
      this.onOutcome?.("stopped");
    });
  }

  /** Keys for the board's own console. */
  async type(text: string): Promise<void> {
    await this.guard(async () => {
      const session = await this.open();
      if (text === "\x03" && this.state === "running") return this.stop();
      await session.type(text);
    });
  }

  /** The world acts on a simulated part. */
  input(part: string, event: unknown): void {
    this.session?.world?.input(part, event);
  }

  /** All the text that a part of the simulated board holds; "" when there is none. */
  read(part: string): Promise<string> {
    return this.session?.world?.read(part) ?? Promise.resolve("");
  }

  /** Writes all files to the board, read back and compared. True when they are there. */
  async save(files: Files): Promise<boolean> {
    const names = Object.keys(files).sort((a, b) => Number(a === mainFile) - Number(b === mainFile));
    const all = names.map((name) => new TextEncoder().encode(files[name]));
    const isDone = await this.transfer(async (session, signal, onProgress) => {
      const total = all.reduce((sum, { length }) => sum + length + 1, 0);
      let before = 0;
      for (const [i, name] of names.entries()) {
        const share = (all[i]!.length + 1) / total;
        await session.files.write(name, all[i]!, { signal, onProgress: (done) => onProgress(before + done * share) });
        before += share;
      }
      await session.reset("soft");
      return true;
    });
    return isDone ?? false;
  }

  /** Does something with the board's files, whose program is stopped for it; the user may cancel. Null when it could not be done. */
  async transfer<T>(
    work: (session: Session, signal: AbortSignal, onProgress: (done: number) => void) => Promise<T>,
  ): Promise<T | null> {
    const turn = ++this.turn;
    this.isBooted = false;
    if (this.state === "running") this.onOutcome?.("stopped");
    const sending = (this.sending = new AbortController());
    this.set({ state: "sending", progress: 0, trouble: null, report: null });
    let result: T | null = null;
    await this.guard(async () => {
      const session = await this.open();
      result = await work(session, sending.signal, (progress) => turn === this.turn && this.set({ progress }));
    });
    if (this.sending === sending) this.sending = null;
    if (turn === this.turn) this.set({ state: "idle", progress: 0 });
    return result;
  }

  /** Everything but main.py must be on the board before main.py can import it. */
  private async sendModules(session: Session, files: Files): Promise<void> {
    const names = Object.keys(files).filter((name) => name !== mainFile);
    for (const name of names) await session.files.write(name, new TextEncoder().encode(files[name]));
  }

  private open(): Promise<Session> {
    if (this.session && this.session.state !== "closed" && !this.opening) return Promise.resolve(this.session);
    this.opening ??= this.openNew().finally(() => (this.opening = null));
    return this.opening;
  }

  private async openNew(): Promise<Session> {
    const session = this.session ?? openSession(this.board, this.lines.simulate(this.board, { wired: this.wired }));
    this.listen(session);
    this.session = session;
    await session.open();
    const { world } = session;
    if (world) {
      this.parts = world.parts;
      this.onChange?.();
    }
    return session;
  }

  private listen(session: Session): void {
    session.onOutput = (text) => {
      this.screen.write(text);
      this.onPrint?.(text);
    };
    session.onLost = (cause) => {
      this.turn++;
      this.isBooted = false;
      this.session = null;
      this.set({ state: "idle", target: session.world ? "sim" : "lost" });
      this.fail(cause);
    };
    const { world } = session;
    if (!world) return;
    world.onHappened = (event) => this.onHappened?.(event);
    world.onPrompt = (error) => this.onPrompt(error);
    world.onChange = (changed) => {
      this.parts = { ...this.parts, ...changed };
      this.onParts?.(changed);
    };
    world.onSound = (events, ms) => this.onSound?.(events, ms);
    world.onCrash = (message) => {
      this.turn++;
      this.isBooted = false;
      this.set({ state: "crashed", trouble: { code: "crashed", text: message, half: null } });
      this.onTrouble?.("crashed", null);
    };
  }

  private async guard(work: () => Promise<unknown>): Promise<void> {
    const turn = this.turn;
    try {
      await work();
    } catch (error) {
      if (!(error instanceof LinkError)) throw error;
      // Something newer has begun, or the loss of the line is told already.
      if (turn !== this.turn) {
        if (error.half && this.trouble) this.fail(error);
        return;
      }
      this.isBooted = false;
      if (this.state !== "crashed") this.set({ state: "idle" });
      this.fail(error);
    }
  }

  private fail(error: unknown): void {
    if (!(error instanceof LinkError)) throw error;
    if (error.code === "aborted" && this.state !== "sending") return;
    const { code, half } = error;
    this.set({ trouble: { code, text: error.message, half } });
    this.onTrouble?.(code, half);
  }

  private set(change: Partial<Pick<Runner, "state" | "target" | "progress" | "report" | "trouble">>): void {
    Object.assign(this, change);
    this.onChange?.();
  }
}
