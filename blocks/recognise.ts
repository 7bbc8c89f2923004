// Python to blocks. Every byte of the program ends up in some block's origin: what fits no template is a code block with its text,
// comments are blocks, blank lines belong to what follows them. A syntax error makes only the smallest statement around it raw.

import { PySyntaxError, type Expr, type Stmt, type Suite } from "../interpreter/syntax.ts";
import { fingerprint, makeNode, type ArgDef, type BlockNode, type Origin } from "./block.ts";
import { matches } from "./registry.ts";
import { endOfStatement, parseBroken, RAW_MARK } from "./repair.ts";
import { dedent, STRUCTURES, type Found, type Reader } from "./structures.ts";
import type { Match } from "./template.ts";

/** A program as blocks. */
export interface Program {
  readonly nodes: readonly BlockNode[];
  /** What follows the last block: blank lines at the end. */
  readonly tail: string;
  readonly errors: readonly PySyntaxError[];
}

export function recognise(source: string): Program {
  const { module, errors } = parseBroken(source);
  // A lone CR ends a line for MicroPython, not for us: such a text is kept whole.
  if (/\r(?!\n)/.test(source)) return { nodes: [wholeText(source)], tail: "", errors };
  const reader = new Recogniser(source);
  const { nodes, end } = reader.list(module.body, 0, source.length, "");
  return { nodes, tail: source.slice(end), errors };
}

/** One expression as a value block, or null when the text is none. */
export function recogniseValue(text: string): BlockNode | null {
  const { module, errors } = parseBroken(text);
  const statement = module.body[0];
  if (errors.length > 0 || module.body.length !== 1 || statement.kind !== "expr") return null;
  return new Recogniser(text).value(statement.value);
}

/** A whole text as one code block. */
export function wholeText(source: string): BlockNode {
  const node = makeNode("python_statement", { fields: { code: source } });
  return withOrigin(node, { text: source, before: "", indent: "", lead: "", tail: "" });
}

interface Listed {
  readonly nodes: readonly BlockNode[];
  /** Start of the first line that is not part of the list. */
  readonly end: number;
}

type Parts = Found & { readonly type: string };

class Recogniser implements Reader {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  // --- lines

  private lineStart(index: number): number {
    return this.source.lastIndexOf("\n", index - 1) + 1;
  }

  /** The position after the end of the line that `index` is in. */
  private lineEnd(index: number): number {
    const end = this.source.indexOf("\n", index);
    return end < 0 ? this.source.length : end + 1;
  }

  private indentAt(index: number): string {
    return /^[ \t\f]*/.exec(this.source.slice(this.lineStart(index), index))?.[0] ?? "";
  }

  // --- statements

  /** The statements of a suite with the comments around them, from the line at `from`. */
  list(statements: readonly Stmt[], from: number, limit: number, indent: string): Listed {
    const nodes: BlockNode[] = [];
    let pos = from;
    let before = "";
    const readGap = (to: number, keeps: (line: string) => boolean): void => {
      let scan = pos;
      let blank = before;
      while (scan < to) {
        const end = Math.min(this.lineEnd(scan), to);
        const line = this.source.slice(scan, end);
        if (line.trim() !== "") {
          if (!keeps(line)) return;
          nodes.push(this.comment(line, blank, indent));
          blank = "";
          pos = end;
          before = "";
        } else {
          blank += line;
        }
        scan = end;
      }
      if (to < limit) {
        before = blank;
        pos = scan;
      }
    };
    for (let i = 0; i < statements.length;) {
      const first = statements[i];
      const start = this.lineStart(first.start);
      readGap(start, () => true);
      // Statements that share a line are one block.
      let last = first;
      let end = this.lineEnd(endOfStatement(last));
      for (i++; i < statements.length && statements[i].start < end; i++) {
        last = statements[i];
        end = this.lineEnd(endOfStatement(last));
      }
      if (first === last) {
        const read = this.statement(first, before, indent, limit);
        nodes.push(read.node);
        pos = read.end;
      } else {
        const finish = endOfStatement(last);
        nodes.push(this.code(first.start, finish, before, indent, this.source.slice(finish, end)));
        pos = end;
      }
      before = "";
    }
    // Comments after the last statement are this suite's while they stand at its depth.
    const isOurs = (line: string): boolean =>
      line.trimStart().startsWith("#") && (/^[ \t]*/.exec(line)?.[0].length ?? 0) >= indent.length;
    readGap(limit, isOurs);
    return { nodes, end: pos };
  }

