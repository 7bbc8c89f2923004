// A servo's horn, with artwork of @wokwi/elements.
import { html, type TemplateResult } from "lit";
import "@wokwi/elements/dist/esm/servo-element.js";
import type { BoardText } from "../../messages/text.ts";
import type { ServoState } from "./state.ts";

export function servoPicture({ angle, isPowered }: ServoState, t: BoardText): TemplateResult {
  return html`<p class="seen">
    <wokwi-servo class="small-art" aria-hidden="true" .angle=${angle - 90}></wokwi-servo>
    ${t("seen.angle", { n: Math.round(angle) })} ${isPowered ? "" : html`<br />${t("seen.no-pulses")}`}
  </p>`;
}
