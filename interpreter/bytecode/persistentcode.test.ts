// .mpy files between us and MicroPython, both ways: mpy-cross (1.19, from npm) and the WebAssembly port (1.27) are the judges.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { VfsError } from "../host.ts";
import { createVm, type Vm } from "../index.ts";
import { unixCoverage, type MpConfig } from "../mpconfig.ts";
import { encodeUtf8 } from "../objects/objbytes.ts";
import { PyObj } from "../objects/obj.ts";
import { mpyCross } from "../tests/mpy-cross.ts";
import { programs, type Program } from "../tests/programs.ts";
import { compileSource } from "../vm/source.ts";
import { loadRawCode, saveRawCode } from "./persistentcode.ts";

/** A VM whose disk holds one file, and what it prints. */
function makeVm(config: MpConfig, file = "", content: Uint8Array = new Uint8Array(0)): { vm: Vm; output: () => string } {
  const written: Uint8Array[] = [];
  const vm = createVm(
    {
      clock: { ns: 0, alarm: () => ({ cancel() {} }) },
      stdio: { write: (bytes) => void written.push(bytes.slice()) },
      random32: () => 0,
      vfs: {
        stat(name: string) {
          if (name !== file) throw new VfsError(2);
          return { kind: "file", size: content.length };
        },
        open() {
          let at = 0;
          return { read: (n: number) => content.slice(at, (at += n)), close() {} };
        },
      } as never,
    },
    config,
    [],
  );
  return { vm, output: () => Buffer.concat(written).toString("utf8") };
}

function ourMpy(program: Program, config: MpConfig): Uint8Array {
  makeVm(config);
  return saveRawCode(compileSource(readFileSync(program.file, "utf8"), "prog.py", "file", false), config.smallIntBits);
}

function runOurs(mpy: Uint8Array): string {
  const { vm, output } = makeVm(unixCoverage, "prog.mpy", mpy);
  vm.load("import prog", "<stdin>");
  for (let i = 0; i < 2000; i++) {
    const stop = vm.run(100000);
    if (stop.why === "raised") return output() + stop.error.traceback;
    if (stop.why !== "budget") break;
  }
  return output();
}

async function runTheirs(mpy: Uint8Array): Promise<string> {
  const entry = createRequire(import.meta.url).resolve("@micropython/micropython-webassembly-pyscript/micropython.mjs");
  const { loadMicroPython } = await import(/* @vite-ignore */ pathToFileURL(entry).href);
  const written: Uint8Array[] = [];
  const mp = await loadMicroPython({
    url: `${dirname(entry)}/micropython.wasm`,
    heapsize: 8 << 20,
    linebuffer: false,
    stdout: (bytes: Uint8Array) => void written.push(bytes.slice()),
  });
  mp.FS.writeFile("/prog.mpy", mpy);
  try {
    mp.runPython("import sys\nsys.path.append('/')\nimport prog");
  } catch (caught) {
    written.push(encodeUtf8(String((caught as Error).message)));
  }
  return Buffer.concat(written).toString("utf8");
}

// A traceback names the importing line too, a module has its own __name__, its names come in another order (dir), and this test's
// VM has no files to open.
const isSelfContained = (program: Program): boolean => {
  const expected = readFileSync(program.expected, "utf8");
  return (
    !/Traceback|__main__|"<stdin>"|\.py"/.test(expected) &&
    !/\bdir\(|open\(|__file__|sys\.path/.test(readFileSync(program.file, "utf8"))
  );
};
const all = programs();
const sample = all.filter(isSelfContained).slice(0, 100);
// As mpy-cross.ts compiles: nothing of the library is known to the parser.
const config31: MpConfig = { ...unixCoverage, smallIntBits: 31, romLevel: "core", settrace: false };

describe(".mpy files", () => {
  test("are what mpy-cross writes, byte for byte", async () => {
    const old: MpConfig = { ...config31, release: "1.18", romLevel: "core", tstrings: false };
    const different: string[] = [];
    let compared = 0;
    for (const program of all) {
      const theirs = await mpyCross("prog.py", readFileSync(program.file, "utf8"));
      if (!(theirs instanceof Uint8Array)) continue;
      compared++;
      if (Buffer.compare(theirs, ourMpy(program, old)) !== 0) different.push(program.name);
    }
    expect(compared).toBeGreaterThan(100);
    expect(different.length, different.join(" ")).toBeLessThanOrEqual(compared * 0.05);
  }, 120_000);

  test("of ours run in MicroPython", async () => {
    expect(sample.length).toBe(100);
    for (const program of sample) {
      expect(await runTheirs(ourMpy(program, config31)), program.name).toBe(readFileSync(program.expected, "utf8"));
    }
  }, 240_000);

  test("of mpy-cross run here", async () => {
    for (const program of sample) {
      if (program.name.startsWith("float/")) continue; // that release writes floats with 16 digits
      const theirs = await mpyCross("prog.py", readFileSync(program.file, "utf8"));
      if (theirs instanceof Uint8Array) expect(runOurs(theirs), program.name).toBe(readFileSync(program.expected, "utf8"));
    }
  }, 120_000);

  test("that are damaged are refused or at worst raise", () => {
    let state = 12345;
    const random = (n: number): number => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      return (state >>> 8) % n;
    };
    for (const program of sample) {
      const bytes = ourMpy(program, config31);
      for (let i = 0; i < 4; i++) {
        const damaged = bytes.slice(0, random(8) === 0 ? random(bytes.length) : bytes.length);
        for (let n = 1 + random(3); n > 0; n--) damaged[random(damaged.length)] = random(256);
        runOurs(damaged);
      }
    }
  }, 120_000);

  test.each([
    ["another version", [0x4d, 5, 0, 31], "incompatible .mpy file"],
    ["small ints too wide", [0x4d, 6, 0, 64], "incompatible .mpy file"],
    ["machine code of an older format", [0x4d, 6, 0x1c, 31], "incompatible .mpy file"],
    ["machine code", [0x4d, 6, 0x1f, 31], "incompatible .mpy arch"],
    ["nothing", [], "incompatible .mpy file"],
    ["no code", [0x4d, 6, 0, 31, 1, 0, 2, 97, 0], "incompatible .mpy file"],
  ])("with %s are refused", (_what, bytes, message) => {
    makeVm(unixCoverage);
    let caught: unknown;
    try {
      loadRawCode(Uint8Array.from(bytes));
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(PyObj);
    expect((caught as unknown as { args: unknown[] }).args).toEqual([message]);
  });
});