  private comment(line: string, before: string, indent: string): BlockNode {
    const lead = /^[ \t\f]*/.exec(line)?.[0] ?? "";
    const text = line.trim();
    const tail = line.slice(lead.length + text.length);
    const content = text.startsWith("# ") ? text.slice(2) : text.slice(1);
    const node = makeNode("comment", { fields: { text: content } });
    return withOrigin(node, { text, before, indent, lead, tail });
  }

  private code(start: number, end: number, before: string, indent: string, tail: string): BlockNode {
    const text = this.source.slice(start, end);
    const node = makeNode("python_statement", { fields: { code: dedent(text, indent) } });
    return withOrigin(node, { text, before, indent, lead: this.indentAt(start), tail });
  }

  private statement(statement: Stmt, before: string, indent: string, limit: number): { node: BlockNode; end: number } {
    const lineEnd = this.lineEnd(endOfStatement(statement));
    const asCode = (): { node: BlockNode; end: number } => {
      const finish = endOfStatement(statement);
      return { node: this.code(statement.start, finish, before, indent, this.source.slice(finish, lineEnd)), end: lineEnd };
    };
    if (isRaw(statement)) {
      const { start, end } = RAW_MARK.regionOf(statement, this.source);
      return { node: this.code(start, end, before, indent, this.source.slice(end, this.lineEnd(end))), end: this.lineEnd(end) };
    }
    const parts = this.partsOf(statement);
    if (parts === null) return asCode();
    const { type, fields, values, extra, suites } = parts;
    if (suites === undefined || suites.length === 0) {
      const node = makeNode(type, { ...(fields && { fields }), ...(values && { values }), ...(extra && { extra }) });
      const text = this.source.slice(statement.start, statement.end);
      const origin = {
        text,
        before,
        indent,
        lead: this.indentAt(statement.start),
        tail: this.source.slice(statement.end, lineEnd),
      };
      return { node: withOrigin(node, origin), end: lineEnd };
    }
    const bodies: Record<string, readonly BlockNode[]> = {};
    const shell = { ...(fields && { fields }), ...(values && { values }), ...(extra && { extra }) };
    if (suites.some(([, suite]) => suite.inline)) {
      for (const [name, suite] of suites) bodies[name] = this.inlineSuite(suite, indent);
      const node = makeNode(type, { ...shell, bodies });
      const text = this.source.slice(statement.start, statement.end);
      const tail = this.source.slice(statement.end, lineEnd);
      return {
        node: withOrigin(node, { text, before, indent, lead: this.indentAt(statement.start), tail }, fingerprint(node, true)),
        end: lineEnd,
      };
    }
    return this.compound(statement, type, shell, suites, before, indent, limit);
  }

  private compound(
    statement: Stmt,
    type: string,
    shell: Partial<BlockNode>,
    suites: NonNullable<Found["suites"]>,
    before: string,
    indent: string,
    limit: number,
  ): { node: BlockNode; end: number } {
    const bodies: Record<string, readonly BlockNode[]> = {};
    const heads: string[] = [];
    const empties: Record<string, string> = {};
    const units: string[] = [];
    let pos = this.lineStart(statement.start);
    for (const [i, [name, suite]] of suites.entries()) {
      const start = this.suiteStart(suite);
      heads.push(this.source.slice(pos, start));
      const inner = this.indentAt(suite.body[0].start);
      units.push(inner.startsWith(indent) ? inner.slice(indent.length) : `=${inner}`);
      const next = i + 1 < suites.length ? this.lineStart(this.headBefore(suites[i + 1][1])) : limit;
      const read = this.list(suite.body, start, next, inner);
      if (isPassOnly(read.nodes)) {
        bodies[name] = [];
        empties[name] = this.source.slice(start, read.end);
      } else {
        bodies[name] = read.nodes;
      }
      pos = read.end;
    }
    const node = makeNode(type, { ...shell, bodies });
    const origin: Origin = {
      key: fingerprint(node, false),
      text: "",
      before,
      indent,
      lead: indent,
      tail: "",
      heads,
      names: suites.map(([name]) => name),
      empties,
      wholeKey: null,
      units,
    };
    return { node: { ...node, origin }, end: pos };
  }

