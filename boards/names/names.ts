// What each board knows by name: its modules, what is in them, and what their things can do. A door.
import { lists, places } from "./table.ts";

/** Names by place, "microbit" or "microbit.display", by board id. */
export type NameTable = Readonly<Record<string, Readonly<Record<string, string>>>>;

const cache = new Map<string, ReadonlyMap<string, ReadonlySet<string>>>();

/** The places of a board; an unknown board has none. */
export function placesOf(board: string): ReadonlyMap<string, ReadonlySet<string>> {
  let found = cache.get(board);
  if (!found) {
    const cells = places[board]?.split(",") ?? [];
    found = new Map(
      cells.map((cell) => {
        const [place, list] = cell.split(" ");
        return [place!, new Set(lists[Number(list)]!.split(" "))];
      }),
    );
    cache.set(board, found);
  }
  return found;
}
