// <microphone-control>: how loud it is around the board, with a clap, or with the device's own microphone if the user wants it.
// State in, `part-input` out.
import { css, html, LitElement, type TemplateResult } from "lit";
import { type BoardText, englishText } from "../../messages/text.ts";
import { sendInput } from "../../press.ts";
import { controlStyles, slider } from "../slider.ts";
import { type RoomFault, RoomMicrophone } from "./room.ts";
import type { MicrophoneState } from "./state.ts";

const clapLevel = 240;

export class MicrophoneControl extends LitElement {
  static override properties = {
    state: { attribute: false },
    text: { attribute: false },
    name: {},
    room: { state: true },
  };
  static override styles = [
    controlStyles,
    css`
      .marks {
        position: relative;
        grid-column: 1;
        height: 8px;
        margin: 0 8px;
      }
      p {
        margin: 0;
      }
      .marks span {
        position: absolute;
        width: 2px;
        height: 8px;
        background: var(--edge, #747d76);
      }
    `,
  ];
  declare state: MicrophoneState;
  declare text: BoardText;
  declare name: string;
  /** What the device's microphone does, or why it does not. */
  declare room: "off" | "asking" | "on" | RoomFault;
  private quieter = 0;
  private readonly microphone = new RoomMicrophone((level) => {
    if (level !== this.state.level) sendInput(this, this.name, { level });
  });

  constructor() {
    super();
    this.state = { level: 0, loudThreshold: 150, quietThreshold: 75, listening: false };
    this.text = englishText;
    this.name = "microphone";
    this.room = "off";
  }

  override disconnectedCallback(): void {
    this.microphone.close();
    this.room = "off";
    super.disconnectedCallback();
  }

  protected override render(): TemplateResult {
    const t = this.text;
    const { quietThreshold: quiet, loudThreshold: loud } = this.state;
    const isOn = this.room === "on" || this.room === "asking";
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
      </button>
      <div class="marks" aria-hidden="true">
        ${[quiet, loud].map((level) => html`<span style="left: ${((100 * Math.max(0, Math.min(255, level))) / 255).toFixed(1)}%"></span>`)}
      </div>
      <p class="wide muted">${t("sound.thresholds", { quiet: Math.round(quiet), loud: Math.round(loud) })}</p>
      <div class="wide buttons">
        <button aria-pressed=${String(isOn)} @click=${() => void this.toggle()}>${t("sound.room")}</button>
        <span class="muted" role="status">${this.room === "off" ? t("sound.room-off") : t(`sound.room-${this.room}`)}</span>
      </div>`;
  }

  private async toggle(): Promise<void> {
    if (this.room === "on" || this.room === "asking") {
      this.microphone.close();
      this.room = "off";
      sendInput(this, this.name, { level: 0 });
      return;
    }
    this.room = "asking";
    const fault = await this.microphone.open();
    if (this.room === "asking") this.room = fault ?? "on";
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
