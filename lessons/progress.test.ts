import { describe, expect, test } from "vitest";
import type { CheckResult, Lesson } from "./lesson.ts";
import { loadLesson, readLesson } from "./load.ts";
import { parseBlocks, parseSpans, textOf } from "./markdown.ts";
import { afterChecks, goTo, isComplete, nextLesson, noProgress, openHints, reached, triesToHint } from "./progress.ts";
import { count } from "./source.ts";

const lesson = loadLesson("first-steps", "en") as Lesson;
const passed = (name: string): CheckResult => ({ name, passed: true });
const failed = (name: string): CheckResult => ({ name, passed: false, atMs: 0, failure: { kind: "busy" } });

describe("progress", () => {
  test("opens the next step when all its checks have passed", () => {
    const one = afterChecks(noProgress, lesson, [passed("heart")]);
    expect(one).toEqual({ step: 1, tries: 0, passed: [0] });
    expect(afterChecks(one, lesson, [passed("small"), failed("again")])).toEqual({ step: 1, tries: 1, passed: [0] });
    expect(afterChecks(one, lesson, [passed("small")])).toEqual({ step: 1, tries: 1, passed: [0] });
  });
  test("ends when every step has passed, in whatever order", () => {
    let progress = goTo(noProgress, lesson, 2);
    for (const step of [2, 3, 0, 1]) {
      progress = goTo(progress, lesson, step);
      progress = afterChecks(
        progress,
        lesson,
        lesson.steps[step].checks.map(({ name }) => passed(name)),
      );
    }
    expect(progress.passed).toEqual([0, 1, 2, 3]);
    expect(isComplete(progress, lesson)).toBe(true);
    expect(reached(progress)).toBe(4);
  });
  test("a step stays where it is when its lesson is over", () => {
    expect(afterChecks({ step: 4, tries: 0, passed: [] }, lesson, [])).toEqual({ step: 4, tries: 0, passed: [] });
    expect(goTo(noProgress, lesson, 99).step).toBe(4);
  });
  test("unlocks hints after failed tries, those of the failing check only", () => {
    const step = lesson.steps[1];
    expect(openHints(step, 0)).toEqual([]);
    expect(triesToHint(step, 0)).toBe(1);
    expect(openHints(step, 1, [failed("again")]).map(({ when }) => when)).toEqual(["again"]);
    expect(triesToHint(step, 1)).toBe(null);
  });
  test("offers the lesson that was begun, then the next", () => {
    const lessons = ["first-steps", "reaction-game"].map((id) => loadLesson(id, "en") as Lesson);
    expect(nextLesson(lessons, () => null)?.id).toBe("first-steps");
    const begun = (id: string) => (id === "reaction-game" ? { step: 1, tries: 0, passed: [0] } : null);
    expect(nextLesson(lessons, begun)?.id).toBe("reaction-game");
    expect(
      nextLesson(lessons, (id) => ({ step: 0, tries: 0, passed: lessons.find((of) => of.id === id)!.steps.map((_, i) => i) })),
    ).toBe(null);
  });
});

describe("Markdown", () => {
  test("is data", () => {
    expect(parseSpans("a **b** *c* `d*`")).toEqual([
      { style: "plain", text: "a " },
      { style: "strong", text: "b" },
      { style: "plain", text: " " },
      { style: "emphasis", text: "c" },
      { style: "plain", text: " " },
      { style: "code", text: "d*" },
    ]);
    const blocks = parseBlocks("one\ntwo\n\n- a\n- b\n  c\n\n1. d\n\n~~~python\nx = 1\n\ny\n~~~\n<b>");
    expect(textOf(blocks)).toEqual([
      { kind: "paragraph", spans: [{ style: "plain", text: "one two" }] },
      { kind: "list", ordered: false, items: [[{ style: "plain", text: "a" }], [{ style: "plain", text: "b c" }]] },
      { kind: "list", ordered: true, items: [[{ style: "plain", text: "d" }]] },
      { kind: "code", language: "python", code: "x = 1\n\ny" },
      { kind: "paragraph", spans: [{ style: "plain", text: "<b>" }] },
    ]);
  });
});

describe("a teacher's folder", () => {
  const files = {
    "lesson.en.md":
      "---\ntitle: T\nsummary: S\nboard: microbit-v2\nmode: both\nlevel: 1\nminutes: 5\n---\nHi\n\n## One {#one}\ntext\n~~~check\na: It works.\n~~~\n",
    "checks.json": '{"a": [{"run": 1}]}',
    "starter.py": "",
    "solution.py": "",
  };
  test("is read, in English where it has no Spanish", () => {
    const read = readLesson("t", files, "es");
    expect(read.language).toBe("en");
    expect(read.steps[0].checks).toEqual([{ name: "a", sentence: "It works.", verbs: [{ run: 1 }] }]);
  });
  test.each([
    ["starter.py", null, "there is no starter.py"],
    ["checks.json", "{}", "checks.json has no a"],
    ["lesson.en.md", files["lesson.en.md"].replace(" {#one}", ""), "a step's title ends in its id"],
    ["lesson.en.md", files["lesson.en.md"].replace("mode: both\n", ""), "the head has no mode"],
    ["lesson.en.md", "no head", "a lesson begins with its head"],
  ])("with a wrong %s says what is wrong", (name, text, message) => {
    const broken = Object.fromEntries(Object.entries({ ...files, [name]: text }).filter(([, value]) => value !== null)) as Record<
      string,
      string
    >;
    expect(() => readLesson("t", broken, "en")).toThrow(message);
  });
});

test("source counts statements, operators and calls", () => {
  const source = "import random\nwhile a and b:\n    random.randint(1, random.randint(2, 3))\n    if not c: pass\n";
  expect(["while", "and", "random.randint", "if", "not", "for"].map((what) => count(source, what))).toEqual([1, 1, 2, 1, 1, 0]);
  expect(count("while True", "while")).toBe(0);
});
