// String, bytes, f-string and t-string literals, joined when they stand side by side (py/lexer.c, parse_string_literal).
// The fields of an f-string are only found here, by MicroPython's own rule (brackets are counted, quotes are not); the parser
// reads each of them later with a lexer of its own. So f"{a["b"]}" works and f"{'}'}" does not, as on the board.

import { PySyntaxError } from "./tree.ts";
import { BYTES, INVALID, isNewline, MALFORMED_FSTRING, STRING, type Kind, type Lexer } from "./lexer.ts";

/** A replacement field: where its expression stands, and where its "{" is in the text given to str.format. */
export interface FieldRange {
  readonly start: number;
  readonly end: number;
  /** The text of "x=" in f"{x=}", or null. */
  readonly debug: string | null;
  readonly at: number;
}

const RAW = 1;
const IS_BYTES = 2;
const FSTRING = 4;
const TSTRING = 8;
// The length of the prefix is in the upper bits.
const ONE = 16;
const TWO = 32;

/** Flags of the literal that begins at `index`, or -1 when none does. Prefixes are lower-case only. */
export function stringPrefix(lexer: Lexer, index: number): number {
  const c = lexer.at(index);
  if (c === 39 || c === 34) return 0;
  if (c !== 114 && c !== 117 && c !== 98 && c !== 102 && c !== 116) return -1;
  const d = lexer.at(index + 1);
  const { fstrings, tstrings } = lexer.features;
  const single =
    c === 114
      ? RAW
      : c === 98
        ? IS_BYTES
        : c === 117
          ? 0
          : c === 102 && fstrings
            ? FSTRING
            : c === 116 && tstrings
              ? TSTRING
              : -1;
  if (d === 39 || d === 34) return single < 0 ? -1 : single | ONE;
  const e = lexer.at(index + 2);
  if (e !== 39 && e !== 34) return -1;
  const other = c === 114 ? d : d === 114 ? c : -1;
  if (other === 98) return RAW | IS_BYTES | TWO;
  if (other === 102 && fstrings) return RAW | FSTRING | TWO;
  if (other === 116 && tstrings) return RAW | TSTRING | TWO;
  return -1;
}

/** The token at `pos`, which `stringPrefix` said is a string: one literal or several. */
export function lexString(lexer: Lexer): void {
  const out: Literal = { lexer, kind: "", text: "", bytes: [], fields: null };
  let flags = stringPrefix(lexer, lexer.pos);
  do {
    const kind: Kind = (flags & IS_BYTES) !== 0 ? BYTES : STRING;
    if (out.kind === "") out.kind = kind;
    else if (out.kind !== kind) break; // the parser then meets a second string
    // A t-string stands alone.
    if (lexer.end > lexer.start && (lexer.isTemplate || (flags & TSTRING) !== 0)) out.kind = INVALID;
    if ((flags & TSTRING) !== 0) lexer.isTemplate = true;
    lexer.pos += flags >> 4;
    literal(out, flags);
    lexer.end = lexer.pos;
    lexer.skip(true);
    flags = stringPrefix(lexer, lexer.pos);
  } while (flags >= 0);
  lexer.kind = out.kind;
  lexer.text = out.text;
  lexer.fields = out.fields;
  if (out.kind === BYTES) lexer.bytes = Uint8Array.from(out.bytes);
}

interface Literal {
  readonly lexer: Lexer;
  kind: Kind;
  text: string;
  bytes: number[];
  fields: FieldRange[] | null;
}

