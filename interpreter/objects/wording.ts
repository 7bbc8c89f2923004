// Texts of exceptions that older MicroPython releases word otherwise. Code says the newest wording; this table turns it back.
import type { MpRelease } from "../mpconfig.ts";

type Row = readonly [pattern: RegExp, replacement: string];

// From 1.18 on most texts are today's; what changed after it.
const since118: readonly Row[] = [
  [/^invalid syntax for integer with base (\d+): .*$/s, "invalid syntax for integer with base $1"],
];

// Between 1.9.2 and 1.18 the texts were shortened.
const since192: readonly Row[] = [
  [/^no active exception to reraise$/, "No active exception to reraise"],
  [/^expecting key:value for dict$/, "expecting key:value for dictionary"],
  [/^can't create '(.*)' instances$/, "cannot create '$1' instances"],
  [/^name '(.*)' isn't defined$/, "name '$1' is not defined"],
  [/^'(.*)' object isn't (callable|iterable|subscriptable|an iterator)$/, "'$1' object is not $2"],
  [/^'(.*)' object doesn't support item (assignment|deletion)$/, "'$1' object does not support item $2"],
  [/^divide by zero$/, "division by zero"],
  [/^function doesn't take keyword arguments$/, "function does not take keyword arguments"],
  [/^can't import name (.*)$/, "cannot import name $1"],
  [/^format string didn't convert all arguments$/, "not all arguments converted during string formatting"],
  [/^format string needs more arguments$/, "not enough arguments for format string"],
  [/^'break'\/'continue' outside loop$/, "'break' outside loop"],
  [/^argument name reused$/, "name reused for argument"],
  [/^unindent doesn't match any outer indent level$/, "unindent does not match any outer indentation level"],
];

const tables: Readonly<Record<MpRelease, readonly Row[]>> = {
  "1.28": [],
  "1.18": since118,
  "1.9.2": [...since118, ...since192],
};

/** `text` as the given release says it. */
export function wording(text: string, release: MpRelease): string {
  for (const [pattern, replacement] of tables[release]) {
    if (pattern.test(text)) return text.replace(pattern, replacement);
  }
  return text;
}
