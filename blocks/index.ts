// The door of the blocks: programs to blocks and back without Blockly, and the editor, which brings Blockly with it when it is asked for.

export type { BlockDef, BlockNode, CategoryId } from "./block.ts";
export type { BlocksEditor, BlocksEditorOptions } from "./editor.ts";
export type { BlocksLanguage } from "./messages/index.ts";
export type { BlocksTheme } from "./theme.ts";
export { generate } from "./generate.ts";
export { recognise, recogniseValue } from "./recognise.ts";

/** Loads the block editor's code, with Blockly; call it when blocks are first shown. */
export async function loadBlocksEditor(): Promise<typeof import("./editor.ts")> {
  return import("./editor.ts");
}
