// The worker's half of the pyboard v1.1: descriptor, configuration, Python modules, factory files and boot script.
import { modmachinePyboard } from "../modules/modmachine-pyboard.ts";
import { modpyb } from "../modules/modpyb.ts";
import type { BoardModel } from "../peripheral.ts";
import { bootPyboard } from "./boot.ts";
import { pyboardV11 } from "./descriptor.ts";
import { pyboardV11Config } from "./mpconfigport.ts";

// The firmware writes these with CR LF; its two USB lines are left out, as there is no USB mode to choose here.
const bootPy = [
  "# boot.py -- run on boot-up",
  "# can run arbitrary Python, but best to keep it minimal",
  "",
  "import machine",
  "import pyb",
];
const mainPy = ["# main.py -- put your code here!"];
const lines = (text: readonly string[]): string => text.map((line) => line + "\r\n").join("");

export const pyboardV11Model: BoardModel = {
  descriptor: pyboardV11,
  config: pyboardV11Config,
  bindings: [modpyb, modmachinePyboard],
  factoryFiles: { "boot.py": lines(bootPy), "main.py": lines(mainPy) },
  boot: bootPyboard,
};
