// Home: the last project on a live board, three ways to begin, all projects, and the next lesson.
import { html, nothing } from "lit";
import { adopt, boardOf, newProject, projects, runner, say, sound } from "../controllers/context.ts";
import "../elements/board.ts";
import type { ByBoard } from "../elements/board.ts";
import { boardName } from "../elements/target.ts";
import { ByPage, icon } from "../elements/element.ts";
import "../elements/leds.ts";
import "../elements/menu.ts";
import "../elements/run.ts";
import { msg } from "../i18n/i18n.ts";
import { address, go } from "../shell/router.ts";
import type { Project } from "../store/project.ts";
import { chooseFiles } from "./open.ts";
import { ask } from "./ask.ts";
import { sharePage } from "./share-dialog.ts";
import { showVersions } from "./versions-dialog.ts";
import { when } from "./when.ts";

export class ByHome extends ByPage {
  static override properties = { list: { state: true }, lesson: { state: true } };
  declare list: readonly Project[] | null;
  declare lesson: { readonly id: string; readonly title: string; readonly done: number; readonly all: number } | null;

  constructor() {
    super();
    this.list = null;
    this.lesson = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    projects.onChange = () => void this.load();
    runner.onChange = () => this.requestUpdate();
    runner.onParts = () => {
      const board = this.querySelector<ByBoard>("by-board");
      if (board) board.parts = runner.parts;
    };
    void this.load();
    void this.loadLesson();
  }

  override disconnectedCallback(): void {
    projects.onChange = runner.onChange = runner.onParts = null;
    sound.silence();
    super.disconnectedCallback();
  }

  private async load(): Promise<void> {
    this.list = await projects.list();
    const [last] = this.list;
    if (last && !runner.isOpen) await runner.simulate(boardOf(last.board));
  }

  private async loadLesson(): Promise<void> {
    // Lessons are not part of the first picture.
    const { lessonToOffer } = await import("../controllers/lessons.ts");
    const offer = await lessonToOffer(projects);
    this.lesson = offer && {
      id: offer.lesson.id,
      title: offer.lesson.title,
      done: offer.progress.passed.length,
      all: offer.lesson.steps.length,
    };
  }

  override render() {
    const { list } = this;
    if (!list) return nothing;
    const [last] = list;
    return html`<div class="column">
      ${last ? this.renderHero(last, list.length === 1 && last.changed === last.created) : nothing}
      <div class="starts">
        <button class="button big" @click=${this.startNew}>${icon("plus")}${msg("home.new")}</button>
        <button class="button big" @click=${chooseFiles}>${icon("folder-open")}${msg("home.file")}</button>
        <a class="button big" href=${address({ page: "lessons" })}>${icon("graduation-cap")}${msg("home.lessons")}</a>
      </div>
      ${this.lesson ? this.renderLesson(this.lesson) : nothing}
      <div class="section-head">
        <h2>${msg("home.projects")}</h2>
        ${list.length > 0 ? html`<span class="muted small">${msg("home.projects.count", { n: list.length })}</span>` : nothing}
      </div>
      ${
        list.length > 0
          ? html`<ul class="cards">
              ${list.map((project) => this.renderCard(project))}
            </ul>`
          : html`<p class="muted">${msg("home.empty")}</p>`
      }
      <footer class="foot">
        <span>${msg("home.privacy")}</span>
        <a href=${address({ page: "about" })}>${msg("home.about")}</a>
      </footer>
    </div>`;
  }

