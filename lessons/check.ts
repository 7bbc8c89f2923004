// Checks: what a program does on a fresh board in virtual time, judged. Behaviour only, but for the `source` verb.
// The same program and check give the same result always: time is virtual, randomness seeded.

import { glyph } from "../boards/parts/led-matrix/font.ts";
import { images } from "../boards/parts/led-matrix/images.ts";
import type { Wiring } from "../boards/wiring.ts";
import type { CheckResult, Expectation, Failure, PartValue, StepCheck, Verb } from "./lesson.ts";
import { judgeSource } from "./source.ts";
import { Busy, OPS, Trial } from "./trial.ts";

/** Runs a step's checks in their order, each on a fresh board, and stops at the first that fails. */
export function runChecks(checks: readonly StepCheck[], source: string, board: string, wired: Wiring = {}): CheckResult[] {
  const results: CheckResult[] = [];
  for (const check of checks) {
    const result = runCheck(check, source, board, wired);
    results.push(result);
    if (!result.passed) break;
  }
  return results;
}

/** One check; a program that never rests is given up after `ops` bytecodes. */
export function runCheck(
  check: Pick<StepCheck, "name" | "verbs">,
  source: string,
  board: string,
  wired: Wiring = {},
  ops = OPS,
): CheckResult {
  const { name, verbs } = check;
  const seeds = verbs.flatMap((verb) => ("varies" in verb ? verb.seeds : []));
  const moments = new Set<number>();
  for (const seed of seeds.length > 0 ? seeds : [1]) {
    const result = runOnce(name, verbs, new Trial(board, source, seed, wired, ops), source, moments);
    if (!result.passed) return result;
  }
  if (seeds.length > 1 && moments.size < 2) return { name, passed: false, atMs: 0, failure: { kind: "same-each-time" } };
  return { name, passed: true };
}

function runOnce(name: string, verbs: readonly Verb[], trial: Trial, source: string, moments: Set<number>): CheckResult {
  const fails = (failure: Failure): CheckResult => ({ name, passed: false, atMs: trial.ms, failure });
  try {
    for (const verb of verbs) {
      const failure = obey(trial, verb, source, moments);
      const crash = crashOf(trial, verbs);
      if (crash !== null) return fails(crash);
      if (failure !== null) return fails(failure);
    }
  } catch (error) {
    if (error instanceof Busy) return fails({ kind: "busy" });
    throw error;
  }
  return { name, passed: true };
}

/** An error that ended the program, unless some verb expects one. */
function crashOf(trial: Trial, verbs: readonly Verb[]): Failure | null {
  const traceback = trial.traceback();
  const isExpected = verbs.some((verb) => expectationOf(verb)?.error !== undefined);
  if (traceback === null || isExpected) return null;
  const lines = [...traceback.matchAll(/line (\d+)/g)];
  return { kind: "error", traceback, line: Number(lines.at(-1)?.[1] ?? 0) };
}

function expectationOf(verb: Verb): Expectation | null {
  if ("expect" in verb) return verb.expect;
  if ("eventually" in verb) return verb.eventually;
  if ("never" in verb) return verb.never;
  return "varies" in verb ? verb.varies : null;
}

function obey(trial: Trial, verb: Verb, source: string, moments: Set<number>): Failure | null {
  if ("run" in verb) trial.run(verb.run);
  else if ("set" in verb) trial.set(verb.set);
  else if ("press" in verb) for (let i = verb.times ?? 1; i > 0; i--) trial.press(verb.press, verb.forMs);
  else if ("touch" in verb) trial.press(verb.touch, verb.forMs);
  else if ("hold" in verb) trial.hold(verb.hold);
  else if ("release" in verb) trial.release(verb.release);
  else if ("gesture" in verb) trial.gesture(verb.gesture);
  else if ("radioSend" in verb) trial.radioSend(verb.radioSend);
  else if ("type" in verb) trial.type(verb.type);
  else if ("source" in verb) return judgeSource(verb.source, source);
  else if ("expect" in verb) return judge(trial, verb.expect, false);
  else if ("eventually" in verb) return eventually(trial, verb.eventually, verb.within);
  else if ("never" in verb) return never(trial, verb.never, verb.for);
  else {
    const failure = eventually(trial, verb.varies, verb.within);
    if (failure !== null) return failure;
    moments.add(Math.round(trial.ms / 20));
  }
  return null;
}

function eventually(trial: Trial, expectation: Expectation, ms: number): Failure | null {
  const isSeen = trial.runUntil(() => judge(trial, expectation, false) === null || trial.traceback() !== null, ms);
  if (isSeen && expectation.error === undefined && trial.traceback() !== null) return null; // told as the error it is
  return isSeen ? null : judge(trial, expectation, false);
}

function never(trial: Trial, expectation: Expectation, ms: number): Failure | null {
  const isSeen = trial.runUntil(() => judge(trial, expectation, false) === null, ms);
  return isSeen ? judge(trial, expectation, true) : null;
}

/** The first thing that is not as expected, or null. With `isNever`, the first thing named, which is so and must not be. */
function judge(trial: Trial, expectation: Expectation, isNever: boolean): Failure | null {
  for (const judgeOne of [judgeDisplay, judgeScroll, judgeLeds, judgePins, judgeParts, judgeTone, judgeText]) {
    const failure = judgeOne(trial, expectation, isNever);
    if (failure !== null) return failure;
  }
  return null;
}

