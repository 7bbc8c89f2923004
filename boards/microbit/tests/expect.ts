// The programs of this folder and what the real micro:bit V1 firmware prints for each: NAME.py and NAME.py.exp.
// `node boards/microbit/tests/expect.ts` writes the .exp files, from the firmware in QEMU; nothing else may.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { pause } from "../../link/inbox.ts";
import { type QemuBoard, qemuIsHere, startQemu, TcpTransport } from "../../link/qemu.ts";
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
export const awaited: Readonly<Record<string, string>> = {};

/** What a program prints, and its traceback, on whatever board the session has. */
export async function outputOf(session: Session, name: string): Promise<string> {
  let output = "";
  session.onOutput = (text) => (output += text);
  const { error } = await session.run(sourceOf(name));
  return output.replace(/(^|\n)>>> $/, "$1").replaceAll("\r\n", "\n") + error;
}

const attempts = 4;
const patienceMs = 6000;

/** The real firmware. Under load its serial port may lose bytes: an answer that does not come, or is not `accepted`, is asked for again. */
export class Firmware {
  private board: QemuBoard | null = null;
  private session: Session | null = null;

  async outputOf(name: string, accepted: (output: string) => boolean = () => true): Promise<string> {
    for (let attempt = 1; ; attempt++) {
      const output = await this.ask(name);
      if (output !== null && (accepted(output) || attempt === attempts)) return output;
      if (attempt === attempts) throw new Error(`no answer from the firmware for ${name}`);
      await this.stop();
    }
  }

  async stop(): Promise<void> {
    await this.session?.close();
    await this.board?.stop();
    this.session = this.board = null;
  }

  private async ask(name: string): Promise<string | null> {
    if (!this.session) {
      this.board = await startQemu({ isFast: true });
      this.session = openSession(microbitV1, new TcpTransport(this.board.port));
      await this.session.open();
    }
    const answer = outputOf(this.session, name).catch(() => null); // a lost line, or stopped below
    const silence = pause(patienceMs).then(() => null);
    return Promise.race([answer, silence]);
  }
}

if (process.argv[1] === import.meta.filename) {
  if (!qemuIsHere) throw new Error("needs the Debian packages qemu-system-arm and firmware-microbit-micropython");
  const firmware = new Firmware();
  for (const name of programs) writeFileSync(`${folder}/${name}.py.exp`, await firmware.outputOf(name));
  await firmware.stop();
}
