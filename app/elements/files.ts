// <by-files>: the project's files and the board's, in two lists. Sends `file-open`, `file-add`, `file-upload`, `file-delete`, `file-rename`,
// `board-refresh` and `board-take`.
import { css, html, nothing } from "lit";
import { msg } from "../i18n/i18n.ts";
import { base } from "../styles/base.ts";
import { ByElement, icon } from "./element.ts";

export interface FileEntry {
  readonly name: string;
  readonly size: number;
}

export class ByFiles extends ByElement {
  static override properties = {
    project: { attribute: false },
    board: { attribute: false },
    isOpen: { type: Boolean },
    readOnly: { type: Boolean },
    main: {},
  };
  declare project: readonly FileEntry[];
  /** null: not looked yet. */
  declare board: readonly FileEntry[] | null;
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
      h3 {
        display: flex;
        align-items: center;
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
    this.isOpen = false;
    this.readOnly = false;
    this.main = "main.py";
  }

  override render() {
    return html`<section aria-labelledby="project">
        <h3 id="project">${msg("files.project")}</h3>
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
        <h3 id="board">${msg("files.board")}</h3>
        ${this.renderBoard()}
      </section>`;
  }

  private renderMine({ name, size }: FileEntry) {
    const canChange = name !== this.main && !this.readOnly;
    const act = (label: string, type: string, symbol: "trash-2" | "pencil") =>
      html`<button class="button quiet square" aria-label=${label} title=${label} @click=${() => this.emit(type, name)}>
        ${icon(symbol)}
      </button>`;
    return html`<li>
      <button class="button quiet name" aria-label=${msg("files.open", { name })} @click=${() => this.emit("file-open", name)}>
        ${name}
      </button>
      <span class="size">${msg("files.bytes", { n: size })}</span>
      ${canChange ? act(msg("project.rename"), "file-rename", "pencil") : nothing}
      ${canChange ? act(msg("files.delete", { name }), "file-delete", "trash-2") : nothing}
    </li>`;
  }

  private renderBoard() {
    if (!this.isOpen) return html`<p class="small muted">${msg("files.closed")}</p>`;
    return html`${
        this.board === null
          ? nothing
          : this.board.length === 0
            ? html`<p class="small muted">${msg("files.empty")}</p>`
            : html`<ul>
                ${this.board.map(
                  ({ name, size }) =>
                    html`<li>
                      <span class="name">${name}</span>
                      <span class="size">${msg("files.bytes", { n: size })}</span>
                      <button
                        class="button quiet square"
                        aria-label=${msg("files.take", { name })}
                        title=${msg("files.take", { name })}
                        @click=${() => this.emit("board-take", name)}
                      >
                        ${icon("arrow-left")}
                      </button>
                    </li>`,
                )}
              </ul>`
      }
      <div class="row">
        <button class="button" @click=${() => this.emit("board-refresh")}>${icon("refresh-cw")}${msg("files.refresh")}</button>
      </div>`;
  }
}
customElements.define("by-files", ByFiles);
