// Markdown of lessons into templates: paragraphs, lists, small headings, code fences, `code`, **strong**, *emphasis*. Text stays text:
// nothing in it becomes HTML, so a lesson from anywhere is harmless.
import { html, type TemplateResult } from "lit";

/** The templates of a Markdown text. */
export function prose(text: string): TemplateResult[] {
  const parts: TemplateResult[] = [];
  const lines = text.replaceAll("\r\n", "\n").split("\n");
  let at = 0;
  while (at < lines.length) {
    const line = lines[at]!;
    if (line.trim() === "") at++;
    else if (/^(```|~~~)/.test(line)) at = fence(lines, at, parts);
    else if (/^#{1,6} /.test(line)) {
      parts.push(html`<h3>${inline(line.replace(/^#+ /, ""))}</h3>`);
      at++;
    } else if (/^\s*([-*]|\d+\.) /.test(line)) at = list(lines, at, parts);
    else {
      const words: string[] = [];
      while (at < lines.length && lines[at]!.trim() !== "" && !/^(```|~~~|#{1,6} |\s*([-*]|\d+\.) )/.test(lines[at]!)) {
        words.push(lines[at++]!.trim());
      }
      parts.push(html`<p>${inline(words.join(" "))}</p>`);
    }
  }
  return parts;
}

function fence(lines: readonly string[], start: number, parts: TemplateResult[]): number {
  const mark = lines[start]!.slice(0, 3);
  let at = start + 1;
  const code: string[] = [];
  while (at < lines.length && !lines[at]!.startsWith(mark)) code.push(lines[at++]!);
  parts.push(html`<pre class="program" tabindex="0"><code>${code.join("\n")}</code></pre>`);
  return at + 1;
}

function list(lines: readonly string[], start: number, parts: TemplateResult[]): number {
  const isNumbered = /^\s*\d/.test(lines[start]!);
  const items: string[] = [];
  let at = start;
  for (; at < lines.length && lines[at]!.trim() !== ""; at++) {
    const item = /^\s*(?:[-*]|\d+\.) (.*)$/.exec(lines[at]!);
    if (item) items.push(item[1]!);
    else items[items.length - 1] += ` ${lines[at]!.trim()}`;
  }
  const entries = items.map((item) => html`<li>${inline(item)}</li>`);
  parts.push(
    isNumbered
      ? html`<ol class="listed">
          ${entries}
        </ol>`
      : html`<ul class="listed">
          ${entries}
        </ul>`,
  );
  return at;
}

/** `code`, **strong** and *emphasis* within a line. */
export function inline(text: string): (string | TemplateResult)[] {
  return text
    .split(/(`[^`]+`|\*\*[^*]+\*\*|\*[^*\s][^*]*\*)/)
    .filter((part) => part !== "")
    .map((part) => {
      if (part.startsWith("`")) return html`<code>${part.slice(1, -1)}</code>`;
      if (part.startsWith("**")) return html`<strong>${part.slice(2, -2)}</strong>`;
      if (part.startsWith("*") && part.length > 2) return html`<em>${part.slice(1, -1)}</em>`;
      return part;
    });
}