function literal(out: Literal, flags: number): void {
  const { lexer } = out;
  const { source, limit } = lexer;
  const isRaw = (flags & RAW) !== 0;
  const isFormat = (flags & (FSTRING | TSTRING)) !== 0;
  const isBytes = (flags & IS_BYTES) !== 0;
  if (isFormat) out.fields ??= [];
  const quote = lexer.at(lexer.pos++);
  const isTriple = lexer.at(lexer.pos) === quote && lexer.at(lexer.pos + 1) === quote;
  if (isTriple) lexer.pos += 2;
  const depth = { value: 0 };
  for (;;) {
    // A run of ordinary characters at once.
    const from = lexer.pos;
    let i = from;
    for (; i < limit; i++) {
      const c = source.charCodeAt(i);
      if (c === quote || c === 92 || isNewline(c) || (isFormat && (c === 123 || c === 125))) break;
    }
    if (i > from) {
      if (isBytes) pushUtf8(out.bytes, source, from, i);
      else out.text += source.slice(from, i);
      lexer.pos = i;
    }
    if (i >= limit) break;
    const c = source.charCodeAt(i);
    if (c === quote) {
      if (!isTriple) {
        lexer.pos++;
        if (depth.value > 0) out.kind = MALFORMED_FSTRING;
        return;
      }
      if (source.charCodeAt(i + 1) === quote && source.charCodeAt(i + 2) === quote && i + 2 < limit) {
        lexer.pos += 3;
        if (depth.value > 0) out.kind = MALFORMED_FSTRING;
        return;
      }
      add(out, c, isBytes);
      lexer.pos++;
    } else if (isNewline(c)) {
      if (!isTriple) break;
      add(out, 10, isBytes);
      lexer.passNewline();
    } else if (c === 92) {
      lexer.pos++;
      if (isRaw && (flags & TSTRING) !== 0) out.text += "\\";
      else backslash(out, isRaw, isBytes);
    } else if (c === 123) {
      openField(out, (flags & TSTRING) !== 0, depth);
    } else {
      closeBrace(out, (flags & TSTRING) !== 0, depth);
    }
  }
  // No closing quote before the end of line or text.
  out.kind = depth.value > 0 ? MALFORMED_FSTRING : INVALID;
}

function add(out: Literal, c: number, isBytes: boolean): void {
  if (isBytes) out.bytes.push(c);
  else out.text += String.fromCodePoint(c);
}

/** After a backslash: `pos` is at the character it escapes. */
function backslash(out: Literal, isRaw: boolean, isBytes: boolean): void {
  const { lexer } = out;
  if (lexer.pos >= lexer.limit) {
    add(out, 92, isBytes);
    return;
  }
  let c = lexer.source.codePointAt(lexer.pos) as number;
  if (isRaw) {
    add(out, 92, isBytes);
    if (isNewline(c)) {
      add(out, 10, isBytes);
      lexer.passNewline();
      return;
    }
    verbatim(out, c, isBytes);
    return;
  }
  if (isNewline(c)) {
    lexer.passNewline();
    return;
  }
  const simple = SIMPLE_ESCAPES[c];
  if (simple !== undefined) {
    add(out, simple, isBytes);
    lexer.pos++;
  } else if (c === 120 || (!isBytes && (c === 117 || c === 85))) {
    lexer.pos++;
    c = hexadecimal(out, c === 120 ? 2 : c === 117 ? 4 : 8);
    if (isBytes ? c > 0xff : c >= 0x110000) out.kind = INVALID;
    else add(out, c, isBytes);
  } else if (c === 78) {
    throw new PySyntaxError("NotImplementedError", "unicode name escapes", 0, lexer.pos - 1);
  } else if (c >= 48 && c <= 55) {
    let value = 0;
    for (let n = 0; n < 3; n++) {
      const d = lexer.at(lexer.pos);
      if (d < 48 || d > 55) break;
      value = value * 8 + d - 48;
      lexer.pos++;
    }
    if (isBytes && value > 0xff) out.kind = INVALID;
    else add(out, value, isBytes);
  } else {
    add(out, 92, isBytes);
    verbatim(out, c, isBytes);
  }
}

