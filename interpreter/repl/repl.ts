// What the friendly REPL knows of Python: whether a statement goes on, how far to indent, what Tab completes (py/repl.c).
import { mp } from "../objects/mpstate.ts";
import { builtinModuleNames } from "../modules/registry.ts";
import { isPending, type Obj } from "../objects/obj.ts";
import { loadAttrMaybe } from "../vm/attr.ts";
import { builtinModuleOf } from "../vm/import.ts";
import { completions } from "../vm/dir.ts";
import { qstrNames } from "../vm/qstr.ts";

const blockWords = /^(?:@|(?:if|while|for|try|with|def|class|async)(?![A-Za-z0-9_]))/;

/** Whether the text so far needs another line (py/repl.c mp_repl_continue_with_input). It knows no comments. */
export function continuesInput(text: string): boolean {
  if (text === "") return false;
  let brackets = [0, 0, 0];
  let quote = "";
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (c === "'" || c === '"') {
      const triple = c.repeat(3);
      if ((quote === "" || quote === triple) && text.startsWith(triple, i)) {
        i += 2;
        quote = quote === "" ? triple : "";
      } else if (quote === "" || quote === c) quote = quote === "" ? c : "";
    } else if (c === "\\" && /['"\\]/.test(text[i + 1] ?? "")) {
      if (quote !== "") i++;
    } else if (quote === "") {
      const open = "([{".indexOf(c);
      const close = ")]}".indexOf(c);
      brackets = brackets.map((n, kind) => n + (kind === open ? 1 : 0) - (kind === close ? 1 : 0));
    }
  }
  if (quote.length === 3) return true;
  if (quote === "" && brackets.some((n) => n > 0)) return true;
  return text.endsWith("\\") || (blockWords.test(text) && !text.endsWith("\n"));
}

/** What Tab does at the end of `text` (py/repl.c mp_repl_autocomplete): dotted names only, nothing is called. */
export function completeInput(text: string): { insert: string; list: string } {
  const nothing = { insert: "", list: "" };
  const word = /[A-Za-z0-9_.]*$/.exec(text)![0];
  const parts = word.split(".");
  const prefix = parts.pop()!;
  let o: Obj | undefined;
  for (const [i, part] of parts.entries()) {
    const next: unknown = i === 0 ? mp.mainGlobals.getStr(part) : loadAttrMaybe(o!, part);
    if (next === undefined || isPending(next as Obj)) return nothing;
    o = next as Obj;
  }
  let names: string[];
  if (text.startsWith("import ")) {
    const modules = new Set(builtinModuleNames(mp.config).concat(mp.moduleNames()));
    const known = qstrNames().filter((name) => modules.has(name));
    names = [...new Set([...known, ...modules])].filter((name) => name.startsWith(prefix));
  } else names = completions(o ?? builtinModuleOf("__main__")!, prefix);
  const found = names.filter((name) => prefix !== "" || !name.startsWith("_"));
  if (found.length === 0) {
    const isFirst = word === text && parts.length === 0 && prefix !== "";
    return isFirst && "import ".startsWith(prefix) ? { insert: "import ".slice(prefix.length), list: "" } : nothing;
  }
  let common = found[0]!;
  for (const name of found) while (!name.startsWith(common)) common = common.slice(0, -1);
  if (found.length === 1 || common.length > prefix.length) return { insert: common.slice(prefix.length), list: "" };
  return { insert: "", list: `${columns(found)}\n` };
}

const SLOT = 16;
const WIDTH = 4 * SLOT;

/** Names in slots of 16, at least two spaces apart; one that does not fit begins a line. */
function columns(names: readonly string[]): string {
  let out = "";
  let length = WIDTH;
  for (const name of names) {
    let gap = Math.ceil(length / SLOT) * SLOT - length;
    if (gap < 2) gap += SLOT;
    if (length + gap + name.length <= WIDTH) {
      out += " ".repeat(gap) + name;
      length += gap + name.length;
    } else {
      out += `\n${name}`;
      length = name.length;
    }
  }
  return out;
}
