// Whether running programs leaves anything behind: each program here 700 times in one VM, and the slope of JavaScript's heap over
// the last 100 runs, measured after collection. (V8 goes on collecting types and making code for some hundreds.) `node --expose-gc interpreter/bench/memory.ts [file ...]`
import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { VfsError, type Host } from "../host.ts";
import { createVm } from "../index.ts";
import { unixCoverage } from "../mpconfig.ts";

const folder = fileURLToPath(new URL(".", import.meta.url));
const runs = 700;
const warmUp = 600;
/** Bytes a run may leave behind on average before it counts as a leak: V8's own bookkeeping moves by about this. */
const limit = 1024;
const collect = (globalThis as { gc?: () => void }).gc;
if (collect === undefined) throw new Error("node --expose-gc is needed");

/** A host that swallows what is printed, and whose clock is the machine's. */
function quietHost(): Host {
  const none = (): never => {
    throw new VfsError(2);
  };
  return {
    clock: {
      get ns() {
        return Math.round(performance.now() * 1e6);
      },
      alarm: () => ({ cancel: () => {} }),
    },
    stdio: { write: () => {} },
    vfs: new Proxy({}, { get: () => none }),
    random32: () => 4,
  } as unknown as Host;
}

function slope(values: readonly number[]): number {
  const n = values.length;
  const meanX = (n - 1) / 2;
  const meanY = values.reduce((sum, y) => sum + y, 0) / n;
  let over = 0;
  let under = 0;
  values.forEach((y, x) => {
    over += (x - meanX) * (y - meanY);
    under += (x - meanX) ** 2;
  });
  return over / under;
}

const files = process.argv.slice(2);
if (files.length === 0) for (const name of globSync("bm_*.py", { cwd: folder }).sort()) files.push(folder + name);
let leaks = 0;
for (const file of files) {
  // A program with MicroPython's bench protocol is run by it, the smallest parameters first.
  const source = readFileSync(file, "utf8");
  const runner = source.includes("bm_setup") ? "\nw, f = bm_setup(bm_params[min(bm_params)])\nw()\nf()\n" : "";
  const vm = createVm(quietHost(), unixCoverage, []);
  const heap: number[] = [];
  let failed = "";
  for (let i = 0; i < runs && failed === ""; i++) {
    vm.load(source + runner, file);
    for (;;) {
      const suspension = vm.run(1_000_000);
      if (suspension.why === "raised") failed = suspension.error.traceback;
      if (suspension.why === "done" || suspension.why === "raised") break;
    }
    if (i < warmUp) continue;
    collect();
    heap.push(process.memoryUsage().heapUsed);
  }
  const name = file.slice(file.lastIndexOf("/") + 1);
  if (failed !== "") {
    console.log(`${name.padEnd(24)} ${failed.trim().split("\n").at(-1)}`);
    leaks++;
    continue;
  }
  const perRun = slope(heap);
  if (perRun > limit) leaks++;
  console.log(`${name.padEnd(24)} ${perRun.toFixed(0).padStart(8)} bytes a run${perRun > limit ? "  LEAKS" : ""}`);
}
process.exitCode = leaks > 0 ? 1 : 0;
