// The editors of the workspace: blocks, Python or both, loaded when they are first shown. Both show the same text; an edit in either is
// an edit of the project.
import { html, nothing, type TemplateResult } from "lit";
import { runner, workbench } from "../controllers/context.ts";
import { icon } from "../elements/element.ts";
import { msg } from "../i18n/i18n.ts";
import { mainFile } from "../store/project.ts";
import type { View } from "./workspace.ts";

/** What the editors need to know of the workspace. */
export interface EditorHost extends EventTarget {
  readonly view: View;
  readonly file: string;
  readonly readOnly: boolean;
  markedLine(file: string): number | null;
  requestUpdate(): void;
}

type Loading = "no" | "loading" | "yes" | "failed";
const loading: Record<"python" | "blocks", Loading> = { python: "no", blocks: "no" };
let faultsOf: typeof import("../editor/check.ts").faultsOf | null = null;

/** Parts of the program that have no block. */
let rawCount = 0;

function load(kind: "python" | "blocks", host: EditorHost): Loading {
  if (loading[kind] === "no") {
    loading[kind] = "loading";
    const parts =
      kind === "python"
        ? Promise.all([import("../editor/python.ts"), import("../editor/check.ts").then((check) => (faultsOf = check.faultsOf))])
        : import("../editor/blocks.ts");
    parts
      .then(() => (loading[kind] = "yes"))
      .catch(() => (loading[kind] = "failed"))
      .finally(() => host.requestUpdate());
  }
  return loading[kind];
}

/** The editors side by side or alone. */
export function editorArea(host: EditorHost): TemplateResult {
  const { view } = host;
  return html`<div class="editors ${view}">
    ${view !== "python" ? renderBlocks(host) : nothing}
    ${view === "both" ? html`<span style="background: var(--line)"></span>` : nothing}
    ${view !== "blocks" ? renderPython(host) : nothing}
  </div>`;
}

function renderWaiting(kind: "python" | "blocks", state: Loading, host: EditorHost): TemplateResult {
  const again = () => {
    loading[kind] = "no";
    host.requestUpdate();
  };
  return state === "failed"
    ? html`<div class="waiting">
        <div class="stack">
          <p>${msg("editor.failed")}</p>
          <button class="button" @click=${again}>${icon("refresh-cw")}${msg("editor.retry")}</button>
        </div>
      </div>`
    : html`<p class="waiting" role="status">${msg("editor.loading")}</p>`;
}

function renderPython(host: EditorHost): TemplateResult {
  const state = load("python", host);
  if (state !== "yes") return renderWaiting("python", state, host);
  const { file } = host;
  const board = runner.board.id;
  return html`<by-python-editor
    .source=${workbench.project?.files[file] ?? ""}
    .label=${file === mainFile ? msg("editor.python") : msg("editor.file", { name: file })}
    ?readOnly=${host.readOnly}
    .errorLine=${host.markedLine(file)}
    .check=${checkFor(board)}
    @edit=${(event: CustomEvent<string>) => editFile(file, event.detail)}
  ></by-python-editor>`;
}

function renderBlocks(host: EditorHost): TemplateResult {
  const state = load("blocks", host);
  if (state !== "yes") return renderWaiting("blocks", state, host);
  return html`<div class="blocks-side">
    <by-blocks-editor
      .source=${workbench.source}
      .board=${runner.board.id}
      .errorLine=${host.markedLine(mainFile)}
      ?readOnly=${host.readOnly}
      @edit=${(event: CustomEvent<string>) => editFile(mainFile, event.detail)}
      @raw-count=${(event: CustomEvent<number>) => {
        if (rawCount === event.detail) return;
        rawCount = event.detail;
        host.requestUpdate();
      }}
    ></by-blocks-editor>
    ${rawCount > 0 ? html`<p class="raw-note small">${msg("blocks.raw", { n: rawCount })}</p>` : nothing}
  </div>`;
}

function editFile(file: string, text: string): void {
  const { project } = workbench;
  if (!project) return;
  // The mark belongs to the text that ran.
  if (runner.report?.file === file) runner.report = null;
  if (file === mainFile) workbench.edit(text);
  else workbench.change({ files: { ...project.files, [file]: text } });
}

const checks = new Map<string, (source: string) => readonly { start: number; end: number; text: string }[]>();
/** The same function for the same board, so that the editor sees no change. */
function checkFor(board: string) {
  let check = checks.get(board);
  if (!check) {
    check = (source) => faultsOf?.(source, board) ?? [];
    checks.set(board, check);
  }
  return check;
}
