// The oracle for bytecode: MicroPython's own mpy-cross, release 1.19, from npm. Node only; used by tests and by compare.ts.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";

interface CompileResult {
  readonly status: number;
  readonly mpy?: Uint8Array;
  readonly out: readonly string[];
  readonly err: readonly string[];
}
type Compile = (name: string, source: string, options: string[], wasm: string) => Promise<CompileResult>;

const require = createRequire(import.meta.url);
const entry = require.resolve("@pybricks/mpy-cross-v6");
const { compile } = require(entry) as { compile: Compile };
const wasm = `data:application/wasm;base64,${readFileSync(`${dirname(entry)}/mpy-cross-v6.wasm`).toString("base64")}`;

/** The .mpy of a program, or the lines of its error. */
export async function mpyCross(name: string, source: string, options: string[] = []): Promise<Uint8Array | readonly string[]> {
  const result = await compile(name, source, options, wasm);
  return result.status === 0 && result.mpy !== undefined ? result.mpy : result.err;
}
