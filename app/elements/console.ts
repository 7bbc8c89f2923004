// <by-console>: the board's own console. It shows a Screen and sends keys as a terminal does (`console-keys`); echo, history and
// completion are the board's. Lines that name a line of the program are links (`go-to-line`).
import { css, html } from "lit";
import type { Screen } from "./screen.ts";
import { msg } from "../i18n/i18n.ts";
import { base } from "../styles/base.ts";
import { ByElement } from "./element.ts";

const keys: Readonly<Record<string, string>> = {
  Enter: "\r",
  Backspace: "\x7f",
  Delete: "\x1b[3~",
  ArrowUp: "\x1b[A",
  ArrowDown: "\x1b[B",
  ArrowRight: "\x1b[C",
  ArrowLeft: "\x1b[D",
  Home: "\x1b[H",
  End: "\x1b[F",
  Tab: "\t",
};

export class ByConsole extends ByElement {
  static override properties = { screen: { attribute: false }, isOff: { type: Boolean }, dropped: { state: true } };
  declare screen: Screen | null;
  /** No board is switched on: says how to begin. */
  declare isOff: boolean;
  declare dropped: number;

  private shown: Screen | null = null;
  private frame = 0;
  // Absolute number of the first line in the DOM.
  private first = 0;

  static override styles = [
    base,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 0;
        background: var(--surface);
      }
      .view {
        flex: 1;
        min-height: 0;
        overflow: auto;
        padding: 8px 12px;
        cursor: text;
        font: 400 var(--size-small) / 1.5 var(--mono);
        font-variant-ligatures: none;
      }
      .view:focus-within {
        outline: 3px solid var(--focus);
        outline-offset: -3px;
      }
      .lines > div {
        white-space: pre-wrap;
        overflow-wrap: anywhere;
        min-height: 1.5em;
      }
      .lines > .trace {
        color: var(--bad);
      }
      .cursor {
        border-bottom: 2px solid var(--edge);
      }
      .view:focus-within .cursor {
        background: var(--primary);
        color: var(--on-primary);
      }
      textarea {
        position: absolute;
        width: 1px;
        height: 1px;
        padding: 0;
        border: 0;
        opacity: 0;
        resize: none;
      }
      .bar {
        display: flex;
        flex-wrap: wrap;
        gap: 4px;
        padding: 4px 8px;
        border-top: 1px solid var(--line);
      }
      .bar .button {
        min-height: 32px;
        padding: 2px 10px;
        font-size: var(--size-small);
        font-weight: 400;
      }
      @media (pointer: coarse) {
        .bar .button {
          min-height: 44px;
        }
      }
      .note {
        color: var(--text-muted);
        font: 400 var(--size-small) / 1.43 var(--font);
      }
    `,
  ];

  constructor() {
    super();
    this.screen = null;
    this.isOff = false;
    this.dropped = 0;
  }

  override render() {
    return html`<div class="view" @click=${this.onViewClick}>
        ${this.dropped > 0 ? html`<p class="note">${msg("console.dropped", { n: this.dropped })}</p>` : ""}
        <div class="lines" ?hidden=${this.isOff} role="log" aria-live="off" aria-label=${msg("console.label")} tabindex="0"></div>
        ${this.isOff ? html`<p class="note">${msg("console.off")}</p>` : ""}
        <textarea
          aria-label=${msg("console.input")}
          autocapitalize="off"
          autocomplete="off"
          autocorrect="off"
          spellcheck="false"
          @keydown=${this.onKey}
          @beforeinput=${this.onBeforeInput}
          @input=${(event: Event) => ((event.target as HTMLTextAreaElement).value = "")}
        ></textarea>
      </div>
      <div class="bar">
        <button class="button quiet" @click=${() => this.send("\x03")}>${msg("console.interrupt")}</button>
        <button class="button quiet" @click=${() => this.send("\x04")}>${msg("console.restart")}</button>
        <button class="button quiet" @click=${() => this.screen?.clear()}>${msg("console.clear")}</button>
      </div>`;
  }

  override updated(): void {
    if (this.screen === this.shown) return;
    this.shown = this.screen;
    this.linesElement.replaceChildren();
    this.first = this.screen?.dropped ?? 0;
    if (this.screen) {
      this.screen.changedFrom = this.first;
      this.screen.onChange = () => this.schedule();
      this.schedule();
    }
  }

  override disconnectedCallback(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    if (this.shown) this.shown.onChange = null;
    this.shown = null;
    super.disconnectedCallback();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override focus(): void {
    this.input?.focus();
  }

  private get linesElement(): HTMLElement {
    return this.renderRoot.querySelector<HTMLElement>(".lines")!;
  }
  private get input(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector("textarea");
  }

  /** However much is printed, the DOM changes once a frame. */
  private schedule(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.draw();
    });
  }

  private draw(): void {
    const { screen } = this;
    if (!screen || !this.isConnected) return;
    const view = this.renderRoot.querySelector<HTMLElement>(".view")!;
    const wasAtEnd = view.scrollHeight - view.scrollTop - view.clientHeight < 30;
    const box = this.linesElement;
    while (this.first < screen.dropped && box.firstChild) {
      box.firstChild.remove();
      this.first++;
    }
    this.first = Math.max(this.first, screen.dropped);
    // Lines from `changedFrom` on are drawn anew; those before have not changed.
    const keep = Math.max(0, Math.min(box.childElementCount, screen.changedFrom - this.first));
    while (box.childElementCount > keep) box.lastChild!.remove();
    const fragment = document.createDocumentFragment();
    for (let i = this.first + keep - screen.dropped; i < screen.lines.length; i++) {
      fragment.append(this.drawLine(screen.lines[i]!, i === screen.lines.length - 1 ? screen.column : -1));
    }
    box.append(fragment);
    screen.changedFrom = screen.dropped + screen.lines.length - 1;
    this.dropped = screen.dropped;
    if (wasAtEnd) view.scrollTop = view.scrollHeight;
  }

  private drawLine(text: string, cursor: number): HTMLElement {
    const line = document.createElement("div");
    const place = /^\s*File "([^"]*)", line (\d+)/.exec(text);
    if (place) {
      const link = document.createElement("a");
      link.href = "#";
      link.textContent = text;
      link.onclick = (event) => {
        event.preventDefault();
        event.stopPropagation();
        this.emit("go-to-line", { file: place[1], line: Number(place[2]) });
      };
      line.append(link);
    } else if (cursor >= 0) {
      const mark = document.createElement("span");
      mark.className = "cursor";
      mark.textContent = text[cursor] ?? "\u00a0";
      line.append(text.slice(0, cursor).padEnd(cursor), mark, text.slice(cursor + 1));
    } else {
      line.textContent = text;
      if (/^(Traceback|\w*Error\b)/.test(text)) line.className = "trace";
    }
    return line;
  }

  private send(text: string): void {
    this.emit("console-keys", text);
    this.input?.focus({ preventScroll: true });
  }

  private onViewClick(): void {
    // A click that ends a selection must not throw the selection away.
    const root = this.renderRoot as ShadowRoot & { getSelection?(): Selection | null };
    const selection = root.getSelection?.() ?? getSelection();
    if (!selection || selection.isCollapsed) this.input?.focus({ preventScroll: true });
  }

  private onKey(event: KeyboardEvent): void {
    if (event.isComposing || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      this.linesElement.focus();
      return;
    }
    let text: string | undefined;
    if (event.ctrlKey) {
      if (event.shiftKey || event.key === "v" || event.key === "Enter" || event.key === ".") return;
      const selected = getSelection()?.toString();
      if (event.key === "c" && selected) return;
      if (/^[a-e]$/.test(event.key)) text = String.fromCharCode(event.key.charCodeAt(0) - 96);
    } else if (!(event.key === "Tab" && event.shiftKey)) {
      text = keys[event.key];
    }
    if (text === undefined) return;
    event.preventDefault();
    this.emit("console-keys", text);
  }

  /** Letters, pasted text and what phone keyboards make: they come here, not as keys. */
  private onBeforeInput(event: InputEvent): void {
    if (event.isComposing) return;
    event.preventDefault();
    const text = event.data ?? event.dataTransfer?.getData("text/plain") ?? "";
    if (event.inputType === "insertLineBreak") this.emit("console-keys", "\r");
    else if (event.inputType.startsWith("delete")) this.emit("console-keys", "\x7f");
    else if (text) this.emit("console-keys", text.replaceAll("\r\n", "\n").replaceAll("\n", "\r"));
  }
}
customElements.define("by-console", ByConsole);
