// Asks for MicroPython's hex: choose or drop a file, with the reason when it is not taken. Part of the dialogs that need it.
import { html, nothing, type TemplateResult } from "lit";
import { shortVersion, type FirmwareShelf } from "../controllers/firmware.ts";
import { icon } from "../elements/element.ts";
import { msg, type Key } from "../i18n/i18n.ts";

/** What is on the shelf, by kind of board, also what is missing. */
export function firmwareList(shelf: FirmwareShelf): TemplateResult {
  return html`<ul class="firmware">
    ${(["V1", "V2"] as const).map((version) => {
      const firmware = shelf.of(version);
      return html`<li>
        ${icon(firmware ? "circle-check" : "circle")}
        <span>
          <strong>${msg(`board.microbit-${version.toLowerCase()}` as Key)}</strong>
          <span class="small muted">${firmware ? shortVersion(firmware.version) : msg("firmware.none")}</span>
        </span>
      </li>`;
    })}
  </ul>`;
}

/** The place to drop a hex, with its button. `isFirst`: there is nothing on the shelf, so it says why and where to get it. */
export function firmwareAsk(shelf: FirmwareShelf, isFirst: boolean): TemplateResult {
  const choose = () => {
    if (shelf.isReading) return;
    const input = document.createElement("input");
    input.type = "file";
    input.accept = ".hex";
    input.onchange = () => input.files?.[0] && void shelf.bring(input.files[0]);
    input.click();
  };
  const drop = (event: DragEvent) => {
    event.preventDefault(); // the page would open it as a project
    const file = event.dataTransfer?.files[0];
    if (file && !shelf.isReading) void shelf.bring(file);
  };
  const button = html`<button
    class="button ${isFirst ? "primary" : "quiet"}"
    aria-disabled=${shelf.isReading}
    ?autofocus=${isFirst}
    @click=${choose}
  >
    ${icon("folder-open")}${msg(isFirst ? "firmware.choose" : "firmware.other")}
  </button>`;
  return html`<div class="stack">
    ${
      isFirst
        ? html`<p>${msg("firmware.why")}</p>
            <p>${msg("firmware.where")}</p>
            <div class="drop-zone" @dragover=${(event: Event) => event.preventDefault()} @drop=${drop}>
              <p class="muted">${msg("firmware.drop")}</p>
              ${button}
            </div>
            <p class="small muted">${msg("firmware.private")}</p>`
        : html`<div class="row">${button}</div>`
    }
    <div role="status">${shelf.isReading ? html`<p class="muted">${msg("firmware.reading")}</p>` : nothing}</div>
    <div role="alert">
      ${
        shelf.fault
          ? html`<p class="notice bad">
              ${icon("circle-alert")}<span>${msg(`drop.${shelf.fault.fault}` as Key, { file: shelf.fault.file })}</span>
            </p>`
          : nothing
      }
      ${
        shelf.trouble
          ? html`<p class="notice warn">${icon("triangle-alert")}<span>${msg(`firmware.trouble.${shelf.trouble}`)}</span></p>`
          : nothing
      }
    </div>
  </div>`;
}
