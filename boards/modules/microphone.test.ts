// V2's microphone as a program meets it: the first level, events, what is latched and what is forgotten, and its light.
import { expect, test } from "vitest";
import type { MicrophoneState } from "../parts/microphone/state.ts";
import { Machine } from "../sim/machine.ts";
import { modelById } from "../sim/models.ts";

function bench(main: string) {
  const files = { "main.py": new TextEncoder().encode(`from microbit import *\n${main}`) };
  const machine = new Machine(modelById("microbit-v2")!, { files });
  let output = "";
  machine.onSerial = (bytes) => (output += new TextDecoder().decode(bytes));
  machine.reset();
  return {
    machine,
    hear: (level: number, forMs: number): void => {
      machine.input("microphone", { level });
      machine.runFor(forMs);
    },
    get lines(): string[] {
      return output.replaceAll("\r\n", "\n").split("MicroPython v")[0]!.trimEnd().split("\n");
    },
    get state(): MicrophoneState {
      return machine.hw.parts["microphone"]!.state as MicrophoneState;
    },
  };
}

test("the first level is 0, later ones are the room's; the light is on from the first use", () => {
  const board = bench("sleep(50)\nprint(microphone.sound_level())\nsleep(50)\nprint(microphone.sound_level())\n");
  board.hear(123, 20);
  expect(board.state.listening).toBe(false);
  board.machine.runFor(300);
  expect(board.lines).toEqual(["0", "123"]);
  expect(board.state.listening).toBe(true);
});

test("a wrong event does not switch it on for a threshold, but does for a question", () => {
  const asks = (call: string): boolean => {
    const board = bench(`try:\n    ${call}\nexcept ValueError:\n    pass\n`);
    board.machine.runFor(200);
    return board.state.listening;
  };
  expect(asks("microphone.set_threshold('loud', 100)")).toBe(false);
  expect(asks("microphone.is_event('loud')")).toBe(true);
});

test("events are latched by was_event one by one and kept in order by get_events", () => {
  const board = bench(`microphone.current_event()
sleep(1000)
print(microphone.current_event(), microphone.is_event(SoundEvent.LOUD))
print(microphone.get_events())
print(microphone.get_events(), microphone.was_event(SoundEvent.LOUD), microphone.was_event(SoundEvent.LOUD))
print(microphone.was_event(SoundEvent.QUIET))
microphone.set_threshold(SoundEvent.LOUD, 90)
sleep(1000)
print(microphone.get_events())
`);
  board.machine.runFor(100);
  for (const level of [200, 10, 160]) board.hear(level, 100);
  board.hear(100, 1200);
  expect(board.lines).toEqual([
    "SoundEvent('loud') True",
    "(SoundEvent('loud'), SoundEvent('quiet'), SoundEvent('loud'))",
    "() True False",
    "True",
  ]);
  board.machine.runFor(1000);
  expect(board.lines.at(-1)).toBe("(SoundEvent('loud'),)");
});
