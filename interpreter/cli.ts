// The interpreter as a command, like the unix port: py [-v] [-O] [-i] [-X compile-only] [-c CODE | -m MODULE | FILE] [args],
// a REPL on a terminal. Other options of that port (-X heapsize=...) are accepted and do nothing.
// Node only; bundled to dist/cli/py.mjs. Time and files are the machine's own.
import {
  closeSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  readdirSync,
  renameSync,
  rmdirSync,
  statSync,
  statfsSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { constants } from "node:os";
import { delimiter, dirname, join } from "node:path";
import {
  VfsError,
  type Alarm,
  type Clock,
  type FileMode,
  type Host,
  type Vfs,
  type VfsEntry,
  type VfsFile,
  type VfsStat,
} from "./host.ts";
import { showRawCode } from "./bytecode/showbc.ts";
import { unixCoverage, type MpConfig } from "./mpconfig.ts";
import { decodeUtf8 } from "./objects/objbytes.ts";
import { PyObj } from "./objects/obj.ts";
import { VmCore } from "./vm/core.ts";
import { showNames, tracebackOf } from "./vm/show.ts";
import { compileSource } from "./vm/source.ts";

class WallClock implements Clock {
  private readonly start = process.hrtime.bigint();
  get ns(): number {
    return Number(process.hrtime.bigint() - this.start) + epoch;
  }
  alarm(ns: number, callback: () => void): Alarm {
    const timer = setTimeout(callback, Math.max(0, (ns - this.ns) / 1e6));
    return { cancel: () => clearTimeout(timer) };
  }
}
const epoch = Date.now() * 1e6;

function errnoOf(caught: unknown): number {
  const { errno, code } = caught as { errno?: number; code?: string };
  if (typeof errno === "number") return Math.abs(errno);
  return (constants.errno as Record<string, number | undefined>)[code ?? ""] ?? constants.errno.EIO;
}

function guard<T>(body: () => T): T {
  try {
    return body();
  } catch (caught) {
    if (caught instanceof VfsError) throw caught;
    throw new VfsError(errnoOf(caught));
  }
}

class DiskFile implements VfsFile {
  readonly fd: number;
  /** Where the next byte comes from or goes to; null for what has no places, such as a pipe. */
  private at: number | null;
  private readonly isAppend: boolean;
  constructor(fd: number, isAppend: boolean, isSeekable = true) {
    this.fd = fd;
    this.isAppend = isAppend;
    this.at = isSeekable ? (isAppend ? fstatSync(fd).size : 0) : null;
  }
  read(n: number): Uint8Array {
    return guard(() => {
      const bytes = new Uint8Array(n);
      const got = readSync(this.fd, bytes, 0, n, this.at);
      if (this.at !== null) this.at += got;
      return bytes.subarray(0, got);
    });
  }
  write(bytes: Uint8Array): number {
    return guard(() => {
      if (this.fd <= 2) flush();
      const n = writeSync(this.fd, bytes, 0, bytes.length, this.isAppend ? null : this.at);
      if (this.isAppend) this.at = fstatSync(this.fd).size;
      else if (this.at !== null) this.at += n;
      return n;
    });
  }
  seek(offset: number, whence: 0 | 1 | 2): number {
    return guard(() => {
      if (this.at === null) throw new VfsError(constants.errno.ESPIPE);
      const to = offset + (whence === 0 ? 0 : whence === 1 ? this.at : fstatSync(this.fd).size);
      if (to < 0) throw new VfsError(constants.errno.EINVAL);
      this.at = to;
      return to;
    });
  }
  flush(): void {
    guard(() => {
      if (this.fd > 2) fsyncSync(this.fd);
    });
  }
  close(): void {
    guard(() => closeSync(this.fd));
  }
}

class DiskVfs implements Vfs {
  open(name: string, mode: FileMode): VfsFile {
    const flags = { r: "r", w: "w", a: "a", x: "wx", "r+": "r+", "w+": "w+", "a+": "a+", "x+": "wx+" }[mode];
    return guard(() => {
      const fd = openSync(name, flags, 0o644);
      return new DiskFile(fd, mode.startsWith("a"), !fstatSync(fd).isFIFO());
    });
  }
  openNumber(fd: number): VfsFile {
    return new DiskFile(fd, false, false);
  }
  stat(name: string): VfsStat {
    return guard(() => {
      const s = statSync(name);
      const seconds = (ms: number): number => Math.floor(ms / 1000);
      return {
        kind: s.isDirectory() ? "dir" : "file",
        size: s.size,
        numbers: [
          s.mode,
          s.ino,
          s.dev,
          s.nlink,
          s.uid,
          s.gid,
          s.size,
          seconds(s.atimeMs),
          seconds(s.mtimeMs),
          seconds(s.ctimeMs),
        ],
      };
    });
  }
  list(name: string): VfsEntry[] {
    const dir = name === "" ? "." : name;
    return guard(() =>
      readdirSync(dir, { withFileTypes: true }).map((entry) => ({
        name: entry.name,
        kind: entry.isDirectory() ? ("dir" as const) : ("file" as const),
        size: 0,
        inode: lstatSync(join(dir, entry.name), { throwIfNoEntry: false })?.ino ?? 0,
      })),
    );
  }
  remove(name: string): void {
    guard(() => unlinkSync(name));
  }
  mkdir(name: string): void {
    guard(() => mkdirSync(name));
  }
  rmdir(name: string): void {
    guard(() => rmdirSync(name));
  }
  rename(from: string, to: string): void {
    guard(() => renameSync(from, to));
  }
  chdir(name: string): void {
    guard(() => process.chdir(name));
  }
  getcwd(): string {
    return guard(() => process.cwd());
  }
  space(): { total: number; free: number } {
    const s = statfsSync(".");
    return { total: s.blocks * s.bsize, free: s.bfree * s.bsize };
  }
  statvfs(name: string): readonly number[] {
    return guard(() => {
      const s = statfsSync(name);
      return [s.bsize, s.bsize, s.blocks, s.bfree, s.bavail, s.files, s.ffree, s.ffree, 0, 255];
    });
  }
}

const out: Uint8Array[] = [];
let outSize = 0;

function flush(): void {
  if (outSize === 0) return;
  const bytes = Buffer.concat(out);
  out.length = 0;
  outSize = 0;
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(1, bytes, at);
    } catch (caught) {
      if ((caught as NodeJS.ErrnoException).code !== "EAGAIN") throw caught;
    }
  }
}

