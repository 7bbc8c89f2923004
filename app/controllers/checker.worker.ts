// Runs lesson checks beside the page, and reads programs as a board would: a program that never lets go must not stop the page.
// One message in, one out.
import { memoryErrorOf } from "../../boards/sim/reading.ts";
import { loadChecker, loadLesson, type CheckResult } from "../../lessons/index.ts";

export type CheckRequest =
  | { readonly kind: "lesson"; readonly lesson: string; readonly step: string; readonly source: string }
  | { readonly kind: "read"; readonly board: string; readonly source: string };
export type CheckReply =
  { readonly results: readonly CheckResult[] } | { readonly memoryError: string } | { readonly crash: string };

const scope = globalThis as unknown as {
  onmessage: ((event: { readonly data: CheckRequest }) => void) | null;
  postMessage(reply: CheckReply): void;
};

async function answer(request: CheckRequest): Promise<CheckReply> {
  if (request.kind === "read") return { memoryError: memoryErrorOf(request.board, request.source) };
  const { lesson, step, source } = request;
  const found = loadLesson(lesson, "en");
  const checks = found?.steps.find(({ id }) => id === step)?.checks ?? [];
  const { runChecks } = await loadChecker();
  return { results: runChecks(checks, source, found?.board ?? "", found?.wiring) };
}

scope.onmessage = ({ data }) => {
  answer(data)
    .catch((error: unknown) => ({ crash: String(error) }))
    .then((reply) => scope.postMessage(reply));
};