function verbatim(out: Literal, c: number, isBytes: boolean): void {
  const end = out.lexer.pos + (c > 0xffff ? 2 : 1);
  if (isBytes) pushUtf8(out.bytes, out.lexer.source, out.lexer.pos, end);
  else out.text += out.lexer.source.slice(out.lexer.pos, end);
  out.lexer.pos = end;
}

const SIMPLE_ESCAPES: Readonly<Record<number, number>> = {
  92: 92,
  39: 39,
  34: 34,
  97: 7,
  98: 8,
  116: 9,
  110: 10,
  118: 11,
  102: 12,
  114: 13,
};

// Stops at a character that is no digit, and swallows it, as get_hex does: '\x4' has no closing quote.
function hexadecimal(out: Literal, digits: number): number {
  const { lexer } = out;
  let value = 0;
  for (let n = 0; n < digits; n++) {
    const digit = Number.parseInt(lexer.source.charAt(lexer.pos), 16);
    if (lexer.pos >= lexer.limit) break;
    if (Number.isNaN(digit)) {
      out.kind = INVALID;
      if (isNewline(lexer.at(lexer.pos))) lexer.passNewline();
      else lexer.pos++;
      return 0;
    }
    value = value * 16 + digit;
    lexer.pos++;
  }
  return value;
}

function openField(out: Literal, isTemplate: boolean, depth: { value: number }): void {
  const { lexer } = out;
  const { source, limit } = lexer;
  if (lexer.at(lexer.pos + 1) === 123) {
    // In a t-string's format the braces are only counted, to find its end.
    if (isTemplate && depth.value > 0) depth.value += 2;
    out.text += "{{";
    lexer.pos += 2;
    return;
  }
  const start = ++lexer.pos;
  let brackets = 0;
  for (; lexer.pos < limit; lexer.pos++) {
    const c = source.charCodeAt(lexer.pos);
    if (brackets === 0 && (c === 58 || c === 125 || (c === 33 && isConversion(lexer, lexer.pos)))) break;
    if (c === 91 || c === 123) brackets++;
    else if (c === 93 || c === 125) brackets--;
    else if (isNewline(c)) {
      lexer.passNewline();
      lexer.pos--;
    }
  }
  let end = lexer.pos;
  let debug: string | null = null;
  if (source.charCodeAt(end - 1) === 61 && end > start) {
    debug = source.slice(start, end);
    out.text += debug;
    end--;
  }
  if (isTemplate) while (end > start && source.charCodeAt(end - 1) <= 32) end--;
  if (end === start) out.kind = MALFORMED_FSTRING;
  out.fields?.push({ start, end, debug, at: out.text.length });
  out.text += "{";
  if (isTemplate) depth.value++;
}

function isConversion(lexer: Lexer, index: number): boolean {
  const kind = lexer.at(index + 1);
  const after = lexer.at(index + 2);
  return (kind === 114 || kind === 115) && (after === 58 || after === 125);
}

// In an f-string a brace is str.format's business. A t-string has no str.format to complain, so here it must fit.
function closeBrace(out: Literal, isTemplate: boolean, depth: { value: number }): void {
  const { lexer } = out;
  lexer.pos++;
  if (!isTemplate) {
    out.text += "}";
  } else if (depth.value > 0) {
    depth.value--;
    out.text += "}";
  } else {
    if (lexer.at(lexer.pos) === 125) lexer.pos++;
    else out.kind = MALFORMED_FSTRING;
    out.text += "}}";
  }
}

function pushUtf8(bytes: number[], source: string, start: number, end: number): void {
  for (let i = start; i < end; i++) {
    const c = source.codePointAt(i) as number;
    if (c < 0x80) {
      bytes.push(c);
    } else if (c < 0x800) {
      bytes.push(0xc0 | (c >> 6), 0x80 | (c & 63));
    } else if (c < 0x10000) {
      bytes.push(0xe0 | (c >> 12), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63));
    } else {
      bytes.push(0xf0 | (c >> 18), 0x80 | ((c >> 12) & 63), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63));
      i++;
    }
  }
}
