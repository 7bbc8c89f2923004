// The field that holds Python as text, in as many lines as it has: shown in full on the block, edited in a text area.

import * as Blockly from "blockly/core";
import { message } from "../messages/index.ts";

const LINE = 18;
const WIDEST = 48;
const LONGEST = 12;

export class FieldCode extends Blockly.Field<string> {
  override SERIALIZABLE = true;
  private lines: SVGTextElement[] = [];

  constructor(value: string) {
    super(value);
    this.SERIALIZABLE = true;
  }

  static override fromJson(options: Blockly.FieldConfig): FieldCode {
    return new FieldCode((options as { code?: string }).code ?? "");
  }

  protected override doClassValidation_(value?: unknown): string | null {
    return typeof value === "string" ? value : null;
  }

  protected override initView(): void {
    this.createBorderRect_();
    this.lines = [];
  }

  /** What the block shows: long programs are cut, the text area has them whole. */
  private shown(): string[] {
    const all = (this.getValue() ?? "")
      .split("\n")
      .map((line) => (line.length > WIDEST ? `${line.slice(0, WIDEST - 1)}…` : line));
    return all.length > LONGEST ? [...all.slice(0, LONGEST - 1), "…"] : all;
  }

  protected override render_(): void {
    const root = this.fieldGroup_ as SVGGElement;
    for (const line of this.lines) line.remove();
    const shown = this.shown();
    this.lines = shown.map((text, i) => {
      const line = Blockly.utils.dom.createSvgElement(
        Blockly.utils.Svg.TEXT,
        { class: "blocklyText by-code", x: 8, y: LINE * i + 17 },
        root,
      );
      line.textContent = text === "" ? "\u00a0" : text.replaceAll(" ", "\u00a0");
      return line;
    });
    // Monospaced: 0.632 em of 13 px a character.
    const width = Math.max(24, Math.max(...shown.map((line) => line.length)) * 8.3 + 16);
    const height = shown.length * LINE + 8;
    this.size_ = new Blockly.utils.Size(width, height);
    this.borderRect_?.setAttribute("width", String(width));
    this.borderRect_?.setAttribute("height", String(height));
  }

  protected override updateSize_(): void {}

  protected override getText_(): string {
    return this.getValue() ?? "";
  }

  override getAriaTypeName(): string {
    return message("CODE");
  }

  override getAriaValue(): string {
    const lines = (this.getValue() ?? "").split("\n");
    return lines.length > 1 ? message("CODE_LINES", lines.length, lines[0]) : lines[0];
  }

  protected override showEditor_(): void {
    const area = document.createElement("textarea");
    area.className = "by-code-editor";
    area.value = this.getValue() ?? "";
    area.rows = Math.min(16, area.value.split("\n").length + 1);
    area.cols = 44;
    area.spellcheck = false;
    area.autocapitalize = "off";
    area.setAttribute("aria-label", message("CODE"));
    const help = document.createElement("p");
    help.textContent = message("CODE_HELP");
    area.addEventListener("input", () => this.setValue(area.value.replace(/\s+$/, "")));
    area.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Escape" || (event.key === "Enter" && (event.ctrlKey || event.metaKey))) Blockly.DropDownDiv.hide();
    });
    Blockly.DropDownDiv.getContentDiv().replaceChildren(area, help);
    Blockly.DropDownDiv.setColour("var(--by-blocks-surface)", "var(--by-blocks-line)");
    Blockly.DropDownDiv.showPositionedByField<string>(this);
    area.focus();
  }
}
