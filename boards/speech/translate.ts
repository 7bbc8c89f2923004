// English words to the phonemes of the micro:bit's speech module, by letter-to-sound rules of our own choice (letter-rules.ts). It does for any
// text what the firmware's table does, and often the same; it marks no stress. No Python.
import { letterNames, letterRules, ordinals, signWords } from "./letter-rules.ts";

interface Rule {
  readonly before: RegExp;
  readonly letters: string;
  readonly after: RegExp;
  readonly phonemes: string;
}

const vowel = "[AEIOUY]";
const consonant = "[BCDFGHJKLMNPQRSTVWXZ]";
/** What the signs of a rule stand for. */
const signs: Readonly<Record<string, string>> = {
  " ": "[^A-Z']",
  "#": `${vowel}+`,
  ":": `${consonant}*`,
  "^": consonant,
  ".": "[BDVGJLMNRWZ]",
  "+": "[EIY]",
  "%": "(?:E[^A-Z']|ED[^A-Z']|ER|ES[^A-Z']|ELY|ING)",
  "&": "(?:CH|SH|[SCGZXJ])",
  "@": "(?:TH|CH|SH|[TSRDLZNJ])",
};

const pattern = (context: string): string => [...context].map((sign) => signs[sign] ?? sign).join("");

const rules = new Map<string, readonly Rule[]>();
for (const [letter, text] of Object.entries(letterRules)) {
  const parsed = text
    .replaceAll("\n", "")
    .split("|")
    .map((rule) => {
      const match = /^(.*?)\[(.*?)\](.*?)=(.*)$/.exec(rule);
      if (!match) throw new Error(`not a rule: ${rule}`);
      const [, before, letters, after, phonemes] = match as unknown as [string, string, string, string, string];
      return { before: new RegExp(`${pattern(before)}$`), letters, after: new RegExp(`^${pattern(after)}`), phonemes };
    });
  rules.set(letter, parsed);
}

// The firmware's buffer for what comes out.
const most = 120;
// Where a translation ends in the firmware.
const endSign = "[";
const pauses = new Set([".", ",", "?"]);
const blanks = new Set([" ", "(", ")", "\\", "]", "_"]);
const isLetter = (char: string): boolean => /[A-Z']/.test(char);

/** The phonemes, with a blank before the first and wherever the text has one. */
export function translate(words: string): string {
  const text = ` ${words.split(endSign)[0]!.toUpperCase()} `;
  let out = "";
  let at = 0;
  while (at < text.length - 1 && out.length <= most) {
    const char = text[at]!;
    const ordinal = Object.keys(ordinals).find((name) => text.startsWith(name, at) && !isLetter(text[at + name.length]!));
    if (ordinal !== undefined) {
      out += translate(ordinals[ordinal]!);
      at += ordinal.length;
      continue;
    }
    if (isLetter(char) && char in letterNames && !isLetter(text[at - 1]!) && !isLetter(text[at + 1]!)) {
      out += letterNames[char];
      at++;
      continue;
    }
    if (char >= "A" && char <= "Z") {
      const rule = rules.get(char)!.find((known) => fits(known, text, at));
      out += rule?.phonemes ?? "";
      at += rule?.letters.length ?? 1;
      continue;
    }
    out += blanks.has(char) || char < " " ? " " : sign(text, at);
    at++;
  }
  return out;
}

function fits(rule: Rule, text: string, at: number): boolean {
  const end = at + rule.letters.length;
  return text.slice(at, end) === rule.letters && rule.before.test(text.slice(0, at)) && rule.after.test(text.slice(end));
}

function sign(text: string, at: number): string {
  const char = text[at]!;
  const isBetweenDigits = /\d/.test(text[at - 1] ?? "") && /\d/.test(text[at + 1] ?? "");
  if (char === "." && isBetweenDigits) return translate("point");
  const word = signWords[char];
  if (word !== undefined) return translate(word);
  if (char === "!" || char === ":" || char === ";") return ".";
  // Between words a hyphen is a pause, within one it is nothing.
  if (char === "-") return text[at - 1] === " " && text[at + 1] === " " ? "-" : "";
  return pauses.has(char) ? char : "";
}
