// The field that draws a 5x5 image: small on the block, a grid of buttons with full keyboard use when opened.
// Its value is Image's own text: '09090:99999:99999:09990:00900'.

import * as Blockly from "blockly/core";
import { message } from "../messages/index.ts";

const SIZE = 5;
const CELL = 9;
const DARK = "#3B2B2D";
const LIT = "#FF3B2F";

/** Opacity of each brightness, lifted as a real LED's is (UI.md 7.3). */
const OPACITY = [0, 0.29, 0.32, 0.36, 0.4, 0.46, 0.54, 0.65, 0.8, 1];

export class FieldLeds extends Blockly.Field<string> {
  override SERIALIZABLE = true;
  private cells: SVGRectElement[] = [];

  constructor(value: string) {
    super(value);
    this.SERIALIZABLE = true;
  }

  static override fromJson(options: Blockly.FieldConfig): FieldLeds {
    return new FieldLeds((options as { leds?: string }).leds ?? "00000:00000:00000:00000:00000");
  }

  protected override doClassValidation_(value?: unknown): string | null {
    return typeof value === "string" && /^\d{5}(:\d{5}){4}$/.test(value) ? value : null;
  }

  protected override initView(): void {
    this.cells = [];
    const root = this.fieldGroup_ as SVGGElement;
    this.borderRect_ = Blockly.utils.dom.createSvgElement(Blockly.utils.Svg.RECT, { rx: 3, ry: 3, class: "by-leds-back" }, root);
    for (let i = 0; i < SIZE * SIZE; i++) {
      const cell = Blockly.utils.dom.createSvgElement(
        Blockly.utils.Svg.RECT,
        { x: 4 + (i % SIZE) * CELL, y: 4 + Math.floor(i / SIZE) * CELL, width: CELL - 2, height: CELL - 2, rx: 2 },
        root,
      );
      this.cells.push(cell);
    }
  }

  protected override render_(): void {
    const levels = digits(this.getValue() ?? "");
    this.cells.forEach((cell, i) => {
      cell.style.fill = levels[i] > 0 ? LIT : DARK;
      cell.style.fillOpacity = levels[i] > 0 ? String(OPACITY[levels[i]]) : "1";
    });
    const side = SIZE * CELL + 6;
    this.size_ = new Blockly.utils.Size(side, side);
    this.borderRect_?.setAttribute("width", String(side));
    this.borderRect_?.setAttribute("height", String(side));
  }

  protected override updateSize_(): void {}

  override getAriaTypeName(): string {
    return message("LEDS");
  }

  override getAriaValue(): string {
    return (this.getValue() ?? "").split(":").join(", ");
  }

  protected override getText_(): string {
    return this.getValue() ?? "";
  }

  protected override showEditor_(): void {
    const content = Blockly.DropDownDiv.getContentDiv();
    content.replaceChildren(this.grid());
    Blockly.DropDownDiv.setColour("#15181A", "#6A766F");
    Blockly.DropDownDiv.showPositionedByField<string>(this);
    content.querySelector<HTMLButtonElement>("button")?.focus();
  }

  private grid(): HTMLElement {
    const box = document.createElement("div");
    box.className = "by-leds-editor";
    const grid = document.createElement("div");
    grid.setAttribute("role", "grid");
    grid.setAttribute("aria-label", message("LEDS"));
    const buttons: HTMLButtonElement[] = [];
    const level = document.createElement("input");
    const paint = (index: number): void => {
      const value = digits(this.getValue() ?? "")[index];
      const cell = buttons[index];
      cell.style.background = value > 0 ? `color-mix(in srgb, ${LIT} ${OPACITY[value] * 100}%, ${DARK})` : DARK;
      cell.textContent = String(value);
      cell.setAttribute("aria-label", message("LEDS_CELL", Math.floor(index / SIZE) + 1, (index % SIZE) + 1, value));
    };
    const set = (index: number, value: number): void => {
      const levels = digits(this.getValue() ?? "");
      levels[index] = value;
      this.setValue(join(levels));
      paint(index);
    };
    const focus = (index: number): void => {
      buttons.forEach((button, i) => (button.tabIndex = i === index ? 0 : -1));
      buttons[index].focus();
    };
    const toggle = (index: number): void => set(index, digits(this.getValue() ?? "")[index] > 0 ? 0 : Number(level.value));
    for (let row = 0; row < SIZE; row++) {
      const line = document.createElement("div");
      line.setAttribute("role", "row");
      for (let column = 0; column < SIZE; column++) {
        const index = row * SIZE + column;
        const cell = document.createElement("div");
        cell.setAttribute("role", "gridcell");
        const button = document.createElement("button");
        button.type = "button";
        button.tabIndex = index === 0 ? 0 : -1;
        button.addEventListener("click", () => toggle(index));
        button.addEventListener("keydown", (event) => this.onKey(event, index, { focus, set, paint }));
        buttons.push(button);
        cell.append(button);
        line.append(cell);
      }
      grid.append(line);
    }
    buttons.forEach((_, i) => paint(i));
    box.append(
      grid,
      this.controls(level, () => buttons.forEach((_, i) => set(i, 0))),
    );
    return box;
  }

  private controls(level: HTMLInputElement, clear: () => void): HTMLElement {
    const row = document.createElement("div");
    row.className = "by-leds-controls";
    const label = document.createElement("label");
    label.textContent = `${message("LEDS_BRIGHTNESS")} `;
    level.type = "range";
    level.min = "1";
    level.max = "9";
    level.value = "9";
    label.append(level);
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = message("LEDS_CLEAR");
    button.addEventListener("click", clear);
    const help = document.createElement("p");
    help.textContent = message("LEDS_HELP");
    row.append(label, button, help);
    return row;
  }

  private onKey(
    event: KeyboardEvent,
    index: number,
    grid: { focus(index: number): void; set(index: number, value: number): void; paint(index: number): void },
  ): void {
    const row = Math.floor(index / SIZE);
    const column = index % SIZE;
    const moves: Readonly<Record<string, number>> = {
      ArrowLeft: row * SIZE + Math.max(0, column - 1),
      ArrowRight: row * SIZE + Math.min(SIZE - 1, column + 1),
      ArrowUp: Math.max(0, row - 1) * SIZE + column,
      ArrowDown: Math.min(SIZE - 1, row + 1) * SIZE + column,
      Home: row * SIZE,
      End: row * SIZE + SIZE - 1,
    };
    const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey;
    if (moves[event.key] !== undefined) {
      grid.focus(moves[event.key]);
    } else if (isPlain && /^\d$/.test(event.key)) {
      grid.set(index, Number(event.key));
    } else if (isPlain && event.key.toLowerCase() === "c") {
      for (let i = 0; i < SIZE * SIZE; i++) grid.set(i, 0);
    } else if (event.key === "Escape") {
      Blockly.DropDownDiv.hide();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }
}

const digits = (value: string): number[] => value.replaceAll(":", "").split("").map(Number);
const join = (levels: readonly number[]): string =>
  Array.from({ length: SIZE }, (_, row) => levels.slice(row * SIZE, row * SIZE + SIZE).join("")).join(":");
