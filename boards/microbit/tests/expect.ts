// The programs of this folder and what the real micro:bit V1 firmware prints for each: NAME.py and NAME.py.exp.
// No program calls display.clear(): it waits for a tick that the emulator sometimes loses.
// `node boards/microbit/tests/expect.ts` writes the .exp files, from the firmware in QEMU; nothing else may.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { qemuIsHere, startQemu, TcpTransport } from "../../link/qemu.ts";
import { openSession, type Session } from "../../link/session.ts";
import { microbitV1 } from "../descriptor.ts";

const folder = import.meta.dirname;

export const programs: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith(".py"))
  .map((name) => name.slice(0, -3))
  .sort();

export const sourceOf = (name: string): string => readFileSync(`${folder}/${name}.py`, "utf8");
export const expectedOf = (name: string): string => readFileSync(`${folder}/${name}.py.exp`, "utf8");

/** Programs that our V1 does not print like the firmware yet, and why. The firmware is asked for them all the same. */
export const awaited: Readonly<Record<string, string>> = {
  call_errors: "1.9.2 names the unexpected keyword argument",
  files_errors: "open() of the micro:bit words its errors itself",
  trace_handler: "1.9.2 repeats the frame that raises inside a handler",
  trace_indent: "the line of an IndentationError is the one after the dedent",
  trace_syntax: "the line of a SyntaxError at a line's end is the next one",
};

/** What a program prints, and its traceback, on whatever board the session has. */
export async function outputOf(session: Session, name: string): Promise<string> {
  let output = "";
  session.onOutput = (text) => (output += text);
  const { error } = await session.run(sourceOf(name));
  return output.replace(/(^|\n)>>> $/, "$1").replaceAll("\r\n", "\n") + error;
}

if (process.argv[1] === import.meta.filename) {
  if (!qemuIsHere) throw new Error("needs the Debian packages qemu-system-arm and firmware-microbit-micropython");
  const board = await startQemu();
  const session = openSession(microbitV1, new TcpTransport(board.port));
  await session.open();
  for (const name of programs) writeFileSync(`${folder}/${name}.py.exp`, await outputOf(session, name));
  await session.close();
  await board.stop();
}
