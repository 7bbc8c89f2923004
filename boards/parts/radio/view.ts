// <radio-status>: whether the radio is on, where it listens, what went through. State in, nothing out.
import { html, LitElement, type TemplateResult } from "lit";
import { type BoardText, englishText } from "../../messages/text.ts";
import { controlStyles } from "../slider.ts";
import type { RadioState } from "./state.ts";

export class RadioStatus extends LitElement {
  static override properties = { state: { attribute: false }, text: { attribute: false } };
  static override styles = controlStyles;
  declare state: RadioState;
  declare text: BoardText;

  constructor() {
    super();
    this.state = { on: false, channel: 7, group: 0, power: 6, rate: 0, sent: 0, received: 0 };
    this.text = englishText;
  }

  protected override render(): TemplateResult {
    const { on, ...numbers } = this.state;
    const t = this.text;
    return html`<span class="name">${t("part.radio")}</span>
      <span class="wide muted">${on ? t("radio.on", numbers) : t("radio.off")}</span>`;
  }
}
customElements.define("radio-status", RadioStatus);
