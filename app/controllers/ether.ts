// The page's air: the boards of this page and of other tabs, where they stand, and the log of what was sent. Boards join it with a
// RadioPort each. Other tabs are reached over a BroadcastChannel; they have the same map. A channel carries one packet at a time: when
// boards send more than fits into the time there is, the rest is lost, as packets are that collide.
import { airtime } from "../../boards/parts/radio/propagation.ts";
import { Air, type Place } from "../../boards/sim/air.ts";
import type { Heard } from "../../boards/sim/protocol.ts";
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
  hear: ((packets: readonly RadioPacket[]) => void) | null;
}

/** What goes from tab to tab; "hello" and "here" find out whether there is another. */
type Letter = "hello" | "here" | Mail;
interface Mail {
  readonly packets: readonly RadioPacket[];
  readonly from: string;
  readonly place: Place;
}

export const logKept = 500;
/** So much may come at once: boards' turns are not of one length. */
const burstMs = 100;

export class Ether {
  /** The newest last; always the same array, `onChange` says when it has changed. */
  readonly log: LogEntry[] = [];
  /** Entries that are gone. */
  dropped = 0;
  /** Packets for which there was no time on their channel. */
  lost = 0;
  onChange: (() => void) | null = null;

  private readonly air = new Air<Station>();
  private readonly channel: BroadcastChannel | null;
  private readonly now: () => number;
  private lastMark = 0;
  /** Another tab has been heard of. */
  private hasOthers = false;
  private readonly arriving = new Map<Station, RadioPacket[]>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Per channel and rate, until when it is taken. */
  private readonly takenUntil = new Map<string, number>();

  constructor(now: () => number = () => performance.now(), name: string | null = "blinkyard-radio") {
    this.now = now;
    this.channel = name === null ? null : new BroadcastChannel(name);
    if (!this.channel) return;
    this.channel.onmessage = ({ data }: MessageEvent<Letter>) => this.take(data);
    this.channel.postMessage("hello" satisfies Letter);
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
      onPackets: null,
      send: (packets) => this.send(packets, station),
      heard: (heard) => this.heard(heard, station.name),
      close: () => {
        if (station.hear === hear) station.hear = null;
      },
    };
    const hear = (packets: readonly RadioPacket[]): void => port.onPackets?.(packets);
    station.hear = hear;
    return port;
  }

  /** Sends packets from a station, or from a hand beside it. */
  send(packets: readonly RadioPacket[], station: Station, by: string | null = null): void {
    const mail: Mail = { packets: packets.filter((packet) => this.fits(packet)), from: by ?? station.name, place: station.place };
    this.carry(mail, by === null ? station : null);
    if (this.hasOthers && mail.packets.length > 0) this.channel?.postMessage(mail satisfies Letter);
  }

  clear(): void {
    this.log.length = 0;
    this.dropped = this.lost = 0;
    this.onChange?.();
  }

  close(): void {
    clearTimeout(this.timer);
    this.channel?.close();
  }

  private take(letter: Letter): void {
    this.hasOthers = true;
    if (letter === "hello") this.channel?.postMessage("here" satisfies Letter);
    else if (letter !== "here") this.carry(letter, null);
  }

  private carry({ packets, from, place }: Mail, sender: Station | null): void {
    for (const sent of packets) {
      const mark = ++this.lastMark;
      this.log.push({ mark, atMs: this.now(), from, packet: sent, heard: [] });
      for (const { station, packet } of this.air.reach(sent, place, sender)) {
        if (station.hear === null) continue;
        const pile = this.arriving.get(station);
        if (pile) pile.push({ ...packet, mark });
        else this.arriving.set(station, [{ ...packet, mark }]);
      }
    }
    const gone = Math.max(0, this.log.length - logKept);
    this.log.splice(0, gone);
    this.dropped += gone;
    this.timer ??= setTimeout(() => this.deliver());
    this.onChange?.();
  }

  /** What has come from all boards meanwhile goes to each station in one piece: many packets must not be many messages. */
  private deliver(): void {
    this.timer = undefined;
    const arriving = [...this.arriving];
    this.arriving.clear();
    for (const [station, packets] of arriving) station.hear?.(packets);
  }

  private fits({ channel, rate, bytes }: RadioPacket): boolean {
    const key = `${channel} ${rate}`;
    const now = this.now();
    const free = Math.max(now, this.takenUntil.get(key) ?? 0);
    if (free > now + burstMs) {
      this.lost++;
      return false;
    }
    this.takenUntil.set(key, free + airtime(bytes.length, rate).heardNs / 1e6);
    return true;
  }

  private heard(heard: readonly Heard[], name: string): void {
    // Marks are counted up, so an entry's place follows from its mark.
    const first = this.log[0]?.mark ?? Infinity;
    for (const [mark, rssi] of heard) {
      const entry = this.log[mark - first];
      if (entry?.mark === mark) this.log[mark - first] = { ...entry, heard: [...entry.heard, { name, rssi }] };
    }
    this.onChange?.();
  }
}
