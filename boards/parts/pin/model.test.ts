import { expect, test, vi } from "vitest";
import { Net } from "../../net.ts";
import { SimClock } from "../../sim/clock.ts";
import { Pin } from "./model.ts";

const newPin = (name: string, mode: string): Pin => new Pin(name, mode, new Net(new SimClock()));

test("reads what the world puts on it, then what the board drives, then its pull", () => {
  const pin = newPin("P0", "unused");
  expect(pin.read()).toBe(0);
  pin.setPull("up");
  expect(pin.read()).toBe(1);
  pin.drive(0);
  expect(pin.read()).toBe(0);
  pin.input({ level: 1 });
  expect(pin.read()).toBe(1);
  pin.input({ level: null });
  expect(pin.read()).toBe(0);
});

test("an analog level reads as digital above the middle", () => {
  const pin = newPin("P0", "unused");
  pin.input({ analog: 800 });
  expect([pin.readAnalog(), pin.read()]).toEqual([800, 1]);
  pin.input({ analog: 2000 });
  expect(pin.readAnalog()).toBe(1023);
});

test("a new use ends what it drove", () => {
  const pin = newPin("P0", "unused");
  pin.setMode("write_analog");
  pin.pwm(300);
  pin.setMode("read_digital");
  expect([pin.state.duty, pin.state.level]).toEqual([null, null]);
});

test("edges are told, touching is none", () => {
  const pin = newPin("P0", "unused");
  pin.onEdge = vi.fn();
  pin.input("press");
  expect(pin.state.outside.touched).toBe(true);
  pin.input({ level: 1 });
  pin.input({ level: 1 });
  pin.input({ level: 0 });
  expect(vi.mocked(pin.onEdge).mock.calls).toEqual([[1], [0]]);
});

test("what is wired to it stays over a reset", () => {
  const pin = newPin("P3", "display");
  pin.input({ level: 1 });
  pin.setMode("unused");
  pin.reset();
  expect([pin.state.mode, pin.read()]).toEqual(["display", 1]);
});

test("two pins on one net: what one drives the other reads, and its edges", () => {
  const net = new Net(new SimClock());
  const [a, b] = [new Pin("P0", "unused", net), new Pin("P1", "unused", net)];
  b.release("down");
  const edges: number[] = [];
  b.onEdge = (level) => edges.push(level);
  a.drive(1);
  expect(b.read()).toBe(1);
  a.drive(0);
  expect(edges).toEqual([1, 0]);
});

test("open drain lets go for high, so a pull-up decides", () => {
  const net = new Net(new SimClock());
  const [a, b] = [new Pin("P0", "unused", net), new Pin("P1", "unused", net)];
  b.release("up");
  a.driveOpenDrain(0);
  expect(b.read()).toBe(0);
  a.driveOpenDrain(1);
  expect(b.read()).toBe(1);
  b.release("down");
  expect(b.read()).toBe(0);
});

test("a level between the thresholds reads as the one before (0.3 and 0.7 VDD, nRF52833 PS GPIO)", () => {
  const pin = newPin("P0", "unused");
  pin.input({ analog: 1000 });
  pin.input({ analog: 512 });
  expect(pin.read()).toBe(1);
  pin.input({ analog: 300 });
  pin.input({ analog: 512 });
  expect(pin.read()).toBe(0);
});

test.each([
  [false, [1, 1, 0, 0]],
  [true, [0, 0, 1, 1]],
] as const)("pulses at the end of the period: %s", (pulsesAtEnd, levels) => {
  const clock = new SimClock();
  const pin = new Pin("P0", "unused", new Net(clock));
  pin.pulsesAtEnd = pulsesAtEnd;
  pin.setPeriodUs(1000);
  pin.pwm(512);
  const read = [100, 450, 600, 950].map((us) => {
    clock.moveTo(us * 1000);
    return pin.read();
  });
  expect(read).toEqual(levels);
  expect(pin.nextEdgeNs).toBe(1e6);
  expect(pin.net.meanVolts).toBeCloseTo((3.3 * 512) / 1023);
});
