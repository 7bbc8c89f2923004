// Whether a board can read a program at all: its text and what is compiled from it have to fit its memory at the same time. A door.
import { Machine } from "./machine.ts";
import { modelById } from "./models.ts";

const encoder = new TextEncoder();
/** No text that is shorter fills a board's memory by itself. */
const leastCharacters = 1000;
const bootMs = 200;
const chunkBytes = 1024;
/** Reading takes no time in the simulation; the program's first steps are not waited for. */
const readMs = 5;

/** What the board's MemoryError says when it is sent this program as Run sends it; "" when it can be read, or is no program. */
export function memoryErrorOf(board: string, source: string): string {
  const model = modelById(board);
  if (!model || source.length < leastCharacters) return "";
  const machine = new Machine(model, { files: {} });
  let output = "";
  machine.onSerial = (bytes) => (output += new TextDecoder().decode(bytes));
  machine.reset();
  machine.runFor(bootMs);
  const send = (text: string, ms: number): void => {
    const bytes = encoder.encode(text);
    for (let at = 0; at < bytes.length; at += chunkBytes) {
      machine.feed(bytes.subarray(at, at + chunkBytes));
      machine.runFor(ms);
    }
  };
  send("\r\x03\x03\x01", bootMs);
  output = "";
  send(source, 1);
  send("\x04", readMs);
  // While it is read there is no traceback yet; whatever the program does later is its own.
  return /^OK\x04(MemoryError:[^\r\n]*)/.exec(output)?.[1] ?? "";
}
