// A share of both fuzzers for every test run. The whole: `node interpreter/tests/fuzz/run.ts` and `node interpreter/tests/fuzz/bytes.ts`.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

function run(script: string, count: number): Promise<string> {
  const args = [fileURLToPath(new URL(script, import.meta.url)), "--seed", "1", "--count", String(count)];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    let out = "";
    child.stdout.on("data", (part: Buffer) => (out += part.toString()));
    child.on("close", () => resolve(out.trim()));
  });
}

test("generated programs print what they print in MicroPython", async () => {
  expect(await run("run.ts", 2000)).toMatch(/^[\d.]+ s\n2000 passed, 0 failed$/);
}, 300_000);

test("bytes at the lexer, the .mpy loader and the REPL end in nothing worse than an exception", async () => {
  expect(await run("bytes.ts", 2000)).toMatch(/^[\d.]+ s\n2000 passed, 0 failed$/);
}, 300_000);
