// An LED as it shines, with artwork of @wokwi/elements.
import { html, type TemplateResult } from "lit";
import "@wokwi/elements/dist/esm/led-element.js";
import type { BoardText } from "../../messages/text.ts";
import type { Led5mmState } from "./state.ts";

export function led5mmPicture({ colour, brightness }: Led5mmState, t: BoardText): TemplateResult {
  return html`<p class="seen">
    <wokwi-led aria-hidden="true" .color=${colour} .value=${brightness > 0} .brightness=${brightness}></wokwi-led>
    ${lightWords(brightness, t)}
  </p>`;
}

/** "Shines at 50 %"; what shines at all shines at 1 % at least. */
export function lightWords(brightness: number, t: BoardText): string {
  return brightness > 0 ? t("seen.lit", { n: Math.max(1, Math.round(brightness * 100)) }) : t("seen.dark");
}
