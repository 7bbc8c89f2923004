// Whole boards in virtual time: boot, crashes, Ctrl-C, resets, sensors, and that a seed decides everything.
import { describe, expect, test } from "vitest";
import type { LedMatrixState } from "../parts/led-matrix/state.ts";
import { images } from "../parts/led-matrix/images.ts";
import type { LedState } from "../parts/led/state.ts";
import { Radio } from "../parts/radio/model.ts";
import type { SpeakerState } from "../parts/speaker/state.ts";
import { Machine } from "./machine.ts";
import { modelById } from "./models.ts";

const encoder = new TextEncoder();

class Bench {
  readonly machine: Machine;
  output = "";
  constructor(board: string, main: string | null = null, seed = 1, more: Readonly<Record<string, string>> = {}) {
    const texts: Readonly<Record<string, string>> = main === null ? more : { ...more, "main.py": main };
    const files = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, encoder.encode(text)]));
    this.machine = new Machine(modelById(board)!, main === null && Object.keys(more).length === 0 ? { seed } : { files, seed });
    this.machine.onSerial = (bytes) => (this.output += new TextDecoder().decode(bytes));
    this.machine.reset();
  }
  run(ms: number): string {
    this.output = "";
    this.machine.runFor(ms);
    return this.output;
  }
  type(text: string, ms = 200): string {
    this.output = "";
    this.machine.feed(encoder.encode(text));
    this.machine.runFor(ms);
    return this.output;
  }
  state<S>(part: string): S {
    return this.machine.hw.parts[part].state as S;
  }
  get rows(): string {
    const { pixels } = this.state<LedMatrixState>("display");
    return [0, 5, 10, 15, 20].map((i) => pixels.slice(i, i + 5).join("")).join(":");
  }
}

const v1Banner =
  'MicroPython v1.9.2-34-gd64154c73 on 2017-09-01; micro:bit v1.1.1 with nRF51822\r\nType "help()" for more information.\r\n>>> ';
const v2Banner = 'MicroPython v1.18 on 2023-10-30; micro:bit v2.1.2 with nRF52833\r\nType "help()" for more information.\r\n>>> ';