  /** The line after the head of a suite: comments and blank lines at its beginning belong to the suite. */
  private suiteStart(suite: Suite): number {
    let start = this.lineStart(suite.body[0].start);
    for (;;) {
      const previous = start === 0 ? 0 : this.lineStart(start - 1);
      if (start === 0 || !/^\s*(#.*)?$/.test(this.source.slice(previous, start))) return start;
      start = previous;
    }
  }

  /** A position in the last line of the head of a suite. */
  private headBefore(suite: Suite): number {
    return Math.max(0, this.suiteStart(suite) - 1);
  }

  private inlineSuite(suite: Suite, indent: string): readonly BlockNode[] {
    if (!suite.inline) return this.list(suite.body, this.suiteStart(suite), suite.end, this.indentAt(suite.body[0].start)).nodes;
    if (suite.body.length === 1 && suite.body[0].kind === "pass") return [];
    return suite.body.map((statement) => {
      const { node } = this.statement(statement, "", indent, statement.end);
      return node.origin === null ? node : { ...node, origin: { ...node.origin, tail: "", indent: `${indent}\0` } };
    });
  }

  private partsOf(node: Stmt | Expr): Parts | null {
    for (const match of matches(node)) {
      const parts = this.fromMatch(match);
      if (parts !== null) return parts;
    }
    const shape = isStatement(node) ? "statement" : "value";
    for (const structure of STRUCTURES) {
      if (structure.shape !== shape) continue;
      const found = structure.recognise(node, this);
      if (found !== null) return { type: structure.type, ...found };
    }
    return null;
  }

  private fromMatch(match: Match): Parts | null {
    const { def, choices } = match.variant;
    const fields: Record<string, string> = { ...choices };
    const values: Record<string, BlockNode> = {};
    for (const [name, expr] of match.exprs) {
      const arg = def.args[name];
      if (arg.kind === "value") {
        if (expr.kind === "tuple" && !expr.parens && expr.items.some((item) => item.kind === "star")) return null;
        if (expr.kind === "star" || expr.kind === "slice" || (expr.kind === "tuple" && !expr.parens && !isPlainTuple(def.python)))
          return null;
        values[name] = this.value(expr);
      } else {
        const field = this.literal(arg, expr);
        if (field === null) return null;
        fields[name] = field;
      }
    }
    const suites = [...match.suites].sort(([, a], [, b]) => a.start - b.start);
    return { type: def.type, fields, values, suites };
  }

  /** What a name or literal hole shows for an expression, or null when it is not for that hole. */
  private literal(arg: ArgDef, expr: Expr): string | null {
    if (expr.outer !== undefined) return null;
    if (arg.kind === "name") return expr.kind === "name" ? expr.id : null;
    if (arg.kind === "text") return expr.kind === "str" ? expr.value : null;
    if (arg.kind === "leds") {
      const value = expr.kind === "str" ? expr.value.replace(/:$/, "") : "";
      return /^\d{5}(:\d{5}){4}$/.test(value) ? value : null;
    }
    if (arg.kind === "number")
      return expr.kind === "int" || expr.kind === "float" ? this.source.slice(expr.start, expr.end) : null;
    return null;
  }

  // --- expressions

  value(expr: Expr): BlockNode {
    const text = this.source.slice(expr.start, expr.end);
    const parts = this.partsOf(expr);
    const node =
      parts === null
        ? makeNode("python_value", { fields: { code: bracketed(expr, text) } })
        : makeNode(parts.type, {
            ...(parts.fields && { fields: parts.fields }),
            ...(parts.values && { values: parts.values }),
            ...(parts.extra && { extra: parts.extra }),
          });
    return withOrigin(node, { text, before: "", indent: "", lead: "", tail: "" });
  }
}

/** A generator that is a call's only argument has no brackets of its own, but needs them anywhere else. */
const bracketed = (expr: Expr, text: string): string =>
  expr.kind === "comp" && expr.of === "generator" && expr.start === (expr.element.outer ?? expr.element).start
    ? `(${text})`
    : text;

/** `return 1, 2` and `x = 1, 2` may be written without brackets. */
const isPlainTuple = (python: string): boolean => /^return |= \{value\}$/.test(python);

const STATEMENT_KINDS: ReadonlySet<string> = new Set(
  "expr assign augassign annassign del pass break continue return raise global nonlocal assert import from if while for try with def class".split(
    " ",
  ),
);
const isStatement = (node: Stmt | Expr): node is Stmt => STATEMENT_KINDS.has(node.kind);

const isRaw = (statement: Stmt): boolean => RAW_MARK.marks(statement);

function isPassOnly(nodes: readonly BlockNode[]): boolean {
  return nodes.length === 1 && nodes[0].type === "controls_pass";
}

function withOrigin(
  node: BlockNode,
  place: Pick<Origin, "text" | "before" | "indent" | "lead" | "tail">,
  wholeKey: string | null = null,
): BlockNode {
  const origin: Origin = { ...place, key: fingerprint(node, false), heads: [], names: [], empties: {}, wholeKey, units: [] };
  return { ...node, origin };
}
