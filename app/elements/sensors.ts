// <by-sensors>: what the simulated board feels. A row of chips, one per sensor; an open one shows its control from boards/.
// At first those are open that the program names. Controls fire `part-input`.
import { css, html, nothing } from "lit";
import { control, controllable } from "../../boards/controls.ts";
import type { BoardDescriptor } from "../../boards/descriptor.ts";
import { boardTexts } from "../i18n/boards.ts";
import { msg } from "../i18n/i18n.ts";
import { base } from "../styles/base.ts";
import { ByElement } from "./element.ts";

/** Words in a program that mean a part. */
const words: Readonly<Record<string, RegExp>> = {
  accelerometer: /\b(accelerometer|Accel)\b/,
  compass: /\bcompass\b/,
  thermometer: /\btemperature\b/,
  lightSensor: /\bread_light_level\b/,
  microphone: /\bmicrophone\b/,
  radio: /\bradio\b/,
};

/** Names of the sensors that a program uses, pins by their number. */
export function usedParts(source: string, parts: readonly string[]): readonly string[] {
  return parts.filter((part) => {
    const pin = /^P(\d+)$/.exec(part);
    // On the drawing, the big pads are pressed; their controls are for reading voltages.
    if (pin) return new RegExp(`\\bpin${pin[1]}\\.(read|get_pull|set_pull|write)`).test(source);
    return words[part]?.test(source) ?? new RegExp(`["']${part}["']`).test(source);
  });
}

export class BySensors extends ByElement {
  static override properties = {
    board: { attribute: false },
    parts: { attribute: false },
    source: { attribute: false },
    open: { state: true },
    hasPins: { state: true },
  };
  declare board: BoardDescriptor | null;
  declare parts: Readonly<Record<string, unknown>>;
  declare source: string;
  /** What the user opened (true) or closed (false); others follow the program. */
  declare open: Readonly<Record<string, boolean>>;
  declare hasPins: boolean;

  static override styles = [
    base,
    css`
      :host {
        display: block;
        flex: none;
      }
      .strip {
        padding: 6px 12px 10px;
        border-top: 1px solid var(--line);
      }
      .chips {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
      }
      .chip {
        min-height: 32px;
        min-width: 32px;
        padding: 2px 12px;
        border: var(--border) solid var(--edge);
        border-radius: var(--radius-chip);
        background: var(--surface);
        color: var(--text);
        font: 400 var(--size-small) / 1.4 var(--font);
        cursor: pointer;
      }
      .chip[aria-expanded="true"] {
        border-color: var(--primary);
        background: var(--primary-soft);
        font-weight: 600;
      }
      @media (pointer: coarse) {
        .chip {
          min-height: 44px;
        }
      }
      .controls {
        display: grid;
        gap: 10px;
        margin-top: 10px;
      }
      .controls:empty {
        display: none;
      }
    `,
  ];

  constructor() {
    super();
    this.board = null;
    this.parts = {};
    this.source = "";
    this.open = {};
    this.hasPins = false;
  }

  override render() {
    const { board } = this;
    if (!board) return nothing;
    const t = boardTexts();
    const all = controllable(board);
    if (all.length === 0) return nothing;
    const used = usedParts(this.source, all);
    const isPin = (part: string) => board.parts[part]?.kind === "pin";
    const shown = all.filter((part) => !isPin(part) || this.hasPins || used.includes(part));
    const isOpen = (part: string) => this.open[part] ?? used.includes(part);
    const label = (part: string) => (isPin(part) ? part : t(`part.${part}` as Parameters<typeof t>[0]));
    return html`<div class="strip">
      <div class="chips" role="group" aria-label=${msg("stage.sensors")}>
        ${shown.map(
          (part) =>
            html`<button
              class="chip"
              aria-expanded=${isOpen(part)}
              @click=${() => (this.open = { ...this.open, [part]: !isOpen(part) })}
            >
              ${label(part)}
            </button>`,
        )}
        ${
          all.some(isPin)
            ? html`<button class="chip" aria-expanded=${this.hasPins} @click=${() => (this.hasPins = !this.hasPins)}>
                ${msg("stage.pins")}
              </button>`
            : nothing
        }
      </div>
      <div class="controls">${shown.filter(isOpen).map((part) => control(board, part, this.parts[part], t))}</div>
    </div>`;
  }
}
customElements.define("by-sensors", BySensors);
