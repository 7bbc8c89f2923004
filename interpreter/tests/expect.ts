// Writes the .exp files: runs each program in real MicroPython (its WebAssembly port, from npm) and keeps what it prints.
// `npm run expect [name ...]`; without a name only the missing ones are written. Then the page of known differences is made anew.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { page, pageFile } from "./differences.ts";
import { differences, programs } from "./programs.ts";

interface MicroPython {
  runPython(source: string): unknown;
}
interface Loader {
  loadMicroPython(options: {
    url: string;
    heapsize: number;
    linebuffer: boolean;
    stdout: (bytes: Uint8Array) => void;
  }): Promise<MicroPython>;
}

// One process a program: an interpreter keeps its globals.
async function runOne(file: string): Promise<void> {
  const entry = createRequire(import.meta.url).resolve("@micropython/micropython-webassembly-pyscript/micropython.mjs");
  const { loadMicroPython } = (await import(pathToFileURL(entry).href)) as Loader;
  const mp = await loadMicroPython({
    url: `${dirname(entry)}/micropython.wasm`,
    heapsize: 8 * 1024 * 1024,
    linebuffer: false,
    stdout: (bytes) => process.stdout.write(bytes),
  });
  try {
    mp.runPython(readFileSync(file, "utf8"));
  } catch (caught) {
    process.stdout.write(String((caught as Error).message));
  }
}

if (process.argv[2] === "--one") await runOne(process.argv[3]!);
else {
  const only = process.argv.slice(2);
  let written = 0;
  for (const program of [...programs(), ...differences()]) {
    if (only.length === 0 ? existsSync(program.expected) : !only.some((name) => program.name.includes(name))) continue;
    const { stdout } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), "--one", program.file], { encoding: "utf8" });
    // The port calls its input "<stdin>"; a program has its file's name in tracebacks.
    writeFileSync(program.expected, stdout.replaceAll('"<stdin>"', `"${program.name.slice(program.name.lastIndexOf("/") + 1)}"`));
    written++;
  }
  writeFileSync(pageFile, page());
  console.log(`${written} written`);
}
