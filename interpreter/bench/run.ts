// Speed as a ratio: each program here on our bundle and on real MicroPython (its WebAssembly port), in turns, in one run.
// `npm run bench [name ...]`. Absolute times say nothing on a busy machine; the ratio of one run does.
import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL(".", import.meta.url));
const root = fileURLToPath(new URL("../../", import.meta.url));
const rounds = 3;

interface Run {
  /** Best of the program's own repetitions, in microseconds. */
  readonly us: number;
  readonly result: string;
}

/** A program prints "microseconds result" once per repetition. */
function run(command: readonly string[]): Run {
  const { stdout } = spawnSync(process.execPath, command, { encoding: "utf8" });
  const lines = stdout.trim().split("\n");
  const times = lines.map((line) => Number(line.split(" ")[0]));
  return { us: Math.min(...times), result: lines.at(-1)?.split(" ").slice(1).join(" ") ?? "" };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

const only = process.argv.slice(2);
const ratios: number[] = [];
let wrong = 0;
for (const name of globSync("bm_*.py", { cwd: folder }).sort()) {
  if (only.length > 0 && !only.some((part) => name.includes(part))) continue;
  const perRound: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const ours = run([`${root}dist/cli/py.mjs`, folder + name]);
    const theirs = run([`${root}interpreter/tests/expect.ts`, "--one", folder + name]);
    if (ours.result !== theirs.result) {
      console.log(`${name}: ${ours.result} is not ${theirs.result}`);
      wrong++;
    }
    perRound.push(theirs.us / ours.us);
  }
  ratios.push(median(perRound));
  console.log(`${name.padEnd(20)} ${median(perRound).toFixed(2)} times MicroPython's WebAssembly port`);
}
const mean = Math.exp(ratios.reduce((sum, r) => sum + Math.log(r), 0) / ratios.length);
console.log(`${"geometric mean".padEnd(20)} ${mean.toFixed(2)}`);
process.exitCode = wrong > 0 || ratios.length === 0 ? 1 : 0;
