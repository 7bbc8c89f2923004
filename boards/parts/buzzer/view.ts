// A buzzer and what it sounds at, with artwork of @wokwi/elements.
import { html, type TemplateResult } from "lit";
import "@wokwi/elements/dist/esm/buzzer-element.js";
import type { BoardText } from "../../messages/text.ts";
import type { BuzzerState } from "./state.ts";

export function buzzerPicture({ frequency }: BuzzerState, t: BoardText): TemplateResult {
  return html`<p class="seen">
    <wokwi-buzzer aria-hidden="true" .hasSignal=${frequency > 0}></wokwi-buzzer>
    ${frequency > 0 ? t("seen.tone", { n: Math.round(frequency) }) : t("seen.silent")}
  </p>`;
}
