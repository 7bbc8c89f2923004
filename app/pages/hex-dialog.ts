// Save a hex for the MICROBIT drive: MicroPython with the project inside, for both kinds of micro:bit when both are here.
// It needs no port and no driver, so it is also the way on where the browser cannot reach boards.
import { html, nothing } from "lit";
import { fileNameOf, saveAs } from "../controllers/context.ts";
import { FirmwareShelf } from "../controllers/firmware.ts";
import { icon } from "../elements/element.ts";
import { msg, type Key } from "../i18n/i18n.ts";
import { HexRefusal, makeHex } from "../store/hex.ts";
import type { Project } from "../store/project.ts";
import { openDialog } from "./ask.ts";
import { firmwareAsk, firmwareList } from "./firmware-ask.ts";

/** A refusal of makeHex in words. Others than these come from reading, which words them itself. */
export function hexFaultText({ fault, detail }: HexRefusal): string {
  const { usedBytes = 0, roomBytes = 0, file = "" } = detail;
  const kilobytes = (bytes: number) => (bytes / 1000).toFixed(1);
  return msg(`hex.fault.${fault}` as Key, {
    file,
    n: kilobytes(usedBytes - roomBytes),
    room: kilobytes(roomBytes),
  });
}

export async function saveHex(project: Project): Promise<void> {
  const shelf = new FirmwareShelf();
  const name = fileNameOf(project.name, "hex");
  let isMaking = false;
  let isSaved = false;
  let fault: string | null = null;

  const save = async () => {
    if (isMaking) return;
    isMaking = true;
    fault = null;
    isSaved = false;
    draw();
    try {
      saveAs(name, await makeHex(shelf.firmware ?? [], project.files), "application/octet-stream");
      isSaved = true;
    } catch (error) {
      if (!(error instanceof HexRefusal)) throw error;
      fault = hexFaultText(error);
    } finally {
      isMaking = false;
      draw();
    }
  };
  const ready = () =>
    html`<p>${msg("hex.text")}</p>
      ${firmwareList(shelf)}
      <div role="alert">${fault ? html`<p class="notice bad">${icon("circle-alert")}<span>${fault}</span></p>` : nothing}</div>
      <div role="status">
        ${
          isMaking
            ? html`<p class="muted">${msg("hex.making")}</p>`
            : isSaved
              ? html`<div class="stack">
                  <p class="notice ok">${icon("circle-check")}<span>${msg("hex.saved", { file: name })}</span></p>
                  <ol class="steps">
                    <li><span>${msg("hex.step.plug")}</span></li>
                    <li><span>${msg("hex.step.copy", { file: name })}</span></li>
                    <li><span>${msg("hex.step.wait")}</span></li>
                  </ol>
                </div>`
              : nothing
        }
      </div>
      <div class="row">
        <button class="button primary" autofocus aria-disabled=${isMaking} @click=${() => void save()}>
          ${icon("download")}${msg("hex.save")}
        </button>
      </div>
      ${firmwareAsk(shelf, false)}`;
  const content = () =>
    html`<div class="stack">
      ${shelf.firmware === null ? nothing : shelf.firmware.length === 0 ? firmwareAsk(shelf, true) : ready()}
    </div>`;
  await shelf.open();
  const dialog = openDialog(msg("hex.title"), content(), true);
  const draw = () => dialog.draw(content());
  shelf.onChange = draw;
  await dialog.closed;
  shelf.onChange = null;
}
