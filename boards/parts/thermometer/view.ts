// <thermometer-control>: how warm the board is. State in, `part-input` out.
import { html, LitElement, type TemplateResult } from "lit";
import { type BoardText, englishText } from "../../messages/text.ts";
import { sendInput } from "../../press.ts";
import { controlStyles, slider } from "../slider.ts";
import { coldest, hottest, type ThermometerState } from "./state.ts";

export class ThermometerControl extends LitElement {
  static override properties = { state: { attribute: false }, text: { attribute: false }, name: {} };
  static override styles = controlStyles;
  declare state: ThermometerState;
  declare text: BoardText;
  declare name: string;

  constructor() {
    super();
    this.state = { celsius: 21 };
    this.text = englishText;
    this.name = "thermometer";
  }

  protected override render(): TemplateResult {
    const t = this.text;
    const { celsius } = this.state;
    const degrees = (n: number): string => t("temperature.value", { n });
    return html`${slider({
      label: t("part.thermometer"),
      value: celsius,
      min: coldest,
      max: hottest,
      words: degrees(celsius),
      ends: [degrees(coldest), degrees(hottest)],
      onValue: (value) => sendInput(this, this.name, { celsius: value }),
    })}`;
  }
}
customElements.define("thermometer-control", ThermometerControl);
