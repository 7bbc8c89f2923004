// The workspace's way to real boards: connect, put MicroPython on one, and what to do when it is another board than the project's.
import { html, nothing, type TemplateResult } from "lit";
import { boardOf, runner, say, workbench } from "../controllers/context.ts";
import { icon } from "../elements/element.ts";
import { boardName } from "../elements/target.ts";
import { msg } from "../i18n/i18n.ts";
import { connectBoard } from "./connect-dialog.ts";

/** Asks for a port. True when a board is connected. */
export async function connectReal(): Promise<boolean> {
  const { project } = workbench;
  if (!project) return false;
  const isConnected = await connectBoard(boardOf(project.board), project, () => void putMicroPython());
  if (isConnected) void lookWhich();
  return isConnected;
}

/** A micro:bit that was chosen for flashing before is known by its USB serial number, without stopping what it does. */
async function lookWhich(): Promise<void> {
  if (!workbench.project?.board.startsWith("microbit")) return;
  const { knownBoard } = await import("../../boards/link/flash.ts");
  const version = await knownBoard();
  if (version && runner.isReal) runner.found(version === "V1" ? "microbit-v1" : "microbit-v2");
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

/** Says that the real board is `board` and not the project's, and asks whether the project should follow. Stays until it is answered. */
export function boardNotice(board: string, onAnswer: () => void): TemplateResult | typeof nothing {
  const { project } = workbench;
  if (!project || !runner.isReal || project.board === board || workbench.isFollowing) return nothing;
  const names = { board: boardName(board), other: boardName(project.board) };
  return html`<div class="notice warn top-notice" role="status">
    ${icon("triangle-alert")}
    <p>${msg("follow.text", names)}</p>
    <button
      class="button"
      @click=${() => {
        follow(board);
        onAnswer();
      }}
    >
      ${msg("follow.yes", names)}
    </button>
    <button class="button quiet square" aria-label=${msg("app.close")} title=${msg("app.close")} @click=${onAnswer}>
      ${icon("x")}
    </button>
  </div>`;
}

/** The project is for that board from now on; a real board that is connected stays so. */
function follow(board: string): void {
  if (!workbench.project) return;
  workbench.change({ board });
  if (runner.isReal) runner.follow(boardOf(board));
  else void runner.simulate(boardOf(board));
  say({ text: msg("follow.done", { board: boardName(board) }), kind: "ok" });
}
