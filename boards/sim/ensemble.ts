// Several boards in one virtual time that hear each other over the air: for tests and lessons. In the page each board has its own worker
// and its own time.
import { Radio } from "../parts/radio/model.ts";
import { Air, type Place } from "./air.ts";
import type { Machine } from "./machine.ts";

interface Player {
  place: Place;
  readonly machine: Machine;
  readonly part: string;
}

// Boards take turns of so long. A packet is on its way for longer than this, so it arrives at its own instant, except at a board
// that computes: that one may be a millisecond ahead.
const turnNs = 200_000;

/** Boards that hear each other, run side by side. The same boards, places and seeds give the same run. */
export class Ensemble {
  private readonly air = new Air<Player>();
  private ns = 0;

  /** The machine must be switched on and at its time 0. Returns its place, which may be changed. */
  add(machine: Machine, place: Place): { place: Place } {
    const found = Object.entries(machine.hw.parts).find(([, model]) => model instanceof Radio);
    if (!found) throw new Error(`${machine.model.descriptor.id} has no radio`);
    const [part, radio] = found as [string, Radio];
    const player: Player = { place, machine, part };
    radio.onSend = (packet, heardNs) => {
      const atMs = Math.round(machine.clock.absolute + heardNs) / 1e6;
      for (const { station, packet: heard } of this.air.reach(packet, player.place, player)) {
        station.machine.play([{ atMs, part: station.part, event: { packet: heard } }]);
      }
    };
    this.air.stations.add(player);
    return player;
  }

  /** Lets so much time pass for all of them. */
  runFor(ms: number): void {
    const machines = [...this.air.stations].map(({ machine }) => machine);
    const end = this.ns + ms * 1e6;
    while (this.ns < end) {
      // While all of them sleep, nobody needs a turn.
      const next = Math.min(...machines.map(({ nextEvent }) => nextEvent));
      this.ns = Math.min(end, Math.max(this.ns + turnNs, next));
      for (const machine of machines) machine.runUntil(this.ns);
    }
  }
}
