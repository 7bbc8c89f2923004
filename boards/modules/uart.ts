// microbit.uart: the board's only serial port, which is the console's too. init() with pins takes it away from USB, so that
// what a program prints goes out there and what comes in there is typed to it: as on the board.
import {
  defineStream,
  funKw,
  funVar,
  type Gen,
  getInt,
  type Obj,
  PyList,
  PyTuple,
  PyType,
  raiseTypeError,
  raiseValueError,
  stdin,
  typeOf,
} from "../../interpreter/native.ts";
import type { Pin } from "../parts/pin/model.ts";
import type { Hardware } from "../peripheral.ts";
import { pinOf } from "./pins.ts";
import { BoardObject, isnt } from "./shape.ts";

const eagain = 11;
// While the next byte of a message may still come: 13 bits and a millisecond (microbituart.cpp).
const gapBits = 13;

class Uart extends BoardObject {
  gapMs = 0;
}

export function makeUart(hw: Hardware): BoardObject {
  const isV1 = hw.descriptor.id === "microbit-v1";
  const type = new PyType("MicroBitUART");
  type.print = () => "<MicroBitUART>";
  type.proto.$init = funKw(
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
    (self: Uart, baudrate: Obj, bits: Obj, parity: Obj, stop: Obj, pins: Obj, tx: Obj, rx: Obj) => {
      const [baud] = [baudrate, bits, stop].map(getInt);
      if (parity !== null) getInt(parity);
      let ends: readonly [tx: Pin | null, rx: Pin | null] = [
        tx === null ? null : pinOf(tx).pin,
        rx === null ? null : pinOf(rx).pin,
      ];
      if (pins !== null) ends = pairOf(hw, pins);
      hw.console.open(Math.max(1, baud), ends[0]?.net ?? null, ends[1]?.net ?? null);
      self.gapMs = Math.trunc((gapBits * 1000) / Math.max(1, baud)) + 1;
      return null;
    },
  );
  type.proto.$any = funVar("any", () => stdin.any(), 1, 1);
  defineStream(
    type,
    {
      isText: false,
      read: (self: Uart, into) => readUp(hw, self, into),
      write: (_self: Uart, bytes) => {
        hw.write(bytes);
        return bytes.length;
      },
    },
    ["read", "readline", "readinto", "write"],
    false,
  );
  type.proto.$ODD = 1;
  type.proto.$EVEN = isV1 ? 2 : 0;
  return new Uart(type);
}

function* readUp(hw: Hardware, self: Uart, into: Uint8Array): Gen<number> {
  if (into.length === 0) return 0;
  if (!stdin.any()) return -eagain;
  for (let count = 0; ;) {
    into[count++] = stdin.take();
    if (count === into.length) return count;
    const until = hw.clock.ns + self.gapMs * 1e6;
    while (!stdin.any() && hw.clock.ns < until) yield { wait: "until", ns: until, sooner: () => stdin.any() };
    if (!stdin.any()) return count;
  }
}

function pairOf(hw: Hardware, pins: Obj): readonly [Pin, Pin] {
  if (!(pins instanceof PyTuple || pins instanceof PyList))
    raiseTypeError(`object '${typeOf(pins).name}' ${isnt(hw.descriptor.id)} a tuple or list`);
  const { items } = pins;
  if (items.length !== 2) raiseValueError(`requested length 2 but object has length ${items.length}`);
  return [pinOf(items[0]).pin, pinOf(items[1]).pin];
}
