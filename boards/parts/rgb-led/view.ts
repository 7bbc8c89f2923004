// An RGB LED as it shines, with artwork of @wokwi/elements.
import { html, type TemplateResult } from "lit";
import "@wokwi/elements/dist/esm/rgb-led-element.js";
import type { BoardText } from "../../messages/text.ts";
import type { RgbLedState } from "./state.ts";

export function rgbLedPicture({ red, green, blue }: RgbLedState, t: BoardText): TemplateResult {
  const percent = (value: number): number => Math.round(value * 100);
  const isDark = red + green + blue === 0;
  return html`<p class="seen">
    <wokwi-rgb-led aria-hidden="true" .ledRed=${red} .ledGreen=${green} .ledBlue=${blue}></wokwi-rgb-led>
    ${isDark ? t("seen.dark") : t("seen.rgb", { red: percent(red), green: percent(green), blue: percent(blue) })}
  </p>`;
}
