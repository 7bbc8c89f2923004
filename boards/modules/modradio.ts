// The radio module: packets of bytes, and strings marked by three bytes before them. Importing it switches the radio on.
// V1 and V2 differ only in the name RATE_250KBIT: V2 takes the number without offering the name.
import {
  bufferOf,
  decodeUtf8,
  encodeUtf8,
  fun,
  funVar,
  type Gen,
  getIntTruncated,
  getStr,
  type Kw,
  type ModuleDef,
  type Obj,
  PyBytes,
  raiseArgs,
  raiseTypeError,
  raiseValueError,
  sleepMs,
  typeValueError,
  writableBufferOf,
} from "../../interpreter/native.ts";
import { Radio, type RadioConfig } from "../parts/radio/model.ts";
import type { Binding, Hardware } from "../peripheral.ts";
import { tuple } from "./shape.ts";

const stringMark = [1, 0, 1];
// 1.9.2 wraps its millisecond ticks there too, in microseconds.
const timestampLimit = 2 ** 30;

const ranges: Readonly<Record<string, readonly [field: keyof RadioConfig, min: number, max: number]>> = {
  length: ["length", 1, 251],
  queue: ["queue", 1, 254],
  channel: ["channel", 0, 83],
  power: ["power", 0, 7],
  data_rate: ["rate", 0, 2],
  group: ["group", 0, 255],
};

export const modradio: Binding = (hw): ModuleDef => ({ name: "radio", globals: () => members(hw) });

function members(hw: Hardware): Record<string, Obj> {
  const radio = hw.part("radio", Radio);
  const mustBeOn = (): void => {
    if (!radio.state.on) raiseValueError("radio is not enabled");
  };
  const bytesOf = (o: Obj): Uint8Array => {
    const bytes = typeof o === "string" ? encodeUtf8(o) : bufferOf(o);
    if (!bytes) raiseTypeError("object with buffer protocol required");
    return bytes;
  };
  // The firmware waits for the last bit.
  function* send(bytes: Uint8Array): Gen<null> {
    mustBeOn();
    yield* sleepMs(radio.send(bytes) / 1e6);
    return null;
  }
  const switchTo = (on: boolean): null => {
    radio.setOn(on);
    return null;
  };
  return {
    __init__: fun("__init__", () => {
      radio.forget();
      return switchTo(true);
    }),
    reset: fun("reset", () => {
      radio.forget();
      return null;
    }),
    config: funVar("config", (args, kw) => configure(radio, args, kw)),
    on: fun("on", () => switchTo(true)),
    off: fun("off", () => switchTo(false)),
    send_bytes: fun("send_bytes", (message: Obj) => send(bytesOf(message))),
    receive_bytes: fun("receive_bytes", () => {
      mustBeOn();
      const packet = radio.receive();
      return packet && new PyBytes(packet.bytes);
    }),
    receive_bytes_into: fun("receive_bytes_into", (buffer: Obj) => {
      const target = writableBufferOf(buffer);
      if (!target) raiseTypeError("object with buffer protocol required");
      mustBeOn();
      const packet = radio.receive();
      if (!packet) return null;
      target.set(packet.bytes.subarray(0, target.length));
      return packet.bytes.length;
    }),
    send: fun("send", (message: Obj) => {
      const text = message instanceof PyBytes ? message : getStr(message);
      return send(Uint8Array.from([...stringMark, ...bytesOf(text)]));
    }),
    receive: fun("receive", () => {
      mustBeOn();
      const packet = radio.receive();
      if (!packet) return null;
      if (!stringMark.every((byte, i) => packet.bytes[i] === byte)) raiseValueError("received packet is not a string");
      return decodeUtf8(packet.bytes.subarray(stringMark.length));
    }),
    receive_full: fun("receive_full", () => {
      mustBeOn();
      const packet = radio.receive();
      return packet && tuple([new PyBytes(packet.bytes), packet.rssi, packet.atUs % timestampLimit]);
    }),
    ...(hw.descriptor.id === "microbit-v1" ? { RATE_250KBIT: 2 } : {}),
    RATE_1MBIT: 0,
    RATE_2MBIT: 1,
  };
}

function configure(radio: Radio, args: readonly Obj[], kw: Kw | null): null {
  if (args.length > 0) raiseTypeError("arguments must be keywords");
  const changes: { -readonly [K in keyof RadioConfig]?: number } = {};
  for (const [name, value] of kw ?? []) {
    if (name === "address") {
      changes.address = getIntTruncated(value) >>> 0;
      continue;
    }
    const range = ranges[name];
    if (!range) raiseArgs(typeValueError, `unknown argument '${name}'`);
    const [field, min, max] = range;
    const number = getIntTruncated(value);
    if (number < min || number > max) raiseArgs(typeValueError, `value out of range for argument '${name}'`);
    changes[field] = number;
  }
  radio.configure(changes);
  return null;
}
