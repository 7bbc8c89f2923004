// The workspace's way to real boards: connect, again after the page was reloaded, put MicroPython on one, and what to do when it turns out
// to be another board than the project's.
import { html } from "lit";
import type { BoardDescriptor } from "../../boards/descriptor.ts";
import { boards } from "../../boards/index.ts";
import { boardOf, runner, say, workbench } from "../controllers/context.ts";
import { boardName } from "../elements/target.ts";
import { msg } from "../i18n/i18n.ts";
import { openDialog } from "./ask.ts";
import { connectBoard } from "./connect-dialog.ts";

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

/** Asks for a port. True when a board is connected. */
export async function connectReal(): Promise<boolean> {
  const { project } = workbench;
  if (!project || !(await connectBoard(boardOf(project.board), project, () => void putMicroPython()))) return false;
  await meetBoard();
  return true;
}

/** Over USB, or as a file where the browser cannot. */
export async function putMicroPython(): Promise<void> {
  const { putMicroPython: show } = await import("./flash-dialog.ts"); // with dapjs, when it is needed
  await show({ release: async () => void (runner.isReal && (await letGo())), follow, connect: () => void connectReal() });
}

/** Back to the simulated board of the project. */
export async function letGo(): Promise<void> {
  await runner.close();
  const { project } = workbench;
  if (project) await runner.simulate(boardOf(project.board));
}

/** The board that is plugged in may not be the one that the project is for. */
export async function meetBoard(): Promise<void> {
  const { project } = workbench;
  if (!project || !runner.isReal || workbench.isFollowing || runner.board.id === project.board) return;
  if (await offerBoard(runner.board, project.board)) workbench.change({ board: runner.board.id });
}

/** The project is for that board from now on. */
function follow(board: string): void {
  if (!workbench.project) return;
  workbench.change({ board });
  if (!runner.isReal) void runner.simulate(boardOf(board));
  say({ text: msg("follow.done", { board: boardName(board) }), kind: "ok" });
}

/** Asks whether the project becomes one for the board that is plugged in. */
async function offerBoard(found: BoardDescriptor, projectBoard: string): Promise<boolean> {
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
