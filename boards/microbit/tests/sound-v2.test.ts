// The rows of sound-v2.md on our micro:bit V2: the same values, printed text and errors, through the raw REPL.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { Machine } from "../../sim/machine.ts";
import { microbitV2Model } from "../model.ts";

interface Row {
  readonly input: string;
  readonly expected: string;
}
const lineEnd = "⏎";
const sections = readFileSync(`${import.meta.dirname}/sound-v2.md`, "utf8")
  .split("\n## ")
  .slice(1)
  .map((text) => ({ title: text.split("\n")[0]!, rows: text.split("\n").flatMap(rowOf) }));

function rowOf(line: string): readonly Row[] {
  const match = /^\| `(.*?)` \| `?(.*?)`? \|$/.exec(line);
  return match ? [{ input: match[1]!.replaceAll(lineEnd, "\n"), expected: match[2]!.replaceAll(lineEnd, "\n") }] : [];
}

/** Rows that our V2 does not answer so yet, and why. */
const awaited: Readonly<Record<string, string>> = {
  "dir(SoundEffect())": "dir() does not know the attributes beforehand, so they stand as the program brought them",
};
const unanswered = (row: Row): boolean => row.expected.includes("did not return within the time limit");
const isExpression = (input: string): boolean => !/\n|^import |^print\(/.test(input);

/** One board whose raw REPL keeps its globals from row to row, as the recording did. */
class RawRepl {
  private readonly machine = new Machine(microbitV2Model);
  private received = "";

  constructor() {
    this.machine.onSerial = (bytes) => (this.received += new TextDecoder().decode(bytes));
    this.machine.reset();
    this.machine.runFor(100);
    this.send("\x01");
  }

  /** What the code prints, and the last line of its traceback. */
  run(code: string): { readonly printed: string; readonly error: string } {
    const [printed, error] = this.send(`${code}\x04`).split("\x04");
    return { printed: printed!.slice(2).trimEnd(), error: error!.trimEnd().split("\n").at(-1)! };
  }

  private send(text: string): string {
    this.received = "";
    this.machine.feed(new TextEncoder().encode(text));
    for (let i = 0; i < 1000 && !this.received.endsWith(">"); i++) this.machine.runFor(20);
    return this.received.replaceAll("\r\n", "\n");
  }
}

function answer(repl: RawRepl, input: string): string {
  const { printed, error } = repl.run(isExpression(input) ? `print(repr(${input}))` : input);
  return [printed, error].filter((part) => part !== "").join(" ");
}

test("there are rows to compare", () => expect(sections.flatMap(({ rows }) => rows).length).toBeGreaterThanOrEqual(170));

describe.each(sections)("$title", ({ rows }) => {
  const repl = new RawRepl();
  repl.run("from microbit import *\nimport audio, music, speech\nfrom audio import SoundEffect, AudioFrame\n");
  test.each(rows.filter((row) => !unanswered(row) && !(row.input in awaited)))("$input", ({ input, expected }) => {
    expect(answer(repl, input)).toBe(expected);
  });
});
