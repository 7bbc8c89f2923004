// What all elements share: the base styles, a new rendering when the language changes, and the icon template.
import { html, LitElement, type CSSResultGroup, type TemplateResult } from "lit";
import { onLanguage } from "../i18n/i18n.ts";
import { base } from "../styles/base.ts";
import type { IconName } from "../styles/icons.ts";

/** An element with a shadow root, the base styles and its own. */
export class ByElement extends LitElement {
  static override styles: CSSResultGroup = base;
  private endLanguage: (() => void) | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.endLanguage = onLanguage(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    this.endLanguage?.();
    super.disconnectedCallback();
  }

  /** Sends an event that crosses shadow roots. */
  protected emit(type: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

/** A page: an element without a shadow root, so that links, ids and the document's styles reach into it. */
export class ByPage extends ByElement {
  protected override createRenderRoot(): this {
    return this;
  }
}

/** An icon of the sprite. It is decoration: the word or label beside it says the same. */
export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon" aria-hidden="true"><use href="./icons.svg#${name}"></use></svg>`;
}
