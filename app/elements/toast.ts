// <by-toast>: one short message at the bottom, with at most one action. It waits while it is hovered or focused, and never takes focus.
import { css, html, nothing } from "lit";
import { msg } from "../i18n/i18n.ts";
import { base } from "../styles/base.ts";
import { ByElement, icon } from "./element.ts";

export interface Toast {
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
  readonly kind?: "info" | "ok" | "warn" | "bad";
  /** 10 s unless told; Infinity stays until it is closed. */
  readonly ms?: number;
}

/** Show messages with `show`; they come one after the other. */
export class ByToast extends ByElement {
  static override properties = { current: { state: true } };
  declare current: Toast | null;
  private readonly queue: Toast[] = [];
  private timer = 0;

  static override styles = [
    base,
    css`
      :host {
        position: fixed;
        z-index: 30;
        left: 12px;
        right: 12px;
        bottom: calc(16px + var(--toast-lift, 0px));
        display: flex;
        justify-content: center;
        pointer-events: none;
      }
      .toast {
        display: flex;
        align-items: center;
        gap: 12px;
        max-width: 560px;
        padding: 6px 6px 6px 16px;
        border-radius: var(--radius-button);
        border: var(--border) solid var(--edge);
        background: var(--raised);
        color: var(--text);
        box-shadow: var(--shadow-2);
        pointer-events: auto;
      }
      .text {
        padding: 8px 0;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .ok > .icon {
        color: var(--ok);
      }
      .warn > .icon {
        color: var(--warn);
      }
      .bad > .icon {
        color: var(--bad);
      }
    `,
  ];

  constructor() {
    super();
    this.current = null;
  }

  show(toast: Toast): void {
    if (this.current?.text === toast.text) return;
    this.queue.push(toast);
    // Three wait at most: older news is no news.
    if (this.queue.length > 3) this.queue.shift();
    if (!this.current || this.current.ms !== Infinity) this.next();
  }

  override disconnectedCallback(): void {
    clearTimeout(this.timer);
    super.disconnectedCallback();
  }

  override render() {
    const toast = this.current;
    const kind = toast?.kind ?? "info";
    const icons = { info: "info", ok: "circle-check", warn: "triangle-alert", bad: "circle-alert" } as const;
    return html`<div role="status">
      ${
        toast
          ? html`<div
              class="toast ${kind}"
              @pointerenter=${this.pause}
              @pointerleave=${this.wait}
              @focusin=${this.pause}
              @focusout=${this.wait}
            >
              ${icon(icons[kind])}<span class="text">${toast.text}</span>
              ${toast.action ? html`<button class="button" @click=${this.act}>${toast.action.label}</button>` : nothing}
              <button class="button quiet square" aria-label=${msg("app.close")} title=${msg("app.close")} @click=${this.next}>
                ${icon("x")}
              </button>
            </div>`
          : nothing
      }
    </div>`;
  }

  private next(): void {
    this.pause();
    this.current = this.queue.shift() ?? null;
    this.wait();
  }

  private pause(): void {
    clearTimeout(this.timer);
  }

  private wait(): void {
    clearTimeout(this.timer);
    const ms = this.current?.ms ?? 10_000;
    if (this.current && ms !== Infinity) this.timer = window.setTimeout(() => this.next(), ms);
  }

  private act(): void {
    const { action } = this.current!;
    this.next();
    action?.run();
  }
}
customElements.define("by-toast", ByToast);
