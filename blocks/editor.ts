// The block editor: Blockly as a view of a Python text. The text is the truth; blocks are read from it and write back into it.
// It loads Blockly, so it is imported lazily. Everything about programs is elsewhere: here are only workspace, toolbox and look.

import * as Blockly from "blockly/core";
import * as english from "blockly/msg/en";
import * as spanish from "blockly/msg/es";
import type { BoardDescriptor } from "../boards/descriptor.ts";
import { fingerprint, type BlockNode, type CategoryId } from "./block.ts";
import { defineBlocks } from "./definitions.ts";
import { installDialogs } from "./dialog.ts";
import { namesIn } from "./fields/name.ts";
import { generate } from "./generate.ts";
import { blocklyEs } from "./messages/blockly.es.ts";
import { CATEGORY_KEYS, message, setMessages, type BlocksLanguage } from "./messages/index.ts";
import { recognise, recogniseValue, wholeText, type Program } from "./recognise.ts";
import { installUndo } from "./shortcuts.ts";
import { styleSheet } from "./style.ts";
import { coloursOf, markOf, PALETTES, type BlocksTheme } from "./theme.ts";
import { drawersFor, forget } from "./toolbox.ts";
import { blockState, carryIds, readWorkspace, stackState } from "./workspace.ts";

export interface BlocksEditorOptions {
  readonly source: string;
  readonly board: BoardDescriptor;
  readonly theme: BlocksTheme;
  readonly language: BlocksLanguage;
  readonly readOnly?: boolean;
  /** Where Blockly's sounds and cursors are served; nothing is fetched from elsewhere. */
  readonly media?: string;
  /** The program after an edit in the blocks. Not called for setSource. */
  readonly onChange: (source: string) => void;
  /** Ctrl+Z and Ctrl+Y in the blocks. Without them the editor goes back and forth among its own edits. */
  readonly onUndo?: () => void;
  readonly onRedo?: () => void;
}

export interface BlocksEditor {
  setSource(source: string): void;
  getSource(): string;
  setBoard(board: BoardDescriptor): void;
  setTheme(theme: BlocksTheme): void;
  setLanguage(language: BlocksLanguage): void;
  /** Marks the block that line is in, or none. */
  markLine(line: number | null): void;
  /** How many blocks hold Python that no other block says. */
  rawCount(): number;
  /** Call when the host's size has changed. */
  resize(): void;
  dispose(): void;
}

export function createBlocksEditor(host: HTMLElement, options: BlocksEditorOptions): BlocksEditor {
  return new Editor(host, options);
}

const MARGIN = 24;
const HISTORY = 200;

class Editor implements BlocksEditor {
  private readonly options: BlocksEditorOptions;
  private readonly style: HTMLStyleElement;
  private readonly place: HTMLElement;
  private readonly workspace: Blockly.WorkspaceSvg;
  private source: string;
  private board: BoardDescriptor;
  private theme: BlocksTheme;
  /** What is on the workspace, as last read, and which block each is. */
  private nodes: readonly BlockNode[] = [];
  private idOf: ReadonlyMap<BlockNode, string> = new Map();
  private tail = "";
  private lines: ReadonlyMap<BlockNode, number> = new Map();
  private marked: string | null = null;
  private isDisposed = false;
  /** Texts before and after this one, for an editor that stands alone. */
  private readonly past: string[] = [];
  private readonly future: string[] = [];

  constructor(host: HTMLElement, options: BlocksEditorOptions) {
    this.options = options;
    this.source = options.source;
    this.board = options.board;
    this.theme = options.theme;
    this.style = document.createElement("style");
    this.place = document.createElement("div");
    this.place.className = "by-blocks";
    host.append(this.style, this.place);
    this.speak(options.language);
    this.paint();
    installDialogs(this.place);
    this.workspace = Blockly.inject(this.place, {
      renderer: "zelos",
      theme: this.makeTheme(),
      toolbox: this.makeToolbox(),
      media: options.media ?? "blockly-media/",
      readOnly: options.readOnly === true,
      comments: false,
      sounds: false,
      trashcan: false,
      zoom: { controls: true, wheel: false, pinch: true, startScale: 0.8, minScale: 0.4, maxScale: 2 },
      move: { scrollbars: true, drag: true, wheel: true },
    });
    this.paint();
    installUndo(this.workspace, {
      undo: options.onUndo ?? (() => this.travel(this.past, this.future)),
      redo: options.onRedo ?? (() => this.travel(this.future, this.past)),
    });
    this.workspace.registerToolboxCategoryCallback("BY_VARIABLES", () => this.variableDrawer());
    this.name();
    this.workspace.addChangeListener((event) => this.onEvent(event));
    this.load(this.source, true);
  }

  // --- the door

  setSource(source: string): void {
    if (source === this.source) return;
    this.past.push(this.source);
    this.future.length = 0;
    this.load(source, false);
  }

  getSource(): string {
    return this.source;
  }

