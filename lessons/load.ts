// Lessons from their folders: lesson.<language>.md, checks.json, starter.py, solution.py. The texts are bundled as they are and
// read when they are asked for; a fault in one is an Error with its place, and the tests read them all.

import { boardById } from "../boards/index.ts";
import { readWiring, type Wiring } from "../boards/wiring.ts";
import type { Hint, Lesson, LessonLanguage, Question, Step, StepCheck, Text, Verb } from "./lesson.ts";
import { parseBlocks, textOf, type Fence } from "./markdown.ts";

/** A lesson's files by name: "lesson.en.md", "checks.json", "wrong/beat.py". */
export type LessonFiles = Readonly<Record<string, string>>;

/** In the order in which they are offered. */
export const lessonIds = ["first-steps", "reaction-game", "pyboard-lights"] as const;

// Vite and vitest put the texts in here.
const texts = import.meta.glob<string>("./content/**/*.{md,json,py}", { query: "?raw", import: "default", eager: true });

export function lessonFiles(id: string): LessonFiles {
  const prefix = `./content/${id}/`;
  const own = Object.entries(texts).filter(([path]) => path.startsWith(prefix));
  return Object.fromEntries(own.map(([path, text]) => [path.slice(prefix.length), text]));
}

/** The lesson in that language, or in English where it has no such text; null when there is no such lesson. */
export function loadLesson(id: string, language: LessonLanguage): Lesson | null {
  const files = lessonFiles(id);
  return files["lesson.en.md"] === undefined ? null : readLesson(id, files, language);
}

export function loadLessons(language: LessonLanguage): Lesson[] {
  return lessonIds.flatMap((id) => loadLesson(id, language) ?? []);
}

/** Reads any folder: a bundled one, or one that a teacher has dropped in. Throws an Error that says what is wrong. */
export function readLesson(id: string, files: LessonFiles, wanted: LessonLanguage): Lesson {
  const language: LessonLanguage = files[`lesson.${wanted}.md`] === undefined ? "en" : wanted;
  const file = (name: string): string => {
    const text = files[name];
    if (text === undefined) throw new Error(`${id}: there is no ${name}`);
    return text.replaceAll("\r\n", "\n");
  };
  const checks = JSON.parse(file("checks.json")) as Readonly<Record<string, readonly Verb[]>>;
  const { front, body } = splitFront(file(`lesson.${language}.md`));
  const field = (name: string): string => {
    const value = front.get(name);
    if (value === undefined) throw new Error(`${id}: the head has no ${name}`);
    return value;
  };
  const words = (name: string): string[] =>
    (front.get(name) ?? "")
      .replace(/^\[|\]$/g, "")
      .split(",")
      .map((word) => word.trim())
      .filter(Boolean);
  const mode = field("mode");
  if (mode !== "blocks" && mode !== "python" && mode !== "both") throw new Error(`${id}: mode is blocks, python or both`);
  const [intro, ...sections] = body.split(/^## /m);
  return {
    id,
    language,
    mode,
    title: field("title"),
    summary: field("summary"),
    board: field("board"),
    level: Number(field("level")),
    minutes: Number(field("minutes")),
    teaches: words("teaches"),
    needs: words("needs"),
    intro: textOf(parseBlocks(intro)),
    steps: sections.map((section) => readStep(id, section, checks)),
    wiring: readWired(id, files["wiring.json"], field("board")),
    starter: file("starter.py"),
    solution: file("solution.py"),
  };
}

function readWired(lesson: string, text: string | undefined, board: string): Wiring {
  const descriptor = boardById(board);
  if (!descriptor) throw new Error(`${lesson}: there is no board ${board}`);
  if (text === undefined) return {};
  const { wiring, faults } = readWiring(JSON.parse(text), descriptor);
  const [first] = faults;
  if (first) throw new Error(`${lesson}: wiring.json: the ${first.fault} of ${first.name} is nothing that ${board} can have`);
  return wiring;
}

function splitFront(source: string): { front: Map<string, string>; body: string } {
  const found = /^---\n([\s\S]*?)\n---\n/.exec(source);
  if (found === null) throw new Error("a lesson begins with its head between two lines ---");
  const front = new Map<string, string>();
  for (const line of found[1].split("\n")) {
    const colon = line.indexOf(":");
    if (colon > 0) front.set(line.slice(0, colon).trim(), line.slice(colon + 1).trim());
  }
  return { front, body: source.slice(found[0].length) };
}

function readStep(lesson: string, section: string, checks: Readonly<Record<string, readonly Verb[]>>): Step {
  const lineEnd = section.indexOf("\n");
  const head = /^(.*?)\s*\{#([\w-]+)\}\s*$/.exec(section.slice(0, lineEnd));
  if (head === null) throw new Error(`${lesson}: a step's title ends in its id: ## Title {#id}`);
  const [, title, id] = head;
  const blocks = parseBlocks(section.slice(lineEnd + 1));
  const fences = blocks.filter((block): block is Fence => block.kind === "fence");
  const of = (name: string): Fence[] => fences.filter(({ info }) => info === name || info.startsWith(`${name} `));
  const text: Text[] = textOf(blocks.filter((block) => block.kind !== "fence" || !/^(check|hint|question)\b/.test(block.info)));
  return {
    id,
    title,
    text,
    checks: of("check").flatMap(({ body }) => readChecks(`${lesson}/${id}`, body, checks)),
    hints: of("hint").map(readHint),
    questions: of("question").map(({ body }) => readQuestion(body)),
  };
}

function readChecks(place: string, body: string, checks: Readonly<Record<string, readonly Verb[]>>): StepCheck[] {
  return body
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const colon = line.indexOf(":");
      const name = line.slice(0, colon).trim();
      const verbs = checks[name];
      if (verbs === undefined) throw new Error(`${place}: checks.json has no ${name}`);
      return { name, sentence: line.slice(colon + 1).trim(), verbs };
    });
}

function readHint({ info, body }: Fence): Hint {
  return {
    tries: Number(/\btries=(\d+)/.exec(info)?.[1] ?? 1),
    when: /\bwhen=([\w-]+)/.exec(info)?.[1] ?? null,
    text: textOf(parseBlocks(body)),
  };
}

function readQuestion(body: string): Question {
  const [text, ...answers] = body.split("|").map((part) => part.trim());
  return { text, answers };
}
