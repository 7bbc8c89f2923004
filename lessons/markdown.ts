// The Markdown that lessons are written in, a small part of it: paragraphs, lists, **strong**, *emphasis*, `code`, fences.
// It gives data, not HTML. What a fence means is the caller's business, except for programs and pictures.

import type { Span, Text } from "./lesson.ts";

export interface Fence {
  readonly kind: "fence";
  readonly info: string;
  readonly body: string;
}

/** Text in its order, with the fences in it. */
export function parseBlocks(source: string): (Text | Fence)[] {
  const blocks: (Text | Fence)[] = [];
  const lines = source.split(/\r?\n/);
  let i = 0;
  while (i < lines.length) {
    const line = lines[i];
    const fence = /^(~~~+|```+)\s*(.*)$/.exec(line);
    if (fence !== null) {
      const end = lines.findIndex((other, at) => at > i && other.trim() === fence[1]);
      const last = end < 0 ? lines.length : end;
      blocks.push({ kind: "fence", info: fence[2].trim(), body: lines.slice(i + 1, last).join("\n") });
      i = last + 1;
    } else if (line.trim() === "") {
      i++;
    } else if (isItem(line)) {
      const ordered = /^\d/.test(line);
      const items: string[] = [];
      while (i < lines.length && (isItem(lines[i]) || /^\s+\S/.test(lines[i]))) {
        if (isItem(lines[i])) items.push(lines[i].replace(/^(-|\d+\.)\s+/, ""));
        else items[items.length - 1] += ` ${lines[i].trim()}`;
        i++;
      }
      blocks.push({ kind: "list", ordered, items: items.map(parseSpans) });
    } else {
      const start = i;
      while (i < lines.length && lines[i].trim() !== "" && !/^(~~~|```)/.test(lines[i]) && !isItem(lines[i])) i++;
      const text = lines.slice(start, i).map((part) => part.trim());
      blocks.push({ kind: "paragraph", spans: parseSpans(text.join(" ")) });
    }
  }
  return blocks;
}

const isItem = (line: string): boolean => /^(-|\d+\.)\s+\S/.test(line);

export function parseSpans(text: string): Span[] {
  const spans: Span[] = [];
  let rest = text;
  while (rest !== "") {
    const found = /(`([^`]+)`)|(\*\*([^*]+)\*\*)|(\*([^*]+)\*)/.exec(rest);
    if (found === null) {
      spans.push({ style: "plain", text: rest });
      break;
    }
    if (found.index > 0) spans.push({ style: "plain", text: rest.slice(0, found.index) });
    if (found[2] !== undefined) spans.push({ style: "code", text: found[2] });
    else if (found[4] !== undefined) spans.push({ style: "strong", text: found[4] });
    else spans.push({ style: "emphasis", text: found[6] });
    rest = rest.slice(found.index + found[0].length);
  }
  return spans;
}

/** Fences that are text: programs and pictures. */
export function textOf(blocks: readonly (Text | Fence)[]): Text[] {
  return blocks.flatMap((block): Text[] => {
    if (block.kind !== "fence") return [block];
    if (block.info === "leds") {
      const pixels = [...block.body.replace(/\D/g, "")].map(Number);
      if (pixels.length !== 25) throw new Error(`a picture has 25 digits, not ${pixels.length}`);
      return [{ kind: "leds", pixels }];
    }
    const language = block.info === "python" || block.info === "blocks" ? block.info : "text";
    return [{ kind: "code", language, code: block.body }];
  });
}
