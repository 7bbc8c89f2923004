// The speech module on whole boards: arguments, errors, how long it takes, the words that are shown, and the pin.
import { expect, test } from "vitest";
import type { SpeakerState } from "../parts/speaker/state.ts";
import { Machine } from "../sim/machine.ts";
import { modelById } from "../sim/models.ts";

function bench(board: string, main: string) {
  const machine = new Machine(modelById(board)!, { files: { "main.py": new TextEncoder().encode(main) } });
  let output = "";
  machine.onSerial = (bytes) => (output += new TextDecoder().decode(bytes));
  machine.reset();
  return {
    machine,
    run(ms: number): string {
      output = "";
      machine.runFor(ms);
      return output.replaceAll("\r\n", "\n").split("MicroPython v")[0]!;
    },
    get speaker(): SpeakerState {
      return machine.hw.parts["speaker"]!.state as SpeakerState;
    },
  };
}

const boards = ["microbit-v1", "microbit-v2"];

test.each(boards)("%s says words for as long as they take, and shows them", (board) => {
  const main = `from microbit import *
import speech
t = running_time()
speech.say('hello world')
print(running_time() - t, pin0.get_mode())
`;
  const { run, speaker: before, machine } = bench(board, main);
  expect(before.words).toBe(null);
  run(300);
  expect((machine.hw.parts["speaker"]!.state as SpeakerState).words).toBe("hello world");
  const [ms, mode] = run(1000).trim().split(" ");
  // 777 ms on the firmware.
  expect(Number(ms)).toBeGreaterThan(620);
  expect(Number(ms)).toBeLessThan(930);
  expect(mode).toBe("unused");
  expect((machine.hw.parts["speaker"]!.state as SpeakerState).words).toBe(null);
});

test.each(boards)("%s answers wrong arguments as the firmware does", (board) => {
  const isV1 = board === "microbit-v1";
  const main = `import speech
for call in (
    lambda: speech.say('x' * 81),
    lambda: speech.translate('x' * 81),
    lambda: len(speech.translate('x' * 80)) > 80,
    lambda: speech.say(b'hi'),
    lambda: speech.pronounce('#300AA'),
    lambda: speech.pronounce('AA' * 129),
    lambda: speech.sing('#AA'),
    lambda: speech.pronounce(5),
    lambda: speech.say(5, foo=1),
    lambda: speech.pronounce('AA', speed=20, debug=True),
    lambda: speech.pronounce('AA', speed=20, mode=3, volume=1),
    lambda: speech.pronounce('AA', speed=20, pin=None),
):
    try:
        print(call())
    except Exception as e:
        print(repr(e))
`;
  const keyword = isV1 ? "TypeError('extra keyword arguments given',)" : "None";
  expect(bench(board, main).run(5000).trim().split("\n")).toEqual([
    "ValueError('text too long',)",
    "ValueError('text too long',)",
    "True",
    "None",
    "ValueError('Illegal pitch',)",
    "ValueError('Phonemes too long',)",
    "ValueError('Illegal pitch',)",
    `TypeError("can't convert 'int' object to str implicitly",)`,
    `TypeError("can't convert 'int' object to str implicitly",)`,
    "Glitches: 0",
    "None",
    keyword,
    keyword,
  ]);
});

test("Ctrl-C ends what is said", () => {
  const { machine, run } = bench("microbit-v2", "import speech\nspeech.say('a very long sentence', speed=255)\n");
  run(200);
  machine.feed(Uint8Array.of(3));
  expect(run(100)).toContain("KeyboardInterrupt");
  expect((machine.hw.parts["speaker"]!.state as SpeakerState).words).toBe(null);
});

test("V2 says it on the pin that it is told", () => {
  const main =
    "from microbit import *\nimport speech\ntry:\n    speech.say('hi', pin=pin3)\nexcept ValueError as e:\n    print(e)\n";
  expect(bench("microbit-v2", main).run(500)).toBe("Pin 3 in display mode\n");
});
