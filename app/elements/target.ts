// <by-target>: the chip that says on what the program runs, with the list of boards. Shape and words differ by state, not only colour.
// Sends `target-board` (a simulated board's id), `target-connect`, `target-disconnect` and `target-save`.
import { css, html } from "lit";
import { isKey, msg, type Key } from "../i18n/i18n.ts";
import { base } from "../styles/base.ts";
import type { IconName } from "../styles/icons.ts";
import { ByElement, icon } from "./element.ts";
import { moveFocus, openPopup, popupStyles } from "./popup.ts";

export type TargetState = "sim" | "connecting" | "real" | "lost";

const faces: Readonly<Record<TargetState, { readonly icon: IconName; readonly where: Key }>> = {
  sim: { icon: "monitor", where: "target.sim" },
  connecting: { icon: "plug", where: "target.connecting" },
  real: { icon: "usb", where: "target.real" },
  lost: { icon: "unplug", where: "target.lost" },
};

/** The page's name for a board, also for one it does not know. */
export function boardName(id: string): string {
  const key = `board.${id}`;
  return isKey(key) ? msg(key) : msg("board.unknown");
}

export class ByTarget extends ByElement {
  static override properties = {
    state: {},
    board: {},
    boards: { attribute: false },
    compact: { type: Boolean },
    isOpen: { state: true },
  };
  declare state: TargetState;
  declare board: string;
  declare boards: readonly string[];
  declare compact: boolean;
  declare isOpen: boolean;

  static override styles = [
    base,
    popupStyles,
    css`
      :host {
        display: inline-block;
        min-width: 0;
      }
      .chip {
        border-radius: var(--radius-chip);
        font-weight: 400;
        max-width: 100%;
        white-space: nowrap;
      }
      .chip .text {
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .chip.real {
        background: var(--real-soft);
        color: var(--real);
      }
      .chip.lost {
        border-style: dashed;
        border-color: var(--bad);
      }
      .group {
        padding: 6px 12px 2px;
        color: var(--text-muted);
        font-size: var(--size-small);
      }
      .mark {
        width: 20px;
        visibility: hidden;
      }
      [aria-checked="true"] .mark {
        visibility: visible;
      }
    `,
  ];

  constructor() {
    super();
    this.state = "sim";
    this.board = "";
    this.boards = [];
    this.compact = false;
    this.isOpen = false;
  }

  override render() {
    const face = faces[this.state];
    const name = boardName(this.board);
    const where = msg(face.where);
    const isReal = this.state === "real" || this.state === "connecting";
    return html`<button
        class="button chip ${this.state}"
        aria-label=${msg("target.label", { board: name, where })}
        title=${msg("target.label", { board: name, where })}
        aria-haspopup="menu"
        aria-expanded=${this.isOpen}
        @click=${(event: Event) => openPopup(this.popup, event.currentTarget as HTMLElement)}
      >
        ${icon(face.icon)} ${this.compact ? "" : html`<span class="text">${name} · ${where}</span>`} ${icon("chevron-down")}
      </button>
      <div
        popover
        role="menu"
        aria-label=${msg("target.label", { board: name, where })}
        @toggle=${(event: ToggleEvent) => (this.isOpen = event.newState === "open")}
        @keydown=${(event: KeyboardEvent) => moveFocus(event, this.popup)}
      >
        <div role="group" aria-label=${msg("target.choose")}>
          <div class="group" aria-hidden="true">${msg("target.choose")}</div>
          ${this.boards.map(
            (id) =>
              html`<button
                class="item"
                role="menuitemradio"
                aria-checked=${!isReal && id === this.board}
                @click=${() => this.choose("target-board", id)}
              >
                <span class="mark">${icon("check")}</span>${boardName(id)}
              </button>`,
          )}
        </div>
        <hr />
        ${
          isReal
            ? html`<button class="item" role="menuitem" @click=${() => this.choose("target-save")}>
                  ${icon("save")}${msg("target.save")}
                </button>
                <button class="item" role="menuitem" @click=${() => this.choose("target-disconnect")}>
                  ${icon("unplug")}${msg("target.disconnect")}
                </button>`
            : html`<button class="item" role="menuitem" @click=${() => this.choose("target-connect")}>
                ${icon("usb")}${msg("target.connect")}
              </button>`
        }
      </div>`;
  }

  private get popup(): HTMLElement {
    return this.renderRoot.querySelector<HTMLElement>("[popover]")!;
  }

  private choose(type: string, detail?: string): void {
    this.popup.hidePopover();
    this.renderRoot.querySelector("button")?.focus();
    this.emit(type, detail);
  }
}
customElements.define("by-target", ByTarget);
