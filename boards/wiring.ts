// Parts that a learner wires to a board's pins, as plain data: the kinds there are, their leads, and what can be set. A door.
// Leads for ground and 3.3 V are understood to be connected. It crosses the worker boundary and travels with projects.
import type { BoardDescriptor, PinAbility } from "./descriptor.ts";

export interface WiredPart {
  readonly kind: WiredKind;
  /** Which pin each lead is on: {signal: "P1"}. */
  readonly pins: Readonly<Record<string, string>>;
  readonly options?: Readonly<Record<string, number | string>>;
}

/** Wired parts by name. */
export type Wiring = Readonly<Record<string, WiredPart>>;

/** A number within limits, or one of several words. */
export type WiredOption =
  | { readonly min: number; readonly max: number; readonly default: number }
  | { readonly choices: readonly (string | number)[]; readonly default: string | number };

/** What the world can do to a part: press it, flip it, type to it, or give it a number (its usual value comes first). */
export type WiredInput =
  | { readonly does: "press" }
  | { readonly does: "flip" }
  | { readonly does: "text" }
  | { readonly does: "motion" }
  | { readonly does: "number"; readonly usual: number; readonly min: number; readonly max: number; readonly step: number };

export interface WiredKindDef {
  /** What a pin must be able to do for each lead. */
  readonly leads: Readonly<Record<string, readonly PinAbility[]>>;
  readonly options: Readonly<Record<string, WiredOption>>;
  /** By the name of the field in the part's input; a press is the words "press" and "release", motion the word "motion". */
  readonly inputs: Readonly<Record<string, WiredInput>>;
}

const output: readonly PinAbility[] = ["out"];
const input: readonly PinAbility[] = ["in"];
const analog: readonly PinAbility[] = ["analog"];
const both: readonly PinAbility[] = ["in", "out"];
const number = (usual: number, min: number, max: number, step = 1): WiredInput => ({ does: "number", usual, min, max, step });
const i2c = { sda: both, scl: both } as const;

export const wiredKinds = {
  "led-5mm": {
    leads: { anode: output },
    options: {
      colour: { choices: ["red", "yellow", "green", "blue"], default: "red" },
      ohms: { min: 100, max: 10_000, default: 220 },
    },
    inputs: {},
  },
  "rgb-led": {
    leads: { red: output, green: output, blue: output },
    options: { common: { choices: ["cathode", "anode"], default: "cathode" } },
    inputs: {},
  },
  "push-button": {
    leads: { signal: input },
    options: { to: { choices: ["ground", "supply"], default: "ground" } },
    inputs: { press: { does: "press" } },
  },
  "slide-switch": { leads: { signal: input }, options: {}, inputs: { on: { does: "flip" } } },
  potentiometer: {
    leads: { wiper: analog },
    options: { ohms: { min: 1000, max: 1_000_000, default: 10_000 } },
    inputs: { position: number(0.5, 0, 1, 0.01) },
  },
  photoresistor: { leads: { signal: analog }, options: {}, inputs: { lux: number(100, 0.1, 10_000, 0.1) } },
  tmp36: { leads: { signal: analog }, options: {}, inputs: { celsius: number(21, -40, 125, 0.5) } },
  servo: {
    leads: { signal: output },
    options: { minUs: { min: 400, max: 1500, default: 500 }, maxUs: { min: 1500, max: 2600, default: 2400 } },
    inputs: {},
  },
  buzzer: { leads: { signal: output }, options: {}, inputs: {} },
  relay: { leads: { coil: output }, options: {}, inputs: {} },
  pir: {
    leads: { signal: input },
    options: { holdMs: { min: 500, max: 200_000, default: 2500 } },
    inputs: { motion: { does: "motion" } },
  },
  "hc-sr04": {
    leads: { trigger: output, echo: input },
    options: {},
    inputs: { distanceCm: number(50, 2, 450, 0.5), celsius: number(20, -20, 60, 0.5) },
  },
  bme280: {
    leads: i2c,
    options: { address: { choices: [0x76, 0x77], default: 0x76 } },
    inputs: { celsius: number(21, -40, 85, 0.1), hectopascal: number(1013, 300, 1100), humidity: number(45, 0, 100) },
  },
  ssd1306: { leads: i2c, options: { height: { choices: [32, 64], default: 64 } }, inputs: {} },
  lcd1602: { leads: i2c, options: { address: { choices: [0x27, 0x3f], default: 0x27 } }, inputs: {} },
  neopixel: {
    leads: { din: output },
    options: { count: { min: 1, max: 256, default: 8 }, shape: { choices: ["strip", "ring"], default: "strip" } },
    inputs: {},
  },
  "uart-peer": {
    leads: { rx: output, tx: input },
    options: { baud: { min: 300, max: 1_000_000, default: 9600 } },
    inputs: { send: { does: "text" } },
  },
  jumper: { leads: { a: both, b: both }, options: {}, inputs: {} },
} as const satisfies Readonly<Record<string, WiredKindDef>>;

