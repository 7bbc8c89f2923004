// <light-sensor-control>: how bright it is around the board. State in, `part-input` out.
import { html, LitElement, type TemplateResult } from "lit";
import { type BoardText, englishText } from "../../messages/text.ts";
import { sendInput } from "../../press.ts";
import { controlStyles, slider } from "../slider.ts";
import type { LightSensorState } from "./state.ts";

export class LightSensorControl extends LitElement {
  static override properties = { state: { attribute: false }, text: { attribute: false }, name: {} };
  static override styles = controlStyles;
  declare state: LightSensorState;
  declare text: BoardText;
  declare name: string;

  constructor() {
    super();
    this.state = { level: 127 };
    this.text = englishText;
    this.name = "lightSensor";
  }

  protected override render(): TemplateResult {
    const t = this.text;
    const { level } = this.state;
    const torch = level === 255;
    return html`${slider({
        label: t("part.lightSensor"),
        value: level,
        min: 0,
        max: 255,
        ends: [t("light.dark"), t("light.bright")],
        onValue: (value) => this.send(value),
      })} <button aria-pressed=${String(torch)} @click=${() => this.send(torch ? 127 : 255)}>${t("light.torch")}</button>`;
  }

  private send(level: number): void {
    sendInput(this, this.name, { level });
  }
}
customElements.define("light-sensor-control", LightSensorControl);
