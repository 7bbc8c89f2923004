// One side of the comparison, as a child process: runs programs in real MicroPython ("theirs", the npm package) or in this
// interpreter ("ours"), many in one process, each in globals of its own, and answers with what each printed.
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import { VfsError, type Host } from "../../host.ts";
import { createVm } from "../../index.ts";
import { unixCoverage, type MpConfig } from "../../mpconfig.ts";
import type { VmCore } from "../../vm/core.ts";

/** What a program sees beside the built-ins: T shows a value or an exception, CM is a context manager that tells its story. */
const prelude = `
import sys
def T(f):
    try:
        print(repr(f()))
    except BaseException as e:
        print(type(e).__name__, e)
class CM:
    def __init__(self, name, swallow=False):
        self.name = name
        self.swallow = swallow
    def __enter__(self):
        print('enter', self.name)
        return self.name
    def __exit__(self, t, v, tb):
        print('exit', self.name, t and t.__name__, v)
        return self.swallow
def run_program(source):
    g = {'__name__': '__main__', 'T': T, 'CM': CM}
    try:
        exec(source, g)
    except BaseException as e:
        sys.print_exception(e)
`;

/** Bytecodes one program may take; those of the generator take some thousands. */
const OPS = 20_000_000;

/** Bytes that one program may print. */
const MOST_OUTPUT = 1_000_000;
/** What a program that never ends is said to print. */
export const NEVER_ENDS = "HANG or CRASH\n";

export type Runner = (source: string) => string;

/** What differs from run to run and says nothing: addresses. */
function plain(output: string): string {
  return output.replace(/(<bound_method|<cell| at) (?:0x)?[0-9a-f]+(?=[ ,>])/g, "$1").replace(/^ *File "<stdin>".*\n/gm, "");
}

/** The release and features of the npm package. */
export const npmConfig: MpConfig = { ...unixCoverage, smallIntBits: 31, romLevel: "extra", showsUnicode: false };

export function ours(config: MpConfig = npmConfig): Runner {
  const out: Uint8Array[] = [];
  const missing = (): never => {
    throw new VfsError(2);
  };
  const host: Host = {
    clock: { ns: 0, alarm: () => ({ cancel: () => {} }) },
    stdio: { write: (bytes) => void out.push(bytes) },
    vfs: {
      open: missing,
      stat: missing,
      list: () => [],
      remove: missing,
      mkdir: missing,
      rmdir: missing,
      rename: missing,
      chdir: missing,
      getcwd: () => "/",
      space: () => ({ total: 0, free: 0 }),
    },
    random32: () => 1,
  };
  const vm = createVm(host, config, []) as VmCore;
  const run = (source: string): void => {
    vm.load(source, "<stdin>");
    for (let left = OPS; left > 0 && out.length < MOST_OUTPUT / 4; left -= 100_000) {
      const stop = vm.run(100_000);
      if (stop.why === "done") return;
      if (stop.why === "raised") {
        out.push(Buffer.from(`RAISED ${stop.error.traceback}`));
        return;
      }
      if (stop.why !== "budget") {
        out.push(Buffer.from(`WAITS for ${stop.why}`));
        return;
      }
    }
    out.length = 0;
    out.push(Buffer.from(NEVER_ENDS));
  };
  run(prelude);
  return (source) => {
    out.length = 0;
    try {
      vm.mainGlobals.setStr("source", source);
      run("run_program(source)");
    } catch (caught) {
      out.push(Buffer.from(`ESCAPED ${(caught as Error).stack ?? String(caught)}\n`));
      vm.softReset();
      run(prelude);
    }
    return plain(Buffer.concat(out).toString("utf8"));
  };
}

interface MicroPython {
  runPython(source: string): unknown;
  readonly globals: { set(name: string, value: unknown): void };
}
interface Loader {
  loadMicroPython(options: {
    url: string;
    heapsize: number;
    linebuffer: boolean;
    stdout: (bytes: Uint8Array) => void;
    stderr: (bytes: Uint8Array) => void;
  }): Promise<MicroPython>;
}

export async function theirs(): Promise<Runner> {
  const entry = createRequire(import.meta.url).resolve("@micropython/micropython-webassembly-pyscript/micropython.mjs");
  const { loadMicroPython } = (await import(pathToFileURL(entry).href)) as Loader;
  const out: Uint8Array[] = [];
  let size = 0;
  const keep = (bytes: Uint8Array): void => {
    size += bytes.length;
    // A program that never ends, as minimising makes them: nothing but the end of the process stops it.
    if (size > MOST_OUTPUT) process.exit(1);
    out.push(bytes.slice());
  };
  const mp = await loadMicroPython({
    url: `${dirname(entry)}/micropython.wasm`,
    heapsize: 4 * 1024 * 1024,
    linebuffer: false,
    stdout: keep,
    stderr: keep,
  });
  mp.runPython(prelude);
  return (source) => {
    out.length = 0;
    size = 0;
    try {
      mp.globals.set("source", source);
      mp.runPython("run_program(source)");
    } catch (caught) {
      // Real MicroPython itself has crashed, and is good for nothing more.
      if ((caught as Error).name !== "PythonError") process.exit(1);
      out.push(Buffer.from(`RAISED ${(caught as Error).message}\n`));
    }
    return plain(Buffer.concat(out).toString("utf8"));
  };
}

if (process.send !== undefined && process.argv[2] === "theirs") answer(await theirs());
else if (process.send !== undefined && process.argv[2] === "ours") answer(ours());

function answer(run: Runner): void {
  process.on("message", (programs: string[]) => process.send!(programs.map(run)));
  process.send!("ready");
}
