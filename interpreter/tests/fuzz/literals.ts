// Literals: numbers around every limit, strings with escapes and other alphabets, format specifications.
import type { Maker } from "./maker.ts";

const edges = [
  "0", "1", "-1", "2", "-2", "3", "5", "7", "10", "16", "63", "64", "100", "127", "128", "-128", "255", "256", "1000", "65535", "65536",
  "1073741823", "1073741824", "-1073741824", "-1073741825", "2147483647", "2147483648", "-2147483648", "4294967295", "4294967296",
  "9007199254740991", "9007199254740992", "9007199254740993", "-9007199254740993", "9223372036854775807", "9223372036854775808",
  "-9223372036854775808", "18446744073709551616", "0x1234567890abcdef1234567890", "0b1011", "0o777", "1_000_000", "10**20", "-10**18", "2**100",
]; // prettier-ignore

const floats = [
  "0.0", "-0.0", "1.0", "-1.0", "0.5", "-0.5", "1.5", "2.5", "-2.5", "3.14159", "0.1", "0.2", "0.3", "1e10", "1e15", "1e16", "1e17", "-1e21", "1e100",
  "1e-5", "1e-4", "1.5e-10", "1e300", "1e-300", "100.0", "float('inf')", "float('-inf')", "float('nan')",
  "1/3", "2/3", "1e22", "123456789.0", "0.001", "4503599627370496.5", "1.7976931348623157e308",
]; // prettier-ignore

const words = ["", "a", "b", "ab", "abc", "hello", "Hello World", "  pad ", "x,y,,z", "a-b-a", "aaa", "0", "12", "-7", " 42 ", "0x1F", "3.5", "1e3", "nan", "Zz", "tab\\there", "nl\\n", "q'q", 'd\\"d', "back\\\\", "\\x00", "\\x7f", "\\xe9", "é", "ñandú", "日本", "\\u20ac", "€uro", "\\U0001f600", "{}", "%s", "True", "line1\\nline2\\r\\nline3", "A", "_id", "key"]; // prettier-ignore

const asciiWords = words.filter((word) => !/[^\x00-\x7e]|\\[xuU]/.test(word));

export function intLiteral(m: Maker): string {
  const { rng } = m;
  if (rng.chance(0.55)) return String(rng.between(-9, 20));
  if (rng.chance(0.7)) return rng.pick(edges);
  return rng.chance(0.5) ? String(rng.between(-100000, 100000)) : `${rng.bits()}${rng.bits()}`.replace(/^0+(?=.)/, "");
}

export function smallInt(m: Maker, low = -4, high = 8): string {
  return String(m.rng.between(low, high));
}

export function floatLiteral(m: Maker): string {
  const { rng } = m;
  if (rng.chance(0.6)) return rng.pick(floats);
  // Whole binary fractions: the npm package misreads the last bit of others.
  const digits = `${rng.between(0, 9999)}.${rng.pick(["0", "5", "25", "75", "125", "0625"])}`;
  return digits;
}

export function strLiteral(m: Maker): string {
  const { rng } = m;
  const word = rng.pick(m.isAscii ? asciiWords : words);
  if (rng.chance(0.05) && !/[\n'"{}\\]/.test(word)) return `r'${word}\\n'`;
  if (rng.chance(0.04)) return `'${word.replaceAll("'", "\\'")}' 'tail'`;
  return word.includes('"') || !word.includes("'") ? `'${word}'` : `"${word}"`;
}

export function bytesLiteral(m: Maker): string {
  return m.rng.pick([
    "b''",
    "b'a'",
    "b'abc'",
    "b'\\x00\\xff'",
    "b'a,b,c'",
    "b' x '",
    "b'12'",
    "b'\"\\''",
    "bytes([1, 2, 200])",
    "bytes(3)",
    "b'AbC'",
    "b'\\n\\t\\\\'",
  ]);
}

/** What stands after the colon of a replacement field; mostly fitting `kind`. */
export function formatSpec(m: Maker, kind: "int" | "float" | "str"): string {
  const { rng } = m;
  const fill = rng.chance(0.2) ? rng.pick(["*", "0", "x", " ", "-"]) : "";
  const align = fill !== "" || rng.chance(0.4) ? rng.pick(["<", ">", "^", "="]) : "";
  const numeric = kind !== "str" || rng.chance(0.05);
  const sign = numeric && rng.chance(0.3) ? rng.pick(["+", "-", " "]) : "";
  const hash = numeric && rng.chance(0.15) ? "#" : "";
  const zero = rng.chance(numeric ? 0.2 : 0.03) ? "0" : "";
  const width = rng.chance(0.5) ? String(rng.pick([1, 2, 5, 8, 12, 30])) : "";
  const comma = kind === "int" && zero === "" && fill !== "0" && rng.chance(0.1) ? rng.pick([",", "_"]) : "";
  const precision = rng.chance(kind === "int" ? 0.04 : 0.4) ? `.${rng.pick([0, 1, 2, 3, 6, 10])}` : "";
  const cuts = precision !== "" && !m.isAscii && kind === "str";
  const type = rng.chance(0.04)
    ? rng.pick(["d", "s", "f", "x", "q", "%"])
    : rng.pick({ int: ["", "d", "x", "X", "o", "b", "n"], float: ["", "f", "e", "g", "E", "G", "F", "%"], str: ["", "s"] }[kind]);
  return fill + align + sign + hash + zero + width + comma + (cuts ? "" : precision) + type;
}

/** A conversion of the % operator, with the sign. */
export function percentSpec(m: Maker, kind: "int" | "float" | "str"): string {
  const { rng } = m;
  const flags = rng.chance(0.4) ? rng.pick(["-", "0", "+", " ", "#", "-+", "0+"]) : "";
  const width = rng.chance(0.4) ? String(rng.pick([1, 3, 6, 10, 20])) : "";
  const precision =
    rng.chance(kind === "int" ? 0.1 : 0.3) && (m.isAscii || kind !== "str") ? `.${rng.pick([0, 1, 2, 4, 8])}` : "";
  const type = rng.chance(0.04) ? rng.pick(["d", "s", "q", "%"]) : rng.pick({ int: ["d", "i", "u", "x", "X", "o", "s", "r"], float: ["f", "e", "g", "F", "E", "G", "s", "d"], str: ["s", "r", "a"] }[kind]); // prettier-ignore
  return `%${flags}${width}${precision}${type}`;
}
