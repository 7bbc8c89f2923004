// The choice of a board: three cards, the last choice set. Used for new projects.
import { html, type TemplateResult } from "lit";
import { boards } from "../../boards/index.ts";
import { icon } from "../elements/element.ts";
import { boardName } from "../elements/target.ts";
import { contentLanguage, msg, type Key } from "../i18n/i18n.ts";
import { examples, type Example } from "../../lessons/index.ts";
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

/** What a new project begins with. */
export interface NewProject {
  readonly board: string;
  /** null: the usual first program of that board. */
  readonly example: Example | null;
}

/** Asks for the board of a new project and what it begins with; null when the dialog was closed. */
export async function chooseBoard(): Promise<NewProject | null> {
  const all = examples(contentLanguage());
  let board = settings().board;
  let example: Example | null = null;
  let answer: NewProject | null = null;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    answer = { board, example };
    changeSettings({ board });
    dialog.close();
  };
  const pick = (id: string) => {
    board = id;
    example = null;
    dialog.draw(content());
  };
  const content = () =>
    html`<form @submit=${submit}>
      <p class="muted">${msg("new.text")}</p>
      ${boardCards("board", board, pick)}
      <label class="stack new-start">
        ${msg("new.start")}
        <select
          class="field"
          @change=${(event: Event) => {
            const { value } = event.target as HTMLSelectElement;
            example = all.find(({ id }) => id === value) ?? null;
          }}
        >
          <option value="" .selected=${example === null}>${msg("new.start.small")}</option>
          ${all
            .filter(({ boards: fits }) => fits.includes(board))
            .map(({ id, title }) => html`<option value=${id} .selected=${example?.id === id}>${title}</option>`)}
        </select>
      </label>
      <button class="button primary big">${msg("new.create")}</button>
    </form>`;
  const dialog = openDialog(msg("new.title"), content());
  await dialog.closed;
  return answer;
}
