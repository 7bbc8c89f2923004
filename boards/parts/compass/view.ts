// <compass-control>: a ring to turn the board on, because a heading is circular. State in, `part-input` out.
import { css, html, LitElement, nothing, svg, type TemplateResult } from "lit";
import { type BoardText, englishText } from "../../messages/text.ts";
import { sendInput } from "../../press.ts";
import { controlStyles, slider } from "../slider.ts";
import type { CompassState } from "./state.ts";

const steps: Readonly<Record<string, number>> = {
  ArrowRight: 5,
  ArrowUp: 5,
  ArrowLeft: -5,
  ArrowDown: -5,
  PageUp: 45,
  PageDown: -45,
};

export class CompassControl extends LitElement {
  static override properties = { state: { attribute: false }, text: { attribute: false }, name: {} };
  static override styles = [
    controlStyles,
    css`
      .pad {
        grid-column: 1 / -1;
        justify-self: center;
        width: 96px;
        height: 96px;
        border-radius: 50%;
        touch-action: none;
        cursor: grab;
      }
      .note {
        grid-column: 1 / -1;
        margin: 0;
        font-size: 0.875rem;
        color: var(--text-muted, #4f5a53);
      }
      .note button {
        font: inherit;
        font-weight: 600;
        min-height: 32px;
        padding: 0 10px;
        border: 1px solid var(--edge, #747d76);
        border-radius: var(--radius-button, 10px);
        background: var(--surface, #fff);
        color: var(--text, #17201b);
        cursor: pointer;
      }
      .rim {
        fill: var(--sunken, #ebeee8);
        stroke: var(--edge, #747d76);
      }
      .north {
        fill: var(--bad, #b3261e);
      }
      .south {
        fill: var(--edge, #747d76);
      }
      text {
        font: 700 13px var(--font, sans-serif);
        fill: var(--text, #17201b);
        text-anchor: middle;
      }
    `,
  ];
  declare state: CompassState;
  declare text: BoardText;
  declare name: string;

  constructor() {
    super();
    this.state = { heading: 0, x: 0, y: 0, z: 0, calibrated: false };
    this.text = englishText;
    this.name = "compass";
  }

  protected override render(): TemplateResult {
    const t = this.text;
    const { heading } = this.state;
    return html`${slider({
        label: t("part.compass"),
        value: heading,
        min: 0,
        max: 359,
        words: t("compass.value", { n: heading }),
        onValue: (value) => this.turn(value),
      })}
      <svg
        class="pad"
        viewBox="-50 -50 100 100"
        role="slider"
        tabindex="0"
        aria-label=${t("compass.heading")}
        aria-valuemin="0"
        aria-valuemax="359"
        aria-valuenow=${heading}
        @pointerdown=${this.drag}
        @pointermove=${this.drag}
        @keydown=${this.key}
      >
        <circle class="rim" r="47" />
        ${svg`<g transform="rotate(${-heading})"><path class="north" d="M0 -26L6 0H-6Z" /><path class="south" d="M0 26L6 0H-6Z" />
          <text y="-29">N</text></g>`}
        <path d="M0 -49v6" stroke="currentColor" stroke-width="2.5" />
      </svg>
      ${
        this.state.calibrated
          ? nothing
          : html`<p class="note">
              ${t("compass.uncalibrated")}
              <button type="button" @click=${() => sendInput(this, this.name, { calibrated: true })}>
                ${t("compass.calibrate")}
              </button>
            </p>`
      }`;
  }

  private turn(heading: number): void {
    sendInput(this, this.name, { heading: (heading + 360) % 360 });
  }

  private readonly key = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    this.turn(this.state.heading + step);
  };

  private readonly drag = (event: PointerEvent): void => {
    const ring = event.currentTarget as SVGSVGElement;
    if (event.type === "pointerdown") ring.setPointerCapture(event.pointerId);
    else if (!ring.hasPointerCapture(event.pointerId)) return;
    const box = ring.getBoundingClientRect();
    const angle = Math.atan2(event.clientX - box.x - box.width / 2, box.y + box.height / 2 - event.clientY);
    // Dragging moves north, so the board turns the other way.
    this.turn(Math.round((-angle * 180) / Math.PI + 360));
  };
}
customElements.define("compass-control", CompassControl);
