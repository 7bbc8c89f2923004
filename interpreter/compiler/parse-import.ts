// import and from ... import, as py/grammar.h has them: a trailing comma needs no brackets there.

import { NAME } from "./lexer.ts";
import type { Parser } from "./parse-state.ts";
import type { Import, ImportFrom } from "./tree.ts";

function parseDotted(p: Parser): string[] {
  const path = [p.name()];
  while (p.accept(".")) path.push(p.name());
  return path;
}

const parseAs = (p: Parser): string | null => (p.accept("as") ? p.name() : null);

export function parseImport(p: Parser): Import {
  const { start, line } = p.lexer;
  p.expect("import");
  const names: { path: string[]; asname: string | null }[] = [];
  do {
    const path = parseDotted(p);
    names.push({ path, asname: parseAs(p) });
  } while (p.accept(","));
  return { kind: "import", names, start, end: p.prevEnd, line };
}

export function parseFrom(p: Parser): ImportFrom {
  const { start, line } = p.lexer;
  p.expect("from");
  let level = 0;
  while (p.is(".") || p.is("...")) {
    level += p.kind.length;
    p.take();
  }
  const module = level === 0 || p.is(NAME) ? parseDotted(p) : [];
  p.expect("import");
  let names: { name: string; asname: string | null }[] | null = null;
  if (!p.accept("*")) {
    const isBracketed = p.accept("(");
    names = [];
    do {
      const name = p.name();
      names.push({ name, asname: parseAs(p) });
    } while (p.accept(",") && p.is(NAME));
    if (isBracketed) p.expect(")");
  }
  return { kind: "from", level, module, names, start, end: p.prevEnd, line };
}
