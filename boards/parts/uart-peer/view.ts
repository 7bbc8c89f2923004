// What a serial device has heard.
import { html, type TemplateResult } from "lit";
import type { BoardText } from "../../messages/text.ts";
import type { UartPeerState } from "./state.ts";

export function uartPeerPicture({ received }: UartPeerState, t: BoardText): TemplateResult {
  return html`<pre class="heard" tabindex="0" role="region" aria-label=${t("seen.received")}>
${received === "" ? t("seen.nothing") : received}</pre>`;
}
