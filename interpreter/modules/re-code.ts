// Regular expressions as MicroPython has them (lib/re1.5): a pattern becomes a small bytecode with 8-bit jumps, which a
// backtracking matcher runs over bytes. The jump width is what limits patterns, so it is kept. Nothing here knows Python
// but for the exceptions; modre.ts is the module.
import { mp } from "../objects/mpstate.ts";
import { raiseValueError } from "../objects/objexcept.ts";
import type { Gen } from "../objects/obj.ts";
import { raiseRecursion } from "../vm/stackctrl.ts";

// Instructions. Those below BOL eat a byte and fail at the end of the subject.
const CHAR = 2; // byte
const ANY = 3;
const CLASS = 4; // count, then pairs low, high; or 0, name of a named class
const CLASS_NOT = 5;
const NAMED_CLASS = 6; // d D s S w W
const BOL = 0x50;
const EOL = 0x51;
const JMP = 0x60; // signed offset from the next instruction, as the two below
const SPLIT = 0x61; // first goes on, then jumps
const RSPLIT = 0x62; // first jumps, then goes on
const SAVE = 0x7e; // number of the capture's end
const MATCH = 0x7f;

/** Where matching begins when the match may be anywhere; the five instructions before ANCHORED skip bytes one by one. */
const SEARCH = 0;
const ANCHORED = 5;

export interface RegCode {
  readonly code: Uint8Array;
  readonly instructions: number;
  /** Number of capturing groups. */
  readonly groups: number;
}

// What one level of nesting costs in C: of the compiler, and of the matcher.
const COMPILE_FRAME = { wide: 128, narrow: 72 };
const MATCH_FRAME = { wide: 96, narrow: 56 };

function levels(frame: { readonly wide: number; readonly narrow: number }): number {
  const { smallIntBits } = mp.config;
  return Math.max(1, Math.floor((mp.stackLimit - mp.stackUse()) / (smallIntBits > 31 ? frame.wide : frame.narrow)));
}

const tooComplex = (): never => raiseValueError("regex too complex");

/** One "(...)" being compiled, and the whole pattern around them. */
interface Level {
  readonly start: number;
  /** Number of the group, 0 if it captures nothing. */
  readonly group: number;
  term: number;
  /** The offset byte of the jump over the last alternative; -1: none yet. */
  jump: number;
}

const c = (char: string): number => char.charCodeAt(0);
const isNamedClass = (byte: number): boolean => "dswDSW".includes(String.fromCharCode(byte));

