// <by-workspace>: one project at work: editor, board, console, files, lesson. It joins controllers to elements and lays them out;
// what a button means is decided in the controllers.
import { html, nothing } from "lit";
import { boards } from "../../boards/index.ts";
import { boardOf, runner, say, sound, workbench } from "../controllers/context.ts";
import "../elements/board.ts";
import type { ByBoard } from "../elements/board.ts";
import "../elements/choice.ts";
import { ByPage, icon } from "../elements/element.ts";
import "../elements/error-card.ts";
import "../elements/files.ts";
import "../elements/menu.ts";
import "../elements/run.ts";
import "../elements/sensors.ts";
import type { BySensors } from "../elements/sensors.ts";
import type { ByWired } from "../elements/wired.ts";
import "../elements/splitter.ts";
import "../elements/target.ts";
import { msg, type Key } from "../i18n/i18n.ts";
import { address } from "../shell/router.ts";
import { changeSettings, settings } from "../store/settings.ts";
import { mainFile } from "../store/project.ts";
import { saveToBoard } from "./connect-dialog.ts";
import { Dock, type DockHost, type DockTab } from "./dock.ts";
import { editorArea } from "./editor-area.ts";
import { closeLesson, lessonRail } from "./lesson-rail.ts";
import { sharePage } from "./share-dialog.ts";
import { ask } from "./ask.ts";
import { wire, type Wired, wireProject } from "./wire.ts";
import { connectReal, letGo, meetBoard, putMicroPython, reconnect, rememberConnection, wasConnected } from "./real-board.ts";
import { Tapes, type TapeHost } from "./tapes.ts";
import { tooLong } from "./too-long.ts";
import { showVersions } from "./versions-dialog.ts";
import "./workspace.css";

type Size = "s" | "m" | "l";
type PhoneView = "lesson" | "code" | "board" | "console";
export type View = "blocks" | "python" | "both";

const bothNeedsPx = 900;
const clamp = (value: number, min: number, max: number) => Math.max(min, Math.min(max, value));

export class ByWorkspace extends ByPage implements DockHost, TapeHost {
  static override properties = {
    projectId: { attribute: false },
    isMissing: { state: true },
    size: { state: true },
    phoneView: { state: true },
    dock: { state: true },
    file: { state: true },
    said: { state: true },
  };
  declare projectId: string;
  declare isMissing: boolean;
  declare size: Size;
  declare phoneView: PhoneView;
  declare dock: DockTab | "folded";
  /** The file in the editor. */
  declare file: string;
  declare said: string;

  private readonly dockPanels = new Dock(() => this.requestUpdate());
  private readonly tapes = new Tapes(this);
  private stagePx = 400;
  private lowerPx = 400;
  private dockShare = 0.34;
  /** The panel that comes back when the dock is unfolded. */
  private lastDock: DockTab = "console";
  private widthPx = innerWidth;
  private resize: ResizeObserver | null = null;

  constructor() {
    super();
    this.projectId = "";
    this.isMissing = false;
    this.size = "l";
    this.phoneView = "code";
    this.dock = "console";
    this.file = mainFile;
    this.said = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    workbench.onChange = () => this.requestUpdate();
    workbench.onTurn = () => say({ text: msg("tabs.yours"), kind: "ok" });
    runner.onChange = () => {
      if (runner.target !== "connecting") rememberConnection(runner.isReal);
      this.tapes.deck.check();
      this.requestUpdate();
    };
    runner.onParts = () => this.paint();
    runner.onOutcome = (outcome) => this.onOutcome(outcome);
    runner.onTrouble = (code, half) => this.onTrouble(code, half);
    this.tapes.open();
    this.dockPanels.open((text) => this.tapes.deck.hear(text));
    addEventListener("keydown", this.onKey, true);
    this.resize = new ResizeObserver(([entry]) => this.measure(entry!.contentRect.width));
    this.resize.observe(this);
    this.measure(innerWidth);
  }

