// Blocks to Python. A block that is still as it was read gives its own text back; any other is printed from its template or
// structure. So an edit changes the statement it is in, and nothing else.

import { fingerprint, type BlockDef, type BlockNode } from "./block.ts";
import { ensureImports } from "./imports.ts";
import { levelOf, tryExpression } from "./precedence.ts";
import { DEFS, STRUCTURE_OF, variantOf } from "./registry.ts";
import { quote, type Printed } from "./structures.ts";
import { holeLevels, type Variant } from "./template.ts";

export interface Generated {
  readonly source: string;
  /** Line of each statement block, counted from 1; of a compound statement that of its head. */
  readonly lines: ReadonlyMap<BlockNode, number>;
}

/** Prints a program. With `imports`, what new blocks need is added at the top. */
export function generate(nodes: readonly BlockNode[], tail = "", options: { readonly imports?: boolean } = {}): Generated {
  const eol = nodes.some((node) => node.origin?.tail.endsWith("\r\n") === true) ? "\r\n" : "\n";
  const writer = new Writer(eol);
  writer.list(nodes, "", unitOf(nodes));
  writer.add(tail);
  if (options.imports !== true) return { source: writer.out, lines: writer.lines };
  const { source, added, from } = ensureImports(writer.out, neededImports(nodes), eol);
  if (added === 0) return { source, lines: writer.lines };
  return { source, lines: new Map([...writer.lines].map(([node, line]) => [node, line >= from ? line + added : line])) };
}

/** The imports of all blocks that were not in the text before. */
function neededImports(nodes: Iterable<BlockNode | null>): Set<string> {
  const needed = new Set<string>();
  const walk = (node: BlockNode | null): void => {
    if (node === null) return;
    const isOld = node.origin !== null && node.origin.key === fingerprint(node, false);
    if (!isOld) for (const line of DEFS.get(node.type)?.imports ?? []) needed.add(line);
    for (const value of Object.values(node.values)) walk(value);
    for (const body of Object.values(node.bodies)) body.forEach(walk);
  };
  for (const node of nodes) walk(node);
  return needed;
}

const isStep = (unit: string): boolean => !unit.startsWith("=");

function unitOf(nodes: readonly BlockNode[]): string {
  for (const { origin } of nodes) {
    const unit = origin?.units.find(isStep);
    if (unit !== undefined) return unit;
  }
  return "    ";
}

/** The text of a value block. */
export function printValue(node: BlockNode): string {
  const { origin } = node;
  if (origin !== null && origin.key === fingerprint(node, false)) return origin.text;
  const structure = STRUCTURE_OF.get(node.type);
  if (structure !== undefined) return structure.print(node, { value: placeValue }) as string;
  const variant = variantOf(node.type, node.fields);
  if (variant === null) throw new Error(`no block ${node.type}`);
  return fill(variant, node, 0, variant.holes.length);
}

const levelCache = new Map<string, number>();

/** How loosely a text binds; -1 when it needs brackets to be an expression at all. */
function textLevel(text: string): number {
  let level = levelCache.get(text);
  if (level === undefined) {
    const expr = tryExpression(text);
    level = expr === null ? -1 : expr.outer === undefined ? levelOf(expr) : 20;
    if (levelCache.size > 5000) levelCache.clear();
    levelCache.set(text, level);
  }
  return level;
}

function placeValue(node: BlockNode | null | undefined, levels: readonly boolean[], empty: string): string {
  const text = node === null || node === undefined ? empty : printValue(node);
  const level = textLevel(text);
  if (level >= 0 && levels[level]) return text;
  // What is no expression even in brackets is the learner's to see and mend.
  return level >= 0 || textLevel(`(${text})`) >= 0 ? `(${text})` : text;
}

/** A template's text with its holes from `first` up to `last` filled. */
function fill(variant: Variant, node: BlockNode, first: number, last: number): string {
  let text = variant.texts[first];
  for (let i = first; i < last; i++) text += hole(variant, node, variant.holes[i]) + variant.texts[i + 1];
  return text;
}

function hole(variant: Variant, node: BlockNode, name: string): string {
  const arg = (variant.def as BlockDef).args[name];
  switch (arg.kind) {
    case "value":
      return placeValue(node.values[name], holeLevels(variant, name), arg.shadow);
    case "text":
    case "leds":
      return quote(node.fields[name] ?? arg.initial);
    case "name":
    case "number":
      return node.fields[name] ?? arg.initial;
    default:
      throw new Error(`${node.type}: ${name} is no expression`);
  }
}

/** A statement printed anew. */
function printStatement(node: BlockNode): Printed {
  const structure = STRUCTURE_OF.get(node.type);
  if (structure !== undefined) return structure.print(node, { value: placeValue });
  const variant = variantOf(node.type, node.fields);
  if (variant === null) throw new Error(`no block ${node.type}`);
  const heads: [string, string][] = [];
  let from = 0;
  variant.holes.forEach((name, i) => {
    if (variant.def.args[name].kind !== "body") return;
    heads.push([fill(variant, node, from, i).trim(), name]);
    from = i + 1;
  });
  return heads.length > 0 ? heads : fill(variant, node, 0, variant.holes.length);
}

