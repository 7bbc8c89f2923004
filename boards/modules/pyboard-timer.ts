// pyb.Timer, after ports/stm32/timer.c, over the counters of pyboard/tim.ts. Its channels are pyboard-timer-channel.ts.
import {
  call,
  fun,
  funVar,
  type Gen,
  getFloat,
  getInt,
  isExc,
  isTrue,
  type Kw,
  type Obj,
  parseArgs,
  printText,
  PyFloat,
  PyNative,
  PyType,
  raiseTypeError,
  raiseValueError,
  run,
  tracebackText,
  typeKeyboardInterrupt,
} from "../../interpreter/native.ts";
import type { Hardware } from "../peripheral.ts";
import { counterModes, Tim } from "../pyboard/tim.ts";
import { callable, interruptsOf } from "./pyboard-irq.ts";
import { Channels, channelConstants } from "./pyboard-timer-channel.ts";
import { BoardObject, newType } from "./shape.ts";

const timerCount = 14;
/** The firmware's own: it has TIM3 for the flash's cache, TIM5 for servos may be had, TIM6 for converters too. */
const reserved: ReadonlySet<number> = new Set([3]);
/** TIM1 and TIM8 have dead time and a break input. */
const advanced: ReadonlySet<number> = new Set([1, 8]);
const prescalerMost = 0x10000;
const given = -1;
const breaks = { BRK_OFF: 0, BRK_LOW: 1, BRK_HIGH: 2 } as const;

export class TimerObject extends BoardObject {
  readonly tim: Tim;
  readonly channels: Channels;
  callback: Obj = null;
  /** Configured since the reset. */
  isInit = false;
  div = 1;
  deadtime = 0;
  brk = 0;
  private readonly handler: Obj;

  constructor(type: PyType, hw: Hardware, id: number, channels: (timer: TimerObject) => Channels) {
    super(type);
    this.tim = new Tim(hw.clock, id);
    this.handler = fun("Timer", (_unused: Obj) => guarded(this));
    this.channels = channels(this);
    this.interrupt = () => interruptsOf(hw).raise(this.handler);
  }
  private readonly interrupt: () => void;

  setCallback(callback: Obj): void {
    this.callback = callback;
    this.tim.listen(callback === null ? null : this.interrupt);
  }

  stop(): void {
    this.setCallback(null);
    this.channels.close();
    this.tim.stop();
    this.isInit = false;
  }
}

/** A callback that raises is told of and does not come again. */
function* guarded(self: TimerObject): Gen {
  if (self.callback === null) return null;
  try {
    yield* run(call(self.callback, [self], null));
  } catch (caught) {
    if (isExc(caught, typeKeyboardInterrupt)) throw caught;
    self.setCallback(null);
    printText(`uncaught exception in Timer(${self.tim.id}) interrupt handler\n${yield* tracebackText(caught as Obj)}`);
  }
  return null;
}

const byHardware = new WeakMap<Hardware, Map<number, TimerObject>>();

/** All timers stop: a reset. */
export function stopTimers(hw: Hardware): void {
  const timers = byHardware.get(hw);
  for (const timer of timers?.values() ?? []) timer.stop();
  timers?.clear();
}

