// <by-choice>: a few options in one row, one of them chosen (view switch, phone bar, theme). Arrow keys move. Sends `choose`.
import { css, html, nothing } from "lit";
import { base } from "../styles/base.ts";
import type { IconName } from "../styles/icons.ts";
import { ByElement, icon } from "./element.ts";

export interface Option {
  readonly key: string;
  readonly label: string;
  readonly icon?: IconName;
}

export class ByChoice extends ByElement {
  static override properties = { label: {}, options: { attribute: false }, value: {}, bar: { type: Boolean } };
  declare label: string;
  declare options: readonly Option[];
  declare value: string;
  /** Full width, icon over word: the phone's bottom bar. */
  declare bar: boolean;

  static override styles = [
    base,
    css`
      :host {
        display: inline-block;
        flex: none;
        max-width: 100%;
      }
      :host([bar]) {
        display: block;
      }
      .row {
        display: flex;
        gap: 2px;
        padding: 3px;
        border-radius: var(--radius-button);
        background: var(--sunken);
      }
      [role="radio"] {
        display: flex;
        align-items: center;
        justify-content: center;
        gap: 6px;
        min-height: calc(var(--target) - 6px);
        min-width: 36px;
        padding: 2px 12px;
        border: var(--border) solid transparent;
        border-radius: 7px;
        background: none;
        color: var(--text-muted);
        font: 400 var(--size-body) / 1.25 var(--font);
        cursor: pointer;
        touch-action: manipulation;
      }
      [role="radio"]:hover {
        color: var(--text);
      }
      [role="radio"][aria-checked="true"] {
        background: var(--raised);
        border-color: var(--edge);
        color: var(--text);
        font-weight: 600;
      }
      :host([bar]) .row {
        padding: 0;
        gap: 0;
        border-radius: 0;
        background: var(--surface);
      }
      :host([bar]) [role="radio"] {
        flex: 1 1 0;
        flex-direction: column;
        gap: 2px;
        min-width: 0;
        min-height: 56px;
        padding: 4px 2px;
        border: 0;
        border-top: 3px solid transparent;
        border-radius: 0;
        font-size: var(--size-meta);
      }
      :host([bar]) [role="radio"] span {
        max-width: 100%;
        overflow-wrap: anywhere;
      }
      :host([bar]) [role="radio"][aria-checked="true"] {
        border-top-color: var(--primary);
        background: var(--primary-soft);
      }
      :focus-visible {
        outline-offset: -3px;
      }
    `,
  ];

  constructor() {
    super();
    this.label = "";
    this.options = [];
    this.value = "";
    this.bar = false;
  }

  override render() {
    return html`<div class="row" role="radiogroup" aria-label=${this.label} @keydown=${this.onKey}>
      ${this.options.map(
        (option) =>
          html`<button
            role="radio"
            aria-checked=${option.key === this.value}
            tabindex=${option.key === this.value ? 0 : -1}
            @click=${() => this.choose(option.key)}
          >
            ${option.icon ? icon(option.icon) : nothing}<span>${option.label}</span>
          </button>`,
      )}
    </div>`;
  }

  private choose(key: string): void {
    if (key !== this.value) this.emit("choose", key);
  }

  private onKey(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const now = this.options.findIndex(({ key }) => key === this.value);
    const next = (now + step + this.options.length) % this.options.length;
    this.choose(this.options[next]!.key);
    this.renderRoot.querySelectorAll<HTMLElement>("[role=radio]")[next]?.focus();
  }
}
customElements.define("by-choice", ByChoice);