class Writer {
  out = "";
  private line = 1;
  readonly eol: string;
  readonly lines = new Map<BlockNode, number>();

  constructor(eol: string) {
    this.eol = eol;
  }

  add(text: string): void {
    this.out += text;
    for (let i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1)) this.line++;
  }

  /** Ends the line that the text so far may have left open. */
  private close(): void {
    if (this.out !== "" && !this.out.endsWith("\n")) this.add(this.eol);
  }

  list(nodes: readonly BlockNode[], indent: string, unit: string): void {
    for (const node of nodes) {
      this.close();
      this.statement(node, indent, unit);
    }
  }

  private statement(node: BlockNode, indent: string, unit: string): void {
    const { origin } = node;
    const isOld = origin !== null && origin.key === fingerprint(node, false);
    this.add(origin?.before ?? this.gapBefore(node, indent));
    this.lines.set(node, this.line);
    if (isOld && origin.heads.length > 0) {
      this.compound(node, indent, unit);
    } else if (
      isOld &&
      (origin.wholeKey === null ? Object.keys(node.bodies).length === 0 : origin.wholeKey === fingerprint(node, true))
    ) {
      const isHome = origin.indent === indent;
      this.add((isHome ? origin.lead : indent) + reindent(origin.text, origin.indent, indent) + origin.tail);
      if (origin.tail === "" && !isHome) this.add(this.eol);
    } else {
      this.printed(node, indent, unit, origin?.heads.length === 0 && origin.wholeKey === null ? origin.tail : this.eol);
    }
  }

  // Two blank lines before a function, as Python programmers have it.
  private gapBefore(node: BlockNode, indent: string): string {
    return indent === "" && node.type === "function_def" && this.out !== "" && !/\n\r?\n\r?\n$/.test(this.out)
      ? this.eol + this.eol
      : "";
  }

  private compound(node: BlockNode, indent: string, unit: string): void {
    const origin = node.origin as NonNullable<BlockNode["origin"]>;
    origin.names.forEach((name, i) => {
      this.close();
      this.add(reindentLines(origin.heads[i] ?? "", origin.indent, indent));
      this.body(
        node.bodies[name] ?? [],
        indent,
        origin.units[i] || unit,
        origin.indent === indent ? origin.empties[name] : undefined,
      );
    });
  }

  private body(nodes: readonly BlockNode[], indent: string, unit: string, empty: string | undefined): void {
    // A body of nothing but comments is no suite yet.
    const needsPass = nodes.every((node) => node.type === "comment");
    const inner = isStep(unit) ? indent + unit : unit.slice(1);
    if (needsPass && nodes.length === 0) {
      this.close();
      this.add(empty ?? `${inner}pass${this.eol}`);
      return;
    }
    this.list(nodes, inner, isStep(unit) ? unit : "    ");
    if (needsPass) {
      this.close();
      this.add(`${inner}pass${this.eol}`);
    }
  }

  private printed(node: BlockNode, indent: string, unit: string, tail: string): void {
    const printed = printStatement(node);
    // Only text blocks were read without their indentation.
    const place = (text: string): string => (node.type.startsWith("python_") ? reindent(text, "", indent) : text);
    if (typeof printed === "string") {
      this.add(indent + place(printed) + tail);
      if (tail === "") this.add(this.eol);
      return;
    }
    const step = node.origin?.units.find(isStep) ?? unit;
    for (const [head, name] of printed) {
      this.close();
      const { before, after } = headComments(node, name);
      this.add(before + indent + place(head) + after + this.eol);
      this.body(node.bodies[name] ?? [], indent, step, undefined);
    }
  }
}

/** The comments around a head that is printed anew: lines before it, and what followed its colon. */
function headComments(node: BlockNode, name: string): { before: string; after: string } {
  const at = node.origin?.names.indexOf(name) ?? -1;
  const head = at < 0 ? "" : (node.origin?.heads[at] ?? "");
  const before = at > 0 ? (/^(?:[ \t]*(?:#[^\n]*)?\r?\n)*/.exec(head)?.[0] ?? "") : "";
  return { before, after: /:([ \t]*#[^\n\r]*)\r?\n$/.exec(head)?.[1] ?? "" };
}

/** Moves the lines after the first; not where a string may span lines, for its blanks are its content. */
function reindent(text: string, from: string, to: string): string {
  if (from === to || !text.includes("\n") || text.includes('"""') || text.includes("'''")) return text;
  return text
    .split("\n")
    .map((line, i) => (i > 0 && line.startsWith(from) && line.trim() !== "" ? to + line.slice(from.length) : line))
    .join("\n");
}

function reindentLines(text: string, from: string, to: string): string {
  if (from === to) return text;
  return text
    .split("\n")
    .map((line) => (line.startsWith(from) && line.trim() !== "" ? to + line.slice(from.length) : line))
    .join("\n");
}
