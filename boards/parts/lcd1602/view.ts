// A character display with its own characters and cursor, with artwork of @wokwi/elements.
import { html, type TemplateResult } from "lit";
import "@wokwi/elements/dist/esm/lcd1602-element.js";
import { fontA00 } from "@wokwi/elements/dist/esm/lcd1602-font-a00.js";
import type { BoardText } from "../../messages/text.ts";
import { type Lcd1602State, ownCharacter } from "./state.ts";

export function lcd1602Picture({ lines, codes, glyphs, backlight, cursor }: Lcd1602State, t: BoardText): TemplateResult {
  const words = lines.map((line) =>
    [...line]
      .map((c) => (c.charCodeAt(0) >= ownCharacter ? "▯" : c))
      .join("")
      .trim(),
  );
  return html`<wokwi-lcd1602
    class="wide-art"
    role="img"
    aria-label=${`${t("wired.lcd1602")}: ${words.filter((line) => line !== "").join(" / ")}`}
    pins="i2c"
    .characters=${Uint8Array.from(codes)}
    .font=${fontWith(glyphs)}
    .backlight=${backlight}
    .cursor=${cursor !== null}
    .blink=${cursor?.isBlinking ?? false}
    .cursorX=${cursor?.column ?? -1}
    .cursorY=${cursor?.row ?? -1}
  ></wokwi-lcd1602>`;
}

// The artwork's font has the left pixel in the lowest bit; its first sixteen characters are a program's own, twice.
function fontWith(glyphs: Lcd1602State["glyphs"]): Uint8Array {
  const font = fontA00.slice();
  for (const [i, glyph] of glyphs.entries())
    for (const [y, row] of glyph.entries()) font[i * 8 + y] = font[(i + 8) * 8 + y] = mirrored(row);
  return font;
}

function mirrored(row: number): number {
  return [0, 1, 2, 3, 4].reduce((bits, x) => bits | (((row >> x) & 1) << (4 - x)), 0);
}