export type WiredKind = keyof typeof wiredKinds;

/** kind: there is no such part. name: the board has one of that name, or it is none. pin: missing, or it cannot do that. option: not allowed. */
export type WiringFault = "kind" | "name" | "pin" | "option";

export interface ReadWiring {
  readonly wiring: Wiring;
  readonly faults: readonly { readonly name: string; readonly fault: WiringFault }[];
}

const partsMost = 40;
const textMost = 4096;

/** A stranger's data as wiring for a board: only what it can have, and what was left out. */
export function readWiring(value: unknown, board: BoardDescriptor): ReadWiring {
  const wiring: Record<string, WiredPart> = {};
  const faults: { name: string; fault: WiringFault }[] = [];
  const entries = isRecord(value) ? Object.entries(value).slice(0, partsMost) : [];
  for (const [name, part] of entries) {
    const read = readPart(name, part, board);
    if (typeof read === "string") faults.push({ name, fault: read });
    else wiring[name] = read;
  }
  return { wiring, faults };
}

/** The pins that can take that lead. */
export function pinsFor(kind: WiredKind, lead: string, board: BoardDescriptor): readonly string[] {
  const needs: readonly PinAbility[] = (wiredKinds[kind].leads as WiredKindDef["leads"])[lead] ?? [];
  return board.pins.filter((pin) => needs.every((need) => pin.can.includes(need))).map((pin) => pin.name);
}

/** The option as set, or its usual value. */
export function optionOf(part: WiredPart, name: string): number | string {
  return part.options?.[name] ?? (wiredKinds[part.kind].options as WiredKindDef["options"])[name]!.default;
}

/** All options of a part, as set or as usual. */
export function optionsOf(kind: WiredKind, set: WiredPart["options"] = {}): Readonly<Record<string, number | string>> {
  const options: WiredKindDef["options"] = wiredKinds[kind].options;
  return Object.fromEntries(Object.entries(options).map(([name, { default: usual }]) => [name, set[name] ?? usual]));
}

/** The number that an input of a model gives, within its limits; throws when it is none. */
export function numberIn(kind: WiredKind, name: string, event: unknown): number {
  const def = (wiredKinds[kind].inputs as WiredKindDef["inputs"])[name];
  const value = isRecord(event) ? event[name] : undefined;
  if (def?.does !== "number" || typeof value !== "number" || Number.isNaN(value))
    throw new Error(`not an input of a ${kind}: ${JSON.stringify(event)}`);
  return Math.max(def.min, Math.min(def.max, value));
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function readPart(name: string, value: unknown, board: BoardDescriptor): WiredPart | WiringFault {
  if (!/^[A-Za-z][\w -]{0,30}$/.test(name) || Object.hasOwn(board.parts, name)) return "name";
  if (!isRecord(value) || typeof value["kind"] !== "string" || !Object.hasOwn(wiredKinds, value["kind"])) return "kind";
  const kind = value["kind"] as WiredKind;
  const def: WiredKindDef = wiredKinds[kind];
  const given = isRecord(value["pins"]) ? value["pins"] : {};
  const pins: Record<string, string> = {};
  for (const lead of Object.keys(def.leads)) {
    const pin = given[lead];
    if (typeof pin !== "string" || !pinsFor(kind, lead, board).includes(pin)) return "pin";
    pins[lead] = pin;
  }
  const options: Record<string, number | string> = {};
  for (const [option, set] of Object.entries(isRecord(value["options"]) ? value["options"] : {})) {
    const limits = Object.hasOwn(def.options, option) ? def.options[option]! : null;
    if (!limits || !allows(limits, set)) return "option";
    options[option] = set as number | string;
  }
  return Object.keys(options).length > 0 ? { kind, pins, options } : { kind, pins };
}

function allows(limits: WiredOption, value: unknown): boolean {
  if ("choices" in limits) return limits.choices.includes(value as string | number);
  return typeof value === "number" && value >= limits.min && value <= limits.max;
}

/** The input with what belongs to it and nothing else, or undefined when a part of that kind would not know it. */
export function knownInput(kind: WiredKind, event: unknown): unknown {
  const inputs = wiredKinds[kind].inputs as WiredKindDef["inputs"];
  if (event === "press" || event === "release") return "press" in inputs ? event : undefined;
  if (event === "motion") return "motion" in inputs ? event : undefined;
  if (!isRecord(event)) return undefined;
  for (const [name, input] of Object.entries(inputs)) {
    const value = event[name];
    if (input.does === "number" && typeof value === "number" && value >= input.min && value <= input.max)
      return { [name]: value };
    if (input.does === "flip" && typeof value === "boolean") return { [name]: value };
    if (input.does === "text" && typeof value === "string" && value.length <= textMost) return { [name]: value };
  }
  return undefined;
}
