// <by-leds>: a small picture of 5x5 lights, for cards, lessons and checks. Levels 0-9; cells that differ from `other` get a notched corner.
import { css, html, nothing, svg } from "lit";
import { base } from "../styles/base.ts";
import { ByElement } from "./element.ts";

/** Screen opacity of a level: light is linear in duty, eyes are not. */
export const glow: readonly number[] = [0, 0.29, 0.32, 0.36, 0.4, 0.46, 0.54, 0.65, 0.8, 1];

export class ByLeds extends ByElement {
  static override properties = {
    levels: { attribute: false },
    other: { attribute: false },
    label: {},
    columns: { type: Number },
  };
  declare levels: readonly number[];
  declare other: readonly number[] | null;
  declare label: string;
  declare columns: number;

  static override styles = [
    base,
    css`
      :host {
        display: inline-block;
        width: 72px;
        flex: none;
      }
      svg {
        display: block;
        width: 100%;
        border-radius: 14%;
        background: #15181a;
        forced-color-adjust: none;
      }
    `,
  ];

  constructor() {
    super();
    this.levels = [];
    this.other = null;
    this.label = "";
    this.columns = 5;
  }

  override render() {
    const cells = Array.from({ length: 25 }, (_, i) => {
      const level = this.levels[i] ?? 0;
      const x = 14 + (i % 5) * 18;
      const y = 14 + Math.floor(i / 5) * 18;
      const differs = this.other !== null && (this.other[i] ?? 0) !== level;
      return svg`<rect x=${x - 5} y=${y - 7} width="10" height="14" rx="3" fill="#3b2b2d" />
        ${level > 0 ? svg`<rect x=${x - 5} y=${y - 7} width="10" height="14" rx="3" fill="#ff3b2f" opacity=${glow[level] ?? 1} />` : ""}
        ${differs ? svg`<path d="M${x + 2} ${y - 9}h6v6z" fill="#fff" />` : ""}`;
    });
    return html`<svg viewBox="0 0 100 100" role=${this.label ? "img" : "presentation"} aria-label=${this.label || nothing}>
      ${cells}
    </svg>`;
  }
}
customElements.define("by-leds", ByLeds);
