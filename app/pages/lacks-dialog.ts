// Before Run: what the program uses that the board lacks, line by line, and the choice to go there, to run all the same, or not to.
import { html, nothing } from "lit";
import type { Lack } from "../editor/lacks.ts";
import { boardName } from "../elements/target.ts";
import { msg, type Key } from "../i18n/i18n.ts";
import { openDialog } from "./ask.ts";

const words = {
  module: "lacks.module",
  name: "lacks.name",
  syntax: "lacks.syntax",
  memory: "lacks.memory",
} as const satisfies Record<Lack["kind"], Key>;

/** What was answered with "run" is not asked again while the page is open. */
const accepted = new Set<string>();

/** Shows the list, at most its first lines, and resolves to what was chosen. `goTo` has been called for "go". */
export async function askAboutLacks(
  lacks: readonly Lack[],
  board: string,
  goTo: (place: { readonly file: string; readonly line: number }) => void,
): Promise<"run" | "go" | "cancel"> {
  const key = `${board} ${lacks.map(({ file, name }) => `${file} ${name}`).join()}`;
  if (accepted.has(key)) return "run";
  const isUnreadable = lacks.some(({ kind }) => kind === "syntax");
  let answer: "run" | "go" | "cancel" = "cancel";
  const end = (chosen: typeof answer) => {
    answer = chosen;
    dialog.close();
  };
  const first = lacks[0]!;
  const dialog = openDialog(
    msg("lacks.title", { board: boardName(board) }),
    html`<div class="stack">
      <p>${msg(isUnreadable ? "lacks.text.syntax" : "lacks.text")}</p>
      <ul class="stack">
        ${lacks.slice(0, 6).map(
          ({ file, line, kind, name, boards }) =>
            html`<li>
              <strong>${msg("lacks.line", { file, line })}</strong><br />${msg(words[kind], {
                name,
                boards: boards.map(boardName).join(", "),
              })}
            </li>`,
        )}
        ${lacks.length > 6 ? html`<li>…</li>` : nothing}
      </ul>
      <div class="row">
        <button class="button primary" autofocus @click=${() => end("go")}>${msg("lacks.go", { line: first.line })}</button>
        ${isUnreadable ? nothing : html`<button class="button" @click=${() => end("run")}>${msg("lacks.run")}</button>`}
        <button class="button" @click=${() => end("cancel")}>${msg("app.cancel")}</button>
      </div>
    </div>`,
  );
  await dialog.closed;
  if ((answer as string) === "run") accepted.add(key);
  if ((answer as string) === "go") goTo(first);
  return answer;
}
