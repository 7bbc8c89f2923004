// The block editor's style sheet. It stands in the host, so it works in a shadow root too; Blockly adds its own beside it.

import { CATEGORIES } from "./block.ts";
import { dataUri, iconOf, markOf, PALETTES, type BlocksTheme } from "./theme.ts";

export function styleSheet(theme: BlocksTheme): string {
  const p = PALETTES[theme];
  const drawers = CATEGORIES.map(
    (category) =>
      `.by-drawer-${category} .blocklyToolboxCategoryIcon { background-image: url("${dataUri(iconOf(category, markOf(category, theme)))}") !important; }`,
  );
  return `
.by-blocks { position: relative; width: 100%; height: 100%; container-type: inline-size; --by-blocks-surface: ${p.surface}; --by-blocks-line: ${p.line}; }
.by-blocks .blocklyText { fill: ${p.blockText} !important; }
.by-blocks .blocklyFlyoutLabelText { fill: ${p.text}; }
.by-blocks .blocklyNonEditableField > .blocklyText, .by-blocks .blocklyField.blocklyDropdownField > .blocklyText.blocklyFieldText.blocklyDropdownText { fill: ${p.blockText} !important; }
.by-blocks .blocklyEditableField:not(.blocklyDropdownField) > .blocklyFieldRect { fill: ${p.fieldFill} !important; }
.by-blocks .blocklyEditableField:not(.blocklyDropdownField) > .blocklyText { fill: ${p.fieldText} !important; }
.by-blocks .by-code { font: 13px/1.4 "Atkinson Hyperlegible Mono Variable", ui-monospace, monospace !important; }
.by-blocks .by-leds-back { fill: #15181A !important; }
.by-blocks .python_blocks > .blocklyPath, .by-blocks .blocklyBlock[class*="python_"] > .blocklyPath { stroke: ${p.line}; stroke-width: 2; stroke-dasharray: 6 3; }
.by-blocks .blocklyPath { ${theme === "contrast" ? "stroke-width: 2;" : ""} }
.by-blocks .by-marked > .blocklyPath { stroke: ${p.bad} !important; stroke-width: 4px !important; stroke-dasharray: none; }
.by-blocks .blocklySelected > .blocklyPath, .by-blocks .blocklyActiveFocus > .blocklyPath { stroke: ${p.focus}; stroke-width: 3px; }
.by-blocks .blocklyToolbox { border-inline-end: 1px solid ${p.line}; min-width: 88px; }
.by-blocks .by-drawer { height: auto; min-height: 36px; padding: 2px 10px 2px 10px !important; border-inline-start: 0 !important; box-sizing: border-box; }
.by-blocks .by-drawer .blocklyTreeRowContentContainer, .by-blocks .by-drawer .blocklyToolboxCategoryContents { display: flex; align-items: center; gap: 8px; }
.by-blocks .by-drawer .blocklyToolboxCategoryIcon { display: inline-block; width: 20px; height: 20px; background: no-repeat center / 20px; visibility: visible; flex: none; margin-inline-end: 6px; }
.by-blocks .by-drawer .blocklyToolboxCategoryLabel { font: 600 14px/20px "Atkinson Hyperlegible Next Variable", system-ui, sans-serif; color: ${p.text}; }
@container (max-width: 560px) {
  .by-blocks .blocklyToolbox { min-width: 48px; }
  .by-blocks .by-drawer .blocklyToolboxCategoryLabel { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .by-blocks .by-drawer .blocklyToolboxCategoryIcon { margin-inline-end: 0; }
}
.by-blocks .by-drawer.blocklyToolboxSelected { outline: 2px solid ${p.focus}; outline-offset: -2px; background-color: ${p.canvas} !important; }
.blocklyDropDownContent:has(.by-leds-editor), .blocklyDropDownContent:has(.by-code-editor) { max-height: none; overflow: visible; }
.by-leds-editor { padding: 8px; color: #fff; font: 13px/1.4 system-ui, sans-serif; max-width: 220px; }
.by-leds-editor [role="row"] { display: flex; }
.by-leds-editor [role="gridcell"] button { width: 40px; height: 36px; margin: 2px; border: 2px solid #6A766F; border-radius: 8px; color: #fff; font: 600 13px system-ui; cursor: pointer; }
.by-leds-editor button:focus-visible { outline: 3px solid ${PALETTES.dark.focus}; outline-offset: 1px; }
.by-leds-controls { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; margin-top: 8px; }
.by-leds-controls p { margin: 0; }
.by-leds-controls button { min-height: 32px; border-radius: 8px; border: 1px solid #6A766F; background: #212A25; color: #fff; padding: 0 12px; }
.by-code-editor { font: 14px/1.5 "Atkinson Hyperlegible Mono Variable", ui-monospace, monospace; color: ${p.text}; background: ${p.canvas}; border: 1px solid ${p.line}; border-radius: 6px; padding: 8px; max-width: 80vw; }
.by-code-editor + p { margin: 4px 2px; font: 13px/1.4 system-ui, sans-serif; color: ${p.text}; }
.by-blocks-dialog { border: 1px solid ${p.line}; border-radius: 14px; background: ${p.surface}; color: ${p.text}; padding: 16px; font: 16px/24px system-ui, sans-serif; max-width: 400px; }
.by-blocks-dialog label { display: grid; gap: 8px; }
.by-blocks-dialog input { font: inherit; padding: 8px; border-radius: 6px; border: 1px solid ${p.line}; background: ${p.canvas}; color: inherit; }
.by-blocks-dialog div { display: flex; gap: 8px; margin-top: 16px; justify-content: flex-end; }
.by-blocks-dialog button { min-height: 40px; border-radius: 10px; border: 1px solid ${p.line}; padding: 0 16px; background: ${p.surface}; color: inherit; font: inherit; }
${drawers.join("\n")}
`;
}
