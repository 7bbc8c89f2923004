// microbit.spi: a master that shifts bytes through the chips on its wires (bus.ts) that are selected.
import {
  fun,
  funKw,
  funVar,
  type Gen,
  getInt,
  type Obj,
  PyBytes,
  raiseValueError,
  sleepUntil,
} from "../../interpreter/native.ts";
import { spiDevices } from "../bus.ts";
import type { Pin } from "../parts/pin/model.ts";
import type { Hardware } from "../peripheral.ts";
import { bytesOf, writableOf } from "./buffer.ts";
import { acquire, type Pins, pinOf } from "./pins.ts";
import { type BoardObject, singleton } from "./shape.ts";

const defaults = { sclk: 13, mosi: 15, miso: 14 } as const;

interface Wires {
  readonly sclk: Pin;
  readonly mosi: Pin;
  readonly miso: Pin;
}

export function makeSpi(hw: Hardware, pins: Pins): BoardObject {
  let wires: Wires | null = null;
  let baudrate = 1000000;
  const ready = (): Wires => wires ?? raiseValueError("SPI not initialised");

  const transfer = function* (out: Uint8Array): Gen<Uint8Array> {
    const { sclk, mosi, miso } = ready();
    const devices = spiDevices({ sclk: sclk.net, mosi: mosi.net, miso: miso.net });
    const given = out.map((byte) => {
      const selected = devices.filter((device) => device.isSelected);
      // Nobody drives the wire: it reads as the level it has.
      if (selected.length === 0) return miso.read() === 1 ? 0xff : 0;
      return selected.reduce((level, device) => level | device.transfer(byte), 0);
    });
    yield* sleepUntil(hw.clock.ns + out.length * 8 * (1e9 / baudrate));
    return given;
  };

  return singleton("MicroBitSPI", {
    init: funKw(
      "init",
      [
        { name: "self" },
        { name: "baudrate", default: 1000000 },
        { name: "bits", default: 8 },
        { name: "mode", default: 0 },
        { name: "sclk", default: null, kwOnly: true },
        { name: "mosi", default: null, kwOnly: true },
        { name: "miso", default: null, kwOnly: true },
      ],
      (_self: Obj, speed: Obj, bits: Obj, mode: Obj, sclk: Obj, mosi: Obj, miso: Obj) => {
        const [hz] = [speed, bits, mode].map(getInt);
        const objects = { sclk, mosi, miso };
        const take = (name: keyof typeof defaults): Pin =>
          acquire(objects[name] === null ? pins.byNumber.get(defaults[name])! : pinOf(objects[name]), "spi");
        wires = { sclk: take("sclk"), mosi: take("mosi"), miso: take("miso") };
        baudrate = Math.max(1, hz);
        return null;
      },
    ),
    write: fun("write", function* (_self: Obj, buffer: Obj) {
      ready();
      yield* transfer(bytesOf(buffer));
      return null;
    }),
    read: funVar(
      "read",
      function* (args) {
        ready();
        const length = Math.max(0, getInt(args[1]));
        const out = args.length > 2 ? getInt(args[2]) : 0;
        return new PyBytes(yield* transfer(new Uint8Array(length).fill(out)));
      },
      2,
      3,
    ),
    write_readinto: fun("write_readinto", function* (_self: Obj, out: Obj, into: Obj) {
      ready();
      const [from, target] = [bytesOf(out), writableOf(into)];
      if (from.length !== target.length) raiseValueError("write and read buffers must be the same length");
      target.set(yield* transfer(from.slice()));
      return null;
    }),
  });
}
