// The pyboard's external interrupt lines and the class ExtInt, after ports/stm32/extint.c: one line for each pin number, whatever its
// port, shared with Pin.irq; a callback that raises is told of and switched off.
import {
  call,
  fun,
  funKw,
  type Gen,
  getInt,
  isExc,
  type Obj,
  printText,
  PyType,
  raiseMsg,
  raiseValueError,
  run,
  tracebackText,
  typeKeyboardInterrupt,
  typeOSError,
} from "../../interpreter/native.ts";
import type { Hardware } from "../peripheral.ts";
import { numberOf } from "../pyboard/pins.ts";
import { interruptsOf } from "./pyboard-irq.ts";
import { modes, PinObject } from "./pyboard-pin-object.ts";
import { BoardObject, newType } from "./shape.ts";

/** Lines of pins, then those of the chip itself. */
const pinLines = 16;
const lineCount = 23;

// GPIO_MODE_IT_* and GPIO_MODE_EVT_* of ST's HAL.
const rising = 0x00100000;
const falling = 0x00200000;
const interrupt = 0x00010000;
const constants = {
  IRQ_RISING: 0x10110000,
  IRQ_FALLING: 0x10210000,
  IRQ_RISING_FALLING: 0x10310000,
  EVT_RISING: 0x10120000,
  EVT_FALLING: 0x10220000,
  EVT_RISING_FALLING: 0x10320000,
} as const;
export const extIntModes: ReadonlySet<number> = new Set(Object.values(constants));

interface Line {
  /** What interrupts for it. */
  readonly handler: Obj;
  callback: Obj;
  /** What the callback is given: the line's number, or for Pin.irq the pin. */
  argument: Obj;
  mode: number;
  isEnabled: boolean;
}

export class ExtIntLines {
  private readonly hw: Hardware;
  private readonly lines: Line[] = [];

  constructor(hw: Hardware) {
    this.hw = hw;
    this.forget();
  }

  /** A soft reset takes all callbacks away. */
  forget(): void {
    for (let i = 0; i < lineCount; i++) {
      const handler = fun("ExtInt", (_unused: Obj) => this.guarded(i));
      this.lines[i] = { handler, callback: null, argument: i, mode: 0, isEnabled: false };
    }
  }

  /** ExtInt(): the line's number. */
  register(pin: PinObject | number, mode: number, pull: number, callback: Obj): number {
    const number = typeof pin === "number" ? pin : numberOf(pin.cpu);
    if (typeof pin === "number" && pin < pinLines) raiseValueError(`ExtInt vector ${pin} < 16, use a Pin object`);
    if (number >= lineCount) raiseValueError(`ExtInt vector ${number} >= max of ${lineCount}`);
    if (!extIntModes.has(mode)) raiseValueError(`invalid ExtInt Mode: ${mode}`);
    if (pull < 0 || pull > 2) raiseValueError(`invalid ExtInt Pull: ${pull}`);
    const line = this.lines[number]!;
    if (line.callback !== null && callback !== null) raiseValueError(`ExtInt vector ${number} is already in use`);
    Object.assign(line, { callback, argument: number, mode, isEnabled: callback !== null } satisfies Omit<Line, "handler">);
    if (pin instanceof PinObject && callback !== null) {
      pin.configure(modes.IN, pull, 0);
      this.listen(pin, number);
    }
    return number;
  }

  /** Pin.irq(): the pin's mode and pull stay. */
  registerPin(pin: PinObject, mode: number, callback: Obj): void {
    const number = numberOf(pin.cpu);
    const line = this.lines[number]!;
    if (line.callback !== null && line.argument !== pin) {
      const { argument } = line;
      if (argument instanceof PinObject) raiseMsg(typeOSError, `IRQ resource already taken by Pin('${argument.cpu}')`);
      raiseMsg(typeOSError, `ExtInt vector ${number} is already in use`);
    }
    Object.assign(line, { callback, argument: pin, mode, isEnabled: callback !== null } satisfies Omit<Line, "handler">);
    if (callback !== null) this.listen(pin, number);
  }

  enable(number: number, isEnabled: boolean): void {
    this.lines[number]!.isEnabled = isEnabled;
  }

  /** By software: at once. */
  *trigger(number: number): Gen {
    if (this.isHeard(number)) yield* this.guarded(number);
    return null;
  }

  /** An event wakes the processor and calls nobody. */
  private isHeard(number: number): boolean {
    const { isEnabled, callback, mode } = this.lines[number]!;
    return isEnabled && callback !== null && (mode & interrupt) !== 0;
  }

  private listen(pin: PinObject, number: number): void {
    pin.pin.onEdge = (level) => {
      const { mode } = this.lines[number]!;
      if ((mode & (level === 1 ? rising : falling)) === 0 || !this.isHeard(number)) return;
      interruptsOf(this.hw).raise(this.lines[number]!.handler);
    };
  }

  private *guarded(number: number): Gen {
    const line = this.lines[number]!;
    const { callback, argument } = line;
    if (callback === null) return null;
    try {
      yield* run(call(callback, [argument], null));
    } catch (caught) {
      if (isExc(caught, typeKeyboardInterrupt)) throw caught;
      Object.assign(line, { callback: null, isEnabled: false });
      printText(`uncaught exception in ExtInt interrupt handler line ${number}\n${yield* tracebackText(caught as Obj)}`);
    }
    return null;
  }
}

const byHardware = new WeakMap<Hardware, ExtIntLines>();

export function linesOf(hw: Hardware): ExtIntLines {
  let lines = byHardware.get(hw);
  if (!lines) {
    lines = new ExtIntLines(hw);
    byHardware.set(hw, lines);
  }
  return lines;
}

class ExtIntObject extends BoardObject {
  readonly line: number;
  constructor(type: PyType, line: number) {
    super(type);
    this.line = line;
  }
}

/** `find` gives the pin that a program means. */
export function makeExtInt(hw: Hardware, find: (id: Obj) => Gen<PinObject>): PyType {
  const lines = linesOf(hw);
  const act = (deed: (line: number) => void) => (self: ExtIntObject) => {
    deed(self.line);
    return null;
  };
  const type = newType(
    "ExtInt",
    {
      line: (self: ExtIntObject) => self.line,
      enable: act((line) => lines.enable(line, true)),
      disable: act((line) => lines.enable(line, false)),
      swint: (self: ExtIntObject) => lines.trigger(self.line),
    },
    constants,
  );
  type.print = (self: ExtIntObject) => `<ExtInt line=${self.line}>`;
  const make = funKw(
    "ExtInt",
    [{ name: "pin" }, { name: "mode" }, { name: "pull" }, { name: "callback" }],
    function* (pin: Obj, mode: Obj, pull: Obj, callback: Obj) {
      const found = typeof pin === "number" ? pin : yield* find(pin);
      return new ExtIntObject(type, lines.register(found, getInt(mode), getInt(pull), callback));
    },
  );
  type.makeNew = (_type, args, kw) => run(call(make, args, kw)) as Gen;
  return type;
}
