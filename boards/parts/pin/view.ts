// <pin-control>: what the world puts on one pin, and what the board drives it to. State in, `part-input` out.
import { html, LitElement, type TemplateResult } from "lit";
import { type BoardText, englishText } from "../../messages/text.ts";
import { sendInput } from "../../press.ts";
import { controlStyles, slider } from "../slider.ts";
import type { PinState } from "./state.ts";

const levels = [null, 0, 1] as const;

export class PinControl extends LitElement {
  static override properties = { state: { attribute: false }, text: { attribute: false }, name: {}, analog: { type: Boolean } };
  static override styles = controlStyles;
  declare state: PinState;
  declare text: BoardText;
  declare name: string;
  /** Offers a level between 0 and 1. */
  declare analog: boolean;

  constructor() {
    super();
    const outside = { level: null, analog: null, touched: false };
    this.state = { mode: "unused", level: null, duty: null, periodUs: 20000, pull: "none", outside };
    this.text = englishText;
    this.name = "P0";
    this.analog = false;
  }

  protected override render(): TemplateResult {
    const t = this.text;
    const name = this.name;
    const { outside, level, duty } = this.state;
    if (duty !== null) {
      const n = Math.round((duty * 100) / 1023);
      return html`<span class="wide">${t("pin.pwm", { name, n })} <progress max="1023" value=${duty}></progress></span>`;
    }
    if (level !== null) return html`<span class="wide">${t("pin.drives", { name, level })}</span>`;
    const words = [t("pin.open"), t("pin.low"), t("pin.high")];
    const choice = html`<span class="name">${t("pin.read", { name })}</span>
      <span class="buttons" role="group" aria-label=${t("pin.read", { name })}>
        ${levels.map(
          (value, i) =>
            html`<button
              aria-pressed=${String(outside.level === value && outside.analog === null)}
              @click=${() => sendInput(this, name, { level: value })}
            >
              ${words[i]}
            </button>`,
        )}
      </span>`;
    if (!this.analog) return choice;
    return html`${choice}
    ${slider({
      label: t("pin.analog", { name }),
      value: outside.analog ?? 0,
      min: 0,
      max: 1023,
      onValue: (value) => sendInput(this, name, { analog: value }),
    })}`;
  }
}
customElements.define("pin-control", PinControl);
