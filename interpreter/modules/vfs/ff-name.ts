// Names on a FAT volume: the 8.3 name of an entry and the long one beside it (create_name, gen_numname, pick_lfn of
// lib/oofatfs/ff.c). Bytes of 8.3 names are in code page 437, long names in UTF-16.
import { raiseOSError } from "../../objects/objexcept.ts";
import { setWord, word } from "./ff.ts";
import { EINVAL } from "./vfs.ts";

/** Code page 437 from 0x80 on. */
const CP437 =
  "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0";
/** Capitals of 0x80 to 0xa5, accents lost where the page has no capital with them. */
const CAPITALS = "809a45418e418f80454545494949" + "8e8f9092924f994f555559999a9b9c9d9e9f41494f55a5a5";
const MAX_LONG = 255;
/** Characters of a long name in one entry, and where they are. */
const LONG_PLACES = [1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30];

/** Flags of a name that was taken apart. */
const LOSES = 1;
const IS_LONG = 2;
/** The lower-case flags in an entry's reserved byte, as Windows NT uses them. */
export const LOWER_BODY = 8;
export const LOWER_EXTENSION = 16;

/** One part of a path. */
export interface Name {
  /** 11 bytes as in a folder's entry. */
  readonly short: Uint8Array;
  /** UTF-16, for a long name; "" for "." and "..". */
  readonly long: string;
  readonly isDot: boolean;
  readonly needsLong: boolean;
  /** The 8.3 name does not say it all, so it gets a number. */
  readonly isLossy: boolean;
  readonly lowerCase: number;
}

function oemOf(c: string): number {
  const at = CP437.indexOf(c);
  if (at < 0) return 0;
  const upper = CAPITALS.slice(2 * at, 2 * at + 2);
  return upper === "" ? at + 0x80 : parseInt(upper, 16);
}

/**
 * A path as the volume's names spell it. The firmware takes each byte of a path for a character of code page 437, so "é", two
 * bytes in UTF-8, is two characters on the disk; reading them back gives the same bytes.
 */
export function toFat(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += byte < 0x80 ? String.fromCharCode(byte) : CP437[byte - 0x80]!;
  return text;
}

/** A name's bytes as a program gets them; null if it has characters that the code page has not. */
export function fromFat(name: string): Uint8Array | null {
  const bytes = new Uint8Array(name.length);
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i);
    const at = code < 0x80 ? code : CP437.indexOf(name[i]!) + 0x80;
    if (at === 0x7f && code !== 0x7f) return null;
    bytes[i] = at;
  }
  return bytes;
}

