// What is wired to the project's simulated board: kept with the project, and put on the board.
import { readWiring, type Wiring } from "../../boards/wiring.ts";
import { boardOf, runner, say, workbench } from "../controllers/context.ts";
import { msg } from "../i18n/i18n.ts";

/** The elements come when the page has settled: they are not needed for the first picture. */
void import("../elements/wired.ts");

export interface Wired {
  readonly wiring: Wiring;
  /** What to say of it; "" for nothing. */
  readonly said: string;
}

/** The project's wiring, as far as its board can have it, goes onto the simulated board. */
export async function wireProject(): Promise<void> {
  const { project } = workbench;
  if (project) await runner.wire(readWiring(project.wiring, boardOf(project.board)).wiring);
}

/** Another wiring: the project keeps it, and a board that is on is switched off for it. */
export async function wire({ wiring, said }: Wired): Promise<void> {
  const wasOn = runner.isOpen;
  workbench.change({ wiring });
  await runner.wire(wiring);
  const text = [said, wasOn ? msg("parts.stopped") : ""].filter((part) => part !== "").join(" ");
  if (text !== "") say({ text });
  if (!runner.isReal) await runner.wake();
}
