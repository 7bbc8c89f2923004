// Draws a 4.2 x 2.9 mm push switch of the pyboard in an SVG of millimetres. Pressing is press.ts's.
import { css, svg, type SVGTemplateResult } from "lit";

export const switchStyles = css`
  .switch-body {
    fill: url(#metal);
    stroke: #70777b;
    stroke-width: 0.15;
  }
  .switch-cap {
    fill: #f3f1ea;
    stroke: #8d9492;
    stroke-width: 0.15;
    transform-box: fill-box;
    transform-origin: center;
  }
  [aria-pressed="true"] .switch-cap {
    fill: #c9cac3;
    transform: scale(0.85);
  }
`;

/** A switch with its centre at x, y. */
export function drawSwitch(x: number, y: number): SVGTemplateResult {
  return svg`<rect class="switch-body" x=${x - 2.1} y=${y - 1.45} width="4.2" height="2.9" rx=".3" />
    <rect class="switch-cap" x=${x - 1.15} y=${y - 0.75} width="2.3" height="1.5" rx=".7" />`;
}
