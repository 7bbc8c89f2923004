// The other boards of the page: each with its own program, worker and place, beside the one that is worked on. They start their program
// by themselves when they are switched on, as boards with a battery do.
import type { BoardDescriptor } from "../../boards/descriptor.ts";
import type { Place } from "../../boards/sim/air.ts";
import type { SimOptions } from "../../boards/sim/transport.ts";
import { LinkError, type Transport } from "../../boards/link/transport.ts";
import type { Ether, Station } from "./ether.ts";

export interface Program {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
}

/** One of the other boards, as it is shown. */
export interface Mate {
  readonly id: number;
  readonly name: string;
  readonly board: BoardDescriptor;
  readonly program: Program;
  readonly isOn: boolean;
  readonly parts: Readonly<Record<string, unknown>>;
  /** The last line that its program has printed. */
  readonly line: string;
  readonly place: Place;
}

/** More than this are too many to look after, and for a small computer. */
export const crewMost = 15;
const lineKept = 120;

interface Member {
  mate: Mate;
  readonly station: Station;
  line: Transport | null;
  text: string;
}

export class Crew {
  onChange: (() => void) | null = null;
  /** Parts of a board have changed: a fast path that renders no page. */
  onParts: ((id: number, parts: Readonly<Record<string, unknown>>) => void) | null = null;

  private readonly ether: Ether;
  private readonly simulate: (board: BoardDescriptor, options: SimOptions) => Transport;
  private readonly members = new Map<number, Member>();
  private lastId = 0;

  constructor(ether: Ether, simulate: (board: BoardDescriptor, options: SimOptions) => Transport) {
    this.ether = ether;
    this.simulate = simulate;
  }

  get mates(): readonly Mate[] {
    return [...this.members.values()].map(({ mate }) => mate);
  }

  /** Adds a board that is off. `name` tells it from the others. */
  add(name: string, board: BoardDescriptor, program: Program, place: Place): number {
    const id = ++this.lastId;
    const mate: Mate = { id, name, board, program, isOn: false, parts: {}, line: "", place };
    this.members.set(id, { mate, station: this.ether.join(name, place), line: null, text: "" });
    this.onChange?.();
    return id;
  }

  /** Switches it on, or off and on. */
  async start(id: number): Promise<void> {
    await this.stop(id);
    const member = this.members.get(id);
    if (!member) return;
    const { board, program } = member.mate;
    const encoder = new TextEncoder();
    const files = Object.fromEntries(Object.entries(program.files).map(([name, text]) => [name, encoder.encode(text)]));
    // Each board its own seed: two boards that throw dice must not throw the same.
    const line = this.simulate(board, { files, seed: id + 1, radio: this.ether.port(member.station) });
    member.line = line;
    member.text = "";
    const decoder = new TextDecoder();
    line.onBytes = (bytes) => this.print(member, decoder.decode(bytes, { stream: true }));
    line.onClose = () => this.change(member, { isOn: false });
    const { world } = line;
    if (world) {
      world.onChange = (changed) => {
        member.mate = { ...member.mate, parts: { ...member.mate.parts, ...changed } };
        this.onParts?.(id, member.mate.parts);
      };
      world.onCrash = (message) => this.change(member, { isOn: false, line: message.split("\n")[0]! });
    }
    this.change(member, { line: "" });
    try {
      await line.open();
      if (member.line === line) this.change(member, { isOn: true });
    } catch (error) {
      if (!(error instanceof LinkError)) throw error;
      this.change(member, { isOn: false, line: error.message });
    }
  }

  async stop(id: number): Promise<void> {
    const member = this.members.get(id);
    if (!member?.line) return;
    const { line } = member;
    member.line = null;
    await line.close();
    this.change(member, { isOn: false, parts: {} });
    this.onParts?.(id, {});
  }

  async remove(id: number): Promise<void> {
    const member = this.members.get(id);
    if (!member) return;
    await this.stop(id);
    this.members.delete(id);
    this.ether.leave(member.station);
    this.onChange?.();
  }

  move(id: number, place: Place): void {
    const member = this.members.get(id);
    if (!member) return;
    member.station.place = place;
    this.change(member, { place });
  }

  input(id: number, part: string, event: unknown): void {
    this.members.get(id)?.line?.world?.input(part, event);
  }

  async close(): Promise<void> {
    for (const id of [...this.members.keys()]) await this.remove(id);
  }

  private print(member: Member, text: string): void {
    const lines = (member.text + text).split(/[\r\n]+/);
    member.text = lines.at(-1)!.slice(-lineKept);
    const last = lines.findLast(
      (line) => line.trim() !== "" && !line.startsWith(">>>") && !/^Type "help|^MicroPython v/.test(line),
    );
    if (last !== undefined && last !== member.mate.line) this.change(member, { line: last.slice(0, lineKept) });
  }

  private change(member: Member, part: Partial<Mate>): void {
    member.mate = { ...member.mate, ...part };
    this.onChange?.();
  }
}
