// `npm test`: every check in turn, then how many passed and failed. A stage that cannot count its tests counts as one.
// A failing stage does not end the run: the later ones may say why.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const cache = `${root}.cache/test`;

interface Count {
  readonly passed: number;
  readonly failed: number;
}
interface Stage {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** Where the stage leaves its counts, or how they read in what it prints. */
  readonly counts?: "one" | "printed" | { readonly json: string };
  readonly needs?: string;
}

const vitest = (name: string, ...more: string[]): Stage => ({
  name,
  command: ["vitest", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${cache}/${name}.json`, ...more],
  counts: { json: `${cache}/${name}.json` },
});

const stages: readonly Stage[] = [
  { name: "types", command: ["tsc", "-b"] },
  { name: "lint", command: ["oxlint", "--deny-warnings"] },
  { name: "format", command: ["prettier", "--check", "--log-level", "warn", "."] },
  vitest("vitest"),
  { name: "elements", command: ["wtr"], counts: { json: `${cache}/elements.json` } },
  { name: "build", command: ["node", ".ci/build.ts"] },
  { name: "size", command: ["node", ".ci/size.ts"] },
  { name: "conformance", command: ["node", "interpreter/tests/run.ts"], counts: "printed", needs: "interpreter/tests/run.ts" },
  vitest("e2e", "--config", "app/e2e/vitest.config.ts"),
];

/** vitest and jest-like reports count tests; ours for web-test-runner has the same two names. */
function fromJson(file: string): Count {
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const report = JSON.parse(readFileSync(file, "utf8")) as {
    numPassedTests: number;
    numFailedTests: number;
    numFailedTestSuites?: number;
  };
  return { passed: report.numPassedTests, failed: report.numFailedTests };
}

function fromOutput(output: string): Count {
  const matches = [...output.matchAll(/(\d+) passed, (\d+) failed/g)];
  const last = matches.at(-1);
  return last ? { passed: Number(last[1]), failed: Number(last[2]) } : { passed: 0, failed: 1 };
}

function runStage(stage: Stage): Count {
  const [command, ...args] = stage.command;
  const printed = stage.counts === "printed";
  const { status, stdout } = spawnSync(command, args, {
    cwd: root,
    stdio: ["ignore", printed ? "pipe" : "inherit", "inherit"],
    encoding: "utf8",
    maxBuffer: 1e9,
    shell: process.platform === "win32",
    env: { ...process.env, NO_COLOR: "1" },
  });
  if (printed) console.log(stdout.split("\n").slice(-40).join("\n"));
  let count: Count = status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  if (printed) count = fromOutput(stdout);
  else if (typeof stage.counts === "object") count = fromJson(stage.counts.json);
  // Something outside any test went wrong: a file that does not load, a crash after the last test.
  return status !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}

rmSync(cache, { recursive: true, force: true });
mkdirSync(cache, { recursive: true });
const only = process.argv.slice(2);
const results: [string, Count, number][] = [];
for (const stage of stages) {
  if (stage.needs && !existsSync(root + stage.needs)) continue;
  if (only.length > 0 && !only.includes(stage.name)) continue;
  console.log(`\n== ${stage.name}`);
  const start = performance.now();
  results.push([stage.name, runStage(stage), performance.now() - start]);
}
console.log("");
for (const [name, { passed, failed }, ms] of results) {
  console.log(
    `${name.padEnd(12)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed  ${(ms / 1000).toFixed(1)} s`,
  );
}
const passed = results.reduce((sum, [, count]) => sum + count.passed, 0);
const failed = results.reduce((sum, [, count]) => sum + count.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
if (failed > 0 || passed === 0) process.exitCode = 1;
