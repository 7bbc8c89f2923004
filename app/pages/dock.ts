// The dock: console, plotter, files, data log, radio under one row of tabs. It keeps what the plotter shows of the open project's runs.
import { html, nothing } from "lit";
import { fileNameOf, runner, saveAs, workbench } from "../controllers/context.ts";
import "../elements/console.ts";
import { icon } from "../elements/element.ts";
import "../elements/plotter.ts";
import { msg, type Key } from "../i18n/i18n.ts";
import { Plot } from "../plot/plot.ts";
import type { EditorHost } from "./editor-area.ts";
import { FileActions } from "./file-actions.ts";
import type { LogPanel } from "./log.ts";
import { RadioPanel } from "./radio.ts";

const labels = {
  console: "dock.console",
  plotter: "dock.plotter",
  files: "dock.files",
  log: "dock.log",
  radio: "dock.radio",
} as const satisfies Record<string, Key>;
export type DockTab = keyof typeof labels;
const tabs = Object.keys(labels) as DockTab[];

/** The workspace, as far as its dock goes. */
export interface DockHost extends EditorHost, Pick<HTMLElement, "querySelector"> {
  readonly updateComplete: Promise<unknown>;
  dock: DockTab | "folded";
  file: string;
  readonly size: "s" | "m" | "l";
  fold(): void;
  goToLine(place: { readonly file: string; readonly line: number }): void;
}

export class Dock {
  readonly plot = new Plot();
  private readonly files: FileActions;
  /** Loaded when its tab is opened. */
  private log: LogPanel | null = null;
  private readonly changed: () => void;
  private readonly radio: RadioPanel;

  constructor(changed: () => void) {
    this.files = new FileActions(changed);
    this.changed = changed;
    this.radio = new RadioPanel(changed);
  }

  /** Listens to what programs print, until `close`, and hands it on. Each run begins a new picture. */
  open(hear: (text: string) => void): void {
    runner.onPrint = (text) => {
      this.plot.write(text, runner.clockMs);
      hear(text);
    };
    this.radio.open();
    runner.onBegin = () => this.plot.clear(runner.clockMs);
  }

  close(): void {
    runner.onPrint = runner.onBegin = null;
    this.plot.clear();
    this.log?.close();
    this.radio.close();
  }

  /** The parts of the board have changed. */
  paint(host: DockHost): void {
    if (host.dock === "log") this.log?.paint();
  }

  render(host: DockHost) {
    const isFolded = host.dock === "folded" && host.size !== "s";
    const shown = host.dock === "folded" ? "console" : host.dock;
    return html`<section class="ws-dock" tabindex="-1" aria-label=${msg("dock.label")}>
      <div class="tabs">
        <div
          class="dock-tabs"
          role="tablist"
          aria-label=${msg("dock.label")}
          @keydown=${(event: KeyboardEvent) => onKey(event, host)}
        >
          ${tabs.map(
            (key) =>
              html`<button
                role="tab"
                id="dock-${key}"
                aria-selected=${!isFolded && shown === key}
                tabindex=${shown === key ? 0 : -1}
                @click=${() => (host.dock = key)}
              >
                ${msg(labels[key])}
              </button>`,
          )}
        </div>
        <span class="space"></span>
        ${
          host.size === "l"
            ? html`<button
                class="button quiet square"
                aria-label=${msg(isFolded ? "dock.expand" : "dock.collapse")}
                title=${msg(isFolded ? "dock.expand" : "dock.collapse")}
                @click=${() => host.fold()}
              >
                ${icon(isFolded ? "chevron-up" : "chevron-down")}
              </button>`
            : nothing
        }
      </div>
      ${
        isFolded
          ? nothing
          : html`<div class="dock-panel" role="tabpanel" aria-labelledby="dock-${shown}">${this.renderPanel(shown, host)}</div>`
      }
    </section>`;
  }

  private async loadLog(): Promise<void> {
    const { LogPanel } = await import("./log.ts");
    this.log ??= new LogPanel(this.changed);
    this.changed();
  }

  private renderPanel(tab: DockTab, host: DockHost) {
    switch (tab) {
      case "console":
        return html`<by-console
          .screen=${runner.screen}
          ?isOff=${!runner.isOpen}
          @console-keys=${(event: CustomEvent<string>) => void runner.type(event.detail)}
          @go-to-line=${(event: CustomEvent<{ file: string; line: number }>) => host.goToLine(event.detail)}
        ></by-console>`;
      case "plotter":
        return html`<by-plotter
          .plot=${this.plot}
          @plot-save=${(event: CustomEvent<string>) =>
            saveAs(fileNameOf(workbench.project?.name ?? "", "csv"), event.detail, "text/csv")}
        ></by-plotter>`;
      case "files":
        return this.files.render(host);
      case "log":
        if (this.log === null) void this.loadLog();
        return this.log?.render(this.plot, () => (host.dock = "plotter")) ?? nothing;
      case "radio":
        return this.radio.render();
    }
  }
}

/** Arrow keys move between tabs and show them, as a tab list does. */
function onKey(event: KeyboardEvent, host: DockHost): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const now = tabs.indexOf(host.dock === "folded" ? "console" : host.dock);
  const next = tabs[(now + step + tabs.length) % tabs.length]!;
  host.dock = next;
  void host.updateComplete.then(() => host.querySelector<HTMLElement>(`#dock-${next}`)?.focus());
}
