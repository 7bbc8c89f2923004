// The radio against the firmwares' modradio.cpp (V1) and drv_radio.c (V2), the nRF's product specification and ITU-R P.1238.
import { describe, expect, test } from "vitest";
import { SimClock } from "../../sim/clock.ts";
import { Radio } from "./model.ts";
import { airtime, chanceOf, reachMetres, receivedDbm } from "./propagation.ts";
import type { RadioPacket } from "./state.ts";

const pair = (): [Radio, Radio] => {
  const [a, b] = [new Radio(new SimClock()), new Radio(new SimClock())];
  a.onSend = (packet) => b.input({ packet });
  a.setOn(true);
  b.setOn(true);
  return [a, b];
};
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const desk: RadioPacket = { channel: 7, address: 0x75626974, group: 0, rate: 0, power: 6, bytes: bytes("hi") };
/** How many packets of that length are kept. */
const kept = (radio: Radio, length: number): number => {
  for (let i = 0; i < 300; i++) radio.input({ packet: { ...desk, bytes: new Uint8Array(length) } });
  let count = 0;
  while (radio.receive()) count++;
  return count;
};

describe("radio", () => {
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

  // The buffer is queue * (length + 6) bytes, and a packet takes its length and 6: short packets are kept in greater number.
  test.each([
    [{}, 32, 3],
    [{}, 33, 0],
    [{}, 2, 14],
    [{}, 0, 19],
    [{ queue: 1 }, 32, 1],
    [{ queue: 254 }, 32, 254],
    [{ length: 251, queue: 2 }, 251, 2],
    [{ length: 251, queue: 2 }, 20, 19],
    [{ length: 1 }, 1, 3],
    [{ length: 1 }, 2, 0],
  ])("with %j keeps of packets of %i bytes %i", (config, length, count) => {
    const radio = new Radio(new SimClock());
    radio.setOn(true);
    radio.configure(config);
    expect(kept(radio, length)).toBe(count);
    expect(kept(radio, length)).toBe(count); // all room is given back
  });

  test("cuts what it sends to its own length, and loses what is longer than the receiver's", () => {
    const [a, b] = pair();
    a.send(bytes("x".repeat(40)));
    expect(b.receive()?.bytes.length).toBe(32);
    a.configure({ length: 100 });
    a.send(bytes("x".repeat(40)));
    expect(b.receive()).toBe(null);
    b.configure({ length: 100 });
    a.send(bytes("x".repeat(40)));
    expect(b.receive()?.bytes.length).toBe(40);
  });

  test("hears nothing while it is off, and forgets what it had when it goes on", () => {
    const radio = new Radio(new SimClock());
    radio.input({ packet: desk });
    radio.setOn(true);
    expect(radio.receive()).toBe(null);
    radio.input({ packet: desk });
    expect(radio.receive()?.rssi).toBe(-34);
    radio.input({ packet: desk });
    radio.setOn(true);
    expect(radio.receive()).toBe(null);
  });

  test.each([
    ["another length", { length: 40 }, true],
    ["another queue", { queue: 4 }, true],
    ["the same length", { length: 32 }, false],
    ["another group", { group: 9 }, false],
    ["another power", { power: 1 }, false],
  ])("%s empties the buffer: %j %s", (_, config, isEmpty) => {
    const radio = new Radio(new SimClock());
    radio.setOn(true);
    radio.input({ packet: desk });
    radio.configure(config);
    expect(radio.receive() === null).toBe(isEmpty);
  });

  test("reset takes effect with the next on or config", () => {
    const [a, b] = pair();
    b.configure({ group: 5 });
    b.forget();
    a.configure({ group: 5 });
    a.send(bytes("still"));
    expect(b.receive()).not.toBe(null);
    b.configure({});
    a.send(bytes("gone"));
    expect(b.receive()).toBe(null);
    a.configure({ group: 0 });
    a.send(bytes("back"));
    expect(b.receive()).not.toBe(null);
  });

  test("stamps packets with its own microseconds", () => {
    const clock = new SimClock();
    const radio = new Radio(clock);
    radio.setOn(true);
    clock.moveTo(1_234_567);
    radio.input({ packet: desk });
    expect(radio.receive()?.atUs).toBe(1234);
  });

  test("power and distance decide how strong a packet arrives", () => {
    expect([0, 1, 2, 3, 4, 5, 6, 7].map((power) => receivedDbm(power, 1))).toEqual([-70, -60, -56, -52, -48, -44, -40, -36]);
    expect([1, 10, 100].map((metres) => receivedDbm(6, metres))).toEqual([-40, -70, -100]);
    expect(receivedDbm(7, 0)).toBe(-20);
    expect([0, 6, 7].map((power) => Math.round(reachMetres(power, 0)))).toEqual([6, 59, 81]);
    expect(reachMetres(6, 2)).toBeGreaterThan(reachMetres(6, 0));
    expect(reachMetres(6, 1)).toBeLessThan(reachMetres(6, 0));
  });

  test("at the edge of hearing the seed decides what is lost, the same each time", () => {
    expect([-80, -93, -110].map((dbm) => chanceOf(dbm, 0))).toEqual([1, 0.5, 0]);
    const heard = (seed: number, rssi: number): string => {
      const radio = new Radio(new SimClock(), seed);
      radio.setOn(true);
      return Array.from({ length: 200 }, () => {
        radio.input({ packet: { ...desk, rssi } });
        return radio.receive() ? "1" : "0";
      }).join("");
    };
    const ones = (text: string) => text.replaceAll("0", "").length;
    expect(heard(3, -93)).toBe(heard(3, -93));
    expect(heard(3, -93)).not.toBe(heard(4, -93));
    expect(ones(heard(3, -93))).toBeGreaterThan(60);
    expect(ones(heard(3, -93))).toBeLessThan(140);
    expect(ones(heard(3, -91))).toBeGreaterThan(ones(heard(3, -94)));
    expect([ones(heard(3, -86)), ones(heard(3, -100))]).toEqual([200, 0]);
  });

  test("a packet takes its time: 140 µs to turn on, then preamble, address, length, payload and CRC", () => {
    expect(airtime(32, 0)).toEqual({ heardNs: 468_000, busyNs: 608_000 });
    expect(airtime(32, 1).heardNs).toBe(304_000);
    expect(airtime(0, 2).heardNs).toBe(428_000);
  });
});
