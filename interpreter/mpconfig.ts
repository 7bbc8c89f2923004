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
  /** Slices with a step other than 1, reversed(), str methods and other parts left out of small builds. */
  readonly everything: boolean;
  /** Bytes of C stack that Python may use, and what one nested Python call takes of it. */
  readonly stackLimit: number;
  readonly stackPerCall: number;
  /** Bytes of garbage-collected heap; Infinity where there is no limit. */
  readonly heapSize: number;
  /** "MicroPython v1.9.2-34-gd64154c73 on 2017-09-01; micro:bit v1.1.1 with nRF51822" */
  readonly banner: string;
  readonly version: string;
  readonly platform: string;
  readonly sysVersion: string;
  readonly implementationVersion: readonly [number, number, number];
  /** What Ctrl-D prints: "soft reboot" or "MPY: soft reboot", and on a pyboard "MPY: sync filesystems" before it. */
  readonly softReboot: readonly string[];
  readonly rawPaste: boolean;
  readonly help: string;
  /** File name in tracebacks of main.py: "__main__" on micro:bit V1. */
  readonly mainName: string;
  /** Where import looks, in order. */
  readonly path: readonly string[];
}
