import { expect, test } from "vitest";
import { SimClock } from "../../sim/clock.ts";
import { Radio } from "./model.ts";
import type { RadioPacket } from "./state.ts";

const pair = (): [Radio, Radio] => {
  const [a, b] = [new Radio(new SimClock()), new Radio(new SimClock())];
  a.onSend = (packet) => b.input({ packet });
  a.setOn(true);
  b.setOn(true);
  return [a, b];
};
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test("carries a packet to a board of the same group", () => {
  const [a, b] = pair();
  a.send(bytes("hi"));
  expect(new TextDecoder().decode(b.receive()?.bytes)).toBe("hi");
  expect(b.receive()).toBe(null);
  expect([a.state.sent, b.state.received]).toEqual([1, 1]);
});

test.each([{ group: 1 }, { channel: 8 }, { address: 1 }, { rate: 1 }])("does not hear another %j", (config) => {
  const [a, b] = pair();
  b.configure(config);
  a.send(bytes("hi"));
  expect(b.receive()).toBe(null);
});

test("drops what does not fit its queue, and cuts long packets", () => {
  const [a, b] = pair();
  a.configure({ length: 251 });
  for (let i = 0; i < 5; i++) a.send(bytes("x".repeat(40)));
  expect([b.receive(), b.receive(), b.receive(), b.receive()].map((got) => got?.bytes.length)).toEqual([32, 32, 32, undefined]);
});

test("hears nothing while it is off", () => {
  const radio = new Radio(new SimClock());
  const packet: RadioPacket = { channel: 7, address: 0x75626974, group: 0, rate: 0, power: 6, bytes: bytes("hi") };
  radio.input({ packet });
  radio.setOn(true);
  expect(radio.receive()).toBe(null);
  radio.input({ packet });
  expect(radio.receive()?.rssi).toBe(-34);
});
