// <by-splitter>: a handle between two areas. Dragging and arrow keys send `split` with the pixels to add; Enter sends `split-fold`.
import { css, html } from "lit";
import { base } from "../styles/base.ts";
import { ByElement } from "./element.ts";

export class BySplitter extends ByElement {
  static override properties = {
    label: {},
    axis: { reflect: true },
    value: { type: Number },
    min: { type: Number },
    max: { type: Number },
  };
  declare label: string;
  /** The direction it moves in. */
  declare axis: "x" | "y";
  declare value: number;
  declare min: number;
  declare max: number;

  static override styles = [
    base,
    css`
      :host {
        display: block;
        position: relative;
        background: var(--line);
        z-index: 2;
      }
      :host([axis="x"]) {
        width: 1px;
      }
      :host([axis="y"]) {
        height: 1px;
      }
      div {
        position: absolute;
        touch-action: none;
      }
      :host([axis="x"]) div {
        inset: 0 -8px;
        cursor: col-resize;
      }
      :host([axis="y"]) div {
        inset: -8px 0;
        cursor: row-resize;
      }
      div::after {
        content: "";
        position: absolute;
        border-radius: 4px;
        background: var(--edge);
      }
      :host([axis="x"]) div::after {
        width: 4px;
        height: 32px;
        left: 6px;
        top: calc(50% - 16px);
      }
      :host([axis="y"]) div::after {
        height: 4px;
        width: 32px;
        top: 6px;
        left: calc(50% - 16px);
      }
      div:hover::after {
        background: var(--primary);
      }
      :focus-visible {
        outline-offset: -4px;
      }
    `,
  ];

  constructor() {
    super();
    this.label = "";
    this.axis = "x";
    this.value = this.min = this.max = 0;
  }

  override render() {
    return html`<div
      role="separator"
      tabindex="0"
      aria-label=${this.label}
      aria-orientation=${this.axis === "x" ? "vertical" : "horizontal"}
      aria-valuenow=${Math.round(this.value)}
      aria-valuemin=${Math.round(this.min)}
      aria-valuemax=${Math.round(this.max)}
      @pointerdown=${this.onDown}
      @keydown=${this.onKey}
    ></div>`;
  }

  private onDown(event: PointerEvent): void {
    const handle = event.currentTarget as HTMLElement;
    handle.setPointerCapture(event.pointerId);
    let last = this.axis === "x" ? event.clientX : event.clientY;
    const move = (next: PointerEvent) => {
      const now = this.axis === "x" ? next.clientX : next.clientY;
      this.emit("split", now - last);
      last = now;
    };
    handle.addEventListener("pointermove", move);
    handle.addEventListener("lostpointercapture", () => handle.removeEventListener("pointermove", move), { once: true });
  }

  private onKey(event: KeyboardEvent): void {
    const [less, more] = this.axis === "x" ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
    const by = { [less!]: -16, [more!]: 16, Home: -10000, End: 10000 }[event.key];
    if (event.key === "Enter") this.emit("split-fold");
    else if (by !== undefined) this.emit("split", by);
    else return;
    event.preventDefault();
  }
}
customElements.define("by-splitter", BySplitter);