function makeHost(clock: Clock): Host {
  return {
    clock,
    stdio: {
      write(bytes) {
        out.push(bytes);
        outSize += bytes.length;
        if (outSize > 16384) flush();
      },
    },
    vfs: new DiskVfs(),
    random32: () => Math.floor(Math.random() * 2 ** 32),
    process: {
      getenv: (name) => process.env[name],
      setenv: (name, value) => {
        if (value === null) delete process.env[name];
        else process.env[name] = value;
      },
      system: (command) => {
        flush();
        const { status, error } = process
          .getBuiltinModule("node:child_process")
          .spawnSync(command, { shell: true, stdio: "inherit" });
        return error === undefined ? (status ?? 255) << 8 : -errnoOf(error);
      },
    },
  };
}

/** Bytecodes in one slice before the event loop gets a turn. */
const SLICE = 200000;

interface Options {
  file: string | null;
  code: string | null;
  interactive: boolean;
  args: string[];
  opt: number;
  verbose: number;
  isCompileOnly: boolean;
}

function parseOptions(argv: string[]): Options {
  const options: Options = { file: null, code: null, interactive: false, args: [], opt: 0, verbose: 0, isCompileOnly: false };
  for (let i = 0; i < argv.length; i++) {
    const arg = argv[i]!;
    if (arg === "-c") {
      options.code = argv[++i] ?? "";
      options.args = ["-c", ...argv.slice(i + 1)];
      break;
    } else if (arg === "-m") {
      options.code = `__import__(${JSON.stringify(argv[++i] ?? "")})`;
      options.args = argv.slice(i);
      break;
    } else if (arg === "-i") options.interactive = true;
    else if (/^-v+$/.test(arg)) options.verbose += arg.length - 1;
    else if (/^-O+$/.test(arg)) options.opt += arg.length - 1;
    else if (/^-O\d$/.test(arg)) options.opt = Number(arg[2]);
    else if (arg === "-X") options.isCompileOnly ||= argv[++i] === "compile-only";
    else if (arg.startsWith("-") && arg !== "-") continue;
    else {
      options.file = arg;
      options.args = argv.slice(i);
      break;
    }
  }
  return options;
}

/** Runs what the VM holds to its end. Gives the process's exit code, or null when the REPL asked to leave. */
async function drive(vm: VmCore, clock: Clock): Promise<number | null> {
  for (;;) {
    // What has been typed meanwhile may be Ctrl-C, or is for a thread that waits while others run.
    const isAwaited = vm.waitsForStdin;
    if (isAwaited) startStdin();
    if (isAwaited || vm.busy === "repl") for (const chunk of waiting.splice(0)) vm.feed(chunk);
    if (isAwaited && ended && vm.busy === "program") vm.endInput();
    const stop = vm.run(SLICE);
    switch (stop.why) {
      case "budget":
        if (isAwaited || process.stdin.isTTY || isRepl) {
          flush();
          await new Promise<void>((resolve) => setImmediate(resolve));
        }
        break;
      case "sleep":
        flush();
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, Math.min(2 ** 30, Math.max(0, (stop.until - clock.ns) / 1e6)));
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        wake = null;
        break;
      case "stdin": {
        flush();
        const chunk = await readStdin();
        if (chunk !== null) vm.feed(chunk);
        else if (vm.busy === "program") vm.endInput();
        else return null;
        break;
      }
      case "reset":
        return null;
      case "done":
        return 0;
      case "raised": {
        flush();
        if (stop.error.type === "SystemExit") return exitCode(stop.error.message);
        process.stdout.write(stop.error.traceback);
        return 1;
      }
    }
  }
}

