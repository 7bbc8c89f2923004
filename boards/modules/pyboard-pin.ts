// The pyboard's Pin class, which pyb and machine share, after ports/stm32/pin.c. Modes, pulls and alternate functions are kept as the
// chip's registers would; levels are the Pin part's.
import {
  call,
  fun,
  funKw,
  funVar,
  getInt,
  isTrue,
  type Gen,
  type Obj,
  parseArgs,
  type Kw,
  PyClassmethod,
  PyDict,
  PyList,
  PyNative,
  PyType,
  raiseTypeError,
  raiseValueError,
  run,
  typeOf,
} from "../../interpreter/native.ts";
import type { Hardware } from "../peripheral.ts";
import { alternates, bases, gpioOf, innerPins, numberOf, otherNames, portOf } from "../pyboard/pins.ts";
import { extIntModes, linesOf } from "./pyboard-extint.ts";
import { modes, PinObject, pulls } from "./pyboard-pin-object.ts";
import { BoardObject, newType } from "./shape.ts";

/** The simulated chip's 12 bytes. */
export const pyboardId: Uint8Array = Uint8Array.from([0x42, 0x00, 0x2a, 0x00, 0x0c, 0x47, 0x33, 0x31, 0x30, 0x38, 0x39, 0x31]);

interface PinNames {
  readonly type: PyType;
  readonly board: ReadonlyMap<string, PinObject>;
  /** The pin that a program means, by object or name. */
  find(id: Obj): Gen<PinObject>;
  /** Forgets a program's own names for pins; after a hard reset also what the pins were. */
  forget(kind: "soft" | "hard"): void;
}

const alternatesMost = 15;
const byHardware = new WeakMap<Hardware, PinNames>();

/** The class and its pins, the same for pyb and machine. Pins stay as they are over a soft reset. */
export function pyboardPins(hw: Hardware): PinNames {
  let names = byHardware.get(hw);
  if (!names) {
    names = makePins(hw);
    byHardware.set(hw, names);
  }
  return names;
}

class AlternateObject extends BoardObject {
  readonly index: number;
  readonly unit: string;
  constructor(type: PyType, index: number, unit: string) {
    super(type);
    this.index = index;
    this.unit = unit;
  }
  get name(): string {
    return `AF${this.index}_${this.unit}`;
  }
}

