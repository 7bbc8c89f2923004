// Runs lesson checks beside the page: a program that never lets go must not stop it. One message in, one out.
import { loadChecker, loadLesson, type CheckResult } from "../../lessons/index.ts";

export interface CheckRequest {
  readonly lesson: string;
  readonly step: string;
  readonly source: string;
}
export type CheckReply = { readonly results: readonly CheckResult[] } | { readonly crash: string };

const scope = globalThis as unknown as {
  onmessage: ((event: { readonly data: CheckRequest }) => void) | null;
  postMessage(reply: CheckReply): void;
};

async function answer({ lesson, step, source }: CheckRequest): Promise<CheckReply> {
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
