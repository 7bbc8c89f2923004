// The choice of a board: three cards, the last choice set. Used for new projects.
import { html, type TemplateResult } from "lit";
import { boards } from "../../boards/index.ts";
import { icon } from "../elements/element.ts";
import { boardName } from "../elements/target.ts";
import { msg, type Key } from "../i18n/i18n.ts";
import { changeSettings, settings } from "../store/settings.ts";
import { openDialog } from "./ask.ts";

/** Radio cards of all boards. */
export function boardCards(name: string, chosen: string, onChoose: (id: string) => void): TemplateResult {
  return html`<div class="board-cards" role="radiogroup" aria-label=${msg("new.title")}>
    ${boards.map(
      ({ id }) =>
        html`<label class="board-card">
          <input
            type="radio"
            name=${name}
            value=${id}
            .checked=${id === chosen}
            ?autofocus=${id === chosen}
            @change=${() => onChoose(id)}
          />
          ${icon(id.startsWith("pyboard") ? "pyboard" : "microbit")}
          <span><strong>${boardName(id)}</strong><span class="small muted">${msg(`board.${id}.text` as Key)}</span></span>
        </label>`,
    )}
  </div>`;
}

/** Asks for the board of a new project; null when the dialog was closed. */
export async function chooseBoard(): Promise<string | null> {
  let chosen = settings().board;
  let answer: string | null = null;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    answer = chosen;
    changeSettings({ board: chosen });
    dialog.close();
  };
  const dialog = openDialog(
    msg("new.title"),
    html`<form @submit=${submit}>
      <p class="muted">${msg("new.text")}</p>
      ${boardCards("board", chosen, (id) => (chosen = id))}
      <button class="button primary big">${msg("new.create")}</button>
    </form>`,
  );
  await dialog.closed;
  return answer;
}
