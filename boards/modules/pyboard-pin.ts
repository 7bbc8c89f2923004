// The pyboard's Pin class, which pyb and machine share but for a few names. Interrupts and alternate functions are absent.
import {
  fun,
  funVar,
  getInt,
  type Kw,
  type Obj,
  PyType,
  raiseTypeError,
  raiseValueError,
  isTrue,
  run,
  type Gen,
} from "../../interpreter/native.ts";
import type { Pin } from "../parts/pin/model.ts";
import type { PinPull } from "../parts/pin/state.ts";
import type { Hardware } from "../peripheral.ts";
import { BoardObject } from "./shape.ts";

/** The simulated chip's 12 bytes. */
export const pyboardId: Uint8Array = Uint8Array.from([0x42, 0x00, 0x2a, 0x00, 0x0c, 0x47, 0x33, 0x31, 0x30, 0x38, 0x39, 0x31]);

// ports/stm32/pin_defs: the values that programs print.
const modes = { IN: 0, OUT: 1, OPEN_DRAIN: 17, ANALOG: 3 } as const;
const pulls: Readonly<Record<PinPull, number>> = { none: 0, up: 1, down: 2 };

class PinObject extends BoardObject {
  readonly pin: Pin;
  readonly cpu: string;
  mode: number = modes.IN;
  constructor(type: PyType, pin: Pin, cpu: string) {
    super(type);
    this.pin = pin;
    this.cpu = cpu;
  }
}

/** The class for one of the two modules. */
export function pyboardPin(hw: Hardware, module: "pyb" | "machine"): PyType {
  const type = new PyType("Pin");
  const made = hw.descriptor.pins.map(
    (def) => [def.name, new PinObject(type, hw.pins.get(def.name)!, def.cpu.slice(1))] as const,
  );
  const objects = new Map(made);
  const find = (id: Obj): PinObject => {
    if (id instanceof PinObject) return id;
    if (typeof id !== "string") raiseValueError("Pin doesn't exist");
    const wanted = id === "SW" ? "X17" : id;
    for (const [name, object] of objects) if (name === wanted || object.cpu === wanted) return object;
    raiseValueError(`Pin(${id}) doesn't exist`);
  };
  // Its output latch takes the level in any mode; the pin shows it in those that drive.
  const set = (self: PinObject, level: 0 | 1): null => {
    self.pin.latch = level;
    if (self.mode === modes.OUT) self.pin.drive(level);
    else if (self.mode === modes.OPEN_DRAIN) self.pin.driveOpenDrain(level);
    return null;
  };
  const value = function* (self: PinObject, level: Obj | undefined): Gen {
    if (level === undefined) return self.pin.read();
    return set(self, (yield* run(isTrue(level))) ? 1 : 0);
  };
  const init = function* (self: PinObject, args: readonly Obj[], kw: Kw | null): Gen {
    const mode = args[0] ?? kw?.get("mode");
    const pull = args[1] ?? kw?.get("pull");
    if (typeof mode === "number" && mode >= 0) self.mode = mode;
    const name = (Object.keys(pulls) as PinPull[]).find(
      (key) => pulls[key] === (pull === undefined || pull === null ? 0 : getInt(pull)),
    );
    self.pin.release(name ?? "none");
    const level = kw?.get("value");
    const latch = level === undefined || level === null ? self.pin.latch : (yield* run(isTrue(level))) ? 1 : 0;
    return set(self, latch);
  };
  type.makeNew = function* (_type, args, kw) {
    if (args.length === 0) raiseTypeError("function missing 1 required positional arguments");
    const found = find(args[0]);
    if (args.length > 1 || (kw !== null && kw.size > 0)) yield* init(found, args.slice(1), kw);
    return found;
  };
  type.call = (self: PinObject, args) => value(self, args[0]);
  type.print = (self: PinObject) => {
    const mode = Object.keys(modes).find((name) => modes[name as keyof typeof modes] === self.mode) ?? "ALT";
    const pull = self.pin.state.pull === "none" ? "" : `, pull=Pin.PULL_${self.pin.state.pull.toUpperCase()}`;
    return `Pin(Pin.cpu.${self.cpu}, mode=Pin.${mode}${pull})`;
  };
  const methods = [
    funVar("init", ([self, ...args], kw) => init(self as PinObject, args, kw), 1),
    funVar("value", ([self, level]) => value(self as PinObject, level), 1, 2),
    fun("low", (self: PinObject) => set(self, 0)),
    fun("high", (self: PinObject) => set(self, 1)),
    fun("off", (self: PinObject) => set(self, 0)),
    fun("on", (self: PinObject) => set(self, 1)),
    fun("name", (self: PinObject) => self.cpu),
  ];
  for (const method of methods) type.proto[`$${method.name}`] = method;
  const constants: Record<string, number> = { ...modes, PULL_NONE: pulls.none, PULL_UP: pulls.up, PULL_DOWN: pulls.down };
  if (module === "pyb") Object.assign(constants, { OUT_PP: modes.OUT, OUT_OD: modes.OPEN_DRAIN });
  for (const [name, number] of Object.entries(constants)) type.proto[`$${name}`] = number;
  return type;
}
