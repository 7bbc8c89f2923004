// One interpreter, many firmwares: what MicroPython decides in mpconfig.h and mpconfigport.h, as one record.
// A door: every board gives its own (boards/<board>/mpconfigport.ts); the command line uses `unixCoverage`.

/** How a release words things, and which language it takes. */
export type MpRelease = "1.9.2" | "1.18" | "1.28";

export interface MpConfig {
  readonly release: MpRelease;
  /** double: 64 bit. single: 32 bit. single30: 32 bit stored in 30 (object representation C, micro:bit V1). */
  readonly floatImpl: "double" | "single" | "single30" | "none";
  /** Significant digits of a float's repr. */
  readonly floatDigits: number;
  /** Bits of a small int including its sign: 31 on 32-bit boards, 63 on unix. */
  readonly smallIntBits: number;
  /** Bytes of a qstr's hash; decides the order of dict and set. */
  readonly qstrHashBytes: 1 | 2;
  readonly fstrings: boolean;
  readonly asyncAwait: boolean;
  readonly assignExpr: boolean;
  readonly numericUnderscore: boolean;
  readonly annotations: boolean;
  /** repr() of a str shows characters beyond ASCII as they are (from 1.29 on), rather than as escapes. */
  readonly showsUnicode?: boolean;
  /** t"...": only the largest builds of release 1.28. */
  readonly tstrings?: boolean;
  /** @micropython.native and viper. */
  readonly emitsNative?: boolean;
  /** The firmware has @micropython.asm_thumb, which is not simulated. */
  readonly hasInlineAssembler?: boolean;
  /** sys.settrace. */
  readonly settrace?: boolean;
  /** _thread: Python threads. */
  readonly thread?: boolean;
  /** Slices with a step other than 1, reversed(), str methods and other parts left out of small builds. */
  readonly everything: boolean;
  /** MICROPY_CONFIG_ROM_LEVEL: how much of the library is compiled in. The pyboard has "extra", the unix port "everything". */
  readonly romLevel: "core" | "extra" | "everything";
  /** MICROPY_ERROR_REPORTING: detailed names the function and the value, as the unix port does; boards are normal. */
  readonly errorDetail: "normal" | "detailed";
  /** Bytes of C stack that Python may use, and what one nested Python call takes of it. */
  readonly stackLimit: number;
  readonly stackPerCall: number;
  /** Bytes of garbage-collected heap; Infinity where there is no limit. */
  readonly heapSize: number;
  /** Bytes for each token of a module that its parse tree keeps while the module runs: the compiler of the smallest heaps leaves it. */
  readonly parseTreePerToken?: number;
  /** Bytes of heap that the compiler needs for each function, class and comprehension until it is done with the whole text. */
  readonly compilePerScope?: number;
  /** How much of it is taken at an empty prompt, before anything has run. */
  readonly heapAtBoot: number;
  /** "MicroPython v1.9.2-34-gd64154c73 on 2017-09-01; micro:bit v1.1.1 with nRF51822" */
  readonly banner: string;
  readonly version: string;
  readonly platform: string;
  readonly sysVersion: string;
  readonly implementationVersion: readonly [number, number, number];
  /** sys.implementation._build, the name that the firmware is built under, where there is one. */
  readonly build?: string;
  /** sys.implementation._mpy: version and features of the .mpy files it takes, and the architecture of native code in them. */
  readonly mpy?: number;
  /** What Ctrl-D prints: "soft reboot" or "MPY: soft reboot", and on a pyboard "MPY: sync filesystems" before it. */
  readonly softReboot: readonly string[];
  readonly rawPaste: boolean;
  /** The REPL moves by words: ESC b, ESC f, Ctrl-W (MICROPY_REPL_EMACS_WORDS_MOVE). */
  readonly replWords?: boolean;
  readonly help: string;
  /** File name in tracebacks of main.py: "__main__" on micro:bit V1. */
  readonly mainName: string;
  /** Where the host's files are mounted when the VM starts, and as which file system; absent: the board has no mounting. */
  readonly hostMount?: { readonly point: string; readonly type: "VfsPosix" | "VfsFat" };
  /** The modes that open() takes. */
  readonly fileModes: RegExp;
  /**
   * Which modules of the library the firmware has, beside the board's own, under the names it has them by ("utime" is found as
   * time as well); absent: all of them.
   */
  readonly modules?: readonly string[];
  /** What a module or a built-in type has, by its name, where that is less than all: names in the order of the firmware's table. */
  readonly moduleMembers?: Readonly<Record<string, string>>;
  readonly typeMembers?: Readonly<Record<string, string>>;
  /** Built-in names that the firmware leaves out. */
  readonly absentBuiltins?: readonly string[];
  /** Where import looks, in order. */
  readonly path: readonly string[];
}

/** The unix port's coverage variant: every feature on, doubles. What the command line runs. */
export const unixCoverage: MpConfig = {
  release: "1.28",
  floatImpl: "double",
  floatDigits: 16,
  smallIntBits: 63,
  qstrHashBytes: 2,
  fstrings: true,
  asyncAwait: true,
  assignExpr: true,
  numericUnderscore: true,
  annotations: true,
  showsUnicode: true,
  tstrings: true,
  emitsNative: true,
  settrace: true,
  thread: true,
  everything: true,
  romLevel: "everything",
  errorDetail: "detailed",
  stackLimit: 40000 * 8,
  stackPerCall: 400,
  // The unix port's default is 2 MiB, with -X heapsize=. A walk costs us more than its collector, so ours is larger.
  heapSize: 64 << 20,
  heapAtBoot: 4096,
  banner: "MicroPython v1.28.0 on 2026-01-01; linux [Blinkyard] version",
  version: "v1.28.0",
  platform: "linux",
  sysVersion: "3.4.0; MicroPython v1.28.0 on 2026-01-01",
  implementationVersion: [1, 28, 0],
  softReboot: [],
  rawPaste: true,
  replWords: true,
  help: "",
  mainName: "__main__",
  hostMount: { point: "/", type: "VfsPosix" },
  fileModes: /(?:)/,
  path: ["", ".frozen"],
};
