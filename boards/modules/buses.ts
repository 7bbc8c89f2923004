// The micro:bit's buses: I2C with nothing on it, SPI with whatever the world puts on MISO, and the UART on the USB line.
import {
  bufferOf,
  checkArgs,
  fun,
  funKw,
  funVar,
  getInt,
  type Obj,
  PyBytearray,
  PyBytes,
  PyList,
  PyType,
  raiseOSError,
  raiseTypeError,
  raiseValueError,
} from "../../interpreter/native.ts";
import { Pin } from "../parts/pin/model.ts";
import type { Hardware } from "../peripheral.ts";
import { acquire, type Pins, pinOf } from "./pins.ts";
import { BoardObject } from "./shape.ts";

const enodev = 19;

function bytesOf(o: Obj): Uint8Array {
  const bytes = typeof o === "string" ? new TextEncoder().encode(o) : bufferOf(o);
  if (!bytes) raiseTypeError("object with buffer protocol required");
  return bytes;
}

function objectOf(name: string, methods: readonly { readonly name: string }[]): BoardObject {
  const type = new PyType(name);
  for (const method of methods) type.proto[`$${method.name}`] = method as unknown as Obj;
  type.print = () => `<${name}>`;
  return new BoardObject(type);
}

export function makeI2c(pins: Pins): Obj {
  const pinAt = (number: number): Obj => pins.byNumber.get(number)!;
  return objectOf("MicroBitI2C", [
    funKw(
      "init",
      [
        { name: "self" },
        { name: "freq", default: 100000 },
        { name: "sda", default: pinAt(20) },
        { name: "scl", default: pinAt(19) },
      ],
      (_self: Obj, freq: Obj, sda: Obj, scl: Obj) => {
        getInt(freq);
        for (const pin of [sda, scl]) acquire(pinOf(pin), "i2c");
        return null;
      },
    ),
    // Nobody answers: the board's own chips have no registers here.
    fun("scan", (_self: Obj) => new PyList([])),
    funKw(
      "read",
      [{ name: "self" }, { name: "addr" }, { name: "n" }, { name: "repeat", default: false }],
      (_self: Obj, addr: Obj, n: Obj) => {
        getInt(addr);
        getInt(n);
        raiseOSError(enodev);
      },
    ),
    funKw(
      "write",
      [{ name: "self" }, { name: "addr" }, { name: "buf" }, { name: "repeat", default: false }],
      (_self: Obj, addr: Obj, buf: Obj) => {
        getInt(addr);
        bytesOf(buf);
        raiseOSError(enodev);
      },
    ),
  ]);
}

export function makeSpi(hw: Hardware, pins: Pins): Obj {
  const defaults = { sclk: 13, mosi: 15, miso: 14 } as const;
  let miso: Pin | null = null;
  const ready = (): Pin => {
    if (!miso) raiseValueError("SPI not initialised");
    return miso;
  };
  // A wire that does not change reads as all zeros or all ones.
  const line = (length: number): Uint8Array => new Uint8Array(length).fill(ready().read() === 1 ? 0xff : 0);
  void hw;
  return objectOf("MicroBitSPI", [
    funKw(
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
      (_self: Obj, baudrate: Obj, bits: Obj, mode: Obj, sclk: Obj, mosi: Obj, misoPin: Obj) => {
        [baudrate, bits, mode].forEach(getInt);
        const chosen = { sclk, mosi, miso: misoPin };
        for (const name of ["sclk", "mosi", "miso"] as const) {
          const pin = acquire(chosen[name] === null ? pins.byNumber.get(defaults[name])! : pinOf(chosen[name]), "spi");
          if (name === "miso") miso = pin;
        }
        return null;
      },
    ),
    fun("write", (_self: Obj, buffer: Obj) => {
      ready();
      bytesOf(buffer);
      return null;
    }),
    funVar(
      "read",
      (args) => {
        ready();
        return new PyBytes(line(getInt(args[1])));
      },
      2,
      3,
    ),
    fun("write_readinto", (_self: Obj, out: Obj, into: Obj) => {
      ready();
      const target = bufferOf(into);
      if (!target || !(into instanceof PyBytearray)) raiseTypeError("object with buffer protocol required");
      if (bytesOf(out).length !== target.length) raiseValueError("write and read buffers must be the same length");
      target.set(line(target.length));
      return null;
    }),
  ]);
}

export function makeUart(hw: Hardware): Obj {
  const isV1 = hw.descriptor.id === "microbit-v1";
  const uart = objectOf("MicroBitUART", [
    funKw(
      "init",
      [
        { name: "self" },
        { name: "baudrate", default: 9600 },
        { name: "bits", default: 8 },
        { name: "parity", default: null },
        { name: "stop", default: 1 },
        { name: "pins", default: null, kwOnly: true },
        { name: "tx", default: null, kwOnly: true },
        { name: "rx", default: null, kwOnly: true },
      ],
      (_self: Obj, baudrate: Obj, bits: Obj, _parity: Obj, stop: Obj) => {
        [baudrate, bits, stop].forEach(getInt);
        return null;
      },
    ),
    funVar("write", (args) => {
      checkArgs(args.length, null, 2);
      const bytes = bytesOf(args[1]);
      hw.write(bytes);
      return bytes.length;
    }),
  ]);
  uart.type.proto.$ODD = 1;
  uart.type.proto.$EVEN = isV1 ? 2 : 0;
  return uart;
}
