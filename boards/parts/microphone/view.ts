// <microphone-control>: how loud it is around the board, with a clap. State in, `part-input` out.
import { html, LitElement, type TemplateResult } from "lit";
import { type BoardText, englishText } from "../../messages/text.ts";
import { sendInput } from "../../press.ts";
import { controlStyles, slider } from "../slider.ts";
import type { MicrophoneState } from "./state.ts";

const clapLevel = 240;

export class MicrophoneControl extends LitElement {
  static override properties = { state: { attribute: false }, text: { attribute: false }, name: {} };
  static override styles = controlStyles;
  declare state: MicrophoneState;
  declare text: BoardText;
  declare name: string;
  private quieter = 0;

  constructor() {
    super();
    this.state = { level: 0, loudThreshold: 150, quietThreshold: 75, listening: false };
    this.text = englishText;
    this.name = "microphone";
  }

  protected override render(): TemplateResult {
    const t = this.text;
    return html`${slider({
        label: t("part.microphone"),
        value: this.state.level,
        min: 0,
        max: 255,
        ends: [t("sound.quiet"), t("sound.loud")],
        onValue: (level) => sendInput(this, this.name, { level }),
      })}
      <button
        @pointerdown=${this.clap}
        @pointerup=${this.hush}
        @pointercancel=${this.hush}
        @keydown=${(event: KeyboardEvent) => !event.repeat && (event.key === " " || event.key === "Enter") && this.clap()}
        @keyup=${this.hush}
        @blur=${this.hush}
      >
        ${t("sound.clap")}
      </button>`;
  }

  // A clap lasts as long as it is held.
  private readonly clap = (): void => {
    this.quieter = this.state.level === clapLevel ? 0 : this.state.level;
    sendInput(this, this.name, { level: clapLevel });
  };
  private readonly hush = (): void => {
    if (this.state.level === clapLevel) sendInput(this, this.name, { level: this.quieter });
  };
}
customElements.define("microphone-control", MicrophoneControl);
