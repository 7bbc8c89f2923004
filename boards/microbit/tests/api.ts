// The names that a micro:bit's MicroPython offers, from api.tsv: one row each, with its signature, on which of the two boards it is,
// and what its documentation or source says of ranges and errors. Here a row becomes Python that asks for it.
import { readFileSync } from "node:fs";
import { type Asked, RawBoard } from "./oracle.ts";

export interface ApiRow {
  readonly module: string;
  readonly name: string;
  readonly kind: string;
  readonly signature: string;
  /** "yes" or "no"; "dev" is in no released firmware, "?" nobody knows. */
  readonly v1: string;
  readonly v2: string;
  readonly notes: string;
}

export const apiRows: readonly ApiRow[] = readFileSync(`${import.meta.dirname}/api.tsv`, "utf8")
  .trimEnd()
  .split("\n")
  .slice(1)
  .map((line) => {
    const [module, name, kind, signature, v1, v2, notes = ""] = line.split("\t");
    return { module, name, kind, signature, v1, v2, notes };
  });

/** What the rows call by its class's name. */
const objects: Readonly<Record<string, string>> = {
  Button: "microbit.button_a",
  Pin: "microbit.pin0",
  Image: "microbit.Image('90:09')",
  AudioFrame: "audio.AudioFrame()",
  SoundEffect: "audio.SoundEffect()",
  NeoPixel: "neopixel.NeoPixel(microbit.pin0, 2)",
  array: "array.array('b', [1])",
  str: "'text'",
};

const operators: Readonly<Record<string, string>> = {
  __add__: "O + O",
  __sub__: "O - O",
  __mul__: "O * 0.5",
  __truediv__: "O / 2.0",
  __eq__: "O == 1",
  __repr__: "repr(O)",
  __str__: "str(O)",
  __len__: "len(O)",
  __getitem__: "O[0]",
  __setitem__: "O.__setitem__(0, 1)",
};

/** Python expressions, each of which works where the row says that it is there, and raises where it is not. */
export function presence({ module, name, kind }: ApiRow): readonly string[] {
  const [owner, member] = name.split(".");
  if (kind === "absent module") return module.split(", ").map((absent) => `__import__('${absent}')`);
  if (kind === "module alias" || name === "__init__") return [`__import__('${module}')`];
  if (kind === "enum value") return [`microbit.accelerometer.is_gesture(${name.slice("gesture ".length)})`];
  // The compiler knows it, not the module.
  if (name === "asm_thumb") return [`exec("@micropython.asm_thumb\\ndef f(): pass")`];
  if (kind === "absent")
    return name.split(", ").map((absent) => (module === "builtins" ? absent : `__import__('${module}').${absent}`));
  if (member !== undefined && owner in objects) {
    const isConstant = kind === "constant" || kind === "staticmethod";
    const object = isConstant && owner !== "Pin" ? `__import__('${module}').${owner}` : objects[owner];
    if (member === "__setitem__")
      return [owner === "NeoPixel" ? "setitem(O, 0, (1, 2, 3))" : "setitem(O, 0, 1)"].map((o) => o.replace("O", object));
    return [member in operators ? operators[member].replaceAll("O", object) : `${object}.${member}`];
  }
  if (module === "builtins") return [name];
  if (name.includes(" / "))
    return name
      .split(" / ")
      .slice(0, 2)
      .map((absent) => `__import__('${module}').${absent}`);
  return [`__import__('${module}').${name}`];
}

/** The texts of errors that a row names: "ValueError(invalid period)" names "ValueError: invalid period". */
export function statedErrors({ notes, name }: ApiRow): readonly string[] {
  // That is how another simulator answers.
  if (name.startsWith("mem")) return [];
  return [...notes.matchAll(/(\w+Error)\(((?:[^()]|\([^()]*\))*)\)/g)].flatMap(([, type, texts]) =>
    texts.split(" / ").map((text) => `${type}: ${text}`),
  );
}

/** The ranges that a row names, "0..255". */
export function statedRanges({ notes, signature, kind }: ApiRow): readonly string[] {
  return kind === "constant" ? [] : [...`${signature} ${notes}`.matchAll(/-?\d+\.\.[+-]?\d+/g)].map(([range]) => range);
}

/** A board with everything imported, asked one expression at a time. */
export class ApiBoard {
  private readonly board: RawBoard;

  constructor(version: "v1" | "v2") {
    this.board = new RawBoard(version);
    this.board.enterRaw();
    this.board.exec(`${apiPrelude}import radio, speech\n${version === "v1" ? "" : "import log, power\n"}`);
  }

  value(expression: string): string {
    return shown(this.board.exec(`print(repr((${expression})))`));
  }

  /** The same of another board. */
  static async answer(board: Asked, expression: string): Promise<string> {
    return shown(await board.exec(`print(repr((${expression})))`));
  }
}

/** The value's repr, or the last line of the traceback; what is raised only afterwards stands after the value. */
function shown({ out, err }: { readonly out: string; readonly err: string }): string {
  return [out.trimEnd(), err.trimEnd().split("\n").at(-1)!].filter((text) => text !== "").join(" ");
}

export const apiPrelude = `from microbit import *
import microbit, audio, music, neopixel, machine, os, random, math, sys, array
def setitem(o, i, v):
    o[i] = v
def put(o, n, v):
    setattr(o, n, v)
`;

export interface ApiCheck {
  /** The row that says so: "microbit.Pin.write_digital". */
  readonly row: string;
  readonly code: string;
  readonly v1: string;
  readonly v2: string;
}

/** What rows say of ranges, defaults and errors, as Python and its answers: V1's asked of the real firmware, V2's from its source. */
export const apiChecks: readonly ApiCheck[] = readFileSync(`${import.meta.dirname}/api-checks.tsv`, "utf8")
  .trimEnd()
  .split("\n")
  .slice(1)
  .map((line) => {
    const [row, code, v1, v2] = line.split("\t").map((text) => text.replace(/\\(.)/g, (_, c: string) => (c === "n" ? "\n" : c)));
    return { row, code, v1, v2 };
  });
