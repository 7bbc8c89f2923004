// What real micro:bits answered, recorded: oracle/v1.tsv by the V1 firmware, oracle/v2.tsv by the V2 firmware's own core. A row is
// a section, a kind (block: a program; row: an expression or statements; boot: files to start with), the input and the answer.
import { readFileSync } from "node:fs";
import { Machine } from "../../sim/machine.ts";
import { modelById } from "../../sim/models.ts";

export interface Entry {
  readonly section: string;
  readonly kind: "block" | "row" | "boot";
  readonly input: string;
  /** Beginning with "!": a remark instead of an answer. */
  readonly output: string;
}

const unescape = (text: string): string => text.replace(/\\(.)/g, (_, c: string) => (c === "n" ? "\n" : c === "t" ? "\t" : c));

export function oracle(version: "v1" | "v2"): readonly Entry[] {
  const [, ...lines] = readFileSync(`${import.meta.dirname}/oracle/${version}.tsv`, "utf8")
    .trimEnd()
    .split("\n");
  return lines.map((line) => {
    const [section, kind, input, output] = line.split("\t");
    return { section, kind: kind as Entry["kind"], input: unescape(input), output: unescape(output) };
  });
}

/** A simulated board behind its raw REPL, in virtual time. */
export class RawBoard implements Asked {
  readonly machine: Machine;
  private text = "";

  constructor(version: "v1" | "v2", files: Readonly<Record<string, string>> = {}) {
    const encoder = new TextEncoder();
    const bytes = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, encoder.encode(text)]));
    this.machine = new Machine(modelById(`microbit-${version}`)!, { files: bytes });
    const decoder = new TextDecoder();
    this.machine.onSerial = (sent) => (this.text += decoder.decode(sent, { stream: true }));
    // The recorded boards had been calibrated before.
    this.machine.input("compass", { calibrated: true });
    this.machine.reset();
  }

  /** What the board has said since the last call, after so much more time. */
  said(ms: number): string {
    this.machine.runFor(ms);
    const { text } = this;
    this.text = "";
    return text;
  }

  /** Once it has booted: a V1 has imported its names then. */
  enterRaw(): void {
    this.said(1000);
    this.machine.feed(Uint8Array.of(3, 1));
    this.said(1000);
  }

  exec(source: string): Result {
    this.machine.feed(new TextEncoder().encode(source));
    this.machine.feed(Uint8Array.of(4));
    // After SystemExit the board resets itself.
    const isDone = (): boolean => /\x04[^]*(\x04>|to exit\r\n>)$/.test(this.text);
    for (let ms = 0; ms < 60000 && !isDone(); ms += 20) this.machine.runFor(20);
    const done = isDone();
    const [out, err = ""] = this.said(0).replace(/^OK/, "").replaceAll("\r\n", "\n").split("\x04");
    if (done) return { out, err: err.includes("soft reboot") ? "" : err };
    this.machine.feed(Uint8Array.of(3));
    this.said(500);
    return { out: `${out}(did not return)`, err: "" };
  }
}

// Modules that the rows of a section use without importing them.
const imports: Readonly<Record<string, string>> = {
  "Audio objects: Sound, SoundEffect, audio.play": "import audio\nfrom audio import *",
  "Audio: play arguments and AudioFrame": "import audio\nfrom audio import *",
  Files: "import os",
  Image: "i = Image('90000:00000:00900:00000:00009')",
  Log: "import log",
  "Machine, os, neopixel, struct, array": "import machine, micropython, os, gc, time, neopixel, struct, array",
  Memory: "import gc",
  Music: "import music",
  Power: "import power",
  Radio: "import radio",
  Random: "import random",
  Speech: "import speech",
  math: "import math",
  sys: "import sys",
  time: "import time",
};

/** Whatever takes Python at a raw REPL. */
export interface Asked {
  exec(source: string): Result | Promise<Result>;
}
interface Result {
  readonly out: string;
  readonly err: string;
}

/** Asks our board the entries of one section, in their order, on one board. */
export async function* answers(
  version: "v1" | "v2",
  entries: readonly Entry[],
): AsyncIterable<{ readonly entry: Entry; readonly answer: string }> {
  let board: RawBoard | null = null;
  for (const entry of entries) {
    if (entry.kind === "boot") {
      yield { entry, answer: new RawBoard(version, JSON.parse(entry.input) as Record<string, string>).said(60000) };
      continue;
    }
    if (board === null || entry.kind === "block") {
      board = new RawBoard(version);
      board.enterRaw();
      const prelude = preludeOf(entry);
      if (prelude !== "") board.exec(prelude);
    }
    yield { entry, answer: await answerOf(board, entry) };
  }
}

/** The import that a section's rows need. */
export function preludeOf({ section }: Entry): string {
  const dir = /^dir (\w+)$/.exec(section);
  return imports[section] ?? (dir && !["objs", "builtins"].includes(dir[1]) ? `import ${dir[1]}` : "");
}

/** What a board says to an entry, in the form of the recording. */
export async function answerOf(board: Asked, entry: Entry): Promise<string> {
  return entry.kind === "block" ? blockAnswer(board, entry) : rowAnswer(board, entry);
}

async function blockAnswer(board: Asked, { input, output }: Entry): Promise<string> {
  const { out, err } = await board.exec(input);
  // Where the recording has no traceback, it is of what was printed only.
  return output.includes("Traceback") ? out + err : out;
}

// An expression is answered by its value, statements by what they print and raise; a value alone is not shown with a place.
async function rowAnswer(board: Asked, { input, output }: Entry): Promise<string> {
  const hasPlace = /(^| {3})File "/m.test(output);
  const isStatement = hasPlace || output === "(nothing)" || (/^print\(/.test(input) && !output.endsWith("None"));
  let result = isStatement ? null : await board.exec(`print(repr(${input}))`);
  if (result === null || /^(SyntaxError|IndentationError)/m.test(result.err)) result = await board.exec(input);
  const error = result.err.replace(/^Traceback \(most recent call last\):\n/, "").trimEnd();
  const shown = hasPlace ? error : (error.split("\n").at(-1) ?? "");
  // The value of a call that raises only afterwards was recorded in some sections, and not in others.
  const hasValue = shown === "" || result.out !== "None\n" || output.startsWith("None");
  const answer = [hasValue ? result.out.trimEnd() : "", shown].filter((text) => text !== "").join("\n");
  return answer === "" ? "(nothing)" : answer;
}

/** Addresses and versions are the recording machine's own. */
export function comparable(text: string): string {
  return (
    text
      .replace(/(at |object )(0x)?[0-9a-f]{6,8}>/g, "$1ADDRESS>")
      .replace(/v1\.18 on [\d-]+; micro:bit v2\.1\.\d/g, "VERSION")
      .replace(/\(did not return[^)]*\)/g, "(did not return)")
      // Some recordings have what is printed and the traceback in one line.
      .split(/\s*\n\s*|(?<=\S) (?=\w+Error: )| {3}(?=File ")/)
      .join("\n")
      .trim()
  );
}
