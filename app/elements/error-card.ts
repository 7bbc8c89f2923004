// <by-error-card>: one error: what, where, one thing to try, and the board's own words. Sends `go-to-line`.
import { css, html, nothing } from "lit";
import type { Report } from "../explain/traceback.ts";
import { msg } from "../i18n/i18n.ts";
import { base } from "../styles/base.ts";
import { ByElement, icon } from "./element.ts";

export class ByErrorCard extends ByElement {
  static override properties = { report: { attribute: false } };
  declare report: Report | null;

  static override styles = [
    base,
    css`
      :host {
        display: block;
      }
      .error {
        padding: 10px 12px 10px 14px;
        border: var(--border) solid var(--bad);
        border-inline-start-width: 4px;
        border-radius: var(--radius-button);
        background: var(--bad-soft);
      }
      .top {
        display: flex;
        gap: 8px;
        align-items: flex-start;
      }
      .top .icon {
        margin-top: 2px;
        color: var(--bad);
      }
      .what {
        flex: 1;
        min-width: 0;
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      .close {
        margin: -6px -8px -6px 0;
      }
      .try {
        margin-top: 4px;
      }
      .says {
        margin-top: 6px;
        color: var(--text-muted);
        font-size: var(--size-small);
        overflow-wrap: anywhere;
      }
      .says code {
        color: var(--text);
      }
      .go {
        margin-top: 8px;
        min-height: 36px;
        padding: 2px 12px;
      }
      @media (pointer: coarse) {
        .go {
          min-height: 44px;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.report = null;
  }

  override render() {
    const { report } = this;
    return html`<div role="alert">${report ? this.renderReport(report) : nothing}</div>`;
  }

  private renderReport({ error, file, line, explanation }: Report) {
    const { what, attempt, values } = explanation;
    const isMain = file === "main.py";
    return html`<section class="error" aria-label=${msg("error.title")}>
      <div class="top">
        ${icon("circle-alert")}
        <p class="what">${msg(what, values)}</p>
        <button
          class="button quiet square close"
          aria-label=${msg("app.close")}
          title=${msg("app.close")}
          @click=${() => this.emit("error-close")}
        >
          ${icon("x")}
        </button>
      </div>
      <p class="try"><strong>${msg("error.try")}</strong> ${msg(attempt, values)}</p>
      <p class="says">${msg("error.board-says")} <code>${error}</code></p>
      ${
        line > 0
          ? html`<button class="button go" @click=${() => this.emit("go-to-line", { file, line })}>
              ${isMain ? msg("error.go", { line }) : msg("error.in-file", { line, file })}
            </button>`
          : nothing
      }
    </section>`;
  }
}
customElements.define("by-error-card", ByErrorCard);
