// What a lesson is, as data: text in one language, steps, checks, hints, questions. Made by load.ts from a folder that a teacher
// can write without TypeScript; run by check.ts; nothing here knows pages, and of boards only how parts are wired.
import type { Wiring } from "../boards/wiring.ts";

export type LessonLanguage = "en" | "es";

export interface Lesson {
  /** The folder's name. Saved with progress, so never renamed. */
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** The board it is written for, and on which it is checked. */
  readonly board: string;
  /** How it opens; the learner may always switch. */
  readonly mode: "blocks" | "python" | "both";
  readonly level: number;
  readonly minutes: number;
  readonly teaches: readonly string[];
  /** Lessons to do before. */
  readonly needs: readonly string[];
  readonly language: LessonLanguage;
  /** What comes before the first step. */
  readonly intro: readonly Text[];
  readonly steps: readonly Step[];
  /** Parts on the board's pins, in the page and when it is checked. */
  readonly wiring: Wiring;
  readonly starter: string;
  readonly solution: string;
}

export interface Step {
  /** The same in every language. */
  readonly id: string;
  readonly title: string;
  readonly text: readonly Text[];
  readonly checks: readonly StepCheck[];
  readonly hints: readonly Hint[];
  readonly questions: readonly Question[];
}

export interface StepCheck {
  readonly name: string;
  /** One plain sentence: what is so when it passes. */
  readonly sentence: string;
  readonly verbs: readonly Verb[];
}

export interface Hint {
  /** Shown after so many failed tries of the step. */
  readonly tries: number;
  /** Only while that check fails, or null. */
  readonly when: string | null;
  readonly text: readonly Text[];
}

export interface Question {
  readonly text: string;
  /** The first is right; the page shows them in an order of its own. */
  readonly answers: readonly string[];
}

/** A paragraph, list, program or picture; spans are plain text with a style, so there is no HTML to trust. */
export type Text =
  | { readonly kind: "paragraph"; readonly spans: readonly Span[] }
  | { readonly kind: "list"; readonly ordered: boolean; readonly items: readonly (readonly Span[])[] }
  | { readonly kind: "code"; readonly language: "python" | "blocks" | "text"; readonly code: string }
  /** A goal picture: 25 brightnesses. */
  | { readonly kind: "leds"; readonly pixels: readonly number[] };
export interface Span {
  readonly style: "plain" | "strong" | "emphasis" | "code";
  readonly text: string;
}

/** What a check does to the board, and what it expects of it. Times are virtual milliseconds. */
export type Verb =
  | { readonly set: Surroundings }
  /** Pressed and let go: "a", "b", "logo", "switch", or a wired button's name. */
  | { readonly press: string; readonly times?: number; readonly forMs?: number }
  | { readonly hold: string }
  | { readonly release: string }
  /** A pin touched and let go: "P0". */
  | { readonly touch: string; readonly forMs?: number }
  | { readonly gesture: string }
  | { readonly radioSend: string }
  /** Keys for the console; "\r" is Enter. */
  | { readonly type: string }
  | { readonly run: number }
  | { readonly expect: Expectation }
  | { readonly eventually: Expectation; readonly within: number }
  | { readonly never: Expectation; readonly for: number }
  /** The first moment of this is not always the same: the check runs with each seed. */
  | { readonly varies: Expectation; readonly within: number; readonly seeds: readonly number[] }
  | { readonly source: SourceExpectation };

export interface Surroundings {
  readonly light?: number;
  readonly temperature?: number;
  readonly tilt?: readonly [x: number, y: number, z: number];
  readonly heading?: number;
  readonly sound?: number;
  readonly pin?: Readonly<Record<string, { readonly level: 0 | 1 } | { readonly analog: number }>>;
  /** What happens to wired parts: {"knob": {"position": 0.5}}. */
  readonly part?: Readonly<Record<string, unknown>>;
}

export type PartValue = number | string | boolean | readonly [low: number, high: number];

/** All that is named must be so. */
export interface Expectation {
  /** "Image.HEART", "'3'", "09090:...", "clear" or "lit". */
  readonly display?: string;
  /** Text is running over the screen: any, this one, or a number from low to high. */
  readonly scroll?: true | string | readonly [low: number, high: number];
  readonly led?: Readonly<Record<string, "on" | "off" | number>>;
  /** What a pin is driven to: 0, 1, or 0..1023 for PWM. */
  readonly pin?: Readonly<Record<string, number>>;
  /** Degrees of a servo on that pin. */
  readonly servo?: Readonly<Record<string, number>>;
  /** Fields of a wired part's state: {"lamp": {"brightness": [0.5, 1]}}, a value or a number from low to high. */
  readonly part?: Readonly<Record<string, Readonly<Record<string, PartValue>>>>;
  /** Hz, or whether there is any tone. */
  readonly tone?: number | "any" | "silent";
  /** Found in what the program has printed since the check began. */
  readonly printed?: string;
  /** The program ended in this error: "NameError". */
  readonly error?: string;
}

export interface SourceExpectation {
  /** A statement or call: "while", "for", "if", "def", "random.randint". */
  readonly uses?: string;
  readonly atLeast?: number;
  readonly avoids?: string;
}

export type CheckResult =
  | { readonly name: string; readonly passed: true }
  | { readonly name: string; readonly passed: false; readonly atMs: number; readonly failure: Failure };

/** What was expected and what happened instead. */
export type Failure =
  /** Pixels of both; `expected` is null for "lit". With `never`, what was expected not to be. */
  | {
      readonly kind: "display";
      readonly never: boolean;
      readonly expected: readonly number[] | null;
      readonly seen: readonly number[];
    }
  | { readonly kind: "scroll"; readonly never: boolean; readonly expected: string; readonly seen: string | null }
  | { readonly kind: "led"; readonly never: boolean; readonly led: string; readonly expected: string; readonly seen: string }
  | { readonly kind: "pin"; readonly never: boolean; readonly pin: string; readonly expected: string; readonly seen: string }
  | { readonly kind: "servo"; readonly never: boolean; readonly pin: string; readonly expected: string; readonly seen: string }
  | {
      readonly kind: "part";
      readonly never: boolean;
      /** Its name in the wiring. */
      readonly part: string;
      readonly field: string;
      readonly expected: string;
      readonly seen: string;
    }
  | { readonly kind: "tone"; readonly never: boolean; readonly expected: string; readonly seen: string }
  | { readonly kind: "printed"; readonly never: boolean; readonly expected: string; readonly seen: string }
  | { readonly kind: "no-error"; readonly expected: string }
  /** The program stopped: what the board says. */
  | { readonly kind: "error"; readonly traceback: string; readonly line: number }
  | { readonly kind: "same-each-time" }
  | { readonly kind: "uses"; readonly expected: string }
  | { readonly kind: "avoids"; readonly expected: string }
  /** The program never lets go: the check was given up. */
  | { readonly kind: "busy" };
