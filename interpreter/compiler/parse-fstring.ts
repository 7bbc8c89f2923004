// f-strings and t-strings: the text with its fields, in two forms. `format` and `args` are what MicroPython makes of an f-string;
// `parts` is the same, taken apart for readers. Each field is parsed here as if it stood in brackets.

import type { FieldRange } from "./lexer-string.ts";
import { parseElements, parseYield } from "./parse-expr.ts";
import type { Parser } from "./parse-state.ts";
import type { Expr, FString, FStringField, Span } from "./tree.ts";

export function parseFString(p: Parser): FString {
  const { lexer } = p;
  const { start, end, line, text, isTemplate } = lexer;
  const ranges = lexer.fields as FieldRange[];
  const isInterned = p.isInterned(text);
  // What is made of the fields stands on the line where the literal ends.
  const argsLine = lexer.posLine;
  p.enter();
  const args = ranges.map((range) => p.within(range.start, range.end, () => (p.is("yield") ? parseYield(p) : parseElements(p))));
  p.leave();
  const reader: Reader = { source: lexer.source, text, ranges, args, isTemplate, pos: 0, next: 0 };
  const parts = readParts(reader, false);
  const templateArgs = isTemplate ? callOfTemplate(p, parts, { start, end, line: argsLine }) : null;
  p.take();
  return { kind: "fstring", template: isTemplate, parts, format: text, isInterned, args, templateArgs, start, end, line };
}

/** A call may have this many arguments; a longer template hands its fields over as one tuple. */
const MAX_ARGS = 255;

function callOfTemplate(p: Parser, parts: readonly (string | FStringField)[], span: Span): Expr[] {
  const str = (value: string): Expr => ({ kind: "str", value, isInterned: p.isInterned(value), ...span });
  const tuple = (items: Expr[]): Expr => ({ kind: "tuple", items, parens: true, constLine: span.line, ...span });
  const strings = [""];
  const fields: Expr[] = [];
  for (const part of parts) {
    if (typeof part === "string") {
      strings[strings.length - 1] += part;
      continue;
    }
    if (part.debug !== null) strings[strings.length - 1] += part.debug;
    strings.push("");
    fields.push(part.value, str(part.text));
    fields.push(part.conversion === null ? { kind: "const", value: "None", ...span } : str(part.conversion));
    fields.push(formatOf(p, part.spec ?? [], str, span));
  }
  const head = tuple(strings.map(str));
  return fields.length >= MAX_ARGS ? [head, tuple(fields)] : [head, ...fields];
}

function formatOf(p: Parser, spec: readonly (string | FStringField)[], str: (value: string) => Expr, span: Span): Expr {
  const args: Expr[] = [];
  const text = (parts: readonly (string | FStringField)[]): string =>
    parts
      .map((part) => {
        if (typeof part === "string") return part.replace(/[{}]/g, "$&$&");
        args.push(part.value);
        const conversion = part.conversion === null ? "" : `!${part.conversion}`;
        return `${part.debug ?? ""}{${conversion}${part.spec === null ? "" : `:${text(part.spec)}`}}`;
      })
      .join("");
  const format = text(spec);
  if (args.length === 0 && !/[{}]/.test(format)) return str(format);
  const isInterned = p.isInterned(format);
  return { kind: "fstring", template: false, parts: spec, format, isInterned, args, templateArgs: null, ...span };
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
  let open = 0; // doubled braces of a format that wait for their closing ones
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
    } else {
      const isDoubled = (c === "{" || (c === "}" && (!isSpec || open > 0))) && r.text[r.pos + 1] === c;
      if (isSpec && c === "}" && !isDoubled) break;
      if (isSpec && isDoubled) open += c === "{" ? 1 : -1;
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
