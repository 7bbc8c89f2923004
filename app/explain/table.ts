// MicroPython's error texts -> our explanation. One row per explanation: regular expressions over "Type: text" of every firmware.
// Rows are tried in order; the last takes everything. Named groups fill the explanation's holes.
import type { Key } from "../i18n/i18n.ts";

export interface ExplainRow {
  /** "explain." + key and "explain." + key + ".try" are in every catalogue. */
  readonly key: string;
  readonly patterns: readonly RegExp[];
}

const types = String.raw`'(?<type>\w+)'`;

export const explainTable: readonly ExplainRow[] = [
  { key: "name-too-early", patterns: [/^(NameError|UnboundLocalError): local variable referenced before assignment/] },
  { key: "name-unknown", patterns: [/^NameError: (name )?'?(?<name>\w+)'? (is not|isn't) defined/] },
  { key: "indent-level", patterns: [/^IndentationError: (unindent|dedent) /] },
  { key: "indent-extra", patterns: [/^IndentationError: unexpected indent/] },
  { key: "indent-missing", patterns: [/^IndentationError: /] },
  { key: "fstring", patterns: [/^SyntaxError: cannot mix bytes and nonbytes literals/, /^SyntaxError: .*f-?string/i] },
  { key: "syntax", patterns: [/^SyntaxError/] },
  {
    key: "type-add",
    patterns: [
      /^TypeError: unsupported types? for __\w*(add|sub|mul|div|mod|pow|and|or|xor|shift)\w*__: '(?<type>\w+)', '(?<other>\w+)'/,
      /^TypeError: unsupported types? for : '(?<type>\w+)', '(?<other>\w+)'/,
      /^TypeError: can't convert '(?<type>\w+)' object to (?<other>str) implicitly/,
      /^TypeError: can only concatenate/,
    ],
  },
  { key: "type-compare", patterns: [/^TypeError: unsupported types? for __\w+__: '(?<type>\w+)', '(?<other>\w+)'/] },
  { key: "not-callable", patterns: [new RegExp(`^TypeError: ${types} object (is not|isn't) callable`)] },
  {
    key: "not-iterable",
    patterns: [
      new RegExp(`^TypeError: ${types} object (is not|isn't) (iterable|an iterator)`),
      /^TypeError: object not iterable/,
    ],
  },
  {
    key: "not-subscriptable",
    patterns: [
      new RegExp(`^TypeError: ${types} object (is not|isn't) subscriptable`),
      new RegExp(`^TypeError: ${types} object (does not|doesn't) support item`),
      /^TypeError: '?(?<type>\w+)'? indices must be integers/,
    ],
  },
  {
    key: "no-attribute",
    patterns: [
      new RegExp(`^AttributeError: ${types} object has no attribute '(?<name>\\w+)'`),
      /^AttributeError: type object '(?<type>\w+)' has no attribute '(?<name>\w+)'/,
    ],
  },
  { key: "module-missing", patterns: [/^(ImportError|ModuleNotFoundError): no module named '(?<name>[\w.]+)'/i] },
  { key: "import-name", patterns: [/^ImportError: (cannot|can't) import name '?(?<name>\w+)/] },
  {
    key: "arg-count",
    patterns: [
      /^TypeError: (\S+ )?(function )?(expected|takes) (at (most|least) )?(?<n>\d+) (positional )?arguments?,? (but|got) (?<m>\d+)/,
    ],
  },
  {
    key: "arg-keyword",
    patterns: [
      /^TypeError: (unexpected keyword|unknown) argument/,
      /^TypeError: (extra|unknown) keyword arguments? given/,
      /^TypeError: function (does not|doesn't) take keyword/,
    ],
  },
  {
    key: "arg-some",
    patterns: [
      /^TypeError: (function )?missing \d+ required/,
      /^TypeError: (extra|argument num|function got multiple|function missing|'\w+' argument required|\w+\(\) takes)/,
      /^TypeError: .*(takes|expects?|wants) .*argument/,
    ],
  },
  {
    key: "number-text",
    patterns: [/^ValueError: invalid syntax for (integer|int|number|float)/],
  },
  { key: "divide-zero", patterns: [/^ZeroDivisionError/] },
  { key: "memory", patterns: [/^MemoryError/] },
  { key: "recursion", patterns: [/^RuntimeError: maximum recursion depth/, /^RecursionError/] },
  { key: "radio-packet", patterns: [/^ValueError: .*(received packet|radio is not enabled)/, /^RuntimeError: .*radio/] },
  {
    key: "pin-mode",
    patterns: [
      /^ValueError: Pin /,
      /^ValueError: (LED|Timer|DAC|ADC|UART|I2C|SPI|Servo)\(.*\) (does not|doesn't) exist/,
      /^ValueError: .*\bpin\b/i,
    ],
  },
  {
    key: "out-of-range",
    patterns: [
      /^ValueError: .*(out of (bounds|range)|must be (0 or 1|between|in|>|<|a non-negative)|out-of-range|invalid (period|pitch|brightness|colour|key))/i,
      /^(ValueError|OverflowError): .*(overflow|value must|bytes value|not in range)/,
      /^ValueError: index out of/,
    ],
  },
  { key: "index", patterns: [/^IndexError/] },
  { key: "key", patterns: [/^KeyError: (?<name>'[^']*'|\S+)\s*$/, /^KeyError/] },
  { key: "file-missing", patterns: [/^OSError: (file not found|\[Errno 2\]|2$)/] },
  { key: "os", patterns: [/^OSError/, /^EOFError/] },
  { key: "assert", patterns: [/^AssertionError/] },
  {
    key: "type-convert",
    patterns: [
      /^TypeError: can't convert '?(?<type>\w+)'?( object)? to /,
      new RegExp(`^TypeError: object of type ${types} has no len`),
    ],
  },
  { key: "type", patterns: [/^TypeError/] },
  { key: "value", patterns: [/^(ValueError|OverflowError|ArithmeticError|UnicodeError)/] },
  { key: "other", patterns: [/^/] },
];

/** An explanation ready for `msg`. */
export interface Explanation {
  readonly key: string;
  readonly what: Key;
  readonly attempt: Key;
  readonly values: Readonly<Record<string, string | number>>;
}

/** Explains "Type: text". `line` fills {line} where the explanation names it. */
export function explain(error: string, line: number): Explanation {
  for (const { key, patterns } of explainTable) {
    for (const pattern of patterns) {
      const match = pattern.exec(error);
      if (match) return entry(key, { line, ...match.groups });
    }
  }
  return entry("other", { line });
}

/** For what our own parser knows better than the board's one word "invalid syntax". */
export function entry(key: string, values: Readonly<Record<string, string | number | undefined>>): Explanation {
  const known = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Record<
    string,
    string | number
  >;
  // A hole that this firmware's text does not fill: "?" reads better than an empty place.
  const filled = { name: "?", type: "?", other: "?", n: "?", m: "?", ...known };
  return { key, what: `explain.${key}` as Key, attempt: `explain.${key}.try` as Key, values: filled };
}