describe("a micro:bit", () => {
  test.each([
    ["microbit-v1", v1Banner],
    ["microbit-v2", v2Banner],
  ])("%s without main.py greets and has everything imported", (board, banner) => {
    const bench = new Bench(board);
    expect(bench.run(100)).toBe(banner);
    expect(bench.type("button_a\r")).toBe("button_a\r\n<MicroBitButton>\r\n>>> ");
  });

  test("runs main.py, then the REPL with its globals", () => {
    const bench = new Bench("microbit-v1", "x = 1\nprint('hello from main')\n");
    expect(bench.run(100)).toBe(`hello from main\r\n${v1Banner}`);
    expect(bench.type("x\r")).toBe("x\r\n1\r\n>>> ");
    expect(bench.type("display\r")).toContain("NameError");
  });

  test("V1 prints the traceback of a crash and scrolls it, then answers", () => {
    const bench = new Bench("microbit-v1", "def go():\n  return 1/0\n\ngo()\n");
    expect(bench.run(100)).toBe(
      'Traceback (most recent call last):\r\n  File "__main__", line 4, in <module>\r\n  File "__main__", line 2, in go\r\n' +
        "ZeroDivisionError: division by zero\r\n",
    );
    expect(bench.state<LedMatrixState>("display").playing?.text).toBe(
      "line 4 ZeroDivisionError division by zero".replace("4", "2"),
    );
    expect(bench.type("1\r", 1000)).toBe("");
    expect(bench.run(60000)).toBe(`${v1Banner}1\r\n1\r\n>>> `);
  });

  test("Ctrl-C ends the scrolling of a crash", () => {
    const bench = new Bench("microbit-v1", "1/0\n");
    bench.run(1000);
    expect(bench.type("\x03")).toBe(v1Banner);
    expect(bench.rows).not.toBe("");
  });

  test("V2 shows a sad face for a second first, and names its file main.py", () => {
    const bench = new Bench("microbit-v2", "foo()\n");
    expect(bench.run(900)).toContain("File \"main.py\", line 1, in <module>\r\nNameError: name 'foo' isn't defined\r\n");
    expect(bench.rows).toBe(images["SAD"]);
    bench.run(300);
    expect(bench.state<LedMatrixState>("display").playing?.text).toBe("line 1 NameError name 'foo' isn't defined");
  });

  test("time passes evenly while a crash is shown, in however small pieces", () => {
    const bench = new Bench("microbit-v2", "foo()\n");
    const { machine } = bench;
    bench.run(50);
    for (let from = machine.ms; machine.ms < 900; from = machine.ms) {
      machine.runUntil(machine.clock.absolute + 2e6);
      expect(machine.ms - from).toBeLessThan(3);
    }
    expect(bench.rows).toBe(images["SAD"]);
  });

  test("V2 scrolls only the line of an exception of the program's own", () => {
    const bench = new Bench("microbit-v2", "class E(Exception): pass\nraise E('x')\n");
    bench.run(1200);
    expect(bench.state<LedMatrixState>("display").playing?.text).toBe("line 2 ");
  });

  test("SystemExit is printed on V1 and silent on V2", () => {
    const main = "import sys\nprint(1)\nsys.exit()\n";
    expect(new Bench("microbit-v1", main).run(300)).toBe(
      `1\r\nTraceback (most recent call last):\r\n  File "__main__", line 3, in <module>\r\nSystemExit: \r\n${v1Banner}`,
    );
    expect(new Bench("microbit-v2", main).run(300)).toBe(`1\r\n${v2Banner}`);
  });

  test.each([
    ["while True: pass", '  File "__main__", line 1, in <module>\r\n'],
    ["while True: print(1)", ""],
    ["from microbit import *\nsleep(100000)", ""],
    ["from microbit import *\ndisplay.scroll('x' * 99)", ""],
    ["import music\nmusic.play(music.NYAN)", ""],
    ["input()", ""],
  ])("Ctrl-C stops %j at once", (main, trace) => {
    const bench = new Bench("microbit-v1", main);
    bench.run(500);
    const said = bench.type("\x03", 100);
    expect(said).toContain(`${trace}KeyboardInterrupt: \r\n${v1Banner}`);
  });

  test("a soft reset keeps the time and runs main.py again; a hard one starts the time anew", () => {
    const main = "from microbit import *\nprint('t', running_time() > 1000)\n";
    const bench = new Bench("microbit-v1", main);
    expect(bench.run(2000)).toContain("t False");
    expect(bench.type("\x04")).toBe(`\r\nsoft reboot\r\nt True\r\n${v1Banner}`);
    expect(bench.type("import microbit\rmicrobit.reset()\r")).toContain("t False");
  });

  test("buttons reach the program, and a lesson sees what it shows", () => {
    const main =
      "from microbit import *\nwhile True:\n  display.show(Image.HEART if button_a.is_pressed() else Image.NO)\n  sleep(20)\n";
    const bench = new Bench("microbit-v2", main);
    bench.run(100);
    expect(bench.rows).toBe(images["NO"]);
    bench.machine.input("buttonA", "press");
    bench.run(70);
    expect(bench.rows).toBe(images["HEART"]);
  });

  test("sensors read what the world gives", () => {
    const main = [
      "from microbit import *",
      "microphone.sound_level()",
      "sleep(500)",
      "print(temperature(), display.read_light_level(), accelerometer.get_x(), accelerometer.was_gesture('shake'), compass.heading())",
      "pin0.is_touched()  # from now on it is debounced",
      "sleep(100)",
      "print(pin0.is_touched(), pin1.read_digital(), pin2.read_analog(), pin_logo.is_touched(), microphone.sound_level())",
    ].join("\n");
    const bench = new Bench("microbit-v2", main);
    for (const [part, event] of [
      ["thermometer", { celsius: 30 }],
      ["lightSensor", { level: 12 }],
      ["accelerometer", { x: 512, y: 0, z: -800 }],
      ["accelerometer", { gesture: "shake" }],
      ["compass", { heading: 90 }],
      ["compass", { calibrated: true }],
      ["P0", "press"],
      ["P1", { level: 1 }],
      ["P2", { analog: 700 }],
      ["logo", "press"],
      ["microphone", { level: 99 }],
    ] as const) {
      bench.machine.input(part, event);
    }
    expect(bench.run(1000)).toContain("30 12 512 True 90\r\nTrue 1 700 True 99\r\n");
  });

  test("music takes its time, and the speaker shows each tone", () => {
    const bench = new Bench("microbit-v2", "import music\nmusic.play(['c4:4', 'r:2', 'a4:2'])\nprint('done')\n");
    const tones: [number, number | null][] = [];
    bench.machine.onPart = (part, state) => {
      if (part === "speaker") tones.push([Math.round(bench.machine.ms), (state as SpeakerState).hz]);
    };
    expect(bench.run(1010)).toBe("");
    expect(bench.run(20)).toContain("done");
    // The 6 ms ticker of the firmware makes 504, 252 and 252 ms of 500, 250 and 250.
    expect(tones.map(([, hz]) => hz)).toEqual([262, null, 440, null]);
    expect(tones.map(([ms]) => ms)).toEqual([6, 498, 762, 1002]);
  });

  test("two boards talk by radio", () => {
    const sender = new Bench(
      "microbit-v2",
      "import radio\nfrom microbit import *\nradio.config(group=3)\nsleep(100)\nradio.send('hi')\n",
    );
    const receiver = new Bench(
      "microbit-v1",
      "import radio\nfrom microbit import *\nradio.config(group=3)\nsleep(300)\nprint(radio.receive())\n",
    );
    sender.machine.hw.part("radio", Radio).onSend = (packet) => receiver.machine.input("radio", { packet });
    receiver.run(50);
    sender.run(200);
    expect(receiver.run(400)).toContain("hi\r\n");
  });

  test("files the program writes are there after a reset", () => {
    const bench = new Bench("microbit-v1");
    bench.run(50);
    let told = 0;
    bench.machine.files.onChange = () => told++;
    bench.type("f = open('main.py', 'w'); f.write('print(\"saved\")'); f.close()\r");
    expect(told).toBeGreaterThan(0);
    bench.output = "";
    bench.machine.reset();
    expect(bench.run(50)).toContain("saved\r\n");
  });

  test("the same seed gives the same numbers, another one others", () => {
    const main = "import random\nprint([random.randint(0, 999) for i in range(5)])\n";
    const numbers = (seed: number): string => new Bench("microbit-v2", main, seed).run(100);
    expect(numbers(7)).toBe(numbers(7));
    expect(numbers(7)).not.toBe(numbers(8));
  });

  test("a minute of blinking takes next to no time", () => {
    const bench = new Bench(
      "microbit-v2",
      "from microbit import *\nwhile True:\n  display.show(Image.HEART)\n  sleep(500)\n  display.clear()\n  sleep(500)\n",
    );
    let changes = 0;
    bench.machine.onPart = () => changes++;
    bench.run(60000);
    expect(changes).toBeGreaterThanOrEqual(119);
    expect(changes).toBeLessThanOrEqual(122);
  });

  test("printing takes the time of the line, so output is bounded", () => {
    const bench = new Bench("microbit-v2", "while True: print(1)");
    expect(bench.run(1000).length).toBeLessThanOrEqual(11800);
  });
});