  setBoard(board: BoardDescriptor): void {
    this.board = board;
    if (this.options.readOnly !== true) this.workspace.updateToolbox(this.makeToolbox());
    this.name();
  }

  setTheme(theme: BlocksTheme): void {
    this.theme = theme;
    defineBlocks(theme);
    this.workspace.setTheme(this.makeTheme());
    this.paint();
    this.setBoard(this.board);
    this.load(this.source, true);
  }

  setLanguage(language: BlocksLanguage): void {
    this.speak(language);
    this.setBoard(this.board);
    this.load(this.source, true);
  }

  markLine(line: number | null): void {
    if (this.marked !== null) this.workspace.getBlockById(this.marked)?.removeClass("by-marked");
    this.marked = null;
    if (line === null) return;
    let best: BlockNode | null = null;
    let bestLine = 0;
    for (const [node, at] of this.lines) {
      if (at <= line && at >= bestLine) {
        best = node;
        bestLine = at;
      }
    }
    const id = best === null ? undefined : this.idOf.get(best);
    const block = id === undefined ? null : this.workspace.getBlockById(id);
    if (block === null) return;
    block.addClass("by-marked");
    this.workspace.centerOnBlock(block.id, true);
    this.marked = block.id;
  }

  rawCount(): number {
    let count = 0;
    const walk = (node: BlockNode | null): void => {
      if (node === null) return;
      if (node.type.startsWith("python_")) count++;
      Object.values(node.values).forEach(walk);
      for (const body of Object.values(node.bodies)) body.forEach(walk);
    };
    this.nodes.forEach(walk);
    return count;
  }

  resize(): void {
    Blockly.svgResize(this.workspace);
  }

  dispose(): void {
    if (this.isDisposed) return;
    this.isDisposed = true;
    this.workspace.dispose();
    this.place.remove();
    this.style.remove();
  }

  // --- text to blocks

  private load(source: string, isFresh: boolean): void {
    this.source = source;
    const { nodes, tail } = readSafely(source);
    this.tail = tail;
    const ids = new Map<BlockNode, string>();
    carryIds(this.nodes, nodes, this.idOf, ids);
    const isSame =
      !isFresh &&
      nodes.length === this.nodes.length &&
      nodes.every((node, i) => fingerprint(node, true) === fingerprint(this.nodes[i], true));
    // Blocks that look the same only get their text's memory anew, without a flicker.
    if (isSame && this.refresh(nodes, ids)) return;
    const { scrollX, scrollY } = this.workspace;
    const hadFocus = this.place.contains(document.activeElement);
    const focused = hadFocus ? Blockly.getFocusManager().getFocusedNode() : null;
    const focusedId = focused instanceof Blockly.BlockSvg ? focused.id : null;
    Blockly.Events.disable();
    try {
      this.workspace.clear();
      const stack = stackState(nodes, (node) => ids.get(node));
      const state = stack === null ? [] : [{ ...stack, x: MARGIN, y: MARGIN }];
      Blockly.serialization.workspaces.load({ blocks: { languageVersion: 0, blocks: state } }, this.workspace, {
        recordUndo: false,
      });
    } finally {
      Blockly.Events.enable();
    }
    this.marked = null;
    this.remember();
    if (isFresh && this.nodes.length > 0) this.workspace.scroll(0, 0);
    else this.workspace.scroll(scrollX, scrollY);
    const again = focusedId === null ? null : this.workspace.getBlockById(focusedId);
    if (again !== null) Blockly.getFocusManager().focusNode(again);
  }

  private refresh(nodes: readonly BlockNode[], ids: ReadonlyMap<BlockNode, string>): boolean {
    const pairs: [Blockly.BlockSvg, BlockNode][] = [];
    const walk = (node: BlockNode): boolean => {
      const block = this.workspace.getBlockById(ids.get(node) ?? "");
      if (block === null) return false;
      pairs.push([block, node]);
      return (
        Object.values(node.values).every((value) => value === null || walk(value)) &&
        Object.values(node.bodies).every((body) => body.every(walk))
      );
    };
    if (!nodes.every(walk)) return false;
    for (const [block, node] of pairs) block.data = node.origin === null ? null : JSON.stringify(node.origin);
    this.remember();
    return true;
  }

  /** Reads the workspace back, so that blocks, ids and lines belong together. */
  private remember(): void {
    const { nodes, idOf } = readWorkspace(this.workspace);
    this.nodes = nodes;
    this.idOf = idOf;
    this.lines = generate(nodes, this.tail).lines;
  }

  // --- blocks to text

  private onEvent(event: Blockly.Events.Abstract): void {
    const isDragEnd = event.type === Blockly.Events.BLOCK_DRAG && (event as Blockly.Events.BlockDrag).isStart === false;
    if ((event.isUiEvent && !isDragEnd) || this.isDisposed || this.workspace.isDragging()) return;
    if (event.type === Blockly.Events.FINISHED_LOADING) return;
    this.write();
  }

