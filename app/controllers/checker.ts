// Asks the worker that runs programs aside of the page (checker.worker.ts): a lesson's checks, and whether a board can read a program.
import type { CheckReply, CheckRequest } from "./checker.worker.ts";

/** What takes longer is given up: its program hangs in a way that even the step budget did not end. */
const patienceMs = 20_000;

export function askChecker(request: CheckRequest): Promise<CheckReply> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL("./checker.worker.ts", import.meta.url), { type: "module", name: "checks" });
    const end = (reply: CheckReply) => {
      clearTimeout(timer);
      worker.terminate();
      resolve(reply);
    };
    const timer = setTimeout(() => end({ crash: "the checks took too long" }), patienceMs);
    worker.onmessage = ({ data }: MessageEvent<CheckReply>) => end(data);
    worker.onerror = (event) => end({ crash: event.message || "the checks did not load" });
    worker.postMessage(request);
  });
}

/** No shorter text fills the memory of any board that is plugged in. */
const shortSource = 1000;

/** What the board's MemoryError would say instead of reading the program; "" when it reads it, or when nobody can tell. */
export async function memoryError(board: string, source: string): Promise<string> {
  if (source.length < shortSource) return "";
  const reply = await askChecker({ kind: "read", board, source });
  return "memoryError" in reply ? reply.memoryError : "";
}
