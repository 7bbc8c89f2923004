// <by-app>: the frame of every page: skip links, header, the page of the address, messages, updates, dropped files.
import { html, nothing, type TemplateResult } from "lit";
import { firstProject, projects, say, sound, workbench, saveAs, fileNameOf } from "../controllers/context.ts";
import { ByPage, icon } from "../elements/element.ts";
import "../elements/toast.ts";
import type { ByToast, Toast } from "../elements/toast.ts";
import { msg } from "../i18n/i18n.ts";
import { openFiles } from "../pages/open.ts";
import { encodeFile } from "../store/parcel.ts";
import type { Trouble } from "../store/projects.ts";
import { onSettings, settings, type Settings } from "../store/settings.ts";
import { registerOffline } from "./offline.ts";
import { address, parseRoute, type Route } from "./router.ts";

/** Pages come when they are needed; Home and the workspace are what a first visit meets. */
const pages = {
  home: () => import("../pages/home.ts"),
  project: () => import("../pages/workspace.ts"),
  lessons: () => import("../pages/lessons.ts"),
  lesson: () => import("../pages/lessons.ts"),
  settings: () => import("../pages/settings.ts"),
  about: () => import("../pages/about.ts"),
  shared: () => import("../pages/shared.ts"),
  missing: () => Promise.resolve(),
} satisfies Record<Route["page"], () => Promise<unknown>>;

/** A deleted project can be had back for this long. */
const keptDeletedMs = 7 * 24 * 3600 * 1000;

export class ByApp extends ByPage {
  static override properties = {
    route: { state: true },
    isReady: { state: true },
    isOnline: { state: true },
    trouble: { state: true },
    hasFailed: { state: true },
    isBroken: { state: true },
  };
  declare route: Route;
  declare isReady: boolean;
  declare isOnline: boolean;
  declare trouble: Trouble | null;
  /** The code of a page did not arrive. */
  declare hasFailed: boolean;
  /** An exception of ours that nobody caught. */
  declare isBroken: boolean;
  private dragDepth = 0;

