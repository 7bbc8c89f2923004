// Undo and redo in the block editor are steps of the program's text, not of Blockly's events: one history for blocks and Python.

import * as Blockly from "blockly/core";

export interface UndoTarget {
  undo(): void;
  redo(): void;
}

const targets = new WeakMap<Blockly.Workspace, UndoTarget>();
let isInstalled = false;

/** From now on Ctrl+Z and Ctrl+Y (or Ctrl+Shift+Z) on this workspace go there. */
export function installUndo(workspace: Blockly.WorkspaceSvg, target: UndoTarget): void {
  workspace.MAX_UNDO = 0;
  targets.set(workspace, target);
  if (isInstalled) return;
  isInstalled = true;
  const { registry } = Blockly.ShortcutRegistry;
  const { Z, Y, CTRL, META, SHIFT } = Blockly.utils.KeyCodes;
  const keys = (code: number, ...with_: number[]): string => registry.createSerializedKey(code, with_);
  const register = (name: "undo" | "redo", keyCodes: string[]): void => {
    registry.unregister(name);
    registry.register({
      name,
      keyCodes,
      preconditionFn: (on) => !on.isReadOnly() && !on.isDragging(),
      callback: (on, event) => {
        const root = on.isFlyout ? on.targetWorkspace : on;
        const found = root === null || root === undefined ? undefined : targets.get(root);
        event.preventDefault();
        found?.[name]();
        return found !== undefined;
      },
    });
  };
  register("undo", [keys(Z, CTRL), keys(Z, META)]);
  register("redo", [keys(Z, CTRL, SHIFT), keys(Z, META, SHIFT), keys(Y, CTRL)]);
  // The menu's entries would reach into Blockly's own history, which is empty.
  for (const id of ["undoWorkspace", "redoWorkspace"]) {
    if (Blockly.ContextMenuRegistry.registry.getItem(id) !== null) Blockly.ContextMenuRegistry.registry.unregister(id);
  }
}
