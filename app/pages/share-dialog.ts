// Share: the link that holds the project, its QR code, and the project as a file.
import { html, nothing } from "lit";
import { fileNameOf, saveAs } from "../controllers/context.ts";
import { icon } from "../elements/element.ts";
import { msg } from "../i18n/i18n.ts";
import { encodeFile, encodeLink, fitsLink, qrLimit } from "../store/parcel.ts";
import { mainFile, type Project } from "../store/project.ts";
import { openDialog } from "./ask.ts";

/** Opens the share dialog of a project. */
export async function sharePage(project: Project): Promise<void> {
  const link = location.origin + location.pathname + (await encodeLink(project));
  // Nobody needs the QR code before they share.
  const { renderSVG } = await import("uqr");
  const qr = link.length <= qrLimit ? renderSVG(link, { border: 2 }) : null;
  const count = Object.keys(project.files).length;
  const characters = Object.values(project.files).reduce((sum, { length }) => sum + length, 0);
  let note = "";

  const copy = async () => {
    const field = document.querySelector<HTMLInputElement>("#share-link");
    field?.select();
    try {
      await navigator.clipboard.writeText(link);
      note = msg("share.copied");
    } catch {
      note = msg("share.no-copy");
    }
    dialog.draw(content());
  };
  const content = () =>
    html`<div class="stack">
      <p>${msg("share.preview")}</p>
      <label class="stack">
        <strong>${msg("share.link")}</strong>
        <input class="field" id="share-link" readonly .value=${link} />
      </label>
      <div class="row">
        <button class="button primary" autofocus @click=${copy}>${icon("copy")}${msg("share.copy")}</button>
        <button
          class="button"
          @click=${() => saveAs(fileNameOf(project.name, "blinkyard"), encodeFile(project), "application/json")}
        >
          ${icon("download")}${msg("share.file")}
        </button>
        <button class="button" @click=${() => saveAs(fileNameOf(project.name, "py"), project.files[mainFile] ?? "")}>
          ${icon("file-code")}${msg("share.python")}
        </button>
      </div>
      <p role="status" class="small">${note}</p>
      ${fitsLink(project) ? nothing : html`<p class="small">${msg("share.tapes")}</p>`}
      ${
        qr
          ? html`<img class="qr" alt=${msg("share.qr")} src=${`data:image/svg+xml,${encodeURIComponent(qr)}`} />`
          : html`<p class="notice">${icon("info")}<span>${msg("share.too-long")}</span></p>`
      }
      <p class="small muted">${msg("share.size", { files: msg("share.files", { n: count }), characters, n: link.length })}</p>
    </div>`;
  const dialog = openDialog(msg("share.title", { name: project.name }), content(), true);
  await dialog.closed;
}