  private renderHero(project: Project, isFirst: boolean) {
    const isRunning = runner.state === "running" || runner.state === "starting";
    return html`<section class="hero" aria-labelledby="hero-title">
      <div class="words">
        ${isFirst ? nothing : html`<p class="over">${msg("home.hero.again")}</p>`}
        <h1 id="hero-title">${isFirst ? msg("home.hero.first") : project.name}</h1>
        <p class="muted">${isFirst ? msg("home.hero.first.text") : `${boardName(project.board)} · ${when(project.changed)}`}</p>
        <div class="row">
          <by-run
            big
            .state=${isRunning ? "running" : runner.state}
            @run-press=${() => void (isRunning ? runner.stop() : runner.run(project.files))}
          ></by-run>
          <a class="button big" href=${address({ page: "project", id: project.id })}>
            ${icon("pencil")}${msg(isFirst ? "home.change" : "home.open")}
          </a>
        </div>
      </div>
      <by-board
        .board=${project.board}
        .parts=${runner.parts}
        .picture=${project.picture}
        @part-input=${(event: CustomEvent<{ part: string; event: unknown }>) => runner.input(event.detail.part, event.detail.event)}
      ></by-board>
    </section>`;
  }

  private renderLesson(lesson: NonNullable<ByHome["lesson"]>) {
    return html`<section class="card lesson-row" aria-label=${msg("home.next-lesson")}>
      ${icon("graduation-cap")}
      <div>
        <p class="small muted">${msg("home.next-lesson")}</p>
        <p><strong>${lesson.title}</strong></p>
        ${
          lesson.done > 0
            ? html`<progress
                  max=${lesson.all}
                  value=${lesson.done}
                  aria-label=${msg("home.progress", { done: lesson.done, all: lesson.all })}
                ></progress>
                <span class="small muted">${msg("home.progress", { done: lesson.done, all: lesson.all })}</span>`
            : nothing
        }
      </div>
      <a class="button" href=${address({ page: "lesson", id: lesson.id })}>
        ${msg(lesson.done > 0 ? "home.continue" : "home.start-lesson")}
      </a>
    </section>`;
  }

  private renderCard(project: Project) {
    const { id, name } = project;
    return html`<li class="card project-card">
      <by-leds .levels=${project.picture ?? []}></by-leds>
      <div class="title">
        <a href=${address({ page: "project", id })}>${name}</a>
        <p class="small muted">${boardName(project.board)}</p>
        <p class="small muted">${when(project.changed)}</p>
      </div>
      <by-menu
        label=${msg("project.menu", { name })}
        .items=${[
          { key: "rename", label: msg("project.rename"), icon: "pencil" },
          { key: "duplicate", label: msg("project.duplicate"), icon: "copy" },
          { key: "share", label: msg("project.share"), icon: "share-2" },
          { key: "versions", label: msg("project.versions"), icon: "history" },
          "line",
          { key: "delete", label: msg("project.delete"), icon: "trash-2", isDanger: true },
        ]}
        @choose=${(event: CustomEvent<string>) => void this.act(event.detail, project)}
      ></by-menu>
    </li>`;
  }

  private async act(key: string, project: Project): Promise<void> {
    if (key === "rename") {
      const name = await ask(msg("project.rename"), msg("project.name"), project.name);
      if (name) await projects.put({ ...project, name, changed: Date.now() });
    } else if (key === "duplicate") {
      await adopt({ ...project, name: msg("project.copy", { name: project.name }) });
    } else if (key === "share") {
      await sharePage(project);
    } else if (key === "versions") {
      showVersions(project, (version) => void projects.put({ ...project, ...pick(version), changed: Date.now() }, true));
    } else if (key === "delete") {
      await projects.remove(project.id, Date.now());
      say({
        text: msg("project.deleted", { name: project.name }),
        action: { label: msg("app.undo"), run: () => void projects.restore(project.id) },
      });
    }
  }

  private async startNew(): Promise<void> {
    const { chooseBoard } = await import("./board-dialog.ts");
    const wanted = await chooseBoard();
    if (!wanted) return;
    const { board, example } = wanted;
    const project = example
      ? await adopt({ name: example.title, board, files: { "main.py": example.source }, layout: null })
      : await newProject(board);
    go({ page: "project", id: project.id });
  }
}

function pick({
  files,
  board,
  layout,
  tapes,
}: Pick<Project, "files" | "board" | "layout" | "tapes">): Pick<Project, "files" | "board" | "layout" | "tapes"> {
  return { files, board, layout, tapes };
}
customElements.define("by-home", ByHome);
