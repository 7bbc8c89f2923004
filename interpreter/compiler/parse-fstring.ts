// f-strings and t-strings: the text with its fields, in two forms. `format` and `args` are what MicroPython makes of an f-string;
// `parts` is the same, taken apart for readers. Each field is parsed here as if it stood in brackets.

import type { FieldRange } from "./lexer-string.ts";
import { parseElements, parseYield } from "./parse-expr.ts";
import type { Parser } from "./parse-state.ts";
import type { Expr, FString, FStringField } from "./tree.ts";

export function parseFString(p: Parser): FString {
  const { lexer } = p;
  const { start, end, line, text, isTemplate } = lexer;
  const ranges = lexer.fields as FieldRange[];
  p.enter();
  const args = ranges.map((range) => p.within(range.start, range.end, () => (p.is("yield") ? parseYield(p) : parseElements(p))));
  p.leave();
  const reader: Reader = { source: lexer.source, text, ranges, args, isTemplate, pos: 0, next: 0 };
  const parts = readParts(reader, false);
  p.take();
  return { kind: "fstring", template: isTemplate, parts, format: text, args, start, end, line };
}

interface Reader {
  readonly source: string;
  readonly text: string;
  readonly ranges: readonly FieldRange[];
  readonly args: readonly Expr[];
  readonly isTemplate: boolean;
  pos: number;
  next: number;
}

/** Literal text and fields; in a format spec, up to the brace that ends it. */
function readParts(r: Reader, isSpec: boolean): (string | FStringField)[] {
  const parts: (string | FStringField)[] = [];
  let literal = "";
  const flush = (): void => {
    if (literal !== "") parts.push(literal);
    literal = "";
  };
  while (r.pos < r.text.length) {
    const c = r.text[r.pos];
    if (r.next < r.ranges.length && r.pos === r.ranges[r.next].at) {
      const { debug } = r.ranges[r.next];
      if (debug !== null) literal = literal.slice(0, literal.length - debug.length);
      flush();
      parts.push(readField(r));
    } else if (isSpec && c === "}") {
      break;
    } else {
      const isDoubled = !isSpec && (c === "{" || c === "}") && r.text[r.pos + 1] === c;
      literal += c;
      r.pos += isDoubled ? 2 : 1;
    }
  }
  flush();
  return parts;
}

function readField(r: Reader): FStringField {
  const range = r.ranges[r.next];
  const value = r.args[r.next];
  r.next++;
  r.pos++;
  let conversion: FStringField["conversion"] = null;
  let spec: FStringField["spec"] = null;
  if (r.text[r.pos] === "!") {
    conversion = r.text[r.pos + 1] === "r" ? "r" : "s";
    r.pos += 2;
  }
  if (r.text[r.pos] === ":") {
    r.pos++;
    spec = readParts(r, true);
  } else if (r.isTemplate && range.debug !== null && conversion === null) {
    conversion = "r";
  }
  if (r.text[r.pos] === "}") r.pos++;
  return { value, text: r.source.slice(range.start, range.end), debug: range.debug, conversion, spec };
}
