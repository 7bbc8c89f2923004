// <by-radio>: the other boards of the page, the map they stand on, and the log of what was sent. State down; sends `radio-add`,
// `radio-start`, `radio-stop`, `radio-remove`, `radio-move`, `radio-send`, `radio-clear` and, from a small board, `radio-input`.
import { css, html, nothing } from "lit";
import type { RadioPacket } from "../../boards/parts/radio/state.ts";
import { msg } from "../i18n/i18n.ts";
import { base } from "../styles/base.ts";
import "./board.ts";
import type { ByBoard } from "./board.ts";
import "./choice.ts";
import { ByElement, icon } from "./element.ts";
import "./radio-map.ts";

/** One board as it is shown; id 0 is the one that is worked on. */
export interface RadioBoard {
  readonly id: number;
  readonly name: string;
  readonly board: string;
  readonly program: string;
  readonly isOn: boolean;
  readonly line: string;
  readonly x: number;
  readonly y: number;
  readonly power: number;
  readonly rate: number;
}
export interface RadioMessage {
  readonly mark: number;
  readonly atMs: number;
  readonly from: string;
  readonly packet: RadioPacket;
  readonly heard: readonly { readonly name: string; readonly rssi: number }[];
}
type View = "boards" | "map" | "log";

const messagesShown = 100;

