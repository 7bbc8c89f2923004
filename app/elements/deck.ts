// <by-deck>: the tape deck beside the sensors: record, what is recorded, replay, and the project's tapes. State down; sends `tape-record`,
// `tape-stop`, `tape-load`, and with a tape's index `tape-replay`, `tape-rename`, `tape-save`, `tape-delete`.
import { css, html, nothing } from "lit";
import { msg } from "../i18n/i18n.ts";
import { base } from "../styles/base.ts";
import { ByElement, icon } from "./element.ts";
import "./menu.ts";

/** What is shown of a tape. */
export interface DeckTape {
  readonly name: string;
  readonly ms: number;
  readonly count: number;
}

const seconds = (ms: number): string => (ms / 1000).toFixed(1);

export class ByDeck extends ByElement {
  static override properties = {
    state: {},
    ms: { type: Number },
    count: { type: Number },
    playing: { attribute: false },
    tapes: { attribute: false },
    isReal: { type: Boolean },
    readOnly: { type: Boolean },
    isOpen: { state: true },
  };
  declare state: "idle" | "recording" | "replaying";
  /** How far it is. */
  declare ms: number;
  /** Events recorded. */
  declare count: number;
  declare playing: DeckTape | null;
  declare tapes: readonly DeckTape[];
  /** A real board: it cannot be replayed on. */
  declare isReal: boolean;
  declare readOnly: boolean;
  declare isOpen: boolean;

  static override styles = [
    base,
    css`
      :host {
        display: block;
        flex: none;
        padding: 0 12px 10px;
        font-size: var(--size-small);
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 6px;
      }
      .button:not(.square) {
        min-height: 32px;
        padding: 2px 12px;
        font-size: var(--size-small);
        font-weight: 400;
      }
      @media (pointer: coarse) {
        .button:not(.square) {
          min-height: 44px;
        }
      }
      .icon {
        width: 16px;
        height: 16px;
      }
      .now {
        display: flex;
        align-items: center;
        gap: 6px;
        padding: 4px 10px;
        border: 2px solid var(--primary);
        border-radius: var(--radius-chip);
        font-variant-numeric: tabular-nums;
      }
      .now.recording {
        border-color: var(--bad);
        border-style: dashed;
      }
      .dot {
        width: 10px;
        height: 10px;
        border-radius: 50%;
        background: var(--bad);
        forced-color-adjust: none;
      }
      .tapes {
        margin-top: 8px;
        padding: 4px 10px 10px;
        border: var(--border) solid var(--line);
        border-radius: var(--radius-button);
        background: var(--surface);
      }
      li {
        display: flex;
        align-items: center;
        gap: 4px;
        border-bottom: 1px solid var(--line);
      }
      .name {
        flex: 1;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .length {
        color: var(--text-muted);
        white-space: nowrap;
      }
      .hint {
        padding: 6px 0;
        color: var(--text-muted);
      }
    `,
  ];

  constructor() {
    super();
    this.state = "idle";
    this.ms = this.count = 0;
    this.playing = null;
    this.tapes = [];
    this.isReal = this.readOnly = this.isOpen = false;
  }

  override render() {
    const { state } = this;
    return html`<div class="row" role="group" aria-label=${msg("tape.label")}>
        ${state === "idle" ? this.renderIdle() : this.renderBusy()}
        <span class="hide-visually" role="status">${state === "idle" ? "" : msg(`tape.said.${state}`)}</span>
      </div>
      ${this.isOpen ? this.renderTapes() : nothing}`;
  }

  private renderIdle() {
    return html`${
        this.readOnly
          ? nothing
          : html`<button
              class="button"
              title=${msg(this.isReal ? "tape.hint.real" : "tape.hint")}
              @click=${() => this.emit("tape-record")}
            >
              <span class="dot" aria-hidden="true"></span>${msg("tape.record")}
            </button>`
      }
      <button class="button quiet" aria-expanded=${this.isOpen} @click=${() => (this.isOpen = !this.isOpen)}>
        ${msg("tape.tapes", { n: this.tapes.length })}${icon(this.isOpen ? "chevron-up" : "chevron-down")}
      </button>`;
  }

  private renderBusy() {
    const { state, playing } = this;
    const words =
      state === "recording"
        ? msg("tape.recording", { s: seconds(this.ms), events: msg("tape.events", { n: this.count }) })
        : msg("tape.replaying", { name: playing?.name ?? "", s: seconds(this.ms), all: seconds(playing?.ms ?? 0) });
    return html`<span class="now ${state}">
        ${state === "recording" ? html`<span class="dot" aria-hidden="true"></span>` : icon("play")}<span>${words}</span>
      </span>
      <button class="button" @click=${() => this.emit("tape-stop")}>
        ${icon("square")}${msg(state === "recording" ? "tape.keep" : "tape.stop")}
      </button>`;
  }

  private renderTapes() {
    return html`<div class="tapes">
      <p class="hint">${msg(this.isReal ? "tape.hint.real" : "tape.hint")}</p>
      <ul>
        ${this.tapes.map((tape, i) => this.renderTape(tape, i))}
      </ul>
      ${
        this.readOnly
          ? nothing
          : html`<p class="row" style="margin-top: 8px">
              <button class="button" @click=${() => this.emit("tape-load")}>${icon("upload")}${msg("tape.load")}</button>
            </p>`
      }
    </div>`;
  }

  private renderTape({ name, ms, count }: DeckTape, i: number) {
    const items = [
      { key: "tape-save", label: msg("tape.save"), icon: "download" as const },
      ...(this.readOnly
        ? []
        : [
            { key: "tape-rename", label: msg("project.rename"), icon: "pencil" as const },
            { key: "tape-delete", label: msg("project.delete"), icon: "trash-2" as const, isDanger: true },
          ]),
    ];
    const isOn = !this.isReal;
    return html`<li>
      <span class="name">${name}</span>
      <span class="length">${msg("tape.length", { s: seconds(ms), events: msg("tape.events", { n: count }) })}</span>
      <button
        class="button quiet"
        aria-label=${msg("tape.replay.name", { name })}
        aria-disabled=${!isOn}
        title=${isOn ? msg("tape.replay.hint") : msg("tape.replay.real")}
        @click=${() => isOn && this.emit("tape-replay", i)}
      >
        ${icon("play")}${msg("tape.replay")}
      </button>
      <by-menu
        label=${msg("project.menu", { name })}
        .items=${items}
        @choose=${(event: CustomEvent<string>) => {
          event.stopPropagation();
          this.emit(event.detail, i);
        }}
      ></by-menu>
    </li>`;
  }
}
customElements.define("by-deck", ByDeck);