  constructor() {
    super();
    this.route = parseRoute(location.hash);
    this.isReady = false;
    this.isOnline = navigator.onLine;
    this.trouble = null;
    this.hasFailed = false;
    this.isBroken = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("hashchange", () => void this.navigate());
    addEventListener("online", () => (this.isOnline = true));
    addEventListener("offline", () => (this.isOnline = false));
    addEventListener("error", (event) => this.onBroken(event.error ?? event.message));
    addEventListener("unhandledrejection", (event) => this.onBroken(event.reason));
    document.addEventListener("by-say", (event) => this.toast?.show((event as CustomEvent<Toast>).detail));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") void workbench.flush();
    });
    addEventListener("pagehide", () => void workbench.flush());
    const applySound = ({ isMuted, volume }: Settings): void => {
      sound.mute = isMuted;
      sound.volume = volume / 100;
    };
    applySound(settings());
    onSettings(applySound);
    for (const type of ["pointerdown", "pointerup", "keydown"]) addEventListener(type, () => sound.unlock(), { passive: true });
    this.listenForDrops();
    // Files that the system opens with the installed app.
    const { launchQueue } = globalThis as {
      launchQueue?: { setConsumer(take: (launch: { files: FileSystemFileHandle[] }) => void): void };
    };
    launchQueue?.setConsumer(({ files }) => void Promise.all(files.map((handle) => handle.getFile())).then(openFiles));
    projects.onTrouble = (trouble) => this.onTrouble(trouble);
    void this.start();
  }

  private async start(): Promise<void> {
    await projects.open();
    await firstProject();
    void projects.sweep(Date.now() - keptDeletedMs);
    await this.navigate();
    registerOffline({
      onReady: () => say({ text: msg("offline.ready"), kind: "ok", ms: 6000 }),
      onUpdate: (update) =>
        say({
          text: msg("update.ready"),
          ms: Infinity,
          action: { label: msg("update.now"), run: () => void workbench.flush().then(update) },
        }),
    });
  }

  private async navigate(): Promise<void> {
    const route = parseRoute(location.hash);
    this.hasFailed = false;
    try {
      await pages[route.page]();
    } catch {
      this.hasFailed = true; // offline before everything was kept, or an update took the file away
    }
    const isOther = this.route.page !== route.page;
    this.route = route;
    this.isReady = true;
    if (!isOther) return;
    scrollTo(0, 0);
    await this.updateComplete;
    this.querySelector<HTMLElement>("main")?.focus({ preventScroll: true });
  }

  override render() {
    const isWorkspace = this.route.page === "project";
    this.classList.toggle("is-workspace", isWorkspace);
    return html`${
        isWorkspace
          ? nothing
          : html`<header class="column">
              <div class="bar">
                <a class="brand" href=${address({ page: "home" })}>
                  <img src="./icon.svg" alt="" width="28" height="28" />${msg("app.name")}
                </a>
                <span class="space"></span>
                ${this.isOnline ? nothing : html`<span class="offline" title=${msg("offline.now")}>${icon("wifi-off")}${msg("offline.badge")}</span>`}
                ${
                  this.route.page === "settings"
                    ? nothing
                    : html`<a class="button quiet" href=${address({ page: "settings" })}
                        >${icon("settings")}${msg("home.settings")}</a
                      >`
                }
              </div>
            </header>`
      }
      ${this.renderTrouble()}
      ${
        isWorkspace && !this.hasFailed
          ? this.isReady
            ? this.renderPage()
            : nothing
          : html`<main id="main" tabindex="-1" style="outline: none">${this.isReady ? this.renderPage() : nothing}</main>`
      } <by-toast></by-toast>`;
  }

  private renderTrouble(): TemplateResult | typeof nothing {
    if (this.isBroken) {
      return html`<div class="notice bad top-notice" role="alert">
        ${icon("circle-alert")}
        <p>${msg("crash.ours")}</p>
        <button class="button" @click=${() => void workbench.flush().then(() => location.reload())}>
          ${msg("crash.reload")}
        </button>
      </div>`;
    }
    if (!this.trouble) return nothing;
    return html`<div class="notice warn top-notice" role="alert">
      ${icon("triangle-alert")}
      <p>${msg(`storage.${this.trouble}`)}</p>
      ${
        this.route.page === "project"
          ? html`<button class="button" @click=${this.saveCopy}>${icon("download")}${msg("storage.save-copy")}</button>`
          : nothing
      }
    </div>`;
  }

  private renderPage(): TemplateResult {
    if (this.hasFailed) {
      return html`<div class="column narrow text-page">
        <p class="notice warn">${icon("cloud-off")}<span>${msg("editor.failed")}</span></p>
        <p><button class="button" @click=${() => location.reload()}>${msg("editor.retry")}</button></p>
      </div>`;
    }
    const { route } = this;
    switch (route.page) {
      case "home":
        return html`<by-home></by-home>`;
      case "project":
        return html`<by-workspace .projectId=${route.id}></by-workspace>`;
      case "lessons":
        return html`<by-lessons></by-lessons>`;
      case "lesson":
        return html`<by-lessons .start=${route.id}></by-lessons>`;
      case "settings":
        return html`<by-settings></by-settings>`;
      case "about":
        return html`<by-about></by-about>`;
      case "shared":
        return html`<by-shared .fragment=${route.fragment}></by-shared>`;
      case "missing":
        return html`<div class="column narrow text-page">
          <h1>${msg("app.not-found")}</h1>
          <p><a class="button" href=${address({ page: "home" })}>${msg("app.go-home")}</a></p>
        </div>`;
    }
  }

  private get toast(): ByToast | null {
    return this.querySelector<ByToast>("by-toast");
  }

  private onTrouble(trouble: Trouble | null): void {
    if (this.trouble && !trouble) say({ text: msg("storage.back"), kind: "ok" });
    this.trouble = trouble;
  }

  private onBroken(error: unknown): void {
    console.error(error);
    // The browser's own complaint about layout that changed twice in a frame; nothing of ours is broken.
    if (String(error).includes("ResizeObserver loop")) return;
    this.isBroken = true;
  }

  private saveCopy(): void {
    const { project } = workbench;
    if (project) saveAs(fileNameOf(project.name, "blinkyard"), encodeFile(project), "application/json");
  }

  private listenForDrops(): void {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    addEventListener("dragenter", (event) => {
      if (!hasFiles(event)) return;
      this.dragDepth++;
      this.dataset["drop"] = msg("home.drop");
      this.classList.add("dropping");
    });
    addEventListener("dragleave", () => {
      if (--this.dragDepth <= 0) this.endDrag();
    });
    addEventListener("dragover", (event) => {
      if (hasFiles(event)) event.preventDefault();
    });
    addEventListener("drop", (event) => {
      if (!hasFiles(event)) return;
      this.endDrag();
      if (event.defaultPrevented) return; // a dialog has asked for it
      event.preventDefault();
      void openFiles([...(event.dataTransfer?.files ?? [])]);
    });
  }

  private endDrag(): void {
    this.dragDepth = 0;
    this.classList.remove("dropping");
  }
}
customElements.define("by-app", ByApp);