/** Compiles a pattern up to its first NUL. Raises ValueError, and RuntimeError when it nests too deeply. */
export function compileRegex(pattern: Uint8Array): RegCode {
  const end = pattern.indexOf(0);
  const re = end < 0 ? pattern : pattern.subarray(0, end);
  const code: number[] = [RSPLIT, 3, ANY, JMP, 256 - 5, SAVE, 0];
  let instructions = 4;
  let groups = 0;
  // A jump or a number that needs more than a byte. The pattern is read to its end all the same.
  let tooBig = false;
  const emitByte = (at: number, value: number): void => {
    if (value < -128 || value > 127) tooBig = true;
    code[at] = value & 0xff;
  };
  const emitJump = (at: number, op: number, to: number): void => {
    code[at] = op;
    emitByte(at + 1, to - at - 2);
  };
  const insert = (at: number): void => {
    // Once too big, what the code says no longer matters, and moving it would only take time.
    if (tooBig) code.push(0, 0);
    else code.splice(at, 0, 0, 0);
  };
  const deepest = levels(COMPILE_FRAME);
  const outer: Level[] = [];
  let level: Level = { start: code.length, group: 0, term: code.length, jump: -1 };
  const closeAlternatives = (): void => {
    if (level.jump >= 0) emitByte(level.jump, code.length - level.jump - 1);
  };
  let i = 0;
  // The split for a repetition: tries the term first, or, with "?" after it, last.
  const split = (eager: number, lazy: number): number => {
    if (code.length === level.term) tooComplex();
    if (re[i + 1] !== c("?")) return eager;
    i++;
    return lazy;
  };
  for (; i < re.length; i++) {
    const byte = re[i]!;
    switch (byte) {
      case c("."):
        level.term = code.length;
        code.push(ANY);
        instructions++;
        break;
      case c("["): {
        level.term = code.length;
        const isNot = re[i + 1] === c("^");
        code.push(isNot ? CLASS_NOT : CLASS, 0);
        instructions++;
        i += isNot ? 2 : 1;
        let pairs = 0;
        for (; re[i] !== c("]"); i++, pairs++) {
          let low = re[i];
          if (low === c("\\")) {
            low = re[++i];
            if (low !== undefined && isNamedClass(low)) {
              code.push(0, low);
              continue;
            }
          }
          if (low === undefined) tooComplex();
          if (re[i + 1] === c("-") && re[i + 2] !== c("]")) i += 2;
          if (re[i] === undefined) tooComplex();
          code.push(low!, re[i]!);
        }
        emitByte(level.term + 1, pairs);
        break;
      }
      case c("("): {
        const captures = re[i + 1] !== c("?") || re[i + 2] !== c(":");
        const term = code.length;
        level.term = term;
        if (captures) {
          groups++;
          code.push(SAVE, 0);
          emitByte(term + 1, 2 * groups);
          instructions++;
        } else i += 2;
        outer.push(level);
        if (outer.length > deepest) raiseRecursion();
        level = { start: code.length, group: captures ? groups : 0, term: code.length, jump: -1 };
        break;
      }
      case c(")"): {
        const up = outer.pop();
        // One too many: found when the code has been made and the pattern goes on.
        if (up === undefined) return tooBig ? tooComplex() : raiseValueError("error in regex");
        closeAlternatives();
        if (level.group > 0) {
          code.push(SAVE, 0);
          emitByte(code.length - 1, 2 * level.group + 1);
          instructions++;
        }
        level = up;
        break;
      }
      case c("?"):
      case c("*"): {
        const op = split(SPLIT, RSPLIT);
        insert(level.term);
        if (byte === c("*")) emitJump(code.length, JMP, level.term);
        emitJump(level.term, op, code.length);
        instructions += byte === c("*") ? 2 : 1;
        level.term = code.length;
        break;
      }
      case c("+"):
        emitJump(code.length, split(RSPLIT, SPLIT), level.term);
        instructions++;
        level.term = code.length;
        break;
      case c("|"):
        closeAlternatives();
        insert(level.start);
        code.push(JMP, 0);
        level.jump = code.length - 1;
        emitJump(level.start, SPLIT, code.length);
        instructions += 2;
        level.term = code.length;
        break;
      case c("^"):
      case c("$"):
        code.push(byte === c("^") ? BOL : EOL);
        instructions++;
        level.term = code.length;
        break;
      case c("\\"): {
        const escaped = re[++i];
        if (escaped === undefined) tooComplex();
        level.term = code.length;
        code.push(isNamedClass(escaped!) ? NAMED_CLASS : CHAR, escaped!);
        instructions++;
        break;
      }
      default:
        level.term = code.length;
        code.push(CHAR, byte);
        instructions++;
    }
  }
  if (outer.length > 0) tooComplex();
  closeAlternatives();
  if (tooBig) tooComplex();
  code.push(SAVE, 1, MATCH);
  return { code: Uint8Array.from(code), instructions: instructions + 2, groups };
}

/** The code as re.DEBUG prints it. */
export function dumpRegex({ code, instructions }: RegCode): string {
  let out = "";
  const hex = (byte: number): string => `0x${byte.toString(16).padStart(2, "0")}`;
  for (let pc = 0; pc < code.length;) {
    out += `${String(pc).padStart(2)}: `;
    const op = code[pc++]!;
    switch (op) {
      case SPLIT:
      case RSPLIT:
      case JMP: {
        const offset = (code[pc++]! << 24) >> 24;
        out += `${op === JMP ? "jmp" : op === SPLIT ? "split" : "rsplit"} ${pc + offset} (${offset})\n`;
        break;
      }
      case CHAR:
        out += `char ${String.fromCharCode(code[pc++]!)}\n`;
        break;
      case ANY:
        out += "any\n";
        break;
      case CLASS:
      case CLASS_NOT: {
        const pairs = code[pc++]!;
        out += `class${op === CLASS ? "" : "not"} ${pairs}`;
        for (let k = 0; k < pairs; k++, pc += 2)
          out += code[pc] === 0 ? ` \\${String.fromCharCode(code[pc + 1]!)}` : ` ${hex(code[pc]!)}-${hex(code[pc + 1]!)}`;
        out += "\n";
        break;
      }
      case NAMED_CLASS:
        out += `namedclass ${String.fromCharCode(code[pc++]!)}\n`;
        break;
      case MATCH:
        out += "match\n";
        break;
      case SAVE:
        out += `save ${code[pc++]!}\n`;
        break;
      default:
        out += `assert ${op === BOL ? "bol" : "eol"}\n`;
    }
  }
  return `${out}Bytes: ${code.length}, insts: ${instructions}\n`;
}

