import { expect, test } from "vitest";
import { Net } from "../../net.ts";
import { SimClock } from "../../sim/clock.ts";
import { Pin } from "../pin/model.ts";
import { type Thresholds, thresholdsV1, thresholdsV2 } from "./debounce.ts";
import { Button } from "./model.ts";

function build(thresholds: Thresholds | null = thresholdsV2): { clock: SimClock; pin: Pin; button: Button } {
  const clock = new SimClock();
  const pin = new Pin("P5", "button", new Net(clock));
  return { clock, pin, button: new Button(pin, clock, thresholds) };
}
const after = (clock: SimClock, ms: number): void => clock.moveTo(clock.absolute + ms * 1e6);

test("a pressed button pulls its pin low at once", () => {
  const { pin, button } = build();
  expect(pin.read()).toBe(1);
  button.input("press");
  expect([pin.read(), button.state]).toEqual([0, { pressed: true }]);
  button.input("release");
  expect([pin.read(), button.state]).toEqual([1, { pressed: false }]);
});

test("a wired button without a pull leaves its pin open until it is pressed", () => {
  const { pin, button } = build(null);
  pin.release("up");
  expect(pin.read()).toBe(1);
  button.input("press");
  expect(pin.read()).toBe(0);
  button.input("release");
  button.close();
  pin.release("down");
  expect(pin.read()).toBe(0);
});

// Ticks of 6 ms: V1 needs 10 down (3 after a reset) and 8 up, V2 9 down and 11 up.
test.each([
  ["V1", thresholdsV1, 60, 48],
  ["V2", thresholdsV2, 54, 66],
] as const)("%s debounces", (_name, thresholds, downMs, upMs) => {
  const { clock, button } = build(thresholds);
  after(clock, 600);
  button.input("press");
  after(clock, downMs - 1);
  expect(button.debounce!.isPressed).toBe(false);
  after(clock, 1);
  expect(button.debounce!.isPressed).toBe(true);
  after(clock, 600);
  button.input("release");
  after(clock, upMs - 1);
  expect(button.debounce!.isPressed).toBe(true);
  after(clock, 1);
  expect(button.debounce!.isPressed).toBe(false);
});

test("a contact that bounces is one press", () => {
  const { clock, button } = build();
  for (let i = 0; i < 5; i++) {
    button.input("press");
    after(clock, 3);
    button.input("release");
    after(clock, 2);
  }
  button.input("press");
  after(clock, 200);
  expect(button.debounce!.takePresses()).toBe(1);
});

test("was_pressed and get_presses forget apart from each other", () => {
  const { clock, button } = build();
  for (const event of ["press", "release", "press", "release"] as const) {
    button.input(event);
    after(clock, 100);
  }
  const debounce = button.debounce!;
  expect([debounce.takePresses(), debounce.takePresses()]).toEqual([2, 0]);
  expect([debounce.takeWasPressed(), debounce.takeWasPressed()]).toEqual([true, false]);
});

test("a reset forgets presses but not the finger", () => {
  const { clock, button } = build();
  button.input("press");
  after(clock, 100);
  button.reset();
  expect([button.debounce!.takePresses(), button.state.pressed]).toEqual([0, true]);
});

test("refuses other events", () => {
  expect(() => build().button.input("tap" as "press")).toThrow('not a button event: "tap"');
});
