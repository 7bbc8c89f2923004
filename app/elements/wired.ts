// <by-wired>: the parts on the simulated board's pins. A card for each: where its leads are, what can be set, what the world does to it,
// and what it shows. State down; sends `wire` with the new wiring, and the controls' `part-input`.
import { css, html, nothing } from "lit";
import type { BoardDescriptor } from "../../boards/descriptor.ts";
import type { BoardText } from "../../boards/messages/text.ts";
import { wiredControls, wiredPicture, wiredStyles } from "../../boards/wired.ts";
import {
  optionOf,
  pinsFor,
  type WiredKind,
  type WiredKindDef,
  wiredKinds,
  type WiredOption,
  type WiredPart,
  type Wiring,
} from "../../boards/wiring.ts";
import { boardTexts } from "../i18n/boards.ts";
import { msg } from "../i18n/i18n.ts";
import { base } from "../styles/base.ts";
import { ByElement, icon } from "./element.ts";

const kinds = Object.keys(wiredKinds) as readonly WiredKind[];
const defOf = (kind: WiredKind): WiredKindDef => wiredKinds[kind];

export class ByWired extends ByElement {
  static override properties = {
    board: { attribute: false },
    wiring: { attribute: false },
    parts: { attribute: false },
    readOnly: { type: Boolean },
    isChoosing: { state: true },
  };
  declare board: BoardDescriptor | null;
  declare wiring: Wiring;
  declare parts: Readonly<Record<string, unknown>>;
  declare readOnly: boolean;
  declare isChoosing: boolean;

