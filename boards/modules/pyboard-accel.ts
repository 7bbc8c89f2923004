// pyb.Accel, after ports/stm32/accel.c: the MMA7660 over the first I2C bus, whose supply is a pin of the processor.
import {
  fun,
  type Gen,
  getInt,
  type Obj,
  PyType,
  raiseMsg,
  raiseTypeError,
  sleepUntil,
  typeOSError,
} from "../../interpreter/native.ts";
import { i2cDevices, i2cRead, i2cWrite } from "../bus.ts";
import type { Hardware } from "../peripheral.ts";
import { pyboardPins } from "./pyboard-pin.ts";
import { modes } from "./pyboard-pin-object.ts";
import { BoardObject, newType, tuple } from "./shape.ts";

const address = 0x4c;
const tiltAt = 3;
const modeAt = 7;
const active = 1;
const powerNs = 30e6;
const bitNs = 1e9 / 400_000;
const samples = 4;

const signed = (byte: number): number => (byte & 0x20 ? (byte & 0x3f) - 64 : byte & 0x3f);

export function makeAccel(hw: Hardware): PyType {
  const { board } = pyboardPins(hw);
  const [sda, scl, supply] = ["X10", "X9", "MMA_AVDD"].map((name) => board.get(name)!);
  const devices = () => (supply!.pin.read() === 1 ? i2cDevices(sda!.pin.net, scl!.pin.net) : []);
  const wait = (ns: number) => sleepUntil(hw.clock.ns + ns);
  const busy = (bytes: number) => wait((bytes * 9 + 2) * bitNs);
  const readAll = function* (register: number, count: number): Gen<Uint8Array> {
    i2cWrite(devices(), address, Uint8Array.of(register), true);
    const bytes = i2cRead(devices(), address, count, false) ?? new Uint8Array(count);
    yield* busy(3 + count);
    return bytes;
  };
  const axis = (register: number) =>
    function* (_self: Obj): Gen {
      return signed((yield* readAll(register, 1))[0]!);
    };

  let history: (readonly number[])[] = [];
  const type = newType("Accel", {
    x: axis(0),
    y: axis(1),
    z: axis(2),
    *tilt(_self: Obj): Gen {
      return (yield* readAll(tiltAt, 1))[0]!;
    },
    *filtered_xyz(_self: Obj): Gen {
      const now = Array.from(yield* readAll(0, 3), signed);
      history = [...history, now].slice(-samples);
      return tuple([0, 1, 2].map((i) => history.reduce((sum, sample) => sum + sample[i]!, 0)));
    },
  });
  type.proto.$read = fun("read", function* (_self: Obj, register: Obj): Gen {
    return (yield* readAll(getInt(register), 1))[0]!;
  });
  type.proto.$write = fun("write", function* (_self: Obj, register: Obj, value: Obj): Gen {
    i2cWrite(devices(), address, Uint8Array.of(getInt(register), getInt(value)), false);
    yield* busy(3);
    return null;
  });
  const object = new BoardObject(type);
  type.makeNew = function* (_type, args) {
    if (args.length > 0) raiseTypeError(`function takes 0 positional arguments but ${args.length} were given`);
    for (const pin of [sda!, scl!]) pin.configure(modes.ALT_OPEN_DRAIN, 1, 4);
    supply!.configure(modes.OUT, 0, 0);
    supply!.write(0);
    yield* wait(powerNs);
    supply!.write(1);
    yield* wait(powerNs);
    if (!i2cWrite(devices(), address, new Uint8Array(), false)) raiseMsg(typeOSError, "accelerometer not found");
    i2cWrite(devices(), address, Uint8Array.of(modeAt, active), false);
    yield* wait(powerNs);
    return object;
  };
  return type;
}
