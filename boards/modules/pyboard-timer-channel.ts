// Channels of pyb.Timer, after ports/stm32/timer.c: PWM, output compare, input capture and encoders on the pins whose alternate
// function is that timer's channel.
import type { Alarm, Clock } from "../../interpreter/host.ts";
import {
  call,
  fun,
  funVar,
  type Gen,
  getFloat,
  getInt,
  isExc,
  type Kw,
  type Obj,
  parseArgs,
  printText,
  PyFloat,
  type PyNative,
  type PyType,
  raiseValueError,
  run,
  tracebackText,
  typeKeyboardInterrupt,
} from "../../interpreter/native.ts";
import { Terminal } from "../net.ts";
import type { Hardware } from "../peripheral.ts";
import { alternates } from "../pyboard/pins.ts";
import { type ChannelMode, channelModes, counterModes, type Output } from "../pyboard/tim.ts";
import { callable, interruptsOf } from "./pyboard-irq.ts";
import { modes, PinObject } from "./pyboard-pin-object.ts";
import type { TimerObject } from "./pyboard-timer.ts";
import { BoardObject, newType } from "./shape.ts";

const channelCount = 4;
const unset = -1;
const polarities = { HIGH: 0, LOW: 2, RISING: 0, FALLING: 2, BOTH: 10 } as const;
const withEncoders: ReadonlySet<number> = new Set([1, 2, 3, 4, 5, 8]);

export const channelConstants: Readonly<Record<string, number>> = {
  ...Object.fromEntries(channelModes.map((name, i) => [name, i])),
  ...polarities,
};

class ChannelObject extends BoardObject {
  readonly timer: TimerObject;
  readonly number: number;
  readonly output: Output;
  readonly polarity: number;
  callback: Obj = null;
  readonly handler: Obj;
  match: Alarm | null = null;
  /** Ends what looks at its pins. */
  watches: (() => void)[] = [];

  constructor(type: PyType, timer: TimerObject, number: number, output: Output, polarity: number) {
    super(type);
    this.timer = timer;
    this.number = number;
    this.output = output;
    this.polarity = polarity;
    this.handler = fun("TimerChannel", (_unused: Obj) => guarded(this));
  }
}

function* guarded(self: ChannelObject): Gen {
  if (self.callback === null) return null;
  try {
    yield* run(call(self.callback, [self.timer], null));
  } catch (caught) {
    if (isExc(caught, typeKeyboardInterrupt)) throw caught;
    self.callback = null;
    const place = `Timer(${self.timer.tim.id}) channel ${self.number}`;
    printText(`uncaught exception in ${place} interrupt handler\n${yield* tracebackText(caught as Obj)}`);
  }
  return null;
}

/** The pins that a channel's signal is on: those in alternate-function mode for it. Complementary outputs are its opposite. */
function pinsOf(pins: ReadonlySet<PinObject>, id: number, channel: number): (readonly [PinObject, boolean])[] {
  return [...pins].flatMap((pin) => {
    if (pin.mode !== modes.ALT && pin.mode !== modes.ALT_OPEN_DRAIN) return [];
    const entry = (alternates[pin.cpu] ?? "").split(" ").find((text) => {
      const [, af, unit, line] = /^(\d+):([^_]+)_CH(\d)/.exec(text) ?? [];
      return Number(af) === pin.af && unit === `TIM${id}` && Number(line) === channel;
    });
    return entry === undefined ? [] : [[pin, entry.endsWith("N")] as const];
  });
}

/** Tells each change of a pin's level, also those of pulses that somebody else drives. Gives what ends it. */
function watch(clock: Clock, { pin }: PinObject, onEdge: (level: 0 | 1) => void): () => void {
  const terminal = new Terminal(pin.net);
  let level = pin.read();
  let alarm: Alarm | null = null;
  const look = (): void => {
    alarm?.cancel();
    alarm = null;
    const now = pin.read();
    const next = pin.nextEdgeNs;
    // A nanosecond later the new level is there for sure.
    if (next !== Infinity) alarm = clock.alarm(next + 1, look);
    if (now === level) return;
    level = now;
    onEdge(now);
  };
  terminal.onSettle = look;
  look();
  return () => {
    alarm?.cancel();
    terminal.close();
  };
}

export class Channels {
  private readonly hw: Hardware;
  private readonly type: PyType;
  private readonly timer: TimerObject;
  private readonly channels = new Map<number, ChannelObject>();
  /** Pins that a program has given to this timer. */
  private readonly pins = new Set<PinObject>();

  static maker(hw: Hardware): (timer: TimerObject) => Channels {
    const type = makeType();
    return (timer) => new Channels(hw, type, timer);
  }

  private constructor(hw: Hardware, type: PyType, timer: TimerObject) {
    this.hw = hw;
    this.type = type;
    this.timer = timer;
  }

