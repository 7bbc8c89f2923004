// <by-blocks-editor>: the program as blocks. A thin element around the block editor of blocks/: text in, `edit` with the new text out.
// Loaded lazily, as Blockly is large.
import { LitElement } from "lit";
import { boardById, microbitV2 } from "../../boards/index.ts";
import { loadBlocksEditor, type BlocksEditor } from "../../blocks/index.ts";
import { contentLanguage, onLanguage } from "../i18n/i18n.ts";
import { onTheme, theme } from "../shell/look.ts";

// All of Blockly is here before the element is defined, so that it never shows half of itself.
const { createBlocksEditor } = await loadBlocksEditor();

export class ByBlocksEditor extends LitElement {
  static override properties = {
    source: { attribute: false },
    board: {},
    errorLine: { attribute: false },
    readOnly: { type: Boolean },
  };
  declare source: string;
  declare board: string;
  /** A line to mark, from 1, or null. */
  declare errorLine: number | null;
  declare readOnly: boolean;

  private editor: BlocksEditor | null = null;
  private place: HTMLElement | null = null;
  private resize: ResizeObserver | null = null;
  private ends: (() => void)[] = [];

  constructor() {
    super();
    this.source = "";
    this.board = "";
    this.errorLine = null;
    this.readOnly = false;
  }

  // Blockly's own styles and pop-ups live in the document.
  protected override createRenderRoot(): this {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.style.display = "block";
    this.style.overflow = "hidden";
    this.style.position = "relative";
    this.resize = new ResizeObserver(() => this.editor?.resize());
    this.resize.observe(this);
    this.ends = [
      onTheme((now) => this.editor?.setTheme(now)),
      onLanguage(() => {
        this.editor?.setLanguage(contentLanguage());
        this.requestUpdate();
      }),
    ];
    // Blockly measures its host: wait until it has a size.
    requestAnimationFrame(() => this.make());
  }

  override disconnectedCallback(): void {
    this.resize?.disconnect();
    for (const end of this.ends) end();
    this.unmake();
    super.disconnectedCallback();
  }

  override updated(changed: Map<string, unknown>): void {
    const { editor } = this;
    if (!editor) return;
    if (changed.has("readOnly") && changed.get("readOnly") !== undefined) return this.remake();
    if (changed.has("board")) editor.setBoard(boardById(this.board) ?? microbitV2);
    if (changed.has("source") && this.source !== editor.getSource()) editor.setSource(this.source);
    if (changed.has("errorLine")) editor.markLine(this.errorLine);
    this.tellRaw();
  }

  private make(): void {
    if (!this.isConnected || this.editor) return;
    this.place = document.createElement("div");
    this.place.style.height = "100%";
    this.append(this.place);
    this.editor = createBlocksEditor(this.place, {
      source: this.source,
      board: boardById(this.board) ?? microbitV2,
      theme: theme(),
      language: contentLanguage(),
      readOnly: this.readOnly,
      media: "./blockly/",
      onChange: (source) => {
        this.source = source;
        this.dispatchEvent(new CustomEvent("edit", { detail: source, bubbles: true, composed: true }));
        this.tellRaw();
      },
    });
    // Blockly measures text on a canvas of the document; it says nothing to anyone.
    document.querySelector(".blocklyComputeCanvas")?.setAttribute("aria-hidden", "true");
    this.editor.markLine(this.errorLine);
    this.tellRaw();
  }

  private unmake(): void {
    this.editor?.dispose();
    this.editor = null;
    this.place?.remove();
    this.place = null;
  }

  private remake(): void {
    this.unmake();
    this.make();
  }

  private tellRaw(): void {
    this.dispatchEvent(new CustomEvent("raw-count", { detail: this.editor?.rawCount() ?? 0, bubbles: true }));
  }
}
customElements.define("by-blocks-editor", ByBlocksEditor);
