// <microbit-board>: the drawn micro:bit. State comes as `parts`, presses go out as `part-input` and `board-reset`. A door.
// The drawing is our own, in millimetres; LEDs are lit without rendering again. It holds no model.
import { html, LitElement, type PropertyValues, svg, type TemplateResult } from "lit";
import { describeScreen, describeSound } from "../describe.ts";
import { type BoardText, englishText } from "../messages/text.ts";
import type { AccelerometerState } from "../parts/accelerometer/state.ts";
import { buttonStyles, drawButton, metalGradient } from "../parts/button/view.ts";
import type { LedMatrixState } from "../parts/led-matrix/state.ts";
import { drawLedMatrix, glowGradient, LedPainter, ledMatrixStyles } from "../parts/led-matrix/view.ts";
import type { MicrophoneState } from "../parts/microphone/state.ts";
import type { SpeakerState } from "../parts/speaker/state.ts";
import { drawLogo, touchStyles } from "../parts/touch/view.ts";
import { type Pressable, Presses } from "../press.ts";
import {
  bigPadPath,
  bigPads,
  boardPath,
  buttonA,
  buttonB,
  height,
  leds,
  logo,
  microphone,
  narrowPad,
  narrowPads,
  padHole,
  usb,
  width,
} from "./outline.ts";
import { boardStyles } from "./styles.ts";

const dark = new Array<number>(25).fill(0);

export class MicrobitBoard extends LitElement {
  static override properties = {
    board: {},
    parts: { attribute: false },
    text: { attribute: false },
    numbers: { type: Boolean },
    tilts: { type: Boolean },
  };
  /** "microbit-v1" or "microbit-v2". */
  declare board: string;
  /** Part states by name, as World.parts has them. */
  declare parts: Readonly<Record<string, unknown>>;
  declare text: BoardText;
  /** Prints the brightness 0-9 in every LED. */
  declare numbers: boolean;
  /** Leans the drawing as the accelerometer says. */
  declare tilts: boolean;

  private readonly painter = new LedPainter();
  private readonly presses: Presses;

  static override styles = [boardStyles, ledMatrixStyles, buttonStyles, touchStyles];

  constructor() {
    super();
    this.board = "microbit-v2";
    this.parts = {};
    this.text = englishText;
    this.numbers = false;
    this.tilts = true;
    this.presses = new Presses(
      this,
      () => this.renderRoot,
      () => this.pressables(),
    );
  }

  private get isV2(): boolean {
    return this.board !== "microbit-v1";
  }

  private pressables(): readonly Pressable[] {
    const touchLogo: readonly Pressable[] = this.isV2 ? [{ part: "logo", ...logo, key: "l" }] : [];
    const pads = bigPads.flatMap(({ pin, x }) => (pin === null ? [] : [{ part: pin, x, y: padHole.y, key: pin[1] }]));
    return [{ part: "buttonA", ...buttonA, key: "a" }, ...touchLogo, { part: "buttonB", ...buttonB, key: "b" }, ...pads];
  }

  // New part states only repaint; everything else renders.
  protected override shouldUpdate(changed: PropertyValues): boolean {
    if (!this.hasUpdated || [...changed.keys()].some((name) => name !== "parts")) return true;
    this.paint();
    return false;
  }

  protected override updated(): void {
    this.painter.forget();
    this.paint();
  }

  private paint(): void {
    const root = this.renderRoot;
    const screen = this.parts["display"] as LedMatrixState | undefined;
    this.painter.paint(root, screen?.pixels ?? dark);
    const picture = root.querySelector(".picture");
    const words = this.describe();
    if (picture && picture.getAttribute("aria-label") !== words) picture.setAttribute("aria-label", words);
    const speaker = this.parts["speaker"] as SpeakerState | undefined;
    const sounding = isSounding(speaker) && speaker.volume > 0 && speaker.on;
    root.querySelector(".sound")?.classList.toggle("is-on", sounding);
    const mic = this.parts["microphone"] as MicrophoneState | undefined;
    const caption = root.querySelector<HTMLElement>(".caption");
    if (caption && caption.textContent !== (speaker?.words ?? "")) caption.textContent = speaker?.words ?? "";
    root.querySelector(".mic-light")?.classList.toggle("is-on", mic?.listening ?? false);
    this.lean(this.parts["accelerometer"] as AccelerometerState | undefined);
  }

  private lean(held: AccelerometerState | undefined): void {
    if (!this.tilts || !held) return;
    const limit = (mg: number): number => Math.max(-1, Math.min(1, mg / 1024));
    this.style.setProperty("--lean-x", `${(-limit(held.y) * 24).toFixed(1)}deg`);
    this.style.setProperty("--lean-y", `${(limit(held.x) * 24).toFixed(1)}deg`);
    this.classList.toggle("shaking", held.gesture === "shake");
  }

  /** What the board shows, in words. */
  describe(): string {
    const t = this.text;
    const board = t(this.isV2 ? "board.microbit-v2" : "board.microbit-v1");
    const screen = this.parts["display"] as LedMatrixState | undefined;
    const shown = describeScreen(screen ?? { pixels: dark, on: true, playing: null }, t);
    const speaker = this.parts["speaker"] as SpeakerState | undefined;
    const sound = isSounding(speaker) ? `. ${describeSound(speaker, t)}` : "";
    return t("board.picture", { board, screen: shown + sound });
  }

