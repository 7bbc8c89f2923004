// What the second fuzzer throws at the interpreter: bytes that are hardly ever a program. By seed: text for the lexer, .mpy files that
// are damaged, and what somebody's cat types at the REPL.
import { Rng } from "./prng.ts";
import { program } from "./program.ts";

export type Input =
  | { readonly kind: "text"; readonly bytes: Uint8Array }
  /** A program whose .mpy is to be damaged by `damage`. */
  | { readonly kind: "mpy"; readonly source: string; readonly damage: (mpy: Uint8Array) => Uint8Array }
  | { readonly kind: "repl"; readonly bytes: Uint8Array };

const TOKENS =
  "( ) [ ] { } , : ; . ... -> := = == != < > <= >= << >> <<= ** **= // //= @ @= + - * / % & | ^ ~ ' \" ''' \"\"\" \\ # $ ? ! ` \n \n\t \n  \r \f \t " +
  "def class if elif else for while try except finally with as return yield await async lambda import from global nonlocal del pass " +
  "break continue raise assert in is not and or None True False self __debug__ print x y _ 0 1 9 0x 0b 1e 1j 1_ 9999999999999999999 0777 " +
  "b' r' f' f'{ t' }} {{ :> !r \\x \\u1 \\N{a} \\777 é 日 \u{1f600} \ufeff @micropython.viper @micropython.native @micropython.asm_thumb ptr8 int";
const tokens = TOKENS.split(" ");

const encoder = new TextEncoder();
const randomBytes = (rng: Rng, n: number): number[] => rng.times(n, () => rng.below(256));
const soup = (rng: Rng, n: number): string => rng.times(n, () => rng.pick(tokens)).join(rng.pick(["", " ", " ", "\n"]));

/** A few bytes changed, left out, doubled or put in from elsewhere. */
function damaged(rng: Rng, whole: Uint8Array): Uint8Array {
  let bytes = [...whole];
  for (let n = rng.between(1, 4); n > 0; n--) {
    const at = rng.below(bytes.length + 1);
    const length = rng.between(1, rng.pick([1, 2, 8, 40]));
    switch (rng.below(7)) {
      case 0:
        bytes = bytes.slice(0, at);
        break;
      case 1:
        bytes.splice(at, length);
        break;
      case 2:
        bytes.splice(at, 0, ...randomBytes(rng, length));
        break;
      case 3:
        bytes.splice(at, 0, ...bytes.slice(rng.below(bytes.length + 1)).slice(0, length));
        break;
      case 4:
        if (at < bytes.length) bytes[at] = rng.pick([0, 0x7f, 0x80, 0xff, 0x40, 1]);
        break;
      case 5:
        if (at < bytes.length) bytes[at] = bytes[at]! ^ (1 << rng.below(8));
        break;
      default:
        if (at < bytes.length) bytes[at] = rng.below(256);
    }
  }
  return Uint8Array.from(bytes);
}

function nested(rng: Rng): string {
  const n = rng.pick([10, 100, 1000, 20000]);
  const [open, close] = rng.pick([["(", ")"], ["[", "]"], ["{", "}"], ["-", ""], ["not ", ""], ["lambda:", ""], ["f(", ")"], ["x.", ""], ["a[", "]"], ["1+", ""], ["f'{", "}'"], ["if 1:\n ", ""]] as const); // prettier-ignore
  return open.repeat(n) + "1" + close.repeat(rng.chance(0.8) ? n : rng.below(n));
}

function text(rng: Rng, seed: number): Uint8Array {
  switch (rng.below(5)) {
    case 0:
      return Uint8Array.from(randomBytes(rng, rng.below(200)));
    case 1:
      return encoder.encode(soup(rng, rng.between(1, 60)));
    case 2:
      return encoder.encode(rng.chance(0.2) ? nested(rng) : `x = ${rng.pick(["10**10**8", "1<<10**9", "'a'*10**10", "[0]*10**9", "b''.join([b'x'*9**7]*9**7)", "range(10**30)", "bytearray(10**12)", "int('9'*10**6)", "str(7**10**6)"])}\n${soup(rng, 3)}`); // prettier-ignore
    default:
      return damaged(rng, encoder.encode(program(seed)));
  }
}

/** Keys, escape sequences, halves of characters, the modes of the REPL and what is sent in them. */
function keys(rng: Rng, seed: number): Uint8Array {
  const out: number[] = [];
  const say = (part: string): void => void out.push(...encoder.encode(part));
  for (let n = rng.between(1, 12); n > 0; n--) {
    switch (rng.below(9)) {
      case 0:
        out.push(rng.below(32));
        break;
      case 1:
        say(
          `\x1b${rng.pick(["[A", "[B", "[C", "[D", "[H", "[F", "[3~", "[1~", "[4~", "OH", "b", "f", "d", "[", "O", "[9", "\x7f", "\x1b"])}`,
        );
        break;
      case 2:
        out.push(...randomBytes(rng, rng.below(20)));
        break;
      case 3:
        say(`${soup(rng, rng.below(8))}${rng.pick(["\r", "\n", "\r\n", "\t", ""])}`);
        break;
      case 4:
        say(`\x01${soup(rng, rng.below(8))}\x04`);
        break;
      case 5: {
        // Raw paste: what the window allows and what it does not.
        const size = rng.pick([0, 1, 10, 128, 300]);
        say(`\x05A\x01${"x=1\n".repeat(Math.ceil(size / 4)).slice(0, size)}${rng.pick(["\x04", "\x03", ""])}`);
        break;
      }
      case 6:
        say(`\x05${program(seed).slice(0, 300)}${rng.pick(["\x04", "\x03", ""])}`);
        break;
      case 7:
        say(`${rng.pick(["import ", "sys.", "_", "x", "pri", "a.b.c.", "().", "os.VfsP"])}\t`);
        break;
      default:
        say(
          `${rng.pick(["print(1)", "x = 5", "for i in range(3):", "  print(i)", "def f():", "if 1:", "'''", "input()", "while 1: pass", "raise 5", "help()"])}\r`,
        );
    }
  }
  return Uint8Array.from(out);
}

/** The input of a seed. */
export function input(seed: number): Input {
  const rng = new Rng(seed * 2 + 1);
  switch (rng.below(3)) {
    case 0:
      return { kind: "text", bytes: text(rng, seed) };
    case 1:
      return {
        kind: "mpy",
        source: program(seed),
        damage: (mpy) => (rng.chance(0.05) ? Uint8Array.from([0x4d, 6, 0, 31, ...randomBytes(rng, 60)]) : damaged(rng, mpy)),
      };
    default:
      return { kind: "repl", bytes: keys(rng, seed) };
  }
}
