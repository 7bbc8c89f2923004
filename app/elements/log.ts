// <by-log>: the simulated board's data log as a table, as MY_DATA.HTM shows it. Sends `log-save`, `log-plot`, `log-clear`.
import { css, html, nothing } from "lit";
import { msg } from "../i18n/i18n.ts";
import type { LogTable } from "../plot/log.ts";
import { base } from "../styles/base.ts";
import { ByElement } from "./element.ts";

const rowsShown = 200;

export class ByLog extends ByElement {
  static override properties = {
    table: { attribute: false },
    share: { attribute: false },
    isFull: { type: Boolean },
    note: {},
  };
  declare table: LogTable;
  /** How full it is, 0..1. */
  declare share: number;
  declare isFull: boolean;
  /** Why there is no log to show; "" when there is. */
  declare note: string;

  static override styles = [
    base,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 0;
        background: var(--surface);
      }
      .table,
      .empty {
        flex: 1;
        min-height: 0;
        overflow: auto;
        padding: 8px 14px;
        font-size: var(--size-small);
      }
      .table:focus-visible,
      .empty:focus-visible {
        outline-offset: -3px;
      }
      table {
        border-collapse: collapse;
        font-variant-numeric: tabular-nums;
      }
      caption {
        padding-bottom: 6px;
        color: var(--text-muted);
        text-align: start;
        white-space: nowrap;
      }
      th,
      td {
        padding: 2px 16px 2px 0;
        border-bottom: 1px solid var(--line);
        text-align: start;
        white-space: nowrap;
      }
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px;
        padding: 4px 8px;
        border-top: 1px solid var(--line);
        font-size: var(--size-small);
      }
      .bar .button {
        min-height: 32px;
        padding: 2px 10px;
        font-size: var(--size-small);
        font-weight: 400;
      }
      .bar span {
        padding: 0 6px;
        color: var(--text-muted);
      }
      .full {
        margin: 0;
        padding: 4px 14px;
        font-size: var(--size-small);
        font-weight: 600;
      }
      @media (pointer: coarse) {
        .bar .button {
          min-height: 44px;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.table = { columns: [], rows: [] };
    this.share = 0;
    this.isFull = false;
    this.note = "";
  }

  override render() {
    const { columns, rows } = this.table;
    const isEmpty = rows.length === 0 || this.note !== "";
    const percent = Math.ceil(this.share * 100);
    return html`${isEmpty ? this.renderEmpty() : this.renderTable(columns, rows)}
    ${this.isFull && !isEmpty ? html`<p class="full" role="status">${msg("log.full")}</p>` : nothing}
    ${
      this.note !== ""
        ? nothing
        : html`<div class="bar">
            ${this.renderButton(msg("log.plot"), !isEmpty, "log-plot")}
            ${this.renderButton(msg("plot.save"), !isEmpty, "log-save")}
            ${this.renderButton(msg("log.clear"), this.share > 0, "log-clear")}
            ${isEmpty ? nothing : html`<span>${msg("log.size", { n: rows.length, p: percent })}</span>`}
          </div>`
    }`;
  }

  private renderButton(label: string, isOn: boolean, name: string) {
    return html`<button class="button quiet" aria-disabled=${!isOn} @click=${() => isOn && this.emit(name)}>${label}</button>`;
  }

  private renderTable(columns: readonly string[], rows: readonly (readonly string[])[]) {
    const newest = rows.slice(-rowsShown).reverse();
    return html`<div class="table" tabindex="0" role="region" aria-label=${msg("dock.log")}>
      <table>
        <caption>
          ${msg("plot.caption", { n: newest.length, all: rows.length })}
        </caption>
        <thead>
          <tr>
            ${columns.map((name) => html`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${newest.map(
            (row) =>
              html`<tr>
                ${row.map((cell) => html`<td>${cell}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  private renderEmpty() {
    return html`<div class="empty" tabindex="0" role="region" aria-label=${msg("dock.log")}>
      ${
        this.note !== ""
          ? html`<p>${this.note}</p>`
          : html`<p>${msg("log.empty")}</p>
              <p><code>log.add(temperature=temperature())</code> ${msg("log.empty.code")}</p>`
      }
    </div>`;
  }
}
customElements.define("by-log", ByLog);