  static override styles = [
    base,
    wiredStyles,
    css`
      :host {
        display: block;
        flex: none;
        padding: 0 12px 10px;
        font-size: var(--size-small);
      }
      .cards {
        display: grid;
        gap: 10px;
        margin-top: 10px;
      }
      .cards:empty {
        display: none;
      }
      .card {
        display: grid;
        gap: 8px;
        padding: 10px 12px;
        border: var(--border) solid var(--line);
        border-radius: var(--radius-button);
        background: var(--surface);
      }
      .head {
        display: flex;
        align-items: center;
        gap: 8px;
      }
      .head h2 {
        flex: 1;
        margin: 0;
        font-size: var(--size-body);
      }
      .fields {
        display: flex;
        flex-wrap: wrap;
        gap: 6px 14px;
      }
      .fields label {
        display: inline-flex;
        align-items: center;
        gap: 6px;
      }
      select,
      input {
        min-height: 32px;
        padding: 2px 8px;
        border: var(--border) solid var(--edge);
        border-radius: var(--radius-field);
        background: var(--raised);
        color: var(--text);
        font: inherit;
      }
      .fields input {
        width: 6em;
      }
      .note {
        margin: 0;
        color: var(--text-muted);
      }
      .kinds {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
        margin-top: 8px;
      }
      .kinds .button,
      .add {
        min-height: 32px;
        padding: 2px 12px;
        font-size: var(--size-small);
        font-weight: 400;
      }
      @media (pointer: coarse) {
        .kinds .button,
        .add,
        select,
        input {
          min-height: 44px;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.board = null;
    this.wiring = {};
    this.parts = {};
    this.readOnly = false;
    this.isChoosing = false;
  }

  override render() {
    const { board } = this;
    if (!board) return nothing;
    const t = boardTexts();
    const names = Object.keys(this.wiring);
    return html`<section aria-label=${msg("parts.title")}>
      <button
        class="button add"
        aria-expanded=${this.isChoosing}
        ?disabled=${this.readOnly}
        @click=${() => (this.isChoosing = !this.isChoosing)}
      >
        ${icon("plus")} ${msg("parts.add")}
      </button>
      ${this.isChoosing ? this.renderKinds(board, t) : nothing}
      <div class="cards">${names.map((name) => this.renderPart(board, name, this.wiring[name]!, t))}</div>
    </section>`;
  }

  private renderKinds(board: BoardDescriptor, t: BoardText) {
    return html`<p class="note" id="choose">${msg("parts.none")}</p>
      <div class="kinds" role="group" aria-labelledby="choose">
        ${kinds.map((kind) => html`<button class="button" @click=${() => this.add(board, kind)}>${t(`wired.${kind}`)}</button>`)}
      </div>`;
  }

  private renderPart(board: BoardDescriptor, name: string, part: WiredPart, t: BoardText) {
    const def = defOf(part.kind);
    const label = labelOf(name, part.kind, t);
    const state = this.parts[name];
    const shared = Object.values(part.pins).find((pin) => this.othersOn(pin, name));
    return html`<article class="card" aria-label=${label}>
      <div class="head">
        <h2>${label}</h2>
        <button
          class="button quiet square"
          ?disabled=${this.readOnly}
          aria-label=${msg("parts.remove", { part: label })}
          title=${msg("parts.remove", { part: label })}
          @click=${() => this.takeOff(name, label)}
        >
          ${icon("trash-2")}
        </button>
      </div>
      <div class="fields">
        ${Object.keys(def.leads).map(
          (lead) =>
            html`<label
              >${t(`lead.${lead}` as Parameters<BoardText>[0])}
              <select
                ?disabled=${this.readOnly}
                .value=${part.pins[lead]!}
                @change=${(event: Event) =>
                  this.change(name, { ...part, pins: { ...part.pins, [lead]: (event.target as HTMLSelectElement).value } })}
              >
                ${pinsFor(part.kind, lead, board).map((pin) => html`<option ?selected=${pin === part.pins[lead]}>${pin}</option>`)}
              </select></label
            >`,
        )}
        ${Object.entries(def.options).map(([option, limits]) => this.renderOption(name, part, option, limits, t))}
      </div>
      ${shared === undefined ? nothing : html`<p class="note">${msg("parts.shared", { pin: shared })}</p>`}
      ${wiredControls(name, part, state, t)} ${wiredPicture(part, state, t)}
    </article>`;
  }

  private renderOption(name: string, part: WiredPart, option: string, limits: WiredOption, t: BoardText) {
    const set = (value: number | string) => this.change(name, { ...part, options: { ...part.options, [option]: value } });
    const now = optionOf(part, option);
    const field =
      "choices" in limits
        ? html`<select
            ?disabled=${this.readOnly}
            @change=${(event: Event) => set(limits.choices[(event.target as HTMLSelectElement).selectedIndex]!)}
          >
            ${limits.choices.map((choice) => html`<option ?selected=${choice === now}>${choiceText(option, choice, t)}</option>`)}
          </select>`
        : html`<input
            type="number"
            ?disabled=${this.readOnly}
            min=${limits.min}
            max=${limits.max}
            .value=${String(now)}
            @change=${(event: Event) => {
              const value = (event.target as HTMLInputElement).valueAsNumber;
              if (!Number.isNaN(value)) set(Math.max(limits.min, Math.min(limits.max, value)));
            }}
          />`;
    return html`<label>${t(`option.${option}` as Parameters<BoardText>[0])} ${field}</label>`;
  }

  /** On the first pins that nothing is on; chips of a bus share theirs. */
  private add(board: BoardDescriptor, kind: WiredKind): void {
    const taken = new Set(Object.values(this.wiring).flatMap((part) => Object.values(part.pins)));
    const pins: Record<string, string> = {};
    for (const lead of Object.keys(defOf(kind).leads)) {
      const possible = pinsFor(kind, lead, board);
      const usual = busPins[board.id]?.[lead];
      const free = possible.filter((pin) => !taken.has(pin) && !keptPins.test(pin));
      pins[lead] = usual !== undefined && possible.includes(usual) ? usual : (free[0] ?? possible[0]!);
      taken.add(pins[lead]);
    }
    let name: string = kind;
    for (let n = 2; name in this.wiring || name in board.parts; n++) name = `${kind}-${n}`;
    this.isChoosing = false;
    this.send(
      { ...this.wiring, [name]: { kind, pins } },
      msg("parts.added", { part: labelOf(name, kind, boardTexts()), pins: Object.values(pins).join(", ") }),
    );
  }

  private change(name: string, part: WiredPart): void {
    this.send({ ...this.wiring, [name]: part }, "");
  }

  private takeOff(name: string, label: string): void {
    const rest = Object.fromEntries(Object.entries(this.wiring).filter(([other]) => other !== name));
    this.send(rest, msg("parts.removed", { part: label }));
  }

  private send(wiring: Wiring, said: string): void {
    this.dispatchEvent(new CustomEvent("wire", { detail: { wiring, said }, bubbles: true, composed: true }));
  }

  private othersOn(pin: string, name: string): boolean {
    const mine = this.wiring[name]!.kind;
    const isBus = (kind: WiredKind) => "sda" in defOf(kind).leads;
    return Object.entries(this.wiring).some(
      ([other, part]) => other !== name && Object.values(part.pins).includes(pin) && !(isBus(mine) && isBus(part.kind)),
    );
  }
}
customElements.define("by-wired", ByWired);

/** Where a board's own I2C bus is. */
const busPins: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "microbit-v1": { sda: "P20", scl: "P19" },
  "microbit-v2": { sda: "P20", scl: "P19" },
  "pyboard-v1.1": { sda: "X10", scl: "X9" },
};
/** Pins that the micro:bit uses for its screen, buttons and bus until it is told otherwise. */
const keptPins = /^P(3|4|5|6|7|9|10|11|19|20)$/;

/** "LED", and "LED 2" for the second. */
function labelOf(name: string, kind: WiredKind, t: BoardText): string {
  const number = /-(\d+)$/.exec(name.slice(kind.length))?.[1];
  return name.startsWith(kind) ? `${t(`wired.${kind}`)}${number ? ` ${number}` : ""}` : name;
}

function choiceText(option: string, choice: string | number, t: BoardText): string {
  if (typeof choice === "string") return t(`choice.${choice}` as Parameters<BoardText>[0]);
  return option === "address" ? `0x${choice.toString(16).toUpperCase()}` : String(choice);
}
