// love, this and antigravity: modules that do something when they are imported. Texts and pictures are what the firmware shows.
import { fun, type Gen, type ModuleDef, type Obj, printText, sleepMs } from "../../interpreter/native.ts";
import { images } from "../parts/led-matrix/images.ts";
import { type Frame, LedMatrix } from "../parts/led-matrix/model.ts";
import type { Binding, Hardware } from "../peripheral.ts";

/** Calls `run` when the module is imported for the first time. */
function onImport(name: string, run: () => Gen, more: Readonly<Record<string, Obj>> = {}): ModuleDef {
  return { name, globals: { __init__: fun("__init__", run), ...more } };
}

const beatMs = 25;
// A heart's brightness as it swells, in ninths.
const swelling = [0, 1, 2, 4, 6, 7, 9];
const beats = 8;
const heart = [...images["HEART"].replaceAll(":", "")].map(Number);

export const modlove: Binding = (hw) => {
  const badaboom = (): Gen => beat(hw);
  return onImport("love", badaboom, { badaboom: fun("badaboom", badaboom) });
};

function* beat(hw: Hardware): Gen {
  const display = hw.part("display", LedMatrix);
  const frames = swelling.map((level): Frame => heart.map((pixel) => Math.round((pixel * level) / 9)));
  for (let i = 0; i < beats; i++) {
    if (i > 0 && i % 2 === 0) yield* sleepMs(20 * beatMs);
    for (const frame of [...frames, ...frames.toReversed()]) {
      display.draw(frame);
      yield* sleepMs(beatMs);
    }
  }
  display.clear();
  return null;
}

const zen = `The Zen of MicroPython, by Nicholas H. Tollervey

Code,
Hack it,
Less is more,
Keep it simple,
Small is beautiful,

Be brave! Break things! Learn and have fun!
Express yourself with MicroPython.

Happy hacking! :-)
`;
const authors = `MicroPython on the micro:bit is brought to you by:
Damien P. George, Mark Shannon, Radomir Dopieralski, Matthew Else,
Carol Willing, Tom Viner, Alan Jackson, Nick Coghlan, Joseph Haig,
Alex Chan, Andrea Grandi, Paul Egan, Piotr Kasprzyk, Andrew Mulholland,
Matt Wheeler, Joe Glancy, Abbie Brooks and Nicholas H. Tollervey.
`;

export const modthis: Binding = () => ({
  name: "this",
  globals: { __init__: fun("__init__", () => print(zen)), authors: fun("authors", () => print(authors)) },
});

function print(text: string): null {
  printText(text);
  return null;
}

// The picture's lines by runs of blanks, 64 columns inside its frame.
const sky = [
  "",
  `${" ".repeat(52)}\\0/`,
  `${" ".repeat(50)}/   \\`,
  `${" ".repeat(8)}You're flying!${" ".repeat(18)}MicroPython!  /|`,
  `${" ".repeat(12)}How?${" ".repeat(38)}\\ \\`,
  `${" ".repeat(12)}/`,
  `${" ".repeat(10)}0`,
  `${" ".repeat(9)}/|\\`,
  `${" ".repeat(10)}|`,
  `-----____/_\\${"_".repeat(30)}${"-".repeat(22)}`,
  "",
];
const comic = [`+-xkcd.com/353${"-".repeat(51)}+`, ...sky.map((line) => `|${line.padEnd(64)}|`), `+${"-".repeat(64)}+`].join(
  "\n",
);
const riseMs = 200;
const rows = 5;

export const modantigravity: Binding = (hw) => onImport("antigravity", () => fly(hw));

/** What is lit floats up, a row at a time. */
function* fly(hw: Hardware): Gen {
  const display = hw.part("display", LedMatrix);
  print(comic + "\n");
  for (let i = 0; i < rows; i++) {
    yield* sleepMs(riseMs);
    for (let y = 1; y < rows - i; y++) {
      for (let x = 0; x < rows; x++) {
        const level = display.getPixel(x, y);
        if (level === 0 || display.getPixel(x, y - 1) !== 0) continue;
        display.setPixel(x, y, 0);
        display.setPixel(x, y - 1, level);
      }
    }
  }
  return null;
}
