// Blockly's questions (a variable's name) in a native dialog instead of the browser's prompt.

import * as Blockly from "blockly/core";
import { message } from "./messages/index.ts";

/** Dialogs open in `host`, so that they are in the page's own tree and language. The last editor made wins. */
export function installDialogs(host: HTMLElement): void {
  Blockly.dialog.setPrompt((text, value, answer) => {
    const input = document.createElement("input");
    input.value = value;
    input.autocapitalize = "off";
    open(host, text, input, (isOk) => answer(isOk ? input.value : null));
  });
  Blockly.dialog.setAlert((text, done) => open(host, text, null, () => done?.()));
}

function open(host: HTMLElement, text: string, input: HTMLInputElement | null, close: (isOk: boolean) => void): void {
  const before = document.activeElement;
  const dialog = document.createElement("dialog");
  dialog.className = "by-blocks-dialog";
  const form = document.createElement("form");
  form.method = "dialog";
  const label = document.createElement("label");
  label.append(text, ...(input === null ? [] : [input]));
  const row = document.createElement("div");
  const button = (words: string, value: string): HTMLButtonElement => {
    const made = document.createElement("button");
    made.textContent = words;
    made.value = value;
    return made;
  };
  row.append(button(message("OK"), "ok"), ...(input === null ? [] : [button(message("CANCEL"), "")]));
  form.append(label, row);
  dialog.append(form);
  dialog.addEventListener("keydown", (event) => event.stopPropagation());
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (before instanceof HTMLElement || before instanceof SVGElement) before.focus();
    close(dialog.returnValue === "ok");
  });
  host.append(dialog);
  dialog.showModal();
  input?.select();
}
