// machine as the unix port has it (extmod/modmachine.c, machine_mem.c, machine_pinbase.c, machine_signal.c, machine_pulse.c):
// what needs no hardware. Boards bring a machine of their own.
import { getInt } from "../native.ts";
import { PyBytearray } from "../objects/objbytes.ts";
import { checkArgs, fun } from "../objects/objfun.ts";
import { raiseArgs, raiseTypeError, raiseValueError, typeSystemExit } from "../objects/objexcept.ts";
import { asInt } from "../objects/number.ts";
import { mp } from "../objects/mpstate.ts";
import { PyTuple } from "../objects/objtuple.ts";
import { nativeOf, PyObj, PyType, run, typeMemoryview, typeOf, type Gen, type Obj } from "../objects/obj.ts";
import { loadAttr } from "../vm/attr.ts";
import { call } from "../vm/call.ts";
import { isTrue } from "../vm/operator.ts";
import { memoryAt } from "./memory.ts";
import { readValue, writeValue } from "./modstruct.ts";
import { register } from "./registry.ts";

// ---- memory by address

class PyMem extends PyObj {
  declare type: PyType;
  readonly size: number;
  readonly code: string;
  constructor(size: number, code: string) {
    super();
    this.size = size;
    this.code = code;
  }
}
const typeMem = new PyType("mem");
PyMem.prototype.type = typeMem;

function cell(self: PyMem, index: Obj): DataView {
  const i = asInt(nativeOf(index));
  if (i === undefined) raiseTypeError(`can't convert ${typeOf(index).name} to int`);
  const address = BigInt.asUintN(mp.config.smallIntBits > 31 ? 64 : 32, BigInt(i));
  if (address % BigInt(self.size) !== 0n)
    raiseValueError(`address ${address.toString(16).padStart(8, "0")} is not aligned to ${self.size} bytes`);
  const bytes = memoryAt(address <= 9007199254740991n ? Number(address) : address, self.size);
  return new DataView(bytes.buffer, bytes.byteOffset, self.size);
}

typeMem.print = (self: PyMem) => `<${8 * self.size}-bit memory>`;
typeMem.subscr = (self: PyMem, index) => readValue(cell(self, index), 0, self.code, self.size, true);
typeMem.storeSubscr = (self: PyMem, index, value) => {
  if (value === undefined) raiseTypeError("'mem' object doesn't support item deletion");
  writeValue(cell(self, index), 0, self.code, self.size, true, value);
  return null;
};

// ---- pins

/** The base of pins written in Python: they have a method `value`. */
class PyPinBase extends PyObj {
  declare type: PyType;
}
const typePinBase = new PyType("PinBase");
PyPinBase.prototype.type = typePinBase;
typePinBase.makeNew = () => new PyPinBase();

/** A pin seen through a possible inversion. */
class PySignal extends PyObj {
  declare type: PyType;
  readonly pin: Obj;
  readonly isInverted: boolean;
  constructor(pin: Obj, isInverted: boolean) {
    super();
    this.pin = pin;
    this.isInverted = isInverted;
  }
}
const typeSignal = new PyType("Signal");
PySignal.prototype.type = typeSignal;

typeSignal.makeNew = (type, args, kw) => {
  if (args.length !== 1 || (kw !== null && (kw.size > 1 || !kw.has("invert")))) raiseTypeError("");
  return (function* (): Gen {
    const invert = kw?.get("invert");
    return new PySignal(args[0]!, invert !== undefined && (yield* run(isTrue(invert))));
  })();
};

/** The pin at the end of a line of signals, and whether they invert it. */
function pinOf(o: Obj): { pin: Obj; isInverted: boolean } {
  let pin = o;
  let isInverted = false;
  while (pin instanceof PySignal) {
    isInverted = isInverted !== pin.isInverted;
    pin = pin.pin;
  }
  return { pin, isInverted };
}

function* readPin(o: Obj): Gen<number> {
  const { pin, isInverted } = pinOf(o);
  const value = getInt(yield* run(call(yield* run(loadAttr(pin, "value")), [], null)));
  return isInverted ? value ^ 1 : value;
}

function* writePin(o: Obj, value: boolean): Gen {
  const { pin, isInverted } = pinOf(o);
  yield* run(call(yield* run(loadAttr(pin, "value")), [value !== isInverted], null));
  return null;
}

function* value(self: PySignal, to?: Obj): Gen {
  return to === undefined ? yield* readPin(self) : yield* writePin(self, yield* run(isTrue(to)));
}

typeSignal.call = (self: PySignal, args, kw) => {
  checkArgs(args.length, kw, 0, 1);
  return value(self, args[0]);
};
typeSignal.proto.$value = fun("value", value, 1, 2);
typeSignal.proto.$on = fun("on", (self: PySignal) => writePin(self, true));
typeSignal.proto.$off = fun("off", (self: PySignal) => writePin(self, false));

/** How long a pulse of that level is, in us; -2: it did not begin in time, -1: it did not end. */
function* timePulse(pin: Obj, levelArg: Obj, timeoutArg: Obj = 1000000): Gen {
  let level = (yield* run(isTrue(levelArg))) ? 1 : 0;
  const timeout = getInt(timeoutArg);
  const now = (): number => Math.floor(mp.host.clock.ns / 1000);
  let start = now();
  for (let changes = 2; ;) {
    const t = now();
    if ((yield* readPin(pin)) === level) {
      level = 1 - level;
      if (--changes === 0) return t - start;
      start = t;
    } else {
      if (t - start >= timeout) return -changes;
      // Where the clock is simulated it moves on by waiting only.
      yield { wait: "until", ns: mp.host.clock.ns + 1000 };
    }
  }
}

register("machine", {
  isExtensible: true,
  when: (config) => config.platform === "linux",
  members: () => {
    const view = (size: number): Obj =>
      typeMemoryview.makeNew!(typeMemoryview, [new PyBytearray(new Uint8Array(size))], null) as Obj;
    const backup = [view(64)];
    return {
      mem8: new PyMem(1, "B"),
      mem16: new PyMem(2, "H"),
      mem32: new PyMem(4, "I"),
      mem_backup: fun(
        "mem_backup",
        (region: Obj = 0) => {
          const n = getInt(region);
          return n === -1 ? new PyTuple(backup) : (backup[n] ?? raiseValueError("invalid region"));
        },
        0,
        1,
      ),
      // As sys.exit().
      soft_reset: fun("soft_reset", (...args: Obj[]) => raiseArgs(typeSystemExit, ...args), 0, 1),
      idle: fun(
        "idle",
        function* (): Gen {
          yield { wait: "tick" };
          return null;
        },
        0,
      ),
      time_pulse_us: fun("time_pulse_us", timePulse, 2, 3),
      PinBase: typePinBase,
      Signal: typeSignal,
    };
  },
});
