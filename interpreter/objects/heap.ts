// The heap's limit, as far as one object's size can reach it: what cannot fit on the board raises MemoryError.
// Counting all that lives at once is not done here.
import { mp } from "./mpstate.ts";
import { raiseMsg, typeMemoryError } from "./objexcept.ts";

/** The most that any object may take where the board's heap has no limit, so that a page or a command is not eaten up. */
const MOST = 1 << 28;

/** Raises MemoryError if one object of so many bytes does not fit the heap. */
export function checkAllocation(bytes: number): void {
  if (bytes > Math.min(mp.config.heapSize, MOST))
    raiseMsg(typeMemoryError, `memory allocation failed, allocating ${bytes} bytes`);
}
