import { expect, test, vi } from "vitest";
import { Pin } from "./model.ts";

test("reads what the world puts on it, then what the board drives, then its pull", () => {
  const pin = new Pin("P0", "unused");
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
  const pin = new Pin("P0", "unused");
  pin.input({ analog: 800 });
  expect([pin.readAnalog(), pin.read()]).toEqual([800, 1]);
  pin.input({ analog: 2000 });
  expect(pin.readAnalog()).toBe(1023);
});

test("a new use ends what it drove", () => {
  const pin = new Pin("P0", "unused");
  pin.setMode("write_analog");
  pin.pwm(300);
  pin.setMode("read_digital");
  expect([pin.state.duty, pin.state.level]).toEqual([null, null]);
});

test("edges are told, touching is none", () => {
  const pin = new Pin("P0", "unused");
  pin.onEdge = vi.fn();
  pin.input("press");
  expect(pin.state.outside.touched).toBe(true);
  pin.input({ level: 1 });
  pin.input({ level: 1 });
  pin.input({ level: 0 });
  expect(vi.mocked(pin.onEdge).mock.calls).toEqual([[1], [0]]);
});

test("what is wired to it stays over a reset", () => {
  const pin = new Pin("P3", "display");
  pin.input({ level: 1 });
  pin.setMode("unused");
  pin.reset();
  expect([pin.state.mode, pin.read()]).toEqual(["display", 1]);
});
