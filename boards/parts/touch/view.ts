// Draws the micro:bit's logo, a capsule with two dots: gold and touchable on V2, white print on V1.
import { css, svg, type SVGTemplateResult } from "lit";

export const touchStyles = css`
  .logo-line {
    fill: none;
    stroke-width: 0.75;
  }
  .logo-gold .logo-line {
    stroke: var(--gold);
    fill: rgb(217 178 74 / 0.1);
  }
  .logo-gold circle {
    fill: var(--gold);
  }
  .logo-print .logo-line {
    stroke: #f1f1ec;
  }
  .logo-print circle {
    fill: #f1f1ec;
  }
  [aria-pressed="true"] .logo-gold .logo-line {
    fill: rgb(255 220 120 / 0.55);
  }
`;

/** The logo with its centre at x, y. */
export function drawLogo(x: number, y: number, gold: boolean): SVGTemplateResult {
  return svg`<g class=${gold ? "logo-gold" : "logo-print"}>
    <rect class="logo-line" x=${x - 3.3} y=${y - 1.6} width="6.6" height="3.2" rx="1.6" />
    <circle cx=${x - 1.55} cy=${y} r=".55" /><circle cx=${x + 1.55} cy=${y} r=".55" /></g>`;
}
