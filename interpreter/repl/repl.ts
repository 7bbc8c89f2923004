// What the friendly REPL knows of Python: whether a statement goes on, how far to indent, what Tab completes (py/repl.c).
import { mp } from "../objects/mpstate.ts";
import { builtinModuleNames } from "../modules/registry.ts";
import { PyModule } from "../objects/objmodule.ts";
import { isPending, PyInstance, PyType, typeOf, type Obj } from "../objects/obj.ts";
import { loadAttrMaybe } from "../vm/attr.ts";

const blockWords = /^(?:@|(?:if|while|for|try|with|def|class|async)(?![A-Za-z0-9_]))/;

/** Whether the text so far needs another line (py/repl.c mp_repl_continue_with_input). */
export function continuesInput(text: string): boolean {
  if (text === "") return false;
  const startsBlock = blockWords.test(text);
  let brackets = 0;
  let quote = "";
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (quote !== "") {
      if (c === "\\") i++;
      else if (text.startsWith(quote, i)) {
        i += quote.length - 1;
        quote = "";
      } else if (quote.length === 1 && c === "\n") quote = "";
      continue;
    }
    if (c === "'" || c === '"') {
      quote = text.startsWith(c.repeat(3), i) ? c.repeat(3) : c;
      i += quote.length - 1;
    } else if (c === "\\" && text[i + 1] === "\n") i++;
    else if (c === "#") while (i + 1 < text.length && text[i + 1] !== "\n") i++;
    else if ("([{".includes(c)) brackets++;
    else if (")]}".includes(c)) brackets--;
  }
  if (quote.length === 3) return true;
  if ((brackets > 0 || text.endsWith("\\")) && quote === "") return true;
  return startsBlock && !text.endsWith("\n");
}

/** The spaces that the next line starts with (shared/readline/readline.c readline_auto_indent). */
export function autoIndent(text: string): string {
  const lines = text.split("\n");
  const last = lines[lines.length - 1]!;
  if (last.trim() === "" && lines.length >= 2 && lines[lines.length - 2]!.trim() === "") return "";
  let steps = Math.floor(last.search(/[^ ]|$/) / 4);
  if (last.endsWith(":")) steps++;
  return "    ".repeat(steps);
}

const keywords = [
  "and",
  "as",
  "assert",
  "async",
  "await",
  "break",
  "class",
  "continue",
  "def",
  "del",
  "elif",
  "else",
  "except",
  "finally",
  "for",
  "from",
  "global",
  "if",
  "import",
  "in",
  "is",
  "lambda",
  "nonlocal",
  "not",
  "or",
  "pass",
  "raise",
  "return",
  "try",
  "while",
  "with",
  "yield",
];

function namesOf(o: Obj): string[] {
  if (o instanceof PyModule) return [...o.globals.map.values()].map((entry) => String(entry.key));
  const names: string[] = [];
  const add = (attrs: object): void => {
    for (const key of Object.keys(attrs)) if (key.startsWith("$")) names.push(key.slice(1));
  };
  if (o instanceof PyInstance) add(o);
  for (const type of (o instanceof PyType ? o : typeOf(o)).line()) add(type.proto);
  return names;
}

/** What Tab does at the end of `text` (py/repl.c mp_repl_autocomplete). */
export function completeInput(text: string): { insert: string; list: string } {
  const nothing = { insert: "", list: "" };
  const word = /[A-Za-z0-9_.]*$/.exec(text)![0];
  const parts = word.split(".");
  const prefix = parts.pop()!;
  const isImport = /(?:^|[;\s])(?:import|from)\s+[A-Za-z0-9_]*$/.test(text) && parts.length === 0;
  let names: string[];
  if (isImport) names = builtinModuleNames(mp.config);
  else {
    let o: Obj | undefined;
    for (const [i, part] of parts.entries()) {
      const next: unknown = i === 0 ? mp.mainGlobals.getStr(part) : loadAttrMaybe(o!, part);
      if (next === undefined || isPending(next as Obj)) return nothing;
      o = next as Obj;
    }
    names = o === undefined ? [...mp.mainGlobals.map.values()].map((entry) => String(entry.key)) : namesOf(o);
    if (o === undefined && prefix !== "") {
      names.push(...[...mp.builtins.map.values()].map((entry) => String(entry.key)));
      if (!names.some((name) => name.startsWith(prefix))) {
        const word1 = keywords.find((k) => k === "import" && k.startsWith(prefix));
        return word1 === undefined ? nothing : { insert: `${word1.slice(prefix.length)} `, list: "" };
      }
    }
  }
  const found = [...new Set(names)].filter((name) => name.startsWith(prefix) && (prefix !== "" || !name.startsWith("_")));
  if (found.length === 0) return nothing;
  let common = found[0]!;
  for (const name of found) while (!name.startsWith(common)) common = common.slice(0, -1);
  if (found.length === 1 || common.length > prefix.length) return { insert: common.slice(prefix.length), list: "" };
  let list = "\n";
  let column = 0;
  for (const name of found) {
    if (column + name.length > 64 && column > 0) {
      list += "\n";
      column = 0;
    }
    const width = Math.ceil((name.length + 1) / 16) * 16;
    list += column + width > 64 ? name : name.padEnd(width);
    column += width;
    if (column >= 64) {
      list = `${list.trimEnd()}\n`;
      column = 0;
    }
  }
  return { insert: "", list: column === 0 ? list : `${list.trimEnd()}\n` };
}