  protected override render(): TemplateResult {
    const t = this.text;
    const board = t(this.isV2 ? "board.microbit-v2" : "board.microbit-v1");
    return html`<svg viewBox="-1.6 -2.2 ${width + 3.2} ${height + 3.8}" @focusout=${this.presses.releaseAll}>
        <defs>${glowGradient}${metalGradient}${this.gradients()}</defs>
        <g class="picture" role="img" aria-label=${this.describe()}>${this.drawBoard()}</g>
        <g
          role="group"
          aria-label=${t("board.parts", { board })}
          aria-description=${t("board.keys")}
          @keydown=${this.presses.keyDown}
          @keyup=${this.presses.keyUp}
        >
          ${this.pressables().map((part) => this.drawPressable(part))}
        </g>
      </svg>
      <p class="caption" role="status"></p>`;
  }

  private drawBoard(): TemplateResult {
    const notched = this.isV2;
    return svg`
      <rect class="usb" x=${usb.x - usb.width / 2} y="-1.3" width=${usb.width} height="2.6" rx=".5" />
      <path class="shadow" d=${boardPath(notched)} fill-rule="evenodd" transform="translate(.25 .5)" />
      <path class="board" d=${boardPath(notched)} fill-rule="evenodd" />
      <g class="print">
        <path class="stripe a" d="M0 9.2V6.4L6.4 0H9.2Z" /><path class="stripe b" d="M0 13.2V10.9L10.9 0H13.2Z" />
        <path class="stripe b" d="M${width} 9.2V6.4L${width - 6.4} 0H${width - 9.2}Z" />
        <path class="stripe a" d="M${width} 13.2V10.9L${width - 10.9} 0H${width - 13.2}Z" />
        <path class="label-mark" d="M2.6 26.9h5.8l-2.9 4.6Z" /><text class="label-letter" x="5.5" y="29.1">A</text>
        <path class="label-mark" d="M${buttonB.x - 2.9} 15.1h5.8l-2.9-4.6Z" /><text class="label-letter" x=${buttonB.x} y="14.5">B</text>
      </g>
      <g class="gold">
        ${narrowPads.map((x) => svg`<rect x=${x - narrowPad.width / 2} y=${narrowPad.top} width=${narrowPad.width} height=${height - narrowPad.top} />`)}
        ${bigPads.map(({ x }) => svg`<path d=${bigPadPath(x, notched)} fill-rule="evenodd" />`)}
      </g>
      ${bigPads.map(({ x, label }) => svg`<text class="pad-label" x=${x} y="40.4" textLength=${label.length > 2 ? 4 : label.length * 1.2 + 0.2} lengthAdjust="spacingAndGlyphs">${label}</text>`)}
      ${this.isV2 ? this.drawMicrophone() : drawLogo(logo.x, logo.y, false)}
      ${this.drawSound()}
      ${drawLedMatrix(leds.x, leds.y, leds.pitch, this.numbers)}` as TemplateResult;
  }

  private drawMicrophone(): TemplateResult {
    const { x, y, light } = microphone;
    return svg`<circle class="mic-hole" cx=${x} cy=${y} r=".45" />
      <g class="mic-light" transform="translate(${light.x} ${light.y})">
        <rect x="-.5" y="-1.1" width="1" height="1.7" rx=".5" /><path d="M-.95 -.1v.2a.95.95 0 0 0 1.9 0v-.2M0 1.05v.6" />
      </g>` as TemplateResult;
  }

  // Waves beside the part that sounds: the speaker behind the upper right corner, or pin 0 on V1.
  private drawSound(): TemplateResult {
    const [x, y] = this.isV2 ? [37.5, 3.9] : [8.2, 33.4];
    return svg`<g class="sound" transform="translate(${x} ${y})">
      <path d="M0 -.8a1.2 1.2 0 0 1 0 1.6M.9 -1.5a2.2 2.2 0 0 1 0 3M1.8 -2.2a3.2 3.2 0 0 1 0 4.4" /></g>` as TemplateResult;
  }

  private gradients(): TemplateResult {
    return svg`<linearGradient id="pcb" x1="0" y1="0" x2=".3" y2="1">
        <stop offset="0" stop-color="#23282b" /><stop offset=".5" stop-color="#15181a" /><stop offset="1" stop-color="#101214" /></linearGradient>
      <linearGradient id="plating" x1="0" y1="0" x2="0" y2="1">
        <stop offset="0" stop-color="#f0d083" /><stop offset=".4" stop-color="#d9b24a" /><stop offset="1" stop-color="#b98f2c" /></linearGradient>` as TemplateResult;
  }

  private drawPressable({ part, x, y }: Pressable): TemplateResult {
    const t = this.text;
    const isPin = part.startsWith("P");
    const label = isPin ? t("pin.touch", { name: part }) : t(`part.${part}` as "part.buttonA" | "part.buttonB" | "part.logo");
    const [w, h] = isPin ? [9.4, 12] : part === "logo" ? [10, 8] : [10, 10];
    const drawing = isPin
      ? svg`<circle class="touch-ring" cx=${x} cy=${padHole.y} r=${(padHole.ring + padHole.radius) / 2} />`
      : part === "logo"
        ? drawLogo(x, y, true)
        : drawButton(x, y);
    return svg`<g class="press" role="button" data-part=${part} tabindex=${this.presses.tabindex(part)} aria-label=${label}
      aria-pressed=${String(this.presses.isHeld(part))}
      @pointerdown=${this.presses.pointerDown} @pointerup=${this.presses.pointerUp} @pointercancel=${this.presses.pointerUp}
      @contextmenu=${(event: Event) => event.preventDefault()}>
      <rect class="hit" x=${x - w / 2} y=${isPin ? 30.4 : y - h / 2} width=${w} height=${h} rx="1.4" />
      ${drawing}</g>` as TemplateResult;
  }
}

function isSounding(speaker: SpeakerState | undefined): speaker is SpeakerState {
  return speaker !== undefined && (speaker.hz !== null || speaker.playing !== null || speaker.words !== null);
}
customElements.define("microbit-board", MicrobitBoard);