  private write(): void {
    const { nodes, idOf } = readWorkspace(this.workspace);
    const { source, lines } = generate(nodes, this.tail, { imports: true });
    this.nodes = nodes;
    this.idOf = idOf;
    this.lines = lines;
    if (source === this.source) return;
    const plain = generate(nodes, this.tail).source;
    this.past.push(this.source);
    if (this.past.length > HISTORY) this.past.shift();
    this.future.length = 0;
    this.source = source;
    // Imports came in: they become blocks too, once Blockly is done with this event.
    if (plain !== source) queueMicrotask(() => this.isDisposed || this.source !== source || this.load(source, false));
    this.options.onChange(source);
  }

  private travel(from: string[], to: string[]): void {
    const source = from.pop();
    if (source === undefined) return;
    to.push(this.source);
    this.load(source, false);
    this.options.onChange(source);
  }

  // --- looks

  /** Names for what Blockly leaves unnamed. */
  private name(): void {
    this.place.querySelector('[role="application"]')?.setAttribute("aria-label", message("EDITOR_LABEL"));
    this.place.querySelector('.blocklyToolbox [role="tree"]')?.setAttribute("aria-label", message("TOOLBOX_LABEL"));
  }

  private speak(language: BlocksLanguage): void {
    const words = (language === "es" ? { ...spanish, ...blocklyEs } : english) as unknown as Record<string, string>;
    Blockly.setLocale(words);
    setMessages(language);
    defineBlocks(this.theme);
    this.place.setAttribute("lang", language);
  }

  private makeTheme(): Blockly.Theme {
    const palette = PALETTES[this.theme];
    const drawers = Object.keys(CATEGORY_KEYS) as CategoryId[];
    return Blockly.Theme.defineTheme(`by-${this.theme}`, {
      name: `by-${this.theme}`,
      blockStyles: Object.fromEntries(
        drawers.map((category) => {
          const { fill, soft, edge } = coloursOf(category, this.theme);
          return [`${category}_blocks`, { colourPrimary: fill, colourSecondary: soft, colourTertiary: edge, hat: "" }];
        }),
      ),
      categoryStyles: Object.fromEntries(
        drawers.map((category) => [`${category}_category`, { colour: markOf(category, this.theme) }]),
      ),
      componentStyles: {
        workspaceBackgroundColour: palette.canvas,
        toolboxBackgroundColour: palette.surface,
        toolboxForegroundColour: palette.text,
        flyoutBackgroundColour: palette.surface,
        flyoutForegroundColour: palette.text,
        flyoutOpacity: 0.97,
        scrollbarColour: palette.line,
        insertionMarkerColour: palette.focus,
        insertionMarkerOpacity: 0.4,
        cursorColour: palette.focus,
        markerColour: palette.focus,
        selectedGlowColour: palette.focus,
      },
      fontStyle: { family: '"Atkinson Hyperlegible Next Variable", system-ui, sans-serif', weight: "600", size: 12 },
    });
  }

  private paint(): void {
    // Fields that fill their block take this colour from the renderer, not from the style sheet.
    if (this.workspace !== undefined)
      this.workspace.getRenderer().getConstants().FIELD_BORDER_RECT_COLOUR = PALETTES[this.theme].fieldFill;
    this.style.textContent = styleSheet(this.theme);
  }

  private makeToolbox(): Blockly.utils.toolbox.ToolboxDefinition {
    const contents = drawersFor(this.board).map(({ category, nodes }) => ({
      kind: "category",
      name: message(CATEGORY_KEYS[category]),
      categorystyle: `${category}_category`,
      cssConfig: { row: `blocklyToolboxCategory by-drawer by-drawer-${category}` },
      ...(category === "variables" ? { custom: "BY_VARIABLES" } : { contents: nodes.map(flyoutBlock) }),
    }));
    return { kind: "categoryToolbox", contents } as Blockly.utils.toolbox.ToolboxDefinition;
  }

  private variableDrawer(): Blockly.utils.toolbox.FlyoutItemInfoArray {
    const drawer = drawersFor(this.board).find(({ category }) => category === "variables")?.nodes ?? [];
    const names = new Set([...namesIn(this.workspace)].map((field) => field.getValue() ?? ""));
    names.delete("");
    const getters = [...names].sort().flatMap((name) => recogniseValue(name) ?? []);
    return [...drawer, ...getters].map((node) => flyoutBlock(forget(node)));
  }
}

function flyoutBlock(node: BlockNode): Blockly.utils.toolbox.FlyoutItemInfo {
  return { kind: "block", ...blockState(node, () => undefined, false) } as Blockly.utils.toolbox.FlyoutItemInfo;
}

/** Should reading and writing ever differ, the program is shown as text rather than changed. */
function readSafely(source: string): Program {
  const program = recognise(source);
  if (generate(program.nodes, program.tail).source === source) return program;
  return { nodes: [wholeText(source)], tail: "", errors: program.errors };
}
