// <by-board>: the drawn board of an id. It loads the drawing when it is needed, passes part states down and presses up (`part-input`).
import { css, html, nothing } from "lit";
import type { BoardText } from "../../boards/messages/text.ts";
import { boardTexts } from "../i18n/boards.ts";
import { contentLanguage } from "../i18n/i18n.ts";
import { base } from "../styles/base.ts";
import { ByElement } from "./element.ts";

/** What every board's drawing takes. */
interface Drawing extends HTMLElement {
  board: string;
  parts: Readonly<Record<string, unknown>>;
  text: BoardText;
  numbers: boolean;
  describe(): string;
}

const loaders: readonly { readonly starts: string; readonly tag: string; load(): Promise<unknown> }[] = [
  { starts: "microbit", tag: "microbit-board", load: () => import("../../boards/microbit/view.ts") },
  { starts: "pyboard", tag: "pyboard-board", load: () => import("../../boards/pyboard/view.ts") },
];

export class ByBoard extends ByElement {
  static override properties = {
    board: {},
    picture: { attribute: false },
    numbers: { type: Boolean },
  };
  declare board: string;
  /** Shown before the board is switched on: 25 levels. */
  declare picture: readonly number[] | null;
  declare numbers: boolean;
  private drawing: Drawing | null = null;
  private current: Readonly<Record<string, unknown>> = {};

  static override styles = [
    base,
    css`
      :host {
        display: block;
        min-width: 0;
        min-height: 0;
      }
      .place {
        height: 100%;
        min-height: 0;
        display: grid;
      }
      .place > * {
        min-width: 0;
        min-height: 0;
        width: 100%;
        height: 100%;
      }
      .place.microbit {
        aspect-ratio: 54.8 / 45.8;
      }
      .place.pyboard {
        aspect-ratio: 1 / 1;
      }
      :host([fit]) .place {
        aspect-ratio: auto;
      }
    `,
  ];

  constructor() {
    super();
    this.board = "";
    this.picture = null;
    this.numbers = false;
  }

  get parts(): Readonly<Record<string, unknown>> {
    return this.current;
  }
  /** States by part name. Setting them draws at once and renders nothing else. */
  set parts(parts: Readonly<Record<string, unknown>>) {
    this.current = parts;
    this.feed();
  }

  override render() {
    const kind = loaders.find(({ starts }) => this.board.startsWith(starts));
    if (!kind) return nothing;
    return html`<div class="place ${kind.starts}"></div>`;
  }

  override updated(changed: Map<string, unknown>): void {
    if (changed.has("board")) void this.place();
    else this.feed();
    if (!this.drawing) return;
    this.drawing.numbers = this.numbers;
    this.drawing.text = boardTexts();
    this.drawing.lang = contentLanguage();
  }

  /** What the board shows, in words. */
  describe(): string {
    return this.drawing?.describe() ?? "";
  }

  private async place(): Promise<void> {
    const { board } = this;
    const kind = loaders.find(({ starts }) => board.startsWith(starts));
    if (!kind) return;
    await kind.load();
    if (board !== this.board) return;
    const drawing = document.createElement(kind.tag) as Drawing;
    this.drawing = drawing;
    drawing.board = board;
    drawing.numbers = this.numbers;
    drawing.text = boardTexts();
    drawing.lang = contentLanguage();
    this.feed();
    this.renderRoot.querySelector(".place")?.replaceChildren(drawing);
  }

  private feed(): void {
    if (!this.drawing) return;
    const isOff = Object.keys(this.current).length === 0;
    const pixels = isOff && this.picture ? this.picture : null;
    this.drawing.parts = pixels ? { display: { pixels, on: true, playing: null } } : this.current;
  }
}
customElements.define("by-board", ByBoard);
