// A chain of pixels as it shines.
import { html, svg, type TemplateResult } from "lit";
import type { BoardText } from "../../messages/text.ts";
import type { NeopixelState } from "./state.ts";

const inRow = 16;
const place = 18;

export function neopixelPicture({ pixels }: NeopixelState, t: BoardText): TemplateResult {
  const shining = pixels.filter((pixel) => pixel.some((value) => value > 0)).length;
  const columns = Math.min(inRow, pixels.length);
  const rows = Math.ceil(pixels.length / inRow);
  return html`<div class="seen">
    <svg class="pixels" viewBox="0 0 ${columns * place} ${rows * place}" width=${columns * place} aria-hidden="true">
      ${pixels.map(
        (pixel, i) =>
          svg`<circle cx=${(i % inRow) * place + 9} cy=${Math.floor(i / inRow) * place + 9} r="7.5" stroke="currentColor"
            stroke-opacity=".4" fill=${`rgb(${pixel.map(seenLevel).join(" ")})`} />`,
      )}
    </svg>
    <span>${t("seen.pixels", { n: shining, all: pixels.length })}</span>
  </div>`;
}

// A pixel at 10 of 255 is well seen in a room; a screen's 10 is black.
function seenLevel(value: number): number {
  return Math.round(255 * (value / 255) ** (1 / 2.2));
}
