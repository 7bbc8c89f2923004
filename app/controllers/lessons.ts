// Lessons at work: which one is open, how far it has come, what its checks said. Keeps progress in the store; runs checks in a worker.
import {
  afterChecks,
  describeFailure,
  goTo,
  isComplete,
  isPassed,
  loadLesson,
  loadLessons,
  nextLesson,
  noProgress,
  openHints,
  triesToHint,
  type CheckResult,
  type Lesson,
  type LessonProgress,
} from "../../lessons/index.ts";
import type { CheckLine, LessonState } from "../elements/lesson.ts";
import { contentLanguage } from "../i18n/i18n.ts";
import type { Projects } from "../store/projects.ts";
import { askChecker } from "./checker.ts";

/** All lessons with how far each has come. */
export async function lessonList(
  projects: Projects,
): Promise<readonly { readonly lesson: Lesson; readonly progress: LessonProgress }[]> {
  const kept = new Map((await projects.allProgress()).map((progress) => [progress.lesson, progress]));
  return loadLessons(contentLanguage()).map((lesson) => ({ lesson, progress: kept.get(lesson.id) ?? noProgress }));
}

/** The lesson to offer next, or null when all are done. */
export async function lessonToOffer(
  projects: Projects,
): Promise<{ readonly lesson: Lesson; readonly progress: LessonProgress } | null> {
  const list = await lessonList(projects);
  const next = nextLesson(
    list.map(({ lesson }) => lesson),
    (id) => list.find(({ lesson }) => lesson.id === id)?.progress ?? null,
  );
  return list.find(({ lesson }) => lesson.id === next?.id) ?? null;
}

export class LessonRun {
  onChange: (() => void) | null = null;
  /** The checks themselves broke: a fault of ours. */
  onCrash: ((text: string) => void) | null = null;
  private readonly projects: Projects;
  private id = "";
  private progress: LessonProgress = noProgress;
  /** The step that is shown; a passed one stays until Next. */
  private shown = 0;
  private results: readonly CheckResult[] | null = null;
  private isChecking = false;
  private isLoaded = false;

  constructor(projects: Projects) {
    this.projects = projects;
  }

  async open(id: string): Promise<void> {
    if (this.id === id) return;
    this.id = id;
    this.isLoaded = false;
    this.results = null;
    const progress = (await this.projects.progress(id)) ?? noProgress;
    if (this.id !== id) return;
    this.progress = progress;
    this.shown = progress.step;
    this.isLoaded = true;
    this.onChange?.();
  }

  close(): void {
    this.id = "";
    this.isLoaded = false;
  }

  get lesson(): Lesson | null {
    return loadLesson(this.id, contentLanguage());
  }

  /** What the panel shows, or null while there is nothing. */
  get state(): LessonState | null {
    const { lesson } = this;
    if (!lesson || !this.isLoaded) return null;
    const step = lesson.steps[this.shown];
    const isOpen = this.shown === this.progress.step;
    const tries = isOpen ? this.progress.tries : 0;
    const hasPassed = this.results !== null && step !== undefined && isPassed(step, this.results);
    return {
      title: lesson.title,
      intro: lesson.intro,
      step: this.shown,
      isChecking: this.isChecking,
      steps: lesson.steps.map(({ title, text, questions, checks }, i) => ({
        title,
        text,
        questions,
        hasCheck: checks.length > 0,
        isDone: this.progress.passed.includes(i),
      })),
      results: this.results && step ? this.results.map((result) => this.describe(result, lesson, this.shown)) : null,
      hints: step && !hasPassed ? openHints(step, tries, this.results ?? []).map(({ text }) => text) : [],
      nextHintIn: step && isOpen && !hasPassed ? triesToHint(step, tries) : null,
    };
  }

  async goTo(step: number): Promise<void> {
    const { lesson } = this;
    if (!lesson) return;
    this.shown = Math.max(0, Math.min(step, lesson.steps.length));
    this.results = null;
    await this.keep(goTo(this.progress, lesson, this.shown));
  }

  /** Checks a program against the shown step. */
  async check(source: string): Promise<void> {
    const { lesson } = this;
    const step = lesson?.steps[this.shown];
    if (!lesson || !step || this.isChecking) return;
    this.isChecking = true;
    this.onChange?.();
    const reply = await askChecker({ kind: "lesson", lesson: this.id, step: step.id, source });
    this.isChecking = false;
    if ("crash" in reply) {
      this.onCrash?.(reply.crash);
      this.onChange?.();
      return;
    }
    if (!("results" in reply)) return;
    this.results = reply.results;
    // A step done earlier may be checked again without losing the place.
    const here = { ...this.progress, step: this.shown, tries: this.shown === this.progress.step ? this.progress.tries : 0 };
    await this.keep(afterChecks(here, lesson, reply.results));
  }

  private async keep(progress: LessonProgress): Promise<void> {
    this.progress = progress;
    this.onChange?.();
    await this.projects.putProgress({ ...progress, lesson: this.id, changed: Date.now() });
  }

  private describe(result: CheckResult, lesson: Lesson, step: number): CheckLine {
    const text = lesson.steps[step]!.checks.find(({ name }) => name === result.name)?.sentence ?? result.name;
    if (result.passed) return { text, isPassed: true, message: "", expected: null, seen: null };
    const { failure } = result;
    const pictures =
      failure.kind === "display" ? { expected: failure.expected, seen: failure.seen } : { expected: null, seen: null };
    return { text, isPassed: false, message: describeFailure(failure, contentLanguage()), ...pictures };
  }
}

export { isComplete };

/** A fresh worker for each press of Check: nothing of an earlier program is left. */
