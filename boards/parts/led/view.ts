// Draws a single surface-mounted LED in an SVG of millimetres; `--l` on its group is its light, 0..1.
import { css, svg, type SVGTemplateResult } from "lit";

export const ledStyles = css`
  .led-case {
    fill: #e9e9e2;
    stroke: #9da39f;
    stroke-width: 0.12;
  }
  .led-lens {
    fill: var(--led-dark);
  }
  .led-light {
    fill: var(--led);
    opacity: var(--l, 0);
  }
  .led-halo {
    opacity: var(--l, 0);
    pointer-events: none;
  }
  @media (prefers-reduced-motion: reduce) {
    .led-halo {
      display: none;
    }
  }
  .led-red {
    --led: #ff3b2f;
    --led-dark: #6d2b28;
  }
  .led-green {
    --led: #4cf06a;
    --led-dark: #2c5a35;
  }
  .led-yellow {
    --led: #ffc83a;
    --led-dark: #6b5523;
  }
  .led-blue {
    --led: #4aa3ff;
    --led-dark: #263f66;
  }
`;

const halos = { red: "#ff3b2f", green: "#4cf06a", yellow: "#ffc83a", blue: "#4aa3ff" } as const;

/** The gradients the halos need, for the SVG's <defs>. */
export const ledGradients: readonly SVGTemplateResult[] = Object.entries(halos).map(
  ([colour, light]) => svg`<radialGradient id=${`halo-${colour}`}><stop offset="0" stop-color=${light} stop-opacity=".85" />
    <stop offset=".35" stop-color=${light} stop-opacity=".4" /><stop offset="1" stop-color=${light} stop-opacity="0" /></radialGradient>`,
);

/** Screen opacity of an intensity 0..255. */
export function ledOpacity(intensity: number): number {
  return intensity === 0 ? 0 : 0.22 + 0.78 * (intensity / 255) ** (1 / 2.2);
}

export function drawLed(part: string, colour: string, x: number, y: number): SVGTemplateResult {
  return svg`<g class="led-single led-${colour}" data-led=${part}>
    <rect class="led-case" x=${x - 1.15} y=${y - 0.6} width="2.3" height="1.2" rx=".15" />
    <rect class="led-lens" x=${x - 0.7} y=${y - 0.48} width="1.4" height=".96" rx=".2" />
    <rect class="led-light" x=${x - 0.7} y=${y - 0.48} width="1.4" height=".96" rx=".2" />
    <circle class="led-halo" fill="url(#halo-${colour})" cx=${x} cy=${y} r="3.2" /></g>`;
}