  close(): void {
    for (const channel of this.channels.values()) this.take(channel);
    this.channels.clear();
    this.pins.clear();
  }

  /** Timer.channel(number, mode, ...). */
  channel(args: readonly Obj[], kw: Kw | null): Obj {
    const number = getInt(args[0] ?? raiseValueError("invalid channel (0)"));
    if (number < 1 || number > channelCount) raiseValueError(`invalid channel (${number})`);
    const before = this.channels.get(number);
    if (args.length === 1 && (kw === null || kw.size === 0)) return before ?? null;
    if (before) this.take(before);
    this.channels.delete(number);
    const { tim } = this.timer;
    const [mode, callback, pin, width, percent, us, ns, compare, polarity] = parseArgs(
      [
        { name: "mode" },
        { name: "callback", default: null, kwOnly: true },
        { name: "pin", default: null, kwOnly: true },
        { name: "pulse_width", default: 0, kwOnly: true },
        { name: "pulse_width_percent", default: null, kwOnly: true },
        { name: "pulse_width_us", default: null, kwOnly: true },
        { name: "pulse_width_ns", default: null, kwOnly: true },
        { name: "compare", default: 0, kwOnly: true },
        { name: "polarity", default: unset, kwOnly: true },
      ],
      args.slice(1),
      kw,
    ) as [Obj, Obj, Obj, Obj, Obj, Obj, Obj, Obj, Obj];
    const kind = channelModes[getInt(mode)];
    if (kind === undefined) raiseValueError(`invalid mode (${getInt(mode)})`);
    if (pin !== null) this.give(pin);
    const isPwm = kind === "PWM" || kind === "PWM_INVERTED";
    const sign = getInt(polarity) === unset ? 0 : getInt(polarity);
    const allowed: readonly number[] = isPwm ? [sign] : kind.startsWith("OC") ? [0, 2] : [0, 2, 10];
    if (!allowed.includes(sign)) raiseValueError(`invalid polarity (${sign})`);
    const wanted = !isPwm
      ? getInt(compare)
      : percent !== null
        ? fromPercent(this.timer, percent)
        : us !== null
          ? fromTime(this.timer, us, 1e6)
          : ns !== null
            ? fromTime(this.timer, ns, 1e9)
            : getInt(width);
    const output: Output = {
      mode: kind,
      compare: (wanted & tim.mask) >>> 0,
      isInverted: kind.startsWith("OC") && sign === polarities.LOW,
      isActive: kind === "OC_INACTIVE",
    };
    const made = new ChannelObject(this.type, this.timer, number, output, sign);
    if (kind.startsWith("ENC")) {
      if (!withEncoders.has(tim.id)) raiseValueError(`encoder not supported on timer ${tim.id}`);
      tim.encode();
    }
    this.channels.set(number, made);
    made.callback = callable(callback);
    this.apply();
    return made;
  }

  /** Everything that follows from the counter's settings: what pins are driven to, when there is a match, what edges do. */
  apply(): void {
    for (const channel of this.channels.values()) this.applyOne(channel);
  }

  private applyOne(channel: ChannelObject): void {
    const { tim } = this.timer;
    const { output } = channel;
    const pins = pinsOf(this.pins, tim.id, channel.number);
    for (const end of channel.watches.splice(0)) end();
    if (output.mode === "IC")
      channel.watches = pins.map(([pin]) => watch(this.hw.clock, pin, (level) => this.capture(channel, level)));
    // One encoder for both channels: the first of them counts.
    else if (output.mode.startsWith("ENC")) channel.watches = this.isFirstEncoder(channel) ? this.encode(output.mode) : [];
    else
      for (const [pin, isOpposite] of pins) pin.pin.lend(tim.drive({ ...output, isInverted: output.isInverted !== isOpposite }));
    this.await(channel);
  }

  /** The next match, for a callback or for an output that changes once. */
  private await(channel: ChannelObject): void {
    channel.match?.cancel();
    channel.match = null;
    const { output } = channel;
    const changesOnce = (output.mode === "OC_ACTIVE" && !output.isActive) || (output.mode === "OC_INACTIVE" && output.isActive);
    const isCompare = output.mode !== "IC" && !output.mode.startsWith("ENC") && !output.mode.startsWith("OC_FORCED");
    if (!isCompare || (channel.callback === null && !changesOnce)) return;
    const at = this.timer.tim.nextMatchNs(output.compare);
    if (at === Infinity) return;
    channel.match = this.hw.clock.alarm(at, () => {
      if (changesOnce) output.isActive = output.mode === "OC_ACTIVE";
      if (channel.callback !== null) interruptsOf(this.hw).raise(channel.handler);
      this.applyOne(channel);
    });
  }

