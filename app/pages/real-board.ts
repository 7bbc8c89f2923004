// The board that is plugged in: connected again after the page was reloaded, and told apart by what it says of itself.
import { html } from "lit";
import type { BoardDescriptor } from "../../boards/descriptor.ts";
import { boards } from "../../boards/index.ts";
import { runner, say } from "../controllers/context.ts";
import { boardName } from "../elements/target.ts";
import { msg } from "../i18n/i18n.ts";
import { openDialog } from "./ask.ts";

const key = "blinkyard-connected";
/** The page that was here before may still be letting its port go. */
const patience = { tries: 8, gapMs: 250 };

let remembered: boolean | null = null;

/** Keeps in mind, for as long as the tab lives, whether a board is connected. */
export function rememberConnection(isReal: boolean): void {
  if (isReal === remembered) return;
  remembered = isReal;
  try {
    if (isReal) sessionStorage.setItem(key, "1");
    else sessionStorage.removeItem(key);
  } catch {
    // storage is forbidden: a reload then means to connect by hand
  }
}

/** Was a board connected when the page was reloaded? */
export function wasConnected(): boolean {
  try {
    return sessionStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}

/** Takes up the board that was connected before the reload, and says how that went. `connect` asks for it by hand. */
export async function reconnect(board: BoardDescriptor, connect: () => void): Promise<void> {
  const { onTrouble } = runner;
  runner.onTrouble = null; // one message at the end
  let isConnected = false;
  for (let tries = 0; tries < patience.tries && !isConnected; tries++) {
    if (tries > 0) await new Promise((resolve) => setTimeout(resolve, patience.gapMs));
    isConnected = await runner.connect(boards, board, "never");
    if (!isConnected && !["in-use", "other-tab"].includes(runner.trouble?.code ?? "")) break;
  }
  runner.onTrouble = onTrouble;
  if (isConnected) return say({ text: msg("reload.connected"), kind: "ok" });
  rememberConnection(false);
  say({ text: msg("reload.lost"), kind: "warn", action: { label: msg("connect.connect"), run: connect } });
}

/** Asks whether the project becomes one for the board that is plugged in. */
export async function offerBoard(found: BoardDescriptor, projectBoard: string): Promise<boolean> {
  let isTaken = false;
  const names = { found: boardName(found.id), board: boardName(projectBoard) };
  const take = () => {
    isTaken = true;
    dialog.close();
  };
  const dialog = openDialog(
    msg("found.title", names),
    html`<div class="stack">
      <p>${msg("found.text", names)}</p>
      <div class="row">
        <button class="button primary" autofocus @click=${take}>${msg("found.take", names)}</button>
        <button class="button" @click=${() => dialog.close()}>${msg("found.keep", names)}</button>
      </div>
    </div>`,
  );
  await dialog.closed;
  return isTaken;
}
