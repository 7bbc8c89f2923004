// Sensor tapes as they are kept with a project: named lists of what happened to a board. Everything that comes in is checked as a
// stranger's. As a file a tape is the list alone, which lessons and the command line's --events read too.
import { boardById, boards } from "../../boards/index.ts";
import { plainEvent, readTape, type TimedEvent } from "../../boards/tape.ts";
import type { Wiring } from "../../boards/wiring.ts";

export interface Tape {
  readonly name: string;
  /** The board it was made for. */
  readonly board: string;
  /** How long it is: the silence after the last event counts. */
  readonly ms: number;
  /** As plain JSON. */
  readonly events: readonly TimedEvent[];
}

/** A hand on a slider makes sixty events a second; a tape ends with this many. */
export const tapeEventsMost = 10_000;
/** Characters of JSON that all tapes of a project may take: a file with more would be refused (parcel.ts). */
const tapesMost = 1_200_000;
const tapesCount = 30;
const nameMost = 60;

export function makeTape(name: string, board: string, ms: number, events: readonly TimedEvent[]): Tape {
  return { name: name.slice(0, nameMost), board, ms, events: events.map((event) => plainEvent(event) as TimedEvent) };
}

/** Do these fit into one project? */
export function tapesFit(tapes: readonly Tape[]): boolean {
  return tapes.length <= tapesCount && JSON.stringify(tapes).length <= tapesMost;
}

/** The text of a tape as a file: one event a line. */
export function encodeTape({ events }: Tape): string {
  return `[\n${events.map((event) => JSON.stringify(event)).join(",\n")}\n]\n`;
}

/** A tape file's text for a board; null when it is none, or nothing in it is for this board. `left`: events that were not. */
export function decodeTape(
  text: string,
  name: string,
  board: string,
  wiring: Wiring = {},
): { readonly tape: Tape; readonly left: number } | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const read = readTape(value, boardById(board) ?? boards[0]!, wiring);
  if (!read || read.events.length === 0 || read.events.length > tapeEventsMost) return null;
  return { tape: makeTape(name, board, read.events.at(-1)!.atMs, read.events), left: read.left };
}

/** The tapes in a stranger's project: only whole and known ones. */
export function checkTapes(value: unknown, wiring: Wiring = {}): readonly Tape[] {
  if (!Array.isArray(value)) return [];
  const tapes = value.slice(0, tapesCount).flatMap((item: unknown) => {
    if (typeof item !== "object" || item === null) return [];
    const { name, board, ms, events } = item as Record<string, unknown>;
    const descriptor = typeof board === "string" ? boardById(board) : null;
    if (typeof name !== "string" || !descriptor || typeof ms !== "number" || !(ms >= 0)) return [];
    const read = readTape(events, descriptor, wiring);
    return read && read.events.length <= tapeEventsMost ? [makeTape(name, descriptor.id, ms, read.events)] : [];
  });
  return tapesFit(tapes) ? tapes : [];
}
