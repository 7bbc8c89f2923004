// A Transport to a simulated board in the same process, without worker and wall clock: for tests and the command line.
// The board's time runs as fast as it can while it has something to do, and stands still while it waits for keys.
import type { Machine } from "../sim/machine.ts";
import { LinkError, type LinePace, type Transport } from "./transport.ts";

const sliceNs = 5e6;
const sliceOps = 50000;

export class LoopbackTransport implements Transport {
  onBytes: ((bytes: Uint8Array) => void) | null = null;
  onClose: ((cause: LinkError) => void) | null = null;
  readonly pace: LinePace = { chunkBytes: 4096, gapMs: 0 };
  readonly world = null;
  protected readonly machine: Machine;
  private isOpen = false;
  private pumping = false;

  /** The machine must be switched on. It is kept over close and open. */
  constructor(machine: Machine) {
    this.machine = machine;
  }

  async open(): Promise<void> {
    this.isOpen = true;
    this.machine.onSerial = (bytes) => this.onBytes?.(bytes.slice());
    this.pump();
  }

  async close(): Promise<void> {
    this.isOpen = false;
    this.machine.onSerial = null;
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (!this.isOpen) throw new LinkError("lost", "the line is closed");
    this.machine.feed(bytes);
    this.pump();
  }

  async hardReset(): Promise<void> {
    this.machine.reset();
    this.pump();
  }

  /** As if the cable were pulled. */
  unplug(): void {
    this.isOpen = false;
    this.machine.onSerial = null;
    this.onClose?.(new LinkError("lost", "unplugged"));
  }

  private pump(): void {
    if (this.pumping) return;
    this.pumping = true;
    const turn = (): void => {
      this.pumping = false;
      if (!this.isOpen) return;
      this.machine.runUntil(this.machine.clock.absolute + sliceNs, sliceOps);
      if (this.machine.nextEvent !== Infinity) this.pump();
    };
    setTimeout(turn, 0);
  }
}
