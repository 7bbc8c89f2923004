// Speed as a ratio: each program here on our bundle and on real MicroPython (its WebAssembly port), in turns, in one run.
// `npm run bench [name ...]`; with `--write` the ratios become the
// baseline (baseline.json) that later runs are held to. Absolute times say nothing on a busy machine; the ratio of one run does.
import { spawnSync } from "node:child_process";
import { globSync, readFileSync, writeFileSync } from "node:fs";
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

const args = process.argv.slice(2);
const isWriting = args.includes("--write");
const only = args.filter((arg) => !arg.startsWith("--"));
const baselineFile = `${folder}baseline.json`;
/** The ratios of an earlier run, and how much of one may be lost before that is a regression: a busy machine loses a third. */
const baseline = JSON.parse(readFileSync(baselineFile, "utf8")) as { tolerance: number; ratios: Record<string, number> };
const measured: Record<string, number> = {};
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
  const ratio = median(perRound);
  measured[name] = Number(ratio.toFixed(2));
  const before = baseline.ratios[name];
  const isSlower = before !== undefined && ratio < before * baseline.tolerance;
  if (isSlower && !isWriting) wrong++;
  console.log(
    `${name.padEnd(20)} ${ratio.toFixed(2)} times MicroPython's WebAssembly port` +
      `${before === undefined ? "" : `, was ${before.toFixed(2)}`}${isSlower ? "  SLOWER" : ""}`,
  );
}
const ratios = Object.values(measured);
const mean = Math.exp(ratios.reduce((sum, r) => sum + Math.log(r), 0) / ratios.length);
console.log(`${"geometric mean".padEnd(20)} ${mean.toFixed(2)}`);
if (isWriting)
  writeFileSync(baselineFile, `${JSON.stringify({ ...baseline, ratios: { ...baseline.ratios, ...measured } }, null, 2)}\n`);

// How long a program of one line takes, against Node alone.
function wall(command: readonly string[]): number {
  const start = performance.now();
  spawnSync(process.execPath, command);
  return performance.now() - start;
}
const starts = Array.from({ length: 20 }, () => ({
  node: wall(["-e", "console.log(1)"]),
  ours: wall([`${root}dist/cli/py.mjs`, "-c", "print(1)"]),
}));
const startRatio = median(starts.map(({ ours }) => ours)) / median(starts.map(({ node }) => node));
console.log(`${"start-up".padEnd(20)} ${startRatio.toFixed(2)} times node -e (limit 1.5)`);
process.exitCode = wrong > 0 || ratios.length === 0 ? 1 : 0;