type Judge = (trial: Trial, expectation: Expectation, never: boolean) => Failure | null;

const judgeDisplay: Judge = (trial, { display }, never) => {
  if (display === undefined) return null;
  const { pixels } = trial.display();
  const expected = pixelsOf(display);
  const isSo = expected === null ? pixels.some((level) => level > 0) : pixels.every((level, i) => level === expected[i]);
  return isSo === never ? { kind: "display", never, expected, seen: pixels } : null;
};

/** The 25 pixels that an expectation names, or null for "lit". */
export function pixelsOf(display: string): readonly number[] | null {
  if (display === "lit") return null;
  if (display === "clear") return Array.from({ length: 25 }, () => 0);
  const image = /^Image\.(\w+)$/.exec(display)?.[1];
  const rows = image === undefined ? display : images[image];
  const char = /^'(.)'$/.exec(display)?.[1];
  const shape = char === undefined ? null : glyph(char);
  if (shape !== null) return shape.map((level) => (level > 0 ? 9 : 0));
  if (rows === undefined || !/^\d{5}(:\d{5}){4}$/.test(rows)) throw new Error(`no picture: ${display}`);
  return [...rows.replaceAll(":", "")].map(Number);
}

const judgeScroll: Judge = (trial, { scroll }, never) => {
  if (scroll === undefined) return null;
  const { playing } = trial.display();
  const seen = playing?.kind === "scroll" ? playing.text : null;
  const isSo =
    seen !== null &&
    (scroll === true || (typeof scroll === "string" ? seen === scroll : Number(seen) >= scroll[0] && Number(seen) <= scroll[1]));
  const expected = scroll === true ? "" : typeof scroll === "string" ? scroll : `${scroll[0]}…${scroll[1]}`;
  return isSo === never ? { kind: "scroll", never, expected, seen } : null;
};

const judgeLeds: Judge = (trial, { led }, never) => {
  for (const [name, wanted] of Object.entries(led ?? {})) {
    const { intensity } = trial.led(name);
    const isSo = wanted === "on" ? intensity > 0 : wanted === "off" ? intensity === 0 : intensity === wanted;
    if (isSo !== never) continue;
    const seen = typeof wanted === "number" ? String(intensity) : intensity > 0 ? "on" : "off";
    return { kind: "led", never, led: name, expected: String(wanted), seen };
  }
  return null;
};

// A servo's pulse is 1 to 2 ms of every 20 for its 180 degrees.
const SERVO_SLACK = 6;

const judgePins: Judge = (trial, { pin, servo }, never) => {
  for (const [name, wanted] of Object.entries(pin ?? {})) {
    const { level, duty } = trial.pin(name);
    const value = duty ?? level;
    if ((value === wanted) === never)
      return { kind: "pin", never, pin: name, expected: String(wanted), seen: String(value ?? "-") };
  }
  for (const [name, wanted] of Object.entries(servo ?? {})) {
    const { duty, periodUs } = trial.pin(name);
    const degrees = duty === null ? null : Math.round((((duty / 1023) * periodUs - 1000) / 1000) * 180);
    const isSo = degrees !== null && Math.abs(degrees - wanted) <= SERVO_SLACK;
    if (isSo === never) return { kind: "servo", never, pin: name, expected: String(wanted), seen: String(degrees ?? "-") };
  }
  return null;
};

const judgeParts: Judge = (trial, { part }, never) => {
  for (const [name, fields] of Object.entries(part ?? {})) {
    const state = trial.part(name);
    for (const [field, wanted] of Object.entries(fields)) {
      const seen = state[field];
      if (seen === undefined) throw new Error(`${name} has no ${field}`);
      if (isAs(wanted, seen) !== never) continue;
      return { kind: "part", never, part: name, field, expected: shown(wanted), seen: shown(seen) };
    }
  }
  return null;
};

function isAs(wanted: PartValue, seen: unknown): boolean {
  if (typeof wanted === "object") return typeof seen === "number" && seen >= wanted[0] && seen <= wanted[1];
  // What a part has received or shows is text: what is wanted has to be in it.
  return typeof wanted === "string" ? String(seen).includes(wanted) : seen === wanted;
}

function shown(value: unknown): string {
  if (Array.isArray(value) && value.length === 2 && value.every((end) => typeof end === "number")) return value.join("…");
  return typeof value === "number" ? String(Math.round(value * 100) / 100) : String(value);
}

const judgeTone: Judge = (trial, { tone }, never) => {
  if (tone === undefined) return null;
  const { hz } = trial.speaker();
  const isSo = tone === "any" ? hz !== null : tone === "silent" ? hz === null : hz !== null && Math.abs(hz - tone) <= tone / 50;
  const seen = hz === null ? "silent" : String(Math.round(hz));
  return isSo === never ? { kind: "tone", never, expected: String(tone), seen } : null;
};

const judgeText: Judge = (trial, { printed, error }, never) => {
  if (printed !== undefined && trial.output.includes(printed) === never) {
    return { kind: "printed", never, expected: printed, seen: lastLines(trial.output) };
  }
  if (error !== undefined && (trial.traceback()?.includes(`\n${error}`) === true) === never)
    return { kind: "no-error", expected: error };
  return null;
};

/** The end of what was printed, without the prompt of a program that has ended. */
function lastLines(output: string): string {
  const own = output.replaceAll("\r\n", "\n").replace(/MicroPython v[\s\S]*?>>> /g, "");
  return own.trimEnd().split("\n").slice(-4).join("\n");
}
