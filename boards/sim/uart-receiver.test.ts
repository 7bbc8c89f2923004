import { expect, test } from "vitest";
import { UartReceiver } from "./uart-receiver.ts";

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const read = (value: Uint8Array, sent: number, baud: number): number[] => [...new UartReceiver().receive(value, 0, sent, baud)];

test.each([0.96, 0.98, 1, 1.02, 1.04])("takes everything when its clock is %d of the sender's", (share) => {
  const all = Uint8Array.from({ length: 256 }, (_, i) => i);
  expect(read(all, 9600, 9600 * share)).toEqual([...all]);
});

// The stop bit is sampled 9.5 bits after the start: 5.3 % too slow is after its end, into the next start bit.
test.each([0.9, 1.1, 0.5, 2, 1 / 12, 12])("takes something else at %d of it", (share) => {
  for (const value of ["hello", "_____", "UUUUU"]) expect(read(text(value), 9600, 9600 * share)).not.toEqual([...text(value)]);
});

test("at twice the speed a byte of all zeros is one without a stop bit", () => {
  // Nine low bits of the sender are eighteen of the receiver: one byte of zeros, then it waits for the line to be high.
  expect(read(Uint8Array.of(0), 9600, 19_200)).toEqual([0]);
});

test("at twice the speed U, whose bits alternate, is 0x66 and 0x66 or so: each bit is seen twice", () => {
  // Line: start 0, then 1 0 1 0 1 0 1 0, stop 1. Doubled: 0 | 0 1 1 0 0 1 1 0 | 0, no stop bit; then, from the next edge, the rest.
  expect(read(text("U"), 9600, 19_200)[0]).toBe(0x66);
});

test("at half the speed two bits are one, and a short low is no start bit", () => {
  // 0xff sends nothing but its start bit, which is over before the receiver looks at the middle of its own.
  expect(read(Uint8Array.of(0xff), 19_200, 9600 / 1.2)).toEqual([]);
});

test("a slow receiver misses what comes while it is at one byte, also when the bytes come one by one", () => {
  const receiver = new UartReceiver();
  const byteNs = (10 * 1e9) / 115_200;
  let got = 0;
  for (let i = 0; i < 24; i++) got += receiver.receive(text("a"), i * byteNs, 115_200, 9600).length;
  expect(got).toBeLessThanOrEqual(2);
});
