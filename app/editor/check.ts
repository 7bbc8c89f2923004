// Looks for what Python cannot read, with the parser that also runs the program, for the release that the board has.
import { parse, PySyntaxError, type SyntaxFeatures } from "../../interpreter/syntax.ts";
import { lookAtSyntax, type Report } from "../explain/traceback.ts";
import { entry, explain } from "../explain/table.ts";
import { msg } from "../i18n/i18n.ts";

/** What a board's parser takes: micro:bits have none of the newer syntax, the pyboard has it all. */
export function featuresOf(board: string): SyntaxFeatures {
  const isNew = board.startsWith("pyboard");
  return { fstrings: isNew, asyncAwait: isNew, assignExpr: isNew, numericUnderscore: isNew, annotations: isNew };
}

/** The first fault of a program, or null. */
export function findFault(source: string, board: string): { readonly error: PySyntaxError; readonly report: Report } | null {
  try {
    parse(source, "file", featuresOf(board));
    return null;
  } catch (error) {
    if (!(error instanceof PySyntaxError)) throw error;
    const text = `${error.type}: ${error.message}${error.detail}`;
    const traceback = `Traceback (most recent call last):\n  File "<stdin>", line ${error.line}\n${text}\n`;
    const closer = error.type === "SyntaxError" && error.message === "invalid syntax" ? lookAtSyntax(source, error.line) : null;
    const line = closer?.line ?? error.line;
    const explanation = closer ? entry(closer.key, { line }) : explain(text, line);
    return { error, report: { error: text, traceback, file: "main.py", line, explanation } };
  }
}

/** The faults as places of the text, for the editor. */
export function faultsOf(source: string, board: string): readonly { start: number; end: number; text: string }[] {
  const fault = findFault(source, board);
  if (!fault) return [];
  const { report } = fault;
  const lines = source.split("\n");
  const start = lines.slice(0, report.line - 1).reduce((sum, line) => sum + line.length + 1, 0);
  const text = lines[report.line - 1] ?? "";
  const { what, values } = report.explanation;
  return [
    { start: start + (text.length - text.trimStart().length), end: start + Math.max(1, text.length), text: msg(what, values) },
  ];
}
