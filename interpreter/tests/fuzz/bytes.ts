// The second fuzzer: bytes at the lexer, the .mpy loader and the REPL. Nothing but a Python exception may come of any of them, nothing
// may take longer than a moment between two budgets, and the heap stays what the board has.
// `node interpreter/tests/fuzz/bytes.ts [--seed 1] [--count 100000]`, or `--input SEED` to run a single one.
import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { saveRawCode } from "../../bytecode/persistentcode.ts";
import { VfsError, type Host } from "../../host.ts";
import { createVm, type Vm } from "../../index.ts";
import { unixCoverage, type MpConfig } from "../../mpconfig.ts";
import { PyObj } from "../../objects/obj.ts";
import { compileSource } from "../../vm/source.ts";
import { input, type Input } from "./inputs.ts";

/** Bytecodes of one slice, how many slices an input gets, and how long a slice may take. */
const SLICE = 20_000;
const SLICES = 10;
const PATIENCE_MS = 5000;
/** Inputs between two words of the child, and how much JavaScript memory it may then have. */
const BATCH = 100;
const MOST_MEMORY = 700 << 20;

const config: MpConfig = { ...unixCoverage, heapSize: 1 << 20 };

class Side {
  private mpy: Uint8Array = new Uint8Array(0);
  private readonly vm: Vm;
  private printed = 0;

  constructor() {
    const missing = (): never => {
      throw new VfsError(2);
    };
    const host = {
      clock: { ns: 0, alarm: () => ({ cancel: () => {} }) },
      stdio: { write: (bytes: Uint8Array) => void (this.printed += bytes.length) },
      random32: () => 1,
      vfs: new Proxy(
        {
          stat: (name: string) => (name === "prog.mpy" ? { kind: "file", size: this.mpy.length } : missing()),
          open: (name: string) => {
            if (name !== "prog.mpy") missing();
            let at = 0;
            return { read: (n: number) => this.mpy.slice(at, (at += n)), close() {} };
          },
          getcwd: () => "/",
          list: () => [],
        } as Record<string, unknown>,
        { get: (files, name) => files[String(name)] ?? missing },
      ),
    };
    this.vm = createVm(host as unknown as Host, config, []);
  }

  /** What came of an input; "" if that is as it should be. */
  run(seed: number): string {
    try {
      this.vm.softReset();
      this.begin(input(seed));
      for (let i = 0; i < SLICES; i++) {
        const { why } = this.vm.run(SLICE);
        if (why !== "budget") return "";
      }
      return "";
    } catch (caught) {
      return `${(caught as Error).stack ?? String(caught)}`.split("\n").slice(0, 6).join("\n");
    }
  }

  private begin(what: Input): void {
    if (what.kind === "text") this.vm.load(what.bytes, "prog.py");
    else if (what.kind === "repl") {
      this.vm.repl();
      this.vm.feed(what.bytes);
    } else {
      this.mpy = what.damage(this.compiled(what.source));
      this.vm.load("import prog", "main.py");
    }
  }

  private compiled(source: string): Uint8Array {
    try {
      return saveRawCode(compileSource(source, "prog.py", "file", false), 31);
    } catch (caught) {
      if (caught instanceof PyObj) return new Uint8Array(0);
      throw caught;
    }
  }
}

/** Runs inputs in a child process, so that one which never ends can be told. Gives what went wrong, by seed. */
async function runAll(first: number, count: number): Promise<Map<number, string>> {
  const wrong = new Map<number, string>();
  let child: ChildProcess | null = null;
  const ask = (seed: number, last: number): Promise<string | null> =>
    new Promise((resolve) => {
      child ??= fork(fileURLToPath(import.meta.url), ["--child"], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
      const end = (answer: unknown): void => {
        clearTimeout(timer);
        child?.off("message", end);
        child?.off("exit", onExit);
        resolve(answer as string | null);
      };
      const onExit = (): void => end(null);
      const timer = setTimeout(() => end(null), PATIENCE_MS * 2);
      child.on("message", end);
      child.on("exit", onExit);
      child.send([seed, last]);
    });
  // The child goes on by itself as long as all is well, and answers with the seed it has come to. Where no answer comes, the inputs
  // of that batch are tried one by one.
  let oneByOne = first;
  for (let at = first; at < first + count;) {
    const last = at < oneByOne ? at : Math.min(at + BATCH, first + count) - 1;
    const answer = await ask(at, last);
    if (answer === null) {
      (child as ChildProcess | null)?.kill("SIGKILL");
      child = null;
      if (last > at) {
        oneByOne = last + 1;
        continue;
      }
    }
    const { seed, problem } = answer === null ? { seed: at, problem: "hangs, or ends the process" } : JSON.parse(answer);
    if (problem !== "") wrong.set(seed, problem);
    at = seed + 1;
  }
  (child as ChildProcess | null)?.kill("SIGKILL");
  return wrong;
}

function serve(): void {
  let side = new Side();
  process.on("message", ([first, end]: [number, number]) => {
    let seed = first;
    let problem = "";
    const start = Date.now();
    for (; ; seed++) {
      const before = Date.now();
      problem = side.run(seed);
      if (problem === "" && Date.now() - before > PATIENCE_MS) problem = `takes ${Date.now() - before} ms`;
      if (problem !== "") side = new Side();
      if (problem !== "" || seed >= end || Date.now() - start > PATIENCE_MS) break;
    }
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    if (problem === "" && heapUsed + arrayBuffers > MOST_MEMORY) problem = `has ${heapUsed + arrayBuffers} bytes of memory`;
    process.send!(JSON.stringify({ seed, problem }));
  });
}

const { values } = parseArgs({
  options: { seed: { type: "string" }, count: { type: "string" }, input: { type: "string" }, child: { type: "boolean" } },
});
if (values.child === true) serve();
else if (values.input !== undefined) console.log(new Side().run(Number(values.input)) || "as it should be");
else {
  const count = Number(values.count ?? 100_000);
  const start = Date.now();
  const wrong = await runAll(Number(values.seed ?? 1), count);
  for (const [seed, problem] of wrong) console.log(`== ${input(seed).kind} ${seed}: ${problem}\n`);
  console.log(`${((Date.now() - start) / 1000).toFixed(1)} s`);
  console.log(`${count - wrong.size} passed, ${wrong.size} failed`);
  process.exitCode = wrong.size > 0 ? 1 : 0;
}
