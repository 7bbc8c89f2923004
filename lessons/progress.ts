// How far a learner has come in a lesson: plain data and pure functions. Keeping it is the app's business.

import type { CheckResult, Hint, Lesson, Step } from "./lesson.ts";

export interface LessonProgress {
  /** The step that is open now, from 0; the number of steps when all are done. */
  readonly step: number;
  /** Failed tries of the open step: hints wait for them. */
  readonly tries: number;
  /** Steps whose checks have passed, in the order of the lesson. */
  readonly passed: readonly number[];
}

export const noProgress: LessonProgress = { step: 0, tries: 0, passed: [] };

/** After the checks of the open step: passed opens the next, failed brings its hints nearer. */
export function afterChecks(progress: LessonProgress, lesson: Lesson, results: readonly CheckResult[]): LessonProgress {
  const step = lesson.steps[progress.step];
  if (step === undefined) return progress;
  if (!isPassed(step, results)) return { ...progress, tries: progress.tries + 1 };
  const passed = [...new Set([...progress.passed, progress.step])].sort((a, b) => a - b);
  return { step: progress.step + 1, tries: 0, passed };
}

/** Whether these results are all of a step's checks, and all passed. */
export function isPassed(step: Step, results: readonly CheckResult[]): boolean {
  return step.checks.every(({ name }) => results.some((result) => result.name === name && result.passed));
}

/** Goes to any step that was reached, or skips the open one. */
export function goTo(progress: LessonProgress, lesson: Lesson, step: number): LessonProgress {
  const next = Math.max(0, Math.min(step, lesson.steps.length));
  return next === progress.step ? progress : { ...progress, step: next, tries: 0 };
}

/** The last step that may be opened without skipping: one past those passed. */
export function reached(progress: LessonProgress): number {
  return Math.max(progress.step, ...progress.passed.map((step) => step + 1), 0);
}

export const isComplete = (progress: LessonProgress, lesson: Lesson): boolean => progress.passed.length === lesson.steps.length;

/** The hints that have unlocked; with the last results, those for another failure stay away. */
export function openHints(step: Step, tries: number, results: readonly CheckResult[] = []): Hint[] {
  const failing = results.find((result) => !result.passed)?.name ?? null;
  return step.hints.filter((hint) => tries >= hint.tries && (hint.when === null || failing === null || hint.when === failing));
}

/** How many failed tries until the next hint, or null when there is none. */
export function triesToHint(step: Step, tries: number): number | null {
  const waits = step.hints.map((hint) => hint.tries - tries).filter((wait) => wait > 0);
  return waits.length === 0 ? null : Math.min(...waits);
}

/** The lesson to offer next: the first one begun and not finished, else the first not begun; null when all are done. */
export function nextLesson(lessons: readonly Lesson[], progressOf: (id: string) => LessonProgress | null): Lesson | null {
  const open = lessons.filter((lesson) => !isComplete(progressOf(lesson.id) ?? noProgress, lesson));
  const isBegun = (lesson: Lesson): boolean => (progressOf(lesson.id)?.passed.length ?? 0) > 0;
  return open.find(isBegun) ?? open[0] ?? null;
}
