// <pyboard-board>: the drawn pyboard v1.1. State comes as `parts`, presses go out as `part-input` and `board-reset`. A door.
// The drawing is our own, in millimetres; LEDs are lit without rendering again. It holds no model.
import { css, html, LitElement, type PropertyValues, svg, type TemplateResult } from "lit";
import { describeLeds } from "../describe.ts";
import { type BoardText, englishText } from "../messages/text.ts";
import { metalGradient } from "../parts/button/view.ts";
import type { LedState } from "../parts/led/state.ts";
import { drawLed, ledGradients, ledOpacity, ledStyles } from "../parts/led/view.ts";
import { drawSwitch, switchStyles } from "../parts/switch/view.ts";
import { type Pressable, Presses, resetPart } from "../press.ts";
import {
  accelerometer,
  boardPath,
  cardSlot,
  chip,
  crystal,
  ears,
  type Hole,
  holes,
  leds,
  resetSwitch,
  ringPath,
  usb,
  userSwitch,
} from "./outline.ts";

const colours = { led1: "red", led2: "green", led3: "yellow", led4: "blue" } as const;
const pressables: readonly Pressable[] = [
  { part: "switch", ...userSwitch, key: "u" },
  { part: resetPart, ...resetSwitch, key: "r" },
];

export class PyboardBoard extends LitElement {
  static override properties = { parts: { attribute: false }, text: { attribute: false } };
  /** Part states by name, as World.parts has them. */
  declare parts: Readonly<Record<string, unknown>>;
  declare text: BoardText;
  private readonly presses: Presses;

  static override styles = [
    css`
      :host {
        --gold: #e8c15a;
        display: block;
        contain: layout style;
        forced-color-adjust: none;
        user-select: none;
        -webkit-user-select: none;
      }
      svg {
        display: block;
        width: 100%;
        height: 100%;
        overflow: visible;
        touch-action: manipulation;
      }
      .board {
        fill: url(#pcb);
        stroke: #083b28;
        stroke-width: 0.2;
      }
      .shadow {
        fill: rgb(0 0 0 / 0.28);
      }
      .ring {
        fill: var(--gold);
      }
      .ear {
        fill: none;
        stroke: var(--gold);
        stroke-width: 0.45;
      }
      .metal {
        fill: url(#metal);
        stroke: #70777b;
        stroke-width: 0.18;
      }
      .metal-line {
        fill: none;
        stroke: #7d858a;
        stroke-width: 0.2;
      }
      .chip {
        fill: #1d1f21;
        stroke: #000;
        stroke-width: 0.1;
      }
      .leg {
        stroke: #c8cccf;
        stroke-width: 0.26;
        stroke-dasharray: 0.26 0.32;
      }
      .trace {
        fill: none;
        stroke: #1c7a56;
        stroke-width: 0.22;
        opacity: 0.65;
      }
      text {
        font-family: var(--mono, ui-monospace, monospace);
        font-weight: 600;
        fill: #fff;
        text-anchor: middle;
        pointer-events: none;
      }
      .pin-label {
        font-size: 1.05px;
      }
      .name {
        font-size: 1.9px;
        letter-spacing: 0.06em;
        opacity: 0.92;
      }
      .small {
        font-size: 1.3px;
      }
      .chip-label {
        font-size: 1.15px;
        fill: #9aa19d;
      }
      .hit {
        fill: transparent;
        stroke: none;
      }
      .press {
        cursor: pointer;
        outline: none;
      }
      .press:focus-visible .hit {
        fill: rgb(143 180 255 / 0.2);
        stroke: #8fb4ff;
        stroke-width: 0.5;
      }
      .press:hover .switch-body {
        stroke: #fff;
      }
    `,
    ledStyles,
    switchStyles,
  ];

  constructor() {
    super();
    this.parts = {};
    this.text = englishText;
    this.presses = new Presses(
      this,
      () => this.renderRoot,
      () => pressables,
    );
  }

  // New part states only repaint; everything else renders.
  protected override shouldUpdate(changed: PropertyValues): boolean {
    if (!this.hasUpdated || [...changed.keys()].some((name) => name !== "parts")) return true;
    this.paint();
    return false;
  }

  protected override updated(): void {
    this.paint();
  }

  private paint(): void {
    for (const led of this.renderRoot.querySelectorAll<SVGGElement>("[data-led]")) {
      const { intensity } = (this.parts[led.dataset["led"] ?? ""] as LedState | undefined) ?? { intensity: 0 };
      led.style.setProperty("--l", ledOpacity(intensity).toFixed(3));
    }
    const picture = this.renderRoot.querySelector(".picture");
    const words = this.describe();
    if (picture && picture.getAttribute("aria-label") !== words) picture.setAttribute("aria-label", words);
  }

  /** What the board shows, in words. */
  describe(): string {
    const t = this.text;
    return t("board.picture", { board: t("board.pyboard-v1.1"), screen: describeLeds(this.parts, t) });
  }

