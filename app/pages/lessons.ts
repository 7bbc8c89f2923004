// The list of lessons with how far each has come. Starting one makes its project, or goes back to the one that is there.
import { html, nothing } from "lit";
import { loadLesson, type Lesson, type LessonProgress } from "../../lessons/index.ts";
import { adopt, projects } from "../controllers/context.ts";
import { isComplete, lessonList } from "../controllers/lessons.ts";
import { ByPage, icon } from "../elements/element.ts";
import { boardName } from "../elements/target.ts";
import { contentLanguage, msg } from "../i18n/i18n.ts";
import { address, go } from "../shell/router.ts";
import { changeSettings } from "../store/settings.ts";
import { mainFile } from "../store/project.ts";

export class ByLessons extends ByPage {
  static override properties = { start: { attribute: false }, list: { state: true }, isMissing: { state: true } };
  /** A lesson to begin at once. */
  declare start: string;
  declare list: readonly { readonly lesson: Lesson; readonly progress: LessonProgress }[];
  declare isMissing: boolean;

  constructor() {
    super();
    this.start = "";
    this.list = [];
    this.isMissing = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has("start") && this.start) void this.begin(this.start);
  }

  override render() {
    return html`<div class="column">
      <h1>${msg("lesson.title")}</h1>
      ${this.isMissing ? html`<p class="notice bad" role="alert">${icon("circle-alert")}${msg("lesson.missing")}</p>` : nothing}
      <ul class="cards lesson-cards">
        ${this.list.map(({ lesson, progress }) => this.renderCard(lesson, progress))}
      </ul>
    </div>`;
  }

  private async load(): Promise<void> {
    this.list = await lessonList(projects);
  }

  private renderCard(lesson: Lesson, progress: LessonProgress) {
    const all = lesson.steps.length;
    const done = progress.passed.length;
    const words = msg("home.progress", { done, all });
    return html`<li class="card lesson-card">
      <p class="small muted">${boardName(lesson.board)} · ${msg("lesson.minutes", { n: lesson.minutes })}</p>
      <h2>${lesson.title}</h2>
      <p>${lesson.summary}</p>
      ${
        done > 0
          ? html`<p class="small muted">${isComplete(progress, lesson) ? icon("circle-check") : nothing} ${words}</p>
              <progress max=${all} value=${done} aria-label=${words}></progress>`
          : nothing
      }
      <a
        class="button"
        href=${address({ page: "lesson", id: lesson.id })}
        aria-label=${`${msg(done > 0 ? "home.continue" : "home.start-lesson")}: ${lesson.title}`}
      >
        ${msg(done > 0 ? "home.continue" : "home.start-lesson")}
      </a>
    </li>`;
  }

  private async begin(id: string): Promise<void> {
    const lesson = loadLesson(id, contentLanguage());
    this.isMissing = lesson === null;
    if (!lesson) return;
    const begun = (await projects.list()).find((project) => project.lesson === id);
    if (!begun) changeSettings({ view: lesson.mode });
    const project =
      begun ??
      (await adopt(
        { name: lesson.title, board: lesson.board, files: { [mainFile]: lesson.starter }, layout: null, wiring: lesson.wiring },
        id,
      ));
    // The list must not stay in the history between Home and the project: Back would only come here again.
    history.replaceState(null, "", address({ page: "lessons" }));
    go({ page: "project", id: project.id });
  }
}
customElements.define("by-lessons", ByLessons);
