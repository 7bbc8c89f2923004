// A chain of pixels as it shines.
import { html, svg, type TemplateResult } from "lit";
import type { BoardText } from "../../messages/text.ts";
import type { NeopixelState } from "./state.ts";

const inRow = 16;
const place = 18;

export function neopixelPicture({ pixels, shape }: NeopixelState, t: BoardText): TemplateResult {
  const shining = pixels.filter((pixel) => pixel.some((value) => value > 0)).length;
  const { width, height, at } = shape === "ring" ? ring(pixels.length) : strip(pixels.length);
  return html`<div class="seen">
    <svg class="pixels" viewBox="0 0 ${width} ${height}" width=${width} aria-hidden="true">
      ${pixels.map((pixel, i) => {
        const [x, y] = at(i);
        return svg`<circle cx=${x} cy=${y} r="7.5" stroke="currentColor" stroke-opacity=".4"
          fill=${`rgb(${pixel.map(seenLevel).join(" ")})`} />`;
      })}
    </svg>
    <span>${t("seen.pixels", { n: shining, all: pixels.length })}</span>
  </div>`;
}

interface Layout {
  readonly width: number;
  readonly height: number;
  readonly at: (i: number) => readonly [x: number, y: number];
}

/** Rows of sixteen. */
function strip(count: number): Layout {
  return {
    width: Math.min(inRow, count) * place,
    height: Math.ceil(count / inRow) * place,
    at: (i) => [(i % inRow) * place + place / 2, Math.floor(i / inRow) * place + place / 2],
  };
}

/** Clockwise from the top. */
function ring(count: number): Layout {
  const radius = Math.max(place / 2, (count * place) / (2 * Math.PI));
  const size = 2 * radius + place;
  return {
    width: size,
    height: size,
    at: (i) => {
      const angle = (2 * Math.PI * i) / count;
      return [size / 2 + radius * Math.sin(angle), size / 2 - radius * Math.cos(angle)];
    },
  };
}

// A pixel at 10 of 255 is well seen in a room; a screen's 10 is black.
function seenLevel(value: number): number {
  return Math.round(255 * (value / 255) ** (1 / 2.2));
}
