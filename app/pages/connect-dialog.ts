// Connect a real board, and save the program to it. Every failure of the link has its own sentence and a way on.
import { html, nothing } from "lit";
import type { BoardDescriptor } from "../../boards/descriptor.ts";
import { boards } from "../../boards/index.ts";
import { serialSupport } from "../../boards/link/webserial.ts";
import { fileNameOf, runner, saveAs, say } from "../controllers/context.ts";
import { icon } from "../elements/element.ts";
import { msg, type Key } from "../i18n/i18n.ts";
import { mainFile, type Project } from "../store/project.ts";
import { openDialog } from "./ask.ts";

/** What the browser's list calls the board. */
const listedAs = (board: BoardDescriptor) =>
  board.id.startsWith("microbit") ? "BBC micro:bit CMSIS-DAP" : "Pyboard Virtual Comm Port";

/**
 * Shows how, then asks the browser for a port. True when a board is connected.
 * `onFlash`: the user wants MicroPython put on the board instead; the dialog has closed.
 */
export async function connectBoard(board: BoardDescriptor, project: Project, onFlash: () => void): Promise<boolean> {
  const isPossible = serialSupport() !== "none";
  let isConnected = false;
  let fault: Key | null = isPossible ? null : "connect.unsupported";
  let isBusy = false;
  let wantsFlash = false;
  const connect = async () => {
    isBusy = true;
    fault = null;
    dialog.draw(content());
    isConnected = await runner.connect(boards, board);
    isBusy = false;
    if (isConnected) return dialog.close();
    fault = `connect.${runner.trouble?.code ?? "no-device"}` as Key;
    dialog.draw(content());
  };
  const content = () =>
    html`<div class="stack">
      ${
        isPossible
          ? html`<ol class="steps">
              <li><span>${msg("connect.step.plug")}</span></li>
              <li><span>${msg("connect.step.choose", { name: listedAs(board) })}</span></li>
              <li><span>${msg("connect.step.run")}</span></li>
            </ol>`
          : nothing
      }
      <div role="alert">
        ${
          fault
            ? html`<div class="notice ${isPossible ? "bad" : "warn"}">
                ${icon("circle-alert")}
                <div class="stack">
                  <p>${msg(fault)}</p>
                  ${fault === "connect.no-device" ? html`<p>${msg("connect.empty-list")}</p>` : nothing}
                  ${
                    runner.trouble && isPossible
                      ? html`<details class="small">
                          <summary>${msg("app.details")}</summary>
                          ${runner.trouble.text}
                        </details>`
                      : nothing
                  }
                </div>
              </div>`
            : nothing
        }
      </div>
      <div class="row">
        ${
          isPossible
            ? html`<button class="button primary" autofocus aria-disabled=${isBusy} @click=${() => !isBusy && void connect()}>
                ${icon("usb")}${msg("connect.connect")}
              </button>`
            : nothing
        }
        <button class="button" @click=${() => saveAs(fileNameOf(project.name, "py"), project.files[mainFile] ?? "")}>
          ${icon("download")}${msg("connect.save-file")}
        </button>
        <button class="button" @click=${() => dialog.close()}>${msg("connect.sim")}</button>
      </div>
      ${
        board.id.startsWith("microbit")
          ? html`<div class="row">
              <span class="muted">${msg("connect.without")}</span>
              <button
                class="button"
                @click=${() => {
                  wantsFlash = true;
                  dialog.close();
                }}
              >
                ${icon("cpu")}${msg("flash.put")}
              </button>
            </div>`
          : nothing
      }
    </div>`;
  const dialog = openDialog(msg("connect.title"), content(), true);
  await dialog.closed;
  if (wantsFlash && !isConnected) onFlash();
  if (isConnected) say({ text: msg("connect.done"), kind: "ok" });
  return isConnected;
}

/** Writes the project to the board that is connected, with progress; it can be cancelled at any moment. */
export async function saveToBoard(files: Readonly<Record<string, string>>): Promise<void> {
  let state: "ask" | "sending" | "done" | "failed" = "ask";
  let fault: Key = "flash.stopped";
  const before = runner.onChange;
  const save = async () => {
    state = "sending";
    dialog.draw(content());
    runner.onChange = () => {
      before?.();
      if (state === "sending") dialog.draw(content());
    };
    const isDone = await runner.save(files);
    state = isDone ? "done" : "failed";
    if (!isDone)
      fault = runner.trouble && runner.trouble.code !== "aborted" ? (`connect.${runner.trouble.code}` as Key) : "flash.stopped";
    runner.onChange = before;
    before?.();
    dialog.draw(content());
  };
  const percent = () => Math.round(runner.progress * 100);
  const content = () =>
    html`<div class="stack">
      ${state === "ask" ? html`<p>${msg("flash.text")}</p>` : nothing}
      ${
        state === "sending"
          ? html`<p role="status">${msg("flash.sending", { n: percent() })}</p>
              <progress
                style="max-width: none"
                max="1"
                value=${runner.progress}
                aria-label=${msg("flash.sending", { n: percent() })}
              ></progress>`
          : nothing
      }
      ${state === "done" ? html`<p class="notice ok" role="status">${icon("circle-check")}<span>${msg("flash.done")}</span></p>` : nothing}
      ${
        state === "failed"
          ? html`<div class="notice bad" role="alert">
              ${icon("circle-alert")}
              <div class="stack">
                <p>${msg(fault)}</p>
                ${fault === "flash.stopped" ? nothing : html`<p>${msg("flash.stopped")}</p>`}
              </div>
            </div>`
          : nothing
      }
      <div class="row">
        ${
          state === "sending"
            ? html`<button class="button" @click=${() => void runner.stop()}>${icon("x")}${msg("app.cancel")}</button>`
            : state === "done"
              ? html`<button class="button primary" autofocus @click=${() => dialog.close()}>${msg("app.close")}</button>`
              : html`<button class="button primary" autofocus @click=${() => void save()}>
                    ${icon("save")}${msg("flash.save")}
                  </button>
                  <button class="button" @click=${() => dialog.close()}>${msg("app.cancel")}</button>`
        }
      </div>
    </div>`;
  const dialog = openDialog(msg("flash.title"), content());
  await dialog.closed;
  // Closing the dialog in the middle is a cancel, too.
  if ((state as string) === "sending") await runner.stop();
  runner.onChange = before;
}
