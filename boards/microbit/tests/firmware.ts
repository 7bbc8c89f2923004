// The real V1 firmware in QEMU, asked at its raw REPL as RawBoard is (oracle.ts).
import { pause } from "../../link/inbox.ts";
import { type QemuBoard, startQemu, TcpTransport } from "../../link/qemu.ts";
import type { Asked } from "./oracle.ts";

const patienceMs = 4000;
const lookMs = 2;
const attempts = 4;
const promptAt = /raw REPL[^>]*>$/;
const answerAt = /^OK[^]*\x04[^]*\x04>$/;

/** What gets no answer, as when bytes were lost on a busy machine, is asked of a new emulator. */
export class FirmwareBoard implements Asked {
  private board: QemuBoard | null = null;
  private line: TcpTransport | null = null;
  private text = "";
  private prelude = "";

  /** A fresh heap with the names that a micro:bit has after it has been switched on, and `prelude` run. */
  async restart(prelude = this.prelude): Promise<void> {
    this.prelude = prelude;
    if (!this.line) {
      this.board = await startQemu({ isFast: true });
      this.line = new TcpTransport(this.board.port);
      await this.line.open();
      const decoder = new TextDecoder();
      this.line.onBytes = (bytes) => (this.text += decoder.decode(bytes, { stream: true }));
      await pause(500);
      await this.line.write(Uint8Array.of(3));
      await this.ask(Uint8Array.of(1), promptAt);
    }
    await this.ask(Uint8Array.of(4), promptAt);
    await this.ask(sent(`from microbit import *\n${prelude}`), answerAt);
  }

  async exec(source: string): Promise<{ readonly out: string; readonly err: string }> {
    for (let attempt = 1; ; attempt++) {
      try {
        if (!this.line) await this.restart();
        const text = await this.ask(sent(source), answerAt);
        const [out, err] = text.replace(/^OK/, "").replaceAll("\r\n", "\n").split("\x04");
        return { out, err };
      } catch (error) {
        await this.stop();
        if (attempt === attempts) throw error;
      }
    }
  }

  async stop(): Promise<void> {
    await this.line?.close();
    await this.board?.stop();
    this.line = this.board = null;
  }

  private async ask(bytes: Uint8Array, until: RegExp): Promise<string> {
    const { line } = this;
    if (!line) throw new Error("the firmware does not run");
    this.text = "";
    for (let at = 0; at < bytes.length; at += line.pace.chunkBytes) {
      await line.write(bytes.slice(at, at + line.pace.chunkBytes));
      if (at + line.pace.chunkBytes < bytes.length) await pause(line.pace.gapMs);
    }
    for (let ms = 0; !until.test(this.text); ms += lookMs) {
      if (ms > patienceMs) throw new Error(`no answer, but ${JSON.stringify(this.text.slice(-200))}`);
      await pause(lookMs);
    }
    return this.text;
  }
}

function sent(source: string): Uint8Array {
  return Uint8Array.of(...new TextEncoder().encode(source), 4);
}