/** The first part of a path and what follows it. Raises EINVAL for characters that FAT does not allow. */
export function takeName(path: string): { name: Name; rest: string } {
  let end = 0;
  while (end < path.length && path.charCodeAt(end) >= 32 && path[end] !== "/" && path[end] !== "\\") end++;
  let long = path.slice(0, end);
  while (path[end] === "/" || path[end] === "\\") end++;
  // A control character ends a path.
  const rest = path.charCodeAt(end) >= 32 ? path.slice(end) : "";
  if (/["*:<>?|\x7f]/.test(long) || long.length > MAX_LONG) raiseOSError(EINVAL);
  if (long === "." || long === "..") {
    const short = new Uint8Array(11).fill(32);
    short.fill(46, 0, long.length);
    return { name: { short, long: "", isDot: true, needsLong: false, isLossy: false, lowerCase: 0 }, rest };
  }
  long = long.replace(/[ .]+$/, "");
  if (long === "") raiseOSError(EINVAL);
  return { name: shorten(long), rest };
}

function shorten(long: string): Name {
  const short = new Uint8Array(11).fill(32);
  let flags = long[0] === " " || long[0] === "." ? LOSES | IS_LONG : 0;
  const trimmed = long.replace(/^ +/, "");
  // Of the dots only the last one separates the extension.
  const dot = long.lastIndexOf(".");
  const hasExtension = dot >= long.length - trimmed.length && dot >= 0;
  const cases = [0, 0];
  const fields: readonly [string, number, number][] = hasExtension
    ? [
        [long.slice(long.length - trimmed.length, dot), 0, 8],
        [long.slice(dot + 1), 8, 11],
      ]
    : [[trimmed, 0, 8]];
  for (const [field, [text, from, to]] of fields.entries()) {
    let at = from;
    for (const c of text.split("")) {
      if (c === " " || c === ".") {
        flags |= LOSES | IS_LONG;
        continue;
      }
      if (at >= to) {
        flags |= LOSES | IS_LONG;
        break;
      }
      let code = c.charCodeAt(0);
      if (code >= 0x80) {
        flags |= IS_LONG;
        code = oemOf(c);
      }
      if (code === 0 || "+,;=[]".includes(c)) {
        code = 95;
        flags |= LOSES | IS_LONG;
      } else if (code >= 65 && code <= 90) cases[field]! |= 2;
      else if (code >= 97 && code <= 122) {
        cases[field]! |= 1;
        code -= 32;
      }
      short[at++] = code;
    }
  }
  // 0xe5 marks a free entry.
  if (short[0] === 0xe5) short[0] = 5;
  if (cases.includes(3)) flags |= IS_LONG;
  const needsLong = (flags & IS_LONG) !== 0;
  const lowerCase = needsLong ? 0 : (cases[0] === 1 ? LOWER_BODY : 0) | (cases[1] === 1 ? LOWER_EXTENSION : 0);
  return { short, long, isDot: false, needsLong, isLossy: (flags & LOSES) !== 0, lowerCase };
}

/** The 8.3 name with "~number" in it; after five of them, with a hash of the long name. */
export function numbered(short: Uint8Array, long: string, number: number): Uint8Array {
  if (number > 5) {
    for (let i = 0; i < long.length; i++) {
      let c = long.charCodeAt(i);
      for (let bit = 0; bit < 16; bit++) {
        number = (number << 1) + (c & 1);
        c >>= 1;
        if (number & 0x10000) number ^= 0x11021;
      }
    }
  }
  const tail = `~${number.toString(16).toUpperCase()}`;
  const out = short.slice();
  let at = 0;
  while (at < 8 - tail.length && out[at] !== 32) at++;
  for (let i = at; i < 8; i++) out[i] = i - at < tail.length ? tail.charCodeAt(i - at) : 32;
  return out;
}

/** The sum over an 8.3 name that ties long entries to it. */
export function sumOf(short: Uint8Array): number {
  let sum = 0;
  for (const byte of short.subarray(0, 11)) sum = ((((sum & 1) << 7) | (sum >> 1)) + byte) & 0xff;
  return sum;
}

/** Entries that a long name takes before the entry itself. */
export const longEntries = (long: string): number => Math.ceil(long.length / 13);

/** The long name's entry number `order` (from 1), 32 bytes. */
export function longEntry(long: string, order: number, sum: number): Uint8Array {
  const entry = new Uint8Array(32);
  const isLast = order === longEntries(long);
  entry[0] = order | (isLast ? 0x40 : 0);
  entry[11] = 0x0f;
  entry[13] = sum;
  const from = (order - 1) * 13;
  for (const [i, place] of LONG_PLACES.entries()) {
    const at = from + i;
    setWord(entry, place, at < long.length ? long.charCodeAt(at) : at === long.length ? 0 : 0xffff);
  }
  return entry;
}

/** The characters in one entry of a long name; null if it is malformed. */
export function longPart(entry: Uint8Array): string | null {
  if (word(entry, 26) !== 0) return null;
  let part = "";
  let hasEnded = false;
  for (const place of LONG_PLACES) {
    const code = word(entry, place);
    if (hasEnded) {
      if (code !== 0xffff) return null;
    } else if (code === 0) hasEnded = true;
    else part += String.fromCharCode(code);
  }
  return part;
}

/** The name to show for an entry without a long one. */
export function shortText(entry: Uint8Array): string {
  let text = "";
  for (let i = 0; i < 11; i++) {
    let code = entry[i]!;
    if (code === 32) continue;
    if (i === 0 && code === 5) code = 0xe5;
    if (i === 8) text += ".";
    const c = code < 0x80 ? String.fromCharCode(code) : CP437[code - 0x80]!;
    const isLower = (entry[12]! & (i < 8 ? LOWER_BODY : LOWER_EXTENSION)) !== 0;
    text += isLower && code >= 65 && code <= 90 ? c.toLowerCase() : c;
  }
  return text;
}

/** Names are the same whatever their case. */
export function foldCase(text: string): string {
  let out = "";
  for (const c of text) {
    const upper = c.toUpperCase();
    out += upper.length === c.length ? upper : c;
  }
  return out;
}
