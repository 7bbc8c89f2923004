// The verbs of checks, one by one, on real simulated boards.

import { describe, expect, test } from "vitest";
import { pixelsOf, runCheck } from "./check.ts";
import { describeFailure } from "./describe.ts";
import type { Verb } from "./lesson.ts";
import type { Wiring } from "../boards/wiring.ts";

const run = (source: string, verbs: readonly Verb[], board = "microbit-v2", wired: Wiring = {}): string => {
  const result = runCheck({ name: "x", verbs }, source, board, wired, 1_500_000);
  return result.passed ? "passed" : describeFailure(result.failure, "en");
};
const M = "from microbit import *\n";

describe("verbs", () => {
  test.each<[string, string, readonly Verb[]]>([
    [
      "light",
      `${M}while True:\n    display.show(display.read_light_level() // 26)\n`,
      [{ set: { light: 250 } }, { run: 500 }, { expect: { display: "'9'" } }],
    ],
    [
      "temperature",
      `${M}print('t', temperature())\nwhile True:\n    sleep(100)\n`,
      [{ run: 100 }, { expect: { printed: "t " } }],
    ],
    [
      "press",
      `${M}while True:\n    if button_b.was_pressed():\n        print('b!')\n    sleep(10)\n`,
      [
        { press: "b", times: 2 },
        { eventually: { printed: "b!\r\nb!" }, within: 500 },
      ],
    ],
    [
      "hold and release",
      `${M}while True:\n    display.show(Image.YES if button_a.is_pressed() else Image.NO)\n`,
      [
        { hold: "a" },
        { run: 200 },
        { expect: { display: "Image.YES" } },
        { release: "a" },
        { run: 200 },
        { expect: { display: "Image.NO" } },
      ],
    ],
    [
      "touch",
      `${M}while True:\n    if pin0.is_touched():\n        display.show(Image.YES)\n`,
      [{ run: 50 }, { touch: "P0" }, { expect: { display: "Image.YES" } }],
    ],
    [
      "logo",
      `${M}while True:\n    if pin_logo.is_touched():\n        display.show(Image.YES)\n`,
      [{ run: 50 }, { press: "logo" }, { expect: { display: "Image.YES" } }],
    ],
    [
      "shake",
      `${M}while True:\n    if accelerometer.was_gesture('shake'):\n        display.show(Image.YES)\n    sleep(20)\n`,
      [{ run: 50 }, { gesture: "shake" }, { expect: { display: "Image.YES" } }],
    ],
    [
      "tilt",
      `${M}while True:\n    display.show('<' if accelerometer.get_x() < -300 else '-')\n`,
      [{ set: { tilt: [-800, 0, -500] } }, { run: 200 }, { expect: { display: "'<'" } }],
    ],
    [
      "radio",
      `${M}import radio\nradio.on()\nradio.config(group=3)\nwhile True:\n    m = radio.receive()\n    if m:\n        display.show(m)\n`,
      [{ run: 100 }, { radioSend: "7" }, { eventually: { display: "'7'" }, within: 500 }],
    ],
    ["pin out", `${M}pin1.write_digital(1)\nwhile True:\n    sleep(10)\n`, [{ run: 50 }, { expect: { pin: { P1: 1 } } }]],
    [
      "pin in",
      `${M}while True:\n    display.show(Image.YES if pin2.read_analog() > 500 else Image.NO)\n`,
      [{ set: { pin: { P2: { analog: 800 } } } }, { run: 300 }, { expect: { display: "Image.YES" } }],
    ],
    [
      "tone",
      `${M}import music\nmusic.pitch(440, 300)\nmusic.stop()\nwhile True:\n    sleep(10)\n`,
      [{ run: 100 }, { expect: { tone: 440 } }, { run: 400 }, { expect: { tone: "silent" } }],
    ],
    [
      "type",
      `${M}name = input('? ')\nprint('hi ' + name)\n`,
      [{ run: 100 }, { type: "Ada\r" }, { eventually: { printed: "hi Ada" }, within: 300 }],
    ],
    ["error", `${M}print(nobody)\n`, [{ run: 200 }, { expect: { error: "NameError" } }]],
    ["source", `${M}while True:\n    sleep(10)\n`, [{ source: { uses: "while" } }, { source: { avoids: "for" } }]],
  ])("%s", (_, source, verbs) => {
    expect(run(source, verbs)).toBe("passed");
  });
});

