// <by-menu>: a button that opens a list of commands. Sends `choose` with the command's key.
import { css, html, nothing } from "lit";
import { base } from "../styles/base.ts";
import type { IconName } from "../styles/icons.ts";
import { ByElement, icon } from "./element.ts";
import { moveFocus, openPopup, popupStyles } from "./popup.ts";

export interface MenuItem {
  readonly key: string;
  readonly label: string;
  readonly icon?: IconName;
  readonly isDanger?: boolean;
  readonly isDisabled?: boolean;
}

export class ByMenu extends ByElement {
  static override properties = { label: {}, icon: {}, items: { attribute: false }, isOpen: { state: true } };
  declare label: string;
  declare icon: IconName;
  declare items: readonly (MenuItem | "line")[];
  declare isOpen: boolean;

  static override styles = [
    base,
    popupStyles,
    css`
      :host {
        display: inline-block;
        flex: none;
      }
    `,
  ];

  constructor() {
    super();
    this.label = "";
    this.icon = "ellipsis";
    this.items = [];
    this.isOpen = false;
  }

  override render() {
    return html`<button
        class="button quiet square"
        aria-label=${this.label}
        title=${this.label}
        aria-haspopup="menu"
        aria-expanded=${this.isOpen}
        @click=${this.open}
      >
        ${icon(this.icon)}
      </button>
      <div
        popover
        role="menu"
        aria-label=${this.label}
        @toggle=${(event: ToggleEvent) => (this.isOpen = event.newState === "open")}
        @keydown=${(event: KeyboardEvent) => moveFocus(event, this.popup)}
      >
        ${this.items.map((item) =>
          item === "line"
            ? html`<hr />`
            : html`<button
                class="item ${item.isDanger ? "danger" : ""}"
                role="menuitem"
                ?disabled=${item.isDisabled}
                @click=${() => this.choose(item.key)}
              >
                ${item.icon ? icon(item.icon) : nothing}${item.label}
              </button>`,
        )}
      </div>`;
  }

  private get popup(): HTMLElement {
    return this.renderRoot.querySelector<HTMLElement>("[popover]")!;
  }

  private open(event: Event): void {
    openPopup(this.popup, event.currentTarget as HTMLElement);
  }

  private choose(key: string): void {
    this.popup.hidePopover();
    this.renderRoot.querySelector("button")?.focus();
    this.emit("choose", key);
  }
}
customElements.define("by-menu", ByMenu);
