// The door of the lessons: their texts, their progress, what a failure says, example programs. Running checks needs the whole
// interpreter and every board, so that part loads when it is asked for.

export type { CheckResult, Failure, Hint, Lesson, LessonLanguage, Question, Span, Step, StepCheck, Text } from "./lesson.ts";
export { describeFailure } from "./describe.ts";
export { examples, type Example } from "./examples.ts";
export { lessonFiles, lessonIds, loadLesson, loadLessons, readLesson, type LessonFiles } from "./load.ts";
export {
  afterChecks,
  goTo,
  isComplete,
  isPassed,
  nextLesson,
  noProgress,
  openHints,
  reached,
  triesToHint,
  type LessonProgress,
} from "./progress.ts";

/** Loads what runs checks: `runChecks(step.checks, source, lesson.board)`. Each run is on a fresh hidden board in virtual time. */
export async function loadChecker(): Promise<typeof import("./check.ts")> {
  return import("./check.ts");
}
