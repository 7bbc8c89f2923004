// <by-dialog>: a native modal dialog with a heading and a close button. Put the content inside; sends `close` when it was closed.
import { css, html } from "lit";
import { msg } from "../i18n/i18n.ts";
import { base } from "../styles/base.ts";
import { ByElement, icon } from "./element.ts";

export class ByDialog extends ByElement {
  static override properties = { heading: {}, wide: { type: Boolean } };
  declare heading: string;
  declare wide: boolean;

  static override styles = [
    base,
    css`
      dialog {
        width: min(440px, calc(100vw - 24px));
        max-height: calc(100dvh - 24px);
        padding: 0;
        border: var(--border) solid var(--line);
        border-radius: var(--radius-card);
        background: var(--raised);
        color: var(--text);
        box-shadow: var(--shadow-2);
      }
      :host([wide]) dialog {
        width: min(600px, calc(100vw - 24px));
      }
      dialog::backdrop {
        background: var(--shade);
      }
      .head {
        display: flex;
        align-items: flex-start;
        gap: 12px;
        padding: 16px 12px 0 20px;
      }
      h2 {
        flex: 1;
        min-width: 0;
        padding-top: 6px;
        overflow-wrap: anywhere;
      }
      .body {
        padding: 12px 20px 20px;
      }
    `,
  ];

  constructor() {
    super();
    this.heading = "";
    this.wide = false;
  }

  override render() {
    return html`<dialog aria-labelledby="heading" @close=${() => this.emit("dialog-close")} @click=${this.onBackdrop}>
      <div class="head">
        <h2 id="heading">${this.heading}</h2>
        <button class="button quiet square" aria-label=${msg("app.close")} title=${msg("app.close")} @click=${() => this.close()}>
          ${icon("x")}
        </button>
      </div>
      <div class="body"><slot></slot></div>
    </dialog>`;
  }

  override firstUpdated(): void {
    this.renderRoot.querySelector("dialog")!.showModal();
  }

  close(): void {
    this.renderRoot.querySelector("dialog")?.close();
  }

  private onBackdrop(event: Event): void {
    if (event.target === event.currentTarget) this.close();
  }
}
customElements.define("by-dialog", ByDialog);
