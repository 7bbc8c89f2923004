// mpy-cross as a command, after MicroPython's of that name: mpy-cross [-o OUT] [-s NAME] [-O N] [-v] [-march=...] FILE.py writes FILE.mpy.
// Node only; bundled to dist/cli/mpy-cross.mjs. "-" stands for standard input or output.
import fs from "node:fs";
import { saveRawCode } from "./bytecode/persistentcode.ts";
import { showRawCode } from "./bytecode/showbc.ts";
import type { Host } from "./host.ts";
import { unixCoverage, type MpConfig } from "./mpconfig.ts";
import { PyObj } from "./objects/obj.ts";
import { VmCore } from "./vm/core.ts";
import { showNames, tracebackOf } from "./vm/show.ts";
import { compileSource } from "./vm/source.ts";

const help = `usage: mpy-cross [options] FILE.py
  -o FILE      write there, not to FILE.mpy
  -s NAME      the source's name in tracebacks
  -O[N]        optimisation level: 1 drops assertions, 3 drops line numbers
  -v           print the bytecode, too
  -msmall-int-bits=N  bits of the smallest small int it has to run with (31)
  --version    print the version of the format
`;

interface Options {
  input: string | null;
  output: string | null;
  name: string | null;
  optLevel: number;
  isVerbose: boolean;
  smallIntBits: number;
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function parseOptions(argv: readonly string[]): Options {
  const options: Options = { input: null, output: null, name: null, optLevel: 0, isVerbose: false, smallIntBits: 31 };
  for (let i = 0; i < argv.length; i++) {
    const arg = argv[i]!;
    const value = (): string => argv[++i] ?? fail(`${arg} needs a value`);
    if (arg === "-o") options.output = value();
    else if (arg === "-s") options.name = value();
    else if (arg === "-v") options.isVerbose = true;
    else if (/^-O\d$/.test(arg)) options.optLevel = Number(arg[2]);
    else if (arg === "-O") options.optLevel = /^\d$/.test(argv[i + 1] ?? "") ? Number(argv[++i]) : options.optLevel + 1;
    else if (/^-OO+$/.test(arg)) options.optLevel += arg.length - 1;
    else if (/^-msmall-int-bits=\d+$/.test(arg)) options.smallIntBits = Number(arg.split("=")[1]);
    else if (arg === "-march=none" || arg === "--") continue;
    else if (arg.startsWith("-march=")) fail(`${arg}: only bytecode is made here`);
    else if (arg === "--version") {
      process.stdout.write(`MicroPython ${unixCoverage.version}; mpy-cross emitting mpy v6.3\n`);
      process.exit(0);
    } else if (arg === "-h" || arg === "--help") {
      process.stdout.write(help);
      process.exit(0);
    } else if (arg.startsWith("-") && arg !== "-") fail(`unknown option ${arg}\n${help}`);
    else if (options.input !== null) fail("only one file at a time");
    else options.input = arg;
  }
  return options;
}

const host: Host = {
  clock: { ns: 0, alarm: () => ({ cancel() {} }) },
  stdio: { write: (bytes) => void process.stdout.write(bytes) },
  vfs: null as never, // nothing is imported here
  random32: () => 0,
};

function main(): number {
  const options = parseOptions(process.argv.slice(2));
  const { input } = options;
  if (input === null) fail(help);
  const config: MpConfig = { ...unixCoverage, smallIntBits: options.smallIntBits, romLevel: "core", settrace: false };
  const vm = new VmCore(host, config, []);
  vm.setOptLevel(options.optLevel);
  let source: string;
  try {
    source = fs.readFileSync(input === "-" ? 0 : input, "utf8");
  } catch (caught) {
    fail(`can't open file '${input}', [Errno ${Math.abs((caught as { errno?: number }).errno ?? 5)}]`);
  }
  const output = options.output ?? (input === "-" ? "-" : `${input.replace(/\.py$/, "")}.mpy`);
  try {
    const name = options.name ?? (input === "-" ? "stdin" : input);
    const compiled = compileSource(source, name, "file", false);
    if (options.isVerbose) process.stdout.write(showRawCode(compiled.rc, compiled.context, showNames));
    const bytes = saveRawCode(compiled, options.smallIntBits);
    fs.writeFileSync(output === "-" ? 1 : output, bytes);
    return 0;
  } catch (caught) {
    if (!(caught instanceof PyObj)) throw caught;
    process.stderr.write(tracebackOf(caught));
    return 1;
  }
}

process.exitCode = main();