export function makeTimer(hw: Hardware): PyType {
  const timers = byHardware.get(hw) ?? new Map<number, TimerObject>();
  byHardware.set(hw, timers);
  const channelsOf = Channels.maker(hw);
  const init = initOf();
  const methods: readonly PyNative[] = [
    funVar("init", ([self, ...args], kw) => init(self as TimerObject, args, kw), 1),
    fun("deinit", (self: TimerObject) => {
      self.stop();
      return null;
    }),
    funVar("channel", ([self, ...args], kw) => (self as TimerObject).channels.channel(args, kw), 1),
    funVar(
      "counter",
      ([self, value]) => {
        const { tim } = self as TimerObject;
        if (value === undefined) return tim.counter;
        tim.counter = getInt(value);
        (self as TimerObject).channels.apply();
        return null;
      },
      1,
      2,
    ),
    fun("source_freq", (self: TimerObject) => self.tim.sourceHz),
    funVar(
      "freq",
      ([self, value]) => {
        const { tim } = self as TimerObject;
        if (value === undefined) return frequencyOf(tim);
        reload(self as TimerObject, ...scaleFor(tim, value));
        return null;
      },
      1,
      2,
    ),
    funVar(
      "prescaler",
      ([self, value]) => {
        const { tim } = self as TimerObject;
        if (value === undefined) return tim.prescaler;
        reload(self as TimerObject, getInt(value), tim.period);
        return null;
      },
      1,
      2,
    ),
    funVar(
      "period",
      ([self, value]) => {
        const { tim } = self as TimerObject;
        if (value === undefined) return tim.period;
        reload(self as TimerObject, tim.prescaler, getInt(value));
        return null;
      },
      1,
      2,
    ),
    fun("callback", (self: TimerObject, callback: Obj) => {
      self.setCallback(callable(callback));
      return null;
    }),
  ];
  const constants = { ...counterModes, ...channelConstants, ...breaks };
  const type = newType("Timer", Object.fromEntries(methods.map((method) => [method.name, method])), constants);
  type.print = (self: TimerObject) => printed(self);
  type.makeNew = function* (_type, args, kw) {
    if (args.length === 0) raiseTypeError("function missing 1 required positional arguments");
    const id = getInt(args[0]!);
    if (id <= 0 || id > timerCount) raiseValueError(`Timer(${id}) doesn't exist`);
    if (reserved.has(id)) raiseValueError(`Timer(${id}) is reserved`);
    const timer = timers.get(id) ?? new TimerObject(type, hw, id, channelsOf);
    timers.set(id, timer);
    if (args.length > 1 || (kw !== null && kw.size > 0)) yield* run(init(timer, args.slice(1), kw));
    return timer;
  };
  return type;
}

function reload(self: TimerObject, prescaler: number, period: number): void {
  self.tim.set(prescaler, period);
  self.channels.apply();
}

function initOf() {
  const params = [
    { name: "freq", default: null, kwOnly: true },
    { name: "prescaler", default: given, kwOnly: true },
    { name: "period", default: given, kwOnly: true },
    { name: "tick_hz", default: 1000, kwOnly: true },
    { name: "mode", default: counterModes.UP, kwOnly: true },
    { name: "div", default: 1, kwOnly: true },
    { name: "callback", default: null, kwOnly: true },
    { name: "deadtime", default: 0, kwOnly: true },
    { name: "brk", default: breaks.BRK_OFF, kwOnly: true },
    { name: "hard", default: true, kwOnly: true },
  ];
  return function* (self: TimerObject, args: readonly Obj[], kw: Kw | null): Gen {
    const [freq, prescaler, period, tickHz, mode, div, callback, deadtime, brk, hard] = parseArgs(params, args, kw);
    const { tim } = self;
    yield* run(isTrue(hard!));
    const [scale, reloaded] =
      freq !== null
        ? scaleFor(tim, freq!)
        : getInt(prescaler!) !== given && getInt(period!) !== given
          ? [getInt(prescaler!), getInt(period!)]
          : getInt(period!) !== given
            ? scaleForTicks(tim, getInt(period!), getInt(tickHz!))
            : raiseTypeError("must specify either freq, period, or prescaler and period");
    const counting = getInt(mode!);
    if (!Object.values<number>(counterModes).includes(counting)) raiseValueError(`invalid mode (${counting})`);
    self.div = [2, 4].includes(getInt(div!)) ? getInt(div!) : 1;
    self.deadtime = deadtimeOf(getInt(deadtime!));
    self.brk = getInt(brk!);
    self.isInit = true;
    tim.start(scale, reloaded, counting);
    self.setCallback(callable(callback!));
    self.channels.apply();
    return null;
  };
}

