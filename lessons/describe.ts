// What a failed check says, in one sentence of the learner's language. The pictures beside it are the page's.

import type { Failure, LessonLanguage } from "./lesson.ts";
import { en, type CheckKey } from "./messages/en.ts";
import { es } from "./messages/es.ts";

const CATALOGUES: Readonly<Record<LessonLanguage, Readonly<Record<CheckKey, string>>>> = { en, es };

export function describeFailure(failure: Failure, language: LessonLanguage): string {
  const say = (key: CheckKey, values: Readonly<Record<string, string | number>> = {}): string =>
    CATALOGUES[language][key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
  switch (failure.kind) {
    case "display":
      return describeDisplay(failure, say);
    case "scroll":
      if (failure.never) return say("scroll.never", { seen: failure.seen ?? "" });
      return failure.seen === null || failure.expected === ""
        ? say("scroll.none")
        : say("scroll.other", { seen: failure.seen, expected: failure.expected });
    case "led": {
      const word = (value: string): string => (value === "on" ? say("led.on") : value === "off" ? say("led.off") : value);
      const values = { led: failure.led, expected: word(failure.expected), seen: word(failure.seen) };
      return say(failure.never ? "led.never" : "led.other", values);
    }
    case "pin":
    case "servo": {
      const { kind, pin, expected, seen } = failure;
      return say(failure.never ? `${kind}.never` : `${kind}.other`, { pin, expected, seen });
    }
    case "part": {
      const { part, field, expected, seen } = failure;
      return say(failure.never ? "part.never" : "part.other", { part, field, expected, seen });
    }
    case "tone": {
      const word = (value: string): string =>
        value === "silent" || value === "any" ? say(`tone.${value}`) : say("tone.hz", { hz: value });
      return failure.never
        ? say("tone.never")
        : say("tone.other", { expected: word(failure.expected), seen: word(failure.seen) });
    }
    case "printed":
      return say(failure.never ? "printed.never" : "printed.other", { expected: failure.expected.trim() });
    case "error":
      return failure.line > 0 ? say("error.line", { line: failure.line }) : say("error.nowhere");
    case "no-error":
    case "uses":
    case "avoids":
      return say(failure.kind, { expected: failure.expected });
    case "same-each-time":
    case "busy":
      return say(failure.kind);
  }
}

const NAMED_AT_MOST = 3;

function describeDisplay(
  { never, expected, seen }: Failure & { readonly kind: "display" },
  say: (key: CheckKey, values?: Readonly<Record<string, string | number>>) => string,
): string {
  if (never) return say("display.never");
  if (seen.every((level) => level === 0)) return say("display.dark");
  const wrong = seen.flatMap((level, i) => (expected !== null && level !== expected[i] ? [i] : []));
  const named = wrong
    .slice(0, NAMED_AT_MOST)
    .map((i) => say("display.place", { row: Math.floor(i / 5) + 1, column: (i % 5) + 1 }));
  if (wrong.length > NAMED_AT_MOST) named.push(say("display.more", { n: wrong.length - NAMED_AT_MOST }));
  return say(wrong.length === 1 ? "display.differ-one" : "display.differ", { n: wrong.length, places: named.join("; ") });
}
