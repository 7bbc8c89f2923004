// The character ROM A00 of the HD44780U (Hitachi HD44780U datasheet, table 4) as Unicode: ASCII but for three, half-width katakana, and
// a row of Greek letters and signs.
import { ownCharacter } from "./state.ts";

const high = "αäβεμσρg√⁻jˣ¢£ñöpqθ∞ΩüΣπx̄y千万円÷ █";
const others: Readonly<Record<number, string>> = { 0x5c: "¥", 0x7e: "→", 0x7f: "←", 0xdf: "°" };
const katakanaShift = 0xff61 - 0xa1;
// The list above by characters as they are seen: x̄ is two code points.
const highCharacters = high.match(/x̄|./gu)!;

export function characterOf(code: number): string {
  if (code < 0x10) return String.fromCharCode(ownCharacter + (code & 7));
  const other = others[code];
  if (other !== undefined) return other;
  if (code >= 0x20 && code < 0x80) return String.fromCharCode(code);
  if (code > 0xa0 && code < 0xe0) return String.fromCharCode(code + katakanaShift);
  return code >= 0xe0 ? highCharacters[code - 0xe0]! : " ";
}
