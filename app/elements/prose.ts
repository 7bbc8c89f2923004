// A lesson's text into templates: paragraphs, lists, programs, pictures of lights. It is data all the way, so nothing in it becomes HTML.
import { html, type TemplateResult } from "lit";
import type { Span, Text } from "../../lessons/index.ts";
import "./leds.ts";

/** The templates of a text. */
export function prose(text: readonly Text[]): TemplateResult[] {
  return text.map((part) => {
    switch (part.kind) {
      case "paragraph":
        return html`<p>${spans(part.spans)}</p>`;
      case "list": {
        const items = part.items.map((item) => html`<li>${spans(item)}</li>`);
        return part.ordered
          ? html`<ol class="listed">
              ${items}
            </ol>`
          : html`<ul class="listed">
              ${items}
            </ul>`;
      }
      case "code":
        return html`<pre tabindex="0"><code>${part.code}</code></pre>`;
      case "leds":
        return html`<by-leds .levels=${part.pixels}></by-leds>`;
    }
  });
}

function spans(parts: readonly Span[]): (string | TemplateResult)[] {
  return parts.map(({ style, text }) => {
    switch (style) {
      case "plain":
        return text;
      case "strong":
        return html`<strong>${text}</strong>`;
      case "emphasis":
        return html`<em>${text}</em>`;
      case "code":
        return html`<code>${text}</code>`;
    }
  });
}
