// Draws a matrix of LEDs in millimetres and lights them: only changed LEDs are touched, by one CSS variable each.
import { css, svg, type SVGTemplateResult } from "lit";
import { columns } from "./geometry.ts";

/** Screen opacity of a brightness 0..9: light is linear in duty, eyes are not, and real LEDs outshine paper white. */
export const opacities: readonly number[] = [0, 0.29, 0.32, 0.36, 0.4, 0.46, 0.54, 0.65, 0.8, 1];

export const ledMatrixStyles = css`
  .led-off {
    fill: #3b2b2d;
  }
  .led-on {
    fill: #ff3b2f;
    opacity: var(--l, 0);
  }
  .led-core {
    fill: #ffc2b4;
    opacity: calc(var(--l, 0) * 0.75);
  }
  .led-glow {
    fill: url(#glow);
    opacity: calc(var(--l, 0) * 0.55);
    pointer-events: none;
  }
  .led-number {
    font: 600 2.2px var(--mono, monospace);
    fill: #fff;
    text-anchor: middle;
    stroke: #15181a;
    stroke-width: 0.5px;
    paint-order: stroke;
  }
  @media (prefers-reduced-motion: reduce) {
    .led-glow {
      display: none;
    }
  }
`;

/** The gradient the glow needs, for the SVG's <defs>. */
export const glowGradient: SVGTemplateResult = svg`<radialGradient id="glow">
  <stop offset="0" stop-color="#ff5a4a" stop-opacity=".95" /><stop offset=".45" stop-color="#ff3b2f" stop-opacity=".4" />
  <stop offset="1" stop-color="#ff3b2f" stop-opacity="0" /></radialGradient>`;

/** 25 LEDs with the first one's centre at x, y. */
export function drawLedMatrix(x: number, y: number, pitch: number, numbers: boolean): SVGTemplateResult {
  const cells = Array.from({ length: 25 }, (_, i) => {
    const cx = x + (i % columns) * pitch;
    const cy = y + Math.floor(i / columns) * pitch;
    return svg`<g class="led">
      <rect class="led-off" x=${cx - 0.55} y=${cy - 0.95} width="1.1" height="1.9" rx=".25" />
      <circle class="led-glow" cx=${cx} cy=${cy} r="2.4" />
      <rect class="led-on" x=${cx - 0.55} y=${cy - 0.95} width="1.1" height="1.9" rx=".25" />
      <rect class="led-core" x=${cx - 0.25} y=${cy - 0.55} width=".5" height="1.1" rx=".22" />
      ${numbers ? svg`<text class="led-number" x=${cx} y=${cy + 0.8}></text>` : ""}
    </g>`;
  });
  return svg`<g class="leds" aria-hidden="true">${cells}</g>`;
}

/** Lights the LEDs drawn under `root`; remembers what it wrote. */
export class LedPainter {
  private shown: number[] = [];
  private cells: readonly SVGGElement[] = [];

  /** After a render: the LEDs may be other elements now. */
  forget(): void {
    this.shown = [];
    this.cells = [];
  }

  paint(root: ParentNode, pixels: readonly number[]): void {
    if (this.cells.length === 0) this.cells = [...root.querySelectorAll<SVGGElement>(".led")];
    this.cells.forEach((cell, i) => {
      const level = pixels[i] ?? 0;
      if (this.shown[i] === level) return;
      this.shown[i] = level;
      cell.style.setProperty("--l", String(opacities[level] ?? 1));
      const number = cell.querySelector("text");
      if (number) number.textContent = String(level);
    });
  }
}
