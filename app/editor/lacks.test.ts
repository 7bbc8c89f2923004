// What is told of a program before it runs on a board that lacks something.
import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { findLacks } from "./lacks.ts";

const told = (source: string, board = "microbit-v1", others: Record<string, string> = {}) =>
  findLacks({ "main.py": source, ...others }, board).map(({ line, name, kind }) => `${line} ${kind} ${name}`);

test.each([
  ["from microbit import *\nprint(microphone.sound_level())\n", ["2 name microphone"]],
  ["from microbit import *\nspeaker.off()\n", ["2 name speaker"]],
  ["from microbit import *\n@run_every(s=1)\ndef tick():\n    pass\n", ["2 name run_every"]],
  ["from microbit import display, microphone\n", ["1 name microbit.microphone"]],
  ["import microbit\nmicrobit.microphone.sound_level()\n", ["2 name microbit.microphone"]],
  ["import microbit as m\nm.pin_logo.is_touched()\n", ["2 name m.pin_logo".replace("m.", "microbit.")]],
  ["import log\nlog.add(x=1)\n", ["1 module log"]],
  ["import power\n", ["1 module power"]],
  ["import audio\naudio.play(audio.SoundEffect())\n", ["2 name audio.SoundEffect"]],
  ["name = 'Ada'\nprint(f'hello {name}')\n", ["2 syntax f-string"]],
  ["import pyb\n", ["1 module pyb"]],
  ["from microbit import *\ndisplay.show(Image.HEART)\npin0.read_analog()\nsleep(10)\n", []],
])("V1: %j", (source, lacks) => expect(told(source)).toEqual(lacks));

test("V2 and pyboard", () => {
  expect(told("from microbit import *\nprint(microphone.sound_level())\nimport log, power\n", "microbit-v2")).toEqual([]);
  expect(told("print(f'{1}')\n", "microbit-v2")).toEqual(["1 syntax f-string"]);
  expect(told("print(f'{1}')\nimport pyb\n", "pyboard-v1.1")).toEqual([]);
  expect(told("from microbit import *\ndisplay.show('x')\n", "pyboard-v1.1")).toEqual(["1 module microbit"]);
});

test("says which boards have it", () => {
  expect(findLacks({ "main.py": "import log\n" }, "microbit-v1")[0]).toEqual({
    file: "main.py",
    line: 1,
    kind: "module",
    name: "log",
    boards: ["microbit-v2"],
  });
});

test.each([
  ["a name of its own", "from microbit import *\nspeaker = 1\nprint(speaker)\n"],
  ["a function of its own", "from microbit import *\ndef run_every(f):\n    return f\nrun_every(1)\n"],
  ["a parameter", "from microbit import *\ndef f(microphone):\n    return microphone\n"],
  ["a name that no board has", "from microbit import *\nprint(nobody)\n"],
  ["what is tried", "try:\n    import log\nexcept ImportError:\n    log = None\n"],
  ["a program that cannot be read", "import log\nif\n"],
])("is silent about %s", (_, source) => expect(told(source)).toEqual([]));

test("a module of the project goes before the boards', and its own lacks are told with its name", () => {
  expect(told("import log\n", "microbit-v1", { "log.py": "x = 1\n" })).toEqual([]);
  expect(findLacks({ "main.py": "import a\n", "a.py": "import power\n" }, "microbit-v1")).toMatchObject([
    { file: "a.py", line: 1 },
  ]);
});

test("is silent about every lesson's solution on the board that it is for", () => {
  const root = new URL("../../lessons/content/", import.meta.url).pathname;
  const solutions = globSync("*/solution.py", { cwd: root });
  expect(solutions.length).toBeGreaterThan(2);
  for (const path of solutions) {
    const board = path.startsWith("pyboard") ? "pyboard-v1.1" : "microbit-v2";
    expect([path, told(readFileSync(root + path, "utf8"), board)]).toEqual([path, []]);
  }
});
