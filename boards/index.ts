// The list of boards. A door: everyone who needs "all boards" or one by id comes here.
import type { BoardDescriptor } from "./descriptor.ts";
import { microbitV1, microbitV2 } from "./microbit/descriptor.ts";
import { pyboardV11 } from "./pyboard/descriptor.ts";

/** In the order of the board picker. */
export const boards: readonly BoardDescriptor[] = [microbitV2, microbitV1, pyboardV11];

/** The board with that id, or null: ids come from links and files, so they may name a board of a newer version. */
export function boardById(id: string): BoardDescriptor | null {
  return boards.find((board) => board.id === id) ?? null;
}

/** The board that says this of itself, in its banner or as `os.uname().machine`; null when it is none of ours. */
export function boardByMachine(machine: string): BoardDescriptor | null {
  return boards.find(({ mcu }) => machine.endsWith(`with ${mcu}`)) ?? null;
}

export { microbitV1, microbitV2, pyboardV11 };
