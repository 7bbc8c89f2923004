import { expect, test } from "vitest";
import { Net } from "../../net.ts";
import { Bench, wired } from "../../sim/bench.ts";
import { SimClock } from "../../sim/clock.ts";
import { UartPeer } from "./model.ts";
import type { UartPeerState } from "./state.ts";

const pins = { rx: "P8", tx: "P12" };
const echo = (baud: number) => `from microbit import *
uart.init(baudrate=${baud}, tx=pin8, rx=pin12)
uart.write('hello\\n')
while True:
    if uart.any():
        sleep(50)
        uart.write(b'got ' + uart.readline())
    sleep(20)
`;

test.each(["microbit-v1", "microbit-v2"])("%s talks with it, and nothing goes to USB", (board) => {
  const bench = new Bench(board, echo(9600), wired("uart-peer", pins));
  bench.run(300);
  expect(bench.state<UartPeerState>("it").received).toBe("hello\n");
  bench.give("it", { send: "¡hola!\n" });
  expect(bench.run(500)).toBe("");
  expect(bench.state<UartPeerState>("it").received).toBe("hello\ngot ¡hola!\n");
});

test("at another speed something arrives, but not that", () => {
  const bench = new Bench("microbit-v2", echo(115200), wired("uart-peer", pins));
  bench.run(300);
  expect(bench.state<UartPeerState>("it").received).not.toContain("hello");
  const same = new Bench("microbit-v2", echo(115200), wired("uart-peer", pins, { baud: 115200 }));
  same.run(300);
  expect(same.state<UartPeerState>("it").received).toBe("hello\n");
});

test("its bytes come one after the other, ten bits each", () => {
  const main = `from microbit import *
uart.init(baudrate=300, tx=pin8, rx=pin12)
n = 0
start = running_time()
while n < 6:
    if uart.any():
        n += len(uart.read(1))
uart.init(115200)
print(running_time() - start)
`;
  const bench = new Bench("microbit-v2", main, wired("uart-peer", pins, { baud: 300 }));
  bench.machine.runFor(100);
  const before = bench.machine.ms;
  bench.give("it", { send: "abcdef" });
  const took = Number(/\d+/.exec(bench.run(2000))![0]) - before;
  // Six bytes of 33.3 ms each.
  expect(Math.abs(took + 100 - 300)).toBeLessThan(110);
});

function alone(baud = 9600) {
  const clock = new SimClock();
  const part = new UartPeer({ rx: new Net(clock), tx: new Net(clock) }, clock, { baud });
  const sent: number[] = [];
  part.onSend = (bytes) => sent.push(...bytes);
  let changes = 0;
  part.onChange = () => changes++;
  return { clock, part, sent, changes: () => changes };
}

test("sends nothing for a text of nothing", () => {
  const { clock, part, sent } = alone();
  part.input({ send: "" });
  clock.moveTo(1e9);
  expect(sent).toEqual([]);
});

test("a character of several bytes is there when its last byte is, and nothing is told before", () => {
  const { part, changes } = alone();
  part.receive(Uint8Array.of(0xe2, 0x82));
  expect([part.state.received, changes()]).toEqual(["", 0]);
  part.receive(Uint8Array.of(0xac));
  expect([part.state.received, changes()]).toEqual(["€", 1]);
});

test("keeps the last 4096 characters, and none by half", () => {
  const { part } = alone();
  part.receive(new TextEncoder().encode(`x${"😀".repeat(3000)}`));
  part.receive(new TextEncoder().encode("y"));
  expect(part.state.received).toMatch(/^(😀)+y$/u);
  expect(part.state.received.length).toBeGreaterThanOrEqual(4095);
  expect(part.state.received.length).toBeLessThanOrEqual(4096);
});

test("what is sent before it is taken away does not come after", () => {
  const { clock, part, sent } = alone();
  part.input({ send: "ab" });
  part.close();
  clock.moveTo(1e9);
  expect(sent).toEqual([]);
});

test("at the wrong speed no letter gets through, in either direction", () => {
  const main = `from microbit import *
uart.init(baudrate=19200, tx=pin8, rx=pin12)
uart.write('_' * 20)
while True:
    if uart.any():
        got = uart.read()
        uart.init(115200)
        print(got)
        break
    sleep(100)
`;
  const bench = new Bench("microbit-v2", main, wired("uart-peer", pins));
  bench.run(200);
  expect(bench.state<UartPeerState>("it").received).not.toContain("_");
  bench.give("it", { send: "____" });
  const printed = bench.run(500);
  expect(printed).toMatch(/^b'/);
  expect(printed.split("\n")[0]).not.toContain("_");
});
