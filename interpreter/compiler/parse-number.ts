// Numbers as py/parsenum.c reads them from a token: what is no number is a SyntaxError with a text of its own.

import { INTEGER, isOldRelease, type Lexer } from "./lexer.ts";
import { PySyntaxError, type Float, type Imag, type Int } from "./tree.ts";

const DECIMAL = /^\d+$/;
const REAL = /^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/;
const IMAGINARY = /^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d*)?$/;

/** The number that the lexer stands at. */
export function parseNumber(lexer: Lexer): Int | Float | Imag {
  const span = { start: lexer.start, end: lexer.end, line: lexer.line };
  if (lexer.kind === INTEGER) return { kind: "int", value: integer(lexer, isOldRelease(lexer.features)), ...span };
  const last = lexer.text.charCodeAt(lexer.text.length - 1) | 32;
  const isImag = last === 106;
  const text = isImag ? lexer.text.slice(0, -1) : lexer.text;
  // py/parsenum.c misses the digits of an exponent only at the very end of the text: 1e+j is 1j.
  if (!(isImag ? IMAGINARY : REAL).test(text)) throw fault(lexer, "invalid syntax for number");
  const value = (lexer.features.floatOfText ?? Number)(/\d$|\.$/.test(text) ? text : text + "0");
  return { kind: isImag ? "imag" : "float", value, ...span };
}

// Up to 1.18 a number may begin with zeros.
function integer(lexer: Lexer, isOld: boolean): number | bigint {
  const { text } = lexer;
  let base = 10;
  let isRight = DECIMAL.test(text);
  const second = text.charCodeAt(1) | 32;
  if (text.length > 1 && text.charCodeAt(0) === 48) {
    base = second === 120 ? 16 : second === 111 ? 8 : second === 98 ? 2 : 0;
    if (base === 0 && isOld && /^\d+$/.test(text)) return integerOf(text.replace(/^0+(?=.)/, ""));
    // Only zeros may begin with 0.
    const digits = base === 16 ? /^0x[0-9a-f]+$/i : base === 8 ? /^0o[0-7]+$/i : base === 2 ? /^0b[01]+$/i : /^0+$/;
    isRight = digits.test(text);
  }
  if (!isRight) {
    const digits = base === 0 || base === 10 ? text : text.slice(2);
    throw fault(lexer, `invalid syntax for integer with base ${base}`, `: '${digits}'`);
  }
  return integerOf(text);
}

function integerOf(text: string): number | bigint {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : BigInt(text);
}

function fault(lexer: Lexer, message: string, detail = ""): PySyntaxError {
  return new PySyntaxError("SyntaxError", message, lexer.line, lexer.start, detail);
}
