// A tape: what the world did to a board, by the board's own clock. Lessons, the command line's --events and the page's sensor tape have
// the same list. A tape may be a stranger's file: `readTape` lets through only what the board's parts understand. A door.
import type { BoardDescriptor, PartDef } from "./descriptor.ts";
import { knownInput, type Wiring } from "./wiring.ts";
import { gestures } from "./parts/accelerometer/state.ts";

export interface TimedEvent {
  /** Milliseconds since power-on. */
  readonly atMs: number;
  /** A part's name in the descriptor, or "serial" for keys typed at the console. */
  readonly part: string;
  readonly event: unknown;
}

export const serialPart = "serial";
/** More events than this are no tape of ours; a hand on a slider makes sixty a second. */
export const eventsMost = 100_000;
const longestMs = 24 * 3600 * 1000;
const longestText = 4096;

export interface ReadTape {
  readonly events: readonly TimedEvent[];
  /** Events left out, because this board has no such part or the part does not know them. */
  readonly left: number;
}

/** The events of a parsed JSON file that this board can have, soonest first; null when it is no list of events at all. */
export function readTape(value: unknown, board: BoardDescriptor, wired: Wiring = {}): ReadTape | null {
  if (!Array.isArray(value) || value.length > eventsMost || !value.every(isTimed)) return null;
  const events = value.flatMap(({ atMs, part, event }) => {
    const known = knownEvent(board, wired, part, event);
    return known === undefined ? [] : [{ atMs, part, event: known }];
  });
  return { events: events.toSorted((a, b) => a.atMs - b.atMs), left: value.length - events.length };
}

/** An event as plain JSON has it: packets' bytes as numbers. */
export function plainEvent(event: unknown): unknown {
  return JSON.parse(JSON.stringify(event, (_, inner: unknown) => (inner instanceof Uint8Array ? [...inner] : inner)));
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

function isTimed(value: unknown): value is TimedEvent {
  if (!isRecord(value) || typeof value["part"] !== "string" || !("event" in value)) return false;
  const { atMs } = value;
  return typeof atMs === "number" && atMs >= 0 && atMs <= longestMs;
}

/** The event with what belongs to it and nothing else, or undefined when the part would not know it. */
function knownEvent(board: BoardDescriptor, wired: Wiring, part: string, event: unknown): unknown {
  if (part === serialPart) return typeof event === "string" && event.length <= longestText ? event : undefined;
  if (Object.hasOwn(wired, part)) return knownInput(wired[part]!.kind, event);
  const kind = Object.hasOwn(board.parts, part) ? board.parts[part]!.kind : null;
  return kind === null ? undefined : understood[kind](event);
}

const pressed = (event: unknown): unknown => (event === "press" || event === "release" ? event : undefined);

/** A record of exactly these finite numbers. */
function numbers(...names: readonly string[]): (event: unknown) => unknown {
  return (event) => {
    if (!isRecord(event) || !names.every((name) => Number.isFinite(event[name]))) return undefined;
    return Object.fromEntries(names.map((name) => [name, event[name]]));
  };
}

const none = (): undefined => undefined;
const xyz = numbers("x", "y", "z");
const level = numbers("level");

/** What each kind of part understands, as its state.ts says. */
const understood: Readonly<Record<PartDef["kind"], (event: unknown) => unknown>> = {
  accelerometer(event) {
    const name = isRecord(event) ? gestures.find((gesture) => gesture === event["gesture"]) : undefined;
    return name === undefined ? xyz(event) : { gesture: name };
  },
  button: pressed,
  compass(event) {
    const calibrated = isRecord(event) ? event["calibrated"] : undefined;
    return typeof calibrated === "boolean" ? { calibrated } : (numbers("heading")(event) ?? xyz(event));
  },
  "data-log": (event) => (event === "clear" ? event : undefined),
  led: none,
  "led-matrix": none,
  "light-sensor": level,
  microphone: level,
  pin(event) {
    if (!isRecord(event)) return pressed(event);
    if (event["level"] === null || event["level"] === 0 || event["level"] === 1) return { level: event["level"] };
    if (event["analog"] === null || Number.isFinite(event["analog"])) return { analog: event["analog"] };
    return typeof event["touched"] === "boolean" ? { touched: event["touched"] } : undefined;
  },
  power: (event) => (event === "wake" ? event : undefined),
  radio(event) {
    const packet = isRecord(event) ? event["packet"] : undefined;
    if (!isRecord(packet) || !Array.isArray(packet["bytes"]) || packet["bytes"].length > 255) return undefined;
    const rest = numbers("channel", "address", "group", "rate", "power")(packet);
    const rssi = numbers("rssi")(packet) ?? {}; // without it, as from the same desk
    const bytes = Uint8Array.from(packet["bytes"] as number[]);
    return isRecord(rest) ? { packet: { ...rest, ...rssi, bytes } } : undefined;
  },
  speaker: none,
  switch: pressed,
  thermometer: numbers("celsius"),
  touch: pressed,
};
