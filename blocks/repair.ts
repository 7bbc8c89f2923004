// Reading a program with syntax errors: the smallest statement around each error is set aside as text, and the rest is parsed.
// The set-aside text is overwritten by a name nobody can type and blanks, so every other offset stays what it was.

import { parse, PySyntaxError, type Module, type Stmt } from "../interpreter/syntax.ts";
import { ALL_FEATURES } from "./precedence.ts";

const MARK = "\uE001";
const ROUNDS = 60;

/** Statements that stand for set-aside text. */
export const RAW_MARK = {
  marks: (statement: Stmt): boolean =>
    statement.kind === "expr" && statement.value.kind === "name" && statement.value.id === MARK,
  /** Where the text set aside by that statement stands. */
  regionOf(statement: Stmt, source: string): { start: number; end: number } {
    const region = regions.get(statement);
    return region ?? { start: statement.start, end: source.length };
  },
};
const regions = new WeakMap<Stmt, { start: number; end: number }>();
const ends = new WeakMap<Stmt, number>();

/** Where a statement ends, with what was set aside in it. */
export const endOfStatement = (statement: Stmt): number => ends.get(statement) ?? statement.end;

interface Line {
  readonly start: number;
  /** Before the line's end. */
  readonly end: number;
  readonly indent: number;
  readonly isBlank: boolean;
}

export function parseBroken(source: string): { module: Module; errors: PySyntaxError[] } {
  const errors: PySyntaxError[] = [];
  const aside: { start: number; end: number }[] = [];
  let patched = source;
  for (let round = 0; ; round++) {
    const result = attempt(patched);
    if (!(result instanceof PySyntaxError)) {
      bind(result.body, aside);
      return { module: result, errors };
    }
    errors.push(result);
    const lines = splitLines(patched);
    const region = round < ROUNDS ? choose(patched, lines, result) : { first: 0, last: lines.length - 1 };
    const range = trim(patched, lines, region);
    aside.push(range);
    patched = overwrite(patched, range);
  }
}

function attempt(source: string): Module | PySyntaxError {
  try {
    return parse(source, "file", ALL_FEATURES);
  } catch (error) {
    if (error instanceof PySyntaxError) return error;
    throw error;
  }
}

function bind(body: readonly Stmt[], aside: readonly { start: number; end: number }[]): number {
  let last = 0;
  if (aside.length === 0) return last;
  for (const statement of body) {
    let { end } = statement;
    if (RAW_MARK.marks(statement)) {
      // The last range that begins here covers those set aside before it.
      const range = aside.findLast(({ start }) => start === statement.start);
      if (range !== undefined) {
        regions.set(statement, range);
        end = range.end;
      }
    }
    for (const suite of suitesOf(statement)) end = Math.max(end, bind(suite, aside));
    if (end > statement.end) ends.set(statement, end);
    last = Math.max(last, end);
  }
  return last;
}

function suitesOf(statement: Stmt): (readonly Stmt[])[] {
  switch (statement.kind) {
    case "if":
    case "while":
    case "for": {
      const { orelse } = statement;
      return [statement.body.body, orelse === null ? [] : "kind" in orelse ? [orelse] : orelse.body];
    }
    case "try":
      return [
        statement.body.body,
        ...statement.handlers.map((handler) => handler.body.body),
        statement.orelse?.body ?? [],
        statement.finalbody?.body ?? [],
      ];
    case "with":
    case "def":
    case "class":
      return [statement.body.body];
    default:
      return [];
  }
}

