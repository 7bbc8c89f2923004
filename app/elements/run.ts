// <by-run>: the one Run button. What it means depends on the target's state; it never changes place or width.
import { css, html, nothing } from "lit";
import { msg, type Key } from "../i18n/i18n.ts";
import { base } from "../styles/base.ts";
import type { IconName } from "../styles/icons.ts";
import { ByElement, icon } from "./element.ts";

/** off: a real board that is not connected. */
export type RunState = "idle" | "starting" | "running" | "sending" | "crashed" | "off" | "connecting";

interface Face {
  readonly label: Key;
  readonly icon: IconName;
  readonly look: string;
}
const faces: Readonly<Record<RunState, Face>> = {
  idle: { label: "run.run", icon: "play", look: "primary" },
  starting: { label: "run.run", icon: "play", look: "primary" },
  running: { label: "run.stop", icon: "square", look: "stop" },
  sending: { label: "run.cancel", icon: "x", look: "stop" },
  crashed: { label: "run.again", icon: "rotate-ccw", look: "primary" },
  off: { label: "run.connect", icon: "usb", look: "primary" },
  connecting: { label: "run.cancel", icon: "x", look: "stop" },
};

/** Sends `run-press`: what it does is the controller's to decide. */
export class ByRun extends ByElement {
  static override properties = { state: {}, real: { type: Boolean }, big: { type: Boolean }, progress: { type: Number } };
  declare state: RunState;
  declare real: boolean;
  declare big: boolean;
  /** 0..1 while sending. */
  declare progress: number;

  static override styles = [
    base,
    css`
      :host {
        display: inline-block;
        flex: none;
      }
      button {
        position: relative;
        overflow: hidden;
      }
      .primary {
        border-width: 2px;
      }
      .stop {
        border: 2px solid var(--primary);
        color: var(--text);
      }
      .real.stop,
      .real.primary {
        border: 2px solid var(--real);
      }
      .stop .icon {
        fill: currentColor;
      }
      .primary .icon {
        fill: currentColor;
        stroke-width: 1;
      }
      /* Every label lies in the same place, so the button is as wide as the longest. */
      .labels {
        display: grid;
      }
      .labels > * {
        grid-area: 1 / 1;
        visibility: hidden;
        white-space: nowrap;
      }
      .labels > .shown {
        visibility: visible;
      }
      .bar {
        position: absolute;
        inset: auto 0 0 0;
        height: 4px;
        background: var(--real);
        transform-origin: left;
      }
    `,
  ];

  constructor() {
    super();
    this.state = "idle";
    this.real = false;
    this.big = false;
    this.progress = 0;
  }

  override render() {
    const face = faces[this.state];
    const widths: readonly Key[] = ["run.run", "run.stop"];
    const others = widths.filter((key) => key !== face.label);
    return html`<button
      class="button ${face.look} ${this.real ? "real" : ""} ${this.big ? "big" : ""}"
      @click=${() => this.emit("run-press")}
    >
      ${icon(face.icon)}
      <span class="labels">
        <span class="shown">${msg(face.label)}</span>
        ${others.map((key) => html`<span aria-hidden="true">${msg(key)}</span>`)}
      </span>
      ${this.state === "sending" ? html`<span class="bar" style="right:0;transform:scaleX(${this.progress})"></span>` : nothing}
    </button>`;
  }

  override focus(): void {
    this.renderRoot.querySelector("button")?.focus();
  }
}
customElements.define("by-run", ByRun);
