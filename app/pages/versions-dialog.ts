// Versions of a project: a list by time, a look at each, and Restore. Restoring makes a version of what is there now.
import { html, nothing } from "lit";
import { projects, say } from "../controllers/context.ts";
import { msg } from "../i18n/i18n.ts";
import { mainFile, type Project, type Version } from "../store/project.ts";
import { openDialog } from "./ask.ts";
import { when } from "./when.ts";

/** Opens the list; calls `restore` with the version that was chosen. */
export async function showVersions(project: Project, restore: (version: Version) => void): Promise<void> {
  const versions = await projects.versions(project.id);
  let shown: Version | null = null;
  const content = () =>
    versions.length === 0
      ? html`<p>${msg("versions.none")}</p>`
      : html`<div class="stack">
          <ul class="versions">
            ${versions.map((version) => {
              const source = version.files[mainFile] ?? "";
              return html`<li>
                <span>
                  <button class="button quiet" aria-pressed=${version === shown} @click=${() => show(version)}>
                    ${when(version.at)}
                  </button>
                  <span class="small muted">${msg("versions.lines", { n: source.trimEnd().split("\n").length })}</span>
                </span>
                <button class="button" @click=${() => choose(version)}>${msg("versions.restore")}</button>
              </li>`;
            })}
          </ul>
          ${shown ? html`<pre class="program" tabindex="0" aria-label=${msg("versions.preview")}>${shown.files[mainFile]}</pre>` : nothing}
        </div>`;
  const show = (version: Version) => {
    shown = version;
    dialog.draw(content());
  };
  const choose = (version: Version) => {
    dialog.close();
    restore(version);
    say({ text: msg("versions.restored", { when: when(version.at) }), kind: "ok" });
  };
  const dialog = openDialog(msg("versions.title", { name: project.name }), content(), true);
}
