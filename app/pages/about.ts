// About: what this is, privacy, licence.
import { html } from "lit";
import { ByPage } from "../elements/element.ts";
import { msg } from "../i18n/i18n.ts";

export class ByAbout extends ByPage {
  override render() {
    return html`<div class="column narrow">
      <div class="text-page">
        <h1>${msg("about.title")}</h1>
        <p>${msg("about.text")}</p>
        <h2>${msg("about.privacy")}</h2>
        <p>${msg("about.privacy.text")}</p>
        <h2>${msg("about.licence")}</h2>
        <p>${msg("about.licence.text")}</p>
        <p class="small muted">${msg("about.marks")}</p>
      </div>
    </div>`;
  }
}
customElements.define("by-about", ByAbout);