/** Prescaler and auto-reload for a frequency: exact factors first, then halves. */
function scaleFor(tim: Tim, freq: Obj): readonly [prescaler: number, period: number] {
  let scale = 1;
  let period: number;
  if (freq instanceof PyFloat) {
    let hertz = Math.fround(getFloat(freq));
    if (hertz <= 0) raiseValueError("must have positive freq");
    while (hertz < 1 && scale < 6553) {
      scale *= 10;
      hertz = Math.fround(hertz * 10);
    }
    period = Math.trunc(Math.fround(tim.sourceHz / hertz));
  } else {
    const hertz = getInt(freq);
    if (hertz <= 0) raiseValueError("must have positive freq");
    period = Math.floor(tim.sourceHz / hertz);
  }
  period = Math.max(1, period);
  while (period > tim.mask) {
    if (period % 5 === 0 && scale * 5 <= prescalerMost) [scale, period] = [scale * 5, period / 5];
    else if (period % 3 === 0 && scale * 3 <= prescalerMost) [scale, period] = [scale * 3, period / 3];
    else if (scale * 2 <= prescalerMost) [scale, period] = [scale * 2, Math.floor(period / 2)];
    else if (scale < prescalerMost) [scale, period] = [prescalerMost, Math.floor((period * scale) / prescalerMost)];
    else raiseValueError("freq too small");
  }
  return [scale - 1, period - 1];
}

/** The same for so many ticks of a rate. */
function scaleForTicks(tim: Tim, ticks: number, hertz: number): readonly [prescaler: number, period: number] {
  if (ticks <= 0 || hertz <= 0) raiseValueError("must have positive freq");
  let period = Math.floor((tim.sourceHz * ticks) / hertz);
  let scale = 1;
  while (period > tim.mask) {
    if (scale <= 13107 && period % 5 === 0) [scale, period] = [scale * 5, period / 5];
    else if (scale <= 21845 && period % 3 === 0) [scale, period] = [scale * 3, period / 3];
    else {
      const odd = period % 2;
      [scale, period] = [scale * 2, Math.floor(period / 2)];
      if (period < scale) scale |= odd;
      if (scale > prescalerMost) raiseValueError("period too large");
    }
  }
  return [scale - 1, period - 1];
}

function frequencyOf({ sourceHz, prescaler, period }: Tim): Obj {
  if (sourceHz % (prescaler + 1) !== 0) return new PyFloat(sourceHz / (prescaler + 1) / (period + 1));
  const hertz = sourceHz / (prescaler + 1);
  return hertz % (period + 1) === 0 ? hertz / (period + 1) : new PyFloat(hertz / (period + 1));
}

/** The dead time that its register can hold: in steps of 1, 2, 8 and 16 (RM0090 17.4.18, DTG). */
function deadtimeOf(ticks: number): number {
  if (ticks <= 0) return 0;
  if (ticks < 128) return ticks;
  if (ticks < 256) return 128 + Math.floor((ticks - 128) / 2) * 2;
  if (ticks < 512) return 256 + Math.floor((ticks - 256) / 8) * 8;
  return ticks < 1008 ? 512 + Math.floor((ticks - 512) / 16) * 16 : 1008;
}

function printed(self: TimerObject): string {
  const { tim, div, deadtime, brk, isInit } = self;
  if (!isInit) return `Timer(${tim.id})`;
  const freq = Math.floor(tim.sourceHz / ((tim.prescaler + 1) * (tim.period + 1)));
  const mode = Object.keys(counterModes).find((name) => counterModes[name as keyof typeof counterModes] === tim.mode)!;
  const word = Object.keys(breaks).find((name) => breaks[name as keyof typeof breaks] === brk) ?? "BRK_HIGH";
  const more = advanced.has(tim.id) ? `, deadtime=${deadtime}, brk=${word}` : "";
  return `Timer(${tim.id}, freq=${freq}, prescaler=${tim.prescaler}, period=${tim.period}, mode=${mode}, div=${div}${more})`;
}