/** What a packet says: the text of radio.send, else its bytes. */
export function wordsOf(bytes: ArrayLike<number>): string {
  const all = Uint8Array.from(bytes);
  if (all[0] === 1 && all[1] === 0 && all[2] === 1) return new TextDecoder().decode(all.subarray(3));
  return [...all].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

export class ByRadio extends ByElement {
  static override properties = {
    boards: { attribute: false },
    kinds: { attribute: false },
    programs: { attribute: false },
    log: { attribute: false },
    dropped: { type: Number },
    lost: { type: Number },
    isFull: { type: Boolean },
    view: { state: true },
  };
  declare boards: readonly RadioBoard[];
  /** Boards that have a radio: id and name. */
  declare kinds: readonly (readonly [string, string])[];
  /** Programs to choose from: key and name. */
  declare programs: readonly (readonly [string, string])[];
  declare log: readonly RadioMessage[];
  declare dropped: number;
  /** Messages for which there was no time on their channel. */
  declare lost: number;
  /** There are as many boards as there may be. */
  declare isFull: boolean;
  declare view: View;

  static override styles = [
    base,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 0;
        background: var(--surface);
        font-size: var(--size-small);
      }
      .head {
        padding: 4px 8px;
      }
      .body {
        flex: 1;
        min-height: 0;
        overflow: auto;
        padding: 0 12px 8px;
      }
      by-radio-map {
        flex: 1;
        min-height: 0;
      }
      .button:not(.square),
      .field {
        min-height: 34px;
        padding: 2px 10px;
        font-size: var(--size-small);
        font-weight: 400;
      }
      @media (pointer: coarse) {
        .button:not(.square),
        .field {
          min-height: 44px;
        }
      }
      .boards {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 320px), 1fr));
        gap: 8px;
        margin-bottom: 8px;
      }
      .mate {
        display: grid;
        grid-template-columns: 84px minmax(0, 1fr);
        gap: 4px 10px;
        padding: 8px;
        border: var(--border) solid var(--line);
        border-radius: var(--radius-button);
      }
      .mate by-board {
        align-self: start;
        width: 84px;
        height: 70px;
      }
      .mate.off by-board {
        filter: saturate(0.4);
      }
      .mate h2 {
        font-size: var(--size-small);
        overflow-wrap: anywhere;
      }
      .program,
      .line {
        overflow: hidden;
        white-space: nowrap;
        text-overflow: ellipsis;
      }
      .program {
        color: var(--text-muted);
      }
      .line {
        min-height: 1.43em;
        font-family: var(--mono);
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
        align-items: center;
      }
      .row .field {
        flex: 1 1 120px;
        min-width: 0;
      }
      .row .field.short {
        flex: 0 1 5em;
      }
      .table {
        overflow: auto;
      }
      table {
        width: 100%;
        border-collapse: collapse;
      }
      th,
      td {
        padding: 2px 8px 2px 0;
        border-bottom: 1px solid var(--line);
        text-align: start;
        vertical-align: top;
        overflow-wrap: anywhere;
      }
      th {
        overflow-wrap: normal;
      }
      .number {
        text-align: end;
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }
      .empty {
        padding: 6px 0;
        color: var(--text-muted);
      }
    `,
  ];

  constructor() {
    super();
    this.boards = [];
    this.kinds = this.programs = [];
    this.log = [];
    this.dropped = this.lost = 0;
    this.isFull = false;
    this.view = "boards";
  }

  override render() {
    const options = [
      { key: "boards", label: msg("radio.boards") },
      { key: "map", label: msg("radio.map") },
      { key: "log", label: msg("radio.log") },
    ];
    return html`<div class="head">
        <by-choice
          label=${msg("radio.show")}
          .options=${options}
          .value=${this.view}
          @choose=${(event: CustomEvent<View>) => (this.view = event.detail)}
        ></by-choice>
      </div>
      ${
        this.view === "map"
          ? html`<by-radio-map .boards=${this.boards}></by-radio-map>`
          : html`<div
              class="body"
              tabindex="0"
              role="region"
              aria-label=${msg(this.view === "log" ? "radio.log" : "radio.boards")}
            >
              ${this.view === "log" ? this.renderLog() : this.renderBoards()}
            </div>`
      }`;
  }

  /** Draws the parts of one small board and renders nothing else. */
  paint(id: number, parts: Readonly<Record<string, unknown>>): void {
    const board = this.renderRoot.querySelector<ByBoard>(`by-board[data-id="${id}"]`);
    if (board) board.parts = parts;
  }

  private renderBoards() {
    const mates = this.boards.filter(({ id }) => id !== 0);
    return html`${mates.length === 0 ? html`<p class="empty">${msg("radio.empty")}</p>` : nothing}
      <ul class="boards">
        ${mates.map((mate) => this.renderMate(mate))}
      </ul>
      ${this.isFull ? html`<p class="empty">${msg("radio.full")}</p>` : this.renderAdd()}`;
  }

  private renderMate({ id, name, board, program, isOn, line }: RadioBoard) {
    const at = (type: string) => () => this.emit(type, id);
    return html`<li class="mate ${isOn ? "on" : "off"}" aria-label=${name}>
      <by-board
        data-id=${id}
        .board=${board}
        @part-input=${(event: CustomEvent<object>) => {
          event.stopPropagation();
          this.emit("radio-input", { id, ...event.detail });
        }}
      ></by-board>
      <div>
        <h2>${name}</h2>
        <p class="program" title=${program}>${program}</p>
        <p class="line" title=${line}>${line}</p>
        <div class="row">
          ${
            isOn
              ? html`<button class="button" aria-label=${msg("radio.stop.name", { name })} @click=${at("radio-stop")}>
                  ${icon("square")}${msg("run.stop")}
                </button>`
              : html`<button class="button" aria-label=${msg("radio.start.name", { name })} @click=${at("radio-start")}>
                  ${icon("play")}${msg("run.run")}
                </button>`
          }
          <button
            class="button quiet square"
            aria-label=${msg("radio.remove", { name })}
            title=${msg("radio.remove", { name })}
            @click=${at("radio-remove")}
          >
            ${icon("x")}
          </button>
        </div>
      </div>
    </li>`;
  }

  private renderAdd() {
    const choice = (label: string, name: string, options: readonly (readonly [string, string])[]) =>
      html`<select class="field" name=${name} aria-label=${label}>
        ${options.map(([key, text]) => html`<option value=${key}>${text}</option>`)}
      </select>`;
    return html`<form
      class="row"
      @submit=${(event: SubmitEvent) => {
        event.preventDefault();
        const data = new FormData(event.target as HTMLFormElement);
        this.emit("radio-add", { board: data.get("board"), program: data.get("program") });
      }}
    >
      ${choice(msg("radio.kind"), "board", this.kinds)} ${choice(msg("radio.program"), "program", this.programs)}
      <button class="button">${icon("plus")}${msg("radio.add")}</button>
    </form>`;
  }

  private renderLog() {
    const shown = this.log.slice(-messagesShown).reverse();
    const gone = this.dropped + Math.max(0, this.log.length - messagesShown);
    return html`<form class="row" style="margin-bottom: 8px" @submit=${this.onSend}>
        <input
          class="field"
          name="text"
          maxlength="29"
          required
          aria-label=${msg("radio.text")}
          placeholder=${msg("radio.text")}
        />
        <label
          >${msg("radio.group")}
          <input class="field short" name="group" type="number" min="0" max="255" value="0" required />
        </label>
        <label
          >${msg("radio.channel")}
          <input class="field short" name="channel" type="number" min="0" max="83" value="7" required />
        </label>
        <button class="button">${msg("radio.send")}</button>
      </form>
      ${
        shown.length === 0
          ? html`<p class="empty">${msg("radio.log.empty")}</p>`
          : html`<div class="table">
                <table>
                  <thead>
                    <tr>
                      <th scope="col" class="number">${msg("plot.seconds")}</th>
                      <th scope="col">${msg("radio.from")}</th>
                      <th scope="col" class="number">${msg("radio.group")}</th>
                      <th scope="col" class="number">${msg("radio.channel")}</th>
                      <th scope="col">${msg("radio.message")}</th>
                      <th scope="col">${msg("radio.heard")}</th>
                    </tr>
                  </thead>
                  <tbody>
                    ${shown.map((entry) => this.renderEntry(entry))}
                  </tbody>
                </table>
              </div>
              ${this.lost > 0 ? html`<p class="empty">${msg("radio.log.lost", { n: this.lost })}</p>` : nothing}
              ${gone > 0 ? html`<p class="empty">${msg("radio.log.gone", { n: gone })}</p>` : nothing}
              <button class="button quiet" @click=${() => this.emit("radio-clear")}>${msg("console.clear")}</button>`
      }`;
  }

  private renderEntry({ atMs, from, packet, heard }: RadioMessage) {
    const by = heard.map(({ name, rssi }) => `${name} (${rssi} dBm)`).join(", ");
    return html`<tr>
      <td class="number">${(atMs / 1000).toFixed(2)}</td>
      <td>${from}</td>
      <td class="number">${packet.group}</td>
      <td class="number">${packet.channel}</td>
      <td><code>${wordsOf(packet.bytes)}</code></td>
      <td>${by || msg("radio.nobody")}</td>
    </tr>`;
  }

  private onSend(event: SubmitEvent): void {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const data = new FormData(form);
    this.emit("radio-send", {
      text: String(data.get("text")),
      group: Number(data.get("group")),
      channel: Number(data.get("channel")),
    });
    form.querySelector("input")!.value = "";
  }
}
customElements.define("by-radio", ByRadio);
