// Every lesson keeps its word: the solution passes, the starter does not, each wrong program fails the check it names,
// and both languages have the same steps, checks, hints and questions.

import { describe, expect, test } from "vitest";
import { runCheck, runChecks } from "./check.ts";
import { describeFailure } from "./describe.ts";
import type { CheckResult, Lesson } from "./lesson.ts";
import { lessonFiles, lessonIds, loadLesson } from "./load.ts";
import { recognise } from "../blocks/index.ts";

const lesson = (id: string, language: "en" | "es" = "en"): Lesson => {
  const found = loadLesson(id, language);
  if (found === null) throw new Error(`no lesson ${id}`);
  return found;
};
const allChecks = (of: Lesson): Lesson["steps"][number]["checks"] => of.steps.flatMap((step) => step.checks);
const says = (result: CheckResult): string =>
  result.passed ? "passed" : `${result.name} at ${result.atMs}: ${JSON.stringify(result.failure)}`;

describe.each(lessonIds)("%s", (id) => {
  const it = lesson(id);
  const files = lessonFiles(id);
  const wrong = Object.keys(files).filter((name) => name.startsWith("wrong/"));

  test("has at least four steps, each with a check and a hint", () => {
    expect(it.steps.length).toBeGreaterThanOrEqual(4);
    for (const step of it.steps) {
      expect(step.checks.length, step.id).toBeGreaterThan(0);
      expect(step.hints.length, step.id).toBeGreaterThan(0);
      expect(step.text.length, step.id).toBeGreaterThan(0);
    }
  });

  test.each(allChecks(it).map((check) => [check.name, check] as const))("the solution passes %s", (_, check) => {
    expect(says(runCheck(check, it.solution, it.board, it.wiring))).toBe("passed");
  });

  test("the starter fails in the first step", () => {
    expect(runChecks(it.steps[0].checks, it.starter, it.board, it.wiring).every(({ passed }) => passed)).toBe(false);
  });

  test("every check has a program that fails it", () => {
    const named = new Set(wrong.map((name) => name.replace(/^wrong\//, "").replace(/(\.\w+)*\.py$/, "")));
    expect([...named].sort()).toEqual(
      allChecks(it)
        .map(({ name }) => name)
        .sort(),
    );
  });

  // It fails that check, and passes all checks before it: the checks of a step are in the order of learning.
  test.each(wrong)("%s fails the check it names, and none before", (name) => {
    const named = name.replace(/^wrong\//, "").replace(/(\.\w+)*\.py$/, "");
    const step = it.steps.find(({ checks }) => checks.some((check) => check.name === named));
    if (step === undefined) throw new Error(`no check ${named}`);
    const before = it.steps.slice(0, it.steps.indexOf(step)).flatMap(({ checks }) => checks);
    for (const check of before) expect(says(runCheck(check, files[name], it.board, it.wiring))).toBe("passed");
    const results = runChecks(step.checks, files[name], it.board, it.wiring);
    const last = results[results.length - 1];
    expect(last.name, says(last)).toBe(named);
    expect(last.passed).toBe(false);
    if (!last.passed) {
      for (const language of ["en", "es"] as const) expect(describeFailure(last.failure, language)).toMatch(/^[A-ZÁÉÍÓÚ¿“«0-9]/);
    }
  });

  test("says the same in Spanish", () => {
    const es = lesson(id, "es");
    expect(es.language).toBe("es");
    const bones = (of: Lesson): unknown => ({
      ...of,
      language: "",
      title: "",
      summary: "",
      intro: of.intro.map(({ kind }) => kind),
      steps: of.steps.map((step) => ({
        id: step.id,
        text: step.text.map((text) => (text.kind === "code" || text.kind === "leds" ? text : text.kind)),
        checks: step.checks.map(({ name, verbs }) => ({ name, verbs })),
        hints: step.hints.map(({ tries, when, text }) => ({ tries, when, kinds: text.map(({ kind }) => kind) })),
        questions: step.questions.map(({ answers }) => answers.length),
      })),
    });
    expect(bones(es)).toEqual(bones(it));
    expect(es.title).not.toBe(it.title);
    for (const [i, step] of es.steps.entries()) expect(step.title).not.toBe(it.steps[i].title);
  });

  test("its programs are blocks without raw Python", () => {
    const code = it.steps.flatMap(({ text }) =>
      text.flatMap((part) => (part.kind === "code" && part.language === "blocks" ? [part.code] : [])),
    );
    for (const source of [it.starter, it.solution, ...code]) {
      const { nodes, errors } = recognise(source);
      expect(errors).toEqual([]);
      expect(JSON.stringify(nodes)).not.toContain('"type":"python_');
    }
  });
});

describe("bad programs", () => {
  const first = lesson("first-steps");
  const [check] = first.steps[0].checks;
  test("an error is told with its line", () => {
    const result = runCheck(check, "from microbit import *\n\ndisplay.show(Imag.HEART)\n", first.board);
    expect(result).toMatchObject({ passed: false, failure: { kind: "error", line: 3 } });
    expect(!result.passed && describeFailure(result.failure, "es")).toBe("El programa se paró con un error en la línea 3.");
  });
  test("a syntax error too", () => {
    const result = runCheck(check, "from microbit import *\ndisplay.show(\n", first.board);
    expect(result).toMatchObject({ passed: false, failure: { kind: "error" } });
  });
  test("a loop without a wait is no error, but shows nothing", () => {
    const result = runCheck(check, "while True:\n    pass\n", first.board);
    expect(result).toMatchObject({ passed: false, failure: { kind: "display" } });
  });
  test("a dark screen is said to be dark", () => {
    const result = runCheck(check, "", first.board);
    expect(!result.passed && describeFailure(result.failure, "en")).toBe("The screen stayed dark.");
  });
});

test("twenty checks take less than a second", { timeout: 1000 }, () => {
  const lessons = lessonIds.map((id) => lesson(id));
  const checks = lessons.flatMap((of) => allChecks(of).map((check) => ({ of, check }))).slice(0, 20);
  expect(checks.length).toBe(20);
  for (const { of, check } of checks) expect(runCheck(check, of.solution, of.board, of.wiring).passed).toBe(true);
});
