// Whether a relay's contact is closed: a lamp that it switches.
import { html, svg, type TemplateResult } from "lit";
import type { BoardText } from "../../messages/text.ts";
import type { RelayState } from "./state.ts";

export function relayPicture({ isOn }: RelayState, t: BoardText): TemplateResult {
  return html`<p class="seen">
    <svg width="64" height="32" viewBox="0 0 64 32" fill="none" stroke="currentColor" stroke-width="2.5" aria-hidden="true">
      ${svg`<path d="M4 22H18" /><circle cx="20" cy="22" r="2" fill="currentColor" /><circle cx="44" cy="22" r="2" fill="currentColor" />
        <path d="M46 22H60" /><path d=${isOn ? "M20 22H44" : "M20 22L40 8"} stroke-width="3.5" stroke-linecap="round" />`}
    </svg>
    ${t(isOn ? "seen.closed" : "seen.open")}
  </p>`;
}