  protected override render(): TemplateResult {
    const t = this.text;
    const board = t("board.pyboard-v1.1");
    return html`<svg viewBox="-6.2 -2 45.4 45.2" @focusout=${this.presses.releaseAll}>
      <defs>
        ${metalGradient}${ledGradients}
        ${svg`<linearGradient id="pcb" x1="0" y1="0" x2=".4" y2="1">
          <stop offset="0" stop-color="#136d4c" /><stop offset="1" stop-color="#0b4d35" /></linearGradient>`}
      </defs>
      <g class="picture" role="img" aria-label=${this.describe()}>${this.drawBoard()}</g>
      <g
        role="group"
        aria-label=${t("board.parts", { board })}
        aria-description=${t("board.keys")}
        @keydown=${this.presses.keyDown}
        @keyup=${this.presses.keyUp}
      >
        ${pressables.map((part) => this.drawPressable(part))}
      </g>
    </svg>`;
  }

  private drawBoard(): TemplateResult {
    const path = boardPath();
    const slot = cardSlot.x - cardSlot.width / 2;
    const half = chip.size / 2;
    return svg`
      <path class="shadow" d=${path} fill-rule="evenodd" transform="translate(.3 .55)" />
      <path class="board" d=${path} fill-rule="evenodd" />
      <path class="trace" d="M5 9v20l3 3h5M9.5 8.5l3 3v4M28 7v21l-3 3h-5M22.5 27.5l3 3M27.5 9l-2 2M8 24l4 4" />
      ${ears.map(({ x, y }) => svg`<circle class="ear" cx=${x} cy=${y} r="1.75" />`)}
      <g class="rings">${holes.map(({ x, y }) => svg`<path class="ring" d=${ringPath(x, y)} fill-rule="evenodd" />`)}</g>
      ${holes.map((hole) => this.drawLabel(hole))}
      <rect class="metal" x=${slot} y="-.2" width=${cardSlot.width} height=${cardSlot.bottom + 0.2} rx=".4" />
      <path class="metal-line" d="M${slot + 1} 1.2h9.5M${slot + 1.5} 4.8h2.5v-1.4h3.5v1.4h2.5" />
      <rect class="metal" x=${usb.x - usb.width / 2} y=${usb.top} width=${usb.width} height=${usb.bottom - usb.top} rx=".6" />
      <path class="metal-line" d="M${usb.x - 2.6} ${usb.top + 0.9}h5.2M${usb.x - 1.6} 2.3v1.1M${usb.x + 1.6} 2.3v1.1" />
      ${[-1, 1].map(
        (
          side,
        ) => svg`<path class="leg" d="M${chip.x - half + 0.6} ${chip.y + side * (half + 0.35)}h${chip.size - 1.2}" stroke-width=".7" style="stroke-width:.7" />
          <path class="leg" d="M${chip.x + side * (half + 0.35)} ${chip.y - half + 0.6}v${chip.size - 1.2}" style="stroke-width:.7" />`,
      )}
      <rect class="chip" x=${chip.x - half} y=${chip.y - half} width=${chip.size} height=${chip.size} rx=".3" />
      <circle cx=${chip.x - half + 1.1} cy=${chip.y - half + 1.1} r=".4" fill="#3a3e41" />
      <text class="chip-label" x=${chip.x} y=${chip.y - 0.2}>STM32</text><text class="chip-label" x=${chip.x} y=${chip.y + 1.4}>F405RG</text>
      <rect class="chip" x=${accelerometer.x - 1.5} y=${accelerometer.y - 1.5} width="3" height="3" rx=".2" />
      <circle cx=${accelerometer.x - 0.9} cy=${accelerometer.y - 0.9} r=".25" fill="#3a3e41" />
      <rect class="metal" x=${crystal.x - 2.5} y=${crystal.y - 1} width="5" height="2" rx="1" />
      <text class="name" x="16.7" y="34.4">pyboard</text>
      <text class="small" x=${userSwitch.x} y=${userSwitch.y + 2.8}>USR</text>
      <text class="small" x=${resetSwitch.x} y=${resetSwitch.y + 2.8}>RST</text>
      ${leds.map(({ part, x, y }) => drawLed(part, colours[part], x, y))}` as TemplateResult;
  }

  private drawLabel({ label, x, y, side }: Hole): TemplateResult | string {
    if (side === "none") return "";
    if (side === "bottom") return svg`<text class="pin-label" x=${x} y=${y + 2.05}>${label}</text>` as TemplateResult;
    // Turned, in the strip between holes and edge.
    const at = side === "left" ? x - 1.35 : x + 1.35;
    const turn = side === "left" ? -90 : 90;
    return svg`<text class="pin-label" transform="translate(${at} ${y}) rotate(${turn})" dy=".4">${label}</text>` as TemplateResult;
  }

  private drawPressable({ part, x, y }: Pressable): TemplateResult {
    const label = this.text(part === resetPart ? "part.reset" : "part.switch");
    return svg`<g class="press" role="button" data-part=${part} tabindex=${this.presses.tabindex(part)} aria-label=${label}
      aria-pressed=${String(this.presses.isHeld(part))}
      @pointerdown=${this.presses.pointerDown} @pointerup=${this.presses.pointerUp} @pointercancel=${this.presses.pointerUp}
      @contextmenu=${(event: Event) => event.preventDefault()}>
      <rect class="hit" x=${x - 4.6} y=${y - 3.2} width="9.2" height="7" rx="1" />${drawSwitch(x, y)}</g>` as TemplateResult;
  }
}
customElements.define("pyboard-board", PyboardBoard);
