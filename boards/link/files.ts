// Files on a board, over raw REPL snippets so small that a micro:bit V1 with its 10 kB heap can run them.
// Every file system call works from MicroPython 1.9.2 (micro:bit) to today (pyboard). Session lends the REPL.
import type { FileSystemDef } from "../descriptor.ts";
import { concat } from "./inbox.ts";
import { LinkError } from "./transport.ts";

/** Runs one snippet in raw mode and returns what it printed. Session provides it. */
export type RunSnippet = (source: string) => Promise<{ readonly output: string; readonly error: string }>;
/** Calls `work` with the board in raw mode, in a fresh heap, and puts it back afterwards. */
export type WithBoard = <T>(signal: AbortSignal | undefined, work: (run: RunSnippet) => Promise<T>) => Promise<T>;

export interface BoardFile {
  readonly name: string;
  readonly size: number;
}
export interface FileOptions {
  readonly signal?: AbortSignal;
  /** Called with 0..1 as the work goes on. */
  readonly onProgress?: (done: number) => void;
}

// A bytes literal of 64 bytes is at most 256 characters of source: with its parse tree some 600 bytes of heap.
const chunkBytes = 64;

/** The files of the board. Every method stops the running program, and throws LinkError. */
export class Files {
  private readonly withBoard: WithBoard;
  private readonly systemOf: (machine: string) => FileSystemDef;

  /** `systemOf` tells what kind of file system a board has that says this of itself. */
  constructor(withBoard: WithBoard, systemOf: (machine: string) => FileSystemDef) {
    this.withBoard = withBoard;
    this.systemOf = systemOf;
  }

  /** Files of the board's main folder, by name. */
  async list(options: FileOptions = {}): Promise<readonly BoardFile[]> {
    return (await this.look(options)).files;
  }

  /** The same, and how many bytes are still free: as the board says, or on a micro:bit, which does not, as its chunks add up. */
  look(options: FileOptions = {}): Promise<{ readonly files: readonly BoardFile[]; readonly freeBytes: number }> {
    return this.withBoard(options.signal, async (run) => {
      // os.size is the micro:bit's; elsewhere the seventh item of os.stat is the size, and folders have bit 14 of the first.
      const output = await expectOutput(
        run,
        [
          "import os",
          "print(os.uname()[4])",
          "for n in os.listdir():",
          " try:s=os.size(n)",
          " except AttributeError:",
          "  t=os.stat(n)",
          "  s=-1 if t[0]&0x4000 else t[6]",
          " print(s,n)",
        ].join("\n"),
      );
      const [machine, ...lines] = output.split("\n");
      const files = lines
        .filter((line) => line !== "" && !line.startsWith("-1 "))
        .map((line) => {
          const gap = line.indexOf(" ");
          return { name: line.slice(gap + 1), size: Number(line.slice(0, gap)) };
        })
        .sort((a, b) => (a.name < b.name ? -1 : 1));
      const def = this.systemOf(machine!);
      if (def.kind === "flat") return { files, freeBytes: freeOf(def.chunks, files) };
      const free = await expectOutput(run, "t=os.statvfs(os.getcwd())\nprint(t[0]*t[3])");
      return { files, freeBytes: Number(free) };
    });
  }

  read(name: string, options: FileOptions = {}): Promise<Uint8Array> {
    return this.withBoard(options.signal, async (run) => {
      const size = await sizeOf(run, name);
      const bytes = await readBack(run, name, size, (done) => options.onProgress?.(done));
      if (bytes.length !== size) throw new LinkError("file", `${name}: ${size} bytes on the board, ${bytes.length} arrived`);
      return bytes;
    });
  }

  /** Writes, then reads it back: resolves only when the board has exactly these bytes. */
  write(name: string, bytes: Uint8Array, options: FileOptions = {}): Promise<void> {
    const progress = (done: number): void => options.onProgress?.(done);
    return this.withBoard(options.signal, async (run) => {
      progress(0);
      try {
        await expectOutput(run, `f=open(${literal(name)},'wb')`);
        for (let at = 0; at < bytes.length; at += chunkBytes) {
          await expectOutput(run, `f.write(${bytesLiteral(bytes.subarray(at, at + chunkBytes))})`);
          progress((0.7 * Math.min(bytes.length, at + chunkBytes)) / bytes.length);
        }
        await expectOutput(run, "f.close()");
        const back = await readBack(run, name, bytes.length + 1, (done) => progress(0.7 + 0.3 * done));
        if (!sameBytes(back, bytes)) {
          throw new LinkError("file", `${name}: wrote ${bytes.length} bytes, read back ${back.length} that differ`);
        }
      } catch (error) {
        if (!(error instanceof LinkError)) throw error;
        // A micro:bit has neither rename nor room for a second copy: a file is overwritten in place.
        throw new LinkError(error.code, error.message, { cause: error, half: name });
      }
      progress(1);
    });
  }

