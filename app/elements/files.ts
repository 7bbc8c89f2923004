// <by-files>: the project's files and the board's, in two lists. Sends `file-open`, `file-add`, `file-upload`, `file-delete`, `file-rename`,
// `file-put` (to the board), and `board-refresh`, `board-open`, `board-take`, `board-take-all` and `board-delete`.
import { css, html, nothing } from "lit";
import { msg } from "../i18n/i18n.ts";
import { base } from "../styles/base.ts";
import type { IconName } from "../styles/icons.ts";
import { ByElement, icon } from "./element.ts";

export interface FileEntry {
  readonly name: string;
  readonly size: number;
}

export class ByFiles extends ByElement {
  static override properties = {
    project: { attribute: false },
    board: { attribute: false },
    freeBytes: { attribute: false },
    isBusy: { type: Boolean },
    isOpen: { type: Boolean },
    readOnly: { type: Boolean },
    main: {},
  };
  declare project: readonly FileEntry[];
  /** null: not looked yet. */
  declare board: readonly FileEntry[] | null;
  declare freeBytes: number;
  /** Something is being copied; the board does one thing at a time. */
  declare isBusy: boolean;
  /** Is a board there to look at? */
  declare isOpen: boolean;
  declare readOnly: boolean;
  /** The file that cannot be deleted. */
  declare main: string;

  static override styles = [
    base,
    css`
      :host {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(180px, 1fr));
        gap: 12px 20px;
        align-content: start;
        padding: 10px 14px;
        overflow: auto;
      }
      h2 {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 8px;
        min-height: 34px;
        font-size: var(--size-small);
        color: var(--text-muted);
      }
      li {
        display: flex;
        align-items: center;
        gap: 4px;
        border-bottom: 1px solid var(--line);
      }
      .name {
        flex: 1;
        min-width: 0;
        justify-content: flex-start;
        padding: 4px 6px;
        font-weight: 400;
        overflow-wrap: anywhere;
        text-align: start;
      }
      .size {
        color: var(--text-muted);
        font-size: var(--size-meta);
        white-space: nowrap;
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        margin-top: 10px;
      }
      .row .button {
        min-height: 36px;
        font-size: var(--size-small);
        font-weight: 400;
      }
      section {
        min-width: 0;
      }
    `,
  ];

  constructor() {
    super();
    this.project = [];
    this.board = null;
    this.freeBytes = 0;
    this.isBusy = false;
    this.isOpen = false;
    this.readOnly = false;
    this.main = "main.py";
  }

  override render() {
    return html`<section aria-labelledby="project">
        <h2 id="project">${msg("files.project")}</h2>
        <ul>
          ${this.project.map((file) => this.renderMine(file))}
        </ul>
        ${
          this.readOnly
            ? nothing
            : html`<div class="row">
                <button class="button" @click=${() => this.emit("file-add")}>${icon("plus")}${msg("files.add")}</button>
                <button class="button" @click=${() => this.emit("file-upload")}>${icon("upload")}${msg("files.upload")}</button>
              </div>`
        }
      </section>
      <section aria-labelledby="board">
        <h2 id="board">
          ${msg("files.board")}
          ${
            this.isOpen && this.board !== null
              ? html`<span class="size">${msg("files.free", { n: Math.floor(this.freeBytes / 1024) })}</span>`
              : nothing
          }
        </h2>
        ${this.renderBoard()}
      </section>`;
  }

  private act(label: string, type: string, name: string, symbol: IconName) {
    return html`<button
      class="button quiet square"
      aria-label=${label}
      title=${label}
      aria-disabled=${this.isBusy}
      @click=${() => !this.isBusy && this.emit(type, name)}
    >
      ${icon(symbol)}
    </button>`;
  }

  private renderMine({ name, size }: FileEntry) {
    const canChange = name !== this.main && !this.readOnly;
    return html`<li>
      <button class="button quiet name" aria-label=${msg("files.open", { name })} @click=${() => this.emit("file-open", name)}>
        ${name}
      </button>
      <span class="size">${msg("files.bytes", { n: size })}</span>
      ${canChange ? this.act(msg("project.rename"), "file-rename", name, "pencil") : nothing}
      ${canChange ? this.act(msg("files.delete", { name }), "file-delete", name, "trash-2") : nothing}
      ${this.isOpen && this.board ? this.act(msg("files.put", { name }), "file-put", name, "hard-drive-download") : nothing}
    </li>`;
  }

  private renderBoard() {
    if (!this.isOpen) return html`<p class="small muted">${msg("files.closed")}</p>`;
    const tool = (label: string, type: string, symbol: IconName) =>
      html`<button class="button" aria-disabled=${this.isBusy} @click=${() => !this.isBusy && this.emit(type)}>
        ${icon(symbol)}${label}
      </button>`;
    const hasFiles = this.board !== null && this.board.length > 0;
    return html`${
        this.board === null
          ? html`<p class="small muted">${msg("files.stops")}</p>`
          : hasFiles
            ? html`<ul>
                ${this.board.map((file) => this.renderTheirs(file))}
              </ul>`
            : html`<p class="small muted">${msg("files.empty")}</p>`
      }
      <div class="row">
        ${tool(msg(this.board === null ? "files.look" : "files.refresh"), "board-refresh", "refresh-cw")}
        ${hasFiles && !this.readOnly ? tool(msg("files.take-all"), "board-take-all", "arrow-left") : nothing}
      </div>`;
  }

  private renderTheirs({ name, size }: FileEntry) {
    return html`<li>
      ${
        this.readOnly
          ? html`<span class="name">${name}</span>`
          : html`<button
              class="button quiet name"
              aria-label=${msg("files.board-open", { name })}
              title=${msg("files.board-open", { name })}
              aria-disabled=${this.isBusy}
              @click=${() => !this.isBusy && this.emit("board-open", name)}
            >
              ${name}
            </button>`
      }
      <span class="size">${msg("files.bytes", { n: size })}</span>
      ${this.readOnly ? nothing : this.act(msg("files.take", { name }), "board-take", name, "arrow-left")}
      ${this.act(msg("files.board-delete", { name }), "board-delete", name, "trash-2")}
    </li>`;
  }
}
customElements.define("by-files", ByFiles);