  override disconnectedCallback(): void {
    this.resize?.disconnect();
    removeEventListener("keydown", this.onKey, true);
    this.rememberPicture();
    this.tapes.close();
    workbench.onChange = workbench.onTurn = null;
    runner.onChange = runner.onParts = runner.onOutcome = runner.onTrouble = null;
    this.dockPanels.close();
    sound.silence();
    closeLesson();
    void runner.close();
    rememberConnection(false);
    void workbench.close();
    super.disconnectedCallback();
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has("projectId") && this.projectId) void this.open();
  }

  private async open(): Promise<void> {
    this.file = mainFile;
    this.isMissing = !(await workbench.open(this.projectId));
    const { project } = workbench;
    if (!project) return;
    document.title = `${project.name} · ${msg("app.name")}`;
    if (project.lesson) this.phoneView = "lesson";
    if (!runner.isReal) {
      const hasReloaded = wasConnected();
      if (runner.isOpen) await runner.close();
      await runner.simulate(boardOf(project.board));
      await wireProject();
      if (hasReloaded) {
        await reconnect(boardOf(project.board), () => void connectReal());
        await meetBoard();
      }
    }
    this.requestUpdate();
  }

  private measure(width: number): void {
    this.widthPx = width;
    this.size = width >= 1024 ? "l" : width >= 600 ? "m" : "s";
    this.requestUpdate();
  }

  /** Which views the room allows, and the one to show. */
  get view(): View {
    const { view } = settings();
    if (this.file !== mainFile) return "python";
    return view === "both" && !this.hasRoomForBoth ? "blocks" : view;
  }
  private get hasRoomForBoth(): boolean {
    const rail = workbench.project?.lesson && this.size === "l" ? 320 : 0;
    return (this.size === "l" ? this.widthPx - this.stagePx - rail : this.widthPx) >= bothNeedsPx;
  }
  get readOnly(): boolean {
    return workbench.isFollowing;
  }

  override render() {
    if (this.isMissing) {
      return html`<main class="column narrow text-page" id="main" style="padding-top: 48px">
        <h1>${msg("project.missing")}</h1>
        <p><a class="button" href=${address({ page: "home" })}>${msg("app.go-home")}</a></p>
      </main>`;
    }
    const { project } = workbench;
    if (!project) return nothing;
    const { size } = this;
    const hasLesson = project.lesson !== null;
    // On a phone one view at a time is the main thing.
    const isS = size === "s";
    const shows = (view: PhoneView) => size !== "s" || this.phoneView === view;
    const style = `--stage:${this.stagePx}px;--lower:${this.lowerPx}px;--dock:${this.dockShare * 100}%`;
    return html`<div class="size-${size}" style="display:contents">
      ${this.renderHead()} ${this.renderNotices()}
      <p class="hide-visually" role="status">${this.said}</p>
      <div class="ws-body ${hasLesson ? "has-lesson" : ""}" style=${style} role=${isS ? "main" : nothing}>
        ${
          hasLesson && shows("lesson")
            ? html`<section class="ws-lesson" tabindex="-1" aria-label=${msg("lesson.label")}>
                ${lessonRail(project, this)}
              </section>`
            : nothing
        }
        ${
          shows("code")
            ? html`<div class="ws-main" role=${isS ? "region" : "main"} tabindex="-1" aria-label=${msg("editor.program")} style="outline: none">
                ${size === "s" ? html`<div class="ws-switch">${this.renderViews()}<span class="space"></span>${this.renderSteps()}</div>` : nothing}
                ${this.renderFileTabs()} ${editorArea(this)}
                ${size === "s" && runner.isOpen && !runner.isReal ? this.renderStrip() : nothing}
              </main>`
            : nothing
        }
        ${this.renderSide(shows)}
      </div>
      ${size === "s" ? this.renderNav(hasLesson) : nothing}
    </div>`;
  }

  private renderHead() {
    const project = workbench.project!;
    const { size } = this;
    const isWide = size === "l" && this.widthPx >= 1180;
    const saves = { saved: "check", saving: "refresh-cw", memory: "triangle-alert" } as const;
    const skip = (label: Key, selector: Parameters<ByWorkspace["skip"]>[0]) =>
      html`<button class="button skip" @click=${() => this.skip(selector)}>${msg(label)}</button>`;
    return html`<header class="ws-head">
      ${skip("app.skip.editor", ".ws-main")} ${skip("app.skip.board", ".ws-stage")} ${skip("app.skip.console", ".ws-dock")}
      ${project.lesson === null ? nothing : skip("app.skip.lesson", ".ws-lesson")}
      <a class="button quiet square" href=${address({ page: "home" })} aria-label=${msg("app.home")} title=${msg("app.home")}>
        <img src="./icon.svg" alt="" width="26" height="26" />
      </a>
      <h1 class="ws-title">
        <button class="button quiet name" title=${msg("project.rename")} @click=${this.rename}>
          <span>${project.name}</span>
        </button>
      </h1>
      ${
        size === "s"
          ? nothing
          : html`<span
              class="saved ${workbench.saved}"
              title=${msg(workbench.saved === "memory" ? "save.memory.why" : `save.${workbench.saved}`)}
            >
              ${icon(saves[workbench.saved])}<span class=${isWide ? "" : "hide-visually"}>${msg(`save.${workbench.saved}`)}</span>
            </span>`
      }
      <span class="space"></span>
      ${size === "s" ? nothing : html`${this.renderViews()}${this.renderSteps()}`}
      <span class="space"></span>
      <by-target
        .state=${runner.target}
        .board=${runner.board.id}
        .boards=${boards.map(({ id }) => id)}
        ?compact=${!isWide}
        @target-board=${(event: CustomEvent<string>) => void this.chooseBoard(event.detail)}
        @target-connect=${() => void connectReal()}
        @target-disconnect=${() => void letGo()}
        @target-save=${() => void saveToBoard(project.files)}
      ></by-target>
      <by-run
        .state=${runner.state}
        .progress=${runner.progress}
        ?real=${runner.isReal}
        @run-press=${() => void this.pressRun()}
      ></by-run>
      ${
        size === "l"
          ? html`<button class="button" @click=${() => void sharePage(project)}>
              ${icon("share-2")}${msg("project.share")}
            </button>`
          : nothing
      }
      <by-menu
        label=${msg("app.more")}
        .items=${[
          ...(size === "l" ? [] : [{ key: "share", label: msg("project.share"), icon: "share-2" as const }]),
          { key: "versions", label: msg("project.versions"), icon: "history" as const },
          ...(project.board.startsWith("microbit")
            ? [
                { key: "hex", label: msg("hex.menu"), icon: "hard-drive" as const },
                { key: "flash", label: msg("flash.menu"), icon: "cpu" as const },
              ]
            : []),
          runner.isReal
            ? { key: "save", label: msg("target.save"), icon: "save" as const }
            : { key: "connect", label: msg("target.connect"), icon: "usb" as const },
          "line" as const,
          { key: "settings", label: msg("home.settings"), icon: "settings" as const },
        ]}
        @choose=${(event: CustomEvent<string>) => this.onMenu(event.detail)}
      ></by-menu>
    </header>`;
  }

  private renderViews() {
    if (this.file !== mainFile) return nothing;
    const options = [
      { key: "blocks", label: msg("view.blocks") },
      { key: "python", label: msg("view.python") },
      ...(this.hasRoomForBoth ? [{ key: "both", label: msg("view.both") }] : []),
    ];
    return html`<by-choice
      label=${msg("view.label")}
      .options=${options}
      .value=${this.view}
      @choose=${(event: CustomEvent<View>) => {
        changeSettings({ view: event.detail });
        this.requestUpdate();
      }}
    ></by-choice>`;
  }

  private renderSteps() {
    const step = (label: Key, name: "undo-2" | "redo-2", isOn: boolean, act: () => void) =>
      html`<button
        class="button quiet square"
        aria-label=${msg(label)}
        title=${msg(label)}
        aria-disabled=${!isOn}
        @click=${() => isOn && act()}
      >
        ${icon(name)}
      </button>`;
    return html`${step("app.undo", "undo-2", workbench.canUndo, () => workbench.undo())}
    ${step("app.redo", "redo-2", workbench.canRedo, () => workbench.redo())}`;
  }

  private renderNotices() {
    if (!workbench.isFollowing) return nothing;
    return html`<div class="notice warn top-notice" role="status">
      ${icon("files")}
      <p>${msg("tabs.two")}</p>
    </div>`;
  }

  private renderFileTabs() {
    const names = Object.keys(workbench.project!.files);
    if (names.length < 2) return nothing;
    const ordered = [mainFile, ...names.filter((name) => name !== mainFile).sort()];
    return html`<div class="tabs" role="tablist" aria-label=${msg("files.project")}>
      ${ordered.map(
        (name) =>
          html`<button role="tab" aria-selected=${name === this.file} @click=${() => (this.file = name)}>${name}</button>`,
      )}
    </div>`;
  }

  private renderStrip() {
    return html`<button class="live-strip" @click=${() => (this.phoneView = "board")}>
      <by-board inert .board=${runner.board.id} .parts=${runner.parts}></by-board>
      <span>${msg(runner.state === "running" ? "run.said.running" : "stage.label")}</span>
    </button>`;
  }

  private renderSplitter() {
    const isL = this.size === "l";
    return html`<by-splitter
      class="edge"
      axis=${isL ? "x" : "y"}
      label=${msg("splitter.stage")}
      .value=${isL ? this.stagePx : this.lowerPx}
      .min=${isL ? 320 : 240}
      .max=${isL ? 560 : 640}
      @split=${(event: CustomEvent<number>) => {
        if (isL) this.stagePx = clamp(this.stagePx - event.detail, 320, 560);
        else this.lowerPx = clamp(this.lowerPx - event.detail, 240, 640);
        this.requestUpdate();
      }}
    ></by-splitter>`;
  }

  private renderSide(shows: (view: PhoneView) => boolean) {
    const isS = this.size === "s";
    return html`<div
      class="ws-side ${this.dock === "folded" ? "folded" : ""}"
      role=${isS ? nothing : "complementary"}
      aria-label=${isS ? nothing : msg("stage.side")}
    >
      ${isS ? nothing : this.renderSplitter()} ${shows("board") ? this.renderStage() : nothing}
      ${
        this.size === "s"
          ? nothing
          : html`<by-splitter
              axis="y"
              label=${msg("splitter.dock")}
              .value=${this.dockShare * 100}
              .min=${20}
              .max=${70}
              @split=${(event: CustomEvent<number>) => {
                const side = this.querySelector(".ws-side")?.clientHeight ?? 600;
                this.dockShare = clamp(this.dockShare - event.detail / side, 0.2, 0.7);
                if (this.dock === "folded") this.fold();
                this.requestUpdate();
              }}
              @split-fold=${() => this.fold()}
            ></by-splitter>`
      }
      ${shows("console") ? this.dockPanels.render(this) : nothing}
    </div>`;
  }

  private renderStage() {
    const { isMuted } = settings();
    const isStopped = runner.isOpen && runner.state === "idle";
    const tool = (label: Key, name: Parameters<typeof icon>[0], act: () => void) =>
      html`<button class="button quiet square" aria-label=${msg(label)} title=${msg(label)} @click=${act}>${icon(name)}</button>`;
    return html`<section class="ws-stage" tabindex="-1" aria-label=${msg("stage.label")}>
      <div class="stage-bar">
        ${tool(isMuted ? "stage.unmute" : "stage.mute", isMuted ? "volume-x" : "volume-2", () => {
          changeSettings({ isMuted: !isMuted });
          this.requestUpdate();
        })}
        ${tool("stage.describe", "message-square", () => this.describe())}
        ${runner.isOpen ? tool("stage.restart", "rotate-ccw", () => void runner.restart()) : nothing}
      </div>
      ${
        runner.isReal
          ? html`<p class="notice stage-note">${icon("usb")}<span>${msg("stage.real")}</span></p>`
          : html`<div class="stage-board ${isStopped ? "stopped" : ""}">
              <by-board
                fit
                .board=${runner.board.id}
                .parts=${runner.parts}
                .picture=${workbench.project?.picture ?? null}
                @part-input=${(event: CustomEvent<{ part: string; event: unknown }>) => this.onPartInput(event.detail)}
                @board-reset=${() => void runner.restart()}
              ></by-board>
            </div>`
      }
      <by-error-card
        .report=${runner.report}
        @error-close=${() => this.closeError()}
        @go-to-line=${(event: CustomEvent<{ file: string; line: number }>) => this.goToLine(event.detail)}
      ></by-error-card>
      ${runner.state === "crashed" ? this.renderCrash() : nothing}
      ${
        runner.isReal
          ? nothing
          : html`<by-sensors
                .board=${runner.board}
                .parts=${runner.parts}
                .source=${workbench.source}
                @part-input=${(event: CustomEvent<{ part: string; event: unknown }>) => this.onPartInput(event.detail)}
              ></by-sensors>
              <by-wired
                .board=${runner.board}
                .wiring=${runner.wired}
                .parts=${runner.parts}
                ?readOnly=${workbench.isFollowing || this.tapes.isReplaying}
                @wire=${(event: CustomEvent<Wired>) => void wire(event.detail)}
                @part-input=${(event: CustomEvent<{ part: string; event: unknown }>) => this.onPartInput(event.detail)}
              ></by-wired>`
      }
      ${this.tapes.render()}
    </section>`;
  }

  private renderCrash() {
    return html`<div class="notice bad stage-note" role="alert">
      ${icon("bug")}
      <div class="stack">
        <p>${msg("stage.crashed")}</p>
        <details class="small">
          <summary>${msg("app.details")}</summary>
          ${msg("stage.crashed.details", { text: runner.trouble?.text ?? "" })}
        </details>
        <button class="button" @click=${() => void runner.restart()}>${icon("rotate-ccw")}${msg("stage.restart")}</button>
      </div>
    </div>`;
  }

  private renderNav(hasLesson: boolean) {
    const options = [
      ...(hasLesson ? [{ key: "lesson", label: msg("lesson.label"), icon: "book-open" as const }] : []),
      {
        key: "code",
        label: msg(this.view === "blocks" ? "view.blocks" : "view.python"),
        icon: this.view === "blocks" ? ("blocks" as const) : ("code" as const),
      },
      {
        key: "board",
        label: msg("stage.label"),
        icon: runner.board.id.startsWith("pyboard") ? ("pyboard" as const) : ("microbit" as const),
      },
      { key: "console", label: msg("dock.console"), icon: "terminal" as const },
    ];
    return html`<nav class="ws-nav" aria-label=${msg("dock.label")}>
      <by-choice
        bar
        label=${msg("dock.label")}
        .options=${options}
        .value=${this.phoneView}
        @choose=${(event: CustomEvent<PhoneView>) => (this.phoneView = event.detail)}
      ></by-choice>
    </nav>`;
  }

  private paint(): void {
    for (const board of this.querySelectorAll<ByBoard>("by-board")) board.parts = runner.parts;
    const sensors = this.querySelector<BySensors>("by-sensors");
    if (sensors) sensors.parts = runner.parts;
    const wired = this.querySelector<ByWired>("by-wired");
    if (wired) wired.parts = runner.parts;
    this.dockPanels.paint(this);
  }

  /** Run, Stop, Cancel: whatever the button says now. */
  async pressRun(): Promise<void> {
    if (runner.state === "running" || runner.state === "sending") return runner.stop();
    if (runner.state === "connecting") return runner.close();
    if (runner.target === "lost") {
      if (!(await connectReal())) return;
    }
    await this.run();
  }

  async run(): Promise<void> {
    if (!(await this.checkProgram())) return;
    if (this.size === "s") this.phoneView = runner.isReal ? "console" : "board";
    await runner.run(workbench.project!.files);
  }

  async checkProgram(): Promise<boolean> {
    // Blockly tells its edits one frame late: what was changed just before Run belongs to the run.
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => setTimeout(resolve))));
    const { project } = workbench;
    if (!project) return false;
    const [{ findFault }, { findLacks }] = await Promise.all([import("../editor/check.ts"), import("../editor/lacks.ts")]);
    // A board that is connected must have said which it is.
    if (runner.isReal) await runner.identify();
    const lacks = [...findLacks(project.files, runner.board.id), ...(runner.isReal ? await tooLong(project.files) : [])];
    if (lacks.length > 0) {
      const { askAboutLacks } = await import("./lacks-dialog.ts");
      this.said = msg("lacks.said", { n: lacks.length });
      const answer = await askAboutLacks(lacks, runner.board.id, (lack) => this.goToLine(lack));
      if (answer !== "run") return false;
    }
    const fault = findFault(project.files[mainFile] ?? "", runner.board.id);
    if (fault) {
      runner.report = fault.report;
      this.said = msg("run.syntax", { line: fault.report.line });
      if (this.size === "s") this.phoneView = "board";
      this.requestUpdate();
      return false;
    }
    return true;
  }

  goToLine({ file, line }: { readonly file: string; readonly line: number }): void {
    const { project } = workbench;
    const name = project && file in project.files ? file : mainFile;
    this.file = name;
    if (this.size === "s") this.phoneView = "code";
    if (this.view === "blocks" && !workbench.isFollowing) {
      void this.updateComplete.then(() => this.dispatchEvent(new CustomEvent("show-line", { detail: line })));
      return;
    }
    void this.updateComplete.then(() => {
      const editor = this.querySelector<HTMLElement & { goTo?(line: number): void }>("by-python-editor");
      editor?.goTo?.(line);
    });
  }

  /** The line to mark in a file, or null. */
  markedLine(file: string): number | null {
    const { report } = runner;
    return report && report.file === file && report.line > 0 ? report.line : null;
  }

  closeError(): void {
    runner.report = null;
    this.requestUpdate();
  }

  private onPartInput({ part, event }: { readonly part: string; readonly event: unknown }): void {
    if (this.tapes.isReplaying) return;
    if (runner.isOpen) return runner.input(part, event);
    void runner.wake().then(() => runner.input(part, event));
  }

  private onOutcome(outcome: "running" | "done" | "stopped" | "raised"): void {
    // A program that has ended may have left a tune playing; the board plays it to its end.
    if (outcome === "stopped") sound.silence();
    this.said = msg(`run.said.${outcome}`);
    if (outcome !== "running") this.rememberPicture();
  }

  private onTrouble(code: string, half: string | null): void {
    if (code === "crashed") return;
    const text = msg(`connect.${code}` as Key) + (half ? ` ${msg("connect.half", { name: half })}` : "");
    const needsFirmware = (code === "no-repl" || code === "timeout") && runner.board.id.startsWith("microbit");
    const action = { label: msg("flash.put"), run: () => void putMicroPython() };
    say({ text, kind: code === "aborted" ? "info" : "bad", ...(needsFirmware ? { action } : {}) });
  }

  /** The card on Home shows what the lights showed last. */
  private rememberPicture(): void {
    const screen = runner.parts["display"] as { readonly pixels?: readonly number[] } | undefined;
    const pixels = screen?.pixels;
    const { project } = workbench;
    if (!project || !pixels || pixels.every((level) => level === 0)) return;
    if (project.picture?.join() === pixels.join()) return;
    workbench.change({ picture: [...pixels] });
  }

  private async chooseBoard(id: string): Promise<void> {
    workbench.change({ board: id });
    await runner.simulate(boardOf(id));
    await wireProject();
  }

  private async rename(): Promise<void> {
    const { project } = workbench;
    if (!project || workbench.isFollowing) return;
    const name = await ask(msg("project.rename"), msg("project.name"), project.name);
    if (!name) return;
    workbench.change({ name });
    document.title = `${name} · ${msg("app.name")}`;
  }

  private onMenu(key: string): void {
    const project = workbench.project!;
    if (key === "share") void sharePage(project);
    else if (key === "versions")
      void workbench.flush().then(() => showVersions(project, (version) => void workbench.restore(version)));
    else if (key === "connect") void connectReal();
    else if (key === "hex") void import("./hex-dialog.ts").then(({ saveHex }) => saveHex(project));
    else if (key === "flash") void putMicroPython();
    else if (key === "save") void saveToBoard(project.files);
    else if (key === "settings") location.hash = address({ page: "settings" });
  }

  fold(): void {
    if (this.dock === "folded") this.dock = this.lastDock;
    else [this.lastDock, this.dock] = [this.dock, "folded"];
  }

  private describe(): void {
    const words = this.querySelector<ByBoard>(".stage-board by-board")?.describe() ?? msg("stage.real");
    this.said = "";
    // The same words again must be spoken again.
    requestAnimationFrame(() => (this.said = words));
    say({ text: words, ms: 8000 });
  }

  private skip(selector: ".ws-main" | ".ws-stage" | ".ws-dock" | ".ws-lesson"): void {
    const views = { ".ws-main": "code", ".ws-stage": "board", ".ws-dock": "console", ".ws-lesson": "lesson" } as const;
    if (this.size === "s") this.phoneView = views[selector];
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(selector)?.focus());
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const isCommand = event.ctrlKey || event.metaKey;
    if (document.querySelector("dialog[open], by-dialog")) return;
    if (isCommand && event.key === "Enter") void this.run();
    else if (isCommand && event.key === ".") void runner.stop();
    else if (isCommand && event.shiftKey && event.key.toLowerCase() === "d") this.describe();
    else if (event.key === "F6") this.nextRegion(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  private nextRegion(step: number): void {
    const regions = [...this.querySelectorAll<HTMLElement>(".ws-lesson, .ws-main, .ws-stage, .ws-dock")];
    const now = regions.findIndex((region) => region.contains(document.activeElement));
    regions[(now + step + regions.length) % regions.length]?.focus();
  }
}
customElements.define("by-workspace", ByWorkspace);
