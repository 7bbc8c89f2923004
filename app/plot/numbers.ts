// Reads the numbers in a line that a program printed: `(1, 2)`, `1 2`, `light:120, temp:21`. A line that says anything else is text
// and has none. No DOM: the plotter and whoever else wants readings out of a console come here.

/** One number of a line. Numbers without a name are called "#1", "#2" by their place. */
export interface Reading {
  readonly name: string;
  /** Null: the program printed nan, inf or None here, so this line has a gap. */
  readonly value: number | null;
}

/** Longer lines are text: no program prints that many numbers to be looked at. */
export const lineLimit = 400;

const numberPattern = String.raw`[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?`;
const gapPattern = String.raw`[-+]?(?:nan|inf)|None`;
const value = new RegExp(`^(?:${numberPattern})$`);
const gap = new RegExp(`^(?:${gapPattern})$`);
const truth: Readonly<Record<string, number>> = { True: 1, False: 0 };
// A name starts with a letter, so that a time of day is none; quotes are those of a printed dict.
const pair = new RegExp(
  String.raw`\s*(["']?)([\p{L}_][\p{L}\p{M}\p{N}_ .°%/()\[\]-]{0,39}?)\1\s*:\s*(${numberPattern}|${gapPattern}|True|False)(?=[\s,;]|$)[\s,;]*`,
  "uy",
);
const brackets: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** The numbers of one printed line, or null when it is text. */
export function readNumbers(line: string): readonly Reading[] | null {
  if (line.length > lineLimit) return null;
  const trimmed = line.trim();
  const isTuple = trimmed.length > 1 && brackets[trimmed[0]!] === trimmed.at(-1);
  const inner = isTuple ? trimmed.slice(1, -1).trim() : trimmed;
  const found = inner.includes(":") ? readPairs(inner) : readList(inner, isTuple);
  return found?.some((reading) => reading.value !== null) ? found : null;
}

function readPairs(text: string): readonly Reading[] | null {
  const found = new Map<string, number | null>();
  pair.lastIndex = 0;
  while (pair.lastIndex < text.length) {
    const match = pair.exec(text);
    if (!match) return null;
    found.set(match[2]!.trim(), valueOf(match[3]!));
  }
  return [...found].map(([name, number]) => ({ name, value: number }));
}

function readList(text: string, isTuple: boolean): readonly Reading[] | null {
  const words = text.split(/\s*[,;]\s*|\s+/);
  if (words.length > 1 && words.at(-1) === "") words.pop(); // (1,)
  const isOne = words.length === 1 && !isTuple;
  const found: Reading[] = [];
  for (const [i, word] of words.entries()) {
    if (!value.test(word) && (isOne || (!gap.test(word) && !(word in truth)))) return null;
    found.push({ name: `#${i + 1}`, value: valueOf(word) });
  }
  return found;
}

function valueOf(word: string): number | null {
  const number = truth[word] ?? Number(word);
  return Number.isFinite(number) ? number : null;
}
