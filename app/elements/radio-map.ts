// <by-radio-map>: where the boards stand, to scale. They are dragged, or moved by arrow keys; the one that has the focus shows how far it
// is heard and how strong at the others. Sends `radio-move`.
import { css, html, nothing, svg } from "lit";
import { metresBetween } from "../../boards/sim/air.ts";
import { qualityOf, type Quality, reachMetres, receivedDbm } from "../../boards/parts/radio/propagation.ts";
import { msg, type Key } from "../i18n/i18n.ts";
import { base } from "../styles/base.ts";
import { ByElement } from "./element.ts";
import type { RadioBoard } from "./radio.ts";

/** The map, in metres. */
export const mapWidth = 100;
export const mapHeight = 50;

const links = {
  none: "radio.link.none",
  few: "radio.link.few",
  most: "radio.link.most",
  all: "radio.link.all",
} as const satisfies Record<Quality, Key>;
const clamp = (value: number, max: number) => Math.max(0, Math.min(max, value));

export class ByRadioMap extends ByElement {
  static override properties = { boards: { attribute: false }, chosen: { state: true }, said: { state: true } };
  declare boards: readonly RadioBoard[];
  /** The id of the board whose reach is shown. */
  declare chosen: number;
  declare said: string;
  private dragged: number | null = null;

  static override styles = [
    base,
    css`
      :host {
        display: block;
        padding: 8px 12px;
        overflow: auto;
      }
      .map {
        position: relative;
        max-width: 720px;
        aspect-ratio: 2;
        border: var(--border) solid var(--edge);
        border-radius: var(--radius-field);
        background: var(--canvas);
        touch-action: none;
        overflow: hidden;
      }
      svg {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        fill: none;
        stroke: var(--text-muted);
      }
      .grid {
        stroke: var(--line);
      }
      .reach {
        stroke: var(--primary);
        stroke-dasharray: 4 4;
      }
      .link {
        stroke: var(--text);
        stroke-width: 2;
      }
      .link.edge {
        stroke-dasharray: 3 5;
      }
      svg * {
        vector-effect: non-scaling-stroke;
      }
      .board {
        position: absolute;
        translate: -50% -50%;
        display: grid;
        place-items: center;
        width: 32px;
        height: 32px;
        padding: 0;
        border: 2px solid var(--edge);
        border-radius: 50%;
        background: var(--surface);
        color: var(--text);
        font: 600 var(--size-small) / 1 var(--font);
        cursor: grab;
        touch-action: none;
      }
      @media (pointer: coarse) {
        .board {
          width: 44px;
          height: 44px;
        }
      }
      .board.on {
        border-color: var(--primary);
        background: var(--primary-soft);
      }
      .board[aria-pressed="true"] {
        border-width: 3px;
        border-style: double;
      }
      .links {
        margin-top: 6px;
        font-size: var(--size-small);
      }
      .hint {
        margin-top: 4px;
        color: var(--text-muted);
        font-size: var(--size-small);
      }
    `,
  ];

  constructor() {
    super();
    this.boards = [];
    this.chosen = 0;
    this.said = "";
  }

  override render() {
    const own = this.boards.find(({ id }) => id === this.chosen) ?? this.boards[0];
    if (!own) return nothing;
    const others = this.boards.filter((board) => board !== own);
    return html`<div class="map" role="group" aria-label=${msg("radio.map")} aria-describedby="hint">
        <svg viewBox="0 0 ${mapWidth} ${mapHeight}" preserveAspectRatio="none" aria-hidden="true">
          ${[10, 20, 30, 40, 50, 60, 70, 80, 90].map((at) => svg`<path class="grid" d="M${at} 0V${mapHeight}" />`)}
          ${[10, 20, 30, 40].map((at) => svg`<path class="grid" d="M0 ${at}H${mapWidth}" />`)}
          <circle class="reach" cx=${own.x} cy=${own.y} r=${reachMetres(own.power, own.rate)} />
          ${others.map((other) => {
            const quality = qualityOf(own.power, own.rate, metresBetween(own, other));
            return quality === "none"
              ? nothing
              : svg`<path class="link ${quality === "all" ? "" : "edge"}" d="M${own.x} ${own.y}L${other.x} ${other.y}" />`;
          })}
        </svg>
        ${this.boards.map(
          (board, i) =>
            html`<button
              class="board ${board.isOn ? "on" : ""}"
              style="left: ${board.x}%; top: ${(board.y / mapHeight) * 100}%"
              aria-label="${i + 1} ${msg("radio.at", { name: board.name, x: Math.round(board.x), y: Math.round(board.y) })}"
              aria-pressed=${board === own}
              title=${board.name}
              @focus=${() => (this.chosen = board.id)}
              @click=${() => (this.chosen = board.id)}
              @keydown=${(event: KeyboardEvent) => this.onKey(event, board)}
              @pointerdown=${(event: PointerEvent) => this.onDown(event, board)}
              @pointermove=${(event: PointerEvent) => this.onMove(event)}
              @pointerup=${() => (this.dragged = null)}
              @pointercancel=${() => (this.dragged = null)}
            >
              ${i + 1}
            </button>`,
        )}
      </div>
      <ul class="links" aria-label=${msg("radio.links", { name: own.name })}>
        ${this.boards.map((board, i) => html`<li>${i + 1}. ${board === own ? this.describeReach(own) : this.describe(own, board)}</li>`)}
      </ul>
      <p class="hint" id="hint">${msg("radio.map.hint")}</p>
      <p class="hide-visually" role="status">${this.said}</p>`;
  }

  private describeReach(own: RadioBoard): string {
    return msg("radio.reach", { name: own.name, m: Math.round(reachMetres(own.power, own.rate)) });
  }

  private describe(own: RadioBoard, other: RadioBoard): string {
    const metres = metresBetween(own, other);
    const quality = qualityOf(own.power, own.rate, metres);
    const values = { name: other.name, m: metres.toFixed(0), dbm: receivedDbm(own.power, metres) };
    return msg(links[quality], values);
  }

  private move(board: RadioBoard, x: number, y: number): void {
    this.emit("radio-move", { id: board.id, x: clamp(x, mapWidth), y: clamp(y, mapHeight) });
  }

  private onKey(event: KeyboardEvent, board: RadioBoard): void {
    const step = event.shiftKey ? 10 : 1;
    const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [0, 0];
    if (dx === 0 && dy === 0) return;
    event.preventDefault();
    this.move(board, Math.round(board.x) + dx! * step, Math.round(board.y) + dy! * step);
    void this.updateComplete.then(() => {
      const moved = this.boards.find(({ id }) => id === board.id) ?? board;
      const near = this.boards.filter(({ id }) => id !== board.id).map((other) => this.describe(moved, other));
      this.said = `${msg("radio.at", { name: moved.name, x: Math.round(moved.x), y: Math.round(moved.y) })}. ${near[0] ?? ""}`;
    });
  }

  private onDown(event: PointerEvent, board: RadioBoard): void {
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.dragged = board.id;
    this.chosen = board.id;
  }

  private onMove(event: PointerEvent): void {
    const board = this.boards.find(({ id }) => id === this.dragged);
    if (!board) return;
    const { left, top, width, height } = this.renderRoot.querySelector(".map")!.getBoundingClientRect();
    this.move(board, ((event.clientX - left) / width) * mapWidth, ((event.clientY - top) / height) * mapHeight);
  }
}
customElements.define("by-radio-map", ByRadioMap);