function makePins(hw: Hardware): PinNames {
  const type = new PyType("Pin");
  const objects = [...hw.pins].map(([name, pin]) => [name, new PinObject(type, pin, cpuOf(hw, name))] as const);
  const board = new Map(objects);
  for (const [other, name] of Object.entries(otherNames)) board.set(other, board.get(name)!);
  const cpu = new Map(objects.map(([, object]) => [object.cpu, object]));
  let mapper: Obj = null;
  let dict: Obj = null;
  let isDebugging = false;

  const find = function* (id: Obj): Gen<PinObject> {
    if (id instanceof PinObject) return id;
    if (mapper !== null) {
      const found = yield* run(call(mapper, [id], null));
      if (found !== null && !(found instanceof PinObject)) raiseValueError("Pin.mapper didn't return a Pin object");
      if (found !== null) return found;
    }
    if (dict instanceof PyDict) {
      const found = typeof id === "string" ? dict.getStr(id) : undefined;
      if (found instanceof PinObject) return found;
    }
    const found = typeof id === "string" ? (board.get(id) ?? cpu.get(id)) : undefined;
    if (found) return found;
    if (typeof id !== "string") raiseTypeError(`can't convert '${typeOf(id).name}' object to str implicitly`);
    raiseValueError(`Pin(${id}) doesn't exist`);
  };
  const put = function* (self: PinObject, level: Obj): Gen {
    self.write((yield* run(isTrue(level))) ? 1 : 0);
    return null;
  };
  const value = (self: PinObject, level: Obj | undefined): Obj | Gen => (level === undefined ? self.read() : put(self, level));
  const init = function* (self: PinObject, args: readonly Obj[], kw: Kw | null): Gen {
    const [mode, pull, af, level, alt] = parseArgs(
      [
        { name: "mode" },
        { name: "pull", default: null },
        { name: "af", default: -1 },
        { name: "value", default: unset, kwOnly: true },
        { name: "alt", default: -1, kwOnly: true },
      ],
      args,
      kw,
    ) as [Obj, Obj, Obj, Obj, Obj];
    const wanted = getInt(mode);
    const isIrq = extIntModes.has(wanted);
    if (!isIrq && !Object.values<number>(modes).includes(wanted)) raiseValueError(`invalid pin mode: ${wanted}`);
    const pulled = pull === null ? 0 : getInt(pull);
    if (pulls[pulled] === undefined) raiseValueError(`invalid pin pull: ${pulled}`);
    const alternate = getInt(alt) === -1 ? getInt(af) : getInt(alt);
    const needsAf = wanted === modes.ALT || wanted === modes.ALT_OPEN_DRAIN;
    if (needsAf && (alternate < 0 || alternate > alternatesMost)) raiseValueError(`invalid pin af: ${alternate}`);
    if (level !== unset) self.pin.latch = (yield* run(isTrue(level))) ? 1 : 0;
    self.configure(isIrq ? modes.IN : wanted, pulled, alternate);
    return null;
  };

  const alternateType = newType("PinAF", {
    index: (self: AlternateObject) => self.index,
    name: (self: AlternateObject) => self.name,
    reg: (self: AlternateObject) => bases[self.unit] ?? 0,
  });
  alternateType.print = (self: AlternateObject) => `Pin.${self.name}`;
  const alternatesOf = (self: PinObject): AlternateObject[] =>
    (alternates[self.cpu] ?? "")
      .split(" ")
      .filter(Boolean)
      .map((entry) => {
        const [, index, unit] = /^(\d+):([^_]+)/.exec(entry)!;
        return new AlternateObject(alternateType, Number(index), unit!);
      });

  type.makeNew = function* (_type, args, kw) {
    if (args.length === 0) raiseTypeError("function missing 1 required positional arguments");
    const found = yield* find(args[0]!);
    if (args.length > 1 || (kw !== null && kw.size > 0)) yield* init(found, args.slice(1), kw);
    return found;
  };
  type.call = (self: PinObject, args) => value(self, args[0]);
  type.print = (self: PinObject) => {
    const { cpu: name, mode, pull, af } = self;
    const word = Object.keys(modes).find((key) => modes[key as keyof typeof modes] === mode)!;
    if (mode === modes.ANALOG) return `Pin(Pin.cpu.${name}, mode=Pin.ANALOG)`;
    const pulled = pull === 0 ? "" : `, pull=Pin.PULL_${pulls[pull]!.toUpperCase()}`;
    if (mode !== modes.ALT && mode !== modes.ALT_OPEN_DRAIN) return `Pin(Pin.cpu.${name}, mode=Pin.${word}${pulled})`;
    const known = alternatesOf(self).find(({ index }) => index === af);
    return `Pin(Pin.cpu.${name}, mode=Pin.${word}${pulled}, alt=${known ? `Pin.${known.name}` : af})`;
  };
  const setting = (name: string, get: () => Obj, set: (o: Obj) => Obj | Gen): PyClassmethod =>
    new PyClassmethod(funVar(name, ([, given]) => (given === undefined ? get() : set(given)), 1, 2));
  const methods: readonly PyNative[] = [
    funVar("init", ([self, ...args], kw) => init(self as PinObject, args, kw), 1),
    funVar("value", ([self, level]) => value(self as PinObject, level), 1, 2),
    fun("off", (self: PinObject) => put(self, 0)),
    fun("on", (self: PinObject) => put(self, 1)),
    irqMethod(hw),
    fun("low", (self: PinObject) => put(self, 0)),
    fun("high", (self: PinObject) => put(self, 1)),
    fun("name", (self: PinObject) => self.cpu),
    fun("names", (self: PinObject) => new PyList([self.cpu, ...[...board].flatMap(([n, o]) => (o === self ? [n] : []))])),
    fun("af_list", (self: PinObject) => new PyList(alternatesOf(self))),
    fun("port", (self: PinObject) => portOf(self.cpu)),
    fun("pin", (self: PinObject) => numberOf(self.cpu)),
    fun("gpio", (self: PinObject) => gpioOf(self.cpu)),
    fun("mode", (self: PinObject) => self.mode),
    fun("pull", (self: PinObject) => self.pull),
    fun("af", (self: PinObject) => self.af),
  ];
  for (const method of methods) type.proto[`$${method.name}`] = method;
  type.proto.$mapper = setting(
    "mapper",
    () => mapper,
    (o) => ((mapper = o), null),
  );
  type.proto.$dict = setting(
    "dict",
    () => dict,
    (o) => ((dict = o), null),
  );
  type.proto.$debug = setting(
    "debug",
    () => isDebugging,
    function* (o) {
      isDebugging = yield* run(isTrue(o));
      return null;
    },
  );
  type.proto.$board = newType("board", Object.fromEntries(board));
  type.proto.$cpu = newType("cpu", Object.fromEntries(cpu));
  for (const [name, number] of Object.entries(constantsOf())) type.proto[`$${name}`] = number;
  const forget = (kind: "soft" | "hard"): void => {
    mapper = dict = null;
    isDebugging = false;
    if (kind === "hard") for (const [, object] of objects) [object.mode, object.pull, object.af] = [modes.IN, 0, 0];
  };
  return { type, board, find, forget };
}

/** Stands for an argument that was not given, where None could be. */
const unset = new BoardObject(new PyType("unset"));

function constantsOf(): Record<string, number> {
  const units = Object.values(alternates).flatMap((list) => list.split(" ").filter(Boolean));
  const afs = units.map((entry) => /^(\d+):([^_]+)/.exec(entry)!).map(([, index, unit]) => [`AF${index}_${unit}`, Number(index)]);
  return {
    ...modes,
    PULL_NONE: 0,
    PULL_UP: 1,
    PULL_DOWN: 2,
    IRQ_RISING: 0x10110000,
    IRQ_FALLING: 0x10210000,
    OUT_PP: modes.OUT,
    OUT_OD: modes.OPEN_DRAIN,
    AF_PP: modes.ALT,
    AF_OD: modes.ALT_OPEN_DRAIN,
    ...Object.fromEntries(afs),
  };
}

function cpuOf(hw: Hardware, name: string): string {
  return innerPins[name] ?? hw.descriptor.pins.find((def) => def.name === name)!.cpu.slice(1);
}

/** Pin.irq(handler=None, trigger=both edges, hard=False). */
function irqMethod(hw: Hardware): PyNative {
  return funKw(
    "irq",
    [
      { name: "self" },
      { name: "handler", default: null },
      { name: "trigger", default: 0x10310000 },
      { name: "hard", default: false },
    ],
    (self: PinObject, handler: Obj, trigger: Obj, _hard: Obj) => {
      linesOf(hw).registerPin(self, getInt(trigger), handler);
      return null;
    },
  );
}
