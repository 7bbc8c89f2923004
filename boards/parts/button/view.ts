// Draws a 6x6 mm push button in an SVG of millimetres, with its hit area. Pressing is press.ts's.
import { css, svg, type SVGTemplateResult } from "lit";

export const buttonStyles = css`
  .button-body {
    fill: url(#metal);
    stroke: #7d8488;
    stroke-width: 0.15;
  }
  .button-rivet {
    fill: #8a9195;
  }
  .button-cap {
    fill: #1b1d1f;
    stroke: #000;
    stroke-width: 0.2;
    transform-box: fill-box;
    transform-origin: center;
  }
  .button-shine {
    fill: #fff;
    opacity: 0.16;
  }
  [aria-pressed="true"] .button-cap {
    fill: #3a4045;
    transform: scale(0.88);
  }
  [aria-pressed="true"] .button-shine {
    opacity: 0;
  }
  @media (prefers-reduced-motion: no-preference) {
    .button-cap {
      transition: transform var(--press, 80ms);
    }
  }
`;

export const metalGradient: SVGTemplateResult = svg`<linearGradient id="metal" x1="0" y1="0" x2="1" y2="1">
  <stop offset="0" stop-color="#e8ebed" /><stop offset=".5" stop-color="#b9bfc3" /><stop offset="1" stop-color="#d4d9dc" /></linearGradient>`;

/** A button with its centre at x, y. */
export function drawButton(x: number, y: number): SVGTemplateResult {
  const rivets = [-1, 1].flatMap((dx) => [-1, 1].map((dy) => [x + 2.45 * dx, y + 2.45 * dy] as const));
  return svg`<rect class="button-body" x=${x - 3.1} y=${y - 3.1} width="6.2" height="6.2" rx=".5" />
    ${rivets.map(([cx, cy]) => svg`<circle class="button-rivet" cx=${cx} cy=${cy} r=".38" />`)}
    <circle class="button-cap" cx=${x} cy=${y} r="1.85" />
    <ellipse class="button-shine" cx=${x - 0.35} cy=${y - 0.6} rx=".9" ry=".55" />`;
}
