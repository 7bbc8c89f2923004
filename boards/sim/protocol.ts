// All that crosses the boundary between page and simulator worker: plain data, one type per direction. A door.
import type { RadioPacket } from "../parts/radio/state.ts";
import type { TimedSound } from "../parts/speaker/state.ts";
import type { TimedEvent } from "../tape.ts";
import type { Wiring } from "../wiring.ts";

export type ToWorker =
  /** Makes the board and switches it on. Sent again, it is a new board. `seed` decides everything random. */
  | {
      readonly type: "power-on";
      readonly board: string;
      readonly files: Readonly<Record<string, Uint8Array>>;
      readonly seed: number;
      /** What is wired to its pins. */
      readonly wired: Wiring;
      /** What the world around the board is like: the inputs to give each part first. */
      readonly inputs: readonly { readonly part: string; readonly event: unknown }[];
      /** What is going to happen to the board by itself. */
      readonly tape: readonly TimedEvent[];
      /** Tell when each input and each key arrives, for a tape. */
      readonly isTaping: boolean;
    }
  | { readonly type: "serial"; readonly bytes: Uint8Array }
  /** So many serial bytes have been dealt with. The worker stops the board while too many have not. */
  | { readonly type: "serial-taken"; readonly count: number }
  | { readonly type: "input"; readonly part: string; readonly event: unknown }
  /** 1 is real time, 0 paused, Infinity as fast as it goes. */
  | { readonly type: "pace"; readonly speed: number }
  | { readonly type: "radio"; readonly packets: readonly RadioPacket[] }
  /** All the text that a part holds; a "text" of that id comes back. */
  | { readonly type: "read"; readonly part: string; readonly id: number };

/** A packet was received, so the program can have it: its mark, and how strong it arrived. */
export type Heard = readonly [mark: number, rssi: number];

export type FromWorker =
  /** The worker has loaded and listens. */
  | { readonly type: "ready" }
  /** `ms` is the board's clock when it sent the last of them. */
  | { readonly type: "serial"; readonly bytes: Uint8Array; readonly ms: number }
  /** Once a frame, only what changed. `ms` is the board's clock. */
  | { readonly type: "parts"; readonly changed: Readonly<Record<string, unknown>>; readonly ms: number }
  /** What "read" asked for. */
  | { readonly type: "text"; readonly id: number; readonly text: string }
  /** While taping: this came in now. */
  | { readonly type: "happened"; readonly event: TimedEvent }
  /** The program that the board starts with is over: it waits at its prompt. Once after each power-on. `error` is its traceback or "". */
  | { readonly type: "prompt"; readonly error: string }
  /** The program changed the board's files: all of them, to be kept. */
  | { readonly type: "files"; readonly files: Readonly<Record<string, Uint8Array>> }
  /** What happened to the sound. While something sounds it comes every frame, also without events: it goes on until `ms`. */
  | { readonly type: "sound"; readonly events: readonly TimedSound[]; readonly ms: number }
  /** What the radio has sent, and what it has received, since the last turn. */
  | { readonly type: "radio"; readonly packets: readonly RadioPacket[]; readonly heard: readonly Heard[] }
  /** A bug of ours, never of the learner's. The board stands still until the next power-on. */
  | { readonly type: "crashed"; readonly message: string };

/** The worker asks the board to wait while this many serial bytes are on their way. */
export const serialWindow = 16384;
