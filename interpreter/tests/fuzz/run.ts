// Differential fuzzing: the same generated programs in real MicroPython and here; what prints something else is shown, minimised.
// `node interpreter/tests/fuzz/run.ts [--seed 1] [--count 20000] [--show 5]`, or `--program SEED` to see one program.
import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { minimise } from "./minimise.ts";
import { NEVER_ENDS } from "./side.ts";
import { program } from "./program.ts";

/** Programs in one message, and how long they may take altogether. */
const BATCH = 100;
const PATIENCE_MS = 20_000;

class Side {
  private readonly name: "ours" | "theirs";
  private child: ChildProcess | null = null;
  private answered = 0;

  constructor(name: "ours" | "theirs") {
    this.name = name;
  }

  /** What each program prints. One that never ends, or ends the process, says so. */
  async run(programs: readonly string[], patienceMs = PATIENCE_MS): Promise<string[]> {
    const outputs = await this.ask(programs, patienceMs);
    if (outputs !== null) return outputs;
    if (programs.length === 1) return [NEVER_ENDS];
    const middle = programs.length >> 1;
    const next = Math.max(3000, patienceMs >> 1);
    return [...(await this.run(programs.slice(0, middle), next)), ...(await this.run(programs.slice(middle), next))];
  }

  close(): void {
    this.child?.kill("SIGKILL");
    this.child = null;
  }

  private async ask(programs: readonly string[], patienceMs: number): Promise<string[] | null> {
    // Real MicroPython's heap keeps every name it has seen.
    if (this.answered > 5000) this.close();
    if (this.child === null) {
      this.answered = 0;
      this.child = fork(fileURLToPath(new URL("side.ts", import.meta.url)), [this.name], {
        stdio: ["ignore", "ignore", "inherit", "ipc"],
      });
      await this.reply(this.child, 20_000);
    }
    this.answered += programs.length;
    this.child.send(programs);
    const outputs = await this.reply(this.child, patienceMs);
    if (outputs === null) this.close();
    return outputs as string[] | null;
  }

  private reply(child: ChildProcess, patienceMs: number): Promise<unknown> {
    return new Promise((resolve) => {
      const end = (message: unknown): void => {
        clearTimeout(timer);
        child.off("message", end);
        child.off("exit", onExit);
        resolve(message);
      };
      const onExit = (): void => end(null);
      const timer = setTimeout(() => end(null), patienceMs);
      child.on("message", end);
      child.on("exit", onExit);
    });
  }
}

const { values } = parseArgs({
  options: { seed: { type: "string" }, count: { type: "string" }, show: { type: "string" }, program: { type: "string" } },
});
if (values.program !== undefined) {
  process.stdout.write(program(Number(values.program)));
  process.exit(0);
}
const first = Number(values.seed ?? 1);
const count = Number(values.count ?? 20000);
const show = Number(values.show ?? 5);
const sides = [new Side("theirs"), new Side("ours")] as const;

async function both(programs: readonly string[]): Promise<[string, string][]> {
  const [theirs, ours] = await Promise.all(sides.map((side) => side.run(programs)));
  return programs.map((_, i) => [theirs![i]!, ours![i]!]);
}

/** Real MicroPython's heap is small here: what runs out of it tells nothing, nor does what makes it crash. */
const isDifferent = ([theirs, ours]: readonly [string, string]): boolean =>
  theirs !== ours && theirs !== NEVER_ENDS && !/MemoryError|only slices with step=1/.test(theirs) && !isSame(theirs, ours);

/** tuples, None and objects hash by an address: where a set or dict has one, the order of its items is nobody's. */
function loose(output: string): string {
  return output.replace(/^.*(?:[({<]|None).*$/gm, (line) => (/\(|None|</.test(line) ? [...line].sort().join("") : line));
}

/** The npm package has the last digits of a float's value and text wrong: what differs in nothing else is the same. */
function isSame(theirs: string, ours: string): boolean {
  const [a, b] = [theirs, ours].map((output) => output.split(/(\d+(?:\.\d+)?(?:e[-+]\d+)?)/)) as [string[], string[]];
  if (a.length !== b.length) return loose(theirs) === loose(ours);
  const digits = a.map((part, i) => {
    const other = b[i]!;
    if (part === other || i % 2 === 0 || Math.max(part.length, other.length) < 12 || !/[.e]/.test(part + other)) return part;
    return Math.abs(Number(part) - Number(other)) < 1e-12 * Math.abs(Number(part)) ? other : part;
  });
  return loose(digits.join("")) === loose(ours);
}

function report(theirs: string, ours: string): string {
  const want = theirs.split("\n");
  const got = ours.split("\n");
  const at = want.findIndex((line, i) => line !== got[i]);
  const from = Math.max(0, at < 0 ? want.length - 1 : at);
  return `--- MicroPython\n${want.slice(from, from + 4).join("\n")}\n+++ ours\n${got.slice(from, from + 4).join("\n")}`;
}

let failed = 0;
const start = Date.now();
for (let at = 0; at < count; at += BATCH) {
  const seeds = Array.from({ length: Math.min(BATCH, count - at) }, (_, i) => first + at + i);
  const sources = seeds.map(program);
  const results = await both(sources);
  for (const [i, result] of results.entries()) {
    if (!isDifferent(result)) continue;
    failed++;
    if (failed > show) continue;
    const small = await minimise(sources[i]!, async (candidates) => (await both(candidates)).map(isDifferent));
    const [outputs] = await both([small]);
    console.log(`== seed ${seeds[i]}\n${small}${report(...outputs!)}\n`);
  }
  if (failed > show * 4 && failed > 40) {
    console.log("Too many differences; the rest is left out.");
    break;
  }
}
for (const side of sides) side.close();
console.log(`${((Date.now() - start) / 1000).toFixed(1)} s`);
console.log(`${count - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
