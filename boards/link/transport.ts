// The seam between Session and boards: a line of bytes, real or simulated, and what can go wrong with it. A door.
// It knows nothing of REPLs (repl.ts) or files (files.ts).
import type { TimedSound } from "../parts/speaker/state.ts";
import type { TimedEvent } from "../tape.ts";

/** A serial line to a board. Bytes only. */
export interface Transport {
  /** Throws LinkError. After it has thrown or `close` was called, `open` may be called again. */
  open(signal?: AbortSignal): Promise<void>;
  /** Never throws; closing a closed line does nothing. `onClose` is not called for it. */
  close(): Promise<void>;
  /** Resolves when the line can take more. Throws LinkError. */
  write(bytes: Uint8Array): Promise<void>;
  onBytes: ((bytes: Uint8Array) => void) | null;
  /** The line went away by itself: unplugged, worker gone. */
  onClose: ((cause: LinkError) => void) | null;
  /** Presses the reset button, where the line can do that. */
  hardReset?(): Promise<void>;
  /** How fast the other end can swallow: so many bytes, then a pause. A UART without flow control loses more than that. */
  readonly pace: LinePace;
  /** The physical world around a simulated board; null on a real one: its hardware is on the desk. */
  readonly world: World | null;
}
export interface LinePace {
  readonly chunkBytes: number;
  readonly gapMs: number;
}

/** The physical world around a simulated board. */
export interface World {
  /** The latest state of every part, by its name in the descriptor. */
  readonly parts: Readonly<Record<string, unknown>>;
  /** The board's own clock, in milliseconds since power-on. */
  readonly ms: number;
  input(part: string, event: unknown): void;
  /** All the text that a part holds: the data log's CSV. "" when there is none, or the board is gone. */
  read(part: string): Promise<string>;
  /** What the world is like now: the last of each input that is a state and not a deed. */
  lasting(): readonly { readonly part: string; readonly event: unknown }[];
  /** 1 is real time, 0.1 slow, 0 paused. */
  pace(speed: number): void;
  onChange: ((changed: Readonly<Record<string, unknown>>) => void) | null;
  /** The program changed the board's files. */
  onFiles: ((files: Readonly<Record<string, Uint8Array>>) => void) | null;
  /** What happened to the sound, and the board's time until which what sounds goes on. */
  onSound: ((events: readonly TimedSound[], ms: number) => void) | null;
  /** Something has happened to the board, on a line that was opened for taping. */
  onHappened: ((event: TimedEvent) => void) | null;
  /** The program that the board starts with is over, with a traceback or "". Once after each power-on. */
  onPrompt: ((error: string) => void) | null;
  /** A bug of ours stopped the simulator. `Transport.hardReset` starts it again. */
  onCrash: ((message: string) => void) | null;
}

/** Everything a link can report. The app has one message and one way on for each. */
export type LinkErrorCode =
  /** open: this browser has neither Web Serial nor WebUSB, or a policy forbids them. Offer to save a file instead. */
  | "unsupported"
  /** open: the chooser was closed, or no such board is plugged in. Say how to plug it in; try again. */
  | "no-device"
  /** open: another program holds the port, or the system denies it. Say so; try again. */
  | "in-use"
  /** open: the port is held, and another tab of this page holds one. Say so; try again. */
  | "other-tab"
  /** Any time: unplugged, or the simulator's worker is gone. Connect again. */
  | "lost"
  /** Any request: the board went silent in the middle. Offer reset. */
  | "timeout"
  /** Any request: it answers, but not as MicroPython does. Offer to put MicroPython on it. */
  | "no-repl"
  /** Any request: its own program goes on or starts anew whatever is sent. Offer to put MicroPython on it. */
  | "stubborn"
  /** files: the board has no room left. Its `message` is the board's own. */
  | "full"
  /** files: what was read back is not what was written, or the board refused. Try again. */
  | "file"
  /** Any request: the caller's AbortSignal. Nothing to say. */
  | "aborted";

/** Every failure of a link. `message` is technical English for the details fold; the app words `code`. */
export class LinkError extends Error {
  readonly code: LinkErrorCode;
  /** The file on the board that this failure may have left unfinished. Say so. */
  readonly half: string | null;
  constructor(code: LinkErrorCode, message: string, options: ErrorOptions & { readonly half?: string } = {}) {
    super(message, options);
    this.name = "LinkError";
    this.code = code;
    this.half = options.half ?? null;
  }
}
