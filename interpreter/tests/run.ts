// Runs every program of this folder on the bundled command line and compares what it prints with its .exp file, which real
// MicroPython wrote (expect.ts); known differences with their .out file. Skips stand in skips.json, each with its reason. `node interpreter/tests/run.ts [name ...]`
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { cpus } from "node:os";
import { differences, programs, root } from "./programs.ts";

const bundle = `${root}dist/cli/py.mjs`;
/** A program that runs longer hangs. */
const TIMEOUT_MS = 30000;

function runProgram(file: string): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [bundle, file], { stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const timer = setTimeout(() => {
      output += "\nTIMEOUT\n";
      child.kill("SIGKILL");
    }, TIMEOUT_MS);
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
    child.on("close", () => {
      clearTimeout(timer);
      resolve(output.replaceAll(file, file.slice(file.lastIndexOf("/") + 1)));
    });
  });
}

function difference(expected: string, actual: string): string {
  const want = expected.split("\n");
  const got = actual.split("\n");
  const at = want.findIndex((line, i) => line !== got[i]);
  const from = Math.max(0, at);
  return `  line ${from + 1}\n  - ${want.slice(from, from + 3).join("\n  - ")}\n  + ${got.slice(from, from + 3).join("\n  + ")}`;
}

if (!existsSync(bundle)) {
  console.error("dist/cli/py.mjs is missing: npm run build makes it.");
  process.exit(1);
}
const skips = JSON.parse(readFileSync(new URL("skips.json", import.meta.url), "utf8")) as Record<string, string>;
const only = process.argv.slice(2);
const known = differences().map((difference) => ({ ...difference, expected: difference.ours }));
const queue = [...programs(), ...known].filter(
  (p) => !(p.name in skips) && (only.length === 0 || only.some((name) => p.name.includes(name))),
);
const total = queue.length;
let failed = 0;
async function worker(): Promise<void> {
  for (let program = queue.shift(); program !== undefined; program = queue.shift()) {
    const actual = await runProgram(program.file);
    if (!existsSync(program.expected)) {
      failed++;
      console.log(`${program.name}: no .exp file; npm run expect writes it`);
      continue;
    }
    const expected = readFileSync(program.expected, "utf8");
    if (actual === expected) continue;
    failed++;
    console.log(`${program.name}\n${difference(expected, actual)}`);
  }
}
await Promise.all(cpus().map(worker));
console.log(`${total - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 || total === 0 ? 1 : 0;