function splitLines(source: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  while (start < source.length) {
    let end = source.indexOf("\n", start);
    if (end < 0) end = source.length;
    const text = source.slice(start, end);
    const indent = text.length - text.trimStart().length;
    lines.push({ start, end, indent, isBlank: /^\s*(#.*)?$/.test(text) });
    start = end + 1;
  }
  return lines;
}

interface Region {
  readonly first: number;
  readonly last: number;
  /** Where the region begins in its first line, when that stands at no right depth. */
  readonly column?: number;
}

/** The smallest run of whole lines without which the parser gets further. */
function choose(source: string, lines: readonly Line[], error: PySyntaxError): Region {
  const at = Math.max(0, lineAt(lines, error));
  const bracket = openBracket(source, error.offset);
  const candidates: Region[] = [];
  if (bracket >= 0) {
    const line = lines.findIndex(({ end }) => end >= bracket);
    candidates.push({ first: line, last: line }, { first: line, last: Math.max(line, at) });
  }
  if (error.type === "IndentationError") candidates.push(...indentCandidates(lines, at));
  let line = at;
  if (!opensSuite(lines, at)) candidates.push({ first: at, last: at });
  for (let guard = 0; guard < 40; guard++) {
    candidates.push(group(lines, line));
    const parent = parentOf(lines, line);
    if (parent < 0) break;
    line = parent;
  }
  for (const region of candidates) {
    const next = attempt(overwrite(source, trim(source, lines, region)));
    if (!(next instanceof PySyntaxError)) return region;
    const progress = lineAt(lines, next);
    if (progress > region.last + 1 || (progress === region.last + 1 && next.type !== "IndentationError")) return region;
  }
  return { first: 0, last: lines.length - 1 };
}

function lineAt(lines: readonly Line[], error: PySyntaxError): number {
  const index = lines.findIndex(({ end }) => end >= error.offset);
  return index < 0 ? lines.length - 1 : index;
}

const nextFull = (lines: readonly Line[], line: number): number => {
  const found = lines.findIndex((candidate, i) => i > line && !candidate.isBlank);
  return found < 0 ? lines.length : found;
};

const opensSuite = (lines: readonly Line[], line: number): boolean =>
  (lines[nextFull(lines, line)]?.indent ?? -1) > lines[line].indent;

/** A line that stands at no right depth is set aside at a depth that is right: that of a line before it, or of one around that. */
function indentCandidates(lines: readonly Line[], at: number): Region[] {
  const regions: Region[] = [];
  for (const wrong of new Set([at, nextFull(lines, at)])) {
    if (wrong >= lines.length || lines[wrong].isBlank) continue;
    const { last } = group(lines, wrong);
    let before = wrong - 1;
    while (before >= 0 && lines[before].isBlank) before--;
    for (let line = before; line >= 0; line = parentOf(lines, line)) {
      if (lines[line].indent < lines[wrong].indent) regions.push({ first: wrong, last, column: lines[line].indent });
    }
    if (before < 0) regions.push({ first: wrong, last, column: 0 });
  }
  return regions;
}

/** A line with everything that stands deeper after it. */
function group(lines: readonly Line[], line: number): Region {
  const { indent } = lines[line];
  let last = line;
  for (let i = line + 1; i < lines.length; i++) {
    if (lines[i].isBlank) continue;
    if (lines[i].indent <= indent) break;
    last = i;
  }
  return { first: line, last };
}

function parentOf(lines: readonly Line[], line: number): number {
  for (let i = line - 1; i >= 0; i--) if (!lines[i].isBlank && lines[i].indent < lines[line].indent) return i;
  return -1;
}

/** Where the outermost bracket was opened that is still open at `offset`, or -1. Strings and comments are stepped over. */
function openBracket(source: string, offset: number): number {
  const open: number[] = [];
  for (let i = 0; i < offset && i < source.length; i++) {
    const c = source[i];
    if (c === "#") {
      while (i + 1 < source.length && source[i + 1] !== "\n") i++;
    } else if (c === "'" || c === '"') {
      const mark = source.startsWith(c.repeat(3), i) ? c.repeat(3) : c;
      i += mark.length;
      while (i < source.length && !source.startsWith(mark, i) && (mark.length === 3 || source[i] !== "\n"))
        i += source[i] === "\\" ? 2 : 1;
      i += mark.length - 1;
    } else if ("([{".includes(c)) {
      open.push(i);
    } else if (")]}".includes(c)) {
      open.pop();
    }
  }
  return open[0] ?? -1;
}

/** From the first character of a region to the last that is not blank. */
function trim(source: string, lines: readonly Line[], { first: from, last, column }: Region): { start: number; end: number } {
  let first = from;
  while (first < last && lines[first].isBlank) first++;
  const start = lines[first].start + (column ?? lines[first].indent);
  const text = source.slice(start, lines[last].end);
  return { start, end: start + Math.max(1, text.trimEnd().length) };
}

function overwrite(source: string, { start, end }: { start: number; end: number }): string {
  const blank = source.slice(start, end).replace(/[^\r\n]/g, " ");
  return source.slice(0, start) + MARK + blank.slice(1) + source.slice(end);
}
