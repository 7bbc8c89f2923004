// The page's air: the boards of this page and of other tabs, where they stand, and the log of what was sent. Boards join it with a
// RadioPort each. Other tabs are reached over a BroadcastChannel; they have the same map.
import { Air, type Place } from "../../boards/sim/air.ts";
import type { RadioPort } from "../../boards/sim/transport.ts";
import type { RadioPacket } from "../../boards/parts/radio/state.ts";

export interface LogEntry {
  readonly mark: number;
  /** Milliseconds since the page was opened. */
  readonly atMs: number;
  readonly from: string;
  readonly packet: RadioPacket;
  /** Boards of this page that have received it, with its strength there. */
  readonly heard: readonly { readonly name: string; readonly rssi: number }[];
}

export interface Station {
  place: Place;
  name: string;
  hear: ((packet: RadioPacket) => void) | null;
}

/** What goes from tab to tab. */
interface Letter {
  readonly packet: RadioPacket;
  readonly from: string;
  readonly place: Place;
}

export const logKept = 500;

export class Ether {
  /** The newest last. */
  log: readonly LogEntry[] = [];
  /** Entries that are gone. */
  dropped = 0;
  onChange: (() => void) | null = null;

  private readonly air = new Air<Station>();
  private readonly channel: BroadcastChannel | null;
  private readonly now: () => number;
  private lastMark = 0;

  constructor(now: () => number = () => performance.now(), name: string | null = "blinkyard-radio") {
    this.now = now;
    this.channel = name === null ? null : new BroadcastChannel(name);
    if (this.channel) this.channel.onmessage = ({ data }: MessageEvent<Letter>) => this.take(data);
  }

  /** A station at a place; `name` is for the log and may be changed. */
  join(name: string, place: Place): Station {
    const station: Station = { name, place, hear: null };
    this.air.stations.add(station);
    return station;
  }

  leave(station: Station): void {
    this.air.stations.delete(station);
  }

  /** The port of a board at that station. A board that is off has none, and hears nothing. */
  port(station: Station): RadioPort {
    const port: RadioPort = {
      onPacket: null,
      send: (packet) => this.send(packet, station),
      heard: (mark, rssi) => this.heard(mark, station.name, rssi),
      close: () => {
        if (station.hear === hear) station.hear = null;
      },
    };
    const hear = (packet: RadioPacket): void => port.onPacket?.(packet);
    station.hear = hear;
    return port;
  }

  /** Sends a packet from a station, or from a hand beside it. */
  send(packet: RadioPacket, station: Station, by: string | null = null): void {
    const from = by ?? station.name;
    this.carry({ packet, from, place: station.place }, by === null ? station : null);
    this.channel?.postMessage({ packet, from, place: station.place } satisfies Letter);
  }

  clear(): void {
    this.log = [];
    this.dropped = 0;
    this.onChange?.();
  }

  close(): void {
    this.channel?.close();
  }

  private take(letter: Letter): void {
    this.carry(letter, null);
  }

  private carry({ packet, from, place }: Letter, sender: Station | null): void {
    const mark = ++this.lastMark;
    const log = [...this.log, { mark, atMs: this.now(), from, packet, heard: [] }];
    this.dropped += Math.max(0, log.length - logKept);
    this.log = log.slice(-logKept);
    for (const { station, packet: arriving } of this.air.reach(packet, place, sender)) station.hear?.({ ...arriving, mark });
    this.onChange?.();
  }

  private heard(mark: number, name: string, rssi: number): void {
    this.log = this.log.map((entry) => (entry.mark === mark ? { ...entry, heard: [...entry.heard, { name, rssi }] } : entry));
    this.onChange?.();
  }
}