describe("a pyboard", () => {
  const banner = 'MicroPython v1.28.0 on 2026-04-06; PYBv1.1 with STM32F405RG\r\nType "help()" for more information.\r\n>>> ';
  const leds = (bench: Bench): number[] => [1, 2, 3, 4].map((n) => bench.state<LedState>(`led${n}`).intensity);

  test("runs boot.py with the green light on, then main.py, then the REPL", () => {
    const bench = new Bench("pyboard-v1.1", "import pyb\nprint('main', pyb.LED(2).intensity())\n", 1, {
      "boot.py": "import pyb\nprint('boot', pyb.LED(2).intensity())\n",
    });
    expect(bench.run(50)).toBe(`boot 255\r\nmain 0\r\n${banner}`);
  });

  // A tool may ask for the raw REPL at the very moment at which the board comes on.
  test("takes Ctrl-C as a key when the prompt is about to come", () => {
    const { machine } = new Bench("pyboard-v1.1");
    const bare = new Machine(machine.model, { files: {} });
    let output = "";
    bare.onSerial = (bytes) => (output += new TextDecoder().decode(bytes));
    bare.reset();
    bare.feed(Uint8Array.of(13, 3, 3, 1));
    bare.runFor(100);
    expect(output).toBe(`${banner}\r\n>>> \r\n>>> \r\n>>> \r\nraw REPL; CTRL-B to exit\r\n>`);
  });

  test("comes with its factory files", () => {
    const bench = new Bench("pyboard-v1.1");
    expect(bench.run(50)).toBe(banner);
    expect(bench.type("import os; os.listdir()\r")).toContain("['boot.py', 'main.py']");
  });

  test("flashes red and green after an error, then answers", () => {
    const bench = new Bench("pyboard-v1.1", "1/0\n");
    expect(bench.run(100)).toContain('File "main.py", line 1, in <module>\r\nZeroDivisionError: divide by zero\r\n');
    expect(leds(bench)).toEqual([255, 0, 0, 0]);
    bench.run(250);
    expect(leds(bench)).toEqual([0, 255, 0, 0]);
    expect(bench.run(1500)).toBe(banner);
    expect(leds(bench)).toEqual([0, 0, 0, 0]);
  });

  test("lights LEDs, also dimmed where it can", () => {
    const bench = new Bench(
      "pyboard-v1.1",
      "import pyb\npyb.LED(1).on()\npyb.LED(4).intensity(60)\npyb.LED(3).toggle()\nprint(pyb.LED(1))\n",
    );
    expect(bench.run(50)).toContain("LED(1)\r\n");
    expect(leds(bench)).toEqual([255, 0, 255, 60]);
    expect(bench.type("pyb.LED(5)\r")).toContain("ValueError: LED(5) doesn't exist");
  });

  test("the switch reads and calls back", () => {
    const bench = new Bench(
      "pyboard-v1.1",
      "import pyb\nsw = pyb.Switch()\nsw.callback(lambda: print('pressed'))\nwhile True:\n  pyb.delay(10)\n",
    );
    bench.run(50);
    bench.machine.input("switch", "press");
    expect(bench.run(50)).toContain("pressed\r\n");
    expect(bench.type("\x03")).toContain("KeyboardInterrupt");
    expect(bench.type("sw(), sw.value()\r")).toContain("(True, True)");
  });

  test("a soft reset says so in two lines", () => {
    const bench = new Bench("pyboard-v1.1", "");
    bench.run(50);
    expect(bench.type("\x04")).toBe(`\r\nMPY: sync filesystems\r\nMPY: soft reboot\r\n${banner}`);
  });
});
