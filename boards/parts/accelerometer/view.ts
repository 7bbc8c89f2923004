// <accelerometer-control>: hold, turn over, shake the board. A pad leans it, a menu makes gestures, sliders set exact values.
// State in, `part-input` out.
import { css, html, LitElement, type TemplateResult } from "lit";
import { type BoardText, englishText } from "../../messages/text.ts";
import { sendInput } from "../../press.ts";
import { controlStyles, slider } from "../slider.ts";
import { type AccelerometerState, type Gesture, gestures } from "./state.ts";

const oneG = 1024;
const axes = ["x", "y", "z"] as const;
const leans: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

export class AccelerometerControl extends LitElement {
  static override properties = { state: { attribute: false }, text: { attribute: false }, name: {} };
  static override styles = [
    controlStyles,
    css`
      .lean {
        grid-column: 1 / -1;
        display: flex;
        gap: 12px;
        align-items: center;
      }
      .pad {
        position: relative;
        flex: none;
        width: 92px;
        height: 92px;
        border: 1px solid var(--edge, #747d76);
        border-radius: var(--radius-card, 14px);
        background:
          linear-gradient(var(--line, #c9cfc6), var(--line, #c9cfc6)) center / 100% 1px no-repeat,
          linear-gradient(var(--line, #c9cfc6), var(--line, #c9cfc6)) center / 1px 100% no-repeat,
          var(--sunken, #ebeee8);
        touch-action: none;
        cursor: grab;
        overflow: hidden;
      }
      .knob {
        position: absolute;
        left: 50%;
        top: 50%;
        width: 22px;
        height: 18px;
        margin: -9px 0 0 -11px;
        border-radius: 4px;
        background: #15181a;
        border-bottom: 4px solid #d9b24a;
        translate: var(--x, 0) var(--y, 0);
        pointer-events: none;
      }
    `,
  ];
  declare state: AccelerometerState;
  declare text: BoardText;
  declare name: string;

  constructor() {
    super();
    this.state = { x: 0, y: 0, z: -oneG, gesture: "face up" };
    this.text = englishText;
    this.name = "accelerometer";
  }

  protected override render(): TemplateResult {
    const t = this.text;
    const { x, y, z, gesture } = this.state;
    const shift = (mg: number): string => `${(Math.max(-1, Math.min(1, mg / oneG)) * 34).toFixed(1)}px`;
    const words = t("tilt.value", { x, y, z });
    return html`<span class="name">${t("part.accelerometer")}</span>
      <span class="muted" aria-live="off">${gesture === null ? "" : t(`gesture.${gesture}`)}</span>
      <div class="lean">
        <div
          class="pad"
          role="slider"
          tabindex="0"
          aria-label=${t("tilt.pad")}
          aria-valuetext=${words}
          aria-valuenow=${x}
          @pointerdown=${this.drag}
          @pointermove=${this.drag}
          @keydown=${this.key}
        >
          <span class="knob" style="--x:${shift(x)};--y:${shift(-y)}"></span>
        </div>
        <div class="buttons">
          <button @click=${() => this.hold(0, 0, -1)}>${t("tilt.flat")}</button>
          <button @click=${() => this.hold(x / oneG, y / oneG, z > 0 ? -1 : 1)}>${t("tilt.flip")}</button>
          <button @click=${() => this.perform("shake")}>${t("tilt.shake")}</button>
          <select aria-label=${t("tilt.gesture")} @change=${this.choose}>
            <option value="">${t("tilt.choose")}</option>
            ${gestures.map((name) => html`<option value=${name}>${t(`gesture.${name}`)}</option>`)}
          </select>
        </div>
      </div>
      <details class="wide">
        <summary>${t("tilt.exact")}</summary>
        ${axes.map((axis) =>
          slider({
            label: t("tilt.axis", { axis }),
            value: this.state[axis],
            min: -2000,
            max: 2000,
            step: 8,
            onValue: (value) => this.send({ x, y, z, [axis]: value }),
          }),
        )}
      </details>`;
  }

  // Held still, gravity is all there is: what the lean leaves of it is along z, whose side is kept.
  private hold(right: number, up: number, side: number): void {
    const length = Math.max(1, Math.hypot(right, up));
    const [gx, gy] = [right / length, up / length];
    const gz = Math.sqrt(Math.max(0, 1 - gx * gx - gy * gy)) * (side > 0 ? 1 : -1);
    this.send({ x: Math.round(gx * oneG), y: Math.round(gy * oneG), z: Math.round(gz * oneG) });
  }

  private send(held: { x: number; y: number; z: number }): void {
    sendInput(this, this.name, held);
  }

  private perform(gesture: Gesture): void {
    sendInput(this, this.name, { gesture });
  }

  private readonly choose = (event: Event): void => {
    const menu = event.target as HTMLSelectElement;
    if (menu.value !== "") this.perform(menu.value as Gesture);
    menu.value = "";
  };

  private readonly key = (event: KeyboardEvent): void => {
    const lean = leans[event.key];
    if (!lean && event.key !== "Home") return;
    event.preventDefault();
    if (!lean) return this.hold(0, 0, -1);
    const step = event.shiftKey ? 0.5 : 0.1;
    this.hold(this.state.x / oneG + lean[0] * step, this.state.y / oneG + lean[1] * step, this.state.z);
  };

  private readonly drag = (event: PointerEvent): void => {
    const pad = event.currentTarget as HTMLElement;
    if (event.type === "pointerdown") pad.setPointerCapture(event.pointerId);
    else if (!pad.hasPointerCapture(event.pointerId)) return;
    const box = pad.getBoundingClientRect();
    const right = ((event.clientX - box.x) / box.width - 0.5) * 2.6;
    const up = (0.5 - (event.clientY - box.y) / box.height) * 2.6;
    this.hold(right, up, this.state.z);
  };
}
customElements.define("accelerometer-control", AccelerometerControl);