function exitCode(message: string): number {
  if (message === "" || message === "None") return 0;
  if (/^-?\d+$/.test(message)) return Number(message) & 0xff;
  if (message === "True") return 1;
  if (message === "False") return 0;
  process.stdout.write(`${message}\n`);
  return 1;
}

const waiting: Uint8Array[] = [];
let ended = false;
let wake: (() => void) | null = null;
let started = false;
let isRepl = false;

function startStdin(): void {
  if (started) return;
  started = true;
  if (process.stdin.isTTY) process.stdin.setRawMode(true);
  process.stdin.on("data", (chunk) => {
    // The keyboard's Return is a line feed here and a carriage return on a board.
    waiting.push((chunk as unknown as Uint8Array).map((byte) => (byte === 10 && isRepl ? 13 : byte)));
    wake?.();
  });
  process.stdin.on("end", () => {
    ended = true;
    wake?.();
  });
}

async function readStdin(): Promise<Uint8Array | null> {
  startStdin();
  while (waiting.length === 0) {
    if (ended) return null;
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
  return waiting.shift()!;
}

function compileOnly(source: Uint8Array | string, name: string): number {
  try {
    compileSource(typeof source === "string" ? source : decodeUtf8(source), name, "file", false);
    return 0;
  } catch (caught) {
    if (!(caught instanceof PyObj)) throw caught;
    process.stderr.write(tracebackOf(caught));
    return 1;
  }
}

/** What micropython.mem_info() prints on the unix port, of JavaScript's heap. */
function printMemory(): void {
  flush();
  const { heapTotal, heapUsed } = process.memoryUsage();
  process.stdout.write(
    `mem: total=${heapTotal}, current=${heapUsed}, peak=${heapTotal}\nstack: 0 out of ${unixCoverage.stackLimit}\n` +
      `GC: total: ${heapTotal}, used: ${heapUsed}, free: ${heapTotal - heapUsed}\n` +
      " No. of 1-blocks: 0, 2-blocks: 0, max blk sz: 0, max free sz: 0\n",
  );
}

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  const clock = new WallClock();
  const searchPath = process.env["MICROPYPATH"] ?? process.env["MICROPY_PATH"];
  const config: MpConfig = {
    ...unixCoverage,
    // A dump shows what mpy-cross writes. Builds with sys.settrace have lines of their own in it, so then there is none.
    settrace: options.verbose < 2,
    path: [
      options.file === null ? "" : dirname(options.file),
      ...(searchPath === undefined ? [".frozen"] : searchPath.split(delimiter)),
    ],
  };
  const vm = new VmCore(makeHost(clock), config, []);
  if (options.verbose >= 2) vm.onCompile = ({ rc, context }) => process.stdout.write(showRawCode(rc, context, showNames));
  vm.setArgv(options.args);
  vm.setOptLevel(options.opt);
  let code = 0;
  if (options.code !== null || options.file !== null) {
    let source: Uint8Array | string = options.code ?? "";
    if (options.file !== null) {
      try {
        source = readFileSync(options.file);
      } catch (caught) {
        process.stdout.write(`OSError: [Errno ${errnoOf(caught)}] ${(caught as NodeJS.ErrnoException).code ?? "EIO"}\n`);
        return 1;
      }
    }
    if (options.isCompileOnly) return compileOnly(source, options.file ?? "<stdin>");
    if (options.file !== null) vm.mainGlobals.setStr("__file__", options.file);
    vm.load(source, options.file ?? "<stdin>");
    code = (await drive(vm, clock)) ?? 0;
    if (options.verbose > 0) printMemory();
    if (!options.interactive && (process.env["MICROPYINSPECT"] ?? "") === "") return await finish(vm, clock, code);
  } else if (!process.stdin.isTTY && !options.interactive && process.env["PY_REPL"] === undefined) {
    // A program on standard input, unless it is a terminal.
    const parts: Uint8Array[] = [];
    for (let chunk = await readStdin(); chunk !== null; chunk = await readStdin()) parts.push(chunk);
    vm.load(Buffer.concat(parts), "<stdin>");
    return await finish(vm, clock, (await drive(vm, clock)) ?? 0);
  }
  isRepl = true;
  startStdin();
  vm.repl();
  const left = await drive(vm, clock);
  return await finish(vm, clock, left ?? code);
}

/** What sys.atexit was given runs last, whatever the program came to. */
async function finish(vm: VmCore, clock: Clock, code: number): Promise<number> {
  if (vm.exit()) await drive(vm, clock);
  return code;
}

void main().then((exit) => {
  flush();
  // Asking for process.stdin at all costs a short program a tenth of its time.
  if (started && process.stdin.isTTY) process.stdin.setRawMode(false);
  process.exit(exit);
});
