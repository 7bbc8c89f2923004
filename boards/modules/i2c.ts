// microbit.i2c: a master that finds chips on its two wires (bus.ts). A transfer takes the time its bits take.
import {
  fun,
  funKw,
  type Gen,
  getInt,
  type Obj,
  PyBytes,
  PyList,
  raiseMsg,
  raiseOSError,
  sleepUntil,
  typeOSError,
} from "../../interpreter/native.ts";
import { i2cDevices, i2cRead, i2cWrite } from "../bus.ts";
import type { Hardware } from "../peripheral.ts";
import { bytesOf } from "./buffer.ts";
import { type Pins, pinOf } from "./pins.ts";
import { type BoardObject, singleton } from "./shape.ts";

const enodev = 19;
// microbit-dal's MICROBIT_I2C_ERROR, which V1 prints.
const v1Error = -1010;
// Seven-bit addresses that are not reserved.
const [firstAddress, lastAddress] = [0x08, 0x77];
const bitsPerByte = 9;
const frequencies = [400000, 250000, 100000];

export function makeI2c(hw: Hardware, pins: Pins): BoardObject {
  const isV1 = hw.descriptor.id === "microbit-v1";
  let frequency = 100000;
  let [sda, scl] = [pins.byNumber.get(20)!.pin, pins.byNumber.get(19)!.pin];
  const devices = (): ReturnType<typeof i2cDevices> => i2cDevices(sda.net, scl.net);
  const byteNs = (): number => bitsPerByte * (1e9 / frequency);
  const takes = function* (bytes: number): Gen<void> {
    yield* sleepUntil(hw.clock.ns + (bytes * bitsPerByte + 2) * (1e9 / frequency));
  };
  const fail = (doing: string): never => (isV1 ? raiseMsg(typeOSError, `I2C ${doing} error ${v1Error}`) : raiseOSError(enodev));

  return singleton("MicroBitI2C", {
    init: funKw(
      "init",
      [{ name: "self" }, { name: "freq", default: 100000 }, { name: "sda", default: null }, { name: "scl", default: null }],
      (_self: Obj, freq: Obj, sdaPin: Obj, sclPin: Obj) => {
        const wanted = getInt(freq);
        const chosen = { sda: sdaPin === null ? 20 : pinOf(sdaPin).number, scl: sclPin === null ? 19 : pinOf(sclPin).number };
        // The chip has three speeds and takes the next lower one.
        frequency = frequencies.find((hz) => wanted >= hz) ?? 100000;
        // V2 takes the two arguments and keeps its own pins.
        if (isV1) [sda, scl] = [pins.byNumber.get(chosen.sda)!.pin, pins.byNumber.get(chosen.scl)!.pin];
        return null;
      },
    ),
    scan: fun("scan", function* (_self: Obj) {
      const found: number[] = [];
      const present = devices();
      for (let address = firstAddress; address <= lastAddress; address++)
        if (i2cWrite(present, address, new Uint8Array(), false)) found.push(address);
      yield* takes(lastAddress - firstAddress + 1);
      return new PyList(found);
    }),
    read: funKw(
      "read",
      [{ name: "self" }, { name: "addr" }, { name: "n" }, { name: "repeat", default: false }],
      function* (_self: Obj, addr: Obj, n: Obj, repeat: Obj) {
        const [address, length] = [getInt(addr), getInt(n)];
        const bytes = i2cRead(devices(), address, Math.max(0, length), repeat === true, byteNs());
        yield* takes(1 + (bytes?.length ?? 0));
        return bytes ? new PyBytes(bytes) : fail("read");
      },
    ),
    write: funKw(
      "write",
      [{ name: "self" }, { name: "addr" }, { name: "buf" }, { name: "repeat", default: false }],
      function* (_self: Obj, addr: Obj, buf: Obj, repeat: Obj) {
        const address = getInt(addr);
        const bytes = bytesOf(buf);
        const done = i2cWrite(devices(), address, bytes, repeat === true, byteNs());
        yield* takes(1 + (done?.taken ?? 0));
        return done?.taken === bytes.length ? null : fail("write");
      },
    ),
  });
}
