// Reads a traceback as the board printed it: which error, and where in the learner's own files. Then finds the explanation.
// A syntax error gets a closer look at the line itself, as the board says only "invalid syntax", often one line too late.
import { entry, explain, type Explanation } from "./table.ts";

export interface Report {
  /** "ValueError: no", the board's own last line. */
  readonly error: string;
  /** The whole traceback, for who wants to read it. */
  readonly traceback: string;
  readonly file: string;
  /** 0 when the board names none. */
  readonly line: number;
  readonly explanation: Explanation;
}

/** What boards call the program that was sent to them. */
const mainNames = ["<stdin>", "__main__", "<string>", "main.py"];

/** The report of a traceback, or null when the program was only stopped. `files` are the project's. */
export function readTraceback(traceback: string, files: Readonly<Record<string, string>>): Report | null {
  const lines = traceback.replaceAll("\r", "").trimEnd().split("\n");
  const error = (lines.at(-1) ?? "").trim();
  if (error === "" || /^(KeyboardInterrupt|SystemExit)\b/.test(error)) return null;
  let file = "main.py";
  let line = 0;
  // Outermost first; the innermost line that is the learner's own is the one to show.
  for (const text of lines) {
    const match = /^\s*File "([^"]*)", line (\d+)/.exec(text);
    if (!match) continue;
    const name = mainNames.includes(match[1]!) ? "main.py" : match[1]!.replace(/^\/(flash\/)?/, "");
    if (name in files) {
      file = name;
      line = Number(match[2]);
    }
  }
  const source = files[file] ?? "";
  if (/^(SyntaxError: invalid syntax|SyntaxError:?\s*$)/.test(error)) {
    const found = lookAtSyntax(source, line);
    if (found) return { error, traceback, file, line: found.line, explanation: entry(found.key, { line: found.line }) };
  }
  return { error, traceback, file, line, explanation: explain(error, line) };
}

const opens = /^\s*(if|elif|else|while|for|def|class|try|except|finally|with)\b/;

/** The likely slip at or just before `line` (from 1), or null. */
export function lookAtSyntax(source: string, line: number): { readonly key: string; readonly line: number } | null {
  const lines = source.split("\n").map(withoutComment);
  for (const at of [line, line - 1]) {
    const text = lines[at - 1];
    if (text === undefined || text.trim() === "") continue;
    if (opens.test(text) && !text.trimEnd().endsWith(":") && !/:.*\S/.test(text.replace(/[[{(].*?[\]})]/g, ""))) {
      if (balance(text) > 0) return { key: "syntax-bracket", line: at };
      return { key: "syntax-colon", line: at };
    }
    if (/^\s*(if|elif|while)\b[^=!<>]*[^=!<>]=[^=]/.test(text)) return { key: "syntax-equals", line: at };
    if (balance(text) > 0) return { key: "syntax-bracket", line: at };
  }
  const now = lines[line - 1];
  const before = lines
    .slice(0, line - 1)
    .reverse()
    .find((text) => text.trim() !== "");
  if (now?.trim() && before && opens.test(before) && before.trimEnd().endsWith(":") && indent(now) <= indent(before)) {
    return { key: "indent-missing", line };
  }
  // An unclosed bracket swallows lines: it is found where it was opened.
  let depth = 0;
  for (let at = line - 1; at >= 1 && at > line - 20; at--) {
    depth += balance(lines[at - 1] ?? "");
    if (depth > 0) return { key: "syntax-bracket", line: at };
  }
  return null;
}

const indent = (text: string) => text.length - text.trimStart().length;

/** Strings become empty strings and comments go, so that their brackets do not count. An open string counts as a bracket. */
function withoutComment(text: string): string {
  const plain = text.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g, '""').replace(/#.*/, "");
  return plain;
}

/** Brackets opened minus brackets closed on one line; a quote left open counts as one. */
function balance(text: string): number {
  const quotes = text.replaceAll('""', "").match(/["']/g)?.length ?? 0;
  return (text.match(/[[({]/g)?.length ?? 0) - (text.match(/[\])}]/g)?.length ?? 0) + (quotes % 2);
}
