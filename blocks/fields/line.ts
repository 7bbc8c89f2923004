// One-line text fields that take only what Python takes there: a number as it is written, parameters, a dotted path.

import * as Blockly from "blockly/core";
import { isFieldText, type FieldKind } from "../structures.ts";

export class FieldLine extends Blockly.FieldTextInput {
  private readonly takes: FieldKind;

  constructor(value: string, takes: FieldKind) {
    super(Blockly.Field.SKIP_SETUP);
    this.takes = takes;
    this.setValue(value);
    this.setSpellcheck(false);
  }

  static override fromJson(options: Blockly.FieldTextInputFromJsonConfig): FieldLine {
    return new FieldLine(options.text ?? "", (options as { takes?: FieldKind }).takes ?? "text");
  }

  protected override doClassValidation_(value?: unknown): string | null {
    if (value === null || value === undefined) return null;
    const text =
      this.takes === "text" || this.takes === "comment" ? String(value).replace(/[\r\n]+/g, " ") : String(value).trim();
    // While it is set up, a field does not know yet what it takes.
    return this.takes === undefined || isFieldText(this.takes, text) ? text : null;
  }
}
