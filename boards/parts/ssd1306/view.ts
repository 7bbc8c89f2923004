// An OLED display's picture, pixel by pixel.
import { html, nothing, svg, type TemplateResult } from "lit";
import type { BoardText } from "../../messages/text.ts";
import type { Ssd1306State } from "./state.ts";

export function ssd1306Picture({ on, rows, contrast }: Ssd1306State, t: BoardText): TemplateResult {
  // One path of all runs of pixels is drawn much faster than as many rectangles.
  const path = rows
    .flatMap((row, y) => [...row.matchAll(/1+/g)].map((run) => `M${run.index} ${y}h${run[0].length}v1h-${run[0].length}z`))
    .join("");
  return html`<svg
      class="oled"
      viewBox="0 0 ${rows[0]?.length ?? 128} ${rows.length}"
      role="img"
      aria-label=${on ? t("wired.ssd1306") : t("seen.display-off")}
    >
      ${svg`<path d=${path} fill="#dff3ff" opacity=${0.45 + (0.55 * contrast) / 255} shape-rendering="crispEdges" />`}
    </svg>
    ${on ? nothing : html`<p class="seen">${t("seen.display-off")}</p>`}`;
}
