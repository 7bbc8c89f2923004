import { expect, test } from "vitest";
import { Bench, wired } from "../../sim/bench.ts";
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
