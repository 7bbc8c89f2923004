// The lesson beside the program: joins the lesson panel to the run of the lesson.
import { html, nothing, type TemplateResult } from "lit";
import { projects, say, workbench } from "../controllers/context.ts";
import { LessonRun } from "../controllers/lessons.ts";
import "../elements/lesson.ts";
import { msg } from "../i18n/i18n.ts";
import { go } from "../shell/router.ts";
import { mainFile, type Project } from "../store/project.ts";

const run = new LessonRun(projects);

/** The panel of the project's lesson. */
export function lessonRail(project: Project, host: { requestUpdate(): void }): TemplateResult | typeof nothing {
  if (project.lesson === null) return nothing;
  run.onChange = () => host.requestUpdate();
  run.onCrash = () => say({ text: msg("lesson.broke"), kind: "bad" });
  void run.open(project.lesson);
  return html`<by-lesson
    .lesson=${run.state}
    @lesson-step=${(event: CustomEvent<number>) => void run.goTo(event.detail)}
    @lesson-check=${() => void run.check(workbench.project?.files[mainFile] ?? "")}
    @lesson-leave=${() => go({ page: "lessons" })}
  ></by-lesson>`;
}

/** Forgets the open lesson, so that its kept state is read anew. */
export function closeLesson(): void {
  run.onChange = null;
  run.close();
}
