// The air between boards: who stands where, whom a packet reaches and how strong it arrives there. A door. It knows no time: whether
// a packet is understood is the receiving radio's business, and so is the die that is thrown at the edge of hearing.
// An Ensemble is several boards in one virtual time, for tests and lessons; in the page each board has its own worker.
import { Radio } from "../parts/radio/model.ts";
import { chanceOf, receivedDbm } from "../parts/radio/propagation.ts";
import type { RadioPacket } from "../parts/radio/state.ts";
import type { Machine } from "./machine.ts";

/** Metres on a map. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

export const metresBetween = (a: Place, b: Place): number => Math.hypot(a.x - b.x, a.y - b.y);

/** Stations `S` are whatever their owner wants to find again; they may be moved at any time. */
export class Air<S extends { place: Place }> {
  readonly stations = new Set<S>();

  /** What becomes of a packet sent at `from`: at each station but the sender how strong it arrives. The hopeless are left out. */
  reach(packet: RadioPacket, from: Place, sender: S | null): readonly { readonly station: S; readonly packet: RadioPacket }[] {
    return [...this.stations].flatMap((station) => {
      const rssi = receivedDbm(packet.power, metresBetween(from, station.place));
      return station === sender || chanceOf(rssi, packet.rate) === 0 ? [] : [{ station, packet: { ...packet, rssi } }];
    });
  }
}

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
