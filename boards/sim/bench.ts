// Test support: a board with parts on its pins, a program as main.py, and virtual time.
import type { WiredPart, Wiring } from "../wiring.ts";
import { Machine } from "./machine.ts";
import { modelById } from "./models.ts";

export class Bench {
  readonly machine: Machine;
  /** What it has printed, with "\n" for the line ends. */
  output = "";

  constructor(board: string, main: string, wired: Wiring) {
    const files = { "main.py": new TextEncoder().encode(main) };
    this.machine = new Machine(modelById(board)!, { files, wired });
    this.machine.onSerial = (bytes) => (this.output += new TextDecoder().decode(bytes).replaceAll("\r\n", "\n"));
    this.machine.reset();
  }

  /** What is printed in so many ms. */
  run(ms: number): string {
    this.output = "";
    this.machine.runFor(ms);
    return this.output;
  }
  give(part: string, event: unknown): void {
    this.machine.input(part, event);
  }
  state<S>(part: string): S {
    return this.machine.hw.parts[part]!.state as S;
  }
}

/** One part, called "it", with its leads on these pins. */
export function wired(kind: WiredPart["kind"], pins: WiredPart["pins"], options?: WiredPart["options"]): Wiring {
  return { it: options ? { kind, pins, options } : { kind, pins } };
}