describe("failures", () => {
  test.each<[string, string, readonly Verb[]]>([
    [
      "2 lights differ: row 2, column 2; row 2, column 4.",
      `${M}display.show(Image.SMILE)\nwhile True:\n    sleep(10)\n`,
      [{ run: 300 }, { expect: { display: "Image.HAPPY" } }],
    ],
    [
      "This picture must not be on the screen here.",
      `${M}display.show(Image.SMILE)\n`,
      [{ never: { display: "Image.SMILE" }, for: 500 }],
    ],
    ["No text ran over the screen.", M, [{ eventually: { scroll: true }, within: 300 }]],
    ["The sound is silent. Expected: any tone.", M, [{ eventually: { tone: "any" }, within: 300 }]],
    ["Pin P0 is 0. Expected: 1.", `${M}pin0.write_digital(0)\n`, [{ run: 100 }, { expect: { pin: { P0: 1 } } }]],
    ["The program did not print “5”.", "print(2 + 2)\n", [{ eventually: { printed: "5\r\n" }, within: 300 }]],
    ["The program was to stop with OSError, and did not.", M, [{ run: 100 }, { expect: { error: "OSError" } }]],
    ["The program does not use for yet.", M, [{ source: { uses: "for" } }]],
    [
      "It is the same every time. It should be left to chance.",
      `${M}sleep(500)\ndisplay.show(Image.YES)\n`,
      [{ varies: { display: "Image.YES" }, within: 1000, seeds: [1, 2] }],
    ],
    ["The program never rests: a loop needs a wait in it.", "while True:\n    pass\n", [{ run: 120000 }]],
  ])("%s", (sentence, source, verbs) => {
    expect(run(source, verbs)).toBe(sentence);
  });
  test("wired parts by the names that the lesson gives them", () => {
    const wired: Wiring = {
      lamp: { kind: "led-5mm", pins: { anode: "P1" } },
      knob: { kind: "potentiometer", pins: { wiper: "P2" } },
      door: { kind: "push-button", pins: { signal: "P8" } },
    };
    const source = `${M}pin8.set_pull(pin8.PULL_UP)
while True:
    pin1.write_analog(0 if pin8.read_digital() else pin2.read_analog())
    sleep(10)
`;
    const on = (verbs: readonly Verb[]) => run(source, verbs, "microbit-v2", wired);
    const held: Verb[] = [{ set: { part: { knob: { position: 1 } } } }, { hold: "door" }];
    expect(on([...held, { expect: { part: { lamp: { brightness: [0.5, 1] } } } }])).toBe("passed");
    expect(on([{ run: 100 }, { expect: { part: { lamp: { brightness: 0 } } } }])).toBe("passed");
    expect(on([{ run: 100 }, { expect: { part: { lamp: { brightness: [0.5, 1] } } } }])).toBe(
      "lamp: brightness is 0. Expected: 0.5…1.",
    );
  });
  test("LEDs by their names", () => {
    const source = "import pyb\npyb.LED(4).intensity(20)\n";
    expect(run(source, [{ run: 100 }, { expect: { led: { "4": 20, "1": "off" } } }], "pyboard-v1.1")).toBe("passed");
    expect(run(source, [{ run: 100 }, { expect: { led: { "1": "on" } } }], "pyboard-v1.1")).toBe("LED 1 is off. Expected: on.");
  });
});

test("pictures have names, characters, rows", () => {
  expect(pixelsOf("clear")).toEqual(Array.from({ length: 25 }, () => 0));
  expect(pixelsOf("lit")).toBe(null);
  expect(pixelsOf("00000:09090:00000:90009:09990")).toEqual(pixelsOf("Image.HAPPY"));
  expect(() => pixelsOf("Image.NOTHING")).toThrow("no picture");
});