function inNamedClass(name: number, byte: number): boolean {
  const isUpper = (name & 0x20) === 0;
  switch (name | 0x20) {
    case c("d"):
      return (byte >= 0x30 && byte <= 0x39) !== isUpper;
    case c("s"):
      return (byte === 0x20 || (byte >= 9 && byte <= 13)) !== isUpper;
    default:
      return (
        ((byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a) || byte === 0x5f) !==
        isUpper
      );
  }
}

function inClass(code: Uint8Array, pc: number, byte: number): boolean {
  const pairs = code[pc]!;
  for (let k = 0, at = pc + 1; k < pairs; k++, at += 2) {
    if (code[at] === 0 ? inNamedClass(code[at + 1]!, byte) : byte >= code[at]! && byte <= code[at + 1]!) return true;
  }
  return false;
}

/** What the matcher sees: it starts at `begin`, "^" matches at 0, nothing reaches beyond `end`. */
export interface Subject {
  readonly bytes: Uint8Array;
  readonly begin: number;
  readonly end: number;
}

const STEPS_PER_TICK = 4096;

/**
 * Runs the code over a subject. Gives the captures' begins and ends (-1: group not taken part in), or null.
 * What may still be tried is on a stack of its own: (where to go on, position), or (-1 - capture, its former value) to be put
 * back on the way. Raises RuntimeError where the C recursion would have used up the stack.
 */
export function* matchRegex({ code, groups }: RegCode, subject: Subject, isAnchored: boolean): Gen<Int32Array | null> {
  const { bytes, end } = subject;
  const caps = new Int32Array(2 * (groups + 1)).fill(-1);
  const deepest = 2 * levels(MATCH_FRAME);
  const stack: number[] = [];
  let pc = isAnchored ? ANCHORED : SEARCH;
  let at = subject.begin;
  for (let steps = 1; ; steps++) {
    if (steps % STEPS_PER_TICK === 0) yield { wait: "tick" };
    const op = code[pc++]!;
    let fails = op < BOL && at >= end;
    if (!fails) {
      switch (op) {
        case CHAR:
          fails = bytes[at++] !== code[pc++];
          break;
        case ANY:
          at++;
          break;
        case CLASS:
        case CLASS_NOT:
          fails = inClass(code, pc, bytes[at++]!) !== (op === CLASS);
          pc += 2 * code[pc]! + 1;
          break;
        case NAMED_CLASS:
          fails = !inNamedClass(code[pc++]!, bytes[at++]!);
          break;
        case MATCH:
          return caps;
        case JMP:
          pc += 1 + ((code[pc]! << 24) >> 24);
          break;
        case SPLIT:
        case RSPLIT: {
          if (stack.length >= deepest) raiseRecursion();
          const next = pc + 1;
          const target = next + ((code[pc]! << 24) >> 24);
          stack.push(op === SPLIT ? target : next, at);
          pc = op === SPLIT ? next : target;
          break;
        }
        case SAVE: {
          if (stack.length >= deepest) raiseRecursion();
          const cap = code[pc++]!;
          stack.push(-1 - cap, caps[cap]!);
          caps[cap] = at;
          break;
        }
        case BOL:
          fails = at !== 0;
          break;
        default:
          fails = at !== end;
      }
    }
    while (fails) {
      if (stack.length === 0) return null;
      at = stack.pop()!;
      pc = stack.pop()!;
      if (pc >= 0) fails = false;
      else caps[-1 - pc] = at;
    }
  }
}