  private capture(channel: ChannelObject, level: 0 | 1): void {
    const { polarity, output } = channel;
    const isWanted = polarity === polarities.BOTH || (polarity === polarities.FALLING ? level === 0 : level === 1);
    if (!isWanted) return;
    output.compare = this.timer.tim.counter;
    if (channel.callback !== null) interruptsOf(this.hw).raise(channel.handler);
  }

  /** RM0090 table 93: an edge of one signal counts up or down by the level of the other. */
  private encode(mode: ChannelMode): (() => void)[] {
    const { tim } = this.timer;
    const [first] = pinsOf(this.pins, tim.id, 1)[0] ?? [];
    const [second] = pinsOf(this.pins, tim.id, 2)[0] ?? [];
    const [a, b] = [() => first?.pin.read() ?? 0, () => second?.pin.read() ?? 0];
    const { clock } = this.hw;
    return [
      ...(first && mode !== "ENC_B" ? [watch(clock, first, (level) => tim.step(b() === level ? -1 : 1))] : []),
      ...(second && mode !== "ENC_A" ? [watch(clock, second, (level) => tim.step(a() === level ? 1 : -1))] : []),
    ];
  }

  private isFirstEncoder({ number }: ChannelObject): boolean {
    return ![...this.channels.values()].some((other) => other.number < number && other.output.mode.startsWith("ENC"));
  }

  private give(pin: Obj): void {
    if (!(pin instanceof PinObject)) raiseValueError("pin argument needs to be a Pin type");
    const { id } = this.timer.tim;
    const entry = (alternates[pin.cpu] ?? "").split(" ").find((text) => new RegExp(`^\\d+:TIM${id}_`).test(text));
    if (entry === undefined) raiseValueError(`Pin(${pin.cpu}) doesn't have an alt for Timer(${id})`);
    pin.configure(modes.ALT, 0, Number(entry.split(":")[0]));
    this.pins.add(pin);
  }

  private take(channel: ChannelObject): void {
    channel.callback = null;
    channel.match?.cancel();
    channel.match = null;
    for (const end of channel.watches.splice(0)) end();
    for (const [pin] of pinsOf(this.pins, this.timer.tim.id, channel.number)) pin.pin.lend(null);
  }

  /** A channel has changed by itself. */
  changed(channel: ChannelObject): void {
    this.applyOne(channel);
  }
}

/** In edge mode all of a cycle is one tick more than the auto-reload value. */
const whole = ({ tim }: TimerObject): number =>
  tim.mode === counterModes.CENTER || tim.period === 0xffffffff ? tim.period : tim.period + 1;

function fromPercent(timer: TimerObject, percent: Obj): number {
  const all = whole(timer);
  const share = percent instanceof PyFloat ? getFloat(percent) : getInt(percent);
  if (share <= 0) return 0;
  return share >= 100 ? all : Math.floor((share * all) / 100);
}
const ticksHz = ({ tim }: TimerObject): number => Math.floor(tim.sourceHz / (tim.prescaler + 1));
const fromTime = (timer: TimerObject, time: Obj, perSecond: number): number =>
  Math.floor((getInt(time) * ticksHz(timer)) / perSecond);

function makeType(): PyType {
  const value = (name: string, get: (self: ChannelObject) => Obj, toTicks: (self: ChannelObject, o: Obj) => number): PyNative =>
    funVar(
      name,
      ([o, given]) => {
        const self = o as ChannelObject;
        if (given === undefined) return get(self);
        self.output.compare = (toTicks(self, given) & self.timer.tim.mask) >>> 0;
        self.timer.channels.changed(self);
        return null;
      },
      1,
      2,
    );
  const plain = (name: string): PyNative =>
    value(
      name,
      (self) => self.output.compare,
      (_self, o) => getInt(o),
    );
  const timed = (name: string, perSecond: number): PyNative =>
    value(
      name,
      (self) => Math.floor((self.output.compare * perSecond) / ticksHz(self.timer)),
      (self, o) => fromTime(self.timer, o, perSecond),
    );
  const methods = [
    fun("callback", (self: ChannelObject, callback: Obj) => {
      self.callback = callable(callback);
      self.timer.channels.changed(self);
      return null;
    }),
    plain("pulse_width"),
    value(
      "pulse_width_percent",
      (self) => new PyFloat(Math.min(100, (self.output.compare * 100) / whole(self.timer))),
      (self, o) => fromPercent(self.timer, o),
    ),
    timed("pulse_width_us", 1e6),
    timed("pulse_width_ns", 1e9),
    plain("capture"),
    plain("compare"),
  ];
  const type = newType("TimerChannel", Object.fromEntries(methods.map((method) => [method.name, method])));
  type.print = (self: ChannelObject) =>
    `TimerChannel(timer=${self.timer.tim.id}, channel=${self.number}, mode=${self.output.mode})`;
  return type;
}
