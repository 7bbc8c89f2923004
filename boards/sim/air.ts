// The air between boards: who stands where, whom a packet reaches and how strong it arrives there. A door. It knows no time: whether
// a packet is understood is the receiving radio's business, and so is the die that is thrown at the edge of hearing.
import { chanceOf, receivedDbm } from "../parts/radio/propagation.ts";
import type { RadioPacket } from "../parts/radio/state.ts";

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
