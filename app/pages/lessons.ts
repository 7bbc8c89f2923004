// The list of lessons.
import { html } from "lit";
import { ByPage } from "../elements/element.ts";
import { msg } from "../i18n/i18n.ts";

export class ByLessons extends ByPage {
  override render() {
    return html`<div class="column"><h1>${msg("lesson.title")}</h1></div>`;
  }
}
customElements.define("by-lessons", ByLessons);
