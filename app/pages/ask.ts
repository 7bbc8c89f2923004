// Dialogs as functions: each opens over the page and resolves when it is closed. `ask` asks for one line of text.
import { html, render, type TemplateResult } from "lit";
import type { ByDialog } from "../elements/dialog.ts";
import "../elements/dialog.ts";
import { msg } from "../i18n/i18n.ts";

/** An open dialog: close it, or draw other content. */
export interface OpenDialog {
  close(): void;
  draw(content: TemplateResult): void;
  readonly closed: Promise<void>;
}

/** Opens a dialog with this content. Focus goes back to where it was when it closes. */
export function openDialog(heading: string, content: TemplateResult, wide = false): OpenDialog {
  const opener = document.activeElement as HTMLElement | null;
  const host = document.createElement("div");
  document.body.append(host);
  const draw = (inner: TemplateResult) =>
    render(html`<by-dialog .heading=${heading} ?wide=${wide} @dialog-close=${end}>${inner}</by-dialog>`, host);
  let finish: () => void;
  const closed = new Promise<void>((resolve) => (finish = resolve));
  function end(): void {
    host.remove();
    opener?.focus?.();
    finish();
  }
  draw(content);
  return { draw, closed, close: () => host.querySelector<ByDialog>("by-dialog")?.close() };
}

/** Asks for a text; null when the dialog was closed without an answer. */
export async function ask(
  heading: string,
  label: string,
  value: string,
  check?: (text: string) => string | null,
): Promise<string | null> {
  let answer: string | null = null;
  let fault: string | null = null;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const text = new FormData(event.target as HTMLFormElement).get("text");
    if (typeof text !== "string" || text.trim() === "") return;
    fault = check?.(text.trim()) ?? null;
    if (fault) return dialog.draw(content());
    answer = text.trim();
    dialog.close();
  };
  const content = () =>
    html`<form class="stack" @submit=${submit}>
      <label class="stack"
        >${label}
        <input
          class="field"
          name="text"
          .defaultValue=${value}
          maxlength="80"
          autocomplete="off"
          autofocus
          aria-describedby="ask-fault"
        />
      </label>
      <p id="ask-fault" role="alert" class="small">${fault ?? ""}</p>
      <div class="row">
        <button class="button primary">${heading}</button>
        <button class="button" type="button" @click=${() => dialog.close()}>${msg("app.cancel")}</button>
      </div>
    </form>`;
  const dialog = openDialog(heading, content());
  await dialog.closed;
  return answer;
}
