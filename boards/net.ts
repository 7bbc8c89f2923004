// The wires of a board: what is connected to one point and what voltage that gives. Pins and parts are terminals of nets.
// A door for whoever models hardware; no pins, no Python. Resistances decide who wins, as on a breadboard.
import type { Clock } from "../interpreter/host.ts";

/** Both micro:bits and the pyboard run on 3.3 V. */
export const supplyVolts = 3.3;

/** A voltage behind a resistance: an output, a pull resistor, a divider, a battery. */
export interface Source {
  readonly volts: number;
  readonly ohms: number;
}

/** A source that switches: high for `highNs` of each `periodNs`, counted from `startNs`, at the beginning or the end of the period. */
export interface Pwm {
  readonly periodNs: number;
  readonly highNs: number;
  readonly startNs: number;
  readonly highAtEnd: boolean;
  readonly ohms: number;
}

/** What a terminal puts on its net. Null lets go of it. */
export type Drive = Source | Pwm | null;

/** What speaks over a net by a protocol rather than by levels; see bus.ts. */
export interface Speaker {
  readonly line: string;
  readonly device: object;
}

// A wire still has some resistance, so that two outputs against each other give a number.
const leastOhms = 0.1;
// Above this a digital input cannot tell a floating wire from a driven one: the touch pins' 10 MOhm still count.
const floatingOhms = 50e6;

export class Net {
  private readonly clock: Clock;
  private readonly terminals = new Set<Terminal>();
  private isSettling = false;
  private again = false;
  /** Those that were put on this net; a wire may have them meet on another. */
  private readonly own = new Set<Terminal>();
  private readonly wires: Net[] = [];
  private meeting: Net = this;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Volts now, or null when nothing holds the net. Sources weaker than `weakestOhms` do not count. */
  volts(weakestOhms = floatingOhms): number | null {
    let amps = 0;
    let siemens = 0;
    for (const terminal of this.terminals) {
      const source = sourceAt(terminal.drive, this.clock.ns);
      if (source === null || source.ohms > weakestOhms) continue;
      const ohms = Math.max(source.ohms, leastOhms);
      amps += source.volts / ohms;
      siemens += 1 / ohms;
    }
    return siemens === 0 ? null : amps / siemens;
  }

  /** Volts on average over a PWM period: what a lamp or a motor sees. */
  get meanVolts(): number {
    const pwm = this.pwm;
    if (pwm === null) return this.volts() ?? 0;
    const share = pwm.periodNs === 0 ? 0 : pwm.highNs / pwm.periodNs;
    return supplyVolts * share;
  }

  /** The switching drive on this net, if there is one. */
  get pwm(): Pwm | null {
    for (const { drive } of this.terminals) if (drive !== null && "periodNs" in drive) return drive;
    return null;
  }

  /** When the level changes by itself next, in clock ns: PWM edges. Infinity when only others change it. */
  get nextEdgeNs(): number {
    const pwm = this.pwm;
    return pwm === null ? Infinity : nextEdge(pwm, this.clock.ns);
  }

  /** Those that speak a protocol on this net. */
  speakers(line: string): readonly object[] {
    return [...this.terminals].flatMap(({ speaks }) => (speaks?.line === line ? [speaks.device] : []));
  }

  /** Takes up a terminal that is new on it, and says on which net it really is. */
  adopt(terminal: Terminal): Net {
    this.own.add(terminal);
    return this.meeting;
  }
  abandon(terminal: Terminal): void {
    this.own.delete(terminal);
  }

  attach(terminal: Terminal): void {
    this.terminals.add(terminal);
    this.settle();
  }
  detach(terminal: Terminal): void {
    this.terminals.delete(terminal);
    this.settle();
  }

  /** A wire from this net to the other: what is on either meets on one. */
  join(other: Net): void {
    this.wires.push(other);
    other.wires.push(this);
    this.gather();
  }

  /** Takes one such wire away. */
  part(other: Net): void {
    if (!this.wires.includes(other)) return;
    this.wires.splice(this.wires.indexOf(other), 1);
    other.wires.splice(other.wires.indexOf(this), 1);
    this.gather();
    other.gather();
  }

  /** Everything that wires lead to from here moves onto this net. */
  private gather(): void {
    const reached = new Set<Net>([this]);
    for (const net of reached) for (const next of net.wires) reached.add(next);
    for (const net of reached) {
      net.meeting = this;
      for (const terminal of net.own) terminal.moveTo(this);
    }
  }

  /** Tells everybody on the net that the voltage may be another one. */
  settle(): void {
    // Who is told may drive the net in turn; one more round then, rather than one inside the other.
    if (this.isSettling) {
      this.again = true;
      return;
    }
    this.isSettling = true;
    for (let rounds = 0; rounds < 8; rounds++) {
      this.again = false;
      for (const terminal of this.terminals) terminal.onSettle?.();
      if (!this.again) break;
    }
    this.isSettling = false;
  }
}

/** One end of a pin or part on a net. */
export class Terminal {
  drive: Drive = null;
  onSettle: (() => void) | null = null;
  readonly speaks: Speaker | null;
  private readonly home: Net;
  private current: Net;

  constructor(net: Net, speaks: Speaker | null = null) {
    this.home = net;
    this.speaks = speaks;
    this.current = net.adopt(this);
    this.current.attach(this);
  }

  get net(): Net {
    return this.current;
  }
  get volts(): number | null {
    return this.current.volts();
  }

  set(drive: Drive): void {
    this.drive = drive;
    this.current.settle();
  }

  /** A wire was put in or taken out (Net.join). */
  moveTo(net: Net): void {
    if (net === this.current) return;
    this.current.detach(this);
    this.current = net;
    net.attach(this);
  }

  close(): void {
    this.onSettle = null;
    this.drive = null;
    this.current.detach(this);
    this.home.abandon(this);
  }
}

function sourceAt(drive: Drive, ns: number): Source | null {
  if (drive === null || "volts" in drive) return drive;
  return { volts: isHigh(drive, ns) ? supplyVolts : 0, ohms: drive.ohms };
}

function isHigh(pwm: Pwm, ns: number): boolean {
  const phase = phaseOf(pwm, ns);
  return pwm.highAtEnd ? phase >= pwm.periodNs - pwm.highNs : phase < pwm.highNs;
}

function phaseOf(pwm: Pwm, ns: number): number {
  if (pwm.periodNs <= 0) return 0;
  return (((ns - pwm.startNs) % pwm.periodNs) + pwm.periodNs) % pwm.periodNs;
}

function nextEdge(pwm: Pwm, ns: number): number {
  if (pwm.periodNs <= 0 || pwm.highNs <= 0 || pwm.highNs >= pwm.periodNs) return Infinity;
  const phase = phaseOf(pwm, ns);
  const inside = pwm.highAtEnd ? pwm.periodNs - pwm.highNs : pwm.highNs;
  return ns - phase + (phase < inside ? inside : pwm.periodNs);
}