  remove(name: string, options: FileOptions = {}): Promise<void> {
    return this.withBoard(options.signal, async (run) => {
      await expectOutput(run, `import os\nos.remove(${literal(name)})`);
    });
  }
}

// Chunks of 126 bytes; the first of a file holds its name and two lengths as well.
function freeOf(chunks: number, files: readonly BoardFile[]): number {
  const used = files.reduce((sum, { name, size }) => sum + Math.ceil((2 + name.length + size) / 126), 0);
  return Math.max(0, chunks - used) * 126;
}

async function sizeOf(run: RunSnippet, name: string): Promise<number> {
  const path = literal(name);
  return Number(
    await expectOutput(run, `import os\ntry:print(os.size(${path}))\nexcept AttributeError:print(os.stat(${path})[6])`),
  );
}

async function readBack(run: RunSnippet, name: string, sizeHint: number, progress: (done: number) => void): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let got = 0;
  await expectOutput(run, `f=open(${literal(name)},'rb')`);
  for (;;) {
    const part = await readPart(run);
    if (part.length === 0) break;
    parts.push(part);
    got += part.length;
    progress(Math.min(1, got / Math.max(1, sizeHint)));
  }
  await expectOutput(run, "f.close()");
  return concat(parts);
}

// A line that loses bytes is asked again: the sum tells.
async function readPart(run: RunSnippet): Promise<Uint8Array> {
  let shown = await expectOutput(run, `d=f.read(${chunkBytes})\nprint(sum(d),d)`);
  for (let tries = 0; ; tries++) {
    const match = /^(\d+) (b.*)\n$/s.exec(shown);
    const part = match && parseBytes(match[2]);
    if (part && part.reduce((sum, byte) => sum + byte, 0) === Number(match[1])) return part;
    if (tries === 3) throw new LinkError(part ? "file" : "no-repl", `expected a sum and bytes, got ${shown.slice(0, 60)}`);
    shown = await expectOutput(run, "print(sum(d),d)");
  }
}

async function expectOutput(run: RunSnippet, source: string): Promise<string> {
  const { output, error } = await run(source);
  if (error === "") return output;
  const last = error.trimEnd().split("\n").at(-1) ?? "";
  // 28 is ENOSPC; micro:bit V1 has its own words, and says 9 (EBADF) when a single file fills the store.
  const full = /no more storage space|\[Errno 28\]|OSError: 28|OSError: 9$/.test(last);
  throw new LinkError(full ? "full" : "file", last);
}

function literal(name: string): string {
  return "'" + name.replace(/[\\']/g, "\\$&") + "'";
}

// Printable ASCII as it is, the rest as \xNN: what every MicroPython reads, whatever its UTF-8 support.
function bytesLiteral(bytes: Uint8Array): string {
  let text = "b'";
  for (const byte of bytes) {
    if (byte === 0x27 || byte === 0x5c) text += "\\" + String.fromCharCode(byte);
    else if (byte === 0x0a) text += "\\n";
    else if (byte >= 0x20 && byte < 0x7f) text += String.fromCharCode(byte);
    else text += "\\x" + byte.toString(16).padStart(2, "0");
  }
  return text + "'";
}

const escapes: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, "\\": 92, "'": 39, '"': 34 };

/** The bytes of a printed bytes literal, b'a\n\xff' or b"it's"; null when it is none. */
export function parseBytes(shown: string): Uint8Array | null {
  const match = /^b(['"])(.*)\1$/s.exec(shown);
  if (!match) return null;
  const text = match[2];
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== "\\") bytes.push(text.charCodeAt(i));
    else if (text[++i] === "x") {
      bytes.push(parseInt(text.slice(i + 1, i + 3), 16));
      i += 2;
    } else bytes.push(escapes[text[i]] ?? 63);
  }
  return Uint8Array.from(bytes);
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
