// What a real board's program prints about its sensors, as events for a simulated one: `x:12 y:-3 z:-1010`, `temperature:21`, `light:90`.
// Only what was printed under a sensor's own name counts; nothing is guessed.
import type { BoardDescriptor } from "../../boards/descriptor.ts";
import type { TimedEvent } from "../../boards/tape.ts";
import { readNumbers } from "./numbers.ts";

interface Sensor {
  readonly part: string;
  /** The names to print, with their names in the event. */
  readonly names: Readonly<Record<string, string>>;
}

export const sensors: readonly Sensor[] = [
  { part: "accelerometer", names: { x: "x", y: "y", z: "z" } },
  { part: "thermometer", names: { temperature: "celsius" } },
  { part: "lightSensor", names: { light: "level" } },
  { part: "microphone", names: { sound: "level" } },
  { part: "compass", names: { heading: "heading" } },
];

/** A pyboard's program prints its chip's own counts, 21.33 a g, and z the other way round (MMA7660); the part has 1024 a g. */
const unitsPerCount: Readonly<Record<string, number>> = { x: 48, y: 48, z: -48 };

/** The events that a printed line stands for, on boards that have those parts. */
export function readingsOf(line: string, atMs: number, board: BoardDescriptor): readonly TimedEvent[] {
  const found = new Map(readNumbers(line)?.map(({ name, value }) => [name.toLowerCase(), value]));
  return sensors.flatMap(({ part, names }) => {
    const values = Object.entries(names).map(([printed, field]) => [field, found.get(printed) ?? null] as const);
    if (!(part in board.parts) || values.some(([, value]) => value === null)) return [];
    const isCounts = board.parts[part]!.options?.["chip"] === "mma7660";
    const event = values.map(([field, value]) => [field, isCounts ? value! * unitsPerCount[field]! : value] as const);
    return [{ atMs, part, event: Object.fromEntries(event) }];
  });
}
