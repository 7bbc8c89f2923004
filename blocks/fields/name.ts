// The field that holds a variable: a menu of the names in the program, with a new one or another name for this one at its end.
// Not Blockly's own variables: those think that `a` and `A` are one.

import * as Blockly from "blockly/core";
import { message } from "../messages/index.ts";
import { isFieldText } from "../structures.ts";

const NEW = "\u0001new";
const RENAME = "\u0001rename";

export class FieldName extends Blockly.FieldDropdown {
  constructor(value: string) {
    super(function (this: Blockly.FieldDropdown): Blockly.MenuOption[] {
      return optionsFor(this);
    });
    this.setValue(value);
  }

  static override fromJson(options: Blockly.FieldDropdownFromJsonConfig): FieldName {
    return new FieldName((options as { variable?: string }).variable ?? "x");
  }

  // Any name may be there, in the menu or not.
  protected override doClassValidation_(value?: unknown): string | null {
    return typeof value === "string" && (value.startsWith("\u0001") || isFieldText("name", value)) ? value : null;
  }

  protected override doValueUpdate_(value: string): void {
    if (value.startsWith("\u0001")) return;
    super.doValueUpdate_(value);
    this.forceLabel(value);
  }

  // FieldDropdown shows the option that is chosen; a name that has just come is no option of a cached menu yet.
  private forceLabel(value: string): void {
    (this as unknown as { selectedOption: Blockly.MenuOption }).selectedOption = [value, value];
    this.isDirty_ = true;
  }

  protected override getText_(): string | null {
    return this.getValue();
  }

  protected override onItemSelected_(menu: Blockly.Menu, item: Blockly.MenuItem): void {
    const chosen = item.getValue();
    const block = this.getSourceBlock();
    if ((chosen !== NEW && chosen !== RENAME) || block === null) {
      super.onItemSelected_(menu, item);
      return;
    }
    const old = this.getValue() ?? "";
    Blockly.dialog.prompt(message("VARIABLE_NAME"), chosen === RENAME ? old : "", (typed) => {
      const name = typed?.trim() ?? "";
      if (name === "" || name === old) return;
      if (!isFieldText("name", name)) {
        Blockly.dialog.alert(message("NAME_WRONG"));
        return;
      }
      Blockly.Events.setGroup(true);
      if (chosen === NEW) this.setValue(name);
      else for (const field of namesIn(block.workspace)) if (field.getValue() === old) field.setValue(name);
      Blockly.Events.setGroup(false);
    });
  }
}

/** All variable fields of a workspace. */
export function* namesIn(workspace: Blockly.Workspace): Generator<FieldName> {
  for (const block of workspace.getAllBlocks(false)) {
    for (const input of block.inputList) for (const field of input.fieldRow) if (field instanceof FieldName) yield field;
  }
}

function optionsFor(field: Blockly.FieldDropdown): Blockly.MenuOption[] {
  const own = field.getValue();
  const names = new Set<string>();
  if (own !== null && own !== undefined) names.add(own);
  const workspace = field.getSourceBlock()?.workspace;
  const target = workspace?.isFlyout === true ? (workspace as Blockly.WorkspaceSvg).targetWorkspace : workspace;
  if (target) for (const other of namesIn(target)) names.add(other.getValue() ?? "");
  names.delete("");
  const options = [...names].sort().map((name): Blockly.MenuOption => [name, name]);
  options.push([message("NEW_VARIABLE"), NEW]);
  if (own) options.push([message("RENAME_VARIABLE", own), RENAME]);
  return options;
}
